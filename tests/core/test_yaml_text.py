"""Files that people write by hand: what is wrong is told by line and field."""

from datetime import date
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, field_validator

from samloft.core.files.yaml_text import YamlRefused, read_yaml, wrong


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")
    code: str | None = None
    kind: Literal["area", "period"] = "area"


class Whole(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    on: date | None = None
    parts: list[Part] = []
    codes: dict[str, str | None] = {}

    @field_validator("name")
    @classmethod
    def _is_known(cls, name: str) -> str:
        if name == "ukjent":
            raise wrong("The file holds no table called “%(name)s”.", name=name)
        return name


def problems(text: str) -> list[tuple[str, str]]:
    with pytest.raises(YamlRefused) as refused:
        read_yaml(text.encode(), Whole)
    return [(about.where.text, about.message.text) for about in refused.value.problems]


def test_plain_values_stay_the_text_they_are() -> None:
    read = read_yaml(b"name: 0301\non: 2024-05-17\ncodes: {no: yes, x: , y: '', 1: null}\n", Whole)

    assert read.name == "0301"
    assert read.on == date(2024, 5, 17)
    assert read.codes == {"no": "yes", "x": None, "y": "", "1": None}


def test_json_is_yaml_too() -> None:
    assert read_yaml(b'{"name": "a", "parts": [{"code": "0301"}]}', Whole).parts[0].code == "0301"


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        ("on: 2024-01-01", "Line 1, name", "This must be filled in."),
        (
            "name: a\nparts:\n  - code: x\n  - kind: sex\n",
            "Line 4, parts.1.kind",
            "Write one of these: area, period.",
        ),
        ("name: a\nparts: 5\n", "Line 2, parts", "Here a list is expected."),
        ("name: a\nparts: [5]\n", "Line 2, parts.0", "Here a group of fields is expected."),
        ("name: a\n\nnavn: b\n", "Line 3, navn", "There is no field with this name here."),
        ("name: a\non: i går\n", "Line 2, on", "Write the date as 2026-01-31."),
        ("name: ukjent\n", "Line 1, name", "The file holds no table called “ukjent”."),
        ("name: a\nname: b\n", "Line 2", "“name” stands here already."),
        ("name: a\n[x]: b\n", "Line 2", "Here the name of a field is expected."),
        ("name: a\n  on: b\n", "Line 2", "The line is not valid YAML. Check colons, quotes and indents."),
        ("name: &a x\non: *a\n", "Line 2", "Aliases are not read. Write the values out."),
        ("name: [" * 5_000, "The file", "The file is not valid YAML."),
        ("name: " + "[" * 40 + "]" * 40, "Line 1", "The file is not valid YAML."),
        ("# " + "x" * 600_000, "The file", "The file is too large to be written by hand."),
        ("\x00\x01", "The file", "The file is not valid YAML."),
        ("", "Line 1, name", "This must be filled in."),
        ("5", "Line 1", "Here a group of fields is expected."),
    ],
    ids=range(17),
)
def test_what_is_wrong_is_told_by_line_and_field(text: str, where: str, message: str) -> None:
    assert (where, message) in problems(text)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_yaml(text.encode("utf-8", "surrogatepass"), Whole)
    except YamlRefused as refused:
        assert refused.problems
