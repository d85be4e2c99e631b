"""Keeps the municipalities and counties that programmes have in step with the codes in use (F4)."""

from datetime import date

from django.db import models, transaction
from django.db.models import F

from samloft.core import audit
from samloft.places.models import Area, AreaKind, AreaSuccession, County, Municipality, SuccessionKind


@transaction.atomic
def keep(*, today: date, by: models.Model | None) -> None:
    """A municipality whose code went out of use for a new one gets the new one; each has the area with its code.

    What merged is left for people: its programmes must be moved by someone who knows where.
    """
    renumbered = _renumbered(today)
    for municipality in Municipality.objects.filter(code__in=renumbered):
        _renumber(municipality, renumbered[municipality.code], by)
    _claim(today)


def _renumbered(today: date) -> dict[str, Area]:
    """The area in use for each code of a municipality that has got a new one, step by step."""
    steps = AreaSuccession.objects.filter(
        predecessor__kind=AreaKind.MUNICIPALITY, kind=SuccessionKind.RENUMBERED, on__lte=today
    ).select_related("successor__parent")
    after = {step.predecessor_id: step.successor for step in steps}
    old = Area.objects.filter(pk__in=after).defer("geometry")
    found = {}
    for area in old:
        newest, seen = area, set()
        while newest.pk in after and newest.pk not in seen:
            seen.add(newest.pk)
            newest = after[newest.pk]
        if newest.code != area.code:
            found[area.code] = newest
    return found


def _renumber(municipality: Municipality, area: Area, by: models.Model | None) -> None:
    if Municipality.objects.filter(code=area.code).exists():
        return
    before, changed = municipality.code, ["code"]
    municipality.code = area.code
    if area.parent is not None and area.parent.kind == AreaKind.COUNTY:
        municipality.county = _county(area.parent)
        changed.append("county")
    municipality.save(update_fields=changed)
    # What lies inside goes along, so that the new code has the parts that the old one had.
    inside = Area.objects.filter(municipality=municipality, valid_to__isnull=True)
    inside.filter(parent__kind=AreaKind.MUNICIPALITY, parent__code=before).update(parent=area)
    audit.record("municipality.renumbered", municipality, by=by, data={"from": before, "to": area.code})


def _county(area: Area) -> County:
    return County.objects.filter(code=area.code).first() or County.objects.create(code=area.code, name=area.name)


def _claim(today: date) -> None:
    """Each municipality and county has the area with its code that is in use, and what lies inside that."""
    own = {one.code: one for one in Municipality.objects.all()}
    claimed = Area.objects.filter(kind=AreaKind.MUNICIPALITY).defer("geometry")
    claimed.filter(municipality__isnull=False).exclude(code=F("municipality__code")).update(municipality=None)
    unclaimed = claimed.valid(today).filter(code__in=own, municipality=None)
    found = {pk: own[code].pk for pk, code in unclaimed.values_list("pk", "code")}
    # The municipality, what lies within it, and what lies within that; by key, as PostgreSQL knows nothing yet of
    # rows that were entered in the same transaction, and would go through all of them for each.
    for _level in range(3):
        rows = [Area(pk=pk, municipality_id=municipality) for pk, municipality in found.items()]
        Area.objects.bulk_update(rows, ["municipality"], batch_size=200)
        inside = Area.objects.filter(parent__in=list(found), municipality=None).values_list("pk", "parent_id")
        found = {pk: found[parent] for pk, parent in inside}
    counties = {one.code: one for one in County.objects.all()}
    for area in Area.objects.filter(kind=AreaKind.COUNTY, county=None, code__in=counties).valid(today):
        Area.objects.filter(pk=area.pk).update(county=counties[area.code])
