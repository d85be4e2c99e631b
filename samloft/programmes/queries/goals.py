"""The tree of goals, ready for two tracks side by side."""

from collections.abc import Iterable, Iterator
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


@dataclass(frozen=True)
class NationalYear:
    """The state's goals of one budget year that something is linked to."""

    year: int
    goals: tuple[NationalGoal, ...]


@dataclass
class GoalNode:
    """A goal with what stands below it; sub-goals are split by track."""

    goal: Goal
    status: Status
    national: tuple[NationalYear, ...] = ()
    overall: list["GoalNode"] = field(default_factory=list)
    resident: list["GoalNode"] = field(default_factory=list)
    organisational: list["GoalNode"] = field(default_factory=list)

    @property
    def has_sub_goals(self) -> bool:
        return bool(self.resident or self.organisational)

    @property
    def lacks_sub_goals(self) -> bool:
        """True for a goal that measures cannot reach, since they serve sub-goals."""
        return self.goal.level != GoalLevel.SUB and not (self.has_sub_goals or self.overall)


def goal_tree(programme: Programme) -> tuple[GoalNode, ...]:
    """The main goals with everything below them, in order. Two queries, three when goals answer the state's."""
    goals = (
        programme.goals.select_related("focus_area", "decision__body", "decision__programme")
        .prefetch_related("national_goals")
        .order_by("position", "pk")
    )
    nodes = {goal.pk: GoalNode(goal, STATES[goal.state], by_year(goal.national_goals.all())) for goal in goals}
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


def walk(nodes: Iterable[GoalNode]) -> Iterator[GoalNode]:
    """Every node, each before what stands below it."""
    for node in nodes:
        yield node
        yield from walk((*node.resident, *node.organisational, *node.overall))


def by_year(goals: Iterable[NationalGoal]) -> tuple[NationalYear, ...]:
    """The latest year first, as the goals are sorted."""
    years: dict[int, list[NationalGoal]] = {}
    for goal in goals:
        years.setdefault(goal.year, []).append(goal)
    return tuple(NationalYear(year, tuple(of_year)) for year, of_year in years.items())


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


def national_goals_by_year() -> tuple[NationalYear, ...]:
    """All of the state's goals. One query."""
    return by_year(NationalGoal.objects.all())
