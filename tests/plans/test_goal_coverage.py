"""Coverage of goals: the figures, their page, and the table for a spreadsheet (B5)."""

import csv
from collections.abc import Callable
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from samloft.accounts.models import User
from samloft.plans.actions import measure_goals
from samloft.plans.models import LinePurpose, Measure, MeasureGoal, Phase, Source
from samloft.plans.queries.coverage import Coverage, coverage
from samloft.programmes.models import Goal, GoalLevel, GoalTrack
from tests.cast import Cast
from tests.plans.measure_factory import give_money, make_goal, make_measure, make_national_goal, make_plan

SignIn = Callable[[User], Client]


def serve(cast: Cast, measure: Measure, *goals: Goal, **weights: int) -> None:
    """Link the measure to the goals; a weight is given by the place of its goal, as `first=60`."""
    given = list(weights.values()) + [None] * (len(goals) - len(weights))
    measure_goals.set_goals(measure=measure, weights=dict(zip(goals, given, strict=True)), by=cast.coordinator)


def amounts(found: Coverage) -> dict[Goal, int]:
    return {goal.sub.goal: goal.extent.amount for goal in found.goals}


def page(client: Client, **query: object) -> str:
    return client.get(reverse("plans:goal_coverage", args=["elvestad"]), query).content.decode()


def test_money_falls_on_goals_and_reconciles_with_the_plan(cast: Cast) -> None:
    resident = make_goal(cast)
    organisational = make_goal(cast, "Bedre samarbeid", GoalTrack.ORGANISATIONAL)
    unserved = make_goal(cast, "Trygge gater")
    both, none = make_measure(cast, "Begge"), make_measure(cast, "Ingen")
    serve(cast, both, resident, organisational)
    give_money(cast, both, 100_001)
    give_money(cast, both, 1, source=Source.MUNICIPALITY)
    give_money(cast, none, 50_000)
    plan = make_plan(cast)
    plan.lines.create(name="Løs linje", amount=1_00)
    plan.lines.create(name="Åpen post", purpose=LinePurpose.OPEN_POT, amount=20_00)
    found = coverage(cast.programme, plan)
    assert amounts(found) == {resident: 50_001_00, organisational: 50_001_00, unserved: 0}
    assert [goal.sub.goal for goal in found.goals_without_measures] == [unserved]
    assert [(one.measure, one.amount) for one in found.without_goals] == [(none, 50_000_00)]
    money = found.money
    assert (money.on_goals, money.on_no_goal, money.for_measures) == (100_002_00, 50_001_00, 150_003_00)
    assert sum(amounts(found).values()) + money.on_no_goal == money.for_measures
    assert sum(row.amount for row in money.rows) == money.total == 150_023_00


def test_weights_decide_how_the_money_falls(cast: Cast) -> None:
    first, second = make_goal(cast, "A"), make_goal(cast, "B")
    measure = make_measure(cast)
    serve(cast, measure, first, second, first=70)
    give_money(cast, measure, 1_000)
    assert amounts(coverage(cast.programme, make_plan(cast))) == {first: 700_00, second: 300_00}


def test_tracks_and_focus_areas_count_a_measure_once_and_take_the_area_from_the_goal_above(cast: Cast) -> None:
    upbringing, work, _living = cast.focus_areas
    main = Goal.objects.create(programme=cast.programme, level=GoalLevel.MAIN, text="Hovedmål")
    above = Goal.objects.create(
        programme=cast.programme, level=GoalLevel.OVERALL, parent=main, focus_area=work, text="Arbeid"
    )
    first, second, loose = make_goal(cast, "A"), make_goal(cast, "B"), make_goal(cast, "Uten område")
    Goal.objects.filter(pk=first.pk).update(parent=above)
    Goal.objects.filter(pk=loose.pk).update(parent=main)
    Goal.objects.filter(pk=second.pk).update(parent=above, track=GoalTrack.ORGANISATIONAL)
    measure = make_measure(cast)
    serve(cast, measure, first, second)
    give_money(cast, measure, 1_000)
    found = coverage(cast.programme, make_plan(cast))
    groups = {
        group.label: (group.goals, group.extent.measures, group.extent.amount) for group in found.focus_areas
    }
    assert groups[work.name] == (2, 1, 1_000_00)
    assert groups[upbringing.name] == (0, 0, 0)
    assert groups[""] == (1, 0, 0)
    assert [(group.goals, group.extent.amount) for group in found.tracks] == [(2, 500_00), (1, 500_00)]
    assert [goal.sub.goal.pk for goal in found.goals] == [loose.pk, first.pk, second.pk]
    assert sum(group.extent.amount for group in found.focus_areas) == found.money.on_goals


