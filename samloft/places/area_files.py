"""Files that say which areas there are and what became of them: CSV or YAML with the same fields (F4)."""

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Self

from django.utils.translation import gettext_noop as _
from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from samloft.core.files.delimiters import delimiter_of
from samloft.core.files.encoding import NotText, decode
from samloft.core.files.yaml_text import Place, YamlRefused, read_yaml, validated, wrong
from samloft.core.said import SaidAbout, said
from samloft.places.models import AreaKind, SuccessionKind

# What every installation begins with.
NORWAY = Path(__file__).resolve().parent / "norway.csv"
COLUMNS = ("kind", "code", "name", "within", "from", "to", "was", "how", "on")


class AreaEntry(BaseModel):
    """An area, and one way that it came about. An area that came about in several ways has an entry for each."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: AreaKind
    code: str = Field(min_length=1, max_length=20)
    name: str = Field(min_length=1, max_length=120)
    within: str = ""
    start: date | None = Field(None, alias="from")
    end: date | None = Field(None, alias="to")
    was: tuple[str, ...] = ()
    how: SuccessionKind | None = None
    on: date | None = None

    @field_validator("within", mode="before")
    @classmethod
    def _nothing(cls, value: Any) -> Any:
        return "" if value is None else value

    @field_validator("was", mode="before")
    @classmethod
    def _codes(cls, value: Any) -> Any:
        """A list, or codes with spaces or commas between."""
        return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value or ()

    @field_validator("kind")
    @classmethod
    def _has_code(cls, value: AreaKind, info: ValidationInfo) -> AreaKind:
        if value == AreaKind.PLACE:
            raise wrong(_("Named places belong to a programme and are entered on its pages."))
        return value

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.was and (self.how is None or self.changed_on is None):
            raise wrong(_("Say how and on which day it came from the old codes."))
        return self

    @property
    def changed_on(self) -> date | None:
        return self.on or self.start


class AreaFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    areas: tuple[AreaEntry, ...]


def read_areas(name: str, data: bytes) -> Sequence[AreaEntry]:
    """The entries of the file; YAML when its name says so, else CSV. Raises YamlRefused."""
    if name.lower().endswith((".yaml", ".yml")):
        return read_yaml(data, AreaFile).areas
    return _read_csv(data)


def _read_csv(data: bytes) -> Sequence[AreaEntry]:
    try:
        text = decode(data)
    except NotText:
        raise _refused(_("The file is neither CSV nor YAML.")) from None
    numbered = [
        (number, line)
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip(" ;,\t") and not line.startswith("#")
    ]
    lines = [line for _number, line in numbered]
    rows = list(csv.reader(lines, delimiter=delimiter_of("\n".join(lines))))
    header = [name.strip().lower() for name in rows[0]] if rows else []
    if "kind" not in header or "code" not in header or len(rows) != len(lines):
        raise _refused(
            _("The first line must name the columns: kind, code, name, within, from, to, was, how, on.")
        )
    tree = [_fields(header, row) for row in rows[1:]]
    places: dict[Place, int] = {("areas", at): number for at, (number, _line) in enumerate(numbered[1:])}
    return validated({"areas": tree}, places, AreaFile).areas


def _fields(header: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    """What is filled in. A spreadsheet may have put an apostrophe before a code to keep its zeros."""
    cells = (cell.strip().lstrip("'") for cell in row)
    return {name: cell for name, cell in zip(header, cells, strict=False) if cell}


def _refused(message_id: str) -> YamlRefused:
    return YamlRefused([SaidAbout(said(_("The file")), said(message_id))])
