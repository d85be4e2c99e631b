"""Obligations and reservations of an agreement: what the parties owe, and what limits it (A3, A8)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.programmes.actions.occurrences import has_passed, lay_out
from samloft.programmes.models import (
    Agreement,
    AgreementParty,
    Deviation,
    Obligation,
    ObligationParty,
    Occurrence,
    Proof,
    Reservation,
    Rhythm,
)
from samloft.programmes.recurrence import ONCE

# No reminder comes earlier than so many days before.
EARLIEST_REMINDER = 730


@dataclass(frozen=True)
class OwedBy:
    """A party that owes the obligation; `max_times` is a cap of its own."""

    party: AgreementParty
    share: str = ""
    max_times: int | None = None


@dataclass(frozen=True)
class ObligationValues:
    """See `models.Obligation`. `reminder_days` None means the usual ones."""

    text: str
    kind: str
    rhythm: str
    owed_by: Sequence[OwedBy]
    clause: str = ""
    due_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    min_times: int | None = None
    max_times: int | None = None
    fulfilling_event: str = ""
    document_kind: str = ""
    responsible_role: str = ""
    reminder_days: Sequence[int] | None = None


@dataclass(frozen=True)
class ReservationValues:
    text: str
    clause: str = ""


@transaction.atomic
def add(*, agreement: Agreement, values: ObligationValues, by: User) -> Obligation:
    editing.locked(agreement)
    _check(agreement, values)
    made = Obligation.objects.create(agreement=agreement, position=_next(agreement.obligations), **_fields(values))
    _add_parties(made, values.owed_by)
    lay_out(made, today=timezone.localdate())
    audit.record("obligation.added", made, by=by, about=[agreement, agreement.programme], data={"kind": made.kind})
    return made


@transaction.atomic
def change(*, obligation: Obligation, values: ObligationValues, version: int | None, by: User) -> Obligation:
    """What has passed or has proof stays where it was; the times ahead follow the new rhythm."""
    agreement = editing.locked(obligation.agreement)
    _check(agreement, values)
    _check_due_date(obligation, values, timezone.localdate())
    stored, changed = editing.change(obligation, _fields(values), version=version)
    owing = list(stored.owed_by.select_related("party__organisation"))
    if _owing(owing) != _owing(values.owed_by):
        if not changed:
            if version not in (None, stored.version):
                raise editing.stale(stored, {"owed_by": ", ".join(str(row.party) for row in owing)})
            stored.version += 1
            stored.save(update_fields=["version"])
        stored.owed_by.all().delete()
        _add_parties(stored, values.owed_by)
        changed.append("owed_by")
    if changed:
        lay_out(stored, today=timezone.localdate())
        audit.record(
            "obligation.changed",
            stored,
            by=by,
            about=[agreement, agreement.programme],
            data={"fields": sorted(changed)},
        )
    return stored


@transaction.atomic
def remove(*, obligation: Obligation, by: User) -> None:
    """Only what nobody has recorded anything about can go; the rest is history."""
    agreement, pk = editing.locked(obligation.agreement), obligation.pk
    # Whoever records a proof locks its occurrence first, so nothing comes in between.
    list(obligation.occurrences.select_for_update(of=("self",)).order_by("pk"))
    held = {"occurrence__obligation": obligation}
    if Proof.objects.filter(**held).exists() or Deviation.objects.filter(**held).exists():
        raise RuleBroken(_("Something is recorded about this obligation, so it stays as history."))
    Occurrence.objects.filter(obligation=obligation).delete()
    editing.remove(obligation, refusal=_("Something rests on this obligation, so it stays."))
    audit.record("obligation.removed", agreement, by=by, about=[agreement.programme], data={"obligation": pk})


@transaction.atomic
def add_reservation(*, agreement: Agreement, values: ReservationValues, by: User) -> Reservation:
    editing.locked(agreement)
    made = Reservation.objects.create(
        agreement=agreement,
        clause=values.clause,
        text=values.text,
        position=_next(agreement.reservations),
    )
    audit.record("reservation.added", made, by=by, about=[agreement, agreement.programme])
    return made


@transaction.atomic
def change_reservation(
    *, reservation: Reservation, values: ReservationValues, version: int | None, by: User
) -> Reservation:
    stored, changed = editing.change(reservation, {"clause": values.clause, "text": values.text}, version=version)
    if changed:
        agreement = stored.agreement
        audit.record(
            "reservation.changed",
            stored,
            by=by,
            about=[agreement, agreement.programme],
            data={"fields": sorted(changed)},
        )
    return stored


@transaction.atomic
def remove_reservation(*, reservation: Reservation, by: User) -> None:
    agreement, pk = reservation.agreement, reservation.pk
    editing.remove(reservation, refusal=_("Something rests on this reservation, so it stays."))
    audit.record("reservation.removed", agreement, by=by, about=[agreement.programme], data={"reservation": pk})


def _next(rows: Any) -> int:
    """The place after the last of them."""
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1


def _fields(values: ObligationValues) -> dict[str, object]:
    found = {row.name: getattr(values, row.name) for row in fields(values) if row.name != "owed_by"}
    if values.reminder_days is not None:
        found["reminder_days"] = sorted(set(values.reminder_days), reverse=True)
    return found


def _owing(rows: Iterable[ObligationParty | OwedBy]) -> set[tuple[int, str, int | None]]:
    return {(row.party.pk, row.share, row.max_times) for row in rows}


def _add_parties(obligation: Obligation, wanted: Sequence[OwedBy]) -> None:
    ObligationParty.objects.bulk_create(
        ObligationParty(obligation=obligation, party=row.party, share=row.share, max_times=row.max_times)
        for row in wanted
    )


def _check(agreement: Agreement, values: ObligationValues) -> None:
    if not values.owed_by:
        raise RuleBroken(_("Say which of the parties owes this."))
    if any(row.party.agreement_id != agreement.pk for row in values.owed_by):
        raise RuleBroken(_("Only parties to this agreement can owe something in it."))
    if len({row.party.pk for row in values.owed_by}) < len(values.owed_by):
        raise RuleBroken(_("A party is named twice. Name each of them once."))
    _check_times(values)
    if values.starts_on and values.ends_on and values.ends_on < values.starts_on:
        raise RuleBroken(_("The obligation ends before it begins. Check the two dates."))
    if values.reminder_days and not all(0 <= days <= EARLIEST_REMINDER for days in values.reminder_days):
        message = _("Reminders are set from 0 to %(days)d days before the due date.")
        raise RuleBroken(message % {"days": EARLIEST_REMINDER})


def _check_due_date(obligation: Obligation, values: ObligationValues, today: date) -> None:
    """What is done once has one due date; when that has passed, nobody moves it (A5)."""
    if values.rhythm != Rhythm.ONCE:
        return
    for row in obligation.occurrences.filter(key=ONCE):
        if row.due_on and has_passed(row, today) and row.due_on != values.due_on:
            raise RuleBroken(
                _(
                    "The due date %(day)s has passed and does not move. Record what the parties have agreed "
                    "instead; or, if it was entered by mistake, remove the obligation and enter it again."
                )
                % {"day": row.due_on.strftime("%d.%m.%Y")}
            )


def _check_times(values: ObligationValues) -> None:
    bounds = (values.min_times, values.max_times)
    if values.rhythm != Rhythm.TIMES_A_YEAR:
        if bounds != (None, None) or any(row.max_times for row in values.owed_by):
            raise RuleBroken(_("How many times is only for what is done a number of times a year."))
        return
    if bounds == (None, None):
        raise RuleBroken(_("Say how many times a year: at least, at most, or both."))
    if values.min_times is not None and values.max_times is not None and values.max_times < values.min_times:
        raise RuleBroken(_("The largest number of times is smaller than the smallest. Check the two numbers."))
