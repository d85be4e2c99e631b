"""Which reminders are due on a day, and to whom (A5, L13)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from samloft.accounts.models import User
from samloft.overview.models import OVERDUE, NoticePreference, NoticeTime
from samloft.programmes.access import Permission, seats_that_allow
from samloft.programmes.actions.obligations import EARLIEST_REMINDER
from samloft.programmes.models import Obligation, Occurrence, Programme, Role
from samloft.programmes.queries.obligations import occurrences_of

# What went over its date longer ago is history, as when an old agreement is entered; nobody is reminded of it.
NEWLY_OVERDUE_DAYS = 30


@dataclass(frozen=True)
class DueNotice:
    occurrence: Occurrence
    user: User
    days_before: int


def language_of(user: User) -> str:
    """The language of what is sent to the person; bokmål unless chosen. One query."""
    chosen = NoticePreference.objects.filter(user=user).values_list("language", flat=True).first()
    return chosen or "nb"


def time_of(users: Iterable[User]) -> dict[int, str]:
    """How each of them wants reminders. One query."""
    wanted = {user.pk: str(NoticeTime.DAILY) for user in users}
    wanted.update(NoticePreference.objects.filter(user__in=list(wanted)).values_list("user_id", "when"))
    return wanted


def due_notices(on: date) -> Iterator[DueNotice]:
    """Reminders whose day has come, of what is not done by then. A constant number of queries."""
    people = _people(on)
    for occurrence in _open(on):
        days = days_before(occurrence.obligation, occurrence.due_on, on)
        if days is None:
            continue
        programme = occurrence.obligation.agreement.programme_id
        owing = {row.party.organisation_id for row in occurrence.obligation.owed_by.all()}
        for person in people.get(programme, {}).values():
            if person.leads or owing & person.organisations:
                yield DueNotice(occurrence, person.user, days)


def days_before(obligation: Obligation, due_on: date | None, on: date) -> int | None:
    """The reminder that counts that day: the nearest that has come, so that a day without a run loses none."""
    if due_on is None:
        return None
    if due_on < on:
        return OVERDUE
    return min((days for days in obligation.reminders if (due_on - on).days <= days), default=None)


@dataclass
class _Person:
    user: User
    organisations: set[int | None]
    leads: bool


def _open(on: date) -> Any:
    rows: Any = occurrences_of(Programme.objects.all()).filter(
        due_on__gte=on - timedelta(days=NEWLY_OVERDUE_DAYS), due_on__lte=on + timedelta(days=EARLIEST_REMINDER)
    )
    return rows.unmet(on)


def _people(on: date) -> dict[int, dict[int, _Person]]:
    """By programme and user: those with a seat who may sign in and have not said no."""
    seats = list(
        seats_that_allow(Permission.PROGRAMME_VIEW, today=on)
        .filter(user__is_active=True)
        .exclude(user__notice_preference__when=NoticeTime.NONE)
        .select_related("user")
    )
    found: dict[int, dict[int, _Person]] = {}
    for seat in seats:
        person = found.setdefault(seat.programme_id, {}).setdefault(
            seat.user_id, _Person(seat.user, {seat.user.organisation_id} - {None}, leads=False)
        )
        person.organisations |= {seat.organisation_id} - {None}
        person.leads |= seat.role == Role.PROGRAMME_LEADER
    return found
