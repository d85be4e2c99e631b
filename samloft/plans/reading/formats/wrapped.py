"""Rows of a table without rules, where a name may go on over several lines.

The distance between lines tells: a name's own lines stand closer than the rows do.
"""

from collections.abc import Sequence
from itertools import pairwise

from samloft.plans.reading.document import Cell, Row
from samloft.plans.reading.formats.aligned import Line, Piece, columns_of, has_amount, place_pieces
from samloft.plans.reading.names import is_cut_word, joined_lines

_CLOSER = 0.92  # of the distance between rows


def unwrapped(lines: Sequence[Line]) -> list[Row]:
    """One row per row of the table; lines that are the rest of a name are joined to it."""
    columns = columns_of(lines)
    rows: dict[int, list[list[Piece]]] = {}
    for line, owner in zip(lines, _owners(lines), strict=True):
        cells = rows.setdefault(owner, [[] for _column in columns])
        for at, pieces in enumerate(place_pieces(line, columns)):
            cells[at] += pieces
    return [
        Row(lines[owner].number, tuple(_cell(pieces, columns[at]) for at, pieces in enumerate(cells)))
        for owner, cells in rows.items()
    ]


def _owners(lines: Sequence[Line]) -> list[int]:
    """For every line the number of the line that its row begins with."""
    full = [i for i, line in enumerate(lines) if has_amount(line)]
    gaps = sorted(lines[b].top - lines[a].top for a, b in pairwise(full) if b == a + 1)
    if not gaps:
        return list(range(len(lines)))
    closer = _CLOSER * gaps[len(gaps) // 2]
    owners: list[int] = []
    for i, line in enumerate(lines):
        goes_on = i > 0 and line.top - lines[i - 1].top < closer
        owners.append(owners[-1] if goes_on else i)
    for first in set(owners):
        together = [i for i, owner in enumerate(owners) if owner == first]
        if sum(has_amount(lines[i]) for i in together) > 1:
            _part(owners, together, lines)
    return owners


def _part(owners: list[int], together: Sequence[int], lines: Sequence[Line]) -> None:
    """Give lines that stand as close as the rows do a row each; a line without an amount follows the one above."""
    for i in together:
        owners[i] = i
    for i in together[1:]:
        close = lines[i].top - lines[i - 1].top < 0.9 * (lines[i - 1].top - lines[max(0, i - 2)].top or 1)
        if not has_amount(lines[i]) and close:
            owners[i] = owners[i - 1]


def _cell(pieces: Sequence[Piece], column: tuple[float, float]) -> Cell:
    text = ""
    for before, piece in pairwise([None, *pieces]):
        if piece is None:
            continue
        cut = before is not None and _is_cut(before, piece, column)
        text = f"{text}{piece.text}" if cut else f"{text}\n{piece.text}"
    return Cell(text=joined_lines(text), bold=bool(pieces) and all(piece.bold for piece in pieces))


def _is_cut(first: Piece, second: Piece, column: tuple[float, float]) -> bool:
    if second.left >= first.right:
        return False  # beside each other, not below
    share = len(second.text.split()[0]) / len(second.text)
    joined = (first.right - first.left) + (second.right - second.left) * share
    return is_cut_word(
        first.text, second.text, room=column[1] - first.right, width=column[1] - column[0], joined=joined
    )
