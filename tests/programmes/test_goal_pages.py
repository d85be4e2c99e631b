"""The tree of goals, and the way of a goal to adoption."""

import csv
from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse

from samloft.accounts.models import User
from samloft.core.errors import RuleBroken
from samloft.core.models import AuditRow
from samloft.programmes.actions import goals
from samloft.programmes.actions.decisions import DecisionValues
from samloft.programmes.actions.goals import GoalValues
from samloft.programmes.models import Goal, GoalLevel, GoalState, GoalTrack, NationalGoal, Step
from samloft.programmes.queries.goals import goal_tree
from tests.cast import Cast
from tests.programmes.filled import fill, queries_do_not_grow

SignIn = Callable[[User], Client]


def page(name: str, *args: object) -> str:
    return reverse(f"programmes:{name}", args=["elvestad", *args])


def add(cast: Cast, text: str, level: str, parent: Goal | None = None, track: str = "") -> Goal:
    return goals.add(
        programme=cast.programme, values=GoalValues(text, level, track, parent), by=cast.programme_leader
    )


def tree(cast: Cast) -> tuple[Goal, Goal, Goal, Goal]:
    main = add(cast, "Hovedmål", GoalLevel.MAIN)
    overall = add(cast, "Overordnet mål", GoalLevel.OVERALL, main)
    return (
        main,
        overall,
        add(cast, "For innbyggerne", GoalLevel.SUB, overall, GoalTrack.RESIDENT),
        add(cast, "I tjenestene", GoalLevel.SUB, overall, GoalTrack.ORGANISATIONAL),
    )


def adoption(cast: Cast) -> DecisionValues:
    return DecisionValues("Mål", cast.board, Step.ADOPT_GOALS, date(2026, 1, 1))


def test_sub_goals_stand_in_their_track_below_the_overall_goal(cast: Cast) -> None:
    main, overall, resident, organisational = tree(cast)
    (root,) = goal_tree(cast.programme)
    (below,) = root.overall
    assert (root.goal, below.goal) == (main, overall)
    assert [node.goal for node in below.resident] == [resident]
    assert [node.goal for node in below.organisational] == [organisational]


@pytest.mark.parametrize(
    ("level", "track", "above"),
    [
        (GoalLevel.SUB, "", "overall"),
        (GoalLevel.OVERALL, GoalTrack.RESIDENT, "main"),
        (GoalLevel.MAIN, "", "main"),
        (GoalLevel.OVERALL, "", "overall"),
        (GoalLevel.SUB, GoalTrack.RESIDENT, "resident"),
        (GoalLevel.SUB, GoalTrack.RESIDENT, None),
        (GoalLevel.OVERALL, "", None),
    ],
)
def test_a_goal_in_the_wrong_place_is_refused(cast: Cast, level: str, track: str, above: str | None) -> None:
    main, overall, resident, _organisational = tree(cast)
    parent = {"main": main, "overall": overall, "resident": resident, None: None}[above]
    with pytest.raises(RuleBroken):
        add(cast, "Feil", level, parent, track)


def test_a_goal_below_a_goal_of_another_programme_is_refused(cast: Cast) -> None:
    main, *_rest = tree(cast)
    with pytest.raises(RuleBroken):
        goals.add(
            programme=cast.other_programme, values=GoalValues("X", GoalLevel.OVERALL, "", main), by=cast.outsider
        )


def test_a_goal_with_goals_below_it_keeps_its_level(cast: Cast) -> None:
    _main, overall, *_subs = tree(cast)
    with pytest.raises(RuleBroken, match="goals below"):
        goals.change(
            goal=overall,
            values=GoalValues("Ny", GoalLevel.MAIN),
            version=overall.version,
            by=cast.programme_leader,
        )


def test_goals_are_adopted_by_the_body_that_adopts_goals(cast: Cast) -> None:
    main, overall, *_subs = tree(cast)
    decision = goals.adopt(
        programme=cast.programme, goals=[main, overall], values=adoption(cast), by=cast.board_member
    )
    assert {goal.text for goal in Goal.objects.filter(state=GoalState.ADOPTED)} == {
        "Hovedmål",
        "Overordnet mål",
    }
    assert set(decision.goals.all()) == {main, overall}
    assert AuditRow.objects.get(action="goal.adopted").data["goals"] == sorted([main.pk, overall.pk])


def test_an_adoption_by_a_body_that_may_not_is_refused_and_logged(cast: Cast) -> None:
    main, *_rest = tree(cast)
    values = DecisionValues("Mål", cast.council, Step.ADOPT_GOALS)
    with pytest.raises(RuleBroken):
        goals.adopt(programme=cast.programme, goals=[main], values=values, by=cast.secretary)
    main.refresh_from_db()
    assert main.state == GoalState.PROPOSED
    assert AuditRow.objects.filter(action="decision.refused").exists()


def test_a_goal_is_adopted_once_and_nothing_is_adopted_by_an_empty_decision(cast: Cast) -> None:
    main, *_rest = tree(cast)
    goals.adopt(programme=cast.programme, goals=[main], values=adoption(cast), by=cast.board_member)
    for chosen in ([main], []):
        with pytest.raises(RuleBroken):
            goals.adopt(programme=cast.programme, goals=chosen, values=adoption(cast), by=cast.board_member)


