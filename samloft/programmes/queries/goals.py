"""The tree of goals, ready for two tracks side by side."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from samloft.core.statuses import Status
from samloft.programmes.models import (
    FocusArea,
    Goal,
    GoalLevel,
    GoalState,
    GoalTrack,
    NationalGoal,
    Programme,
)

STATES: dict[str, Status] = {
    GoalState.PROPOSED: Status(
        GoalState.PROPOSED.label, "neutral", meaning=_("Somebody has proposed the goal; nobody has decided.")
    ),
    GoalState.AGREED: Status(
        GoalState.AGREED.label,
        "info",
        meaning=_("Those who work on the goals agree. It is not adopted, and may still change."),
    ),
    GoalState.ADOPTED: Status(
        GoalState.ADOPTED.label,
        "success",
        meaning=_("A body that adopts goals has decided it. It stands as it is until it is reopened."),
    ),
}


@dataclass
class GoalNode:
    """A goal with what stands below it; sub-goals are split by track."""

    goal: Goal
    status: Status
    overall: list["GoalNode"] = field(default_factory=list)
    resident: list["GoalNode"] = field(default_factory=list)
    organisational: list["GoalNode"] = field(default_factory=list)

    @property
    def has_sub_goals(self) -> bool:
        return bool(self.resident or self.organisational)


def goal_tree(programme: Programme) -> tuple[GoalNode, ...]:
    """The main goals with everything below them, in order. Two queries."""
    goals = (
        programme.goals.select_related("focus_area", "decision__body", "decision__programme")
        .prefetch_related("national_goals")
        .order_by("position", "pk")
    )
    nodes = {goal.pk: GoalNode(goal, STATES[goal.state]) for goal in goals}
    roots = []
    for node in nodes.values():
        above = nodes.get(node.goal.parent_id or 0)
        if above is None:
            roots.append(node)
        elif node.goal.level == GoalLevel.OVERALL:
            above.overall.append(node)
        elif node.goal.track == GoalTrack.RESIDENT:
            above.resident.append(node)
        else:
            above.organisational.append(node)
    return tuple(roots)


@dataclass(frozen=True)
class SubGoal:
    """A sub-goal with the focus area that it belongs to: its own, else that of the goal above it."""

    goal: Goal
    focus_area: FocusArea | None


def sub_goals(programme: Programme) -> tuple[SubGoal, ...]:
    """The sub-goals in the order of the tree, the resident track first below each goal. One query."""
    goals = {goal.pk: goal for goal in programme.goals.select_related("focus_area")}
    tracks = list(GoalTrack)

    def place(goal: Goal) -> tuple[tuple[int, int], ...]:
        above = goals.get(goal.parent_id or 0)
        return (*(place(above) if above else ()), (goal.position, goal.pk))

    def order(goal: Goal) -> tuple[object, ...]:
        *above, own = place(goal)
        return (above, tracks.index(GoalTrack(goal.track)), own)

    def focus_area(goal: Goal) -> FocusArea | None:
        above = goals.get(goal.parent_id or 0)
        return goal.focus_area or (above.focus_area if above else None)

    found = sorted((goal for goal in goals.values() if goal.level == GoalLevel.SUB), key=order)
    return tuple(SubGoal(goal, focus_area(goal)) for goal in found)


def national_goals_by_year() -> tuple[tuple[int, tuple[NationalGoal, ...]], ...]:
    """The state's goals, latest year first. One query."""
    years: dict[int, list[NationalGoal]] = {}
    for goal in NationalGoal.objects.all():
        years.setdefault(goal.year, []).append(goal)
    return tuple((year, tuple(goals)) for year, goals in years.items())
