"""Personal data in the models of this app."""

from samloft.core.personal_data import PersonalData, Register

NONE, CONTACT, SECRET = PersonalData.NONE, PersonalData.CONTACT, PersonalData.SECRET

PERSONAL_DATA: Register = {
    "Organisation": {NONE: "name kind municipality county"},
    "User": {
        CONTACT: "email name organisation",
        SECRET: "password",
        NONE: "last_login is_active is_operator is_demo joined_at",
    },
}
