"""An area in figures: each indicator beside municipality, county and country, as a gap over time (F5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from samloft.indicators.models import Indicator, IndicatorDefinition, StatisticsImport
from samloft.indicators.queries.circles import Circle, circle_of
from samloft.indicators.queries.owners import NOBODY, Owners
from samloft.indicators.queries.profile_rows import ProfileRow, profile_row
from samloft.indicators.queries.series import POPULATION, Point
from samloft.indicators.queries.series_reader import SeriesReader
from samloft.places.models import Area


@dataclass(frozen=True)
class AreaProfile:
    """`population` is the newest number of people; None is unknown."""

    circle: Circle
    population: Point | None
    rows: tuple[ProfileRow, ...]
    is_synthetic: bool

    @property
    def with_figures(self) -> tuple[ProfileRow, ...]:
        return tuple(row for row in self.rows if row.point is not None)


def area_profile(
    area: Area,
    *,
    owners: Owners = NOBODY,
    period: str | None = None,
    indicators: Sequence[Indicator] | None = None,
) -> AreaProfile:
    """All indicators of the area, those without a figure included. A constant number of queries."""
    circle = circle_of(area)
    definitions = list(IndicatorDefinition.objects.latest().select_related("indicator").order_by("indicator"))
    asked = {row.pk for row in indicators} if indicators is not None else None
    shown = [row for row in definitions if asked is None or row.indicator_id in asked]
    people = next((row for row in definitions if row.indicator.key == POPULATION), None)
    reader = SeriesReader.of([circle], [row.indicator_id for row in shown], owners)
    reader.put_together([circle], [row.indicator for row in shown])
    deliveries = _deliveries(reader)
    rows = tuple(profile_row(reader, circle, definition, period, deliveries) for definition in shown)
    population = reader.series(people.indicator, area).latest if people else None
    synthetic = area.is_synthetic or any(row.delivery and row.delivery.is_synthetic for row in rows)
    return AreaProfile(circle, population, rows, synthetic)


def _deliveries(reader: SeriesReader) -> Mapping[int, StatisticsImport]:
    """The deliveries of all figures at hand, of which there are few. One query."""
    found = {point.batch_id for points in reader.known.values() for point in points.values()}
    return StatisticsImport.objects.in_bulk([pk for pk in found if pk is not None])