def test_a_plan_looks_at_its_own_measures_and_names_those_that_serve_a_goal_outside_it(cast: Cast) -> None:
    goal = make_goal(cast)
    outside, closed = make_measure(cast, "Idé"), make_measure(cast, "Ferdig", phase=Phase.CLOSED)
    serve(cast, outside, goal)
    serve(cast, closed, goal)
    give_money(cast, make_measure(cast, "I planen"), 10)
    (covered,) = coverage(cast.programme, make_plan(cast)).goals
    assert (covered.serving, covered.outside) == ((), (outside,))


def test_goals_of_the_state_from_after_the_programme_are_not_held_against_it(cast: Cast) -> None:
    make_national_goal(year=2026)
    cast.programme.ends_on = date(2025, 12, 31)
    assert coverage(cast.programme, None).national == ()
    cast.programme.ends_on = date(2026, 12, 31)
    assert len(coverage(cast.programme, None).national) == 1


def test_a_closed_measure_counts_only_while_it_is_in_the_plan(cast: Cast) -> None:
    closed = make_measure(cast, "Avsluttet", phase=Phase.CLOSED)
    paid = make_measure(cast, "Avsluttes i år", phase=Phase.CLOSED)
    give_money(cast, paid, 10)
    assert [one.measure for one in coverage(cast.programme, make_plan(cast)).without_goals] == [paid]
    assert closed not in coverage(cast.programme, None).measures


def test_a_part_of_a_measure_counts_with_it_unless_it_is_in_the_plan_itself(cast: Cast) -> None:
    whole = make_measure(cast, "Skolebibliotek")
    part = make_measure(cast, "Biblioteket i nord", parent=whole)
    serve(cast, whole, make_goal(cast))
    assert coverage(cast.programme, None).without_goals == ()
    give_money(cast, part, 10)
    assert [one.measure for one in coverage(cast.programme, make_plan(cast)).without_goals] == [part]


def test_a_national_goal_is_served_by_a_measure_or_through_a_goal_that_has_one(cast: Cast) -> None:
    direct, through, alone = (make_national_goal(number) for number in (1, 2, 3))
    measure, goal, empty = make_measure(cast), make_goal(cast), make_goal(cast, "Uten tiltak")
    give_money(cast, measure, 10)
    goal.national_goals.add(through)
    empty.national_goals.add(alone)
    measure_goals.set_national_goals(measure=measure, goals=[direct], by=cast.coordinator)
    serve(cast, measure, goal)
    found = coverage(cast.programme, make_plan(cast))
    assert (found.national_year, found.national_unserved) == (2026, (alone,))


def test_a_plan_looks_at_the_state_budget_of_its_own_year(cast: Cast) -> None:
    make_national_goal(1, 2026)
    found = coverage(cast.programme, make_plan(cast, 2027))
    assert (found.national_year, found.national) == (2027, ())


def test_without_a_plan_there_is_no_money_but_still_coverage(cast: Cast) -> None:
    goal = make_goal(cast)
    found = coverage(cast.programme, None)
    assert (found.plan, found.money.total, found.national_year) == (None, 0, None)
    assert [covered.sub.goal for covered in found.goals_without_measures] == [goal]


