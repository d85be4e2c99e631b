"""Separated values, line by line: semicolon, comma or tab, in any encoding that Norwegian programs write."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TextIO

from django.utils.translation import gettext_noop as _

from samloft.core.amounts import plain_spaces
from samloft.core.files.delimiters import delimiter_of
from samloft.core.files.encoding import NotText, encoding_of
from samloft.core.files.refusals import FileRefused, refused
from samloft.indicators.reading.limits import LONGEST_CELL, LONGEST_LINE, MOST_COLUMNS
from samloft.indicators.reading.rows import Row
from samloft.indicators.reading.source import Source

_CHUNK = 1024 * 1024
_SAMPLE = 200_000  # characters
_SEPARATOR = re.compile(r"\s*sep=(.)\s*", re.I)


def open_csv(source: Source) -> "CsvSheet":
    """Find the encoding and the delimiter. Raises FileRefused."""
    try:
        with source.open() as file:
            encoding = encoding_of(iter(partial(file.read, _CHUNK), b""))
        with source.open() as file:
            sample = io.TextIOWrapper(file, encoding).read(_SAMPLE)
    except (NotText, UnicodeError):
        raise not_text() from None
    said_so = _SEPARATOR.match(sample.partition("\n")[0])
    return CsvSheet(source, encoding, said_so[1] if said_so else delimiter_of(sample))


def not_text() -> FileRefused:
    return refused(_("The file is neither JSON-stat, CSV nor Excel (.xlsx). Download the table in one of those."))


@dataclass(frozen=True)
class CsvSheet:
    source: Source
    encoding: str
    delimiter: str
    name: str = ""

    def rows(self) -> Iterator[Row]:
        with self.source.open() as file, io.TextIOWrapper(file, self.encoding, newline="") as text:
            reader = csv.reader(_lines(text), delimiter=self.delimiter)
            while True:
                start = reader.line_num + 1
                try:
                    fields = next(reader)
                except StopIteration:
                    return
                except (csv.Error, UnicodeError):
                    raise _broken(start) from None
                if len(fields) > MOST_COLUMNS:
                    raise _too_wide()
                if start == 1 and _SEPARATOR.fullmatch(self.delimiter.join(fields)):
                    continue
                yield Row(start, [_cell(field, start) for field in fields])


def _lines(text: TextIO) -> Iterator[str]:
    """The lines; one without end is refused before it fills the memory."""
    while line := text.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise _too_wide()
        yield line


def _cell(field: str, row: int) -> str:
    if len(field) > LONGEST_CELL:
        raise _broken(row)
    return plain_spaces(field)


def _broken(row: int) -> FileRefused:
    return refused(_("Row %(row)d cannot be read. Is a quotation mark left open? Save the file again."), row=row)


def _too_wide() -> FileRefused:
    return refused(_("The file has lines that are longer than a table has. Save the table again as CSV."))
