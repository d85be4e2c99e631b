"""Seats: who holds which place in a programme, from when to when (H1)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.models import Organisation, User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.programmes.models import Body, FocusArea, Programme, Role, Seat


@dataclass(frozen=True)
class SeatValues:
    """A seat without `user` is open; one without `starts_on` or `ends_on` has no limit on that side."""

    role: str
    body: Body | None = None
    function: str = ""
    organisation: Organisation | None = None
    focus_area: FocusArea | None = None
    user: User | None = None
    percent: int | None = None
    may_record: bool = False
    starts_on: date | None = None
    ends_on: date | None = None


@transaction.atomic
def add(*, programme: Programme, values: SeatValues, by: User) -> Seat:
    editing.locked(programme)
    _check(programme, values)
    seat = Seat.objects.create(programme=programme, **_fields(values))
    audit.record(
        "seat.added",
        seat,
        by=by,
        about=[programme, *([values.body] if values.body else [])],
        data={
            "role": values.role,
            "user": values.user.pk if values.user else None,
            "may_record": values.may_record,
        },
    )
    return seat


@transaction.atomic
def change(*, seat: Seat, values: SeatValues, version: int | None, today: date, by: User) -> Seat:
    """A person is not changed for another: that seat ends and a new one begins, so that both are on record."""
    programme = editing.locked(seat.programme)
    if seat.user_id and (values.user is None or values.user.pk != seat.user_id):
        raise RuleBroken(_("End this seat and give the other person a new one, so that both stay on record."))
    _check(programme, values)
    stored, changed = editing.change(seat, _fields(values), version=version)
    _require_leader(programme, stored, today)
    if changed:
        audit.record(
            "seat.changed",
            stored,
            by=by,
            about=[programme],
            data={"fields": sorted(changed), "role": stored.role, "user": stored.user_id},
        )
    return stored


@transaction.atomic
def end(*, seat: Seat, on: date, today: date, by: User) -> Seat:
    """`on` is the last day that the seat is in force. Refused when it leaves the programme without a leader."""
    programme = editing.locked(seat.programme)
    if seat.starts_on and on < seat.starts_on:
        raise RuleBroken(_("The seat cannot end before it begins. Choose a later day."))
    stored, _changed = editing.change(seat, {"ends_on": on}, version=None)
    _require_leader(programme, stored, today)
    audit.record(
        "seat.ended",
        stored,
        by=by,
        about=[programme],
        data={"on": on.isoformat(), "role": stored.role, "user": stored.user_id},
    )
    return stored


def _fields(values: SeatValues) -> dict[str, object]:
    return dict(vars(values))


def _check(programme: Programme, values: SeatValues) -> None:
    if values.body and not values.body.programmes.filter(pk=programme.pk).exists():
        raise RuleBroken(_("The body does not belong to this programme."))
    if values.may_record and values.body is None:
        raise RuleBroken(_("Choose the body whose decisions the holder may write down."))
    if values.focus_area and values.focus_area.programme_id != programme.pk:
        raise RuleBroken(_("The focus area belongs to another programme."))
    if values.starts_on and values.ends_on and values.ends_on < values.starts_on:
        raise RuleBroken(_("The seat ends before it begins. Check the two dates."))
    if values.percent is not None and not 0 < values.percent <= 100:
        raise RuleBroken(_("The share of a full post is between 1 and 100 per cent."))


def _require_leader(programme: Programme, seat: Seat, today: date) -> None:
    """After the change somebody must lead the programme today, and on the day after this seat ends."""
    days = [today]
    if seat.ends_on and seat.ends_on >= today:
        days.append(seat.ends_on + timedelta(days=1))
    leading = Seat.objects.filter(
        programme=programme, role=Role.PROGRAMME_LEADER, user__isnull=False, user__is_active=True
    )
    if not all(leading.current(day).exists() for day in days):
        raise RuleBroken(
            _(
                "Nobody would lead the programme then, and nobody could give out seats. Give a new programme "
                "leader a seat first."
            )
        )
