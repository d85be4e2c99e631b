"""What the page of a read file shows besides the lines themselves."""

from dataclasses import dataclass

from samloft.plans.models import ActionPlan, BudgetLine, ImportLine, LinePurpose, Mapping, PlanImport
from samloft.plans.queries import name_matching


@dataclass(frozen=True)
class ImportOverview:
    """Amounts in øre. `sum` and `difference` count the lines that have an amount and are not left out."""

    sum: int
    stated_total: int | None
    difference: int | None
    unsettled_amounts: int
    unsettled_choices: int
    new_measures: int
    same_measures: int
    missing_lines: tuple[BudgetLine, ...]
    plan: ActionPlan | None

    @property
    def is_settled(self) -> bool:
        return not self.unsettled_amounts and not self.unsettled_choices


def overview(plan_import: PlanImport, lines: list[ImportLine]) -> ImportOverview:
    """Sums and what accepting would do. Two queries."""
    used = [line for line in lines if line.mapping != Mapping.LEFT_OUT]
    total = sum(line.amount or 0 for line in used)
    stated = plan_import.stated_total
    plan = ActionPlan.objects.filter(programme=plan_import.programme, year=plan_import.year).first()
    return ImportOverview(
        sum=total,
        stated_total=stated,
        difference=None if stated is None else total - stated,
        unsettled_amounts=sum(line.amount is None for line in used),
        unsettled_choices=sum(line.mapping == Mapping.UNDECIDED for line in used),
        new_measures=len({name_matching.plain(line.name) for line in used if line.mapping == Mapping.NEW}),
        same_measures=len({line.measure_id for line in used if line.mapping == Mapping.SAME}),
        missing_lines=_missing(plan, used),
        plan=plan,
    )


def _missing(plan: ActionPlan | None, used: list[ImportLine]) -> tuple[BudgetLine, ...]:
    """The plan's lines that no line of the file stands for."""
    if plan is None:
        return ()
    measures = {(line.measure_id, line.source) for line in used if line.mapping == Mapping.SAME}
    others = {
        (line.purpose, name_matching.plain(line.name), line.source)
        for line in used
        if line.purpose != LinePurpose.MEASURE or line.mapping == Mapping.NO_MEASURE
    }
    return tuple(
        line
        for line in plan.lines.select_related("plan_measure")
        if (
            (line.plan_measure.measure_id, line.source) not in measures
            if line.plan_measure
            else (line.purpose, name_matching.plain(line.name), line.source) not in others
        )
    )
