"""Personal data in the models of this app."""

from samloft.core.personal_data import PersonalData, Register

NONE, IDENTIFIER = PersonalData.NONE, PersonalData.IDENTIFIER
FREE_TEXT, FILE = PersonalData.FREE_TEXT, PersonalData.FILE

PERSONAL_DATA: Register = {
    "Measure": {
        NONE: "version programme number name focus_area parent phase starts_on ends_on first_plan_year "
        "mandate_status gate_due_on exit_route",
        # A measure is led by a unit and a role; someone may write the name of a person all the same.
        FREE_TEXT: "description purpose target_groups reach meeting_place lead_unit responsible_role "
        "external_funding evaluation_question exit_plan exit_owner",
    },
    "Measure_national_goals": {NONE: "measure nationalgoal"},
    "MeasureName": {NONE: "measure name"},
    "Partner": {NONE: "version measure sector", FREE_TEXT: "name contribution"},
    "MeasureGoal": {NONE: "measure goal weight"},
    "ActionPlan": {
        NONE: "version programme year state revision frame_kind frame_amount frame_carry_over frame_source "
        "frame_letter frame_is_assumed",
        FREE_TEXT: "revision_reason",
    },
    "PlanSection": {
        NONE: "version plan key focus_area due_on delivered_on",
        FREE_TEXT: "text",
        IDENTIFIER: "delivered_by",
    },
    "PlanMeasure": {NONE: "version plan measure position", FREE_TEXT: "text"},
    "PlanStep": {
        NONE: "plan revision from_state to_state decision edition at",
        FREE_TEXT: "reason",
        IDENTIFIER: "by",
    },
    "BudgetLine": {
        # The posts and the share of a post in a line are not tied to who fills them.
        NONE: "version plan purpose plan_measure name source amount posts salary_percent position first_line",
        FREE_TEXT: "note",
    },
    "CostSplit": {NONE: "line kind amount"},
    "GapAcceptance": {NONE: "version measure gap decision", FREE_TEXT: "reason"},
    "PlanImport": {
        NONE: "version programme year file state refusal stated_total plan at",
        FREE_TEXT: "remarks sections total_reason",
        IDENTIFIER: "by",
    },
    "ImportLine": {
        NONE: "version plan_import position row read_amount amount source purpose focus_area mapping measure "
        "likeness",
        FREE_TEXT: "name read_focus_area",
    },
    "Origin": {
        NONE: "version measure kind happened_on year decision earlier_measure",
        FREE_TEXT: "text",
    },
    "FollowUpAnswer": {NONE: "version point measure", FREE_TEXT: "text"},
    "FindingOverride": {NONE: "plan code subject at", FREE_TEXT: "reason", IDENTIFIER: "by"},
    "PhaseInStep": {NONE: "version measure year grant_share ordinary_share other_share status"},
}
