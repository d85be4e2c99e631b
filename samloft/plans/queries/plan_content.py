"""All that a plan's document and page say, read in a constant number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from samloft.plans.models import (
    ActionPlan,
    BudgetLine,
    LinePurpose,
    MandateStatus,
    PlanMeasure,
    PlanSection,
    SectionKey,
)
from samloft.plans.queries import gate
from samloft.plans.queries.gate import GateItem
from samloft.plans.queries.national_service import GoalService, goal_services
from samloft.programmes.models import FocusArea


@dataclass(frozen=True)
class PlanContent:
    plan: ActionPlan
    sections: tuple[PlanSection, ...]
    focus_areas: tuple[FocusArea, ...]
    plan_measures: tuple[PlanMeasure, ...]
    lines: tuple[BudgetLine, ...]
    gates: Mapping[int, tuple[GateItem, ...]] = field(default_factory=dict)
    goal_services: tuple[GoalService, ...] = ()

    def section(self, key: SectionKey, focus_area: FocusArea | None = None) -> PlanSection:
        """The stored section, or an empty one that is not stored yet, as for a younger focus area."""
        wanted = (key, focus_area.pk if focus_area else None)
        found = next((one for one in self.sections if (one.key, one.focus_area_id) == wanted), None)
        return found or PlanSection(plan=self.plan, key=key, focus_area=focus_area)

    @cached_property
    def is_all_new(self) -> bool:
        """True for a first plan, where setting the new measures apart would tell nobody anything."""
        return all(item.measure.first_plan_year == self.plan.year for item in self.plan_measures)

    def is_new(self, item: PlanMeasure) -> bool:
        """True when the measure stands under the year's new measures."""
        return not self.is_all_new and item.measure.first_plan_year == self.plan.year

    @property
    def new_measures(self) -> tuple[PlanMeasure, ...]:
        return tuple(item for item in self.plan_measures if self.is_new(item))

    def continued(self, focus_area: FocusArea | None) -> tuple[PlanMeasure, ...]:
        """The measures of a focus area, or of none, that are not new this year."""
        pk = focus_area.pk if focus_area else None
        return tuple(
            item for item in self.plan_measures if item.measure.focus_area_id == pk and not self.is_new(item)
        )

    @property
    def shared_lines(self) -> tuple[BudgetLine, ...]:
        """Administration, competence, open pot and evaluation, in that order."""
        order = list(LinePurpose)
        shared = [line for line in self.lines if line.purpose != LinePurpose.MEASURE]
        return tuple(sorted(shared, key=lambda line: order.index(LinePurpose(line.purpose))))

    def missing(self, item: PlanMeasure) -> tuple[GateItem, ...]:
        """What the mandate gate lacks, for measures that are still on their way through it (C5)."""
        measure = item.measure
        is_on_its_way = (
            self.is_new(item)
            or measure.gate_due_on is not None
            or measure.mandate_status in (MandateStatus.NONE, MandateStatus.DRAFTED)
        )
        if not is_on_its_way:
            return ()
        return tuple(one for one in self.gates.get(measure.pk, ()) if one.state == "missing")


def focus_area_of(line: BudgetLine) -> FocusArea | None:
    return line.plan_measure.measure.focus_area if line.plan_measure else None


def measures_by_area(plan: ActionPlan) -> list[PlanMeasure]:
    """The plan's measures by focus area, as a form offers them. One query."""
    order = ("measure__focus_area__position", "position", "pk")
    return list(plan.plan_measures.select_related("measure__focus_area").order_by(*order))


def load(plan: ActionPlan) -> PlanContent:
    """The number of queries does not depend on how much the plan holds."""
    plan_measures = tuple(
        plan.plan_measures.select_related("measure__focus_area").prefetch_related("measure__partners")
    )
    for item in plan_measures:
        item.plan = plan
        item.measure.programme = plan.programme
    by_pk = {item.pk: item for item in plan_measures}
    lines = tuple(plan.lines.prefetch_related("splits"))
    for line in lines:
        # The same measures as above: reading them once more with the lines costs more than all the rest of them.
        line.plan_measure = by_pk[line.plan_measure_id] if line.plan_measure_id else None
    sections = tuple(plan.sections.select_related("focus_area", "delivered_by"))
    return PlanContent(
        plan=plan,
        sections=sections,
        focus_areas=tuple(plan.programme.focus_areas.all()),
        plan_measures=plan_measures,
        lines=lines,
        gates=gate.gates([item.measure for item in plan_measures]),
        goal_services=goal_services(plan.year, [item.measure for item in plan_measures]),
    )
