"""Proof that Samløft already holds, offered at the obligation that asks for it (A3)."""

from datetime import date

import pytest

from samloft.programmes.actions import decisions, editions, proofs
from samloft.programmes.actions.decisions import DecisionValues
from samloft.programmes.actions.proofs import ProofValues
from samloft.programmes.models import (
    AnswerKind,
    Channel,
    Decision,
    Edition,
    EditionKind,
    FulfillingEvent,
    Occurrence,
    Rhythm,
)
from samloft.programmes.queries.proof_suggestions import suggestions
from tests.cast import Cast
from tests.programmes.test_obligations import make_agreement, owe

LATER = date(2026, 11, 1)


@pytest.fixture
def years_plan(cast: Cast) -> Occurrence:
    """The plan for 2026, which is to be put before the ministry by 1 March."""
    duty = owe(
        cast,
        make_agreement(cast),
        Rhythm.YEARLY,
        due_on=date(2025, 3, 1),
        fulfilling_event=FulfillingEvent.PUT_BEFORE,
        document_kind=EditionKind.ACTION_PLAN,
    )
    return duty.occurrences.get(key="2026")


def decided(cast: Cast, on: date, *, is_assumed: bool = False) -> Decision:
    return decisions.record(
        programme=cast.programme,
        values=DecisionValues(title="Handlingsplan", decided_on=on, is_assumed=is_assumed),
        by=cast.programme_leader,
    )


def issue(cast: Cast, period: int, decision: Decision, kind: EditionKind = EditionKind.ACTION_PLAN) -> Edition:
    return editions.make(
        programme=cast.programme,
        kind=kind,
        period=period,
        language_form="nb",
        title=f"Handlingsplan {period}",
        decision=decision,
        blocks={"title": "Handlingsplan", "blocks": []},
        blocks_other=None,
        figures=(),
        by=cast.programme_leader,
    )


def send(cast: Cast, edition: Edition, on: date) -> None:
    editions.dispatch(
        edition=edition,
        recipient=cast.ministry,
        sent_on=on,
        channel=Channel.EMAIL,
        receipt="",
        decision=edition.decision,
        by=cast.programme_leader,
    )


def offered(cast: Cast, occurrence: Occurrence, on: date = LATER) -> list[tuple[str, date]]:
    return [(one.event, one.on) for one in suggestions(Edition.objects.all(), [occurrence], on)]


def test_the_years_plan_that_was_adopted_and_dispatched_is_offered_with_its_dates(
    cast: Cast, years_plan: Occurrence
) -> None:
    assert offered(cast, years_plan) == []
    edition = issue(cast, 2026, decided(cast, date(2026, 2, 10)))
    send(cast, edition, date(2026, 2, 20))
    issue(cast, 2025, decided(cast, date(2025, 2, 1)))
    issue(cast, 2026, decided(cast, date(2026, 1, 1)), EditionKind.PROGRAMME_DESCRIPTION)
    assert offered(cast, years_plan) == [("adopted", date(2026, 2, 10)), ("put_before", date(2026, 2, 20))]
    assert offered(cast, years_plan, date(2026, 2, 15)) == [("adopted", date(2026, 2, 10))]


def test_what_is_recorded_is_not_offered_again_and_a_revision_does_not_count_anew(
    cast: Cast, years_plan: Occurrence
) -> None:
    edition = issue(cast, 2026, decided(cast, date(2026, 2, 10)))
    [found] = suggestions(Edition.objects.all(), [years_plan], LATER)
    proofs.record(
        occurrence=years_plan,
        values=ProofValues(found.event, found.on, edition=found.edition),
        by=cast.programme_leader,
    )
    issue(cast, 2026, decided(cast, date(2026, 6, 1)))
    assert offered(cast, years_plan) == []
    assert years_plan.proofs.get().edition == edition


def test_an_approval_is_offered_and_another_answer_is_not(cast: Cast, years_plan: Occurrence) -> None:
    edition = issue(cast, 2026, decided(cast, date(2026, 2, 10)))
    for kind, day in ((AnswerKind.TAKEN_NOTE, date(2026, 3, 1)), (AnswerKind.APPROVED, date(2026, 4, 1))):
        edition.answers.create(kind=kind, decision=decided(cast, day))
    assert offered(cast, years_plan) == [("adopted", date(2026, 2, 10)), ("approved", date(2026, 4, 1))]


def test_what_rests_on_an_assumed_decision_says_so(cast: Cast, years_plan: Occurrence) -> None:
    issue(cast, 2026, decided(cast, date(2026, 2, 10), is_assumed=True))
    assert [one.is_assumed for one in suggestions(Edition.objects.all(), [years_plan], LATER)] == [True]


def test_a_decision_without_a_date_is_not_offered(cast: Cast, years_plan: Occurrence) -> None:
    decision = decided(cast, date(2026, 2, 10))
    Decision.objects.filter(pk=decision.pk).update(decided_on=None)
    issue(cast, 2026, Decision.objects.get(pk=decision.pk))
    assert offered(cast, years_plan) == []
