from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from samloft.plans.actions import measure_goals
from samloft.plans.models import Phase, Source
from samloft.plans.queries.coverage import coverage, share_out
from samloft.programmes.models import GoalTrack
from tests.cast import Cast
from tests.plans.measure_factory import give_money, make_goal, make_measure, make_national_goal, make_plan

weights = st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=1, max_size=12)


@given(st.integers(0, 10**13), weights)
def test_the_parts_of_an_amount_always_sum_to_it_and_none_is_negative(
    amount: int, shares: list[int | None]
) -> None:
    parts = share_out(amount, shares)
    assert sum(parts) == amount
    assert len(parts) == len(shares) and all(part >= 0 for part in parts)


@given(st.integers(0, 10**9), st.integers(1, 12))
def test_equal_parts_differ_by_at_most_one_ore(amount: int, count: int) -> None:
    parts = share_out(amount, [None] * count)
    assert max(parts) - min(parts) <= 1


@given(st.integers(0, 10**9), st.lists(st.integers(1, 100), min_size=1, max_size=6))
def test_no_part_is_a_whole_ore_from_its_exact_share(amount: int, shares: list[int]) -> None:
    whole = sum(shares)
    for part, share in zip(share_out(amount, shares), shares, strict=True):
        assert abs(part * whole - amount * share) < whole


def test_goals_without_a_weight_share_what_the_others_leave() -> None:
    assert share_out(100_00, [60, None, None]) == [60_00, 20_00, 20_00]
    assert share_out(10, [None, None, None]) == [4, 3, 3]
    assert share_out(10, []) == []


def test_money_falls_on_goals_and_reconciles_with_the_plan(cast: Cast) -> None:
    resident = make_goal(cast)
    organisational = make_goal(cast, "Bedre samarbeid", GoalTrack.ORGANISATIONAL)
    unserved = make_goal(cast, "Trygge gater")
    both, none = make_measure(cast, "Begge"), make_measure(cast, "Ingen")
    measure_goals.set_goals(measure=both, weights={resident: None, organisational: None}, by=cast.coordinator)
    give_money(cast, both, 100_001)
    give_money(cast, both, 1, source=Source.MUNICIPALITY)
    give_money(cast, none, 50_000)
    plan = make_plan(cast)
    plan.lines.create(name="Løs linje", amount=1_00)
    found = coverage(cast.programme, plan)
    amounts = {share.goal: share.amount for share in found.goals}
    assert amounts == {resident: 50_001_00, organisational: 50_001_00, unserved: 0}
    assert found.goals_without_measures == (unserved,)
    assert found.measures_without_goals == (none,)
    assert (found.without_goal, found.total) == (50_001_00, 150_003_00)
    assert sum(amounts.values()) + found.without_goal == found.total


def test_a_closed_measure_counts_only_while_it_has_money_in_the_plan(cast: Cast) -> None:
    closed = make_measure(cast, "Avsluttet", phase=Phase.CLOSED)
    paid = make_measure(cast, "Avsluttes i år", phase=Phase.CLOSED)
    give_money(cast, paid, 10)
    assert coverage(cast.programme, make_plan(cast)).measures_without_goals == (paid,)
    assert closed not in coverage(cast.programme, None).measures_without_goals


def test_a_national_goal_is_served_by_a_measure_or_through_a_goal_that_has_one(cast: Cast) -> None:
    direct, through, alone = (make_national_goal(number) for number in (1, 2, 3))
    measure, goal, empty = make_measure(cast), make_goal(cast), make_goal(cast, "Uten tiltak")
    goal.national_goals.add(through)
    empty.national_goals.add(alone)
    measure_goals.set_national_goals(measure=measure, goals=[direct], by=cast.coordinator)
    measure_goals.set_goals(measure=measure, weights={goal: None}, by=cast.coordinator)
    found = coverage(cast.programme, make_plan(cast))
    assert found.national_year == 2026
    assert found.national_unserved == (alone,)


def test_without_a_plan_there_is_no_money_but_still_coverage(cast: Cast) -> None:
    goal = make_goal(cast)
    found = coverage(cast.programme, None)
    assert (found.year, found.total, found.national_year) == (None, 0, None)
    assert found.goals_without_measures == (goal,)


def test_the_queries_do_not_grow_with_measures_and_goals(cast: Cast) -> None:
    plan = make_plan(cast)
    counts = []
    for number in (2, 12):
        for name in range(number):
            measure = make_measure(cast, f"Tiltak {number} {name}")
            give_money(cast, measure, 10)
            goal = make_goal(cast, f"Mål {number} {name}")
            measure_goals.set_goals(measure=measure, weights={goal: None}, by=cast.coordinator)
        with CaptureQueriesContext(connection) as queries:
            found = coverage(cast.programme, plan)
            assert [str(share.goal.focus_area) for share in found.goals]
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 7
