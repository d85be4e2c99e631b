"""Goals: a tree in two tracks, and its way from proposed to adopted (B3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken, StaleEdit
from samloft.programmes.actions import decisions
from samloft.programmes.actions.decisions import DecisionValues
from samloft.programmes.models import (
    Decision,
    FocusArea,
    Goal,
    GoalLevel,
    GoalState,
    NationalGoal,
    OverarchingGoal,
    Programme,
    Step,
)

# What may stand above a goal of each level.
PARENTS: dict[str, frozenset[str]] = {
    GoalLevel.MAIN: frozenset(),
    GoalLevel.OVERALL: frozenset({GoalLevel.MAIN}),
    GoalLevel.SUB: frozenset({GoalLevel.OVERALL, GoalLevel.MAIN}),
}


@dataclass(frozen=True)
class GoalValues:
    """`track` is for sub-goals only; `parent` for all but main goals."""

    text: str
    level: str
    track: str = ""
    parent: Goal | None = None
    focus_area: FocusArea | None = None
    national_goals: Sequence[NationalGoal] = ()
    overarching_goals: Sequence[OverarchingGoal] = ()


@transaction.atomic
def add(*, programme: Programme, values: GoalValues, by: User) -> Goal:
    """A new goal is proposed, and comes last among its siblings."""
    editing.locked(programme)
    _check(programme, values, None)
    siblings = programme.goals.filter(parent=values.parent)
    goal = Goal.objects.create(
        programme=programme,
        position=(siblings.aggregate(last=Max("position"))["last"] or 0) + 1,
        **_fields(values),
    )
    goal.national_goals.set(values.national_goals)
    goal.overarching_goals.set(values.overarching_goals)
    audit.record("goal.added", goal, by=by, about=[programme], data={"level": values.level, "track": values.track})
    return goal


@transaction.atomic
def change(*, goal: Goal, values: GoalValues, version: int | None, by: User) -> Goal:
    """An adopted goal stands as it was adopted; only its links to the goals of others may change."""
    stored = editing.locked(goal)
    _check(stored.programme, values, stored)
    if stored.state == GoalState.ADOPTED and any(
        getattr(stored, name) != value for name, value in _fields(values).items()
    ):
        raise RuleBroken(
            _("This goal is adopted and stands as it is. Reopen it first; then it must be adopted again.")
        )
    if values.level != stored.level and stored.children.exists():
        raise RuleBroken(_("This goal has goals below it. Move them before you change its level."))
    is_fresh = version is None or version == stored.version
    stored, changed = editing.change(stored, _fields(values), version=version)
    if _link(stored, "national_goals", values.national_goals, is_fresh=is_fresh):
        changed.append("national_goals")
    if _link(stored, "overarching_goals", values.overarching_goals, is_fresh=is_fresh):
        changed.append("overarching_goals")
    if changed:
        audit.record("goal.changed", stored, by=by, about=[stored.programme], data={"fields": sorted(changed)})
    return stored


@transaction.atomic
def set_national_goals(*, goal: Goal, national_goals: Sequence[NationalGoal], by: User) -> Goal:
    """Let the goal answer exactly these goals of the state budget; an adopted goal may, too."""
    stored = editing.locked(goal)
    if _link(stored, "national_goals", national_goals):
        data = {"fields": ["national_goals"]}
        audit.record("goal.changed", stored, by=by, about=[stored.programme], data=data)
    return stored


@transaction.atomic
def move(*, goal: Goal, direction: Literal["up", "down"], by: User) -> None:
    """Change places with the sibling of the same track; at the end nothing happens."""
    editing.locked(goal.programme)
    siblings = Goal.objects.select_for_update().filter(
        programme=goal.programme_id, parent=goal.parent_id, level=goal.level
    )
    rows = list(siblings)
    track = [row for row in rows if row.track == goal.track]
    here = next(index for index, row in enumerate(track) if row.pk == goal.pk)
    there = here + (-1 if direction == "up" else 1)
    if not 0 <= there < len(track):
        return
    first, second = rows.index(track[here]), rows.index(track[there])
    rows[first], rows[second] = rows[second], rows[first]
    for position, row in enumerate(rows, 1):
        row.position = position
    Goal.objects.bulk_update(rows, ["position"])
    audit.record("goal.moved", goal, by=by, data={"direction": direction})


@transaction.atomic
def remove(*, goal: Goal, by: User) -> None:
    """Refused for an adopted goal and for one that other goals or measures belong to."""
    stored = editing.locked(goal)
    programme, pk = stored.programme, stored.pk
    if stored.state == GoalState.ADOPTED:
        raise RuleBroken(_("This goal is adopted and cannot be deleted. Reopen it first."))
    editing.remove(
        stored,
        refusal=_("Other goals, measures or indicators belong to this goal. Move them or take them away first."),
    )
    audit.record("goal.removed", programme, by=by, data={"goal": pk})


@transaction.atomic
def agree(*, goal: Goal, by: User) -> Goal:
    """Those who work on the goals agree on this one; it may still be changed until it is adopted."""
    return _move_state(goal, GoalState.AGREED, by=by)


@transaction.atomic
def reopen(*, goal: Goal, by: User) -> Goal:
    """Back to proposed. The decision that adopted the goal stays in the list of decisions."""
    return _move_state(goal, GoalState.PROPOSED, by=by)


def adopt(*, programme: Programme, goals: Sequence[Goal], values: DecisionValues, by: User) -> Decision:
    """Record that a body has adopted these goals. Refused, and logged, for a body that may not."""
    if not goals:
        raise RuleBroken(_("Choose the goals that the decision adopts."))
    decisions.require_right(
        programme=programme, body=values.body, step=Step.ADOPT_GOALS, on=values.decided_on, by=by
    )
    with transaction.atomic():
        rows = list(
            Goal.objects.select_for_update().filter(programme=programme, pk__in=[goal.pk for goal in goals])
        )
        if len(rows) != len({goal.pk for goal in goals}) or any(row.state == GoalState.ADOPTED for row in rows):
            raise RuleBroken(_("Some of these goals are adopted or gone already. Open the page again."))
        decision = decisions.record(programme=programme, values=values, by=by)
        for row in rows:
            row.state, row.decision, row.version = GoalState.ADOPTED, decision, row.version + 1
        Goal.objects.bulk_update(rows, ["state", "decision", "version"])
        audit.record(
            "goal.adopted",
            decision,
            by=by,
            about=[programme, *rows],
            data={"goals": sorted(row.pk for row in rows)},
        )
    return decision


# Adoption has its own way in, because it is a decision.
ALLOWED: dict[str, frozenset[str]] = {
    GoalState.PROPOSED: frozenset({GoalState.AGREED}),
    GoalState.AGREED: frozenset({GoalState.PROPOSED}),
    GoalState.ADOPTED: frozenset({GoalState.PROPOSED}),
}


def _move_state(goal: Goal, state: GoalState, *, by: User) -> Goal:
    stored = editing.locked(goal)
    if state not in ALLOWED[stored.state]:
        raise RuleBroken(
            _("The goal is “%(state)s” and cannot take this step.") % {"state": stored.get_state_display()}
        )
    data = {"from": stored.state, "decision": stored.decision_id}
    stored, _changed = editing.change(stored, {"state": state, "decision": None}, version=None)
    audit.record(f"goal.{state}", stored, by=by, about=[stored.programme], data=data)
    return stored


def _link(
    goal: Goal,
    name: str,
    wanted: Sequence[NationalGoal] | Sequence[OverarchingGoal],
    *,
    is_fresh: bool = True,
) -> bool:
    """True when the links are others than before. Raises StaleEdit when someone else has saved in between."""
    links = getattr(goal, name)
    now = list(links.all())
    if set(now) == set(wanted):
        return False
    if not is_fresh:
        raise StaleEdit(
            _("Someone else changed this goal while you were choosing. Compare, and save again."),
            current={name: "; ".join(str(one) for one in now)},
            version=goal.version,
        )
    links.set(wanted)
    goal.version += 1
    goal.save(update_fields=["version"])
    return True


def _fields(values: GoalValues) -> dict[str, object]:
    return {
        "text": values.text,
        "level": values.level,
        "track": values.track,
        "parent": values.parent,
        "focus_area": values.focus_area,
    }


def _check(programme: Programme, values: GoalValues, goal: Goal | None) -> None:
    if bool(values.track) != (values.level == GoalLevel.SUB):
        raise RuleBroken(
            _("Say for a sub-goal whether it gets better for residents or in the services; other goals have both.")
        )
    if values.focus_area and values.focus_area.programme_id != programme.pk:
        raise RuleBroken(_("The focus area belongs to another programme."))
    if any(not goal.plan.built_on_by.filter(pk=programme.pk).exists() for goal in values.overarching_goals):
        raise RuleBroken(_("The programme does not build on the plan of that goal. Say first that it does."))
    _check_parent(programme, values, goal)


def _check_parent(programme: Programme, values: GoalValues, goal: Goal | None) -> None:
    parent, allowed = values.parent, PARENTS[values.level]
    if parent is None:
        if allowed:
            raise RuleBroken(_("Say which goal this one belongs to. Write the main goal first if there is none."))
        return
    if not allowed:
        raise RuleBroken(_("A main goal belongs to no other goal."))
    if parent.programme_id != programme.pk:
        raise RuleBroken(_("The goal above belongs to another programme."))
    if parent.level not in allowed or (goal and parent.pk == goal.pk):
        raise RuleBroken(
            _("An overall goal belongs to a main goal, a sub-goal to an overall goal or a main goal.")
        )
