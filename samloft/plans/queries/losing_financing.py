"""What the measures cost the programme now, and which of those kroner nobody has taken over when it ends (C3).

The rule, which the page states too:

* What a measure gets now is its lines from programme grant and carried-over money in the latest plan up to `year`.
* The ladder's shares are of the year's whole cost. So the whole cost is what it gets now divided by the ladder's
  grant share in the plan's year.
* What loses financing is the whole cost times the grant share that the ladder still has when the programme is
  over (see `Ladder.grant_after`).
* Routes that end (planned end, one-off purchase) lose nothing: they are counted apart.
* Where a share or the programme's end is unknown, the kroner are unknown; they are listed and counted, never 0.
* Administration, evaluation, competence building and open pots are no measures and are left out.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.db.models import Sum
from django.utils.translation import gettext as _

from samloft.plans.models import (
    ActionPlan,
    BudgetLine,
    ExitRoute,
    LinePurpose,
    Measure,
    Source,
    StepStatus,
)
from samloft.plans.queries.phase_in import Ladder, LadderRow, all_rows, last_programme_year
from samloft.programmes.models import Programme

PROGRAMME_MONEY = (Source.PROGRAMME_GRANT, Source.CARRY_OVER)
ENDING = frozenset({ExitRoute.PLANNED_END, ExitRoute.ONE_OFF})

_NO_LADDER = Ladder((), ())

State = Literal["known", "unknown", "ending"]


@dataclass(frozen=True)
class LosingRow:
    """One measure; `now` and `loses` in øre. Without `measure` it is the plan's lines that belong to none."""

    measure: Measure | None
    now: int
    state: State
    loses: int | None
    share_now: int | None = None
    share_after: int | None = None
    status: StepStatus | None = None
    why: str = ""


@dataclass(frozen=True)
class LosingFinancing:
    """`plan_year` is None when there is no plan, `last_year` when nobody knows when the programme ends."""

    plan_year: int | None
    last_year: int | None
    rows: tuple[LosingRow, ...]

    @property
    def now(self) -> int:
        return sum(row.now for row in self.rows)

    @property
    def loses(self) -> int | None:
        """The sum of what is known, in øre; None when nothing but unknown lives on after the programme."""
        known = [row.loses or 0 for row in self.rows if row.state == "known"]
        return sum(known) if known or not self.unknown else None

    @property
    def unknown(self) -> tuple[LosingRow, ...]:
        return tuple(row for row in self.rows if row.state == "unknown")

    @property
    def unknown_now(self) -> int:
        return sum(row.now for row in self.unknown)

    @property
    def ending_now(self) -> int:
        return sum(row.now for row in self.rows if row.state == "ending")


@dataclass(frozen=True)
class OrdinaryYear:
    """What the ordinary budget is to carry one year, in øre; None when it is known for no measure."""

    year: int
    amount: int | None
    adopted: int | None
    unknown: tuple[Measure, ...]


@dataclass(frozen=True)
class Outlook:
    """What the overview of a programme's ladders is reckoned from, read once.

    `measures` are all of the programme, by number; `ladders` (without warnings) and `amounts` (programme money
    in øre in `plan`) are by the measure's pk, and hold only measures that have any. None is for lines without one.
    """

    programme: Programme
    plan: ActionPlan | None
    measures: tuple[Measure, ...]
    ladders: Mapping[int, Ladder]
    amounts: Mapping[int | None, int]


def outlook(programme: Programme, year: int) -> Outlook:
    """The latest plan up to `year`, and the programme's measures with their ladders. Four queries."""
    plan = ActionPlan.objects.filter(programme=programme, year__lte=year).order_by("-year").first()
    fields = ("programme", "number", "name", "phase", "exit_route", "starts_on", "first_plan_year")
    measures = tuple(Measure.objects.filter(programme=programme).only(*fields).order_by("number"))
    for measure in measures:
        measure.programme = programme
    return Outlook(
        programme=programme,
        plan=plan,
        measures=measures,
        ladders={pk: Ladder(rows, ()) for pk, rows in all_rows(programme).items()},
        amounts=_programme_money(plan) if plan else {},
    )


