"""Which measures serve the state's goals of a budget year, directly or through a goal of the programme (B4)."""

from collections.abc import Iterable
from dataclasses import dataclass

from samloft.plans.models import Measure
from samloft.programmes.models import Goal, NationalGoal


@dataclass(frozen=True)
class GoalService:
    """A national goal, and the measures that serve it, in the order they were asked about."""

    goal: NationalGoal
    measures: tuple[Measure, ...]


def goal_services(year: int, measures: Iterable[Measure]) -> tuple[GoalService, ...]:
    """Each of the state's goals for the year; none when nobody has recorded that year's goals. Two queries."""
    goals = list(NationalGoal.objects.filter(year=year))
    if not goals:
        return ()
    asked = {measure.pk: measure for measure in measures}
    directly = Measure.national_goals.through.objects.filter(measure__in=asked, nationalgoal__in=goals)
    through_goals = Goal.national_goals.through.objects.filter(
        goal__measure_links__measure__in=asked, nationalgoal__in=goals
    )
    pairs = directly.values_list("nationalgoal_id", "measure_id").union(
        through_goals.values_list("nationalgoal_id", "goal__measure_links__measure_id")
    )
    served = set(pairs)
    return tuple(
        GoalService(goal, tuple(measure for pk, measure in asked.items() if (goal.pk, pk) in served))
        for goal in goals
    )
