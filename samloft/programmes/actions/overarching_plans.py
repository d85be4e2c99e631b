"""The plans that a programme builds on, and their goals (A7)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.places.models import County, Municipality
from samloft.programmes.models import OverarchingGoal, OverarchingPlan, Programme


@dataclass(frozen=True)
class OverarchingPlanValues:
    """Whose plan it is: a municipality or a county, not both. None and "" mean that nobody has recorded it."""

    kind: str
    title: str
    municipality: Municipality | None = None
    county: County | None = None
    adopted_on: date | None = None
    first_year: int | None = None
    last_year: int | None = None
    url: str = ""


@transaction.atomic
def add(*, programme: Programme, values: OverarchingPlanValues, by: User) -> OverarchingPlan:
    """Record a plan that the programme builds on. The programme keeps the record."""
    _check(values, 0)
    plan = OverarchingPlan.objects.create(programme=programme, **vars(values))
    plan.built_on_by.add(programme)
    audit.record("overarching_plan.added", plan, by=by, about=[programme], data={"kind": values.kind})
    return plan


@transaction.atomic
def build_on(*, plan: OverarchingPlan, programme: Programme, by: User) -> OverarchingPlan:
    """Let one more programme build on a plan that is recorded; nothing happens when it does already."""
    stored = editing.locked(plan)
    if not stored.built_on_by.filter(pk=programme.pk).exists():
        stored.built_on_by.add(programme)
        audit.record("overarching_plan.built_on", programme, by=by, about=[stored], data={"plan": stored.pk})
    return stored


@transaction.atomic
def change(
    *, plan: OverarchingPlan, programme: Programme, values: OverarchingPlanValues, version: int | None, by: User
) -> OverarchingPlan:
    """Raises StaleEdit."""
    _require_keeper(plan, programme)
    _check(values, plan.pk)
    stored, changed = editing.change(plan, vars(values), version=version)
    if changed:
        audit.record("overarching_plan.changed", stored, by=by, data={"fields": sorted(changed)})
    return stored


@transaction.atomic
def leave(*, plan: OverarchingPlan, programme: Programme, by: User) -> None:
    """The programme builds on the plan no more. The last one to leave takes the record along.

    Refused while the programme's goals point at it or its uptake is recorded.
    """
    stored = editing.locked(plan)
    if programme.uptakes.filter(plan=stored).exists():
        raise RuleBroken(_("What the plan has taken up is recorded here. Remove that first."))
    if programme.goals.filter(overarching_goals__plan=stored).exists():
        raise RuleBroken(_("Some of the programme's goals point at goals of this plan. Remove those links first."))
    stored.built_on_by.remove(programme)
    left = stored.built_on_by.order_by("pk").first()
    audit.record("overarching_plan.left", programme, by=by, about=[stored], data={"plan": stored.pk})
    if left is None:
        stored.goals.all().delete()
        stored.delete()
    elif stored.programme_id == programme.pk:
        stored.programme = left
        stored.save(update_fields=["programme"])


@transaction.atomic
def add_goal(*, plan: OverarchingPlan, programme: Programme, text: str, by: User) -> OverarchingGoal:
    """A goal of the plan comes last among its goals."""
    _require_keeper(plan, programme)
    editing.locked(plan)
    last = plan.goals.aggregate(last=Max("position"))["last"] or 0
    goal = OverarchingGoal.objects.create(plan=plan, position=last + 1, text=text)
    audit.record("overarching_plan.goal_added", plan, by=by, about=[goal], data={"goal": goal.pk})
    return goal


@transaction.atomic
def change_goal(
    *, goal: OverarchingGoal, programme: Programme, text: str, version: int | None, by: User
) -> OverarchingGoal:
    """Raises StaleEdit."""
    _require_keeper(goal.plan, programme)
    stored, changed = editing.change(goal, {"text": text}, version=version)
    if changed:
        audit.record("overarching_plan.goal_changed", goal.plan, by=by, about=[stored], data={"goal": goal.pk})
    return stored


@transaction.atomic
def remove_goal(*, goal: OverarchingGoal, programme: Programme, by: User) -> None:
    """Refused while a programme's goal points at it."""
    _require_keeper(goal.plan, programme)
    stored, pk = editing.locked(goal), goal.pk
    # The links are many-to-many and would vanish with the goal without a word.
    if stored.goals.exists():
        raise RuleBroken(_("Goals of a programme point at this goal, so it stays. Change its text instead."))
    stored.delete()
    audit.record("overarching_plan.goal_removed", goal.plan, by=by, data={"goal": pk})


def _require_keeper(plan: OverarchingPlan, programme: Programme) -> None:
    if plan.programme_id != programme.pk:
        raise RuleBroken(
            _("“%(keeper)s” keeps the record of this plan. Ask its programme leader to change it.")
            % {"keeper": plan.programme}
        )


def _check(values: OverarchingPlanValues, pk: int) -> None:
    if (values.municipality is None) == (values.county is None):
        raise RuleBroken(_("Say whose plan it is: a municipality's or a county's."))
    if values.first_year and values.last_year and values.last_year < values.first_year:
        raise RuleBroken(_("The last year is before the first. Check the two years."))
    if values.url and not values.url.startswith(("https://", "http://")):
        raise RuleBroken(_("Write the whole address of the plan, from https:// on."))
    alike = OverarchingPlan.objects.filter(
        municipality=values.municipality, county=values.county, title__iexact=values.title
    )
    if alike.exclude(pk=pk).exists():
        raise RuleBroken(_("This plan is recorded already. Choose it among the plans that others have recorded."))
