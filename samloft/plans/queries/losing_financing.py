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
from dataclasses import dataclass
from fractions import Fraction
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
from samloft.plans.queries.phase_in import Ladder, ladders, last_programme_year
from samloft.programmes.models import Programme

PROGRAMME_MONEY = (Source.PROGRAMME_GRANT, Source.CARRY_OVER)
ENDING = frozenset({ExitRoute.PLANNED_END, ExitRoute.ONE_OFF})

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


def losing_financing(programme: Programme, year: int) -> LosingFinancing:
    """Per measure the kroner that lose financing when the programme ends. Four queries."""
    plan = ActionPlan.objects.filter(programme=programme, year__lte=year).order_by("-year").first()
    last_year = last_programme_year(programme)
    if plan is None:
        return LosingFinancing(None, last_year, ())
    amounts = _programme_money(plan)
    measures = _measures(programme, amounts)
    found = ladders(measures)
    rows = [_row(measure, amounts[measure.pk], found[measure.pk], plan.year, last_year) for measure in measures]
    if loose := amounts.get(None, 0):
        why = _("The lines belong to no measure, so nothing tells what happens to them.")
        rows.append(LosingRow(None, loose, "unknown", None, why=why))
    return LosingFinancing(plan.year, last_year, tuple(rows))


def ordinary_years(programme: Programme, year: int) -> tuple[OrdinaryYear, ...]:
    """What the ladders move to the ordinary budget, year by year, at the cost of the latest plan. Four queries."""
    plan = ActionPlan.objects.filter(programme=programme, year__lte=year).order_by("-year").first()
    amounts = _programme_money(plan) if plan else {}
    measures = list(
        Measure.objects.filter(programme=programme, phase_in_steps__isnull=False)
        .select_related("programme")
        .distinct()
    )
    known: dict[int, int] = defaultdict(int)
    adopted: dict[int, int] = defaultdict(int)
    unknown: dict[int, list[Measure]] = defaultdict(list)
    found = ladders(measures)
    for measure in measures:
        cost = whole_cost(amounts.get(measure.pk, 0), found[measure.pk], plan.year) if plan else None
        for row in found[measure.pk].rows:
            if row.ordinary == 0:
                # Nothing of an unknown cost is nothing.
                known[row.year] += 0
            elif cost is None or row.ordinary is None:
                unknown[row.year].append(measure)
            else:
                amount = to_ore(cost * row.ordinary / 100)
                known[row.year] += amount
                adopted[row.year] += amount if row.status == StepStatus.ADOPTED else 0
    years = sorted(known.keys() | unknown.keys())
    return tuple(
        OrdinaryYear(year, known.get(year), adopted[year] if year in known else None, tuple(unknown[year]))
        for year in years
    )


def whole_cost(now: int, ladder: Ladder, plan_year: int) -> Fraction | None:
    """The measure's cost in øre in the plan's year: programme money by the grant's share. None when unknown."""
    row = ladder.row(plan_year)
    if row is None or not row.grant or not now:
        return None
    return Fraction(now * 100, row.grant)


def to_ore(amount: Fraction) -> int:
    """Whole øre, halves up."""
    return int(amount + Fraction(1, 2))


def _programme_money(plan: ActionPlan) -> dict[int | None, int]:
    """Programme money per measure's pk in the plan; None is for measure lines that belong to no measure."""
    lines = BudgetLine.objects.filter(plan=plan, purpose=LinePurpose.MEASURE, source__in=PROGRAMME_MONEY)
    sums = lines.order_by().values_list("plan_measure__measure_id").annotate(total=Sum("amount"))
    return {pk: int(total) for pk, total in sums}


def _measures(programme: Programme, amounts: dict[int | None, int]) -> list[Measure]:
    wanted = [pk for pk, amount in amounts.items() if pk is not None and amount]
    return list(Measure.objects.filter(pk__in=wanted).select_related("programme").order_by("number"))


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
    cost = whole_cost(now, ladder, plan_year)
    if after is None or after.grant is None or cost is None:
        why = _why_unknown(ladder, share_now, after is not None and after.grant is not None, plan_year, last_year)
        share_after = after.grant if after else None
        return LosingRow(measure, now, "unknown", None, share_now, share_after, why=why)
    return LosingRow(measure, now, "known", to_ore(cost * after.grant / 100), share_now, after.grant, after.status)


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
