"""Overarching plans for the tests of what programmes build on."""

from typing import Any

from samloft.programmes.actions import overarching_plans
from samloft.programmes.actions.overarching_plans import OverarchingPlanValues
from samloft.programmes.models import OverarchingGoal, OverarchingPlan, OverarchingPlanKind
from tests.cast import Cast


def municipal(cast: Cast, **more: Any) -> OverarchingPlanValues:
    """The municipality's own master plan; `more` changes it."""
    values: dict[str, Any] = {
        "kind": OverarchingPlanKind.SOCIETAL,
        "title": "Kommuneplanens samfunnsdel",
        "municipality": cast.programme.municipality,
    }
    return OverarchingPlanValues(**{**values, **more})


def make_plan(cast: Cast, **more: Any) -> OverarchingPlan:
    return overarching_plans.add(
        programme=cast.programme, values=municipal(cast, **more), by=cast.programme_leader
    )


def make_goal_of(cast: Cast, plan: OverarchingPlan, text: str = "Gode levekår for alle") -> OverarchingGoal:
    return overarching_plans.add_goal(plan=plan, programme=cast.programme, text=text, by=cast.programme_leader)
