"""What the plan check says: one finding, its kinds, and why each kind matters."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Severity(StrEnum):
    """`error`: the plan contradicts itself. `warning`: something is lacking. `information`: good to know."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


SEVERITY_LABELS: dict[Severity, Promise] = {
    Severity.ERROR: _("Contradiction"),
    Severity.WARNING: _("Something is missing"),
    Severity.INFORMATION: _("For information"),
}


class Code(StrEnum):
    """The kinds of findings; the words are the stable names that scripts read (C8)."""

    TOTAL_NOT_SUM = "total_not_sum"
    TOTAL_NOT_FRAME = "total_not_frame"
    FRAME_UNKNOWN = "frame_unknown"
    LINE_WITHOUT_MEASURE = "line_without_measure"
    SOURCE_UNKNOWN = "source_unknown"
    MEASURE_WITHOUT_LINE = "measure_without_line"
    TEXT_AND_TABLE_DISAGREE = "text_and_table_disagree"
    SALARY_SHARE_ORDINARY_OPERATIONS = "salary_share_ordinary_operations"
    CONDITION_WITHOUT_PROOF = "condition_without_proof"
    MISSING_EXIT_PLAN = "missing_exit_plan"
    FULL_GRANT_THIRD_YEAR = "full_grant_third_year"
    PROGRAMME_ENDS_BEFORE_LADDER = "programme_ends_before_ladder"
    MISSING_LADDER = "missing_ladder"
    MISSING_MANDATE = "missing_mandate"
    MISSING_GOALS = "missing_goals"
    MISSING_OWNER = "missing_owner"
    MISSING_TARGET_GROUP = "missing_target_group"
    SUB_PROGRAMME_PART_MISSING = "sub_programme_part_missing"
    UNANSWERED_FOLLOW_UP_POINT = "unanswered_follow_up_point"
    NATIONAL_GOAL_UNSERVED = "national_goal_unserved"


@dataclass(frozen=True)
class CodeWords:
    title: str | Promise
    why: str | Promise


C = Code
WORDS: dict[Code, CodeWords] = {
    C.TOTAL_NOT_SUM: CodeWords(
        _("Stated total and sum differ"),
        _("Whoever reads the plan cannot know which of the two sums was adopted."),
    ),
    C.TOTAL_NOT_FRAME: CodeWords(
        _("Total and frame differ"),
        _("The plan can use no more than the frame, and money outside the plan stays unused."),
    ),
    C.FRAME_UNKNOWN: CodeWords(
        _("The frame is not recorded"),
        _("Without a frame nobody can see whether the plan fits the money there will be."),
    ),
    C.LINE_WITHOUT_MEASURE: CodeWords(
        _("Budget line without measure"),
        _("Money that belongs to no measure can be neither reported nor followed up."),
    ),
    C.SOURCE_UNKNOWN: CodeWords(
        _("Source not stated"),
        _("The totals per source, and so the grant that is asked for, are incomplete."),
    ),
    C.MEASURE_WITHOUT_LINE: CodeWords(
        _("Measure without budget line"),
        _("The plan promises something that it sets no money aside for."),
    ),
    C.TEXT_AND_TABLE_DISAGREE: CodeWords(
        _("Text and table disagree"),
        _("A reader of the text gets another picture than a reader of the table."),
    ),
    C.SALARY_SHARE_ORDINARY_OPERATIONS: CodeWords(
        _("Salary share to be explained"),
        _("The grant may not pay for ordinary operations, and a share of a salary may look like that."),
    ),
    C.CONDITION_WITHOUT_PROOF: CodeWords(
        _("Condition without proof"),
        _("The municipality must be able to show that the conditions on the money are kept."),
    ),
    C.MISSING_EXIT_PLAN: CodeWords(
        _("Exit plan missing"),
        _("When the grant ends, a measure without an exit plan ends by accident."),
    ),
    C.FULL_GRANT_THIRD_YEAR: CodeWords(
        _("Fully paid by the grant in its third year"),
        _("A measure that no one else pays for after two years is hard to bring into ordinary operation."),
    ),
    C.PROGRAMME_ENDS_BEFORE_LADDER: CodeWords(
        _("The programme ends before the phase-in does"),
        _("The years after the programme's end have no grant to phase out."),
    ),
    C.MISSING_LADDER: CodeWords(
        _("Phase-in not described"),
        _("Those who are to take over need to know how much, and from which year."),
    ),
    C.MISSING_MANDATE: CodeWords(
        _("Mandate missing"), _("Nobody has said what the measure is to do and within which limits.")
    ),
    C.MISSING_GOALS: CodeWords(
        _("Goals missing"),
        _("Without goals for residents and for the services the results cannot be judged."),
    ),
    C.MISSING_OWNER: CodeWords(_("Owner missing"), _("Nobody is responsible for the measure and its report.")),
    C.MISSING_TARGET_GROUP: CodeWords(
        _("Target group missing"), _("It cannot be seen whether the measure reaches those it is for.")
    ),
    C.SUB_PROGRAMME_PART_MISSING: CodeWords(
        _("Part not delivered"), _("The plan is not whole until every part has been delivered.")
    ),
    C.UNANSWERED_FOLLOW_UP_POINT: CodeWords(
        _("Follow-up point without answer"),
        _("A body has asked for something, and the plan does not say what answers it."),
    ),
    C.NATIONAL_GOAL_UNSERVED: CodeWords(
        _("National goal that no measure serves"),
        _("The ministry reads the plan against the state's goals for the year."),
    ),
}


@dataclass(frozen=True)
class Finding:
    """One thing that the check found; `url` leads to where `remedy` is done, `subject` is `plans.measure:12`.

    `override` is the id of the override when someone has set the finding aside.
    """

    code: Code
    severity: Severity
    subject: str
    subject_label: str
    message: str
    remedy: str
    url: str = ""
    override: int | None = None
    override_reason: str = ""
    override_by: str = ""
    override_at: datetime | None = None

    @property
    def overridden(self) -> bool:
        return self.override is not None

    @property
    def title(self) -> str:
        return str(WORDS[self.code].title)

    @property
    def why(self) -> str:
        return str(WORDS[self.code].why)
