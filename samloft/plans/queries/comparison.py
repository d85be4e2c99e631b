"""Two versions of a plan side by side: what is new, continued, ended or renamed, and which sums differ (C7)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# `open_pot:åpen post:programme_grant:2`: what it is, its source, and the number of one more like it.
_KEY = re.compile(r"(?P<thing>.*):(?P<source>[a-z_]*)(?::[0-9]+)?", re.DOTALL)


class FigureRow(Protocol):
    """An amount in øre of an edition or a draft; `key` as in `queries/figures.py`."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def group(self) -> str: ...
    @property
    def amount(self) -> int: ...


class Change(StrEnum):
    NEW = "new"
    ENDED = "ended"
    CONTINUED = "continued"
    RENAMED = "renamed"
    CHANGED_SUM = "changed_sum"


CHANGE_LABELS: dict[Change, Promise] = {
    Change.NEW: _("New"),
    Change.ENDED: _("Ended"),
    Change.CONTINUED: _("Continued"),
    Change.RENAMED: _("Renamed"),
    Change.CHANGED_SUM: _("Changed sum"),
}


@dataclass(frozen=True)
class ComparedRow:
    """A measure or shared cost in both versions. Amounts are øre over all sources; None where no line has it."""

    thing: str
    label: str
    earlier_label: str
    group: str
    left: int | None
    right: int | None
    changes: tuple[Change, ...]

    @property
    def difference(self) -> int:
        return (self.right or 0) - (self.left or 0)

    @property
    def change_labels(self) -> list[tuple[Change, str]]:
        return [(change, str(CHANGE_LABELS[change])) for change in self.changes]


@dataclass(frozen=True)
class Comparison:
    rows: tuple[ComparedRow, ...]
    left_total: int
    right_total: int

    @property
    def difference(self) -> int:
        return self.right_total - self.left_total

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many rows have each change, in words."""
        return [
            (str(label), sum(change in row.changes for row in self.rows))
            for change, label in CHANGE_LABELS.items()
        ]


@dataclass(frozen=True)
class _Thing:
    label: str
    group: str = ""
    amount: int | None = None


def compare(
    left: Iterable[FigureRow],
    right: Iterable[FigureRow],
    *,
    left_names: Mapping[str, str] | None = None,
    right_names: Mapping[str, str] | None = None,
) -> Comparison:
    """Compare the earlier version (left) with the later one. No queries of its own.

    A measure is the same one when its id is, whatever it is called. The names, by `measure:12`, are what the
    measures are called in each version, with those that no line pays for. Rows stand in the later version's
    order, those that have ended after them.
    """
    before, after = _things(left, left_names or {}), _things(right, right_names or {})
    rows = [_row(thing, before.get(thing), after[thing]) for thing in after]
    rows += [_row(thing, before[thing], None) for thing in before if thing not in after]
    return Comparison(
        tuple(rows),
        sum(thing.amount or 0 for thing in before.values()),
        sum(thing.amount or 0 for thing in after.values()),
    )


def _things(figures: Iterable[FigureRow], names: Mapping[str, str]) -> dict[str, _Thing]:
    found: dict[str, _Thing] = {}
    for figure in figures:
        key = _KEY.fullmatch(figure.key)
        thing = key["thing"] if key else figure.key
        known = found.get(thing)
        found[thing] = (
            _Thing(known.label, known.group, (known.amount or 0) + figure.amount)
            if known
            else _Thing(names.get(thing, figure.label), figure.group, figure.amount)
        )
    for thing, name in names.items():
        found.setdefault(thing, _Thing(name))
    return found


def _row(thing: str, before: _Thing | None, after: _Thing | None) -> ComparedRow:
    shown = after or before
    assert shown is not None  # noqa: S101 -- one of the two is always there
    changes: list[Change] = []
    if before is None:
        changes = [Change.NEW]
    elif after is None:
        changes = [Change.ENDED]
    else:
        if before.label != after.label:
            changes.append(Change.RENAMED)
        if before.amount != after.amount:
            changes.append(Change.CHANGED_SUM)
        changes = changes or [Change.CONTINUED]
    return ComparedRow(
        thing=thing,
        label=shown.label,
        earlier_label=before.label if before and Change.RENAMED in changes else "",
        group=shown.group,
        left=before.amount if before else None,
        right=after.amount if after else None,
        changes=tuple(changes),
    )
