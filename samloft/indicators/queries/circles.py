"""The areas that an area is seen beside: municipality, county, country, and those it is compared with (F5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F

from samloft.indicators.queries.lineage import Lineage
from samloft.places.models import Area, AreaKind

# An area with parts of several kinds is made up of the largest, so that nobody counts twice.
_PARTS = (AreaKind.MUNICIPALITY, AreaKind.DISTRICT, AreaKind.ZONE, AreaKind.BASIC_UNIT)


@dataclass(frozen=True)
class Circle:
    area: Area
    municipality: Area | None
    country: Area | None
    comparisons: tuple[Area, ...] = ()

    @property
    def all_areas(self) -> tuple[Area, ...]:
        near = (self.area, self.municipality, self.country, *self.comparisons)
        return tuple(area for area in near if area is not None)


def circle_of(area: Area) -> Circle:
    """What the area is seen beside. A few queries, none of them for each area."""
    around = circles([area])[area.pk]
    compared = Area.objects.filter(compared_by__area=area).select_related("municipality", "parent")
    comparisons = tuple(compared.order_by("name", "pk"))
    return Circle(area, around.municipality, around.country, comparisons)


def circles(areas: Sequence[Area]) -> dict[int, Circle]:
    """The municipality and country of each area, by its id; two queries for all of them."""
    codes = {area.municipality.code for area in areas if area.municipality is not None}
    found = Area.objects.filter(kind=AreaKind.MUNICIPALITY, code__in=codes).select_related("parent")
    # The newest area with the code comes last, and stays.
    municipalities = {one.code: one for one in found.order_by(F("valid_from").asc(nulls_first=True))}
    country = Area.objects.filter(kind=AreaKind.COUNTRY).order_by("pk").first()
    return {area.pk: _circle(area, municipalities, country) for area in areas}


def _circle(area: Area, municipalities: dict[str, Area], country: Area | None) -> Circle:
    if area.kind == AreaKind.MUNICIPALITY:
        municipality: Area | None = area
    else:
        municipality = municipalities.get(area.municipality.code) if area.municipality else None
    return Circle(area, municipality, None if country == area else country)


def parts_of(areas: Iterable[Area]) -> dict[int, tuple[Area, ...]]:
    """What makes each area up, of one kind only, with what each part became, by its id; two queries for them all.

    A county or the country is never put together: too many parts to have them all.
    """
    whole = [area.pk for area in areas if area.kind not in (AreaKind.COUNTY, AreaKind.COUNTRY)]
    inside: dict[int, list[Area]] = {}
    inside_them = Area.objects.filter(parent__in=whole).exclude(kind=AreaKind.PLACE)
    for part in inside_them.defer("geometry").order_by("code").prefetch_related("successions"):
        inside.setdefault(part.parent_id or 0, []).append(part)
    return {pk: _of_the_largest_kind(found) for pk, found in inside.items()}


def _of_the_largest_kind(areas: list[Area]) -> tuple[Area, ...]:
    kind = next(kind for kind in _PARTS if any(area.kind == kind for area in areas))
    return tuple(area for area in areas if area.kind == kind)


def counties(known: Iterable[Lineage]) -> list[Area]:
    """The counties that the municipalities among these have lain in."""
    found = {
        member.parent.pk: member.parent
        for lineage in known
        if lineage.area.kind == AreaKind.MUNICIPALITY
        for segment in lineage.segments
        for member in segment.areas
        if member.parent is not None and member.parent.kind == AreaKind.COUNTY
    }
    return list(found.values())
