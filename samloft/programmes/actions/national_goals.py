"""The state's goals for one budget year, the same for all programmes (B4). Operators keep them."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.programmes.models import NationalGoal


@dataclass(frozen=True)
class NationalGoalValues:
    year: int
    position: int
    text: str
    source: str


@transaction.atomic
def add(*, values: NationalGoalValues, by: User) -> NationalGoal:
    _check(values, 0, by)
    made = NationalGoal.objects.create(**vars(values))
    audit.record("national_goal.added", made, by=by, data={"year": made.year, "position": made.position})
    return made


@transaction.atomic
def change(*, goal: NationalGoal, values: NationalGoalValues, version: int | None, by: User) -> NationalGoal:
    """Goals and measures that point at it follow; issued documents keep what was printed."""
    _check(values, goal.pk, by)
    stored, changed = editing.change(goal, vars(values), version=version)
    if changed:
        audit.record("national_goal.changed", stored, by=by, data={"year": stored.year, "fields": sorted(changed)})
    return stored


@transaction.atomic
def remove(*, goal: NationalGoal, by: User) -> None:
    """Refused while goals or measures point at it."""
    _require_operator(by)
    # Links from apps above are many-to-many and would vanish with the goal without a word.
    links = [str(relation.get_accessor_name()) for relation in goal._meta.related_objects]
    if any(getattr(goal, link).exists() for link in links):
        raise RuleBroken(_("Goals or measures point at this goal, so it stays. Change its text instead."))
    year, position = goal.year, goal.position
    subject = NationalGoal(pk=goal.pk)
    editing.remove(goal, refusal=_("Goals or measures point at this goal, so it stays."))
    audit.record("national_goal.removed", subject, by=by, data={"year": year, "position": position})


def _require_operator(by: User) -> None:
    if not by.is_operator:
        raise RuleBroken(_("Only those who operate this installation keep the national goals."))


def _check(values: NationalGoalValues, pk: int, by: User) -> None:
    _require_operator(by)
    taken = NationalGoal.objects.filter(year=values.year, position=values.position).exclude(pk=pk)
    if taken.exists():
        raise RuleBroken(
            _("There is already a goal number %(number)d for %(year)s. Choose another number.")
            % {"number": values.position, "year": str(values.year)}
        )
