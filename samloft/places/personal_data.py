"""Personal data in the models of this app."""

from samloft.core.personal_data import PersonalData, Register

PERSONAL_DATA: Register = {
    "County": {PersonalData.NONE: "code name"},
    "Municipality": {PersonalData.NONE: "code name county language_form logo"},
    "Area": {PersonalData.NONE: "municipality name"},
}
