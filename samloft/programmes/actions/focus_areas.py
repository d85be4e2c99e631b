"""Focus areas and sub-programmes: free in number and name (B1)."""

from dataclasses import dataclass
from typing import Literal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.programmes.models import FocusArea, FocusAreaKind, Programme


@dataclass(frozen=True)
class FocusAreaValues:
    name: str
    kind: str = FocusAreaKind.FOCUS_AREA
    description: str = ""


@transaction.atomic
def add(*, programme: Programme, values: FocusAreaValues, by: User) -> FocusArea:
    """The new one comes last."""
    editing.locked(programme)
    _check_name(programme, values.name, 0)
    last = programme.focus_areas.aggregate(last=Max("position"))["last"] or 0
    made = FocusArea.objects.create(
        programme=programme,
        name=values.name,
        kind=values.kind,
        description=values.description,
        position=last + 1,
    )
    audit.record("focus_area.added", made, by=by, about=[programme], data={"kind": made.kind})
    return made


@transaction.atomic
def change(*, focus_area: FocusArea, values: FocusAreaValues, version: int | None, by: User) -> FocusArea:
    """A new name shows from now on; issued documents keep the old one."""
    _check_name(focus_area.programme, values.name, focus_area.pk)
    stored, changed = editing.change(
        focus_area,
        {"name": values.name, "kind": values.kind, "description": values.description},
        version=version,
    )
    if changed:
        audit.record(
            "focus_area.changed",
            stored,
            by=by,
            about=[stored.programme],
            data={"fields": sorted(changed)},
        )
    return stored


@transaction.atomic
def move(*, focus_area: FocusArea, direction: Literal["up", "down"], by: User) -> None:
    """Change places with the neighbour; at the end of the list nothing happens."""
    editing.locked(focus_area.programme)
    rows = list(FocusArea.objects.select_for_update().filter(programme=focus_area.programme_id))
    here = next(index for index, row in enumerate(rows) if row.pk == focus_area.pk)
    there = here + (-1 if direction == "up" else 1)
    if not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    for position, row in enumerate(rows, 1):
        row.position = position
    FocusArea.objects.bulk_update(rows, ["position"])
    audit.record(
        "focus_area.moved", focus_area, by=by, about=[focus_area.programme], data={"direction": direction}
    )


@transaction.atomic
def remove(*, focus_area: FocusArea, by: User) -> None:
    """Refused while goals, measures, seats or plans rest on it."""
    programme, pk = focus_area.programme, focus_area.pk
    editing.remove(
        focus_area,
        refusal=_(
            "“%(name)s” is in use: goals, measures, seats or plans belong to it. Move them to another one first."
        )
        % {"name": focus_area.name},
    )
    audit.record("focus_area.removed", programme, by=by, data={"focus_area": pk})


def _check_name(programme: Programme, name: str, pk: int) -> None:
    if programme.focus_areas.filter(name__iexact=name).exclude(pk=pk).exists():
        raise RuleBroken(_("There is already one called “%(name)s”. Choose another name.") % {"name": name})
