"""What in a programme answers the state's goals of a year, and which links of before may come again (B4)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from samloft.plans.models import ActionPlan, Measure, Phase
from samloft.plans.queries.name_matching import likeness, plain
from samloft.programmes.models import Goal, NationalGoal, Programme

# How alike two years' texts must be before the later one counts as the same goal.
RECURS = 80


@dataclass(frozen=True)
class NationalRow:
    """One of the state's goals with what is linked to it.

    `measures` are in scope: those of the year's plan, or all that are not closed when there is no plan. `by_goals`
    serve it only by a goal of the programme. `outside` are linked, and stand outside the plan.
    """

    goal: NationalGoal
    goals: tuple[Goal, ...]
    measures: tuple[Measure, ...]
    by_goals: tuple[Measure, ...]
    outside: tuple[Measure, ...]

    @property
    def is_served(self) -> bool:
        return bool(self.measures or self.by_goals)


def national_rows(programme: Programme, year: int, plan: ActionPlan | None) -> tuple[NationalRow, ...]:
    """The state's goals for the year, in order. Six queries at most."""
    national = list(NationalGoal.objects.filter(year=year))
    if not national:
        return ()
    measures = _measures(programme)
    in_plan = set(plan.plan_measures.values_list("measure_id", flat=True)) if plan else set(measures)
    goals = {goal.pk: goal for goal in programme.goals.filter(national_goals__in=national).distinct()}
    of_goals = _pairs(
        Goal.national_goals.through.objects.filter(goal__in=goals, nationalgoal__in=national), "goal_id"
    )
    directly = _pairs(
        Measure.national_goals.through.objects.filter(measure__in=measures, nationalgoal__in=national),
        "measure_id",
    )
    through = _pairs(
        Goal.national_goals.through.objects.filter(
            goal__measure_links__measure__in=measures, nationalgoal__in=national
        ),
        "goal__measure_links__measure_id",
    )

    def named(pks: Iterable[int]) -> tuple[Measure, ...]:
        wanted = set(pks)
        return tuple(measure for pk, measure in measures.items() if pk in wanted)

    return tuple(
        NationalRow(
            one,
            tuple(goal for pk, goal in goals.items() if pk in of_goals[one.pk]),
            named(directly[one.pk] & in_plan),
            named((through[one.pk] - directly[one.pk]) & in_plan),
            named((directly[one.pk] | through[one.pk]) - in_plan),
        )
        for one in national
    )


@dataclass(frozen=True)
class Recurrence:
    """A goal of the state that comes back, with the links of before that the new one lacks."""

    before: NationalGoal
    now: NationalGoal
    goals: tuple[Goal, ...]
    measures: tuple[Measure, ...]

    @property
    def is_unchanged(self) -> bool:
        return plain(self.before.text) == plain(self.now.text)


def recurrences(programme: Programme, year: int) -> tuple[Recurrence, ...]:
    """What may be carried over to the year from the last year before it that has goals. Seven queries at most."""
    now = list(NationalGoal.objects.filter(year=year))
    last = NationalGoal.objects.filter(year__lt=year).order_by("-year").values("year")[:1]
    before = list(NationalGoal.objects.filter(year__in=last)) if now else []
    pairs = _alike(before, now)
    if not pairs:
        return ()
    measures = _measures(programme)
    goals = {goal.pk: goal for goal in programme.goals.filter(national_goals__in=before).distinct()}
    both = [*before, *now]
    of_goals = _pairs(Goal.national_goals.through.objects.filter(goal__in=goals, nationalgoal__in=both), "goal_id")
    of_measures = _pairs(
        Measure.national_goals.through.objects.filter(measure__in=measures, nationalgoal__in=both), "measure_id"
    )
    found = [
        Recurrence(
            old,
            new,
            tuple(goal for pk, goal in goals.items() if pk in of_goals[old.pk] - of_goals[new.pk]),
            tuple(one for pk, one in measures.items() if pk in of_measures[old.pk] - of_measures[new.pk]),
        )
        for old, new in pairs
    ]
    return tuple(one for one in found if one.goals or one.measures)


def _alike(before: list[NationalGoal], now: list[NationalGoal]) -> list[tuple[NationalGoal, NationalGoal]]:
    """Pairs of goals that say the same, the most alike first in getting each other; in the order of the later."""
    scored = sorted(
        ((likeness(plain(old.text), plain(new.text)), old, new) for old in before for new in now),
        key=lambda scored: (-scored[0], scored[2].position, scored[1].position),
    )
    pairs: dict[NationalGoal, NationalGoal] = {}
    for score, old, new in scored:
        if score >= RECURS and new not in pairs and old not in pairs.values():
            pairs[new] = old
    return [(pairs[new], new) for new in now if new in pairs]


def _measures(programme: Programme) -> dict[int, Measure]:
    """Those that are not closed, by number."""
    measures = programme.measures.exclude(phase=Phase.CLOSED).only("name", "number", "programme")
    return {measure.pk: measure for measure in measures}


def _pairs(links: Iterable[object], other: str) -> dict[int, set[int]]:
    """By national goal, the ids of what a queryset of links ties to it."""
    found: dict[int, set[int]] = defaultdict(set)
    for national, pk in links.values_list("nationalgoal_id", other):  # type: ignore[attr-defined]
        found[national].add(pk)
    return found
