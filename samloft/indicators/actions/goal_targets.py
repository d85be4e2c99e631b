"""What a sub-goal aims at: indicators with baseline, target and date, and who measures (B8)."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.indicators.models import GoalTarget, Indicator, IndicatorDefinition
from samloft.indicators.queries.figures import definitions
from samloft.indicators.queries.programme_areas import programme_areas
from samloft.places.models import Area
from samloft.programmes.models import Goal, GoalLevel


@dataclass(frozen=True)
class TargetValues:
    """What is not set or not measured yet is None; a baseline has the period that it is of."""

    baseline_value: float | None = None
    baseline_period: str = ""
    target_value: float | None = None
    target_on: date | None = None
    measured_by: str = ""


@transaction.atomic
def add(*, goal: Goal, indicator: Indicator, area: Area, values: TargetValues, by: User) -> GoalTarget:
    """Let the indicator in the area show the way of the sub-goal."""
    stored = editing.locked(goal)
    if stored.level != GoalLevel.SUB:
        raise RuleBroken(_("Indicators belong to sub-goals. Choose the sub-goal that this one shows the way of."))
    if not programme_areas(stored.programme).filter(pk=area.pk).exists():
        raise RuleBroken(_("The area lies outside the programme."))
    if GoalTarget.objects.filter(goal=stored, indicator=indicator, area=area).exists():
        raise RuleBroken(_("The goal has this indicator for this area already. Change the one that is there."))
    _require_sound(values)
    target = GoalTarget.objects.create(
        goal=stored, indicator=indicator, area=area, definition=_meant(indicator), **asdict(values)
    )
    audit.record("goal_target.added", target, by=by, about=[stored.programme, stored], data=_data(target))
    return target


@transaction.atomic
def change(*, target: GoalTarget, values: TargetValues, version: int | None, by: User) -> GoalTarget:
    """The indicator and the area stay; another pair is another target. Raises StaleEdit."""
    _require_sound(values)
    stored, changed = editing.change(target, asdict(values), version=version)
    if changed:
        if {"baseline_value", "target_value"} & set(changed):
            stored.definition = _meant(stored.indicator)
            stored.save(update_fields=["definition"])
        about = [stored.goal.programme, stored.goal]
        data = {**_data(stored), "fields": sorted(changed)}
        audit.record("goal_target.changed", stored, by=by, about=about, data=data)
    return stored


@transaction.atomic
def remove(*, target: GoalTarget, by: User) -> None:
    goal, data = target.goal, _data(target)
    target.delete()
    audit.record("goal_target.removed", goal, by=by, about=[goal.programme], data=data)


def _require_sound(values: TargetValues) -> None:
    if (values.baseline_value is None) != (not values.baseline_period):
        raise RuleBroken(_("Write both the baseline and the period it is of, or neither."))


def _meant(indicator: Indicator) -> IndicatorDefinition | None:
    return definitions([indicator.pk]).get(indicator.pk)


def _data(target: GoalTarget) -> dict[str, audit.AuditValue]:
    return {"indicator": target.indicator_id, "area": target.area_id}
