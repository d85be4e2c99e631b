"""Personal data in the models of this app."""

from samloft.core.personal_data import PersonalData, Register

PERSONAL_DATA: Register = {
    "County": {PersonalData.NONE: "code name language_form logo"},
    "Municipality": {PersonalData.NONE: "code name county language_form logo"},
    "Area": {
        PersonalData.NONE: "kind code name municipality county parent valid_from valid_to is_divided geometry "
        "is_synthetic"
    },
    "AreaSuccession": {PersonalData.NONE: "predecessor successor kind on"},
    "ComparisonArea": {PersonalData.NONE: "area compared_with"},
}