def test_an_adopted_goal_stands_until_it_is_reopened_but_may_get_national_goals(cast: Cast) -> None:
    main, *_rest = tree(cast)
    goals.adopt(programme=cast.programme, goals=[main], values=adoption(cast), by=cast.board_member)
    leader = cast.programme_leader
    with pytest.raises(RuleBroken, match="adopted"):
        goals.change(goal=main, values=GoalValues("Ny", GoalLevel.MAIN), version=None, by=leader)
    with pytest.raises(RuleBroken, match="adopted"):
        goals.remove(goal=main, by=leader)
    national = NationalGoal.objects.create(year=2026, position=1, text="Flere i arbeid", source="Prop. 1 S")
    goals.change(
        goal=main,
        values=GoalValues("Hovedmål", GoalLevel.MAIN, national_goals=(national,)),
        version=None,
        by=leader,
    )
    assert list(main.national_goals.all()) == [national]
    reopened = goals.reopen(goal=main, by=leader)
    assert (reopened.state, reopened.decision) == (GoalState.PROPOSED, None)
    assert goals.change(goal=main, values=GoalValues("Ny", GoalLevel.MAIN), version=None, by=leader).text == "Ny"


def test_agreeing_and_taking_it_back(cast: Cast) -> None:
    main, *_rest = tree(cast)
    assert goals.agree(goal=main, by=cast.programme_leader).state == GoalState.AGREED
    with pytest.raises(RuleBroken):
        goals.agree(goal=main, by=cast.programme_leader)
    assert goals.reopen(goal=main, by=cast.programme_leader).state == GoalState.PROPOSED
    with pytest.raises(RuleBroken):
        goals.reopen(goal=main, by=cast.programme_leader)


def test_a_goal_that_others_rest_on_is_not_removed(cast: Cast) -> None:
    main, _overall, resident, _organisational = tree(cast)
    with pytest.raises(RuleBroken, match="belong to this goal"):
        goals.remove(goal=main, by=cast.programme_leader)
    goals.remove(goal=resident, by=cast.programme_leader)
    assert not Goal.objects.filter(pk=resident.pk).exists()


def test_goals_change_places_within_their_track(cast: Cast) -> None:
    _main, overall, first, organisational = tree(cast)
    second = add(cast, "Andre", GoalLevel.SUB, overall, GoalTrack.RESIDENT)
    goals.move(goal=second, direction="up", by=cast.programme_leader)
    (root,) = goal_tree(cast.programme)
    assert [node.goal for node in root.overall[0].resident] == [second, first]
    assert [node.goal for node in root.overall[0].organisational] == [organisational]
    goals.move(goal=second, direction="up", by=cast.programme_leader)
    assert [node.goal for node in goal_tree(cast.programme)[0].overall[0].resident] == [second, first]


def test_the_leader_writes_a_goal_where_the_button_stood(cast: Cast, sign_in: SignIn) -> None:
    main, *_rest = tree(cast)
    client = sign_in(cast.programme_leader)
    form = client.get(page("goal_new") + f"?level=overall&parent={main.pk}").content.decode()
    assert f'<option value="{main.pk}" selected>' in form
    client.post(page("goal_new"), {"text": "Nytt", "level": "overall", "parent": main.pk})
    assert Goal.objects.get(text="Nytt").parent == main


def test_a_refused_goal_keeps_what_was_typed(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.programme_leader).post(page("goal_new"), {"text": "Mitt delmål", "level": "sub"})
    text = answer.content.decode()
    assert "Mitt delmål" in text
    assert "better for residents or in the services" in text


def test_a_board_member_records_the_adoption_on_the_page(cast: Cast, sign_in: SignIn) -> None:
    main, overall, *_subs = tree(cast)
    form = {"goals": [main.pk, overall.pk], "body": cast.board.pk, "decided_on": "2026-01-15"}
    answer = sign_in(cast.board_member).post(page("goals_adopt"), form)
    assert answer.status_code == 302
    assert Goal.objects.filter(state=GoalState.ADOPTED).count() == 2
    text = sign_in(cast.evaluator).get(page("goals")).content.decode()
    assert "15.01.2026" in text


def test_the_page_says_who_adopts_goals_to_those_who_do_not(cast: Cast, sign_in: SignIn) -> None:
    tree(cast)
    text = sign_in(cast.secretary).get(page("goals_adopt")).content.decode()
    assert "Goals are adopted by Programstyret" in text
    cast.programme.decision_rights.all().delete()
    assert "No body adopts goals" in sign_in(cast.board_member).get(page("goals_adopt")).content.decode()


def test_the_first_step_is_offered_to_those_who_can_take_it(cast: Cast, sign_in: SignIn) -> None:
    assert "Write the main goal" in sign_in(cast.programme_leader).get(page("goals")).content.decode()
    assert "Write the main goal" not in sign_in(cast.evaluator).get(page("goals")).content.decode()


