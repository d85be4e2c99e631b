"""The newest figure of each indicator in many areas, beside what it is compared with."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, When, Window
from django.db.models.functions import RowNumber

from samloft.indicators.models import Indicator, Observation
from samloft.indicators.queries.circles import circles
from samloft.indicators.queries.lineage import lineages
from samloft.indicators.queries.profile_rows import value_at
from samloft.indicators.queries.series import STORED, Point
from samloft.indicators.queries.series_reader import SeriesReader
from samloft.places.models import Area, AreaKind

# Others are held up against their figures of any period.
_LARGER = (AreaKind.COUNTRY, AreaKind.COUNTY, AreaKind.MUNICIPALITY)


@dataclass(frozen=True)
class Latest:
    """`municipality`, `county` and `country` are of the same period as the point; None is unknown."""

    indicator: Indicator
    area: Area
    point: Point
    municipality: float | None
    county: float | None
    country: float | None


def latest(indicators: Sequence[Indicator], areas: Sequence[Area]) -> Iterator[Latest]:
    """For each of these that has figures. A few queries; holds the newest figures, and all of the larger areas."""
    around = circles(areas)
    before = lineages(areas)
    plain = {area.pk for area in areas if area.kind not in _LARGER and len(before[area.pk].segments) == 1}
    ids = [indicator.pk for indicator in indicators]
    reader = SeriesReader.of(list(around.values()), ids, apart_from=plain)
    newest = _newest(plain, ids)
    for area in areas:
        circle = around[area.pk]
        for indicator in indicators:
            if area.pk in plain:
                point = newest.get((indicator.pk, area.pk))
            else:
                point = reader.latest(indicator, area)
            if point is not None:
                yield Latest(
                    indicator,
                    area,
                    point,
                    value_at(reader.series_if_any(indicator, circle.municipality), point),
                    value_at(reader.county_series(indicator, circle), point),
                    value_at(reader.series_if_any(indicator, circle.country), point),
                )


def _newest(area_ids: Iterable[int], indicator_ids: Iterable[int]) -> dict[tuple[int, int], Point]:
    """The newest figure with a value, else the newest of all, by indicator and area. One query."""
    order = Window(
        RowNumber(),
        partition_by=[F("area"), F("indicator")],
        order_by=[Case(When(value__isnull=True, then=1), default=0), F("year").desc(), F("period").desc()],
    )
    found = Observation.objects.in_use().whole().filter(area__in=area_ids, indicator__in=indicator_ids)
    stored: Any = found.annotate(order=order).filter(order=1).order_by()
    rows = stored.values_list("indicator_id", "area_id", *STORED)
    return {(indicator, area): Point(*point) for indicator, area, *point in rows}
