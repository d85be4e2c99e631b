"""What the reader says to a person: a message id and its values, translated only where it is shown.

Files are read in a child process that knows no language; ids and values cross to the parent, which translates.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from samloft.core.amounts import AmountUnclear


@dataclass(frozen=True)
class Said:
    """One message: an id in plain English with named placeholders, and the values to put there."""

    id: str
    values: tuple[tuple[str, "str | int | Said"], ...] = ()

    @property
    def text(self) -> str:
        """The message in the active language; needs Django's settings."""
        shown = {key: value.text if isinstance(value, Said) else value for key, value in self.values}
        return gettext(self.id) % shown if shown else gettext(self.id)

    def to_json(self) -> list[Any]:
        return [
            self.id,
            {key: value.to_json() if isinstance(value, Said) else value for key, value in self.values},
        ]

    @classmethod
    def from_json(cls, data: list[Any]) -> "Said":
        values = {k: cls.from_json(v) if isinstance(v, list) else v for k, v in data[1].items()}
        return cls(str(data[0]), tuple(values.items()))


@dataclass(frozen=True)
class SaidAbout:
    """A message and the place in the file that it is about."""

    where: Said
    message: Said


def said(message_id: str, **values: "str | int | Said") -> Said:
    return Said(message_id, tuple(values.items()))


def said_of(unclear: AmountUnclear) -> Said:
    return said(unclear.message_id, **unclear.values)
