"""Bodies with their seats, and the table of who decides what."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from samloft.core.statuses import Status
from samloft.programmes.models import Body, DecisionRight, Programme, Seat, Step

HELD = Status(_("Held"), "success", meaning=_("Somebody holds the seat today."))
OPEN = Status(_("Open"), "warning", meaning=_("Nobody holds the seat today."))
LATER = Status(_("Begins later"), "neutral", meaning=_("The seat's first day lies ahead."))
OVER = Status(_("Ended"), "neutral", "check-circle", meaning=_("The seat's last day has passed."))


@dataclass(frozen=True)
class SeatRow:
    seat: Seat
    status: Status


@dataclass(frozen=True)
class BodyRow:
    """A body, or None for seats outside bodies, with the seats of today and later, and those that have ended."""

    body: Body | None
    seats: tuple[SeatRow, ...]
    ended: tuple[SeatRow, ...]
    decides: tuple[str, ...]
    is_shared: bool


def seat_status(seat: Seat, today: date) -> Status:
    if seat.ends_on and seat.ends_on < today:
        return OVER
    if seat.starts_on and seat.starts_on > today:
        return LATER
    return HELD if seat.user_id else OPEN


def body_rows(programme: Programme, today: date) -> tuple[BodyRow, ...]:
    """The programme's bodies by name, and last the seats outside bodies if there are any. Four queries."""
    seats: dict[int, list[SeatRow]] = {}
    for seat in programme.seats.select_related("user", "organisation", "focus_area").order_by("pk"):
        seats.setdefault(seat.body_id or 0, []).append(SeatRow(seat, seat_status(seat, today)))
    steps: dict[int, list[str]] = {}
    for right in DecisionRight.objects.in_force(today).filter(programme=programme):
        steps.setdefault(right.body_id, []).append(str(Step(right.step).label))
    bodies = programme.bodies.select_related("organisation").prefetch_related("programmes")
    rows = [
        _row(body, seats.get(body.pk, []), steps.get(body.pk, []), len(body.programmes.all()) > 1)
        for body in bodies
    ]
    if 0 in seats:
        rows.append(_row(None, seats[0], [], False))
    return tuple(rows)


def _row(body: Body | None, seats: list[SeatRow], steps: list[str], is_shared: bool) -> BodyRow:
    return BodyRow(
        body=body,
        seats=tuple(row for row in seats if row.status is not OVER),
        ended=tuple(row for row in seats if row.status is OVER),
        decides=tuple(dict.fromkeys(steps)),
        is_shared=is_shared,
    )


@dataclass(frozen=True)
class RightRow:
    right: DecisionRight
    status: Status


@dataclass(frozen=True)
class StepRow:
    """One row of the table: a step with the bodies that take it."""

    step: Step
    label: str
    rights: tuple[RightRow, ...]


RIGHT_NOW = Status(_("In force"), "success", meaning=_("The body takes this step today."))
RIGHT_LATER = Status(_("Begins later"), "neutral", meaning=_("The first day lies ahead."))
RIGHT_OVER = Status(_("Ended"), "neutral", "check-circle", meaning=_("The last day has passed."))


def decision_table(programme: Programme, today: date) -> tuple[StepRow, ...]:
    """Every step, also those that nobody takes yet. One query."""
    found: dict[str, list[RightRow]] = {}
    rights = programme.decision_rights.select_related("body", "delegated_from", "basis__programme").order_by("pk")
    for right in rights:
        found.setdefault(right.step, []).append(RightRow(right, _right_status(right, today)))
    return tuple(StepRow(step, str(step.label), tuple(found.get(step, ()))) for step in Step)


def _right_status(right: DecisionRight, today: date) -> Status:
    if right.ends_on and right.ends_on < today:
        return RIGHT_OVER
    return RIGHT_LATER if right.starts_on and right.starts_on > today else RIGHT_NOW
