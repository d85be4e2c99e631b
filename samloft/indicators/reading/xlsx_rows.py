"""The sheets of an Excel workbook, row by row."""

import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_noop as _

from samloft.core.amounts import plain_spaces
from samloft.core.files.package import Limits, Package
from samloft.core.files.refusals import FileRefused, broken, locked, refused
from samloft.indicators.reading.limits import (
    LARGEST_SHEET,
    LARGEST_UNPACKED,
    LARGEST_WORKBOOK,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ELEMENTS,
    MOST_SHEETS,
)
from samloft.indicators.reading.rows import Cell, Row
from samloft.indicators.reading.source import Source

# A formula whose result was never stored: no figure, and nobody can tell that from an empty cell.
_UNCOMPUTED = re.compile(rb"</(?:\w+:)?f>\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>")
# What a number format shows as it stands: a sign of per cent in it multiplies nothing.
_LITERAL = re.compile(r'"[^"]*"|\\.|_.')
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def too_much() -> FileRefused:
    return refused(_("The workbook is too large to unpack. Save the sheet with the table as CSV and upload that."))


_LIMITS = Limits(
    largest_unpacked=LARGEST_UNPACKED, largest_xml=LARGEST_SHEET, most_elements=MOST_ELEMENTS, too_much=too_much
)


def is_old_excel(beginning: bytes) -> bool:
    return beginning.startswith(_OLE)


def refuse_old_excel(source: Source) -> FileRefused:
    with source.open() as file:
        content = file.read(LARGEST_WORKBOOK)
    if "EncryptedPackage".encode("utf-16-le") in content:
        return locked()
    return refused(_("The file is in the old Excel format. Open it in Excel, save it as .xlsx and upload that."))


def open_xlsx(source: Source) -> list["XlsxSheet"]:
    """The visible sheets of a checked workbook. Raises FileRefused."""
    if source.size > LARGEST_WORKBOOK:
        raise too_much()
    with source.open() as file:
        package = Package(file.read(), _LIMITS)
    if not package.has("xl/workbook.xml") and not package.main_part("spreadsheetml"):
        raise refused(_("The file is no Excel workbook. Download the table as .xlsx, CSV or JSON-stat."))
    package.check_all_xml()
    for name in package.names:
        if re.search(r"worksheets/[^/]+\.xml$", name) and _UNCOMPUTED.search(package.read(name)):
            raise refused(
                _("The workbook holds formulas whose results are not stored. Open it in Excel and save it again.")
            )
    book = _opened(package.repacked())
    return [XlsxSheet(sheet, str(sheet.title)) for sheet in book.worksheets[:MOST_SHEETS] if _is_visible(sheet)]


def _opened(packed: bytes) -> Any:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(packed), read_only=True, data_only=True, keep_links=False)
    except (FileRefused, MemoryError):
        raise
    except Exception:  # openpyxl answers a damaged workbook with errors of every kind
        raise broken() from None


def _is_visible(sheet: Any) -> bool:
    return hasattr(sheet, "iter_rows") and sheet.sheet_state == "visible"


@dataclass(frozen=True)
class XlsxSheet:
    sheet: Any
    name: str

    def rows(self) -> Iterator[Row]:
        # The size that the sheet claims would fill every row up to it.
        self.sheet.reset_dimensions()
        rows = self.sheet.iter_rows()
        number = 0
        while True:
            number += 1
            try:
                cells = next(rows)
            except StopIteration:
                return
            except Exception:  # the XML is sound, so what is wrong is a value that is none
                raise broken() from None
            if len(cells) > MOST_COLUMNS:
                raise refused(_("The sheet is wider than a table of figures. Save the table alone."))
            yield Row(number, [_cell(cell) for cell in cells])


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        # A share is stored as a fraction and shown as per cent; the table means what it shows.
        return round(value * 100, 10) if "%" in _LITERAL.sub("", str(cell.number_format or "")) else value
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return plain_spaces(str(value)[:LONGEST_CELL])