def losing_financing(seen: Outlook) -> LosingFinancing:
    """Per measure the kroner that lose financing when the programme ends. No query."""
    last_year = last_programme_year(seen.programme)
    if seen.plan is None:
        return LosingFinancing(None, last_year, ())
    year = seen.plan.year
    rows = [
        _row(measure, now, seen.ladders.get(measure.pk, _NO_LADDER), year, last_year)
        for measure in seen.measures
        if (now := seen.amounts.get(measure.pk))
    ]
    if loose := seen.amounts.get(None, 0):
        why = _("The lines belong to no measure, so nothing tells what happens to them.")
        rows.append(LosingRow(None, loose, "unknown", None, why=why))
    return LosingFinancing(year, last_year, tuple(rows))


def ordinary_years(seen: Outlook) -> tuple[OrdinaryYear, ...]:
    """What the ladders move to the ordinary budget, year by year, at the cost of the latest plan. No query."""
    known: dict[int, int] = defaultdict(int)
    adopted: dict[int, int] = defaultdict(int)
    unknown: dict[int, list[Measure]] = defaultdict(list)
    for measure in seen.measures:
        ladder = seen.ladders.get(measure.pk, _NO_LADDER)
        now = seen.amounts.get(measure.pk, 0)
        for row in ladder.rows:
            amount = _ordinary_amount(row, now, ladder, seen.plan)
            if amount is None:
                unknown[row.year].append(measure)
            else:
                known[row.year] += amount
                adopted[row.year] += amount if row.status == StepStatus.ADOPTED else 0
    years = sorted(known.keys() | unknown.keys())
    return tuple(
        OrdinaryYear(year, known.get(year), adopted[year] if year in known else None, tuple(unknown[year]))
        for year in years
    )


def _ordinary_amount(row: LadderRow, now: int, ladder: Ladder, plan: ActionPlan | None) -> int | None:
    if row.ordinary == 0:
        # Nothing of an unknown cost is nothing.
        return 0
    if plan is None or row.ordinary is None:
        return None
    return share_of_cost(now, ladder, plan.year, row.ordinary)


def share_of_cost(now: int, ladder: Ladder, plan_year: int, share: int) -> int | None:
    """`share` percent of the measure's whole cost, in whole øre, halves up. None when the cost is unknown.

    The whole cost in the plan's year is the programme money by the grant's share; it is never rounded by itself.
    """
    row = ladder.row(plan_year)
    if row is None or not row.grant or not now:
        return None
    return (2 * now * share + row.grant) // (2 * row.grant)


def _programme_money(plan: ActionPlan) -> dict[int | None, int]:
    """Programme money per measure's pk in the plan; None is for measure lines that belong to no measure."""
    lines = BudgetLine.objects.filter(plan=plan, purpose=LinePurpose.MEASURE, source__in=PROGRAMME_MONEY)
    sums = lines.order_by().values_list("plan_measure__measure_id").annotate(total=Sum("amount"))
    return {pk: int(total) for pk, total in sums}


def _row(measure: Measure, now: int, ladder: Ladder, plan_year: int, last_year: int | None) -> LosingRow:
    if measure.exit_route in ENDING:
        return LosingRow(measure, now, "ending", 0, why=str(measure.get_exit_route_display()))
    here = ladder.row(plan_year)
    share_now = here.grant if here else None
    if last_year is None:
        why = _("Nobody has registered when the programme ends.")
        return LosingRow(measure, now, "unknown", None, share_now=share_now, why=why)
    after = ladder.grant_after(last_year)
    if after is not None and after.grant == 0:
        return LosingRow(measure, now, "known", 0, share_now, 0, after.status)
    is_told = after is not None and after.grant is not None
    loses = share_of_cost(now, ladder, plan_year, after.grant) if after and after.grant else None
    if after is None or loses is None:
        why = _why_unknown(ladder, share_now, is_told, plan_year, last_year)
        share_after = after.grant if after else None
        return LosingRow(measure, now, "unknown", None, share_now, share_after, why=why)
    return LosingRow(measure, now, "known", loses, share_now, after.grant, after.status)


def _why_unknown(ladder: Ladder, share_now: int | None, end_is_told: bool, plan_year: int, last_year: int) -> str:
    if not ladder.rows:
        return _("The measure has no ladder.")
    if not end_is_told:
        return _("The ladder does not tell the grant's share when the programme ends in %(year)s.") % {
            "year": last_year
        }
    if share_now == 0:
        return _("The ladder says no grant in %(year)s, but the plan has programme money.") % {"year": plan_year}
    return _("The ladder does not tell the grant's share in %(year)s.") % {"year": plan_year}
