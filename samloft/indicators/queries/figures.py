"""Figures of several indicators in several areas at once, with where they come from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, Q

from samloft.indicators.models import Indicator, IndicatorDefinition, LatestFigure, StatisticsImport
from samloft.indicators.queries.circles import parts_of
from samloft.indicators.queries.lineage import lineages
from samloft.indicators.queries.owners import NOBODY, Owners
from samloft.indicators.queries.series import (
    POPULATION,
    Point,
    Series,
    figures,
    own_series,
)
from samloft.indicators.queries.wholes import series_of_parts
from samloft.places.models import Area

Place = tuple[int, int]  # the primary keys of an indicator and an area


def series(
    indicators: Iterable[Indicator], areas: Iterable[Area], owners: Owners = NOBODY
) -> Mapping[Place, Series]:
    """Each indicator in each area through the years; an area without figures of its own is put together from its
    parts. The number of queries depends on how far back areas go, not on how many there are."""
    indicators = list({indicator.pk: indicator for indicator in indicators}.values())
    areas = list({area.pk: area for area in areas}.values())
    before, parts = lineages(areas), parts_of(areas)
    ids = {pk for lineage in before.values() for pk in lineage.area_ids}
    ids |= {part.pk for of_area in parts.values() for part in of_area}
    population = Indicator.objects.filter(key=POPULATION).first()
    people = population.pk if population else None
    known = figures(ids, {*(indicator.pk for indicator in indicators), *([people] if people else [])}, owners)
    found = {}
    for indicator in indicators:
        for area in areas:
            own = own_series(indicator, before[area.pk], known, people)
            if not own.points and parts.get(area.pk):
                whole = own_series(population, before[area.pk], known, people) if population else None
                own = series_of_parts(indicator, area, parts[area.pk], known, people, whole)
            found[indicator.pk, area.pk] = own
    return found


def definitions(indicators: Iterable[int]) -> Mapping[int, IndicatorDefinition]:
    """The newest definition of each indicator. One query."""
    newest = IndicatorDefinition.objects.latest().filter(indicator__in=set(indicators))
    return {definition.indicator_id: definition for definition in newest}


@dataclass(frozen=True)
class Offer:
    """What a form lets people choose among. `known` are the indicators with a figure in some of the areas."""

    areas: tuple[Area, ...]
    definitions: tuple[IndicatorDefinition, ...]
    known: frozenset[int]


def offer_of(areas: Any, owners: Owners) -> Offer:
    """The areas of this queryset, and every indicator. Three queries."""
    return replace(indicators_in(areas, owners), areas=tuple(areas))


def indicators_in(areas: Any, owners: Owners) -> Offer:
    """Every indicator in the order of the catalogue, and which of them have a figure in an area of this queryset.

    What others' areas have may be theirs alone, and does not tell. Two queries, and no area is read.
    """
    named = IndicatorDefinition.objects.latest().select_related("indicator").order_by("indicator")
    inside = LatestFigure.objects.filter(
        Q(area__municipality__isnull=True) | Q(area__municipality__in=owners),
        indicator=OuterRef("pk"),
        area__in=areas.order_by().values("pk"),
        value__isnull=False,
    )
    known = Indicator.objects.filter(Exists(inside)).order_by()
    return Offer((), tuple(named), frozenset(known.values_list("pk", flat=True)))


def measured(indicator: Indicator, areas: Iterable[Area]) -> frozenset[int]:
    """Those of the areas, by primary key, that have a figure of the indicator. One query."""
    found = LatestFigure.objects.filter(indicator=indicator, area__in=[area.pk for area in areas])
    return frozenset(found.filter(value__isnull=False).order_by().values_list("area_id", flat=True))


def deliveries(points: Iterable[Point | None]) -> Mapping[int, StatisticsImport]:
    """The deliveries that the points came in. One query."""
    found = {batch for point in points if point for batch in point.came_in}
    return {delivery.pk: delivery for delivery in StatisticsImport.objects.filter(pk__in=found)}


def last_known(own: Series) -> Point | None:
    """The newest point with a value."""
    return next((point for point in reversed(own.line) if point.amount is not None), None)
