"""Personal data in the models of this app. Figures are counts and shares, never persons."""

from samloft.core.personal_data import PersonalData, Register

NONE, IDENTIFIER = PersonalData.NONE, PersonalData.IDENTIFIER
FREE_TEXT, FILE = PersonalData.FREE_TEXT, PersonalData.FILE

PERSONAL_DATA: Register = {
    "Indicator": {
        NONE: "version key position unit decimals direction levels aggregation counts_people small_count "
        "may_be_public"
    },
    "IndicatorDefinition": {
        NONE: "indicator number valid_from name_nb name_nn name_en numerator denominator source "
        "table_id lag_months update_rhythm licence",
        FREE_TEXT: "description change_note",
    },
    "Baseline": {
        NONE: "version programme title first_year last_year frozen_on decision sha256",
        IDENTIFIER: "frozen_by",
        FREE_TEXT: "introduction",
    },
    "Baseline_areas": {NONE: "baseline area"},
    "Baseline_indicators": {NONE: "baseline indicator"},
    "BaselineFigure": {
        NONE: "baseline indicator definition area area_name period year value missing numerator denominator "
        "is_provisional after_break contributors source table_id licence retrieved_at is_synthetic"
    },
    "GoalTarget": {
        NONE: "version goal indicator definition area baseline_value baseline_period target_value target_on",
        FREE_TEXT: "measured_by",
    },
    "OutlineUpload": {
        NONE: "programme municipality county name uploaded_at",
        IDENTIFIER: "uploaded_by",
        FILE: "content",
    },
    "Release": {
        NONE: "programme indicator definition number threshold table counts published_on withdrawn_on",
        IDENTIFIER: "published_by withdrawn_by",
    },
    "StatisticsBank": {
        NONE: "version name interface address language licence most_cells most_calls seconds recent_calls"
    },
    "StatisticsFetch": {
        NONE: "version bank programme municipality table about selection state parts done message failed "
        "next_at delivery made_at worked_at",
        IDENTIFIER: "made_by",
    },
    "StatisticsImport": {
        NONE: "version programme municipality file_name sha256 title source table_id licence retrieved_at "
        "is_synthetic state dimensions mapping missing problems preview observations "
        "read stored added revised is_settled worked_at made_at",
        IDENTIFIER: "made_by",
        FILE: "content",
    },
    "Observation": {
        NONE: "indicator area period year sex age value missing numerator denominator is_provisional revision "
        "batch superseded_by"
    },
    "LatestFigure": {
        NONE: "indicator area period year value missing municipality_value county_value country_value"
    },
}
