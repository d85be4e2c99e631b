"""Puts the parts of a fetched table together into one JSON-stat file, a part at a time."""

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from math import prod
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from samloft.indicators.pxweb.tables import StrangeAnswer

Codes = dict[str, list[str]]
Labels = dict[str, dict[str, str]]


class TableChanged(Exception):
    """The bank has updated the table since these parts were fetched."""

    def __init__(self, outdated: Sequence[Path]) -> None:
        self.outdated = tuple(outdated)
        super().__init__(f"{len(self.outdated)} parts are of an older table.")


def join(files: Sequence[Path], target: Path) -> None:
    """Write the parts, which follow each other as the cells of the whole do, as one data set.

    Raises StrangeAnswer when they do not fit together, and TableChanged when some are of an older table.
    """
    head: dict[str, Any] = {}
    codes: Codes = {}
    labels: Labels = {}
    statuses: dict[str, str] = {}
    updated: dict[Path, str] = {}
    written = 0
    with TemporaryFile("w+", encoding="utf-8") as values:
        for file in files:
            part = json.loads(file.read_bytes())
            updated[file] = str(part.get("updated") or "")
            head = head or {name: value for name, value in part.items() if name not in ("value", "status")}
            _extend(codes, labels, part, head["id"])
            size = prod(part["size"])
            for number, value in enumerate(_spread(part["value"], size)):
                values.write(("," if written + number else "") + json.dumps(value))
            statuses.update(_placed(part.get("status"), size, written))
            written += size
        if outdated := [file for file, when in updated.items() if when != max(updated.values())]:
            raise TableChanged(outdated)
        if written != prod(len(found) for found in codes.values()):
            raise StrangeAnswer
        values.seek(0)
        with target.open("w", encoding="utf-8") as out:
            out.write(json.dumps(_described(head, codes, labels), ensure_ascii=False)[:-1] + ', "value": [')
            shutil.copyfileobj(values, out)
            out.write("]" + (f', "status": {json.dumps(statuses)}' if statuses else "") + "}")


def _extend(
    codes: Codes, labels: dict[str, dict[str, str]], part: Mapping[str, Any], order: Sequence[str]
) -> None:
    """Take in the part's categories: each dimension has the same ones as before, or further ones."""
    if list(part["id"]) != list(order):
        raise StrangeAnswer
    for name in order:
        category = part["dimension"][name]["category"]
        index = category.get("index") or list(category["label"])
        found = sorted(index, key=index.__getitem__) if isinstance(index, Mapping) else list(index)
        known = codes.setdefault(name, [])
        new = [code for code in found if code not in set(known)]
        if new and len(new) != len(found):
            raise StrangeAnswer
        known += new
        labels.setdefault(name, {}).update(category.get("label") or {})


def _described(head: dict[str, Any], codes: Codes, labels: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    dimensions = {
        name: {
            **head["dimension"][name],
            "category": {**head["dimension"][name]["category"], "index": codes[name], "label": labels[name]},
        }
        for name in head["id"]
    }
    return {**head, "size": [len(codes[name]) for name in head["id"]], "dimension": dimensions}


def _spread(values: Any, size: int) -> Iterator[Any]:
    """The figures one by one, whether they came as a list or by position."""
    if isinstance(values, Mapping):
        return (values.get(str(number)) for number in range(size))
    if len(values) != size:
        raise StrangeAnswer
    return iter(values)


def _placed(status: Any, size: int, start: int) -> dict[str, str]:
    """The statuses of a part by their positions in the whole."""
    if not status:
        return {}
    if isinstance(status, str):
        return {str(start + number): status for number in range(size)}
    pairs = status.items() if isinstance(status, Mapping) else enumerate(status)
    return {str(start + int(number)): text for number, text in pairs if text}
