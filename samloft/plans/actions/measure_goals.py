"""Which goals a measure serves: the programme's sub-goals, with weights if any, and the state's goals (B4, B5)."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken, StaleEdit
from samloft.plans.models import Measure, MeasureGoal
from samloft.programmes.models import Goal, GoalLevel, NationalGoal


@transaction.atomic
def set_goals(
    *, measure: Measure, weights: Mapping[Goal, int | None], version: int | None = None, by: User
) -> Measure:
    """Let the measure serve exactly these sub-goals. A weight in whole percent; None where nobody has set one.

    Weights that are all set sum to 100; where some are missing, those goals share what is left equally.
    `version` is the measure's. Raises StaleEdit.
    """
    stored = editing.locked(measure)
    _require_sound(stored, weights)
    before = {link.goal_id: link for link in stored.goal_links.select_for_update()}
    wanted = {goal.pk: weight for goal, weight in weights.items()}
    if {pk: link.weight for pk, link in before.items()} == wanted:
        return stored
    _require_fresh(stored, version)
    MeasureGoal.objects.filter(measure=stored).exclude(goal__in=wanted).delete()
    for pk, weight in wanted.items():
        MeasureGoal.objects.update_or_create(measure=stored, goal_id=pk, defaults={"weight": weight})
    _count_up(stored)
    touched = Goal.objects.filter(pk__in=wanted.keys() ^ before.keys())
    audit.record("measure.goals_set", stored, by=by, about=[*weights, *touched], data={"goals": sorted(wanted)})
    return stored


@transaction.atomic
def set_national_goals(
    *, measure: Measure, goals: Iterable[NationalGoal], version: int | None = None, by: User
) -> Measure:
    """Let the measure answer exactly these goals of the state budget. `version` is the measure's."""
    stored = editing.locked(measure)
    wanted = {goal.pk for goal in goals}
    if wanted == set(stored.national_goals.values_list("pk", flat=True)):
        return stored
    _require_fresh(stored, version)
    stored.national_goals.set(wanted)
    _count_up(stored)
    audit.record("measure.national_goals_set", stored, by=by, data={"national_goals": sorted(wanted)})
    return stored


@transaction.atomic
def choose(
    *,
    measure: Measure,
    weights: Mapping[Goal, int | None],
    national_goals: Iterable[NationalGoal],
    version: int | None,
    by: User,
) -> Measure:
    """Both kinds of goals in one step, as one form gives them. `version` is the measure's. Raises StaleEdit."""
    before = editing.locked(measure).version
    stored = set_goals(measure=measure, weights=weights, version=version, by=by)
    still = version if stored.version == before else None
    return set_national_goals(measure=stored, goals=national_goals, version=still, by=by)


def _require_sound(measure: Measure, weights: Mapping[Goal, int | None]) -> None:
    for goal in weights:
        if goal.programme_id != measure.programme_id:
            raise RuleBroken(_("The goal belongs to another programme. Choose one of this programme's."))
        if goal.level != GoalLevel.SUB:
            raise RuleBroken(_("A measure serves sub-goals. Choose a sub-goal under “%(goal)s”.") % {"goal": goal})
    known = [weight for weight in weights.values() if weight is not None]
    if any(weight < 1 or weight > 100 for weight in known):
        raise RuleBroken(_("A weight is between 1 and 100 percent. Leave it empty if nobody has set it."))
    total = sum(known)
    if known and len(known) == len(weights) and total != 100:
        raise RuleBroken(
            _("The weights sum to %(total)s percent. Make them 100, or leave one or more empty.")
            % {"total": total}
        )
    if len(known) < len(weights) and total >= 100:
        raise RuleBroken(
            _("The weights leave nothing for the goals without a weight. Lower them, or set all of them.")
        )


def _require_fresh(measure: Measure, version: int | None) -> None:
    if version is not None and measure.version != version:
        raise StaleEdit(
            _("Someone else changed this measure while you were choosing. Compare, and save again."),
            version=measure.version,
            current={
                "goals": sorted(measure.goal_links.values_list("goal_id", flat=True)),
                "national_goals": sorted(measure.national_goals.values_list("pk", flat=True)),
            },
        )


def _count_up(measure: Measure) -> None:
    measure.version += 1
    measure.save(update_fields=["version"])
