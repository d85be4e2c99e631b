"""The areas of a programme in a list: how many people, how many figures, and how old they are (F4)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from django.db.models import Count, Max
from django.urls import reverse

from samloft.indicators.models import LatestFigure
from samloft.indicators.queries.programme_areas import programme_areas
from samloft.indicators.queries.series import POPULATION
from samloft.places.models import Area, AreaKind
from samloft.programmes.models import Programme

# Smaller than the municipality; what overlaps and rankings are about.
INSIDE = (AreaKind.ZONE, AreaKind.DISTRICT, AreaKind.BASIC_UNIT, AreaKind.PLACE)


def inside(programme: Programme) -> tuple[AreaKind, ...]:
    """The kinds that lie side by side in a programme: what a municipality holds, and a county's municipalities."""
    return INSIDE if programme.municipality_id else (*INSIDE, AreaKind.MUNICIPALITY)


@dataclass(frozen=True)
class AreaRow:
    """`population` None is unknown; `newest` is the year of the newest figure, None without figures."""

    area: Area
    key: str
    population: float | None
    population_period: str
    figures: int
    newest: int | None


def areas_today(programme: Programme, today: date) -> Any:
    """The programme's areas whose codes are in use, without their outlines, which are large."""
    in_use = Area.objects.valid(today).values("pk")
    areas = programme_areas(programme).filter(pk__in=in_use)
    return areas.select_related("municipality", "parent").defer("geometry", "parent__geometry")


def key_of(area: Area) -> str:
    """The area's word in addresses: its code, or its number where it has none."""
    return area.code or f"place-{area.pk}"


def find(programme: Programme, key: str, today: date) -> Area | None:
    """The area with this word in its address, outline included; of two with one code, the one in use."""
    found = programme_areas(programme).select_related("municipality", "parent")
    if key.startswith("place-"):
        number = key.removeprefix("place-")
        return found.filter(pk=number, code="").first() if number.isdecimal() and len(number) < 10 else None
    with_code = list(found.filter(code=key))
    in_use = [area for area in with_code if _in_use(area, today)]
    return next(iter(in_use or with_code), None)


def _in_use(area: Area, today: date) -> bool:
    begun = area.valid_from is None or area.valid_from <= today
    return begun and (area.valid_to is None or area.valid_to >= today)


def kinds(programme: Programme, today: date) -> dict[AreaKind, int]:
    """How many areas of each kind there are, in the order of lists. One query."""
    counted = dict(
        areas_today(programme, today)
        .select_related(None)
        .order_by("kind")
        .values_list("kind")
        .annotate(number=Count("pk"))
    )
    order = (*INSIDE, AreaKind.MUNICIPALITY, AreaKind.COUNTY, AreaKind.COUNTRY)
    return {kind: counted[kind] for kind in order if kind in counted}


def area_rows(areas: list[Area]) -> tuple[AreaRow, ...]:
    """The rows of these areas. Two queries."""
    ids = [area.pk for area in areas]
    latest: Any = LatestFigure.objects.filter(area__in=ids, value__isnull=False).order_by()
    counted = {
        area: (number, newest)
        for area, number, newest in latest.values_list("area").annotate(Count("pk"), Max("year"))
    }
    people = {
        area: (value, period)
        for area, value, period in latest.filter(indicator__key=POPULATION).values_list("area", "value", "period")
    }
    return tuple(
        AreaRow(area, key_of(area), *people.get(area.pk, (None, "")), *counted.get(area.pk, (0, None)))
        for area in areas
    )


def outlines(areas: list[Area]) -> dict[int, Any]:
    """The outlines of these areas, by their ids; those without are left out. One query."""
    found = Area.objects.filter(pk__in=[area.pk for area in areas], geometry__isnull=False)
    return dict(found.order_by().values_list("pk", "geometry"))


def comparable(programme: Programme, area: Area, today: date) -> Any:
    """What the area can be held up against: those of its kind that the programme sees; other municipalities."""
    if area.kind in (AreaKind.MUNICIPALITY, AreaKind.COUNTY):
        found = Area.objects.valid(today).filter(kind=area.kind).exclude(pk=area.pk)
    else:
        found = areas_today(programme, today).filter(kind=area.kind).exclude(pk=area.pk)
    return found.select_related("municipality").defer("geometry").order_by("name", "code")


def address_in(programme: Programme) -> Callable[[Area], str]:
    """The address of an area's page; on maps and in lists of hundreds it is not worked out anew for each."""
    base = reverse("indicators:areas", args=[programme.slug])
    return lambda area: f"{base}{quote(key_of(area), safe='')}/"


@dataclass(frozen=True)
class Known:
    """`areas` have figures; `newest` is the year of the newest, None without any."""

    areas: int
    newest: int | None


def known(programme: Programme, today: date) -> Known:
    """One query."""
    areas = areas_today(programme, today).filter(kind__in=inside(programme)).select_related(None).order_by()
    found = LatestFigure.objects.filter(area__in=areas.values("pk"), value__isnull=False).aggregate(
        areas=Count("area", distinct=True), newest=Max("year")
    )
    return Known(found["areas"], found["newest"])


def drawn(programme: Programme, today: date, most: int) -> list[Area]:
    """The smallest areas that have outlines, at most so many. One query."""
    found = programme_areas(programme).filter(
        geometry__isnull=False, kind__in=inside(programme), valid_to__isnull=True
    )
    areas = list(found[:most])
    return [area for area in areas if area.kind == areas[0].kind]
