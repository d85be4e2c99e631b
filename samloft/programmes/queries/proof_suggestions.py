"""Proof that Samløft already holds: issued documents of the kind that an obligation asks for (A3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from samloft.programmes.models import (
    AnswerKind,
    Decision,
    Edition,
    FulfillingEvent,
    Occurrence,
    Rhythm,
)


@dataclass(frozen=True)
class Suggestion:
    """What could be recorded with one press. `is_assumed`: no document shows the decision behind it."""

    occurrence: Occurrence
    edition: Edition
    event: FulfillingEvent
    on: date
    is_assumed: bool


def suggestions(readable: Any, occurrences: Iterable[Occurrence], on: date) -> list[Suggestion]:
    """Events of the `readable` editions that fit these times and are not recorded there yet. Three queries.

    A plan for a year fits the time of that year; a document that is made once fits its one time.
    """
    wanted = [row for row in occurrences if row.obligation.document_kind]
    if not wanted:
        return []
    editions = list(
        readable.filter(kind__in={row.obligation.document_kind for row in wanted})
        .select_related("decision", "programme")
        .prefetch_related("dispatches__decision", "answers__decision")
        .defer("blocks", "blocks_other")
        .order_by("period", "number")
    )
    return [found for row in wanted for found in _for(row, editions, on)]


def _for(occurrence: Occurrence, editions: Iterable[Edition], on: date) -> Iterable[Suggestion]:
    recorded = {(proof.event, proof.edition_id) for proof in occurrence.proofs.all()}
    seen = {event for event, _edition in recorded}
    for edition in editions:
        if edition.kind != occurrence.obligation.document_kind or not _fits(occurrence, edition):
            continue
        for event, day, decision in _events(edition):
            # The first edition of a document fulfils; later ones are revisions.
            if day <= on and event not in seen:
                seen.add(event)
                yield Suggestion(occurrence, edition, event, day, decision.is_assumed)


def _fits(occurrence: Occurrence, edition: Edition) -> bool:
    return occurrence.obligation.rhythm == Rhythm.ONCE or str(edition.period) == occurrence.key[:4]


def _events(edition: Edition) -> Iterable[tuple[FulfillingEvent, date, Decision]]:
    if edition.decision.decided_on:
        yield FulfillingEvent.ADOPTED, edition.decision.decided_on, edition.decision
    for sent in sorted(edition.dispatches.all(), key=lambda row: row.sent_on)[:1]:
        yield FulfillingEvent.PUT_BEFORE, sent.sent_on, sent.decision
    for answer in edition.answers.all():
        if answer.kind == AnswerKind.APPROVED and answer.decision.decided_on:
            yield FulfillingEvent.APPROVED, answer.decision.decided_on, answer.decision
