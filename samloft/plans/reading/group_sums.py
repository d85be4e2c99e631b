"""Headings that state the sum of the lines below them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from samloft.plans.reading.names import without_numbering
from samloft.plans.reading.rows import Kind, ReadRow
from samloft.plans.reading.totals import TotalKind

_TOP_NUMBER = re.compile(r"^(?:[0-9]{1,2}|[A-Z])[.):]?\s")
_SUB_NUMBER = re.compile(r"^[0-9]{1,2}\.[0-9]+")


def with_sums_above(rows: Sequence[ReadRow]) -> list[ReadRow]:
    """The rows with headings that carry their group's sum made totals, when the figures prove the habit.

    A bold measure is a measure: only rows that look like headings are considered, and at least one group of
    several lines, or two groups, must add up to what their heading states.
    """
    settled = list(rows)
    groups = _groups(settled)
    right = [at for at, group in groups.items() if group and settled[at].ore == sum(settled[i].ore for i in group)]
    if not right or (len(right) == 1 and len(groups[right[0]]) < 2):
        return settled
    for at, group in groups.items():
        if not group:
            continue
        name = without_numbering(settled[at].name).rstrip(":")
        settled[at] = replace(settled[at], kind=Kind.TOTAL, total=TotalKind.PART, focus_area=name)
        for i in group:
            settled[i] = replace(settled[i], focus_area=settled[i].focus_area or name)
    return settled


def _groups(rows: Sequence[ReadRow]) -> dict[int, list[int]]:
    """For every line that looks like a heading, the lines between it and the next such line or total."""
    lines = [i for i, row in enumerate(rows) if row.kind is Kind.LINE]
    sub_numbered = any(_SUB_NUMBER.match(rows[i].name) for i in lines)
    groups: dict[int, list[int]] = {}
    current: int | None = None
    for i, row in enumerate(rows):
        if row.kind in (Kind.TOTAL, Kind.HEADING):
            current = None
        elif row.kind is Kind.LINE:
            if row.is_marked or (sub_numbered and _TOP_NUMBER.match(row.name)):
                current = i
                groups[i] = []
            elif current is not None:
                groups[current].append(i)
    return groups
