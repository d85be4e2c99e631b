"""One page of a PDF: its ruled tables and, outside them, its lines of words."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from samloft.plans.reading.document import Cell, Merged
from samloft.plans.reading.formats.aligned import Line, Piece
from samloft.plans.reading.names import is_cut_word, joined_lines

Box = tuple[float, float, float, float]
_WIDE_GAP = 0.75  # of the letters' size; wider than a space, narrower than a column's border
_THICKEST_RULE = 4.0  # points; programs draw a rule as a thin filled box
_MARK_SIZE = 0.78
_RAISED_WIDTH = 0.36  # of the size; ordinary digits are half as wide as high
MOST_WORDS = 6_000


@dataclass(frozen=True)
class Word:
    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool


@dataclass(frozen=True)
class TextLine:
    """A line of words outside the tables."""

    top: float
    bottom: float
    size: float
    bold: bool
    lead: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)

    def as_line(self, number: int, offset: float) -> Line:
        return Line(number, offset + self.top, self.pieces)


@dataclass(frozen=True)
class RuledTable:
    top: float
    bottom: float
    edges: tuple[float, ...]  # left edge of each column
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Page:
    items: tuple[TextLine | RuledTable, ...]
    height: float


def read_page(page: Any) -> Page:
    """Read one pdfplumber page."""
    raw = page.extract_words(
        x_tolerance_ratio=0.2,
        y_tolerance=3,
        keep_blank_chars=False,
        use_text_flow=False,
        extra_attrs=["size", "fontname"],
        return_chars=True,
    )[:MOST_WORDS]
    widths = _digit_widths(page.chars)
    words = [word for one in raw if (word := _word(one, widths)).text.strip()]
    tables: list[RuledTable] = []
    boxes: list[Box] = []
    if len(page.rects) + len(page.lines) + len(page.curves) <= 4_000:
        for found in page.filter(_is_no_shade).find_tables():
            table = _ruled(found, words)
            if table is not None:
                tables.append(table)
                boxes.append(found.bbox)
    outside = [word for word in words if not any(_inside(word, box) for box in boxes)]
    items: list[TextLine | RuledTable] = [*tables, *_lines(outside)]
    return Page(tuple(sorted(items, key=lambda item: item.top)), float(page.height))


def _is_no_shade(item: dict[str, Any]) -> bool:
    """Whether an item of the page is anything but the shading of a row, whose edges are no rules."""
    return not (
        item["object_type"] == "rect"
        and not item.get("stroke")
        and min(item["width"], item["height"]) > _THICKEST_RULE
    )


def _digit_widths(chars: Sequence[dict[str, Any]]) -> dict[tuple[str, str], float]:
    """For each font and digit its widest form on the page, in parts of the letters' size."""
    widest: dict[tuple[str, str], float] = {}
    for char in chars:
        if char["text"].isdigit() and char["size"]:
            which = (char["fontname"], char["text"])
            widest[which] = max(widest.get(which, 0.0), (char["x1"] - char["x0"]) / char["size"])
    return widest


def _is_raised_form(char: dict[str, Any], widths: dict[tuple[str, str], float]) -> bool:
    """Whether a digit is the font's own small raised form, which has the size of its neighbours and less width."""
    if not char["text"].isdigit() or not char["size"]:
        return False
    width: float = (char["x1"] - char["x0"]) / char["size"]
    usual = widths.get((char["fontname"], char["text"]), width)
    return width < _RAISED_WIDTH or width < 0.75 * usual


def _word(raw: dict[str, Any], widths: dict[tuple[str, str], float]) -> Word:
    font = str(raw.get("fontname", "")).lower()
    text = raw["text"]
    chars = raw.get("chars") or []
    while len(text) > 0 and chars and len(chars) == len(text) and _is_raised_form(chars[-1], widths):
        text, chars = text[:-1], chars[:-1]
    return Word(
        text=text,
        left=float(raw["x0"]),
        right=float(raw["x1"]),
        top=float(raw["top"]),
        bottom=float(raw["bottom"]),
        size=float(raw.get("size") or 10.0),
        bold=bool(re.search(r"bold|black|heavy|semibold|demi", font)),
    )


def _inside(word: Word, box: Box) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1


# Lines of words


