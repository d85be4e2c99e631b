"""The series of an area and of what it is seen beside, from figures that were read once for all indicators."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Self

from samloft.indicators.models import Indicator
from samloft.indicators.queries.circles import Circle, counties
from samloft.indicators.queries.lineage import Lineage, lineages
from samloft.indicators.queries.series import (
    POPULATION,
    Figures,
    Point,
    Series,
    as_point,
    figures,
    in_order,
    own_series,
)
from samloft.places.models import Area, AreaKind


class SeriesReader:
    """Holds what was read, and remembers the series it has put together: many areas share a municipality."""

    def __init__(self, known_lineages: Mapping[int, Lineage], known: Figures, population_id: int | None) -> None:
        self.lineages = known_lineages
        self.known = known
        self.population_id = population_id
        self._made: dict[tuple[int, int], Series] = {}
        self._counties: dict[tuple[int, int], Series | None] = {}

    @classmethod
    def of(cls, circles: Sequence[Circle], indicator_ids: Iterable[int]) -> Self:
        """Read all that these circles need. A few queries, however many circles and indicators."""
        known_lineages = lineages(area for circle in circles for area in circle.all_areas)
        ids = {pk for lineage in known_lineages.values() for pk in lineage.area_ids}
        ids |= {county.pk for county in counties(known_lineages.values())}
        population = Indicator.objects.filter(key=POPULATION).values_list("pk", flat=True).first()
        wanted = {*indicator_ids} if population is None else {*indicator_ids, population}
        return cls(known_lineages, figures(ids, wanted), population)

    def series(self, indicator: Indicator, area: Area) -> Series:
        key = (indicator.pk, area.pk)
        if key not in self._made:
            self._made[key] = own_series(indicator, self.lineages[area.pk], self.known, self.population_id)
        return self._made[key]

    def series_if_any(self, indicator: Indicator, area: Area | None) -> Series | None:
        return self.series(indicator, area) if area is not None else None

    def latest(self, indicator: Indicator, area: Area) -> Point | None:
        """The newest point with a figure, else the newest of all, without the whole series if it can be."""
        own = self.known.get((indicator.pk, area.pk), {})
        valued = [figure for figure in own.values() if figure.value is not None]
        if valued:
            return as_point(max(valued, key=lambda figure: (figure.year, figure.period)))
        return self.series(indicator, area).latest

    def county_series(self, indicator: Indicator, circle: Circle) -> Series | None:
        """Period by period, the county that the municipality lay in then (F4)."""
        if circle.area.kind == AreaKind.COUNTY:
            return self.series(indicator, circle.area)
        if circle.municipality is None:
            return None
        key = (indicator.pk, circle.municipality.pk)
        if key not in self._counties:
            self._counties[key] = self._of_counties(indicator, self.lineages[circle.municipality.pk])
        return self._counties[key]

    def _of_counties(self, indicator: Indicator, municipality: Lineage) -> Series | None:
        found: dict[str, Point] = {}
        newest: Area | None = None
        for segment in municipality.segments:
            county = segment.areas[0].parent
            newest = newest or county
            if county is None or any(member.parent_id != county.pk for member in segment.areas):
                continue  # it lay in several counties then, and none of them is the one
            for figure in self.known.get((indicator.pk, county.pk), {}).values():
                if segment.covers(figure.year):
                    found[figure.period] = as_point(figure)
        return Series(newest, in_order(found.values())) if newest else None

    def larger(self, indicator: Indicator, circle: Circle) -> Series | None:
        """The nearest larger area: municipality, for a municipality its county, for a county the country."""
        if circle.area.kind == AreaKind.COUNTRY:
            return None
        if circle.area.kind == AreaKind.COUNTY:
            return self.series_if_any(indicator, circle.country)
        if circle.area.kind == AreaKind.MUNICIPALITY:
            return self.county_series(indicator, circle)
        return self.series_if_any(indicator, circle.municipality)
