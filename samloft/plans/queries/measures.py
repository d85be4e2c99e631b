"""The list of a programme's measures, and what the page of one measure shows beside its own fields."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Sum
from django.utils.translation import gettext as _

from samloft.plans.models import (
    Gap,
    GapAcceptance,
    MandateStatus,
    Measure,
    MeasureGoal,
    Phase,
    PhaseInStep,
    PlanMeasure,
)
from samloft.plans.queries import gate
from samloft.programmes.models import OPEN_STATES, GoalTrack, Programme

ENDED = frozenset({Phase.CLOSED, Phase.MAINSTREAMED})

PHASE_ORDER = {phase: place for place, phase in enumerate(Phase)}

# Sort keys of the list, as they stand in addresses.
SORTS = ("number", "name", "focus_area", "phase", "money", "gaps")


@dataclass(frozen=True)
class MeasureRow:
    """One row of the list. Amounts in øre for `year` and the year after; None where no line says anything.

    Words are made when a row is shown, for the list sorts and filters many more rows than it shows.
    """

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
    year: int
    this_year: int | None
    next_year: int | None
    gaps: tuple[Gap, ...]
    is_overdue: bool
    may_go_on: bool

    @property
    def lead(self) -> str:
        return ", ".join(filter(None, (self.responsible_role, self.lead_unit)))

    @property
    def years(self) -> str:
        return short_years(self.plan_years)

    @property
    def next_action(self) -> str:
        """The one thing to do now, in a few words; "" when nothing waits."""
        if self.phase in ENDED:
            return ""
        if self.gaps and self.is_overdue:
            return _("Overdue: %(gap)s") % {"gap": str(self.gaps[0].label).lower()}
        if self.may_go_on:
            return _("Decide if it goes on in %(year)s") % {"year": self.year + 1}
        if self.gaps:
            return _("Fill in: %(gap)s") % {"gap": str(self.gaps[0].label).lower()}
        return "" if self.phase else _("Set the phase")


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


class _Stored(NamedTuple):
    """What the list reads of a measure, in the order of the query."""

    pk: int
    number: int
    name: str
    focus_area_id: int | None
    focus_area: str | None
    focus_area_position: int | None
    lead_unit: str
    responsible_role: str
    external_funding: str
    phase: str
    mandate_status: str
    gate_due_on: date | None
    exit_route: str
    has_target_groups: bool
    has_question: bool
    has_exit_words: bool
    has_resident_goal: bool
    has_organisational_goal: bool
    has_indicator: bool
    has_ladder: bool


@dataclass(frozen=True)
class _Plans:
    """In which years' plans the measures are, with their money in øre, and which of the plans are open."""

    amounts: dict[int, dict[int, int | None]]
    open_years: frozenset[int]


def measure_rows(programme: Programme, *, year: int, today: date) -> list[MeasureRow]:
    """All measures of the programme, by number. Three queries."""
    plans = _plans(programme)
    accepted = set(
        GapAcceptance.objects.filter(measure__programme=programme).order_by().values_list("measure_id", "gap")
    )
    rows = [_row(stored, rank, plans, accepted, year, today) for rank, stored in enumerate(_stored(programme))]
    return sorted(rows, key=lambda row: row.number)


def _stored(programme: Programme) -> Iterator[_Stored]:
    """The measures by name, as Norwegian sorts."""
    links = MeasureGoal.objects.filter(measure=OuterRef("pk"))
    found = (
        Measure.objects.filter(programme=programme)
        .annotate(
            has_target_groups=_is_filled("target_groups"),
            has_question=_is_filled("evaluation_question"),
            has_exit_words=_is_filled("exit_plan"),
            has_resident_goal=Exists(links.filter(goal__track=GoalTrack.RESIDENT)),
            has_organisational_goal=Exists(links.filter(goal__track=GoalTrack.ORGANISATIONAL)),
            has_indicator=Exists(links.filter(gate.has_target("goal"))),
            has_ladder=Exists(PhaseInStep.objects.filter(measure=OuterRef("pk"))),
        )
        .order_by("name", "number")
    )
    names = {"focus_area": "focus_area__name", "focus_area_position": "focus_area__position"}
    return (_Stored(*values) for values in found.values_list(*(names.get(name, name) for name in _Stored._fields)))


def _is_filled(field: str) -> "ExpressionWrapper[Q]":
    return ExpressionWrapper(~Q(**{field: ""}), output_field=BooleanField())


def _plans(programme: Programme) -> _Plans:
    amounts: dict[int, dict[int, int | None]] = {}
    open_years = set()
    places = PlanMeasure.objects.filter(plan__programme=programme).order_by()
    summed = places.values_list("measure_id", "plan__year", "plan__state").annotate(total=Sum("lines__amount"))
    for pk, plan_year, state, amount in summed:
        amounts.setdefault(pk, {})[plan_year] = amount
        if state in OPEN_STATES:
            open_years.add(plan_year)
    return _Plans(amounts, frozenset(open_years))


def _row(
    stored: _Stored, rank: int, plans: _Plans, accepted: set[tuple[int, str]], year: int, today: date
) -> MeasureRow:
    amounts = plans.amounts.get(stored.pk, {})
    return MeasureRow(
        pk=stored.pk,
        number=stored.number,
        name=stored.name,
        name_rank=rank,
        focus_area_id=stored.focus_area_id,
        focus_area=stored.focus_area or "",
        focus_area_position=stored.focus_area_position or 0,
        lead_unit=stored.lead_unit,
        responsible_role=stored.responsible_role,
        external_funding=stored.external_funding,
        phase=Phase(stored.phase) if stored.phase else None,
        plan_years=tuple(sorted(amounts)),
        year=year,
        this_year=amounts.get(year),
        next_year=amounts.get(year + 1),
        gaps=_gaps(stored, accepted),
        is_overdue=stored.gate_due_on is not None and stored.gate_due_on < today,
        may_go_on=year in amounts and year + 1 in plans.open_years and year + 1 not in amounts,
    )


def _gaps(stored: _Stored, accepted: set[tuple[int, str]]) -> tuple[Gap, ...]:
    """What the gate of a measure that has not ended lacks."""
    if stored.phase in ENDED:
        return ()
    facts = gate.Facts(
        mandate=stored.mandate_status == MandateStatus.ADOPTED,
        resident_goal=stored.has_resident_goal,
        organisational_goal=stored.has_organisational_goal,
        indicator=stored.has_indicator,
        owner=bool(stored.lead_unit or stored.responsible_role),
        target_group=stored.has_target_groups,
        evaluation_question=stored.has_question,
        exit_plan=gate.has_exit_plan(
            stored.exit_route, has_ladder=stored.has_ladder, has_words=stored.has_exit_words
        ),
    )
    return tuple(gap for gap in gate.unmet(facts) if (stored.pk, gap.value) not in accepted)


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
            return PHASE_ORDER[row.phase] if row.phase else None
        case "money":
            return row.next_year if row.next_year is not None else row.this_year
        case "gaps":
            return len(row.gaps)
    return row.number
