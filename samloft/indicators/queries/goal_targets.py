"""How far the sub-goals have come: the last figure against the baseline and the target (B8)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samloft.core.charts import sparkline
from samloft.core.statuses import Status
from samloft.core.templatetags.formats import percent
from samloft.indicators.figures import mark, period, year_of
from samloft.indicators.models import Direction, GoalTarget, IndicatorDefinition, StatisticsImport
from samloft.indicators.queries.figures import definitions, deliveries, last_known, series
from samloft.indicators.queries.owners import owners_for
from samloft.indicators.queries.series import Point, Series
from samloft.programmes.models import Goal

REACHED = Status(
    gettext_lazy("Reached"), "success", meaning=gettext_lazy("The last figure is at the target or past it.")
)
ON_THE_WAY = Status(
    gettext_lazy("On the way"),
    "info",
    meaning=gettext_lazy("The last figure is nearer to the target than the baseline."),
)
UNCHANGED = Status(
    gettext_lazy("Unchanged"), "neutral", meaning=gettext_lazy("The last figure is the same as the baseline.")
)
MOVING_AWAY = Status(
    gettext_lazy("Moving away"),
    "warning",
    meaning=gettext_lazy("The last figure is farther from the target than the baseline."),
)
NOT_REACHED = Status(
    gettext_lazy("Not reached in time"),
    "danger",
    meaning=gettext_lazy("The year of the target has a figure, and it is not at the target."),
)
NO_FIGURE = Status(
    gettext_lazy("No figure yet"),
    "neutral",
    "question",
    meaning=gettext_lazy("Nothing has been measured since the baseline, or nothing at all."),
)
NO_TARGET = Status(
    gettext_lazy("No target value"),
    "neutral",
    "question",
    meaning=gettext_lazy("It is not said how far the figure is to move."),
)
NO_BASELINE = Status(
    gettext_lazy("Baseline unknown"),
    "neutral",
    "question",
    meaning=gettext_lazy("Without a figure from the start nobody can see how far the way has been."),
)


@dataclass(frozen=True)
class TargetView:
    """`share` is how much of the way from baseline to target is gone, 0 to 1; None when it cannot be known.

    `revised` is what the source says of the baseline's period today, when that is something else.
    """

    target: GoalTarget
    name: str
    points: tuple[Point, ...]
    last: Point | None
    delivery: StatisticsImport | None
    status: Status
    share: float | None
    revised: Point | None
    after_break: bool
    new_definition: bool

    @property
    def line(self) -> SafeString:
        """The figures through the years as a small line; nothing when there are too few."""
        known = [point for point in self.points if point.value is not None]
        if len(known) < 2:
            return SafeString("")
        ends = {"first": period(known[0].period), "last": period(known[-1].period), "count": len(known)}
        words = _("%(count)d figures from %(first)s to %(last)s") % ends
        return sparkline([mark(point) for point in self.points], words=words)

    @property
    def words(self) -> str:
        return "" if self.share is None else _("%(share)s of the way") % {"share": percent(self.share)}


def of_goals(goals: Iterable[Goal]) -> Mapping[int, tuple[TargetView, ...]]:
    """The targets of each goal, by its primary key. A constant number of queries for each programme."""
    found: dict[int, list[TargetView]] = {}
    targets = GoalTarget.objects.filter(goal__in=[goal.pk for goal in goals])
    for view in views(targets.select_related("indicator", "area", "goal__programme")):
        found.setdefault(view.target.goal_id, []).append(view)
    return {pk: tuple(views) for pk, views in found.items()}


def views(targets: QuerySet[GoalTarget]) -> list[TargetView]:
    """As each target's own programme reads the figures. A constant number of queries for each programme."""
    rows = list(targets)
    known: dict[int, Series] = {}
    for programme in {target.goal.programme for target in rows}:
        of_it = [target for target in rows if target.goal.programme == programme]
        owners = owners_for(programme)
        found = series((target.indicator for target in of_it), (target.area for target in of_it), owners)
        known |= {target.pk: found[target.indicator_id, target.area_id] for target in of_it}
    own = [known[target.pk] for target in rows]
    names = definitions(target.indicator_id for target in rows)
    sources = deliveries(last_known(one) for one in own)
    return [_view(target, names[target.indicator_id], one, sources) for target, one in zip(rows, own, strict=True)]


def goals_with_targets(goals: Iterable[int]) -> frozenset[int]:
    """Those of the goals, by primary key, that an indicator shows the way of. One query."""
    found = GoalTarget.objects.filter(goal__in=set(goals)).order_by()
    return frozenset(found.values_list("goal_id", flat=True))


def _view(
    target: GoalTarget, meaning: IndicatorDefinition, own: Series, sources: Mapping[int, StatisticsImport]
) -> TargetView:
    last = last_known(own)
    status, share = _judge(target, last)
    start = year_of(target.baseline_period) if target.baseline_period else None
    return TargetView(
        target,
        meaning.name,
        own.line,
        last,
        sources.get(last.batch_id or 0) if last else None,
        status,
        share,
        revised=_revised(target, own),
        after_break=start is not None and any(point.after_break and point.year > start for point in own.points),
        new_definition=target.definition_id is not None and target.definition_id != meaning.pk,
    )


def _revised(target: GoalTarget, own: Series) -> Point | None:
    """A baseline that no source has given is nobody's to revise; one is compared as it is written."""
    now, then = own.at(target.baseline_period), target.baseline_value
    if now is None or then is None:
        return None
    decimals = target.indicator.decimals
    return None if now.value is not None and round(now.value, decimals) == round(then, decimals) else now


def _judge(target: GoalTarget, last: Point | None) -> tuple[Status, float | None]:
    """Where the last figure stands, and how much of the way is gone."""
    start, end = target.baseline_value, target.target_value
    if last is None or last.amount is None or not _is_later(last, target.baseline_period):
        return NO_FIGURE, None
    if end is None:
        return NO_TARGET, None
    up = wanted_up(target)
    if last.amount == end or (up is not None and (last.amount > end) == up):
        return REACHED, 1.0
    is_late = target.target_on is not None and last.year >= target.target_on.year
    if start is None or start == end:
        return (NOT_REACHED if is_late else NO_BASELINE), None
    share = min(1.0, max(0.0, (last.amount - start) / (end - start)))
    if is_late:
        return NOT_REACHED, share
    if last.amount == start:
        return UNCHANGED, share
    return (ON_THE_WAY if share > 0 else MOVING_AWAY), share


def _is_later(last: Point, baseline_period: str) -> bool:
    return not baseline_period or (last.year >= year_of(baseline_period) and last.period != baseline_period)


def wanted_up(target: GoalTarget) -> bool | None:
    """Whether the figure is to rise; None when neither the target nor the indicator tells."""
    if target.baseline_value is not None and target.target_value not in (None, target.baseline_value):
        return target.target_value > target.baseline_value
    known = {Direction.HIGHER_IS_BETTER: True, Direction.HIGHER_IS_WORSE: False}
    return known.get(Direction(target.indicator.direction))
