"""What the page of one obligation shows: every time it is owed, what happened, and what is suggested (A3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from samloft.core.statuses import Status
from samloft.programmes.models import (
    FulfillingEvent,
    Obligation,
    ObligationKind,
    ObligationParty,
    Occurrence,
    Programme,
    Proof,
)
from samloft.programmes.queries import agreement_terms
from samloft.programmes.queries.obligation_statuses import Judgement, judge
from samloft.programmes.queries.obligation_words import period
from samloft.programmes.queries.obligations import is_owed, with_facts
from samloft.programmes.queries.proof_suggestions import Suggestion, suggestions

# The events that a document goes through, in their usual order; all are kept, and unknown ones show (A3).
DOCUMENT_EVENTS = (
    FulfillingEvent.FINISHED,
    FulfillingEvent.ADOPTED,
    FulfillingEvent.PUT_BEFORE,
    FulfillingEvent.APPROVED,
)


@dataclass(frozen=True)
class Event:
    """One event of a time, and what shows it; without proofs nobody has recorded its date."""

    event: FulfillingEvent
    proofs: tuple[Proof, ...]
    is_fulfilling: bool


@dataclass(frozen=True)
class Time:
    """One time that the obligation is owed."""

    occurrence: Occurrence
    period: str
    judgement: Judgement
    events: tuple[Event, ...]
    suggestions: tuple[Suggestion, ...]

    @property
    def status(self) -> Status:
        return self.judgement.status


@dataclass(frozen=True)
class ObligationDetail:
    """`now` has begun or has something recorded, the latest first; `ahead` has not, the next first."""

    now: tuple[Time, ...]
    ahead: tuple[Time, ...]

    @property
    def suggested(self) -> tuple[Suggestion, ...]:
        return tuple(one for time in (*self.now, *self.ahead) for one in time.suggestions)


def obligation_detail(obligation: Obligation, on: date, *, editions: Any) -> ObligationDetail:
    """`editions` are those that the reader may read. Constant number of queries."""
    agreement = obligation.agreement
    end = agreement_terms.ends_on(agreement, on)
    rows = [
        row
        for row in with_facts(obligation.occurrences.order_by("starts_on", "pk"))
        if is_owed(obligation, row, end)
    ]
    for row in rows:
        row.obligation = obligation
    found = suggestions(editions, rows, on)
    times = [_time(obligation, row, found, on) for row in rows]
    now = [time for time in times if not _lies_ahead(time, on)]
    return ObligationDetail(tuple(reversed(now)), tuple(time for time in times if _lies_ahead(time, on)))


def _lies_ahead(time: Time, on: date) -> bool:
    is_recorded = time.occurrence.proofs.all() or time.occurrence.deviations.all()
    return time.occurrence.starts_on > on and not time.suggestions and not is_recorded


def obligations(programme: Programme) -> QuerySet[Obligation]:
    """All of the programme's, under earlier agreements too, with who owes them."""
    return (
        Obligation.objects.filter(agreement__programme=programme)
        .select_related("agreement__programme")
        .prefetch_related(
            "agreement__extensions",
            Prefetch("owed_by", ObligationParty.objects.select_related("party__organisation")),
        )
    )


def _time(obligation: Obligation, occurrence: Occurrence, found: Iterable[Suggestion], on: date) -> Time:
    return Time(
        occurrence,
        period(occurrence),
        judge(obligation, occurrence, on),
        _events(obligation, occurrence),
        tuple(one for one in found if one.occurrence.pk == occurrence.pk),
    )


def _events(obligation: Obligation, occurrence: Occurrence) -> tuple[Event, ...]:
    proofs = tuple(occurrence.proofs.all())
    shown = DOCUMENT_EVENTS if obligation.kind == ObligationKind.DOCUMENT else ()
    recorded = tuple(event for event in FulfillingEvent if any(row.event == event for row in proofs))
    return tuple(
        Event(
            event,
            tuple(row for row in proofs if row.event == event),
            obligation.fulfilling_event in ("", event),
        )
        for event in dict.fromkeys((*shown, *recorded))
    )
