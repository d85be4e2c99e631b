"""How goals, measures and money meet in the plan of a year, and where they do not (B5).

The money of a measure is split on its goals by the weights, equally where nobody has set one; see `goal_split.py`.
Money that falls on no goal is shown as such: every list of amounts here sums to the plan's total, or to the money
that the plan has for measures.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Sum
from django.utils.translation import gettext as _

from samloft.indicators.queries.goal_targets import goals_with_targets
from samloft.plans.models import ActionPlan, BudgetLine, LinePurpose, Measure, MeasureGoal, Phase
from samloft.plans.queries import goal_split
from samloft.plans.queries.national_service import GoalService, goal_services
from samloft.programmes.models import GoalTrack, NationalGoal, Programme
from samloft.programmes.queries.goals import SubGoal, sub_goals


@dataclass(frozen=True)
class Extent:
    """How many measures and how much of their money something reaches, beside all there is. Amounts in øre."""

    measures: int
    of_measures: int
    amount: int
    of_amount: int

    @property
    def measure_share(self) -> float | None:
        return _share(self.measures, self.of_measures)

    @property
    def money_share(self) -> float | None:
        return _share(self.amount, self.of_amount)


@dataclass(frozen=True)
class ServingMeasure:
    """A measure that serves a goal, with its weight in percent if one is set; `amount` is the estimated øre."""

    measure: Measure
    weight: int | None
    amount: int


@dataclass(frozen=True)
class CoveredGoal:
    """A sub-goal with the measures in scope that serve it, and those that serve it outside the plan."""

    sub: SubGoal
    serving: tuple[ServingMeasure, ...]
    outside: tuple[Measure, ...]
    extent: Extent


@dataclass(frozen=True)
class Group:
    """Goals of one track or one focus area; "" for goals that belong to no focus area.

    A measure counts once in a group, and in every group that it serves.
    """

    label: str
    goals: int
    extent: Extent


@dataclass(frozen=True)
class MoneyRow:
    """A part of the plan's money. `place` is where the page of coverage lists what it consists of, if it does."""

    label: str
    amount: int
    share: float | None
    is_estimate: bool = False
    place: str = ""


@dataclass(frozen=True)
class PlanMoney:
    """Where the plan's money stands, in øre. `without_measure` are lines for measures that name none."""

    on_goals: int
    without_goals: int
    without_measure: int
    other_purposes: tuple[tuple[LinePurpose, int], ...]

    @property
    def for_measures(self) -> int:
        return self.on_goals + self.on_no_goal

    @property
    def on_no_goal(self) -> int:
        return self.without_goals + self.without_measure

    @property
    def total(self) -> int:
        return self.for_measures + sum(amount for _what, amount in self.other_purposes)

    @property
    def rows(self) -> tuple[MoneyRow, ...]:
        """They sum to the total. What there is nothing of is left out, except money on goals and on none."""
        return (
            MoneyRow(_("Falls on goals"), self.on_goals, self._of_total(self.on_goals), True, "goals"),
            MoneyRow(
                _("Measures without goals"),
                self.without_goals,
                self._of_total(self.without_goals),
                place="without-goals",
            ),
            *(
                [
                    MoneyRow(
                        _("Lines for measures that name no measure"),
                        self.without_measure,
                        self._of_total(self.without_measure),
                    )
                ]
                if self.without_measure
                else []
            ),
            *(
                MoneyRow(str(purpose.label), amount, self._of_total(amount))
                for purpose, amount in self.other_purposes
            ),
        )

    def _of_total(self, amount: int) -> float | None:
        return _share(amount, self.total)


@dataclass(frozen=True)
class Coverage:
    """In scope are the measures of the plan; without a plan, those that are not closed."""

    plan: ActionPlan | None
    measures: tuple[Measure, ...]
    goals: tuple[CoveredGoal, ...]
    without_goals: tuple[ServingMeasure, ...]
    tracks: tuple[Group, ...]
    focus_areas: tuple[Group, ...]
    money: PlanMoney
    national_year: int | None
    national: tuple[GoalService, ...]
    with_indicator: frozenset[int]

    @property
    def goals_without_indicators(self) -> tuple[CoveredGoal, ...]:
        return tuple(goal for goal in self.goals if goal.sub.goal.pk not in self.with_indicator)

    @property
    def goals_without_measures(self) -> tuple[CoveredGoal, ...]:
        return tuple(goal for goal in self.goals if not goal.serving)

    @property
    def national_unserved(self) -> tuple[NationalGoal, ...]:
        return tuple(service.goal for service in self.national if not service.measures)


