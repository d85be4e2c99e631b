"""Personal data in the models of this app."""

from samloft.core.personal_data import PersonalData, Register

NONE, IDENTIFIER = PersonalData.NONE, PersonalData.IDENTIFIER
FREE_TEXT, SECRET = PersonalData.FREE_TEXT, PersonalData.SECRET

PERSONAL_DATA: Register = {
    "CalendarFeed": {
        IDENTIFIER: "user",
        NONE: "programme made_at last_used_on revoked_at",
        FREE_TEXT: "label",
        SECRET: "token_hash",
    },
    "NoticePreference": {IDENTIFIER: "user", NONE: "when language"},
    "Notice": {IDENTIFIER: "user", NONE: "occurrence due_on days_before sent_at"},
    "Visit": {IDENTIFIER: "user", NONE: "before latest"},
}
