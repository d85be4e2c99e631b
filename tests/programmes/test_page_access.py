"""Each page of a programme: the right person gets it, a wrong role 403, an outsider 404, nobody the sign-in."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from samloft.accounts.models import User
from samloft.programmes.models import DecisionRight, Seat
from tests.cast import Cast
from tests.programmes.filled import Filled, fill

SignIn = Callable[[User], Client]

# Pages that everyone with a seat reads.
READ = (
    "programme",
    "focus_areas",
    "agreements",
    "agreement",
    "obligation",
    "obligations_file",
    "goals",
    "goal",
    "overarching_plans",
    "overarching_plan",
    "bodies",
    "roles",
    "decision_rights",
    "decisions",
    "decision",
    "follow_up",
    "file",
)
# Pages of the programme leader; a coordinator has a seat and may not.
EDIT = (
    "programme_edit",
    "focus_area_new",
    "focus_area_edit",
    "focus_area_remove",
    "agreement_new",
    "agreement_edit",
    "party_new",
    "party_edit",
    "party_remove",
    "related_new",
    "related_edit",
    "related_remove",
    "condition_new",
    "condition_edit",
    "condition_remove",
    "reservation_new",
    "reservation_edit",
    "reservation_remove",
    "agreement_extend",
    "obligation_new",
    "obligation_edit",
    "obligation_remove",
    "goal_new",
    "goal_edit",
    "goal_reopen",
    "goal_remove",
    "overarching_plan_new",
    "overarching_plan_choose",
    "overarching_plan_edit",
    "overarching_plan_leave",
    "overarching_goal_new",
    "overarching_goal_edit",
    "overarching_goal_remove",
    "uptake_new",
    "uptake_remove",
    "written_answer_new",
    "written_answer_edit",
    "written_answer_remove",
    "body_new",
    "body_edit",
    "body_remove",
    "seat_new",
    "seat_edit",
    "seat_end",
    "decision_right_new",
    "decision_right_edit",
    "decision_right_remove",
)
# Pages of those who record what fulfils an obligation: here the municipality's own people.
PROVE = ("proof_new", "proof_withdraw", "deviation_new")
# Pages of those who record decisions.
RECORD = ("goals_adopt", "decision_new", "decision_edit", "point_new", "point_edit", "point_remove")


def address(name: str, cast: Cast, filled: Filled) -> str:
    keys = {
        "focus_area_edit": cast.focus_areas[0].pk,
        "focus_area_remove": cast.focus_areas[0].pk,
        "agreement": filled.agreement.pk,
        "agreement_edit": filled.agreement.pk,
        "party_new": filled.agreement.pk,
        "party_edit": filled.party.pk,
        "party_remove": filled.party.pk,
        "related_new": filled.agreement.pk,
        "related_edit": filled.related.pk,
        "related_remove": filled.related.pk,
        "condition_new": filled.agreement.pk,
        "condition_edit": filled.condition.pk,
        "condition_remove": filled.condition.pk,
        "reservation_new": filled.agreement.pk,
        "reservation_edit": filled.reservation.pk,
        "reservation_remove": filled.reservation.pk,
        "agreement_extend": filled.agreement.pk,
        "obligation": filled.obligation.pk,
        "obligation_new": filled.agreement.pk,
        "obligation_edit": filled.obligation.pk,
        "obligation_remove": filled.obligation.pk,
        "obligations_file": filled.agreement.pk,
        "proof_new": filled.proof.occurrence_id,
        "proof_withdraw": filled.proof.pk,
        "proof_accept": filled.proof.occurrence_id,
        "deviation_new": filled.proof.occurrence_id,
        "goal": filled.sub_goal.pk,
        "goal_edit": filled.sub_goal.pk,
        "goal_reopen": filled.sub_goal.pk,
        "goal_remove": filled.sub_goal.pk,
        "goal_move": filled.sub_goal.pk,
        "goal_agree": filled.sub_goal.pk,
        "overarching_plan": filled.overarching_goal.plan_id,
        "overarching_plan_edit": filled.overarching_goal.plan_id,
        "overarching_plan_leave": filled.overarching_goal.plan_id,
        "overarching_goal_new": filled.overarching_goal.plan_id,
        "overarching_goal_edit": filled.overarching_goal.pk,
        "overarching_goal_remove": filled.overarching_goal.pk,
        "uptake_new": filled.overarching_goal.plan_id,
        "uptake_remove": filled.uptake.pk,
        "focus_area_move": cast.focus_areas[0].pk,
        "body_edit": cast.board.pk,
        "body_remove": cast.board.pk,
        "seat_edit": Seat.objects.filter(user=cast.board_member).values_list("pk", flat=True).get(),
        "seat_end": Seat.objects.filter(user=cast.board_member).values_list("pk", flat=True).get(),
        "decision_right_edit": DecisionRight.objects.values_list("pk", flat=True)[0],
        "decision_right_remove": DecisionRight.objects.values_list("pk", flat=True)[0],
        "decision": filled.decision.pk,
        "decision_edit": filled.decision.pk,
        "point_new": filled.decision.pk,
        "point_edit": filled.point.pk,
        "point_remove": filled.point.pk,
        "written_answer_new": filled.point.pk,
        "written_answer_edit": filled.answer.pk,
        "written_answer_remove": filled.answer.pk,
        "file": filled.file.pk,
    }
    args: list[object] = [cast.programme.slug]
    if name in keys:
        args.append(keys[name])
    if name == "obligations_file":
        args.append("csv")
    return reverse(f"programmes:{name}", args=args)


@pytest.mark.parametrize("name", READ)
def test_everyone_with_a_seat_reads_it(name: str, cast: Cast, sign_in: SignIn) -> None:
    url = address(name, cast, fill(cast))
    for person in (cast.programme_leader, cast.coordinator, cast.ministry_adviser, cast.evaluator):
        assert sign_in(person).get(url).status_code == 200


@pytest.mark.parametrize("name", EDIT)
def test_the_programme_leader_opens_it_and_a_coordinator_meets_403(name: str, cast: Cast, sign_in: SignIn) -> None:
    url = address(name, cast, fill(cast))
    assert sign_in(cast.programme_leader).get(url).status_code == 200
    assert sign_in(cast.coordinator).get(url).status_code == 403
    assert sign_in(cast.coordinator).post(url).status_code == 403


@pytest.mark.parametrize("name", PROVE)
def test_leader_and_coordinator_open_it_and_others_meet_403(name: str, cast: Cast, sign_in: SignIn) -> None:
    """The ministry records only what it owes itself."""
    url = address(name, cast, fill(cast))
    for person in (cast.programme_leader, cast.coordinator):
        assert sign_in(person).get(url).status_code == 200
    for person in (cast.board_member, cast.evaluator, cast.ministry_adviser):
        assert sign_in(person).get(url).status_code == 403
        assert sign_in(person).post(url).status_code == 403


@pytest.mark.parametrize("name", RECORD)
def test_those_who_record_decisions_open_it_and_an_evaluator_meets_403(
    name: str, cast: Cast, sign_in: SignIn
) -> None:
    url = address(name, cast, fill(cast))
    assert sign_in(cast.secretary).get(url).status_code == 200
    assert sign_in(cast.evaluator).get(url).status_code == 403
    assert sign_in(cast.evaluator).post(url).status_code == 403


@pytest.mark.parametrize("name", ["focus_area_move", "goal_move", "goal_agree"])
def test_steps_without_a_page_follow_the_same_rule(name: str, cast: Cast, sign_in: SignIn) -> None:
    url = address(name, cast, fill(cast))
    assert sign_in(cast.programme_leader).post(url).status_code == 302
    assert sign_in(cast.programme_leader).get(url).status_code == 405
    assert sign_in(cast.coordinator).post(url).status_code == 403
    assert sign_in(cast.outsider).post(url).status_code == 404


@pytest.mark.parametrize("name", [*READ, *EDIT, *PROVE, *RECORD])
def test_for_outsiders_it_does_not_exist_and_strangers_meet_the_sign_in(
    name: str, cast: Cast, client: Client, sign_in: SignIn
) -> None:
    url = address(name, cast, fill(cast))
    assert client.get(url).status_code == 302
    for person in (cast.outsider, cast.resident, cast.operator):
        assert sign_in(person).get(url).status_code == 404


@pytest.mark.parametrize(
    "name", [name for name in (*READ, *EDIT, *PROVE, *RECORD) if name not in ("bodies", "roles")]
)
def test_a_record_of_one_programme_is_not_found_under_another(name: str, cast: Cast, sign_in: SignIn) -> None:
    own = address(name, cast, fill(cast))
    other = own.replace(f"/{cast.programme.slug}/", f"/{cast.other_programme.slug}/")
    if own.rstrip("/").split("/")[-1].isdigit() or any(part.isdigit() for part in own.split("/")):
        assert sign_in(cast.outsider).get(other).status_code == 404
    else:
        assert sign_in(cast.outsider).get(other).status_code == 200
