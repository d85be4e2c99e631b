"""Whose own figures are read beside those that are everybody's (L1).

What a municipality brings in is seen by its own programmes and its county's, and by nobody else (ADR 16).
"""

from samloft.places.models import Area, Municipality
from samloft.programmes.models import Programme

# The municipalities whose own figures are read; nobody's are the open figures alone.
Owners = frozenset[int]
NOBODY: Owners = frozenset()


def owners_for(programme: Programme) -> Owners:
    """Those whose figures the programme reads. One query for a county's programme, else none."""
    if programme.municipality_id:
        return frozenset({programme.municipality_id})
    inside = Municipality.objects.filter(county=programme.county_id)
    return frozenset(inside.order_by().values_list("pk", flat=True))


def owner_of(area: Area) -> Owners:
    """Who reads the figures of an area as its own."""
    return frozenset({area.municipality_id}) if area.municipality_id else NOBODY
