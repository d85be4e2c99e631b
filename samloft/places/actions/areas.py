"""Adds and changes areas, what became of them, and what they are held up against (F4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from samloft.core import audit
from samloft.core.errors import RuleBroken
from samloft.places.models import (
    Area,
    AreaKind,
    AreaSuccession,
    ComparisonArea,
    County,
    Municipality,
    SuccessionKind,
)

_DIGITS = {AreaKind.COUNTRY: 1, AreaKind.COUNTY: 2, AreaKind.MUNICIPALITY: 4}


@dataclass(frozen=True)
class AreaValues:
    """`geometry` is a GeoJSON Polygon or MultiPolygon in EPSG:4326. A place may lack a code, others may not."""

    kind: str
    code: str
    name: str
    municipality: Municipality | None = None
    county: County | None = None
    parent: Area | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    geometry: dict[str, Any] | None = None
    is_divided: bool = False
    is_synthetic: bool = False


@transaction.atomic
def add(*, values: AreaValues, by: models.Model | None) -> Area:
    _check(values, None)
    area = Area.objects.create(**vars(values))
    audit.record("area.added", area, by=by, data={"kind": area.kind, "code": area.code})
    return area


@transaction.atomic
def ensure(*, values: AreaValues, by: models.Model | None) -> Area:
    """The area with this code from this date, made when it is not there. What is there is left as it is."""
    found = Area.objects.filter(kind=values.kind, code=values.code, valid_from=values.valid_from).first()
    return found or add(values=values, by=by)


@transaction.atomic
def change(*, area: Area, values: AreaValues, by: models.Model | None) -> Area:
    stored = Area.objects.select_for_update().order_by().get(pk=area.pk)
    _check(values, stored)
    changed = [name for name, value in vars(values).items() if getattr(stored, name) != value]
    if changed:
        for name in changed:
            setattr(stored, name, getattr(values, name))
        stored.save(update_fields=changed)
        audit.record("area.changed", stored, by=by, data={"code": stored.code, "fields": sorted(changed)})
    return stored


@transaction.atomic
def add_succession(
    *, predecessor: Area, successor: Area, kind: SuccessionKind, on: date, by: models.Model | None
) -> AreaSuccession:
    """Say what an area became. Saying it twice changes nothing; a ring is refused."""
    known = AreaSuccession.objects.filter(predecessor=predecessor, successor=successor).first()
    if known is not None:
        return known
    if predecessor == successor or predecessor.pk in _became(successor):
        raise RuleBroken(_("An area cannot become what it once was. Look at the codes and the dates."))
    if predecessor.valid_from is not None and on <= predecessor.valid_from:
        raise RuleBroken(_("The old code must have been in use before the new one took over."))
    made = AreaSuccession.objects.create(predecessor=predecessor, successor=successor, kind=kind, on=on)
    close(made)
    audit.record(
        "area.succeeded",
        predecessor,
        by=by,
        about=[successor],
        data={"from": predecessor.code, "to": successor.code, "kind": kind, "on": on.isoformat()},
    )
    return made


@transaction.atomic
def remove_succession(*, succession: AreaSuccession, by: models.Model | None) -> None:
    """Take back what was said by mistake."""
    predecessor, successor = succession.predecessor, succession.successor
    data = {"from": predecessor.code, "to": successor.code, "kind": succession.kind}
    succession.delete()
    audit.record("area.not_succeeded", predecessor, by=by, about=[successor], data=data)


def close(succession: AreaSuccession) -> None:
    """The days in use that follow from what became of an area, where nobody has said others.

    An area that goes on in another ends the day before. The classification register writes that end as the day
    itself, and says nothing of when a new code for the same area began. What a part was split off from may go on.
    """
    old, new, on = succession.predecessor, succession.successor, succession.on
    if succession.kind in (SuccessionKind.RENUMBERED, SuccessionKind.MERGED) and old.valid_to in (None, on):
        old.valid_to = on - timedelta(days=1)
        old.save(update_fields=["valid_to"])
    if succession.kind == SuccessionKind.RENUMBERED and new.valid_from is None:
        new.valid_from = on
        new.save(update_fields=["valid_from"])


@transaction.atomic
def set_comparisons(*, area: Area, compared_with: Iterable[Area], by: models.Model | None) -> None:
    """The areas that this one is held up against, in place of those before."""
    wanted = {other.pk: other for other in compared_with}
    if area.pk in wanted:
        raise RuleBroken(_("An area cannot be compared with itself. Choose others."))
    before = set(area.comparisons.values_list("compared_with_id", flat=True))
    if before == set(wanted):
        return
    area.comparisons.exclude(compared_with__in=wanted).delete()
    ComparisonArea.objects.bulk_create(
        ComparisonArea(area=area, compared_with=other) for pk, other in wanted.items() if pk not in before
    )
    audit.record("area.compared", area, by=by, about=wanted.values(), data={"areas": sorted(wanted)})


def _became(area: Area) -> set[int]:
    """The ids of all that the area became, and what those became."""
    found: set[int] = set()
    newest = {area.pk}
    while newest:
        later = AreaSuccession.objects.filter(predecessor__in=newest).order_by()
        newest = set(later.values_list("successor_id", flat=True)) - found
        found |= newest
    return found


def check_shape(values: AreaValues) -> None:
    """What can be seen without looking at other areas."""
    digits = _DIGITS.get(AreaKind(values.kind))
    if digits and not (len(values.code) == digits and values.code.isdecimal()):
        raise RuleBroken(_("A country has the code 0, a county two digits and a municipality four."))
    if not values.code and values.kind != AreaKind.PLACE:
        raise RuleBroken(_("Give the area its code."))
    if values.valid_from and values.valid_to and values.valid_to < values.valid_from:
        raise RuleBroken(_("The code cannot go out of use before it came into use."))


def _check(values: AreaValues, area: Area | None) -> None:
    check_shape(values)
    same = Area.objects.filter(kind=values.kind, code=values.code, valid_from=values.valid_from)
    if values.code and same.exclude(pk=area.pk if area else 0).exists():
        raise RuleBroken(_("There is already an area with the code %(code)s.") % {"code": values.code})
