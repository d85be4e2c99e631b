"""Tables that a page break tore in two, put together again."""

import re
from collections.abc import Sequence
from dataclasses import replace

from samloft.plans.reading.columns import is_header
from samloft.plans.reading.document import Block, Document, Paragraph, Row, Table
from samloft.plans.reading.totals import TotalKind, total_kind

_PAGE_MARK = re.compile(
    r"\W*(?:side|s\.|page)?\s*[0-9]{1,3}(?:\s*(?:av|/)\s*[0-9]{1,3})?\W*|"
    r"\W*(?:tabell\w*\s*[0-9]*\W*)?(?:forts\w*\.?|fortsetter|held fram).*",
    re.I,
)


def whole_tables(document: Document) -> Document:
    """The document with a table and its rest on the next page as one table."""
    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Table):
            above = _table_above(blocks)
            if above is not None and _goes_on(blocks[above], block):
                first = blocks[above]
                del blocks[above + 1 :]
                blocks[above] = _together(first, block) if isinstance(first, Table) else first
                continue
        blocks.append(block)
    return replace(document, blocks=tuple(blocks))


def _table_above(blocks: Sequence[Block]) -> int | None:
    """Where the table above is, when nothing but the marks of a page break stand between."""
    for i in range(len(blocks) - 1, max(-1, len(blocks) - 4), -1):
        block = blocks[i]
        if isinstance(block, Table):
            return i
        if not isinstance(block, Paragraph) or not (len(block.text) < 60 and _PAGE_MARK.fullmatch(block.text)):
            return None
    return None


def _goes_on(first: Block, second: Table) -> bool:
    if not isinstance(first, Table) or first.is_list or second.is_list or first.sheet != second.sheet:
        return False
    rows = [row for row in first.rows if not row.is_blank]
    if not rows or not second.rows or len(rows[0].cells) != len(second.rows[0].cells) or _is_closed(rows[-1]):
        return False
    header = next((row for row in rows if is_header(row)), None)
    opening = second.rows[0]
    return header is not None and (_texts(header) == _texts(opening) or not is_header(opening))


def _is_closed(row: Row) -> bool:
    """Whether the row states the total of its table."""
    kinds = [total_kind(cell.text, bold=cell.bold, areas=()) for cell in row.filled]
    return TotalKind.WHOLE in kinds or TotalKind.BARE in kinds


def _texts(row: Row) -> list[str]:
    return [cell.text.casefold() for cell in row.cells]


def _together(first: Table, second: Table) -> Table:
    rows = second.rows[1:] if is_header(second.rows[0]) else second.rows
    if first.number:
        last = first.rows[-1].number
        rows = tuple(Row(last + i, row.cells) for i, row in enumerate(rows, start=1))
    return replace(first, rows=(*first.rows, *rows))
