"""The newest figure of each indicator in many areas, beside what it is compared with."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, IntegerField, Q, When, Window
from django.db.models.functions import Cast, RowNumber, Substr

from samloft.indicators.models import Indicator, Missing, Observation
from samloft.indicators.queries.circles import circles
from samloft.indicators.queries.lineage import lineages
from samloft.indicators.queries.owners import Owners
from samloft.indicators.queries.profile_rows import value_at
from samloft.indicators.queries.series import PARTS_OF_A_YEAR, STORED, Point
from samloft.indicators.queries.series_reader import SeriesReader
from samloft.places.models import Area, AreaKind

# Others are held up against their figures of any period.
_LARGER = (AreaKind.COUNTRY, AreaKind.COUNTY, AreaKind.MUNICIPALITY)

_UNKNOWN = Case(When(Q(value__isnull=True) & ~Q(missing=Missing.NONE), then=1), default=0)
# Years first, then several years, then parts of a year, as `length_of` has them.
_LENGTH = (
    Case(
        When(period__regex=r"^[0-9]{4}$", then=0),
        When(period__regex=r"^[0-9]{4}-[0-9]{4}$", then=1),
        *(When(period__regex=f"^[0-9]{{4}}{letter}", then=place) for letter, place in PARTS_OF_A_YEAR.items()),
        default=6,
    ),
    Case(
        When(period__regex=r"^[0-9]{4}-[0-9]{4}$", then=F("year") - Cast(Substr("period", 1, 4), IntegerField())),
        default=0,
    ),
)


@dataclass(frozen=True)
class Latest:
    """`municipality`, `county` and `country` are of the same period as the point; None is unknown."""

    indicator: Indicator
    area: Area
    point: Point
    municipality: float | None
    county: float | None
    country: float | None


def latest(indicators: Sequence[Indicator], areas: Sequence[Area], owners: Owners) -> Iterator[Latest]:
    """For each of these that has figures. A few queries; holds the newest figures, and all of the larger areas."""
    around = circles(areas)
    before, ids = lineages(areas), [indicator.pk for indicator in indicators]
    wholes = set(Area.objects.filter(parent__in=areas).order_by().values_list("parent", flat=True))
    plain = {
        area.pk
        for area in areas
        if area.kind not in _LARGER and area.pk not in wholes and len(before[area.pk].segments) == 1
    }
    reader = SeriesReader.of(list(around.values()), ids, owners, apart_from=plain)
    newest = _newest(plain, ids, owners)
    reader.put_together([around[area.pk] for area in areas], indicators, apart=plain, elsewhere=newest.keys())
    for area in areas:
        circle = around[area.pk]
        for indicator in indicators:
            if area.pk in plain:
                point = newest.get((indicator.pk, area.pk))
            else:
                point = reader.series(indicator, area).latest
            if point is not None:
                yield Latest(
                    indicator,
                    area,
                    point,
                    value_at(reader.series_if_any(indicator, circle.municipality), point),
                    value_at(reader.county_series(indicator, circle), point),
                    value_at(reader.series_if_any(indicator, circle.country), point),
                )


def _newest(area_ids: Iterable[int], indicator_ids: Iterable[int], owners: Owners) -> dict[tuple[int, int], Point]:
    """The newest figure with a value, else the newest of all, by indicator and area; as `Series.latest`.

    Of one period an own figure comes before the open one, as in `series.figures`.
    """
    is_open = Case(When(batch__municipality__isnull=True, then=1), default=0)
    order = Window(
        RowNumber(),
        partition_by=[F("area"), F("indicator")],
        order_by=[_UNKNOWN, *_LENGTH, F("year").desc(), F("period").desc(), is_open],
    )
    found = Observation.objects.in_use(owners).whole().filter(area__in=area_ids, indicator__in=indicator_ids)
    stored: Any = found.annotate(order=order).filter(order=1).order_by()
    rows = stored.values_list("indicator_id", "area_id", *STORED)
    return {(indicator, area): Point(*point) for indicator, area, *point in rows}
