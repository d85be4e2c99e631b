"""Which measures serve the state's goals of a budget year, directly or through a goal of the programme (B4)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Value

from samloft.plans.models import Measure
from samloft.programmes.models import Goal, NationalGoal


@dataclass(frozen=True)
class GoalService:
    """A national goal, the measures that serve it, and the goals of the programme that some of them serve it by.

    Measures stand in the order they were asked about.
    """

    goal: NationalGoal
    measures: tuple[Measure, ...]
    through: tuple[Goal, ...] = ()


def goal_services(year: int, measures: Iterable[Measure]) -> tuple[GoalService, ...]:
    """Each of the state's goals for the year; none when nobody has recorded that year's goals. Three queries."""
    goals = list(NationalGoal.objects.filter(year=year))
    if not goals:
        return ()
    asked = {measure.pk: measure for measure in measures}
    directly = Measure.national_goals.through.objects.filter(measure__in=asked, nationalgoal__in=goals)
    by_goals = Goal.national_goals.through.objects.filter(
        goal__measure_links__measure__in=asked, nationalgoal__in=goals
    )
    links = directly.values_list("nationalgoal_id", Value(0), "measure_id").union(
        by_goals.values_list("nationalgoal_id", "goal_id", "goal__measure_links__measure_id")
    )
    served: set[tuple[int, int]] = set()
    through: dict[int, set[int]] = {}
    for national, goal, measure in links:
        served.add((national, measure))
        if goal:
            through.setdefault(national, set()).add(goal)
    used = (
        {goal.pk: goal for goal in Goal.objects.filter(pk__in=set().union(*through.values()))} if through else {}
    )
    return tuple(
        GoalService(
            goal,
            tuple(measure for pk, measure in asked.items() if (goal.pk, pk) in served),
            tuple(one for pk, one in used.items() if pk in through.get(goal.pk, ())),
        )
        for goal in goals
    )
