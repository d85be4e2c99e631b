"""Figures that everybody may read: only what the published tables hold, and nothing of what they hide (F7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from samloft.indicators.models import Release

HIDDEN, WITHHELD = "hidden", "withheld"


@dataclass(frozen=True)
class Cell:
    """`state` is "" for a figure, else why there is none: hidden, withheld, or a symbol of `Missing`."""

    value: float | None
    state: str
    is_provisional: bool
    after_break: bool


@dataclass(frozen=True)
class AreaRow:
    code: str
    name: str
    cells: tuple[Cell, ...]


def rows(table: Mapping[str, Any]) -> Iterable[AreaRow]:
    """The rows of a published table."""
    for area, cells in zip(table["areas"], table["cells"], strict=True):
        yield AreaRow(area["code"], area["name"], tuple(_cell(one) for one in cells))


def _cell(told: Mapping[str, Any]) -> Cell:
    return Cell(
        told.get("value"), told.get("state", ""), told.get("provisional", False), told.get("after_break", False)
    )


def states(table: Mapping[str, Any]) -> list[str]:
    """Why figures are left out of the table, for its legend."""
    return sorted({one["state"] for row in table["cells"] for one in row if "state" in one})


def marks(table: Mapping[str, Any]) -> dict[str, bool]:
    """Which marks stand beside figures in the table, for its legend."""
    cells = [one for row in table["cells"] for one in row]
    return {mark: True for mark in ("provisional", "after_break") if any(one.get(mark) for one in cells)}


def published(slug: str) -> Any:
    """The newest release of each indicator that a programme has published, without what it is held against."""
    found = Release.objects.public().filter(programme__slug=slug)
    return found.select_related("programme", "indicator", "definition").defer("counts")
