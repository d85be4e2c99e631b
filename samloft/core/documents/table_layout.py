"""How wide a table's columns are to be, judged by the text in them: the same in PDF and Word."""

from __future__ import annotations

from dataclasses import dataclass

from samloft.core.documents.blocks import Table

ORDINARY, SMALL, TINY = 9.0, 8.0, 6.5  # points
# What a line holds, in characters with the space between columns: upright A4 (160 mm), and lying (247 mm).
_UPRIGHT = ((ORDINARY, 88), (SMALL, 108))
_LYING = ((SMALL, 167), (TINY, 205))
_PADDING = 3
_WIDEST_WORD = 24


@dataclass(frozen=True, slots=True)
class TableLayout:
    """`weights` add up to 1, one per column; `size` is in points; `is_wide` asks for a lying page.

    `wraps_headings`: figure columns as wide as their headings would leave too little for the words.
    """

    weights: tuple[float, ...]
    size: float
    is_wide: bool
    wraps_headings: bool = False


def table_layout(table: Table) -> TableLayout:
    """Give every figure column its full width, and share the rest by how much the text columns hold."""
    least: list[float] = []
    wished: list[float] = []
    for place, column in enumerate(table.columns):
        texts = [row.cells[place].text for row in table.rows if len(row.cells) > place and len(row.cells) > 1]
        longest_word = max((len(word) for text in [column.header, *texts] for word in text.split(" ")), default=1)
        if column.align == "end":
            longest = max((len(text) for text in texts), default=1)
            least.append(max(longest, min(longest_word, _WIDEST_WORD)) + _PADDING)
            wished.append(least[-1])
        else:
            lengths = sorted(len(text) for text in [column.header, *texts])
            typical = lengths[int(len(lengths) * 0.9)] if len(lengths) > 1 else lengths[0]
            least.append(min(longest_word, _WIDEST_WORD) + _PADDING)
            wished.append(max(least[-1], min(typical, 120) + _PADDING))
    spread = [
        max(low, len(column.header) + _PADDING) if column.align == "end" else low
        for column, low in zip(table.columns, least, strict=True)
    ]
    return _share(least, wished, spread)


def _share(least: list[float], wished: list[float], spread: list[float]) -> TableLayout:
    needed = sum(least)
    size, line = next(((size, room) for size, room in _UPRIGHT + _LYING if needed <= room), (TINY, needed))
    spare = line - needed
    wishes = [wish - low for wish, low in zip(wished, least, strict=True)]
    # With few wishes the table still fills the line; the first column, the name, takes what is left.
    part = spare / max(sum(wishes), spare) if spare else 0
    widths = [low + part * wish for low, wish in zip(least, wishes, strict=True)]
    widths[0] += line - sum(widths)
    return TableLayout(
        tuple(width / line for width in widths),
        size,
        is_wide=needed > _UPRIGHT[-1][1],
        wraps_headings=sum(spread) > line,
    )
