"""All that the plan check looks at, read in a constant number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from samloft.plans.models import (
    ActionPlan,
    BudgetLine,
    ImportState,
    Measure,
    Phase,
    PlanImport,
    PlanMeasure,
    PlanSection,
    Source,
)
from samloft.plans.queries import follow_up, plan_content
from samloft.plans.queries.gate import GateItem
from samloft.plans.queries.national_service import GoalService
from samloft.plans.queries.plan_content import PlanContent
from samloft.programmes.models import Condition, FocusArea, FollowUpPoint

GRANT_SOURCES = frozenset({Source.PROGRAMME_GRANT, Source.CARRY_OVER})


@dataclass(frozen=True)
class PlanMaterial:
    """One plan with everything that the rules of the check read; amounts in øre."""

    plan: ActionPlan
    today: date
    lines: tuple[BudgetLine, ...]
    plan_measures: tuple[PlanMeasure, ...]
    gates: Mapping[int, tuple[GateItem, ...]]
    sections: tuple[PlanSection, ...]
    focus_areas: tuple[FocusArea, ...]
    conditions: tuple[Condition, ...]
    unanswered_points: tuple[FollowUpPoint, ...]
    goal_services: tuple[GoalService, ...]
    last_import: PlanImport | None

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines)

    @property
    def active_measures(self) -> list[Measure]:
        """The plan's measures that are neither closed nor part of ordinary operations, in the plan's order."""
        done = (Phase.CLOSED, Phase.MAINSTREAMED)
        return [item.measure for item in self.plan_measures if item.measure.phase not in done]

    @property
    def lines_of(self) -> dict[int, list[BudgetLine]]:
        """The lines of each measure, by the measure's id; measures without lines are not in it."""
        found: dict[int, list[BudgetLine]] = {}
        for line in self.lines:
            if line.plan_measure is not None:
                found.setdefault(line.plan_measure.measure_id, []).append(line)
        return found

    @property
    def paid_by_grant(self) -> frozenset[int]:
        """Ids of the measures with a line from the programme's grant, this year's or carried over."""
        return frozenset(
            pk
            for pk, lines in self.lines_of.items()
            if any(line.source in GRANT_SOURCES and line.amount for line in lines)
        )

    def url(self, part: str) -> str:
        """Where on the plan's page a part stands: `section-12`, `measure-3`, `line-7`, `budget-table`, `frame`."""
        return f"{self.plan.get_absolute_url()}#{part}"


def load(plan: ActionPlan, *, today: date, content: PlanContent | None = None) -> PlanMaterial:
    """Read the material; the number of queries does not depend on how much there is.

    `content` is what the caller has read of the plan already, as its page has.
    """
    programme = plan.programme
    content = content or plan_content.load(plan)
    return PlanMaterial(
        plan=plan,
        today=today,
        lines=content.lines,
        plan_measures=content.plan_measures,
        gates=content.gates,
        sections=content.sections,
        focus_areas=content.focus_areas,
        conditions=tuple(
            Condition.objects.filter(agreement__programme=programme).select_related("agreement__programme")
        ),
        unanswered_points=tuple(follow_up.unanswered(programme)),
        goal_services=content.goal_services,
        last_import=_last_import(plan),
    )


def _last_import(plan: ActionPlan) -> PlanImport | None:
    """The file that the plan was last read from, unless a decision has been taken on the plan since."""
    found = plan.imports.filter(state=ImportState.ACCEPTED).select_related("file").first()
    if found is None or plan.steps.filter(at__gt=found.at, decision__isnull=False).exists():
        return None
    return found
