"""The newest figure of each indicator in each area, made anew after a delivery came or went."""

from collections.abc import Callable, Sequence
from itertools import groupby, islice

from django.db import transaction
from django.db.models import Q

from samloft.indicators.actions.observations import Affected
from samloft.indicators.actions.pacing import Pace
from samloft.indicators.models import Aggregation, Indicator, LatestFigure, StatisticsImport
from samloft.indicators.queries.latest_figures import latest
from samloft.indicators.queries.lineage import FURTHEST_BACK
from samloft.indicators.queries.owners import NOBODY, Owners, owner_of
from samloft.indicators.queries.series import POPULATION
from samloft.places.models import Area, AreaKind, AreaSuccession

# Areas at a time: a few thousand figures in memory.
AREAS = 100
_FACTS = ["period", "year", "value", "missing", "municipality_value", "county_value", "country_value"]


def rebuild(affected: Affected, told: Callable[[], object] = lambda: None) -> None:
    """For these indicators and areas, in chunks that keep nobody from saving; `told` hears of each.

    A larger area's figure stands beside those of the areas inside it and may be put together from theirs, and an
    old area's figures may be the newest that its successor has, so theirs are made anew as well.
    """
    indicators = _measured(affected.indicator_ids)
    wanted = Area.objects.filter(_concerned(affected.area_ids)).select_related("municipality", "parent")
    # By municipality, so that a chunk has few others around it.
    areas = list(wanted.order_by("municipality", "pk").defer("geometry"))
    own = StatisticsImport.objects.visible().filter(municipality__isnull=False).order_by()
    have_own = set(own.values_list("municipality", flat=True).distinct())
    pace = Pace()
    # A row is read by those who may see the area's own figures, and by nobody else.
    for owners, of_owners in groupby(
        areas, lambda area: owner_of(area) if area.municipality_id in have_own else NOBODY
    ):
        while chunk := list(islice(of_owners, AREAS)):
            _rebuild_areas(indicators, chunk, owners, pace)
            told()


def _concerned(area_ids: frozenset[int]) -> Q:
    """The areas, what they became, and those that lie inside them and have figures of their own."""
    ids = _with_wholes(_with_successors(area_ids))
    larger = Area.objects.filter(pk__in=ids).exclude(code="")
    if larger.filter(kind__in=(AreaKind.COUNTRY, AreaKind.COUNTY)).exists():
        return Q(pk__in=ids) | Q(pk__in=LatestFigure.objects.values("area"))
    codes = list(larger.filter(kind=AreaKind.MUNICIPALITY).values_list("code", flat=True))
    return Q(pk__in=ids) | Q(municipality__code__in=codes, pk__in=LatestFigure.objects.values("area"))


def _measured(ids: frozenset[int]) -> list[Indicator]:
    """These; with the number of people all that parts make up, for it says whether the parts are all."""
    wanted = Q(pk__in=ids)
    if Indicator.objects.filter(pk__in=ids, key=POPULATION).exists():
        wanted |= ~Q(aggregation=Aggregation.NOT_AGGREGABLE)
    return list(Indicator.objects.filter(wanted))


def _with_wholes(area_ids: set[int]) -> set[int]:
    """And what they are parts of, up to the municipality; larger areas are never put together."""
    found, newest = set(area_ids), set(area_ids)
    while newest:
        wholes = Area.objects.filter(parts__in=newest).exclude(kind__in=(AreaKind.COUNTRY, AreaKind.COUNTY))
        newest = set(wholes.order_by().values_list("pk", flat=True)) - found
        found |= newest
    return found


def _with_successors(area_ids: frozenset[int]) -> set[int]:
    found, newest = set(area_ids), set(area_ids)
    for _step in range(FURTHEST_BACK):
        later = AreaSuccession.objects.filter(predecessor__in=newest).order_by()
        newest = set(later.values_list("successor_id", flat=True)) - found
        if not newest:
            break
        found |= newest
    return found


def _rebuild_areas(indicators: Sequence[Indicator], areas: Sequence[Area], owners: Owners, pace: Pace) -> None:
    rows = [
        LatestFigure(
            indicator=found.indicator,
            area=found.area,
            period=found.point.period,
            year=found.point.year,
            value=found.point.value,
            missing=found.point.missing,
            municipality_value=found.municipality,
            county_value=found.county,
            country_value=found.country,
        )
        for found in latest(indicators, areas, owners)
    ]
    known = {(row.area_id, row.indicator_id) for row in rows}
    stored = LatestFigure.objects.filter(area__in=areas, indicator__in=indicators).order_by()
    gone = [pk for pk, *place in stored.values_list("pk", "area", "indicator") if tuple(place) not in known]
    if gone:
        LatestFigure.objects.filter(pk__in=gone).delete()
    waiting = iter(rows)
    while piece := list(islice(waiting, pace.size)):
        with pace.step(), transaction.atomic():
            # Two who do this at once each leave what is right, in whatever order they come.
            LatestFigure.objects.bulk_create(
                piece, update_conflicts=True, unique_fields=["indicator", "area"], update_fields=_FACTS
            )