@pytest.mark.parametrize("weight", [0, 101])
def test_the_database_takes_no_weight_that_is_not_a_percent(cast: Cast, weight: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        MeasureGoal.objects.create(measure=make_measure(cast), goal=make_goal(cast), weight=weight)


def test_the_queries_do_not_grow_with_measures_and_goals(cast: Cast) -> None:
    plan = make_plan(cast)
    counts = []
    for number in (2, 12):
        for name in range(number):
            measure = make_measure(cast, f"Tiltak {number} {name}")
            give_money(cast, measure, 10)
            serve(cast, measure, make_goal(cast, f"Mål {number} {name}"))
        with CaptureQueriesContext(connection) as queries:
            found = coverage(cast.programme, plan)
            assert [str(goal.sub.goal.focus_area) for goal in found.goals]
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_the_page_shows_the_chosen_year_and_calls_every_split_amount_an_estimate(
    cast: Cast, sign_in: SignIn, english: None
) -> None:
    goal, measure = make_goal(cast), make_measure(cast)
    serve(cast, measure, goal, make_goal(cast, "Trygge gater"), first=60)
    give_money(cast, measure, 1_000, year=2026)
    give_money(cast, measure, 2_000, year=2027)
    client = sign_in(cast.board_member)
    latest, earlier = page(client), page(client, year=2026)
    assert "1\xa0200" in latest and "600" in earlier
    assert "(60\xa0%)" in latest and measure.get_absolute_url() in latest
    assert "Estimate (kr)" in latest
    assert '?year=2026" aria-current="page"' in earlier and "action plan for 2026" in earlier
    assert '?year=2027" aria-current="page"' in page(client, year="feil")


def test_the_page_tells_what_it_looks_at_when_there_is_no_plan(cast: Cast, sign_in: SignIn, english: None) -> None:
    text = page(sign_in(cast.programme_leader))
    assert "There is no action plan yet" in text and "Write the goals" in text


def test_the_table_sums_to_the_plan_and_marks_what_falls_on_no_goal(
    cast: Cast, sign_in: SignIn, english: None
) -> None:
    measure, loose = make_measure(cast, "Åpen hall"), make_measure(cast, "=Ingen")
    serve(cast, measure, make_goal(cast), make_goal(cast, "Trygge gater"))
    make_goal(cast, "Uten tiltak")
    give_money(cast, measure, 1_001)
    give_money(cast, loose, 500)
    make_plan(cast).lines.create(name="Åpen post", purpose=LinePurpose.OPEN_POT, amount=20_00)
    address = reverse("plans:goal_coverage_file", args=["elvestad", "csv"])
    answer = sign_in(cast.board_member).get(address, {"year": 2026})
    rows = list(csv.DictReader(StringIO(b"".join(answer).decode("utf-8-sig")), delimiter=";"))  # type: ignore[arg-type]
    assert sum(float(row["Estimate (kr)"].replace(",", ".")) for row in rows) == 1_521
    assert {row["Remark"] for row in rows} == {"", "No measure serves the goal", "Serves no goal", "Open pot"}
    assert "'=Ingen" in {row["Measure"] for row in rows}
    assert {row["Plan"] for row in rows} == {"2026"}
    book = load_workbook(
        BytesIO(sign_in(cast.board_member).get(address.replace("csv", "xlsx")).content), read_only=True
    )
    assert len(list(book.active.rows)) == len(rows) + 1  # type: ignore[union-attr]
    assert sign_in(cast.board_member).get(address.replace("csv", "exe")).status_code == 404


@pytest.mark.parametrize("name", ["goal_coverage", "goal_coverage_file"])
def test_those_who_see_plans_see_coverage_and_others_do_not(cast: Cast, sign_in: SignIn, name: str) -> None:
    address = reverse(f"plans:{name}", args=["elvestad", *(["csv"] if name.endswith("file") else [])])
    for person in (cast.programme_leader, cast.coordinator, cast.board_member, cast.municipal_director):
        assert sign_in(person).get(address).status_code == 200
    for person in (cast.ministry_adviser, cast.county_governor, cast.evaluator):
        assert sign_in(person).get(address).status_code == 403
    for person in (cast.outsider, cast.resident, cast.operator):
        assert sign_in(person).get(address).status_code == 404


def test_the_page_of_a_measure_shows_how_its_money_falls(cast: Cast, sign_in: SignIn, english: None) -> None:
    measure = make_measure(cast)
    serve(cast, measure, make_goal(cast), make_goal(cast, "Trygge gater"), first=75)
    give_money(cast, measure, 1_000)
    text = sign_in(cast.board_member).get(measure.get_absolute_url()).content.decode()
    assert "weight 75" in text and "estimate 2026: 750\xa0kr" in text and "estimate 2026: 250\xa0kr" in text
