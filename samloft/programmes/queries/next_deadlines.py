"""What falls due next in one programme under its agreement. What decisions ask for is told elsewhere."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models.functions import Coalesce

from samloft.programmes.models import Agreement, Obligation, Occurrence
from samloft.programmes.queries import agreement_terms

# As early as the usual first reminder: a municipality needs that long to take a matter through its bodies.
DAYS_AHEAD = 90
_SHOWN = 5
_HORIZON = 400


@dataclass(frozen=True)
class ObligationCounts:
    """Of the agreement in force: its obligations, and how many due dates have passed or draw near unmet."""

    obligations: int
    overdue: int
    soon: int


@dataclass(frozen=True)
class Deadline:
    text: str
    due_on: date
    about: Agreement
    url: str
    is_overdue: bool


def obligation_counts(agreement: Agreement | None, today: date) -> ObligationCounts:
    """At most three queries."""
    if agreement is None:
        return ObligationCounts(0, 0, 0)
    rows = _dated(agreement, today)
    return ObligationCounts(
        obligations=agreement.obligations.count(),
        overdue=rows.overdue(today).count(),
        soon=rows.unmet(today).filter(due_on__gte=today, due_on__lte=today + timedelta(days=DAYS_AHEAD)).count(),
    )


def next_deadlines(agreement: Agreement | None, today: date) -> tuple[Deadline, ...]:
    """The first unmet time of each obligation, overdue ones first. Two queries."""
    if agreement is None:
        return ()
    unmet = _dated(agreement, today).unmet(today).filter(due_on__lte=today + timedelta(days=_HORIZON))
    # One row for each obligation: what is owed often would fill the list alone.
    first = {row.obligation_id: row.due_on for row in unmet.order_by("-due_on", "-pk")}
    duties = Obligation.objects.filter(pk__in=first).select_related("agreement__programme")
    found = [
        Deadline(duty.text, first[duty.pk], agreement, duty.get_absolute_url(), first[duty.pk] < today)
        for duty in duties
    ]
    return tuple(sorted(found, key=lambda row: row.due_on)[:_SHOWN])


def _dated(agreement: Agreement, today: date) -> Any:
    """The times with a due date, to the end that is in force."""
    rows: Any = Occurrence.objects.filter(obligation__agreement=agreement, due_on__isnull=False)
    end = agreement_terms.ends_on(agreement, today)
    return rows.filter(starts_on__lte=Coalesce("obligation__ends_on", end)) if end else rows
