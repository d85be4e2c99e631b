"""Makes plans for the tests, through the actions that the pages use."""

from samloft.plans.actions import budget_lines, measures, plan_measures, plans
from samloft.plans.actions.budget_lines import LineValues
from samloft.plans.actions.measures import MeasureValues
from samloft.plans.models import ActionPlan, BudgetLine, LinePurpose, Measure, PlanMeasure
from samloft.programmes.models import DocumentState
from tests.cast import Cast

KR = 100


def start(cast: Cast, year: int = 2026) -> ActionPlan:
    return plans.start(programme=cast.programme, year=year, by=cast.programme_leader)


def measure(cast: Cast, name: str, *, area: int | None = 0, **values: object) -> Measure:
    """A measure in the focus area with that index, or in none."""
    focus_area = None if area is None else cast.focus_areas[area]
    return measures.create(
        programme=cast.programme,
        values=MeasureValues(name=name, focus_area=focus_area, **values),  # type: ignore[arg-type]
        by=cast.programme_leader,
    )


def place(
    cast: Cast, plan: ActionPlan, name: str, *, text: str = "", area: int | None = 0, **values: object
) -> PlanMeasure:
    """A new measure in the plan; by default one that was there in earlier years."""
    values.setdefault("first_plan_year", plan.year - 1)
    return plan_measures.add(
        plan=plan, measure=measure(cast, name, area=area, **values), text=text, by=cast.programme_leader
    )


def line(
    cast: Cast, plan: ActionPlan, name: str, kroner: int, at: PlanMeasure | None = None, **values: object
) -> BudgetLine:
    made = LineValues(name=name, amount=kroner * KR, plan_measure=at, **values)  # type: ignore[arg-type]
    return budget_lines.add(plan=plan, values=made, by=cast.programme_leader)


def whole(cast: Cast, *, measures_count: int = 3, year: int = 2026) -> ActionPlan:
    """A plan with measures in all focus areas, one line each, and one line of administration."""
    plan = start(cast, year)
    for number in range(measures_count):
        name = f"Tiltak {number + 1}"
        item = place(cast, plan, name, area=number % 3, text=f"Dette skjer i tiltak {number + 1}.")
        line(cast, plan, name, 100_000 * (number + 1), item, source="programme_grant")
    line(cast, plan, "Programledelse", 650_000, purpose=LinePurpose.ADMINISTRATION, source="programme_grant")
    return plan


def close(plan: ActionPlan, state: DocumentState = DocumentState.RECOMMENDED) -> ActionPlan:
    """The plan as it is after a step, without the step: these tests are about closed plans, not about steps."""
    ActionPlan.objects.filter(pk=plan.pk).update(state=state)
    plan.refresh_from_db()
    return plan
