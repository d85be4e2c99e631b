"""Starting a programme and changing what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.places.models import Area, AreaKind, County, Municipality
from samloft.programmes.models import Programme, Role, Seat

# Words that stand in the place of a programme's short name in addresses.
RESERVED = frozenset({"new"})


@dataclass(frozen=True)
class ProgrammeValues:
    """`areas` are names of places in the municipality; one that is new is made."""

    name: str
    basis: str
    basis_on: date | None = None
    purpose: str = ""
    target_groups: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    areas: Sequence[str] = ()


@transaction.atomic
def start(
    *, slug: str, owner: Municipality | County, values: ProgrammeValues, leader: User, by: User
) -> Programme:
    """Make a programme and give its first seat to its leader, who gives out the others. For operators."""
    if not by.is_operator:
        raise RuleBroken(_("Only those who operate this installation may start a programme."))
    if slug in RESERVED or Programme.objects.filter(slug=slug).exists():
        raise RuleBroken(_("The short name “%(slug)s” is taken. Choose another.") % {"slug": slug})
    _check(values)
    programme = Programme.objects.create(
        slug=slug,
        municipality=owner if isinstance(owner, Municipality) else None,
        county=owner if isinstance(owner, County) else None,
        **_fields(values),
    )
    _set_areas(programme, values.areas)
    seat = Seat.objects.create(
        programme=programme, role=Role.PROGRAMME_LEADER, user=leader, organisation=leader.organisation
    )
    audit.record(
        "programme.started", programme, by=by, about=[seat], data={"basis": values.basis, "leader": leader.pk}
    )
    return programme


@transaction.atomic
def change(*, programme: Programme, values: ProgrammeValues, version: int | None, by: User) -> Programme:
    """The short name and the owner stand: addresses and documents rest on them."""
    _check(values)
    stored, changed = editing.change(programme, _fields(values), version=version)
    if _set_areas(stored, values.areas):
        changed.append("areas")
    if changed:
        audit.record("programme.changed", stored, by=by, data={"fields": sorted(changed)})
    return stored


@transaction.atomic
def give_leader(*, programme: Programme, leader: User, by: User) -> Seat:
    """The operator's way back into a programme that nobody leads any more."""
    if not by.is_operator:
        raise RuleBroken(_("Only those who operate this installation may do this."))
    if Seat.objects.filter(
        programme=programme, role=Role.PROGRAMME_LEADER, user=leader, ends_on__isnull=True
    ).exists():
        raise RuleBroken(_("%(person)s leads this programme already.") % {"person": leader})
    seat = Seat.objects.create(
        programme=programme, role=Role.PROGRAMME_LEADER, user=leader, organisation=leader.organisation
    )
    audit.record("seat.added", seat, by=by, about=[programme], data={"role": seat.role, "user": leader.pk})
    return seat


def _check(values: ProgrammeValues) -> None:
    if values.starts_on and values.ends_on and values.ends_on < values.starts_on:
        raise RuleBroken(_("The programme ends before it starts. Check the two dates."))


def _fields(values: ProgrammeValues) -> dict[str, object]:
    return {
        "name": values.name,
        "basis": values.basis,
        "basis_on": values.basis_on,
        "purpose": values.purpose,
        "target_groups": values.target_groups,
        "starts_on": values.starts_on,
        "ends_on": values.ends_on,
    }


def _set_areas(programme: Programme, names: Sequence[str]) -> bool:
    """Give the programme these areas; True when they were others before."""
    wanted = [
        Area.objects.get_or_create(
            kind=AreaKind.PLACE, municipality=programme.municipality, county=programme.county, name=name
        )[0]
        for name in dict.fromkeys(" ".join(name.split()) for name in names)
        if name
    ]
    before = set(programme.areas.values_list("pk", flat=True))
    programme.areas.set(wanted)
    return before != {area.pk for area in wanted}
