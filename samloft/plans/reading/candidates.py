"""Every table of a document that may be a budget, read, with the words that stand around it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from samloft.plans.reading import vocabulary
from samloft.plans.reading.adding_up import Sums, add_up
from samloft.plans.reading.cells import looks_like_money
from samloft.plans.reading.columns import find_columns, header_labels, is_header, is_second_header
from samloft.plans.reading.document import Document, Heading, Merged, Paragraph, Row, Table
from samloft.plans.reading.layout import Layout, make_layout
from samloft.plans.reading.row_reader import read_rows
from samloft.plans.reading.rows import Kind, ReadRow, RowReading
from samloft.plans.reading.sources import is_source_name, source_of
from samloft.plans.reading.wording import key

_CAPTION = re.compile(r"^\W*(?:tabell|tab\.|figur|oversikt)\b\s*[0-9]*[.:]?[^.]{0,250}", re.I)
MOST_HEADER_SEARCH = 40
MOST_TABLES = 400
LONGEST_NAME = 140  # characters; a longer text in a table is no measure's name


@dataclass(frozen=True)
class Surroundings:
    """What stands around a table: its headings from the highest down, and the nearest paragraphs."""

    headings: tuple[Heading, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def heading(self) -> str:
        return self.headings[-1].text if self.headings else ""

    @property
    def captions(self) -> list[str]:
        nearest = (*self.before[-1:], *self.after[:1])
        return [found[0] for text in nearest if (found := _CAPTION.match(text))]

    @property
    def near(self) -> list[str]:
        return [*self.captions, *self.before, *self.after[:1], self.heading]


@dataclass(frozen=True)
class Candidate:
    table: Table
    around: Surroundings
    layout: Layout
    reading: RowReading
    sums: Sums
    preamble: tuple[str, ...]

    @property
    def lines(self) -> list[ReadRow]:
        return [row for row in self.sums.rows if row.kind is Kind.LINE]

    @property
    def ore(self) -> int:
        return sum(line.ore for line in self.lines)

    @property
    def words(self) -> str:
        """Everything that says what the table is about."""
        return " ".join(
            [
                self.table.sheet,
                self.around.heading,
                *self.around.captions,
                *self.preamble,
                *self.layout.columns.labels,
            ]
        )

    @property
    def shape(self) -> tuple[str, ...]:
        return tuple(key(label) for label in self.layout.columns.labels)


def find_candidates(document: Document, year: int | None, measures: frozenset[str]) -> list[Candidate]:
    """Read every table that has names and money."""
    unit = _unit_of_whole(document)
    headings = _area_headings(document)
    found: list[Candidate] = []
    tables = 0
    for table, around in _tables_with_surroundings(document):
        for part, preamble in _split(table):
            tables += 1
            if tables > MOST_TABLES:
                return found
            read = _read(part, preamble, around, year, unit, headings, measures)
            if read:
                found.append(read)
    return found


def _read(
    table: Table,
    preamble: tuple[str, ...],
    around: Surroundings,
    year: int | None,
    unit: int | None,
    headings: Sequence[str],
    measures: frozenset[str],
) -> Candidate | None:
    headers, body = _header_and_body(table)
    body, below = _without_words_below(body)
    around = replace(around, after=(*below, *around.after))
    width = len(table.rows[0].cells) if table.rows else 0
    columns = find_columns(header_labels(headers, width), body)
    if columns is None or not body:
        return None
    near_unit = next((u for text in (*preamble, *around.near) if (u := vocabulary.unit_of_sentence(text))), None)
    said_source = next(
        (s for text in (*around.captions, *preamble, around.heading) if (s := source_said(text))), None
    )
    layout = make_layout(columns, body, year=year, unit=near_unit or unit, source=said_source)
    reading = read_rows(table, body, headers, layout, headings, measures)
    sums = add_up(table, layout, reading.rows)
    candidate = Candidate(table, around, layout, reading, sums, preamble)
    return candidate if any(row.kind is Kind.LINE for row in sums.rows) else None


def _without_words_below(body: list[Row]) -> tuple[list[Row], tuple[str, ...]]:
    """The rows down to the last with money, and the texts alone in the rows below, as under a table in a sheet."""
    end = len(body)
    while end and not _has_money_look(body[end - 1]) and len(body[end - 1].filled) <= 1:
        end -= 1
    below = [row for row in body[end:] if row.filled]
    if not any(len(row.filled[0].text) > LONGEST_NAME or _CAPTION.match(row.filled[0].text) for row in below):
        return body, ()
    return body[:end], tuple(row.filled[0].text[:600] for row in below[:2])


def source_said(text: str) -> str | None:
    """The source that a caption or heading gives for the whole table."""
    if not re.search(r"midler|midlar|tilskudd|tilskot|finansier|støtte", text, re.I):
        return None
    return source_of(text)


def _area_headings(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading)][:500]


def _unit_of_whole(document: Document) -> int | None:
    """A unit said of all tables at once: "Alle tall i hele tusen"."""
    for block in document.blocks:
        text = block.text if isinstance(block, Paragraph | Heading) else ""
        if re.search(r"\balle\s+(?:tall|tal|beløp|summer|tabeller|kostnader)\b", text, re.I):
            unit = vocabulary.unit_of_sentence(text)
            if unit:
                return unit
    return None


def _tables_with_surroundings(document: Document) -> list[tuple[Table, Surroundings]]:
    found = []
    stack: list[Heading] = []
    for i, block in enumerate(document.blocks):
        if isinstance(block, Heading):
            stack = [heading for heading in stack if heading.level < block.level]
            stack.append(block)
        elif isinstance(block, Table):
            found.append((block, Surroundings(tuple(stack), _near(document, i, -1), _near(document, i, 1))))
    return found


def _near(document: Document, at: int, step: int) -> tuple[str, ...]:
    texts: list[str] = []
    i = at + step
    while 0 <= i < len(document.blocks) and len(texts) < 2:
        block = document.blocks[i]
        if not isinstance(block, Paragraph):
            break
        texts.append(block.text[:600])
        i += step
    return tuple(reversed(texts)) if step < 0 else tuple(texts)


def _split(table: Table) -> list[tuple[Table, tuple[str, ...]]]:
    """One table per header row that names new columns, each with the words above it as its preamble."""
    starts: list[int] = []
    last: tuple[str, ...] | None = None
    for i, row in enumerate(table.rows):
        if is_header(row):
            labels = tuple(cell.text.casefold() for cell in row.cells)
            if last is None or (labels != last and _opens_anew(table.rows, i, last)):
                starts.append(i)
                last = labels
    if not starts:
        return [(table, ())]
    parts: list[tuple[Table, tuple[str, ...]]] = []
    for n, start in enumerate(starts):
        end = _end_of_part(table, start, starts[n + 1] if n + 1 < len(starts) else len(table.rows))
        floor = 0 if n == 0 else _end_of_part(table, starts[n - 1], start)
        above = table.rows[floor:start]
        if n == 0 and any(not cell.is_blank and _has_money_look(row) for row in above for cell in row.cells[:1]):
            before = _headless(above)
            if before:
                parts.append((replace(table, rows=before), ()))
        merged_above = _header_above(table.rows, start, floor)
        preamble = tuple(" ".join(cell.text for cell in row.filled) for row in above if row.filled)
        parts.append((replace(table, rows=table.rows[merged_above:end]), preamble[-4:]))
    return parts


def _opens_anew(rows: Sequence[Row], at: int, last: tuple[str, ...]) -> bool:
    """Whether a row of header words below another header opens a table, and is no line that sounds like one."""
    labels = {cell.text.casefold() for cell in rows[at].filled}
    return len(labels & set(last)) >= 2 or len(rows[at - 1].filled) <= 1


def _headless(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows above the first header are a table of their own only when several of them hold money."""
    return tuple(rows) if sum(_has_money_look(row) for row in rows) >= 3 else ()


