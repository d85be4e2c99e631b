"""The areas that a programme can look at figures of."""

from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When

from samloft.places.models import Area, AreaKind
from samloft.programmes.models import Programme

# From the programme's own places to what they lie in, as a list shows them.
_ORDER = (
    AreaKind.PLACE,
    AreaKind.ZONE,
    AreaKind.DISTRICT,
    AreaKind.BASIC_UNIT,
    AreaKind.MUNICIPALITY,
    AreaKind.COUNTY,
)


def programme_areas(programme: Programme) -> Any:
    """The programme's own areas, and everything that its owner governs: a queryset, own areas first."""
    own = Q(programmes=programme)
    governed = (
        Q(municipality=programme.municipality_id)
        if programme.municipality_id
        else Q(county=programme.county_id) | Q(municipality__county=programme.county_id)
    )
    rank = Case(
        *(When(kind=kind, then=Value(place)) for place, kind in enumerate(_ORDER)), output_field=IntegerField()
    )
    within = governed & ~Q(kind=AreaKind.PLACE)
    return Area.objects.filter(pk__in=Area.objects.filter(own | within).values("pk")).order_by(rank, "name")
