from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samloft.core.errors import RuleBroken
from samloft.core.models import AuditRow
from samloft.plans.actions import gate as actions
from samloft.plans.actions import measure_goals
from samloft.plans.actions.gate import AcceptanceValues
from samloft.plans.models import ExitRoute, Gap, GapAcceptance, MandateStatus, PhaseInStep
from samloft.plans.queries.gate import gate, gates
from samloft.plans.queries.measures import measure_rows
from samloft.programmes.models import Decision, GoalTrack, Step
from tests.cast import Cast
from tests.indicators.figures import aim_at, make_indicator
from tests.plans.measure_factory import make_goal, make_measure

pytestmark = pytest.mark.usefixtures("in_english")


def states(measure: object) -> dict[str, str]:
    return {str(item.gap): item.state for item in gate(measure)}  # type: ignore[arg-type]


def test_a_measure_with_only_a_name_lacks_everything(cast: Cast) -> None:
    found = states(make_measure(cast))
    assert set(found.values()) == {"missing"} and len(found) == 8


def test_a_measure_with_everything_meets_the_gate(cast: Cast) -> None:
    measure = make_measure(
        cast,
        mandate_status=MandateStatus.ADOPTED,
        lead_unit="Helsestasjonen",
        target_groups="Barn",
        evaluation_question="Kommer de som trenger det?",
        exit_route=ExitRoute.ORDINARY_BUDGET,
        exit_plan="Inn i økonomiplanen",
    )
    goal = make_goal(cast)
    aim_at(goal, make_indicator(), cast.programme.areas.get())
    measure_goals.set_goals(
        measure=measure,
        weights={goal: None, make_goal(cast, "Samarbeid", GoalTrack.ORGANISATIONAL): None},
        by=cast.coordinator,
    )
    assert set(states(measure).values()) == {"met"}


def test_an_indicator_of_one_of_its_goals_is_enough(cast: Cast) -> None:
    measure, goal = make_measure(cast), make_goal(cast)
    details = {item.gap: item.detail for item in gate(measure)}
    assert "Choose goals" in details[Gap.INDICATOR]
    measure_goals.set_goals(measure=measure, weights={goal: None}, by=cast.coordinator)
    details = {item.gap: item.detail for item in gate(measure)}
    assert "one of the goals" in details[Gap.INDICATOR]
    aim_at(goal, make_indicator(), cast.programme.areas.get())
    assert states(measure)["indicator"] == "met"
    today = date(2026, 1, 1)
    (row,) = measure_rows(cast.programme, year=2026, today=today)
    assert Gap.INDICATOR not in row.gaps


def test_a_drafted_mandate_is_still_missing(cast: Cast) -> None:
    measure = make_measure(cast, mandate_status=MandateStatus.DRAFTED)
    assert states(measure)["mandate"] == "missing"


@pytest.mark.parametrize(
    ("route", "has_ladder", "state"),
    [("ordinary_budget", False, "missing"), ("ordinary_budget", True, "met"), ("one_off", False, "met")],
)
def test_an_exit_plan_is_a_route_with_words_or_a_ladder(
    cast: Cast, route: str, has_ladder: bool, state: str
) -> None:
    measure = make_measure(cast, exit_route=route)
    if has_ladder:
        PhaseInStep.objects.create(measure=measure, year=2026, grant_share=100)
    assert states(measure)["exit_plan"] == state


def test_what_is_missing_carries_the_due_date(cast: Cast) -> None:
    measure = make_measure(cast, gate_due_on=date(2026, 9, 1), target_groups="Barn")
    due = {str(item.gap): item.due_on for item in gate(measure)}
    assert due["mandate"] == date(2026, 9, 1) and due["target_group"] is None


def test_the_gates_of_many_measures_cost_as_many_queries_as_one(cast: Cast) -> None:
    measures = [make_measure(cast, f"Tiltak {number}") for number in range(12)]
    counts = []
    for some in (measures[:2], measures):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            gates(some)
        counts.append(len(queries))
    assert counts[0] == counts[1] == 3


def test_the_body_that_may_accepts_gaps_with_a_decision_and_a_reason(cast: Cast) -> None:
    measure = make_measure(cast)
    decision = actions.accept(
        measure=measure,
        gaps=[Gap.MANDATE, Gap.EXIT_PLAN],
        values=AcceptanceValues(body=cast.board, reason="Pilot til sommeren", decided_on=date(2026, 2, 1)),
        by=cast.board_member,
    )
    assert decision.step == Step.ACCEPT_GAP and decision.body == cast.board
    items = {item.gap: item for item in gate(measure)}
    assert items[Gap.MANDATE].state == items[Gap.EXIT_PLAN].state == "accepted"
    assert items[Gap.MANDATE].acceptance is not None
    assert items[Gap.OWNER].state == "missing"
    row = AuditRow.objects.latest("number")
    assert row.action == "measure.gap_accepted"
    assert row.data == {"gaps": ["exit_plan", "mandate"], "decision": decision.pk}


def test_a_body_that_does_not_accept_gaps_is_refused_and_the_refusal_is_logged(cast: Cast) -> None:
    measure = make_measure(cast)
    with pytest.raises(RuleBroken):
        actions.accept(
            measure=measure,
            gaps=[Gap.MANDATE],
            values=AcceptanceValues(body=cast.council, reason="Vi vil i gang"),
            by=cast.secretary,
        )
    assert AuditRow.objects.latest("number").action == "decision.refused"
    assert not Decision.objects.exists() and not GapAcceptance.objects.exists()


def test_someone_who_does_not_record_for_the_body_is_refused(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="do not record"):
        actions.accept(
            measure=make_measure(cast),
            gaps=[Gap.MANDATE],
            values=AcceptanceValues(body=cast.board, reason="Vi vil i gang"),
            by=cast.coordinator,
        )


@pytest.mark.parametrize(
    ("gaps", "reason", "message"),
    [
        ([], "Pilot", "at least one"),
        ([Gap.MANDATE], "  ", "why"),
        ([Gap.TARGET_GROUP], "Pilot", "not missing"),
    ],
)
def test_only_what_is_missing_is_accepted_and_only_with_a_reason(
    cast: Cast, gaps: list[Gap], reason: str, message: str
) -> None:
    measure = make_measure(cast, target_groups="Barn")
    with pytest.raises(RuleBroken, match=message):
        actions.accept(
            measure=measure,
            gaps=gaps,
            values=AcceptanceValues(body=cast.board, reason=reason),
            by=cast.board_member,
        )
    assert not Decision.objects.exists()


def test_an_accepted_gap_that_is_filled_after_all_is_met(cast: Cast) -> None:
    measure = make_measure(cast)
    actions.accept(
        measure=measure,
        gaps=[Gap.TARGET_GROUP],
        values=AcceptanceValues(body=cast.board, reason="Avklares"),
        by=cast.board_member,
    )
    measure.target_groups = "Barn"
    assert states(measure)["target_group"] == "met"


def test_an_acceptance_is_withdrawn_by_those_who_record_for_the_body_only(cast: Cast) -> None:
    measure = make_measure(cast)
    actions.accept(
        measure=measure,
        gaps=[Gap.MANDATE],
        values=AcceptanceValues(body=cast.board, reason="Pilot"),
        by=cast.board_member,
    )
    acceptance = GapAcceptance.objects.get()
    with pytest.raises(RuleBroken):
        actions.withdraw(acceptance=acceptance, by=cast.secretary)
    actions.withdraw(acceptance=acceptance, by=cast.board_member)
    assert states(measure)["mandate"] == "missing"
    assert AuditRow.objects.latest("number").action == "measure.gap_reopened"