def _grouped(words: Sequence[Word]) -> list[list[Word]]:
    """Words that stand on the same line, from left to right; a raised mark belongs to the line it follows."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (one.bottom, one.left)):
        middle = (word.top + word.bottom) / 2
        at = next((line for line in reversed(lines[-6:]) if line[0].top <= middle <= line[0].bottom), None)
        if at is None:
            lines.append([word])
        else:
            at.append(word)
    merged: list[list[Word]] = []
    for line in lines:
        # A raised mark comes first when its bottom is higher; put it with the line that covers its middle.
        if merged and _is_same_line(merged[-1], line):
            merged[-1].extend(line)
        else:
            merged.append(line)
    return [sorted(line, key=lambda one: one.left) for line in merged]


def _is_same_line(above: Sequence[Word], line: Sequence[Word]) -> bool:
    small, tall = sorted((above, line), key=lambda words: max(word.size for word in words))
    middle = (small[0].top + small[0].bottom) / 2
    top, bottom = min(word.top for word in tall), max(word.bottom for word in tall)
    return top <= middle <= bottom


def _without_marks(words: Sequence[Word]) -> list[Word]:
    """The words of one line without raised footnote marks."""
    size = Counter(round(word.size, 1) for word in words for _letter in word.text).most_common(1)[0][0]
    low = max(word.bottom for word in words if word.size >= size - 0.2)
    return [
        word
        for word in words
        if not (
            word.size <= size * _MARK_SIZE
            and word.bottom < low - 0.8
            and re.fullmatch(r"[0-9*†‡,a-d)]{1,4}", word.text)
        )
    ]


def _lines(words: Sequence[Word]) -> list[TextLine]:
    return [_line(kept) for group in _grouped(words) if (kept := _without_marks(group))]


def _line(words: list[Word]) -> TextLine:
    pieces: list[Piece] = []
    run: list[Word] = []
    for word in words:
        if run and word.left - run[-1].right > _WIDE_GAP * max(word.size, run[-1].size):
            pieces.append(_piece(run))
            run = []
        run.append(word)
    pieces.append(_piece(run))
    bold_until = next((i for i, word in enumerate(words) if not word.bold), len(words))
    return TextLine(
        top=min(word.top for word in words),
        bottom=max(word.bottom for word in words),
        size=max(word.size for word in words),
        bold=bold_until == len(words),
        lead=" ".join(word.text for word in words[:bold_until]),
        pieces=tuple(pieces),
    )


def _piece(words: Sequence[Word]) -> Piece:
    return Piece(words[0].left, words[-1].right, _spaced(words), all(word.bold for word in words))


def _spaced(words: Sequence[Word]) -> str:
    """The words with a space where there is room for one; a change of size or weight alone is no space."""
    text = words[0].text if words else ""
    for before, word in pairwise(words):
        text += ("" if word.left - before.right < 0.1 * word.size else " ") + word.text
    return text


# Ruled tables


def _ruled(found: Any, words: Sequence[Word]) -> RuledTable | None:
    """The cells of a ruled table, or None when the rules make no table."""
    rows = [[tuple(cell) if cell else None for cell in row.cells] for row in found.rows]
    width = max((len(row) for row in rows), default=0)
    if width < 2 or len(rows) > 2_000:
        return None
    inside = [word for word in words if _inside(word, found.bbox)]
    edges = sorted({round(cell[0]) for row in rows for cell in row if cell})
    if len(edges) != width:
        edges = edges[:width] + [0] * (width - len(edges))
    cells = tuple(tuple(_ruled_cell(row, i, inside, edges) for i in range(width)) for row in rows)
    filled = [row for row in cells if sum(not cell.is_blank for cell in row) >= 2]
    if not filled or _is_one_box(cells):
        return None
    return RuledTable(float(found.bbox[1]), float(found.bbox[3]), tuple(float(edge) for edge in edges), cells)


def _is_one_box(cells: Sequence[Sequence[Cell]]) -> bool:
    """Rules above and below rows without rules between: the words of many rows in one cell."""
    return any(
        cell.text.count("\n") >= 4 and len(re.findall(r"\n[^\n]*[0-9]{3}", cell.text)) >= 3
        for row in cells
        for cell in row
    )


def _ruled_cell(row: Sequence[Box | None], at: int, words: Sequence[Word], edges: Sequence[float]) -> Cell:
    box = row[at] if at < len(row) else None
    if box is None:
        left = next((row[i] for i in range(at - 1, -1, -1) if i < len(row) and row[i]), None)
        spanned = left is not None and left[2] > edges[at] + 2
        return Cell(merged=Merged.LEFT if spanned else Merged.ABOVE)
    own = [word for word in words if _inside_strictly(word, box)]
    if not own:
        return Cell()
    lines = [kept for line in _grouped(own) if (kept := _without_marks(line))]
    text = ""
    for above, line in pairwise([[], *lines]):
        text += ("" if above and _is_cut(above, line, box) else "\n") + _spaced(line)
    return Cell(text=text.strip(), bold=all(word.bold for word in own))


def _is_cut(above: Sequence[Word], line: Sequence[Word], box: Box) -> bool:
    if len(above) != 1:
        return False
    first, second = above[0], line[0]
    padding = first.left - box[0]
    inner = (box[0] + padding, box[2] - padding)
    return is_cut_word(
        first.text,
        second.text,
        room=inner[1] - first.right,
        width=inner[1] - inner[0],
        joined=(first.right - first.left) + (second.right - second.left),
    )


def _inside_strictly(word: Word, box: Box) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def one_line(cell: Cell) -> Cell:
    """The cell with its lines joined to one."""
    return Cell(text=joined_lines(cell.text), bold=cell.bold, merged=cell.merged)