def test_queries_do_not_grow_with_goals(cast: Cast, sign_in: SignIn) -> None:
    filled = fill(cast)
    national = NationalGoal.objects.create(year=2026, position=1, text="Arbeid", source="Prop. 1 S")

    def one_more(number: int) -> None:
        goal = add(cast, f"Mål {number}", GoalLevel.SUB, filled.main_goal, GoalTrack.RESIDENT)
        goal.national_goals.add(national)
        goals.adopt(programme=cast.programme, goals=[goal], values=adoption(cast), by=cast.board_member)

    queries_do_not_grow(sign_in(cast.programme_leader), page("goals"), one_more)


def test_the_page_of_a_goal_says_where_it_stands_and_what_it_answers(cast: Cast, sign_in: SignIn) -> None:
    main, overall, resident, _organisational = tree(cast)
    for year in (2026, 2027):
        resident.national_goals.add(
            NationalGoal.objects.create(year=year, position=3, text=f"Statens mål {year}", source="Prop. 1 S")
        )
    decision = goals.adopt(programme=cast.programme, goals=[resident], values=adoption(cast), by=cast.board_member)
    text = sign_in(cast.ministry_adviser).get(page("goal", resident.pk)).content.decode()
    assert "Statens mål 2026" in text and "Statens mål 2027" in text
    assert overall.get_absolute_url() in text and decision.get_absolute_url() in text
    assert page("goal_edit", resident.pk) not in text
    below = sign_in(cast.programme_leader).get(page("goal", overall.pk)).content.decode()
    assert "For innbyggerne" in below and "I tjenestene" in below and main.get_absolute_url() in below


def test_the_tree_shows_the_national_goals_of_each_budget_year(cast: Cast, sign_in: SignIn) -> None:
    *_above, resident, _organisational = tree(cast)
    for year, number in ((2026, 1), (2026, 3), (2027, 2)):
        resident.national_goals.add(
            NationalGoal.objects.create(year=year, position=number, text="Arbeid", source="Prop. 1 S")
        )
    text = sign_in(cast.evaluator).get(page("goals")).content.decode()
    assert "State budget 2027: goal 2 · State budget 2026: goal 1, goal 3" in " ".join(text.split())


def test_a_goal_that_measures_cannot_reach_says_so(cast: Cast, sign_in: SignIn) -> None:
    main = add(cast, "Hovedmål", GoalLevel.MAIN)
    assert "No sub-goals" in sign_in(cast.evaluator).get(page("goals")).content.decode()
    assert "None yet" in sign_in(cast.evaluator).get(page("goal", main.pk)).content.decode()


def test_one_comes_back_to_the_goal_in_the_tree(cast: Cast, sign_in: SignIn) -> None:
    main, *_rest = tree(cast)
    answer = sign_in(cast.programme_leader).post(page("goal_agree", main.pk))
    assert answer.headers["Location"] == f"{page('goals')}#goal-{main.pk}"


def test_queries_of_a_goals_page_do_not_grow(cast: Cast, sign_in: SignIn) -> None:
    filled = fill(cast)

    def one_more(number: int) -> None:
        goal = add(cast, f"Mål {number}", GoalLevel.SUB, filled.main_goal, GoalTrack.RESIDENT)
        national = NationalGoal.objects.create(year=2000 + number, position=1, text="Arbeid", source="Prop. 1 S")
        filled.main_goal.national_goals.add(national)
        goals.adopt(programme=cast.programme, goals=[goal], values=adoption(cast), by=cast.board_member)

    queries_do_not_grow(sign_in(cast.programme_leader), page("goal", filled.main_goal.pk), one_more)


def test_the_tree_goes_to_a_spreadsheet(cast: Cast, sign_in: SignIn) -> None:
    _main, _overall, resident, _organisational = tree(cast)
    for year, number in ((2026, 1), (2027, 2), (2027, 3)):
        resident.national_goals.add(
            NationalGoal.objects.create(year=year, position=number, text="Arbeid", source="Prop. 1 S")
        )
    goals.adopt(programme=cast.programme, goals=[resident], values=adoption(cast), by=cast.board_member)
    client = sign_in(cast.evaluator)
    answer = client.get(page("goals_file", "csv"))
    rows = list(csv.DictReader(StringIO(b"".join(answer).decode("utf-8-sig")), delimiter=";"))  # type: ignore[arg-type]
    assert [row["Level"] for row in rows] == ["Main goal", "Overall goal", "Sub-goal", "Sub-goal"]
    assert rows[2]["Belongs to"] == "Overordnet mål"
    assert (rows[2]["Adopted by"], rows[2]["Adopted on"]) == ("Programstyret", "2026-01-01")
    assert rows[2]["National goals"] == "2027: 2, 3; 2026: 1"
    assert client.get(page("goals_file", "xlsx")).status_code == 200
    assert client.get(page("goals_file", "exe")).status_code == 404
    for person in (cast.outsider, cast.resident, cast.operator):
        assert sign_in(person).get(page("goals_file", "csv")).status_code == 404
