"""Municipalities whose code has gone out of use with nothing in its place, so that a person must decide."""

from datetime import date

from samloft.places.models import Area, AreaKind, Municipality


def municipalities_without_code(today: date) -> list[Municipality]:
    """Those that an area was in use for, and none is any more. Two queries."""
    areas = Area.objects.filter(kind=AreaKind.MUNICIPALITY).order_by()
    in_use = set(areas.valid(today).values_list("code", flat=True))
    known = set(areas.values_list("code", flat=True))
    return [one for one in Municipality.objects.order_by("code") if one.code in known - in_use]
