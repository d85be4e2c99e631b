"""Rows of a table without rules, where a name may go on over several lines.

The distance between lines tells: a name's own lines stand closer than the rows do.
"""

from collections.abc import Sequence
from itertools import pairwise

from samloft.plans.reading.document import Cell, Row
from samloft.plans.reading.formats.aligned import Line, has_amount, to_rows
from samloft.plans.reading.names import joined_lines

_CLOSER = 0.92


def unwrapped(lines: Sequence[Line]) -> list[Row]:
    """One row per row of the table; lines that are the rest of a name are joined to it."""
    rows = to_rows(lines)
    owner = _owners(lines)
    joined: list[Row] = []
    at: dict[int, int] = {}
    for i, row in enumerate(rows):
        main = owner[i]
        if main in at:
            joined[at[main]] = _together(joined[at[main]], row)
        else:
            at[main] = len(joined)
            joined.append(row)
    return joined


def _owners(lines: Sequence[Line]) -> list[int]:
    """For every line the number of the line whose row it is part of."""
    owners = list(range(len(lines)))
    full = [i for i, line in enumerate(lines) if has_amount(line)]
    gaps = sorted(lines[b].top - lines[a].top for a, b in pairwise(full) if b == a + 1)
    if not gaps:
        return owners
    pitch = gaps[len(gaps) // 2]
    for i, line in enumerate(lines):
        if _has_own_row(line):
            continue
        above = line.top - lines[i - 1].top if i else pitch * 9
        below = lines[i + 1].top - line.top if i + 1 < len(lines) else pitch * 9
        if min(above, below) >= _CLOSER * pitch:
            continue
        if above <= below and i:
            owners[i] = owners[i - 1]
        elif i + 1 < len(lines):
            owners[i] = i + 1
    for i in range(len(owners) - 2, -1, -1):
        if owners[i] == i + 1:
            owners[i] = owners[i + 1]
    return owners


def _has_own_row(line: Line) -> bool:
    return len(line.pieces) >= 2


def _together(first: Row, second: Row) -> Row:
    cells = [
        Cell(
            text=joined_lines(f"{a.text}\n{b.text}") if a.text and b.text else a.text or b.text,
            bold=a.bold or b.bold,
        )
        for a, b in zip(first.cells, second.cells, strict=True)
    ]
    return Row(first.number, tuple(cells))
