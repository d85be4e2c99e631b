"""What a plan's lines add up to, seen from five sides; every list sums to the total, to the øre (D2)."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samloft.plans.models import ActionPlan, BudgetLine, CostKind, LinePurpose, Source

UNKNOWN = ""
NO_MEASURE = "no_measure"
NO_FOCUS_AREA = "no_focus_area"
COMMON = "common"
NOT_SPLIT = "not_split"


@dataclass(frozen=True)
class Share:
    """A part of the total, in øre. `key` is a code or an id as text."""

    key: str
    label: str
    amount: int


@dataclass(frozen=True)
class Totals:
    """Sides without lines have no row; what is unknown or belongs nowhere has one of its own."""

    total: int
    per_source: tuple[Share, ...]
    per_measure: tuple[Share, ...]
    per_focus_area: tuple[Share, ...]
    per_purpose: tuple[Share, ...]
    per_cost_kind: tuple[Share, ...]


def totals(plan: ActionPlan) -> Totals:
    """Two queries, however many lines there are."""
    lines = plan.lines.select_related("plan_measure__measure__focus_area").prefetch_related("splits")
    return of_lines(lines)


def of_lines(lines: Iterable[BudgetLine]) -> Totals:
    """The totals of lines that carry measure, focus area and splits already; no query."""
    lines = list(lines)
    return Totals(
        total=sum(line.amount for line in lines),
        per_source=_added(lines, _source),
        per_measure=_added(lines, _measure),
        per_focus_area=_added(lines, _focus_area),
        per_purpose=_added(lines, _purpose),
        per_cost_kind=_cost_kinds(lines),
    )


# Where a row stands in its list, its key and its label.
_Side = tuple[Hashable, str, str]


def _added(lines: list[BudgetLine], side: Callable[[BudgetLine], _Side]) -> tuple[Share, ...]:
    sums: dict[_Side, int] = {}
    for line in lines:
        place = side(line)
        sums[place] = sums.get(place, 0) + line.amount
    ordered = sorted(sums, key=lambda place: place[0])  # type: ignore[arg-type,return-value]
    return tuple(Share(key, label, sums[(place, key, label)]) for place, key, label in ordered)


def _source(line: BudgetLine) -> _Side:
    if not line.source:
        return len(Source), UNKNOWN, _("Source unknown")
    source = Source(line.source)
    return list(Source).index(source), str(source), str(source.label)


def _measure(line: BudgetLine) -> _Side:
    if line.plan_measure:
        measure = line.plan_measure.measure
        return (0, line.plan_measure.position, measure.pk), str(measure.pk), measure.name
    if line.purpose == LinePurpose.MEASURE:
        return (1, 0, 0), NO_MEASURE, _("Lines without a measure")
    purpose = LinePurpose(line.purpose)
    return (2, list(LinePurpose).index(purpose), 0), str(purpose), str(purpose.label)


def _focus_area(line: BudgetLine) -> _Side:
    if line.purpose != LinePurpose.MEASURE:
        return (2, 0, 0), COMMON, _("Shared costs of the programme")
    area = line.plan_measure.measure.focus_area if line.plan_measure else None
    if area is None:
        return (1, 0, 0), NO_FOCUS_AREA, _("Without focus area")
    return (0, area.position, area.pk), str(area.pk), area.name


def _purpose(line: BudgetLine) -> _Side:
    purpose = LinePurpose(line.purpose)
    label = _("Measures") if purpose == LinePurpose.MEASURE else str(purpose.label)
    return list(LinePurpose).index(purpose), str(purpose), label


def _cost_kinds(lines: list[BudgetLine]) -> tuple[Share, ...]:
    sums: dict[str, int] = {}
    for line in lines:
        for part in line.splits.all():
            sums[part.kind] = sums.get(part.kind, 0) + part.amount
    rest = sum(line.amount for line in lines) - sum(sums.values())
    shares = [Share(str(kind), str(kind.label), sums[kind]) for kind in CostKind if kind in sums]
    if rest:
        shares.append(Share(NOT_SPLIT, _("Not split"), rest))
    return tuple(shares)
