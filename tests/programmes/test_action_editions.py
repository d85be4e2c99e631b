"""Editions: frozen, numbered, traceable; sent, answered, published."""

from datetime import date

import pytest

from samloft.core import audit
from samloft.core.errors import RuleBroken
from samloft.core.models import AuditRow
from samloft.programmes.actions import decisions, editions
from samloft.programmes.actions.decisions import DecisionValues
from samloft.programmes.actions.editions import FigureValues
from samloft.programmes.models import AnswerKind, Channel, Decision, Edition, EditionKind, Step
from tests.cast import Cast

FIGURES = (
    FigureValues("line:1", "Skolebibliotek", 120_000_000, reference="plans.budgetline:1"),
    FigureValues("line:2", "Åpen post", 50_000_050, funding_source="carry_over"),
)


def adopted(cast: Cast) -> Decision:
    return decisions.record(
        programme=cast.programme,
        values=DecisionValues(
            title="Handlingsplan", body=cast.council, step=Step.ADOPT_PLAN, decided_on=date(2026, 2, 10)
        ),
        by=cast.secretary,
    )


def make(cast: Cast, decision: Decision | None = None, period: int = 2026) -> Edition:
    return editions.make(
        programme=cast.programme,
        kind=EditionKind.ACTION_PLAN,
        period=period,
        language_form="nb",
        title="Handlingsplan 2026",
        decision=decision or adopted(cast),
        blocks={"title": "Handlingsplan 2026", "blocks": []},
        blocks_other=None,
        figures=FIGURES,
        by=cast.secretary,
    )


def test_editions_of_a_year_are_numbered_from_one_without_gaps(cast: Cast) -> None:
    decision = adopted(cast)
    assert [make(cast, decision, year).number for year in (2026, 2026, 2027, 2026)] == [1, 2, 1, 3]


def test_an_edition_keeps_its_figures_in_order_and_its_checksum_in_the_chain(cast: Cast) -> None:
    edition = make(cast)
    assert list(edition.figures.values_list("key", "amount")) == [("line:1", 120_000_000), ("line:2", 50_000_050)]
    row = AuditRow.objects.get(action="edition.made")
    assert row.data["sha256"] == edition.sha256
    assert edition.audit_head == row.hash == audit.head()
    assert audit.verify(expected_head=edition.audit_head).ok


def test_a_changed_figure_or_text_no_longer_gives_the_checksum(cast: Cast) -> None:
    edition = make(cast)
    assert editions.is_unchanged(edition)
    edition.figures.filter(key="line:2").update(amount=1)
    assert not editions.is_unchanged(edition)


def test_the_checksum_does_not_depend_on_the_order_of_keys() -> None:
    first = editions.checksum({"a": 1, "b": 2}, None, FIGURES)
    assert first == editions.checksum({"b": 2, "a": 1}, None, FIGURES)
    assert first != editions.checksum({"a": 1, "b": 2}, None, FIGURES[::-1])


def test_a_decision_of_another_programme_makes_no_edition(cast: Cast) -> None:
    foreign = decisions.record(
        programme=cast.other_programme, values=DecisionValues(title="Plan"), by=cast.outsider
    )
    with pytest.raises(RuleBroken):
        make(cast, foreign)


def test_a_dispatched_edition_can_be_answered(cast: Cast) -> None:
    edition = make(cast)
    decision = edition.decision
    sent = editions.dispatch(
        edition=edition,
        recipient=cast.ministry,
        sent_on=date(2026, 2, 12),
        channel=Channel.EFORMIDLING,
        receipt="26/1",
        decision=decision,
        by=cast.programme_leader,
    )
    assert sent in edition.dispatches.all()
    answer = editions.answer(
        edition=edition, kind=AnswerKind.NO_ANSWER, decision=decision, by=cast.programme_leader
    )
    assert list(edition.answers.all()) == [answer]
    assert AuditRow.objects.filter(action__in=["edition.dispatched", "edition.answered"]).count() == 2


def test_what_has_not_been_sent_cannot_be_answered(cast: Cast) -> None:
    edition = make(cast)
    with pytest.raises(RuleBroken, match="not been sent"):
        editions.answer(
            edition=edition, kind=AnswerKind.TAKEN_NOTE, decision=edition.decision, by=cast.ministry_adviser
        )


def test_nothing_is_sent_before_it_was_adopted(cast: Cast) -> None:
    edition = make(cast)
    with pytest.raises(RuleBroken, match=r"10\.02\.2026"):
        editions.dispatch(
            edition=edition,
            recipient=cast.ministry,
            sent_on=date(2026, 2, 9),
            channel=Channel.EMAIL,
            decision=edition.decision,
            by=cast.programme_leader,
        )


def test_publishing_and_withdrawing_are_acts_of_their_own(cast: Cast) -> None:
    edition = make(cast)
    assert not Edition.objects.published().exists()
    editions.publish(edition=edition, on=date(2026, 3, 1), by=cast.municipal_director)
    assert Edition.objects.published().get().published_on == date(2026, 3, 1)
    with pytest.raises(RuleBroken):
        editions.publish(edition=edition, on=date(2026, 3, 2), by=cast.municipal_director)
    editions.withdraw(edition=edition, by=cast.municipal_director)
    assert not Edition.objects.published().exists()
    with pytest.raises(RuleBroken):
        editions.withdraw(edition=edition, by=cast.municipal_director)
    assert AuditRow.objects.filter(action__in=["edition.published", "edition.withdrawn"]).count() == 2
