"""The series of an area and of what it is seen beside, from figures that were read once for all indicators."""

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Self

from samloft.indicators.models import Aggregation, Indicator
from samloft.indicators.queries.circles import Circle, counties, parts_of
from samloft.indicators.queries.lineage import Lineage, lineages
from samloft.indicators.queries.owners import Owners
from samloft.indicators.queries.series import (
    POPULATION,
    Figures,
    Point,
    Series,
    Span,
    figures,
    in_order,
    own_series,
)
from samloft.indicators.queries.wholes import series_of_parts
from samloft.places.models import Area, AreaKind


class SeriesReader:
    """Holds what was read, and remembers the series it has put together: many areas share a municipality."""

    def __init__(
        self,
        known_lineages: Mapping[int, Lineage],
        known: Figures,
        population: Indicator | None,
        owners: Owners,
    ) -> None:
        self.owners = owners
        self.lineages = known_lineages
        self.known = known
        self.population = population
        self.population_id = population.pk if population else None
        self._made: dict[tuple[int, int], Series] = {}
        self._counties: dict[tuple[int, int], Series | None] = {}
        self._parts: dict[int, tuple[Area, ...]] = {}

    @classmethod
    def of(
        cls,
        circles: Sequence[Circle],
        indicator_ids: Iterable[int],
        owners: Owners,
        *,
        apart_from: Iterable[int] = (),
    ) -> Self:
        """Read all that these circles need, but not the figures of the areas `apart_from`.

        A few queries, however many circles and indicators.
        """
        known_lineages = lineages(area for circle in circles for area in circle.all_areas)
        ids = {pk for lineage in known_lineages.values() for pk in lineage.area_ids}
        ids |= {county.pk for county in counties(known_lineages.values())}
        ids -= {*apart_from}
        population = Indicator.objects.filter(key=POPULATION).first()
        wanted = {*indicator_ids} if population is None else {*indicator_ids, population.pk}
        return cls(known_lineages, figures(ids, wanted, owners), population, owners)

    def put_together(
        self,
        circles: Sequence[Circle],
        indicators: Iterable[Indicator],
        *,
        apart: Container[int] = (),
        elsewhere: Container[tuple[int, int]] = (),
    ) -> None:
        """Read the parts of the areas, and of their municipalities, where these have no figures of their own.

        The municipality's are read only for what an area in it has a figure of, to be held up against. A few
        queries, however many circles. Areas `apart` have no parts, and what they have figures of is `elsewhere`.
        """
        sums = [one for one in indicators if one.aggregation != Aggregation.NOT_AGGREGABLE]
        self._read_lacking({circle.area: sums for circle in circles if circle.area.pk not in apart})
        around: dict[Area, set[Indicator]] = {}
        for circle in circles:
            area, municipality = circle.area, circle.municipality
            if municipality is not None and municipality != area:
                around.setdefault(municipality, set()).update(
                    one for one in sums if (one.pk, area.pk) in elsewhere or self.series(one, area).points
                )
        self._read_lacking(around)

    def _read_lacking(self, wanted: Mapping[Area, Iterable[Indicator]]) -> None:
        lacking = {
            area: {one.pk for one in indicators if not self.series(one, area).points}
            for area, indicators in wanted.items()
        }
        wholes = [area for area, ids in lacking.items() if ids]
        if wholes:
            self._read_parts(parts_of(wholes), {pk for area in wholes for pk in lacking[area]})

    def _read_parts(self, parts: Mapping[int, tuple[Area, ...]], indicator_ids: Iterable[int]) -> None:
        """What these wholes are made of, for indicators that they have no figures of their own of. One query."""
        if not parts:
            return
        wanted = {*indicator_ids, *([self.population_id] if self.population_id else [])}
        ids = (part.pk for of_whole in parts.values() for part in of_whole)
        self.known.update(figures(ids, wanted, self.owners))
        self._parts.update(parts)
        self._made = {key: series for key, series in self._made.items() if series.points}

    def series(self, indicator: Indicator, area: Area) -> Series:
        """The area's own, or put together from its parts where there is none and they have been read."""
        key = (indicator.pk, area.pk)
        if key not in self._made:
            own = own_series(indicator, self.lineages[area.pk], self.known, self.population_id)
            self._made[key] = own if own.points else self._of_parts(indicator, own)
        return self._made[key]

    def _of_parts(self, indicator: Indicator, own: Series) -> Series:
        parts = self._parts.get(own.area.pk, ())
        if not parts:
            return own
        population = self.population
        people = self.series(population, own.area) if population and population != indicator else None
        return series_of_parts(indicator, own.area, parts, self.known, self.population_id, people)

    def series_if_any(self, indicator: Indicator, area: Area | None) -> Series | None:
        return self.series(indicator, area) if area is not None else None

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
        found: list[tuple[Area, list[Point]]] = []
        newest: Area | None = None
        for segment in municipality.segments:
            county = segment.areas[0].parent
            newest = newest or county
            if county is None or any(member.parent_id != county.pk for member in segment.areas):
                continue  # it lay in several counties then, and none of them is the one
            figures_then = self.known.get((indicator.pk, county.pk), {}).values()
            points = in_order(figure for figure in figures_then if segment.covers(figure.year))
            if points:
                found.append((county, [*points]))
        return _from_county_to_county(newest, found[::-1]) if newest else None

    def larger(self, indicator: Indicator, circle: Circle) -> Series | None:
        """The nearest larger area: municipality, for a municipality its county, for a county the country."""
        if circle.area.kind == AreaKind.COUNTRY:
            return None
        if circle.area.kind == AreaKind.COUNTY:
            return self.series_if_any(indicator, circle.country)
        if circle.area.kind == AreaKind.MUNICIPALITY:
            return self.county_series(indicator, circle)
        return self.series_if_any(indicator, circle.municipality)


def _from_county_to_county(newest: Area, found: Sequence[tuple[Area, list[Point]]]) -> Series:
    """One series, oldest first, with a break where the municipality came to another county."""
    points: list[Point] = []
    spans: list[Span] = []
    for county, of_county in found:
        first, last = of_county[0], of_county[-1]
        if spans and spans[-1].area == county:
            spans[-1] = spans[-1]._replace(last=last.year)
        else:
            of_county[0] = first._replace(after_break=bool(spans))
            spans.append(Span(county, first.year, last.year))
        points += of_county
    return Series(newest, tuple(points), tuple(spans))
