"""Statistics files made for the tests: a plain table written in any shape that JSON-stat allows."""

import json
from dataclasses import dataclass, field
from io import BytesIO
from itertools import product
from typing import Any

from samloft.indicators.reading.cube import Cube, Figure, Problems
from samloft.indicators.reading.jsonstat import open_jsonstat
from samloft.indicators.reading.source import Source

Table = dict[tuple[str, ...], Any]  # codes to a number, a missing symbol, or None


@dataclass(frozen=True)
class Stat:
    """A table: dimensions with their codes, and what stands in each place."""

    dimensions: dict[str, list[str]]
    table: Table
    roles: dict[str, list[str]] = field(default_factory=dict)

    @property
    def places(self) -> list[tuple[str, ...]]:
        return list(product(*self.dimensions.values()))

    @property
    def values(self) -> list[Any]:
        return [None if isinstance(said, str) else said for said in map(self.table.get, self.places)]

    @property
    def statuses(self) -> list[str | None]:
        return [said if isinstance(said, str) else None for said in map(self.table.get, self.places)]


@dataclass(frozen=True)
class Shape:
    """The choices that JSON-stat leaves to whoever writes a file."""

    version: int = 2
    wrapper: str = ""  # a name for the data set, or "collection"
    sparse_value: bool = False
    status: str = "object"  # object, list, none
    index: str = "object"  # object, list
    role_inside: bool = False
    figures_first: bool = False


def written(stat: Stat, shape: Shape = Shape()) -> dict[str, Any]:
    """The table as JSON-stat in the given shape."""
    ids = list(stat.dimensions)
    sizes = [len(codes) for codes in stat.dimensions.values()]
    dimension: dict[str, Any] = {
        name: {
            "label": name.lower(),
            "category": {
                "index": codes if shape.index == "list" else {code: at for at, code in enumerate(codes)},
                "label": {code: f"Sone {code}" for code in codes},
            },
        }
        for name, codes in stat.dimensions.items()
    }
    frame: dict[str, Any] = {"label": "Our own table", "source": "Samløft"}
    if shape.version == 1:
        dimension |= {"id": ids, "size": sizes}
    else:
        frame |= {"version": "2.0", "class": "dataset", "id": ids, "size": sizes}
    if stat.roles:
        (dimension if shape.role_inside else frame)["role"] = stat.roles
    figures: dict[str, Any] = {"value": _sparse(stat.values) if shape.sparse_value else stat.values}
    if shape.status == "list":
        figures["status"] = stat.statuses
    elif shape.status == "object":
        figures["status"] = _sparse(stat.statuses)
    parts = [figures, frame, {"dimension": dimension}]
    dataset: dict[str, Any] = {}
    for part in parts if shape.figures_first else reversed(parts):
        dataset |= part
    if shape.wrapper == "collection":
        return {"version": "2.0", "class": "collection", "link": {"item": [{"href": "x"}, dataset]}}
    return {shape.wrapper: dataset} if shape.wrapper else dataset


def _sparse(values: list[Any]) -> dict[str, Any]:
    return {str(at): value for at, value in enumerate(values) if value is not None}


def source_of(content: object, name: str = "table.json") -> Source:
    """A file in memory: bytes and text as they are, anything else as JSON."""
    if isinstance(content, str):
        content = content.encode()
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return Source(name, len(data), lambda: BytesIO(data))


def opened(content: object, choice: str = "") -> Cube:
    return open_jsonstat(source_of(content), choice)


def by_code(cube: Cube, problems: Problems | None = None) -> Table:
    """Every place with a value or a symbol, as codes to what stands there."""
    found: Table = {}
    for figure in cube.figures(problems or Problems()):
        codes = tuple(d.codes[at] for d, at in zip(cube.dimensions, figure.positions, strict=True))
        assert codes not in found, "a place came twice"
        if figure.value is not None or figure.status != "unknown":
            found[codes] = figure.status if figure.value is None else figure.value
    return found


def stated(stat: Stat) -> Table:
    """What a reader must find: every place that says something."""
    return {codes: said for codes, said in stat.table.items() if said is not None}


def figures(content: object) -> list[Figure]:
    return list(opened(content).figures(Problems()))
