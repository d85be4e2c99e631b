"""Keeps the areas that figures are about. What an area was before changes the newest figures that it has (F4)."""

from datetime import date

from django.db import transaction

from samloft.accounts.models import User
from samloft.indicators.remaking import remake_latest_figures
from samloft.places.actions import areas
from samloft.places.actions.areas import AreaValues
from samloft.places.models import Area, AreaSuccession, SuccessionKind


def add(*, values: AreaValues, by: User) -> Area:
    return areas.add(values=values, by=by)


@transaction.atomic
def change(*, area: Area, values: AreaValues, by: User) -> Area:
    """The years that its code was in use, and where it lies, decide which figures it is held up against."""
    changed = areas.change(area=area, values=values, by=by)
    before = (area.valid_from, area.valid_to, area.parent_id, area.municipality_id)
    if before != (changed.valid_from, changed.valid_to, changed.parent_id, changed.municipality_id):
        remake_latest_figures.enqueue([area.pk])
    return changed


@transaction.atomic
def add_succession(
    *, predecessor: Area, successor: Area, kind: SuccessionKind, on: date, by: User
) -> AreaSuccession:
    made = areas.add_succession(predecessor=predecessor, successor=successor, kind=kind, on=on, by=by)
    remake_latest_figures.enqueue([predecessor.pk, successor.pk])
    return made


@transaction.atomic
def remove_succession(*, succession: AreaSuccession, by: User) -> None:
    concerned = [succession.predecessor_id, succession.successor_id]
    areas.remove_succession(succession=succession, by=by)
    remake_latest_figures.enqueue(concerned)
