"""Recording decisions: for the bodies one records for, and by the table of who decides what."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from samloft.core.errors import RuleBroken, StaleEdit
from samloft.core.models import AuditRow
from samloft.programmes.actions import decisions, files
from samloft.programmes.actions.decisions import DecisionValues, FollowUpPointValues
from samloft.programmes.models import Body, Decision, Step
from tests.cast import Cast


def values(body: Body | None, step: Step | None = None, **others: object) -> DecisionValues:
    return DecisionValues(title="Handlingsplan 2026", body=body, step=step, **others)  # type: ignore[arg-type]


def refusals() -> list[dict[str, object]]:
    return [row.data for row in AuditRow.objects.filter(action="decision.refused")]


def test_who_records_for_the_body_records_its_decision_with_follow_up_points(cast: Cast) -> None:
    decision = decisions.record(
        programme=cast.programme,
        values=values(cast.council, Step.ADOPT_PLAN, decided_on=date(2026, 2, 10), case_number="12/26"),
        follow_up_points=[
            FollowUpPointValues("Legg fram en plan for drift", date(2026, 10, 1)),
            FollowUpPointValues("Vurder skolebibliotek"),
        ],
        by=cast.secretary,
    )
    assert decision.recorded_by == cast.secretary
    assert [(point.position, point.due_on) for point in decision.follow_up_points.all()] == [
        (1, date(2026, 10, 1)),
        (2, None),
    ]
    row = AuditRow.objects.get(action="decision.recorded")
    assert row.data["follow_up_points"] == 2
    assert row.programme_id == cast.programme.pk


def test_someone_who_does_not_record_for_the_body_is_refused_and_the_refusal_is_logged(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="Kommunestyret"):
        decisions.record(programme=cast.programme, values=values(cast.council), by=cast.board_member)
    assert not Decision.objects.exists()
    assert refusals() == [{"step": "", "body": cast.council.pk}]


def test_the_refusal_survives_when_the_step_around_it_is_rolled_back(cast: Cast) -> None:
    with pytest.raises(RuleBroken):
        decisions.require_right(
            programme=cast.programme, body=cast.board, step=Step.ADOPT_PLAN, on=None, by=cast.board_member
        )
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        raise ZeroDivisionError
    assert refusals() == [{"step": "adopt_plan", "body": cast.board.pk}]


def test_a_body_that_the_table_does_not_name_cannot_take_the_step(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="not the body"):
        decisions.record(
            programme=cast.programme, values=values(cast.board, Step.ADOPT_PLAN), by=cast.board_member
        )
    assert refusals()


def test_a_right_that_has_ended_on_the_day_of_the_decision_does_not_count(cast: Cast) -> None:
    cast.programme.decision_rights.filter(step=Step.RECOMMEND_PLAN).update(ends_on=date(2025, 12, 31))
    with pytest.raises(RuleBroken):
        decisions.record(
            programme=cast.programme,
            values=values(cast.board, Step.RECOMMEND_PLAN, decided_on=date(2026, 1, 1)),
            by=cast.board_member,
        )
    decisions.record(
        programme=cast.programme,
        values=values(cast.board, Step.RECOMMEND_PLAN, decided_on=date(2025, 12, 31)),
        by=cast.board_member,
    )


def test_only_the_programme_leader_records_a_decision_whose_body_is_unknown(cast: Cast) -> None:
    assert decisions.record(programme=cast.programme, values=values(None), by=cast.programme_leader).body is None
    with pytest.raises(RuleBroken, match="programme leader"):
        decisions.record(programme=cast.programme, values=values(None), by=cast.secretary)


def test_a_step_needs_a_body(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="which body"):
        decisions.record(programme=cast.programme, values=values(None, Step.ADOPT_PLAN), by=cast.programme_leader)


def test_a_decision_cannot_be_dated_in_the_future(cast: Cast) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(RuleBroken, match="future"):
        decisions.record(
            programme=cast.programme, values=values(cast.council, decided_on=tomorrow), by=cast.secretary
        )
    with pytest.raises(RuleBroken, match="future"):
        decisions.change(
            decision=recorded(cast),
            values=values(cast.council, decided_on=tomorrow),
            version=1,
            by=cast.secretary,
        )


def test_a_letter_of_another_programme_is_refused(cast: Cast) -> None:
    letter = files.store(
        programme=cast.other_programme,
        upload=SimpleUploadedFile("brev.pdf", b"%PDF-1.7\n"),
        by=cast.outsider,
    )
    with pytest.raises(RuleBroken, match="another programme"):
        decisions.record(programme=cast.programme, values=values(cast.council, letter=letter), by=cast.secretary)


def recorded(cast: Cast) -> Decision:
    return decisions.record(
        programme=cast.programme,
        values=values(cast.council),
        follow_up_points=[FollowUpPointValues("Legg fram en plan")],
        by=cast.secretary,
    )


def test_a_correction_names_its_fields_in_the_audit_trail_and_not_their_text(cast: Cast) -> None:
    decision = recorded(cast)
    decisions.change(
        decision=decision,
        values=values(cast.council, wording="Planen vedtas.", case_number="7/26"),
        version=1,
        by=cast.secretary,
    )
    assert AuditRow.objects.get(action="decision.changed").data == {"fields": ["case_number", "wording"]}


def test_a_correction_cannot_move_the_decision_to_another_body(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="new decision"):
        decisions.change(decision=recorded(cast), values=values(cast.board), version=1, by=cast.secretary)


def test_a_correction_by_someone_who_does_not_record_for_the_body_is_refused(cast: Cast) -> None:
    with pytest.raises(RuleBroken):
        decisions.change(decision=recorded(cast), values=values(cast.council), version=1, by=cast.programme_leader)


def test_a_stale_correction_is_refused(cast: Cast) -> None:
    decision = recorded(cast)
    decisions.change(
        decision=decision, values=values(cast.council, case_number="1/26"), version=1, by=cast.secretary
    )
    with pytest.raises(StaleEdit):
        decisions.change(
            decision=decision, values=values(cast.council, case_number="2/26"), version=1, by=cast.secretary
        )


def test_follow_up_points_are_added_changed_and_removed_by_who_records_for_the_body(cast: Cast) -> None:
    decision = recorded(cast)
    added = decisions.add_follow_up_point(
        decision=decision, values=FollowUpPointValues("Evaluer"), by=cast.secretary
    )
    assert added.position == 2
    changed = decisions.change_follow_up_point(
        point=added,
        values=FollowUpPointValues("Evaluer ordningen", date(2027, 1, 1)),
        version=1,
        by=cast.secretary,
    )
    assert changed.due_on == date(2027, 1, 1)
    with pytest.raises(RuleBroken):
        decisions.remove_follow_up_point(point=changed, by=cast.board_member)
    decisions.remove_follow_up_point(point=changed, by=cast.secretary)
    assert decision.follow_up_points.count() == 1
    assert AuditRow.objects.filter(action__startswith="decision.follow_up").count() == 3
