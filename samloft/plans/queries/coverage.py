"""Which goals the measures serve, which they do not, and how the plan's money falls on goals (B5).

A measure's money is split on its goals by their weights, equally where nobody has set one. That is an estimate and
is labelled so. The parts of a measure sum exactly to its amount (largest remainder in øre).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Sum

from samloft.plans.models import ActionPlan, BudgetLine, LinePurpose, Measure, MeasureGoal, Phase
from samloft.programmes.models import Goal, GoalLevel, NationalGoal, Programme


@dataclass(frozen=True)
class GoalShare:
    """A sub-goal with the measures that serve it; `amount` is the estimated øre of the plan that fall on it."""

    goal: Goal
    measures: tuple[Measure, ...]
    amount: int


@dataclass(frozen=True)
class Coverage:
    """`year` is the plan's, or None without a plan. Goals' amounts and `without_goal` sum to `total`, in øre."""

    year: int | None
    goals: tuple[GoalShare, ...]
    measures_without_goals: tuple[Measure, ...]
    without_goal: int
    total: int
    national_year: int | None
    national_unserved: tuple[NationalGoal, ...]

    @property
    def goals_without_measures(self) -> tuple[Goal, ...]:
        return tuple(share.goal for share in self.goals if not share.measures)

    @property
    def with_goal(self) -> int:
        return self.total - self.without_goal


def share_out(amount: int, weights: Sequence[int | None]) -> list[int]:
    """Split whole øre by weights in percent; None shares what the others leave, equally. Sums exactly.

    The øre that are left over by rounding down go to the largest remainders, the first first.
    """
    if len(weights) < 2:
        return [amount] * len(weights)
    stated = sum(weight for weight in weights if weight is not None)
    unstated = sum(1 for weight in weights if weight is None)
    each = Fraction(max(100 - stated, 0), unstated) if unstated else Fraction(0)
    shares = [each if weight is None else Fraction(weight) for weight in weights]
    whole = sum(shares)
    if not whole:
        shares, whole = [Fraction(1)] * len(weights), Fraction(len(weights))
    exact = [amount * share / whole for share in shares]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda index: (parts[index] - exact[index], index))
    for index in by_remainder[: amount - sum(parts)]:
        parts[index] += 1
    return parts


def coverage(programme: Programme, plan: ActionPlan | None) -> Coverage:
    """How goals, measures and the plan's money meet. Seven queries at most."""
    amounts, loose = _amounts(plan)
    # A closed measure counts as long as it has money in the plan.
    measures = {
        measure.pk: measure
        for measure in Measure.objects.filter(programme=programme).only("name", "programme", "phase")
        if measure.phase != Phase.CLOSED or measure.pk in amounts
    }
    links: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    for pk, goal, weight in (
        MeasureGoal.objects.filter(measure__programme=programme)
        .order_by("measure_id", "pk")
        .values_list("measure_id", "goal_id", "weight")
    ):
        if pk in measures:
            links[pk].append((goal, weight))
    money: dict[int, int] = defaultdict(int)
    serving: dict[int, list[Measure]] = defaultdict(list)
    for pk, of_measure in links.items():
        parts = share_out(amounts.get(pk, 0), [weight for _goal, weight in of_measure])
        for (goal, _weight), part in zip(of_measure, parts, strict=True):
            money[goal] += part
            serving[goal].append(measures[pk])
    goals = Goal.objects.filter(programme=programme, level=GoalLevel.SUB).select_related("focus_area")
    without = tuple(measure for pk, measure in sorted(measures.items()) if pk not in links)
    national_year, unserved = _unserved(programme, plan)
    return Coverage(
        year=plan.year if plan else None,
        goals=tuple(GoalShare(goal, tuple(serving[goal.pk]), money[goal.pk]) for goal in goals),
        measures_without_goals=without,
        without_goal=loose + sum(amounts.get(measure.pk, 0) for measure in without),
        total=loose + sum(amounts.values()),
        national_year=national_year,
        national_unserved=unserved,
    )


def _amounts(plan: ActionPlan | None) -> tuple[dict[int, int], int]:
    """The plan's measure lines from all sources by measure, and those that belong to no measure, in øre."""
    if plan is None:
        return {}, 0
    sums = dict(
        BudgetLine.objects.filter(plan=plan, purpose=LinePurpose.MEASURE)
        .order_by()
        .values_list("plan_measure__measure_id")
        .annotate(total=Sum("amount"))
    )
    loose = sums.pop(None, 0)
    return {int(pk): int(total) for pk, total in sums.items()}, int(loose)


def _unserved(programme: Programme, plan: ActionPlan | None) -> tuple[int | None, tuple[NationalGoal, ...]]:
    """The state's goals of the latest year that no measure serves, by itself or through one of its sub-goals."""
    years = NationalGoal.objects.order_by("-year")
    if plan is not None:
        years = years.filter(year__lte=plan.year)
    year = years.values_list("year", flat=True).first()
    if year is None:
        return None, ()
    directly = Measure.national_goals.through.objects.filter(measure__programme=programme)
    through_goals = Goal.national_goals.through.objects.filter(goal__measure_links__measure__programme=programme)
    unserved = (
        NationalGoal.objects.filter(year=year)
        .exclude(pk__in=directly.values("nationalgoal_id"))
        .exclude(pk__in=through_goals.values("nationalgoal_id"))
        .order_by("position")
    )
    return year, tuple(unserved)