def _has_money_look(row: Row) -> bool:
    return any(looks_like_money(cell) for cell in row.cells)


def _end_of_part(table: Table, start: int, limit: int) -> int:
    """Where a table ends before the next header: the words right above that header belong to it."""
    if limit == len(table.rows):
        return limit
    end = limit
    while end > start + 1 and not _has_money_look(table.rows[end - 1]):
        end -= 1
    return end


def _header_above(rows: Sequence[Row], start: int, floor: int) -> int:
    """Take in a row right above the header whose headings span several columns."""
    if start - 1 >= floor:
        above = rows[start - 1]
        width = len(above.cells)
        spans = [i for i, cell in enumerate(above.cells) if cell.merged is Merged.LEFT]
        if above.filled and spans and len(spans) < width - 1 and not above.cells[0].text:
            return start - 1
        beside = [c for c in above.filled if c is not above.cells[0]]
        if len(above.filled) >= 2 and beside and is_second_header(above):
            return start - 1
    return start


def _header_and_body(table: Table) -> tuple[list[Row], list[Row]]:
    rows = list(table.rows)
    at = next((i for i, row in enumerate(rows[:MOST_HEADER_SEARCH]) if is_header(row)), None)
    if at is None:
        return _unnamed_header(rows)
    headers = [*(row for row in rows[:at] if row.filled), rows[at]]
    i = at + 1
    while i < len(rows) and i <= at + 2 and is_second_header(rows[i]):
        headers.append(rows[i])
        i += 1
    return headers, rows[i:]


def _unnamed_header(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """A first row of words over a column of money names the columns, whatever words it uses."""
    money = [i for i, row in enumerate(rows) if _has_money_look(row)]
    if not money:
        return [], rows
    above = [row for row in rows[: money[0]] if len([c for c in row.filled if c.merged is None]) >= 2]
    if not above:
        return [], rows
    header = above[0]
    holds = {i for row in rows for i, cell in enumerate(row.cells) if looks_like_money(cell)}
    if not any(header.cells[i].text for i in holds if i < len(header.cells)):
        return [], rows
    at = rows.index(header)
    return [header], rows[at + 1 :]


def is_financing(candidate: Candidate) -> bool:
    """Whether the rows are named after where the money comes from."""
    names = [line.name for line in candidate.lines]
    return sum(is_source_name(name) for name in names) > 0.6 * len(names)
