"""What a statistics bank tells about a table, and how each version of its interface is asked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import httpx

from samloft.indicators.pxweb.planning import Selection

LONGEST_ADDRESS = 1800  # some servers refuse longer ones
PLAIN_CODE = re.compile(r"[\wÆØÅæøå.-]+", re.ASCII)


class StrangeAnswer(Exception):
    """The bank's answer is not what its interface says that it is."""


@dataclass(frozen=True)
class Dimension:
    """`values` are codes with their texts, in the bank's order. What is optional may be left out: the bank then
    answers for all of it together."""

    code: str
    label: str
    values: tuple[tuple[str, str], ...]
    is_optional: bool = False
    is_time: bool = False


@dataclass(frozen=True)
class Table:
    id: str
    title: str
    dimensions: tuple[Dimension, ...]
    updated: str = ""


@dataclass(frozen=True)
class Question:
    """A call to make: GET without a body, POST with one."""

    address: str
    parameters: Mapping[str, str]
    body: Mapping[str, Any] | None = None

    def request(self) -> httpx.Request:
        method = "GET" if self.body is None else "POST"
        return httpx.Request(method, self.address, params=self.parameters, json=self.body)


class Interface(Protocol):
    """One version of PxWeb's interface, at an address."""

    def about(self, table: str) -> Question: ...

    def read_about(self, table: str, answer: Any) -> Table: ...

    def figures(self, table: str, selection: Selection) -> Question: ...


@dataclass(frozen=True)
class Version1:
    """`address` is the folder of the tables; its language is part of it."""

    address: str

    def about(self, table: str) -> Question:
        return Question(f"{self.address}/{table}", {})

    def read_about(self, table: str, answer: Any) -> Table:
        try:
            dimensions = tuple(
                Dimension(
                    code=str(each["code"]),
                    label=str(each.get("text") or each["code"]),
                    values=tuple(zip(_texts(each["values"]), _texts(each["valueTexts"]), strict=True)),
                    is_optional=bool(each.get("elimination")),
                    is_time=bool(each.get("time")),
                )
                for each in answer["variables"]
            )
            return Table(table, str(answer["title"]), dimensions)
        except (KeyError, TypeError, ValueError, AttributeError) as wrong:
            raise StrangeAnswer from wrong

    def figures(self, table: str, selection: Selection) -> Question:
        query = [
            {"code": name, "selection": {"filter": "item", "values": list(codes)}}
            for name, codes in selection.items()
        ]
        return Question(f"{self.address}/{table}", {}, {"query": query, "response": {"format": "json-stat2"}})


@dataclass(frozen=True)
class Version2:
    """`address` is where `/tables` begins."""

    address: str
    language: str = "no"

    def about(self, table: str) -> Question:
        return Question(f"{self.address}/tables/{table}/metadata", {"lang": self.language})

    def read_about(self, table: str, answer: Any) -> Table:
        try:
            times = answer.get("role", {}).get("time", [])
            dimensions = tuple(_dimension(name, answer["dimension"][name], name in times) for name in answer["id"])
            return Table(table, str(answer["label"]), dimensions, str(answer.get("updated") or ""))
        except (KeyError, TypeError, ValueError, AttributeError) as wrong:
            raise StrangeAnswer from wrong

    def figures(self, table: str, selection: Selection) -> Question:
        address = f"{self.address}/tables/{table}/data"
        parameters = {"lang": self.language, "outputFormat": "json-stat2"}
        in_address = {f"valueCodes[{name}]": ",".join(codes) for name, codes in selection.items()}
        plain = all(PLAIN_CODE.fullmatch(code) for codes in selection.values() for code in codes)
        question = Question(address, {**parameters, **in_address})
        if plain and len(str(question.request().url)) <= LONGEST_ADDRESS:
            return question
        chosen = [{"variableCode": name, "valueCodes": list(codes)} for name, codes in selection.items()]
        return Question(address, parameters, {"selection": chosen})


def _dimension(name: str, told: Mapping[str, Any], is_time: bool) -> Dimension:
    """A dimension of JSON-stat: its index is a list of codes, or their places; one category needs none."""
    category = told["category"]
    labels = category.get("label") or {}
    index = category.get("index") or list(labels)
    codes = sorted(index, key=index.__getitem__) if isinstance(index, Mapping) else list(index)
    return Dimension(
        code=name,
        label=str(told.get("label") or name),
        values=tuple((str(code), str(labels.get(code, code))) for code in codes),
        is_optional=bool((told.get("extension") or {}).get("elimination")),
        is_time=is_time,
    )


def _texts(values: Sequence[Any]) -> list[str]:
    return [str(value) for value in values]
