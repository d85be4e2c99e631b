"""The list of a programme's measures, and what the page of one measure shows beside its own fields."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Sum
from django.utils.translation import gettext as _

from samloft.plans.models import FollowUpAnswer, Measure, Phase, PlanMeasure, PlanState
from samloft.plans.queries import gate
from samloft.plans.queries.gate import GateItem
from samloft.programmes.models import FollowUpPoint, Programme

ENDED = frozenset({Phase.CLOSED, Phase.MAINSTREAMED})

# Sort keys of the list, as they stand in addresses.
SORTS = ("number", "name", "focus_area", "phase", "money", "gaps")


@dataclass(frozen=True)
class MeasureRow:
    """One row of the list. Amounts in øre for `year` and the year after; None where no line says anything."""

    pk: int
    number: int
    name: str
    name_rank: int
    focus_area_id: int | None
    focus_area: str
    focus_area_position: int
    lead_unit: str
    responsible_role: str
    external_funding: str
    phase: Phase | None
    plan_years: tuple[int, ...]
    this_year: int | None
    next_year: int | None
    gaps: tuple[GateItem, ...]
    next_action: str

    @property
    def lead(self) -> str:
        return ", ".join(filter(None, (self.responsible_role, self.lead_unit)))

    @property
    def years(self) -> str:
        return short_years(self.plan_years)


@dataclass(frozen=True)
class MeasureFilter:
    """What to leave in the list. `focus_area` 0 is no focus area; `phase` "unknown" that nobody has set it."""

    text: str = ""
    focus_area: int | None = None
    phase: str = ""
    year: int | None = None
    only_gaps: bool = False
    sort: str = "number"
    falling: bool = False


@dataclass
class _Years:
    years: set[int] = field(default_factory=set)
    amounts: dict[int, int | None] = field(default_factory=dict)


def measure_rows(programme: Programme, *, year: int, today: date) -> list[MeasureRow]:
    """All measures of the programme, by number. Five queries."""
    in_plans: dict[int, _Years] = {}
    open_years: set[int] = set()
    places = PlanMeasure.objects.filter(plan__programme=programme).order_by()
    for pk, plan_year, state, amount in places.values_list("measure_id", "plan__year", "plan__state").annotate(
        total=Sum("lines__amount")
    ):
        entry = in_plans.setdefault(pk, _Years())
        entry.years.add(plan_year)
        entry.amounts[plan_year] = amount
        if state in (PlanState.DRAFT, PlanState.RETURNED):
            open_years.add(plan_year)
    measures = list(
        Measure.objects.filter(programme=programme)
        .select_related("focus_area")
        .defer("description", "purpose")
        .order_by("name", "number")
    )
    gates = gate.gates(measures)
    rows = [
        _row(measure, rank, in_plans.get(measure.pk, _Years()), tuple(gates[measure.pk]), year, open_years, today)
        for rank, measure in enumerate(measures)
    ]
    return sorted(rows, key=lambda row: row.number)


def chosen(rows: Iterable[MeasureRow], wanted: MeasureFilter) -> list[MeasureRow]:
    """The rows that the filter leaves, in its order; rows without a value come last either way."""
    left = [row for row in rows if _matches(row, wanted)]
    without = [row for row in left if _sort_value(row, wanted.sort) is None]
    having = [row for row in left if _sort_value(row, wanted.sort) is not None]
    having.sort(key=lambda row: _sort_value(row, wanted.sort), reverse=wanted.falling)  # type: ignore[arg-type,return-value]
    return having + without


def short_years(years: Sequence[int]) -> str:
    """`2024–2026, 2028` from single years."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _row(
    measure: Measure,
    rank: int,
    in_plans: _Years,
    items: tuple[GateItem, ...],
    year: int,
    open_years: set[int],
    today: date,
) -> MeasureRow:
    gaps = () if measure.phase in ENDED else tuple(gate.missing(items))
    return MeasureRow(
        pk=measure.pk,
        number=measure.number,
        name=measure.name,
        name_rank=rank,
        focus_area_id=measure.focus_area_id,
        focus_area=measure.focus_area.name if measure.focus_area else "",
        focus_area_position=measure.focus_area.position if measure.focus_area else 0,
        lead_unit=measure.lead_unit,
        responsible_role=measure.responsible_role,
        external_funding=measure.external_funding,
        phase=Phase(measure.phase) if measure.phase else None,
        plan_years=tuple(sorted(in_plans.years)),
        this_year=in_plans.amounts.get(year),
        next_year=in_plans.amounts.get(year + 1),
        gaps=gaps,
        next_action=_next_action(measure, gaps, in_plans.years, open_years, year, today),
    )


def _next_action(
    measure: Measure, gaps: tuple[GateItem, ...], years: set[int], open_years: set[int], year: int, today: date
) -> str:
    """The one thing to do now, in a few words; "" when nothing waits."""
    if measure.phase in ENDED:
        return ""
    if gaps and measure.gate_due_on and measure.gate_due_on < today:
        return _("Overdue: %(gap)s") % {"gap": gaps[0].label.lower()}
    if year + 1 in open_years and year in years and year + 1 not in years:
        return _("Decide if it goes on in %(year)s") % {"year": year + 1}
    if gaps:
        return _("Fill in: %(gap)s") % {"gap": gaps[0].label.lower()}
    if not measure.phase:
        return _("Set the phase")
    return ""


def _matches(row: MeasureRow, wanted: MeasureFilter) -> bool:
    phase = row.phase or "unknown"
    return (
        (not wanted.text or wanted.text.casefold() in row.name.casefold() or wanted.text == str(row.number))
        and (wanted.focus_area is None or (row.focus_area_id or 0) == wanted.focus_area)
        and (not wanted.phase or phase == wanted.phase)
        and (wanted.year is None or wanted.year in row.plan_years)
        and (not wanted.only_gaps or bool(row.gaps))
    )


def _sort_value(row: MeasureRow, sort: str) -> int | str | None:
    match sort:
        case "name":
            return row.name_rank
        case "focus_area":
            return row.focus_area_position if row.focus_area else None
        case "phase":
            return list(Phase).index(row.phase) if row.phase else None
        case "money":
            return row.next_year if row.next_year is not None else row.this_year
        case "gaps":
            return len(row.gaps)
    return row.number


def unanswered_points(programme: Programme) -> list[FollowUpPoint]:
    """Points of decisions that no measure answers, the most pressing first. One query."""
    return list(
        FollowUpPoint.objects.filter(decision__programme=programme)
        .exclude(pk__in=FollowUpAnswer.objects.values("point_id"))
        .select_related("decision__body", "decision__programme")
        .order_by(F("due_on").asc(nulls_last=True), "decision_id", "position")
    )
