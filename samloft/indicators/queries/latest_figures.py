"""The newest figure of each indicator in many areas, beside what it is compared with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from samloft.indicators.models import Indicator
from samloft.indicators.queries.circles import circles
from samloft.indicators.queries.profile_rows import value_at
from samloft.indicators.queries.series import Point
from samloft.indicators.queries.series_reader import SeriesReader
from samloft.places.models import Area


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
    """For each of these that has figures. A few queries; holds their figures and those around them."""
    around = circles(areas)
    reader = SeriesReader.of(list(around.values()), [indicator.pk for indicator in indicators])
    for area in areas:
        circle = around[area.pk]
        for indicator in indicators:
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
