"""Personal data in the models of this app."""

from samloft.core.personal_data import PersonalData, Register

NONE, IDENTIFIER = PersonalData.NONE, PersonalData.IDENTIFIER
FREE_TEXT, FILE = PersonalData.FREE_TEXT, PersonalData.FILE

PERSONAL_DATA: Register = {
    "Programme": {
        NONE: "version slug name municipality county basis basis_on starts_on ends_on",
        FREE_TEXT: "purpose target_groups",
    },
    "Programme_areas": {NONE: "programme area"},
    "FocusArea": {NONE: "version programme kind name position", FREE_TEXT: "description"},
    "Body": {NONE: "version organisation kind name", FREE_TEXT: "mandate"},
    "Body_programmes": {NONE: "body programme"},
    "Seat": {
        IDENTIFIER: "user",
        NONE: "version programme body role function organisation focus_area percent may_record starts_on ends_on",
    },
    "StoredFile": {
        FILE: "name content",
        IDENTIFIER: "uploaded_by",
        NONE: "programme media_type size sha256 uploaded_at",
    },
    "Decision": {
        NONE: "version programme body step decided_on case_number unanimous is_assumed letter recorded_at",
        FREE_TEXT: "title wording",
        IDENTIFIER: "recorded_by",
    },
    "FollowUpPoint": {NONE: "version decision position due_on", FREE_TEXT: "text"},
    "WrittenAnswer": {
        NONE: "version point answered_on decision edition recorded_at",
        FREE_TEXT: "text",
        IDENTIFIER: "recorded_by",
    },
    "DecisionRight": {NONE: "version programme step body delegated_from basis starts_on ends_on"},
    "Agreement": {
        NONE: "version programme title signed_on first_year duration_years valid_to may_be_extended document",
        FREE_TEXT: "purpose extension_text",
    },
    "Agreement_areas": {NONE: "agreement area"},
    "Agreement_focus_areas": {NONE: "agreement focusarea"},
    "Agreement_decisions": {NONE: "agreement decision"},
    "AgreementParty": {NONE: "version agreement organisation role", FREE_TEXT: "responsibility"},
    "RelatedAgreement": {NONE: "version agreement kind title first_year last_year"},
    "Condition": {
        NONE: "version agreement kind needs_proof proved_on proof_decision proof_file",
        FREE_TEXT: "text proof",
    },
    "Obligation": {
        NONE: "version agreement clause kind rhythm due_on starts_on ends_on min_times max_times fulfilling_event "
        "document_kind reminder_days position",
        FREE_TEXT: "text responsible_role",
    },
    "ObligationParty": {NONE: "obligation party share max_times"},
    "Reservation": {NONE: "version agreement clause position", FREE_TEXT: "text"},
    "Occurrence": {NONE: "version obligation key starts_on ends_on due_on"},
    "Proof": {
        NONE: "occurrence event on kind edition decision file party recorded_at",
        FREE_TEXT: "text",
        IDENTIFIER: "recorded_by",
    },
    "Deviation": {
        NONE: "occurrence agreed_on decision recorded_at",
        FREE_TEXT: "agreed_with reason",
        IDENTIFIER: "recorded_by",
    },
    "Extension": {
        NONE: "agreement number signed_on valid_to decision document recorded_at",
        FREE_TEXT: "text",
        IDENTIFIER: "recorded_by",
    },
    "EndReview": {
        NONE: "agreement months_before valid_to choice decided_on decision recorded_at",
        FREE_TEXT: "note",
        IDENTIFIER: "recorded_by",
    },
    "Edition": {
        NONE: "programme kind period number language_form title decision sha256 audit_head published_on made_at",
        FILE: "blocks blocks_other",
        IDENTIFIER: "made_by",
    },
    "ProgrammeDescription": {NONE: "version programme state revision", FREE_TEXT: "revision_reason"},
    "DescriptionChapter": {NONE: "version description key title position", FREE_TEXT: "text"},
    "DescriptionStep": {
        NONE: "description revision from_state to_state decision edition at",
        FREE_TEXT: "reason",
        IDENTIFIER: "by",
    },
    "EditionFigure": {NONE: "edition key label group funding_source amount reference position"},
    "Dispatch": {NONE: "edition recipient sent_on channel decision", FREE_TEXT: "receipt"},
    "Answer": {NONE: "edition kind letter decision"},
    "NationalGoal": {NONE: "version year position text source"},
    "Goal": {
        NONE: "version programme parent focus_area level track state decision position",
        FREE_TEXT: "text",
    },
    "Goal_national_goals": {NONE: "goal nationalgoal"},
    "Goal_overarching_goals": {NONE: "goal overarchinggoal"},
    "OverarchingPlan": {
        NONE: "version programme kind title municipality county adopted_on first_year last_year url",
    },
    "OverarchingPlan_built_on_by": {NONE: "overarchingplan programme"},
    "OverarchingGoal": {NONE: "version plan position", FREE_TEXT: "text"},
    "Uptake": {
        NONE: "programme plan municipality state on recorded_at",
        FREE_TEXT: "place",
        IDENTIFIER: "recorded_by",
    },
}
