"""Names that were broken over two rows of a table, put together again."""

import re
from collections.abc import Sequence
from dataclasses import replace

from samloft.plans.reading.document import Row
from samloft.plans.reading.layout import Layout
from samloft.plans.reading.names import joined_lines

_OPEN_END = re.compile(r"(?:[-–,/&+]|\b(?:og|i|av|for|med|til|på|ved|mot|fra|samt|eller))$", re.I)
_SMALL_START = re.compile(r"^[a-zæøå(–-]")


def whole_names(rows: Sequence[Row], layout: Layout) -> list[Row]:
    """The rows, with a name that goes on in a row without an amount joined to the row that has it."""
    at = layout.columns.name
    money = [column.index for column in layout.money]

    def is_name_only(row: Row) -> bool:
        return (
            len(row.filled) == 1
            and bool(row.cells[at].text)
            and not row.cells[at].bold
            and all(row.cells[i].merged is None for i in money)
        )

    def has_money(row: Row) -> bool:
        return any(not row.cells[i].is_blank for i in money)

    named = [row.cells[at].text for row in rows if has_money(row) and row.cells[at].text]
    if sum(1 for name in named if _SMALL_START.match(name)) > 0.5 * len(named):
        return list(rows)  # names in lower case do not tell where a name goes on
    joined: list[Row] = []
    for row in rows:
        before = joined[-1] if joined else None
        text = row.cells[at].text
        if before is not None and text and before.cells[at].text:
            ends_open = _OPEN_END.search(before.cells[at].text) is not None
            goes_on = _SMALL_START.match(text) is not None
            if is_name_only(row) and has_money(before) and (goes_on or ends_open):
                joined[-1] = _with_name(before, at, row, keep=before)
                continue
            if has_money(row) and is_name_only(before) and (goes_on or ends_open):
                joined[-1] = _with_name(before, at, row, keep=row)
                continue
        joined.append(row)
    return joined


def _with_name(first: Row, at: int, second: Row, *, keep: Row) -> Row:
    name = joined_lines(f"{first.cells[at].text}\n{second.cells[at].text}")
    cells = list(keep.cells)
    cells[at] = replace(cells[at], text=name)
    return Row(first.number, tuple(cells))
