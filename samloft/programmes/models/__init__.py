from samloft.programmes.models.agreements import (
    Agreement,
    AgreementParty,
    Condition,
    ConditionKind,
    RelatedAgreement,
    RelatedAgreementKind,
)
from samloft.programmes.models.bodies import Body, BodyKind, Role, Seat
from samloft.programmes.models.decisions import Decision, DecisionRight, FollowUpPoint, Step
from samloft.programmes.models.editions import (
    Answer,
    AnswerKind,
    Channel,
    Dispatch,
    Edition,
    EditionFigure,
    EditionKind,
)
from samloft.programmes.models.files import StoredFile
from samloft.programmes.models.goals import Goal, GoalLevel, GoalState, GoalTrack, NationalGoal
from samloft.programmes.models.governing_documents import (
    OPEN_STATES,
    DocumentState,
    DocumentStep,
    GoverningDocument,
)
from samloft.programmes.models.overarching_plans import (
    OverarchingGoal,
    OverarchingPlan,
    OverarchingPlanKind,
    Uptake,
    UptakeState,
)
from samloft.programmes.models.programme_descriptions import (
    ChapterKey,
    DescriptionChapter,
    DescriptionStep,
    ProgrammeDescription,
)
from samloft.programmes.models.programmes import Basis, FocusArea, FocusAreaKind, Programme

__all__ = [
    "OPEN_STATES",
    "Agreement",
    "AgreementParty",
    "Answer",
    "AnswerKind",
    "Basis",
    "Body",
    "BodyKind",
    "Channel",
    "ChapterKey",
    "Condition",
    "ConditionKind",
    "Decision",
    "DecisionRight",
    "DescriptionChapter",
    "DescriptionStep",
    "Dispatch",
    "DocumentState",
    "DocumentStep",
    "Edition",
    "EditionFigure",
    "EditionKind",
    "FocusArea",
    "FocusAreaKind",
    "FollowUpPoint",
    "Goal",
    "GoalLevel",
    "GoalState",
    "GoalTrack",
    "GoverningDocument",
    "NationalGoal",
    "OverarchingGoal",
    "OverarchingPlan",
    "OverarchingPlanKind",
    "Programme",
    "ProgrammeDescription",
    "RelatedAgreement",
    "RelatedAgreementKind",
    "Role",
    "Seat",
    "Step",
    "StoredFile",
    "Uptake",
    "UptakeState",
]
