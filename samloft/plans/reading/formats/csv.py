"""Comma-separated values as spreadsheets save them: semicolon, comma or tab between the fields."""

import csv
import io
import re

from samloft.core.amounts import plain_spaces
from samloft.core.files.delimiters import delimiter_of
from samloft.plans.reading.document import Cell, Document, Draft, Row, Table, same_width
from samloft.plans.reading.names import is_bold_markup, joined_lines, without_markup
from samloft.plans.reading.refuse import MOST_ROWS, too_much


def is_csv(text: str) -> bool:
    """Whether ordinary text is in truth separated values: most lines split into the same number of fields."""
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    if len(lines) < 2 or any(line.lstrip().startswith(("|", "#", "**", "- ", "* ")) for line in lines):
        return False
    for delimiter in ";\t":
        counts = [line.count(delimiter) for line in lines]
        usual = max(set(counts), key=counts.count)
        if usual > 0 and counts.count(usual) >= 0.7 * len(lines):
            return True
    return False


def read_csv(text: str) -> Document:
    """Turn separated values into a document with one table; rows are numbered by the line where they begin."""
    lines = list(io.StringIO(text, newline=None))
    if lines and re.fullmatch(r"\s*sep=.\s*", lines[0], re.I):
        delimiter = lines[0].strip()[-1]
        lines[0] = "\n"
    else:
        delimiter = delimiter_of(text)
    reader = csv.reader(lines, delimiter=delimiter, strict=False)
    rows: list[Row] = []
    while True:
        start = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            break
        except csv.Error:
            raise too_much() from None
        if len(rows) > MOST_ROWS or len(fields) > 1000:
            raise too_much()
        rows.append(Row(start, tuple(_cell(field) for field in fields)))
    draft = Draft()
    draft.blocks.append(Table(same_width(rows)))
    return draft.done()


def _cell(field: str) -> Cell:
    return Cell(text=plain_spaces(joined_lines(without_markup(field))), bold=is_bold_markup(field))
