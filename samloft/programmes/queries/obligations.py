"""Reading obligations: one agreement's clauses side by side, and what falls due across programmes (A3, A5)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from samloft.accounts.models import OrganisationKind
from samloft.core.statuses import Status
from samloft.programmes.models import (
    Agreement,
    AgreementParty,
    Deviation,
    Obligation,
    ObligationParty,
    Occurrence,
    Proof,
)
from samloft.programmes.queries import agreement_terms
from samloft.programmes.queries.obligation_statuses import SHOWN, Judgement, Standing, judge
from samloft.programmes.queries.obligation_words import how_often, period

STATE, MUNICIPALITY, BOTH = "state", "municipality", "both"
_STATE_KINDS = {OrganisationKind.MINISTRY, OrganisationKind.DIRECTORATE}


@dataclass(frozen=True)
class OccurrenceRow:
    obligation: Obligation
    occurrence: Occurrence
    judgement: Judgement

    @property
    def period(self) -> str:
        return period(self.occurrence)


@dataclass(frozen=True)
class ObligationRow:
    """An obligation as it stands: `current` is the time that counts now, with the others around it."""

    obligation: Obligation
    owed_by: tuple[AgreementParty, ...]
    occurrences: tuple[OccurrenceRow, ...]
    current: OccurrenceRow | None

    @property
    def standing(self) -> Standing:
        """How it stands now; unknown when its times cannot be laid out."""
        return self.current.judgement.standing if self.current else Standing.UNKNOWN

    @property
    def shown(self) -> str:
        """As `standing`, and apart what was done more often than is allowed."""
        return self.current.judgement.shown if self.current else Standing.UNKNOWN

    @property
    def status(self) -> Status:
        return SHOWN[self.shown]

    @property
    def how_often(self) -> str:
        return how_often(self.obligation)

    @property
    def tally(self) -> tuple[tuple[Status, int], ...]:
        """How many of its times stand in each way; nothing for what is owed once."""
        if len(self.occurrences) < 2:
            return ()
        number = Counter(row.judgement.shown for row in self.occurrences)
        return tuple((status, number[shown]) for shown, status in SHOWN.items() if number[shown])


def obligation_rows(agreement: Agreement, on: date) -> tuple[ObligationRow, ...]:
    """All obligations of the agreement in its order. A constant number of queries."""
    end = agreement_terms.ends_on(agreement, on)
    rows = agreement.obligations.prefetch_related(
        Prefetch("owed_by", ObligationParty.objects.select_related("party__organisation")),
        Prefetch("occurrences", with_facts(Occurrence.objects.all())),
    )
    return tuple(_row(obligation, agreement, end, on) for obligation in rows)


def occurrence_rows(agreement: Agreement, on: date) -> tuple[OccurrenceRow, ...]:
    """Every time of every obligation to the end in force that day, earliest first; undated by their period."""
    found = [row for obligation in obligation_rows(agreement, on) for row in obligation.occurrences]
    return tuple(
        sorted(found, key=lambda row: (row.occurrence.due_on or row.occurrence.ends_on, row.occurrence.pk))
    )


def occurrences_of(programmes: Any) -> QuerySet[Occurrence]:
    """What is owed in these programmes, with all that judging and showing it needs; to be filtered and paged.

    Times after the agreement's end in force are laid out only when an extension is recorded, so none are left out.
    """
    rows = Occurrence.objects.filter(obligation__agreement__programme__in=programmes)
    return (
        with_facts(rows)
        .select_related(
            "obligation__agreement__programme__municipality", "obligation__agreement__programme__county"
        )
        .prefetch_related(
            Prefetch("obligation__owed_by", ObligationParty.objects.select_related("party__organisation"))
        )
        .order_by("due_on", "ends_on", "pk")
    )


def judged(occurrences: Iterable[Occurrence], on: date) -> list[OccurrenceRow]:
    return [OccurrenceRow(row.obligation, row, judge(row.obligation, row, on)) for row in occurrences]


def owed_by(obligation: Obligation, parties: Sequence[AgreementParty]) -> str:
    """`state`, `municipality`, `both`, or the names of the parties. `parties` are all that have signed."""
    owing = [row.party for row in obligation.owed_by.all()]
    kinds = [_kind(party) for party in parties]
    # Only between one state and one municipality do those words say who it is.
    if sorted(kinds) == [MUNICIPALITY, STATE] and owing:
        return BOTH if len(owing) > 1 else _kind(owing[0])
    return ", ".join(str(party.organisation) for party in owing)


def _kind(party: AgreementParty) -> str:
    kind = party.organisation.kind
    if kind in _STATE_KINDS:
        return STATE
    return MUNICIPALITY if kind == OrganisationKind.MUNICIPALITY else ""


def with_facts(rows: QuerySet[Occurrence]) -> QuerySet[Occurrence]:
    """With what judging and showing them reads. Two queries more."""
    return rows.prefetch_related(
        Prefetch(
            "proofs",
            Proof.objects.select_related(
                "edition__programme", "decision__programme", "file", "party__organisation"
            ).defer("edition__blocks", "edition__blocks_other"),
        ),
        Prefetch("deviations", Deviation.objects.select_related("decision__programme")),
    )


def _row(obligation: Obligation, agreement: Agreement, end: date | None, on: date) -> ObligationRow:
    obligation.agreement = agreement
    rows = tuple(
        OccurrenceRow(obligation, occurrence, judge(obligation, occurrence, on))
        for occurrence in obligation.occurrences.all()
        if is_owed(obligation, occurrence, end)
    )
    return ObligationRow(
        obligation, tuple(row.party for row in obligation.owed_by.all()), rows, _current(rows, on)
    )


def is_owed(obligation: Obligation, occurrence: Occurrence, end: date | None) -> bool:
    """Whether the time begins by the end in force, or by the obligation's own end, which may be later."""
    last = obligation.ends_on or end
    return last is None or occurrence.starts_on <= last


def _current(rows: Sequence[OccurrenceRow], on: date) -> OccurrenceRow | None:
    """The first that is overdue; else the one whose period holds today; else the next; else the last."""
    overdue = next((row for row in rows if row.judgement.standing == Standing.OVERDUE), None)
    if overdue:
        return overdue
    ahead = next((row for row in rows if row.occurrence.ends_on >= on), None)
    return ahead or (rows[-1] if rows else None)
