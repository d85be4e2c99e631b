"""The areas that a programme can look at figures of."""

from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When

from samloft.places.models import Area, AreaKind, ComparisonArea
from samloft.programmes.models import Programme

# From the programme's own places to what they lie in, as a list shows them.
_ORDER = (
    AreaKind.PLACE,
    AreaKind.ZONE,
    AreaKind.DISTRICT,
    AreaKind.BASIC_UNIT,
    AreaKind.MUNICIPALITY,
    AreaKind.COUNTY,
    AreaKind.COUNTRY,
)


def programme_areas(programme: Programme) -> Any:
    """The programme's own areas, and everything that its owner governs: a queryset, own areas first."""
    return listed(_own(programme))


def comparable_areas(programme: Programme) -> Any:
    """The same, and what they are compared with: chosen areas, the county and the country."""
    own = _own(programme)
    compared = ComparisonArea.objects.filter(area__in=own.values("pk"))
    around = Q(kind=AreaKind.COUNTRY) | Q(kind=AreaKind.COUNTY, parts__in=own.values("pk"))
    others = Area.objects.filter(Q(pk__in=compared.values("compared_with")) | around)
    return listed(Area.objects.filter(Q(pk__in=own.values("pk")) | Q(pk__in=others.values("pk"))))


def _own(programme: Programme) -> Any:
    """What lies inside a municipality is the municipality's: its county does not see them (L1)."""
    municipalities = Q(municipality__county=programme.county_id, kind=AreaKind.MUNICIPALITY)
    governed = (
        Q(municipality=programme.municipality_id)
        if programme.municipality_id
        else Q(county=programme.county_id, kind=AreaKind.COUNTY) | municipalities
    )
    within = governed & ~Q(kind=AreaKind.PLACE)
    return Area.objects.filter(Q(pk__in=programme.areas.values("pk")) | within)


def listed(areas: Any) -> Any:
    """Areas in the order of a list: the smallest kind first, each by name."""
    rank = Case(
        *(When(kind=kind, then=Value(place)) for place, kind in enumerate(_ORDER)), output_field=IntegerField()
    )
    return areas.order_by(rank, "name")
