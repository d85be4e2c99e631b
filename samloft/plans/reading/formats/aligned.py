"""Tables that nobody drew: rows of words with their places, columns found from where the words stand.

Used for text with tabs or runs of spaces (places count characters) and for PDF pages without ruled lines
(places are points).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from samloft.plans.reading.document import Cell, Row

_AMOUNT = re.compile(
    r"(?:kr\.?:?|nok|mnok|tkr)?\s*[(\-−–]?\s*[0-9][0-9\s.,'’]*\)?(?:,-|,–|:-|\.-)?"
    r"\s*(?:kr\.?|kroner|nok|mill\.?|tkr|mnok|tusen|k|'|\*|†|[¹²³]|\[[0-9]\])*(?:\s*kr\.?|\s*kroner)?\??",
    re.I,
)
_NO_AMOUNT = re.compile(r"(?:kr\.?\s*)?[-–—]")
MOST_LINES_BETWEEN = 3
MOST_NAME_LINES = 10


@dataclass(frozen=True)
class Piece:
    """A run of words that belong together, with its left and right edge."""

    left: float
    right: float
    text: str
    bold: bool = False


@dataclass(frozen=True)
class Line:
    number: int
    top: float
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)


def looks_like_amount(text: str) -> bool:
    stripped = text.strip()
    return bool(_AMOUNT.fullmatch(stripped)) and not re.fullmatch(r"(?:19|20)[0-9]{2}|[0-9]{1,2}\.?", stripped)


def has_amount(line: Line) -> bool:
    """Whether the line can be a row of a budget table: words, and an amount or a dash in a place of its own."""
    if len(line.pieces) < 2:
        return False
    return any(looks_like_amount(piece.text) for piece in line.pieces) or (
        _NO_AMOUNT.fullmatch(line.pieces[-1].text) is not None
    )


def regions(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The stretches [from, to) of lines that are tables: at least two rows with amounts, close together."""
    amounts = [i for i, line in enumerate(lines) if has_amount(line)]
    found: list[tuple[int, int]] = []
    group: list[int] = []
    for i in [*amounts, len(lines) + 100]:
        if group and not _are_close(lines, group[-1], i):
            if len(group) >= 2:
                found.append((_with_header(lines, group[0], found[-1][1] if found else 0), group[-1] + 1))
            group = []
        group.append(i)
    return [
        (start, _with_tail(lines, start, end, found[k + 1][0] if k + 1 < len(found) else len(lines)))
        for k, (start, end) in enumerate(found)
    ]


def _are_close(lines: Sequence[Line], above: int, below: int) -> bool:
    """Whether two rows with amounts are of one table: few lines between, or only the rest of a long name."""
    between = lines[above + 1 : min(below, len(lines))]
    if below - above - 1 <= MOST_LINES_BETWEEN:
        return True
    money = min(
        piece.left
        for piece in lines[above].pieces
        if looks_like_amount(piece.text) or piece is lines[above].pieces[-1]
    )
    return (
        below < len(lines)
        and len(between) <= MOST_NAME_LINES
        and all(len(line.pieces) == 1 and line.pieces[0].right < money for line in between)
    )


def _with_header(lines: Sequence[Line], first: int, floor: int) -> int:
    start = first
    for i in range(first - 1, max(floor, first - 6) - 1, -1):
        if len(lines[i].pieces) >= 2:
            start = i
        elif i < first - MOST_LINES_BETWEEN:
            break
    return start


def _with_tail(lines: Sequence[Line], start: int, end: int, ceiling: int) -> int:
    """Take the end of a name that was broken over two lines into the table."""
    pitch = _pitch(lines[start:end])
    if end < ceiling and _is_continuation(lines[end]) and lines[end].top - lines[end - 1].top <= pitch:
        return end + 1
    return end


def _is_continuation(line: Line) -> bool:
    return len(line.pieces) == 1 and line.text[:1].islower() and len(line.text) < 60


def _pitch(lines: Sequence[Line]) -> float:
    gaps = sorted(b.top - a.top for a, b in pairwise(lines) if b.top > a.top)
    return gaps[len(gaps) // 2] if gaps else 0.0


def to_rows(lines: Sequence[Line]) -> list[Row]:
    """One row per line, its pieces put in the columns that the rows with amounts show."""
    columns = columns_of(lines)
    rows = []
    for line in lines:
        placed = place_pieces(line, columns)
        cells = [
            Cell(text=" ".join(piece.text for piece in pieces), bold=bool(pieces) and all(p.bold for p in pieces))
            for pieces in placed
        ]
        rows.append(Row(line.number, tuple(cells)))
    return rows


def place_pieces(line: Line, columns: Sequence[tuple[float, float]]) -> list[list[Piece]]:
    """The pieces of a line in the columns where they stand."""
    placed: list[list[Piece]] = [[] for _column in columns]
    for piece in line.pieces:
        placed[_column_of(piece, columns)].append(piece)
    return placed


def columns_of(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Left and right edge of each column, found from the rows with amounts."""
    spans: list[tuple[float, float]] = []
    rows = [line for line in lines if has_amount(line)]
    for left, right in sorted((piece.left, piece.right) for line in rows for piece in line.pieces):
        if spans and left < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], right))
        else:
            spans.append((left, right))
    return spans


def _column_of(piece: Piece, columns: Sequence[tuple[float, float]]) -> int:
    def overlap(span: tuple[float, float]) -> float:
        return min(piece.right, span[1]) - max(piece.left, span[0])

    best = max(range(len(columns)), key=lambda i: overlap(columns[i]))
    if overlap(columns[best]) > 0 and columns[best][0] <= piece.left + 1:
        return best
    touching = [i for i, span in enumerate(columns) if overlap(span) > 0]
    # A heading wider than its column begins where its column begins.
    return touching[0] if touching else best
