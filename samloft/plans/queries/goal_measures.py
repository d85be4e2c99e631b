"""The measures that serve the goals of a programme, and how their money falls on one of them (B5)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum

from samloft.plans.models import BudgetLine, LinePurpose, Measure, MeasureGoal, Phase
from samloft.plans.queries import goal_split
from samloft.programmes.models import Goal, Programme


@dataclass(frozen=True)
class GoalMeasure:
    """A measure below a goal. `weights` are of each sub-goal it serves there; None where nobody has set one.

    `amounts` is the estimated øre for each year of `GoalMeasures.years`, None when the plan has no money for it.
    """

    measure: Measure
    weights: tuple[int | None, ...]
    amounts: tuple[int | None, ...]


@dataclass(frozen=True)
class GoalMeasures:
    """`years` are those of the plans that have money for a measure here, the latest first."""

    years: tuple[int, ...]
    rows: tuple[GoalMeasure, ...]
    totals: tuple[int, ...]


def goal_measures(goal: Goal) -> GoalMeasures:
    """Of a sub-goal the measures that serve it; of a goal above, those of its sub-goals. Four queries."""
    below = _below(goal.programme_id)[goal.pk]
    serving = MeasureGoal.objects.filter(goal__in=below).values("measure_id")
    named = Measure.objects.filter(pk__in=serving).order_by("number").only("name", "number", "phase")
    measures = {measure.pk: measure for measure in named}
    amounts: dict[int, dict[int, int]] = {}
    lines = BudgetLine.objects.filter(plan_measure__measure__in=measures, purpose=LinePurpose.MEASURE).order_by()
    summed = lines.values_list("plan__year", "plan_measure__measure_id").annotate(total=Sum("amount"))
    for year, measure, amount in summed:
        amounts.setdefault(year, {})[measure] = int(amount)
    links = list(
        MeasureGoal.objects.filter(measure__in=measures)
        .order_by("measure__number", "pk")
        .values_list("measure_id", "goal_id", "weight")
    )
    weights: dict[int, list[int | None]] = {}
    for pk, to, weight in links:
        if to in below:
            weights.setdefault(pk, []).append(weight)
    years = tuple(sorted(amounts, reverse=True))
    falls = {year: _falls(amounts[year], links, below) for year in years}
    rows = tuple(
        GoalMeasure(
            measure, tuple(weights[pk]), tuple(falls[year][pk] if pk in amounts[year] else None for year in years)
        )
        for pk, measure in measures.items()
    )
    return GoalMeasures(years, rows, tuple(sum(falls[year].values()) for year in years))


def _falls(
    amounts: dict[int, int], links: list[tuple[int, int, int | None]], below: frozenset[int]
) -> dict[int, int]:
    """By measure, the øre that fall on these goals."""
    found: dict[int, int] = {}
    for part in goal_split.split(amounts, links):
        if part.goal in below:
            found[part.measure] = found.get(part.measure, 0) + part.amount
    return found


def measure_counts(programme: Programme) -> dict[int, int]:
    """How many measures that are not closed serve each goal, or one of the sub-goals below it. Two queries."""
    serving: dict[int, set[int]] = {}
    links = MeasureGoal.objects.filter(measure__programme=programme).exclude(measure__phase=Phase.CLOSED)
    for goal, measure in links.order_by().values_list("goal_id", "measure_id"):
        serving.setdefault(goal, set()).add(measure)
    return {
        pk: len(set().union(*(serving.get(one, set()) for one in below)))
        for pk, below in _below(programme.pk).items()
    }


def _below(programme_id: int) -> dict[int, frozenset[int]]:
    """By goal: the goal itself and all that stand below it. One query."""
    parents: dict[int, int | None] = dict(
        Goal.objects.filter(programme=programme_id).order_by().values_list("pk", "parent_id")
    )
    below: dict[int, set[int]] = {pk: set() for pk in parents}
    for pk in parents:
        for above in _upwards(pk, parents):
            below[above].add(pk)
    return {pk: frozenset(found) for pk, found in below.items()}


def _upwards(pk: int, parents: dict[int, int | None]) -> Iterable[int]:
    at: int | None = pk
    while at is not None:
        yield at
        at = parents[at]
