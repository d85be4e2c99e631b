"""Keeps the areas that figures are about. What an area was before changes the newest figures that it has (F4)."""

from datetime import date

from django.db import transaction

from samloft.accounts.models import User
from samloft.indicators.remaking import remake_latest_figures
from samloft.places.actions import areas
from samloft.places.actions.areas import AreaValues
from samloft.places.models import Area, AreaSuccession, SuccessionKind

_DECISIVE = ("valid_from", "valid_to", "parent_id", "municipality_id", "is_divided")


def add(*, values: AreaValues, by: User) -> Area:
    return areas.add(values=values, by=by)


@transaction.atomic
def change(*, area: Area, values: AreaValues, by: User) -> Area:
    """The years that its code was in use, and where it lies, decide which figures it is held up against."""
    changed = areas.change(area=area, values=values, by=by)
    if any(getattr(area, name) != getattr(changed, name) for name in _DECISIVE):
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
