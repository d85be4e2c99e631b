"""Tables for people's spreadsheets: CSV that Norwegian Excel opens as columns, and XLSX.

A text that starts like a formula gets an apostrophe in front, so that opening the file runs nothing.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

from samloft.core.money import kroner_text

# What a sheet's name may not have in it.
_NOT_IN_TITLES = re.compile(r"[\\/*?:\[\]]")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"


@dataclass(frozen=True)
class Money:
    """A cell with an amount in øre; shown in kroner."""

    ore: int


Cell = str | int | float | Money | None


class _Echo:
    """A file that gives back what is written, so that rows can be streamed."""

    def write(self, text: str) -> str:
        return text


def safe(text: str) -> str:
    """The text, made harmless where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_rows(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """One piece for each line. Semicolons, decimal commas and a byte order mark, as Norwegian Excel wants it."""
    write = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n").writerow
    yield ("\ufeff" + write([safe(text) for text in header])).encode()
    for row in rows:
        yield write([_csv_cell(cell) for cell in row]).encode()


def xlsx(title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A workbook with one sheet, its first row frozen; amounts are numbers in kroner."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(_NOT_IN_TITLES.sub("-", title)[:31])
    sheet.freeze_panes = "A2"
    head = []
    for text in header:
        cell = WriteOnlyCell(sheet, value=safe(text))
        cell.font = Font(bold=True)
        head.append(cell)
    sheet.append(head)
    for row in rows:
        sheet.append([_xlsx_cell(sheet, cell, WriteOnlyCell) for cell in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _csv_cell(cell: Cell) -> str | int:
    if isinstance(cell, Money):
        return kroner_text(cell.ore).replace(".", ",")
    if isinstance(cell, float):
        return f"{cell:.15g}".replace(".", ",")
    return safe(cell) if isinstance(cell, str) else ("" if cell is None else cell)


def _xlsx_cell(sheet: Any, cell: Cell, make: Any) -> Any:
    if isinstance(cell, Money):
        amount = make(sheet, value=Decimal(kroner_text(cell.ore)))
        amount.number_format = "#,##0" if cell.ore % 100 == 0 else "#,##0.00"
        return amount
    return safe(cell) if isinstance(cell, str) else cell