def coverage(programme: Programme, plan: ActionPlan | None) -> Coverage:
    """Nine queries at most, however much there is."""
    every = list(
        Measure.objects.filter(programme=programme).only("name", "number", "phase", "programme", "parent")
    )
    in_plan = set(plan.plan_measures.values_list("measure_id", flat=True)) if plan else set()
    in_scope = {one.pk: one for one in every if one.pk in in_plan or (plan is None and one.phase != Phase.CLOSED)}
    outside = {one.pk: one for one in every if one.pk not in in_scope and one.phase != Phase.CLOSED}
    amounts, without_measure, others = _amounts(plan)
    links = list(
        MeasureGoal.objects.filter(measure__programme=programme)
        .order_by("measure__number", "pk")
        .values_list("measure_id", "goal_id", "weight")
    )
    parts = goal_split.split(amounts, [link for link in links if link[0] in in_scope])
    linked = {measure for measure, _to, _weight in links}
    # A part of another measure counts with that one, unless it stands in the plan itself.
    without_goals = tuple(
        ServingMeasure(one, None, amounts.get(pk, 0))
        for pk, one in in_scope.items()
        if pk not in linked and (plan or one.parent_id not in linked)
    )
    money = PlanMoney(
        on_goals=sum(part.amount for part in parts),
        without_goals=sum(one.amount for one in without_goals),
        without_measure=without_measure,
        other_purposes=others,
    )
    whole = Extent(len(in_scope), len(in_scope), money.for_measures, money.for_measures)
    goals = tuple(
        CoveredGoal(sub, serving, beyond, _extent(serving, whole))
        for sub, serving, beyond in _served(sub_goals(programme), parts, links, in_scope, outside)
    )
    year = plan.year if plan else _latest_national_year(programme)
    return Coverage(
        plan=plan,
        measures=tuple(in_scope.values()),
        goals=goals,
        without_goals=without_goals,
        tracks=tuple(
            _group(str(track.label), [goal for goal in goals if goal.sub.goal.track == track], whole)
            for track in GoalTrack
        ),
        focus_areas=_by_focus_area(programme, goals, whole),
        money=money,
        national_year=year,
        national=goal_services(year, in_scope.values()) if year else (),
        with_indicator=goals_with_targets(goal.sub.goal.pk for goal in goals),
    )


def _amounts(plan: ActionPlan | None) -> tuple[dict[int, int], int, tuple[tuple[LinePurpose, int], ...]]:
    """From all sources, in øre: by measure, on measure lines that name none, and by other purposes in use."""
    if plan is None:
        return {}, 0, ()
    by_measure: dict[int, int] = {}
    by_purpose: dict[str, int] = {}
    summed = BudgetLine.objects.filter(plan=plan).order_by().values_list("purpose", "plan_measure__measure_id")
    for purpose, measure, amount in summed.annotate(total=Sum("amount")):
        if measure is None:
            by_purpose[purpose] = int(amount)
        else:
            by_measure[measure] = int(amount)
    without_measure = by_purpose.pop(LinePurpose.MEASURE, 0)
    others = tuple((purpose, by_purpose[purpose]) for purpose in LinePurpose if purpose in by_purpose)
    return by_measure, without_measure, others


def _served(
    subs: Sequence[SubGoal],
    parts: Iterable[goal_split.Part],
    links: Iterable[tuple[int, int, int | None]],
    in_scope: Mapping[int, Measure],
    outside: Mapping[int, Measure],
) -> Iterator[tuple[SubGoal, tuple[ServingMeasure, ...], tuple[Measure, ...]]]:
    serving: dict[int, list[ServingMeasure]] = defaultdict(list)
    for part in parts:
        serving[part.goal].append(ServingMeasure(in_scope[part.measure], part.weight, part.amount))
    beyond: dict[int, list[Measure]] = defaultdict(list)
    for measure, goal, _weight in links:
        if measure in outside:
            beyond[goal].append(outside[measure])
    for sub in subs:
        yield sub, tuple(serving[sub.goal.pk]), tuple(beyond[sub.goal.pk])


def _extent(serving: Sequence[ServingMeasure], whole: Extent) -> Extent:
    measures = {one.measure.pk for one in serving}
    return Extent(len(measures), whole.measures, sum(one.amount for one in serving), whole.amount)


def _group(label: str, goals: Sequence[CoveredGoal], whole: Extent) -> Group:
    return Group(label, len(goals), _extent([one for goal in goals for one in goal.serving], whole))


def _by_focus_area(programme: Programme, goals: Sequence[CoveredGoal], whole: Extent) -> tuple[Group, ...]:
    """Every focus area, also one without goals; and the goals that belong to none, if there are any."""
    groups = [
        _group(area.name, [goal for goal in goals if goal.sub.focus_area == area], whole)
        for area in programme.focus_areas.all()
    ]
    of_none = [goal for goal in goals if goal.sub.focus_area is None]
    return (*groups, *([_group("", of_none, whole)] if of_none else []))


def _latest_national_year(programme: Programme) -> int | None:
    """The last budget year with goals of the state; after its end a programme answers none of them."""
    goals = NationalGoal.objects.order_by("-year")
    if programme.ends_on:
        goals = goals.filter(year__lte=programme.ends_on.year)
    return goals.values_list("year", flat=True).first()


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
