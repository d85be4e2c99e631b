"""One indicator in all areas of a kind, in order; never in public (F6)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from samloft.core.collation import norwegian_key
from samloft.indicators.models import Direction, Indicator, LatestFigure
from samloft.places.models import Area


@dataclass(frozen=True)
class RankedArea:
    """`place` is 1 for the one that is worst off (or highest, when neutral); None when it cannot be compared."""

    area: Area
    place: int | None
    figure: LatestFigure | None

    @property
    def value(self) -> float | None:
        return self.figure.value if self.figure else None


@dataclass(frozen=True)
class Ranking:
    """`period` is the one that most areas have their newest figure for; only figures of it are compared."""

    indicator: Indicator
    period: str
    areas: tuple[RankedArea, ...]

    @property
    def compared(self) -> int:
        return sum(1 for one in self.areas if one.place is not None)


def ranking(indicator: Indicator, found: Any) -> Ranking:
    """Those that are compared first, then those with an older figure or none, by name. Two queries.

    `found` is a queryset of areas. Of thousands only what a list shows is read, and the database sorts none.
    """
    areas = list(found.order_by().select_related(None).only("kind", "code", "name", "is_synthetic"))
    latest = LatestFigure.objects.filter(indicator=indicator, area__in=found.order_by().values("pk")).order_by()
    figures = {figure.area_id: figure for figure in latest.only("area", "period", "year", "value", "missing")}
    period = common_period(figures.values())
    known = {
        area.pk: figure.amount
        for area in areas
        if (figure := figures.get(area.pk)) and figure.period == period and figure.amount is not None
    }
    places = places_of(known, indicator.direction)
    ranked = [RankedArea(area, places.get(area.pk), figures.get(area.pk)) for area in areas]
    ranked.sort(key=lambda one: (one.place is None, one.place or 0, norwegian_key(one.area.name)))
    return Ranking(indicator, period, tuple(ranked))


def common_period(figures: Iterable[LatestFigure]) -> str:
    """The period that most of the figures are of, the newest of those; "" without figures."""
    counted = Counter((figure.year, figure.period) for figure in figures if figure.amount is not None)
    if not counted:
        return ""
    most = max(counted.values())
    return max(at for at, number in counted.items() if number == most)[1]


def places_of(values: dict[int, float], direction: str) -> dict[int, int]:
    """The place of each, the worst off first; equal values share a place."""
    lowest_first = direction == Direction.HIGHER_IS_BETTER
    order = sorted(values.values(), reverse=not lowest_first)
    first: dict[float, int] = {}
    for place, value in enumerate(order, 1):
        first.setdefault(value, place)
    return {pk: first[value] for pk, value in values.items()}
