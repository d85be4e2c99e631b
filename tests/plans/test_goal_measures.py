"""The measures behind a goal: in the tree, on the page of a goal, and in the same sums as the coverage."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samloft.accounts.models import User
from samloft.plans.actions import measure_goals
from samloft.plans.models import Measure, Phase
from samloft.plans.queries.coverage import coverage
from samloft.plans.queries.goal_measures import goal_measures, measure_counts
from samloft.programmes.models import Goal, GoalLevel, GoalTrack
from tests.cast import Cast
from tests.plans.measure_factory import give_money, make_goal, make_measure, make_plan

SignIn = Callable[[User], Client]


def tree(cast: Cast) -> tuple[Goal, Goal, Goal]:
    main = Goal.objects.create(programme=cast.programme, level=GoalLevel.MAIN, text="Hovedmål")
    subs = make_goal(cast, "For innbyggerne"), make_goal(cast, "I tjenestene", GoalTrack.ORGANISATIONAL)
    Goal.objects.filter(pk__in=[goal.pk for goal in subs]).update(parent=main)
    return main, *subs


def serve(cast: Cast, measure: Measure, weights: dict[Goal, int | None]) -> None:
    measure_goals.set_goals(measure=measure, weights=weights, by=cast.coordinator)


def test_a_goal_above_counts_a_measure_once_and_a_closed_one_not_at_all(cast: Cast) -> None:
    main, resident, organisational = tree(cast)
    serve(cast, make_measure(cast, "Begge"), {resident: None, organisational: None})
    serve(cast, make_measure(cast, "Ferdig", phase=Phase.CLOSED), {resident: None})
    assert measure_counts(cast.programme) == {main.pk: 1, resident.pk: 1, organisational.pk: 1}


def test_the_money_of_a_goal_is_the_same_on_its_page_as_in_the_coverage(cast: Cast) -> None:
    main, resident, organisational = tree(cast)
    elsewhere = make_goal(cast, "Et annet sted")
    first, second, poor = (make_measure(cast, name) for name in ("A", "B", "Uten penger"))
    serve(cast, first, {resident: 50, organisational: None, elsewhere: None})
    serve(cast, second, {resident: None})
    serve(cast, poor, {resident: None})
    give_money(cast, first, 1_001)
    give_money(cast, first, 10, year=2027)
    give_money(cast, second, 500)
    for year in (2026, 2027):
        covered = {
            goal.sub.goal: goal.extent.amount for goal in coverage(cast.programme, make_plan(cast, year)).goals
        }
        for goal in (resident, organisational, elsewhere):
            found = goal_measures(goal)
            assert found.totals[found.years.index(year)] == covered[goal]
        above = goal_measures(main)
        assert above.totals[above.years.index(year)] == covered[resident] + covered[organisational]
    found = goal_measures(resident)
    assert [(row.measure, row.weights) for row in found.rows] == [
        (first, (50,)),
        (second, (None,)),
        (poor, (None,)),
    ]
    assert found.rows[1].amounts == (None, 500_00)


def test_the_tree_counts_measures_and_warns_of_sub_goals_without_any(
    cast: Cast, sign_in: SignIn, english: None
) -> None:
    _main, resident, _organisational = tree(cast)
    serve(cast, make_measure(cast), {resident: None})
    text = sign_in(cast.board_member).get(reverse("programmes:goals", args=["elvestad"])).content.decode()
    assert text.count("No measures") == 1
    assert f"{resident.get_absolute_url()}#measures" in text


def test_the_page_of_a_goal_lists_its_measures_for_those_who_see_plans(
    cast: Cast, sign_in: SignIn, english: None
) -> None:
    main, resident, organisational = tree(cast)
    measure = make_measure(cast, "Åpen hall")
    serve(cast, measure, {resident: 40, organisational: None})
    give_money(cast, measure, 1_000)
    text = sign_in(cast.board_member).get(resident.get_absolute_url()).content.decode()
    assert measure.get_absolute_url() in text and "400" in text and "Estimate 2026 (kr)" in text
    assert "Åpen hall" in sign_in(cast.board_member).get(main.get_absolute_url()).content.decode()
    assert "Åpen hall" not in sign_in(cast.county_governor).get(resident.get_absolute_url()).content.decode()


def test_the_queries_of_a_goals_page_do_not_grow_with_measures_and_plans(cast: Cast, sign_in: SignIn) -> None:
    main, resident, _organisational = tree(cast)
    client, counts = sign_in(cast.programme_leader), []
    for number in (2, 12):
        for one in range(number):
            measure = make_measure(cast, f"Tiltak {number} {one}")
            serve(cast, measure, {resident: None})
            give_money(cast, measure, 10, year=2020 + one)
        client.get(main.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(main.get_absolute_url())
        counts.append(len(queries))
    assert counts[0] == counts[1], [query["sql"] for query in queries.captured_queries]
