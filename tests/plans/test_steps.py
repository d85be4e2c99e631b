"""The plan's way through decisions (C6, C7, H2)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from samloft.core.errors import RuleBroken
from samloft.core.models import AuditAbout, AuditRow
from samloft.plans.actions import budget_lines, measures, plan_measures, steps
from samloft.plans.actions.budget_lines import LineValues
from samloft.plans.actions.measures import MeasureValues
from samloft.plans.actions.steps import DispatchValues, StepDecision
from samloft.plans.models import PlanStep
from samloft.programmes.actions import editions, files
from samloft.programmes.actions.decisions import FollowUpPointValues
from samloft.programmes.models import (
    Answer,
    AnswerKind,
    Channel,
    Decision,
    DecisionRight,
    DocumentState,
    Edition,
    Role,
    Seat,
    Step,
    StoredFile,
)
from samloft.programmes.queries.steps import in_force
from tests.cast import Cast
from tests.plans import elvestad as making
from tests.plans.elvestad import KR, Elvestad


@pytest.fixture
def elvestad(cast: Cast) -> Elvestad:
    return making.make(cast)


def letter(cast: Cast) -> StoredFile:
    upload = SimpleUploadedFile("brev.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
    return files.store(programme=cast.programme, upload=upload, by=cast.programme_leader)


def audited(action: str) -> AuditRow:
    return AuditRow.objects.filter(action=action).latest("number")


def test_a_draft_is_recommended_by_the_board_with_a_decision(elvestad: Elvestad) -> None:
    plan = making.recommend(elvestad)
    step = plan.steps.get()
    assert plan.state == DocumentState.RECOMMENDED
    assert (step.from_state, step.to_state) == (DocumentState.DRAFT, DocumentState.RECOMMENDED)
    assert step.decision is not None
    assert step.decision.body == elvestad.cast.board
    assert step.decision.step == Step.RECOMMEND_PLAN
    assert step.by == elvestad.cast.board_member


def test_adoption_freezes_an_edition_in_both_language_forms(elvestad: Elvestad) -> None:
    making.adopt(elvestad)
    edition = elvestad.edition()
    assert edition.number == 1
    assert edition.language_form == "nb"
    assert edition.blocks["language"] == "nb"
    assert edition.blocks_other["language"] == "nn"
    assert edition.decision.body == elvestad.cast.council
    assert edition.decision.decided_on == making.ADOPTED_ON
    assert [figure.amount for figure in edition.figures.all()] == [1_300_000 * KR, 650_000 * KR]
    assert edition.blocks["mark"] == ""


@pytest.mark.parametrize("language", ["en", "nn"])
def test_the_edition_is_in_the_municipalitys_form_whatever_language_the_user_reads(
    elvestad: Elvestad, language: str
) -> None:
    with translation.override("nb"):
        expected = translation.gettext("Action plan for %(year)d") % {"year": 2025}
    with translation.override(language):
        making.adopt(elvestad)
    edition = elvestad.edition()
    assert edition.blocks["language"] == "nb"
    assert edition.decision.title == expected


def test_every_step_leaves_an_audit_row_about_plan_decision_and_edition(elvestad: Elvestad) -> None:
    cast = elvestad.cast
    making.dispatch(elvestad)
    steps.answer(
        plan=elvestad.plan,
        decision=StepDecision(body=cast.ministry),
        kind=AnswerKind.TAKEN_NOTE,
        by=cast.ministry_adviser,
    )
    steps.revise(plan=elvestad.plan, reason="Ny bevilgning", by=cast.programme_leader)
    for action in ("plan.recommended", "plan.adopted", "plan.dispatched", "plan.answered", "plan.revised"):
        row = audited(action)
        assert row.subject == f"plans.actionplan:{elvestad.plan.pk}"
        assert row.programme_id == cast.programme.pk
    adopted = audited("plan.adopted")
    edition = elvestad.edition()
    assert adopted.data["edition"] == edition.pk
    assert adopted.actor_id == cast.secretary.pk
    about = set(AuditAbout.objects.filter(row=adopted).values_list("subject", flat=True))
    assert {
        f"programmes.edition:{edition.pk}",
        f"programmes.decision:{edition.decision_id}",
        f"plans.measure:{elvestad.measure.pk}",
    } <= about


def test_the_edition_stays_as_it_was_when_everything_behind_it_changes(elvestad: Elvestad) -> None:
    cast = elvestad.cast
    making.adopt(elvestad)
    before = elvestad.edition()
    frozen = (before.blocks, before.blocks_other, list(before.figures.values("key", "label", "amount")))
    plan = steps.revise(plan=elvestad.plan, reason="Ny bevilgning", by=cast.programme_leader)
    measures.change(
        measure=elvestad.measure,
        values=MeasureValues(name="Familiehuset", target_groups="Småbarnsfamilier"),
        version=elvestad.measure.version,
        by=cast.programme_leader,
    )
    plan_measures.edit(
        plan_measure=elvestad.plan_measure, text="Ny tekst.", version=None, by=cast.programme_leader
    )
    budget_lines.edit(
        line=elvestad.line,
        values=LineValues(name="Familiehuset", amount=1, plan_measure=elvestad.plan_measure),
        version=None,
        by=cast.programme_leader,
    )
    municipality = cast.programme.municipality
    municipality.name, municipality.logo = "Nyby", "logos/ny.svg"
    municipality.save()
    assert plan.state == DocumentState.DRAFT
    after = elvestad.edition()
    assert (after.blocks, after.blocks_other, list(after.figures.values("key", "label", "amount"))) == frozen
    assert editions.is_unchanged(after)


def test_an_adopted_plan_refuses_edits(elvestad: Elvestad) -> None:
    making.adopt(elvestad)
    with pytest.raises(RuleBroken):
        plan_measures.edit(
            plan_measure=elvestad.plan_measure, text="x", version=None, by=elvestad.cast.programme_leader
        )
    with pytest.raises(RuleBroken):
        budget_lines.remove(line=elvestad.line, by=elvestad.cast.programme_leader)


def test_a_recommended_plan_refuses_edits_too(elvestad: Elvestad) -> None:
    making.recommend(elvestad)
    with pytest.raises(RuleBroken):
        budget_lines.remove(line=elvestad.line, by=elvestad.cast.programme_leader)


def test_a_revision_becomes_edition_2_while_edition_1_stays_in_force(elvestad: Elvestad) -> None:
    making.adopt(elvestad)
    plan = steps.revise(plan=elvestad.plan, reason=" Ny bevilgning ", by=elvestad.cast.programme_leader)
    assert (plan.revision, plan.revision_reason) == (2, "Ny bevilgning")
    assert in_force(plan).number == 1
    making.adopt(elvestad)
    assert in_force(plan).number == 2
    assert Edition.objects.count() == 2


def test_a_revision_needs_a_reason(elvestad: Elvestad) -> None:
    making.adopt(elvestad)
    with pytest.raises(RuleBroken):
        steps.revise(plan=elvestad.plan, reason="  ", by=elvestad.cast.programme_leader)


def test_a_draft_cannot_be_revised(elvestad: Elvestad) -> None:
    with pytest.raises(RuleBroken):
        steps.revise(plan=elvestad.plan, reason="x", by=elvestad.cast.programme_leader)


def test_the_wrong_body_is_refused_and_the_refusal_logged(elvestad: Elvestad) -> None:
    cast = elvestad.cast
    making.recommend(elvestad)
    with pytest.raises(RuleBroken):
        steps.adopt(plan=elvestad.plan, decision=StepDecision(body=cast.board), by=cast.board_member)
    row = audited("plan.step_refused")
    assert row.actor_id == cast.board_member.pk
    assert row.data == {"step": "adopt_plan", "body": cast.board.pk}
    assert elvestad.fresh().state == DocumentState.RECOMMENDED
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    "who", ["programme_leader", "coordinator", "board_member", "ministry_adviser", "evaluator", "outsider"]
)
def test_only_those_who_record_for_the_council_record_its_adoption(elvestad: Elvestad, who: str) -> None:
    cast = elvestad.cast
    making.recommend(elvestad)
    with pytest.raises(RuleBroken):
        steps.adopt(plan=elvestad.plan, decision=StepDecision(body=cast.council), by=getattr(cast, who))
    assert audited("plan.step_refused").actor_id == getattr(cast, who).pk


def test_a_right_counts_on_the_day_of_the_decision(elvestad: Elvestad) -> None:
    cast = elvestad.cast
    DecisionRight.objects.filter(step=Step.RECOMMEND_PLAN).update(ends_on=date(2025, 1, 1))
    with pytest.raises(RuleBroken):
        making.recommend(elvestad)
    plan = steps.recommend(
        plan=elvestad.plan,
        decision=StepDecision(body=cast.board, decided_on=date(2024, 12, 20)),
        by=cast.board_member,
    )
    assert plan.state == DocumentState.RECOMMENDED


def test_an_unknown_date_and_an_assumed_decision_are_kept_as_such(elvestad: Elvestad) -> None:
    cast = elvestad.cast
    making.recommend(elvestad)
    steps.adopt(plan=elvestad.plan, decision=StepDecision(body=cast.council, is_assumed=True), by=cast.secretary)
    decision = elvestad.edition().decision
    assert decision.decided_on is None
    assert decision.is_assumed


def test_a_decision_cannot_be_dated_in_the_future(elvestad: Elvestad) -> None:
    cast = elvestad.cast
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(RuleBroken):
        steps.recommend(
            plan=elvestad.plan,
            decision=StepDecision(body=cast.board, decided_on=tomorrow),
            by=cast.board_member,
        )
    assert not Decision.objects.exists()


def test_follow_up_points_of_the_decision_are_kept_in_order(elvestad: Elvestad) -> None:
    cast = elvestad.cast
    making.recommend(elvestad)
    points = (FollowUpPointValues("Utred skolemat"), FollowUpPointValues("Meld tilbake", date(2025, 6, 1)))
    steps.adopt(
        plan=elvestad.plan,
        decision=StepDecision(body=cast.council, wording="Vedtatt.", unanimous=True, follow_up_points=points),
        by=cast.secretary,
    )
    decision = elvestad.edition().decision
    assert (decision.wording, decision.unanimous) == ("Vedtatt.", True)
    assert [(p.text, p.due_on) for p in decision.follow_up_points.all()] == [
        ("Utred skolemat", None),
        ("Meld tilbake", date(2025, 6, 1)),
    ]


@pytest.mark.parametrize("step", ["adopt", "dispatch", "answer", "send_back"])
def test_a_draft_takes_no_step_but_the_first(elvestad: Elvestad, step: str) -> None:
    cast = elvestad.cast
    with pytest.raises(RuleBroken):
        _try(step, cast, elvestad)
    assert elvestad.fresh().state == DocumentState.DRAFT
    assert not PlanStep.objects.exists()


def _try(step: str, cast: Cast, elvestad: Elvestad) -> None:
    calls: dict[str, Any] = {
        "adopt": lambda: steps.adopt(
            plan=elvestad.plan, decision=StepDecision(body=cast.council), by=cast.secretary
        ),
        "dispatch": lambda: steps.dispatch(
            plan=elvestad.plan,
            decision=StepDecision(body=cast.management),
            sending=DispatchValues(cast.ministry, date(2025, 3, 1), Channel.EMAIL),
            by=cast.programme_leader,
        ),
        "answer": lambda: steps.answer(
            plan=elvestad.plan,
            decision=StepDecision(body=cast.ministry),
            kind=AnswerKind.TAKEN_NOTE,
            by=cast.ministry_adviser,
        ),
        "send_back": lambda: steps.send_back(
            plan=elvestad.plan, decision=StepDecision(body=cast.council), reason="x", by=cast.secretary
        ),
    }
    calls[step]()


def test_the_council_returns_a_recommended_plan_with_a_reason_and_it_is_open_again(elvestad: Elvestad) -> None:
    cast = elvestad.cast
    making.recommend(elvestad)
    plan = steps.send_back(
        plan=elvestad.plan, decision=StepDecision(body=cast.council), reason="For dyrt", by=cast.secretary
    )
    assert plan.state == DocumentState.RETURNED
    assert plan.is_open
    assert plan.revision == 1
    assert plan.steps.last().reason == "For dyrt"  # type: ignore[union-attr]
    budget_lines.remove(line=elvestad.line, by=cast.programme_leader)
    assert making.recommend(elvestad).state == DocumentState.RECOMMENDED


def test_returning_needs_a_reason(elvestad: Elvestad) -> None:
    cast = elvestad.cast
    making.recommend(elvestad)
    with pytest.raises(RuleBroken):
        steps.send_back(
            plan=elvestad.plan, decision=StepDecision(body=cast.council), reason=" ", by=cast.secretary
        )


def test_the_board_cannot_return_what_it_recommended(elvestad: Elvestad) -> None:
    cast = elvestad.cast
    making.recommend(elvestad)
    with pytest.raises(RuleBroken):
        steps.send_back(
            plan=elvestad.plan, decision=StepDecision(body=cast.board), reason="x", by=cast.board_member
        )


def test_the_ministry_returns_a_dispatched_plan_and_the_edition_stays_in_force(elvestad: Elvestad) -> None:
    cast = elvestad.cast
    making.dispatch(elvestad)
    plan = steps.send_back(
        plan=elvestad.fresh(),
        decision=StepDecision(body=cast.ministry),
        reason="Mangler innfasing",
        by=cast.ministry_adviser,
    )
    assert (plan.state, plan.revision) == (DocumentState.RETURNED, 2)
    assert in_force(plan).number == 1
    assert Answer.objects.get().kind == AnswerKind.REMARKS


def test_a_dispatch_notes_recipient_day_channel_and_receipt(elvestad: Elvestad) -> None:
    making.dispatch(elvestad)
    sent = elvestad.edition().dispatches.get()
    assert (sent.recipient, sent.sent_on) == (elvestad.cast.ministry, date(2025, 2, 14))
    assert (sent.channel, sent.receipt) == (Channel.EFORMIDLING, "2025/1")


def test_the_ministry_answers_itself_without_a_letter(elvestad: Elvestad) -> None:
    cast = elvestad.cast
    making.dispatch(elvestad)
    plan = steps.answer(
        plan=elvestad.plan,
        decision=StepDecision(body=cast.ministry, decided_on=date(2025, 3, 1)),
        kind=AnswerKind.GRANT_LETTER,
        by=cast.ministry_adviser,
    )
    answer = elvestad.edition().answers.get()
    assert plan.state == DocumentState.ANSWERED
    assert (answer.kind, answer.letter) == (AnswerKind.GRANT_LETTER, None)
    assert answer.decision.recorded_by == cast.ministry_adviser


def test_the_municipality_records_the_answer_only_with_the_letter(elvestad: Elvestad) -> None:
    cast = elvestad.cast
    making.dispatch(elvestad)
    with pytest.raises(RuleBroken):
        steps.answer(
            plan=elvestad.plan,
            decision=StepDecision(body=cast.ministry),
            kind=AnswerKind.APPROVED,
            by=cast.programme_leader,
        )
    assert audited("plan.step_refused").actor_id == cast.programme_leader.pk
    received = letter(cast)
    steps.answer(
        plan=elvestad.plan,
        decision=StepDecision(body=cast.ministry),
        kind=AnswerKind.APPROVED,
        letter=received,
        by=cast.programme_leader,
    )
    answer = elvestad.edition().answers.get()
    assert answer.letter == received
    assert (answer.decision.body, answer.decision.recorded_by) == (cast.ministry, cast.programme_leader)


def test_no_answer_is_a_legal_answer_and_needs_no_letter(elvestad: Elvestad) -> None:
    cast = elvestad.cast
    making.dispatch(elvestad)
    plan = steps.answer(
        plan=elvestad.plan,
        decision=StepDecision(body=cast.ministry),
        kind=AnswerKind.NO_ANSWER,
        by=cast.programme_leader,
    )
    assert plan.state == DocumentState.ANSWERED


def test_a_letter_gives_no_right_to_those_who_take_no_steps(elvestad: Elvestad) -> None:
    cast = elvestad.cast
    making.dispatch(elvestad)
    received = letter(cast)
    for who in (cast.coordinator, cast.evaluator, cast.outsider, cast.county_governor):
        with pytest.raises(RuleBroken):
            steps.answer(
                plan=elvestad.plan,
                decision=StepDecision(body=cast.ministry),
                kind=AnswerKind.APPROVED,
                letter=received,
                by=who,
            )


def test_an_answer_comes_from_the_body_that_the_table_names(elvestad: Elvestad) -> None:
    cast = elvestad.cast
    making.dispatch(elvestad)
    with pytest.raises(RuleBroken):
        steps.answer(
            plan=elvestad.plan,
            decision=StepDecision(body=cast.council),
            kind=AnswerKind.APPROVED,
            letter=letter(cast),
            by=cast.secretary,
        )


def test_an_adopted_plan_can_be_revised_without_being_sent(elvestad: Elvestad) -> None:
    making.adopt(elvestad)
    assert steps.revise(plan=elvestad.plan, reason="Feil sum", by=elvestad.cast.programme_leader).is_open


def test_a_deputys_seat_that_has_ended_records_nothing(elvestad: Elvestad) -> None:
    cast = elvestad.cast
    Seat.objects.filter(user=cast.board_member, role=Role.BOARD_MEMBER).update(ends_on=date(2024, 12, 31))
    with pytest.raises(RuleBroken):
        making.recommend(elvestad)
