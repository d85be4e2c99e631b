"""The plans that programmes build on, their goals, and what they have taken up (A7)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from samloft.core.errors import RuleBroken, StaleEdit
from samloft.core.models import AuditRow
from samloft.places.models import County, Municipality
from samloft.programmes.actions import goals, overarching_plans, uptakes
from samloft.programmes.actions.goals import GoalValues
from samloft.programmes.actions.overarching_plans import OverarchingPlanValues
from samloft.programmes.actions.uptakes import UptakeValues
from samloft.programmes.models import (
    GoalLevel,
    OverarchingGoal,
    OverarchingPlan,
    OverarchingPlanKind,
    Uptake,
    UptakeState,
)
from tests.cast import Cast
from tests.programmes.plan_factory import make_goal_of, make_plan, municipal


def test_a_plan_is_recorded_by_a_programme_that_builds_on_it(cast: Cast) -> None:
    plan = make_plan(cast)
    assert list(cast.programme.overarching_plans.all()) == [plan]
    assert (plan.programme, plan.owner) == (cast.programme, cast.programme.municipality)
    row = AuditRow.objects.get(action="overarching_plan.added")
    assert (row.data, row.programme_id) == ({"kind": "societal"}, cast.programme.pk)


def test_a_plan_has_one_owner_sound_years_and_one_record(cast: Cast) -> None:
    make_plan(cast)
    county = County.objects.get()
    kind, place = OverarchingPlanKind.HOUSING, cast.programme.municipality
    for values in (
        OverarchingPlanValues(kind, "Boligplan"),
        OverarchingPlanValues(kind, "Boligplan", municipality=place, county=county),
        OverarchingPlanValues(kind, "Boligplan", municipality=place, first_year=2030, last_year=2020),
        OverarchingPlanValues(kind, "Boligplan", municipality=place, url="javascript:alert(1)"),
        OverarchingPlanValues(kind, "kommuneplanens samfunnsdel", municipality=place),
    ):
        with pytest.raises(RuleBroken):
            overarching_plans.add(programme=cast.programme, values=values, by=cast.programme_leader)
    values = OverarchingPlanValues(kind, "Kommuneplanens samfunnsdel", county=county)
    assert overarching_plans.add(programme=cast.programme, values=values, by=cast.programme_leader).owner == county


def test_only_the_programme_that_keeps_a_plan_changes_it(cast: Cast) -> None:
    plan = make_plan(cast)
    goal = make_goal_of(cast, plan)
    overarching_plans.build_on(plan=plan, programme=cast.other_programme, by=cast.outsider)
    values = municipal(cast, title="Samfunnsdelen 2024–2036", first_year=2024, last_year=2036)
    for refused in (
        lambda: overarching_plans.change(
            plan=plan, programme=cast.other_programme, values=values, version=None, by=cast.outsider
        ),
        lambda: overarching_plans.add_goal(
            plan=plan, programme=cast.other_programme, text="Nytt", by=cast.outsider
        ),
        lambda: overarching_plans.change_goal(
            goal=goal, programme=cast.other_programme, text="Nytt", version=None, by=cast.outsider
        ),
        lambda: overarching_plans.remove_goal(goal=goal, programme=cast.other_programme, by=cast.outsider),
    ):
        with pytest.raises(RuleBroken, match="keeps the record"):
            refused()
    change = {"plan": plan, "programme": cast.programme, "values": values, "by": cast.programme_leader}
    changed = overarching_plans.change(**change, version=plan.version)  # type: ignore[arg-type]
    assert (changed.title, changed.last_year) == ("Samfunnsdelen 2024–2036", 2036)
    with pytest.raises(StaleEdit):
        overarching_plans.change(
            plan=plan, programme=cast.programme, values=municipal(cast), version=plan.version, by=cast.outsider
        )


def test_building_on_a_plan_twice_is_building_on_it_once(cast: Cast) -> None:
    plan = make_plan(cast)
    for _time in range(2):
        overarching_plans.build_on(plan=plan, programme=cast.other_programme, by=cast.outsider)
    assert set(plan.built_on_by.all()) == {cast.programme, cast.other_programme}
    assert AuditRow.objects.filter(action="overarching_plan.built_on").count() == 1


def test_a_programme_leaves_a_plan_when_nothing_of_its_own_rests_on_it(cast: Cast) -> None:
    plan, leader = make_plan(cast), cast.programme_leader
    above = make_goal_of(cast, plan)
    goal = goals.add(
        programme=cast.programme,
        values=GoalValues("Hovedmål", GoalLevel.MAIN, overarching_goals=(above,)),
        by=leader,
    )
    uptake = uptakes.record(
        plan=plan, programme=cast.programme, values=UptakeValues(UptakeState.ADOPTED), by=leader
    )
    with pytest.raises(RuleBroken, match="taken up"):
        overarching_plans.leave(plan=plan, programme=cast.programme, by=leader)
    uptakes.remove(uptake=uptake, by=leader)
    with pytest.raises(RuleBroken, match="goals point"):
        overarching_plans.leave(plan=plan, programme=cast.programme, by=leader)
    goals.change(goal=goal, values=GoalValues("Hovedmål", GoalLevel.MAIN), version=None, by=leader)
    overarching_plans.leave(plan=plan, programme=cast.programme, by=leader)
    assert not OverarchingPlan.objects.exists() and not OverarchingGoal.objects.exists()
    assert AuditRow.objects.filter(action="overarching_plan.left").exists()


def test_when_the_keeper_leaves_another_programme_keeps_the_plan(cast: Cast) -> None:
    plan = make_plan(cast)
    overarching_plans.build_on(plan=plan, programme=cast.other_programme, by=cast.outsider)
    overarching_plans.leave(plan=plan, programme=cast.programme, by=cast.programme_leader)
    plan.refresh_from_db()
    assert plan.programme == cast.other_programme


def test_a_goal_of_a_plan_stays_while_a_goal_of_a_programme_points_at_it(cast: Cast) -> None:
    above, leader = make_goal_of(cast, make_plan(cast)), cast.programme_leader
    goals.add(
        programme=cast.programme,
        values=GoalValues("Hovedmål", GoalLevel.MAIN, overarching_goals=(above,)),
        by=leader,
    )
    with pytest.raises(RuleBroken, match="stays"):
        overarching_plans.remove_goal(goal=above, programme=cast.programme, by=leader)
    above.goals.clear()
    overarching_plans.remove_goal(goal=above, programme=cast.programme, by=leader)
    assert not OverarchingGoal.objects.exists()


def test_a_goal_points_only_at_plans_that_its_programme_builds_on(cast: Cast) -> None:
    above = make_goal_of(cast, make_plan(cast))
    with pytest.raises(RuleBroken, match="build on"):
        goals.add(
            programme=cast.other_programme,
            values=GoalValues("Hovedmål", GoalLevel.MAIN, overarching_goals=(above,)),
            by=cast.outsider,
        )


def test_every_uptake_is_a_row_of_its_own(cast: Cast) -> None:
    plan, leader = make_plan(cast), cast.programme_leader
    for values in (
        UptakeValues(UptakeState.INPUT_GIVEN, date(2024, 9, 1)),
        UptakeValues(UptakeState.ADOPTED, date(2025, 6, 19), "kapittel 4"),
        UptakeValues(UptakeState.ADOPTED),
    ):
        uptakes.record(plan=plan, programme=cast.programme, values=values, by=leader)
    assert Uptake.objects.count() == 3
    assert [row.data["on"] for row in AuditRow.objects.filter(action="uptake.recorded").order_by("number")] == [
        "2024-09-01",
        "2025-06-19",
        None,
    ]


def test_an_uptake_of_a_plan_that_the_programme_does_not_build_on_is_refused(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="build on"):
        uptakes.record(
            plan=make_plan(cast),
            programme=cast.other_programme,
            values=UptakeValues(UptakeState.ABSENT),
            by=cast.outsider,
        )


def test_an_uptake_has_happened_and_names_a_municipality_of_the_county(cast: Cast) -> None:
    leader = cast.programme_leader
    tomorrow = timezone.localdate() + timedelta(days=1)
    county, place = County.objects.get(), cast.programme.municipality
    far = Municipality.objects.create(
        code="8001", name="Fjern", county=County.objects.create(code="80", name="Fjernfylket")
    )
    regional = overarching_plans.add(
        programme=cast.programme,
        values=OverarchingPlanValues(OverarchingPlanKind.REGIONAL, "Regional plan", county=county),
        by=leader,
    )
    for plan, values in (
        (regional, UptakeValues(UptakeState.ADOPTED, tomorrow)),
        (regional, UptakeValues(UptakeState.ADOPTED, municipality=far)),
        (make_plan(cast), UptakeValues(UptakeState.ADOPTED, municipality=place)),
    ):
        with pytest.raises(RuleBroken):
            uptakes.record(plan=plan, programme=cast.programme, values=values, by=leader)
    made = uptakes.record(
        plan=regional,
        programme=cast.programme,
        values=UptakeValues(UptakeState.ON_HEARING, municipality=place),
        by=leader,
    )
    assert made.municipality == place
