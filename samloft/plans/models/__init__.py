from samloft.plans.models.budget_lines import BudgetLine, CostKind, CostSplit, LinePurpose, Source
from samloft.plans.models.gate import Gap, GapAcceptance
from samloft.plans.models.imports import ImportLine, ImportState, Mapping, PlanImport
from samloft.plans.models.measures import (
    ExitRoute,
    MandateStatus,
    Measure,
    MeasureGoal,
    MeasureName,
    Partner,
    Phase,
    Reach,
    Sector,
)
from samloft.plans.models.origins import FollowUpAnswer, Origin, OriginKind
from samloft.plans.models.overrides import FindingOverride
from samloft.plans.models.phase_in import PhaseInStep, StepStatus
from samloft.plans.models.plans import (
    ActionPlan,
    FrameKind,
    PlanMeasure,
    PlanSection,
    PlanStep,
    SectionKey,
)

__all__ = [
    "ActionPlan",
    "BudgetLine",
    "CostKind",
    "CostSplit",
    "ExitRoute",
    "FindingOverride",
    "FollowUpAnswer",
    "FrameKind",
    "Gap",
    "GapAcceptance",
    "ImportLine",
    "ImportState",
    "LinePurpose",
    "MandateStatus",
    "Mapping",
    "Measure",
    "MeasureGoal",
    "MeasureName",
    "Origin",
    "OriginKind",
    "Partner",
    "Phase",
    "PhaseInStep",
    "PlanImport",
    "PlanMeasure",
    "PlanSection",
    "PlanStep",
    "Reach",
    "SectionKey",
    "Sector",
    "Source",
    "StepStatus",
]
