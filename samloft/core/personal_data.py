"""What a field tells about a person; every app classifies its fields in `personal_data.py`.

The registers of the apps have the shape {model: {class: "field field …"}}. A field is classified in the commit
that adds it; `tests/house` refuses one that is not.
"""

from enum import StrEnum


class PersonalData(StrEnum):
    NONE = "none"  # nothing about a person
    IDENTIFIER = "identifier"  # points at a user, and says who did something
    CONTACT = "contact"  # name, address or employer of a person
    FREE_TEXT = "free text"  # asks for no person, but someone may write a name
    FILE = "file"  # an uploaded or frozen document, which may name people
    SECRET = "secret"  # noqa: S105  # proves who one is: never shown, logged or exported


Register = dict[str, dict[PersonalData, str]]
