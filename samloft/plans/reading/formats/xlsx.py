"""Excel workbooks: values with what they are, merged cells, and what is hidden."""

import io
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
from django.utils.translation import gettext_noop as _
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.cell import range_boundaries

from samloft.core.amounts import plain_spaces
from samloft.core.files.package import Package
from samloft.core.files.refusals import FileRefused, broken
from samloft.core.said import SaidAbout, said
from samloft.plans.reading.document import (
    Cell,
    CellKind,
    Document,
    Draft,
    Heading,
    Merged,
    Row,
    Table,
    place,
    same_width,
)
from samloft.plans.reading.refuse import MOST_CELLS, too_much

_CELL = re.compile(rb"<(?:\w+:)?c[ >/]")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
_ROW = re.compile(rb"<(?:\w+:)?row[ >/]")
MOST_COLUMNS = 250
MOST_SHEETS = 60


def read_xlsx(package: Package) -> Document:
    """Turn a workbook into a document: a heading and a table per visible sheet. Raises FileRefused."""
    package.check_all_xml()
    _refuse_huge(package)
    packed = package.repacked()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            shown = openpyxl.load_workbook(io.BytesIO(packed), data_only=True, keep_links=False)
            written = openpyxl.load_workbook(io.BytesIO(packed), data_only=False, keep_links=False)
            return _document(shown, written)
    except (FileRefused, MemoryError):
        raise
    except Exception:  # openpyxl answers a damaged workbook with errors of every kind
        raise broken() from None


def _refuse_huge(package: Package) -> None:
    cells = rows = 0
    for name in package.names:
        if re.search(r"worksheets/[^/]+\.xml$", name):
            content = package.read(name)
            cells += len(_CELL.findall(content))
            rows += len(_ROW.findall(content))
            cells += sum(_merged_cells(area) for area in _MERGED.findall(content))
    if cells > MOST_CELLS or rows > MOST_CELLS:
        raise too_much()


def _merged_cells(area: bytes) -> int:
    """How many cells a merged area covers; openpyxl makes an object of each."""
    low_column, low_row, high_column, high_row = (int(edge or 0) for edge in range_boundaries(area.decode()))
    return abs((high_column - low_column + 1) * (high_row - low_row + 1))


def _document(shown: Any, written: Any) -> Document:
    draft = Draft()
    sheets = [sheet for sheet in shown.worksheets if hasattr(sheet, "iter_rows")]
    if len(sheets) > MOST_SHEETS:
        raise too_much()
    for sheet in sheets:
        if sheet.sheet_state != "visible":
            draft.notes.append(
                _hidden(said(_("Sheet %(sheet)s"), sheet=sheet.title), _("The sheet is hidden and is not read."))
            )
            continue
        table = _table(sheet, written[sheet.title], draft)
        if table.rows:
            draft.blocks += [Heading(sheet.title, 1), table]
    return draft.done()


def _hidden(where: Any, message_id: str) -> SaidAbout:
    return SaidAbout(where, said(message_id))


def _table(sheet: Any, written: Any, draft: Draft) -> Table:
    merged = _merged(sheet)
    hidden_columns = _hidden_columns(sheet)
    empty = Table((), sheet=sheet.title)
    rows: list[Row] = []
    hidden_rows, hidden_with_content = [], False
    width = min(sheet.max_column or 0, MOST_COLUMNS)
    for number, cells in _filled_rows(sheet, width):
        read = [
            _cell(cell, written._cells.get((number, column + 1)), merged.get((number, column + 1)))
            for column, cell in enumerate(cells)
        ]
        if sheet.row_dimensions[number].hidden:
            if any(not cell.is_blank for cell in read):
                hidden_rows.append(number)
            continue
        for column in hidden_columns:
            if column < len(read) and not read[column].is_blank:
                hidden_with_content = True
                read[column] = Cell()
        rows.append(Row(number, tuple(read)))
    if hidden_rows:
        where = place(empty, hidden_rows[0])
        message = said(_("Hidden rows are not read: %(count)d."), count=len(hidden_rows))
        draft.notes.append(SaidAbout(where, message))
    if hidden_with_content:
        where = said(_("Sheet %(sheet)s"), sheet=sheet.title)
        draft.notes.append(_hidden(where, _("Hidden columns are not read.")))
    return Table(same_width(_trimmed(rows)), sheet=sheet.title)


def _filled_rows(sheet: Any, width: int) -> Iterator[tuple[int, list[Any]]]:
    """The rows that exist, by number; a sheet may claim a million rows and hold ten."""
    by_row: dict[int, dict[int, Any]] = {}
    for (row, column), cell in sheet._cells.items():
        if column <= width:
            by_row.setdefault(row, {})[column] = cell
    for row in sorted(by_row):
        yield row, [by_row[row].get(column) for column in range(1, width + 1)]


def _trimmed(rows: list[Row]) -> list[Row]:
    """The rows without the empty ones at the end and the empty columns to the right."""
    while rows and rows[-1].is_blank:
        rows.pop()
    last = max((i for row in rows for i, cell in enumerate(row.cells) if not cell.is_blank), default=-1)
    return [Row(row.number, row.cells[: last + 1]) for row in rows]


def _merged(sheet: Any) -> dict[tuple[int, int], Merged]:
    covered: dict[tuple[int, int], Merged] = {}
    for area in list(sheet.merged_cells.ranges)[:5_000]:
        if (area.max_row - area.min_row + 1) * (area.max_col - area.min_col + 1) > 20_000:
            continue
        for row in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, area.max_col + 1):
                if (row, column) != (area.min_row, area.min_col):
                    covered[row, column] = Merged.LEFT if column > area.min_col else Merged.ABOVE
    return covered


def _hidden_columns(sheet: Any) -> set[int]:
    hidden: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min:
            hidden.update(range(dimension.min - 1, min(dimension.max or dimension.min, MOST_COLUMNS)))
    return hidden


def _cell(cell: Any, written: Any, merged: Merged | None) -> Cell:
    if merged is not None:
        return Cell(merged=merged)
    value = getattr(cell, "value", None)
    source = getattr(written, "value", None)
    is_formula = getattr(written, "data_type", "") == "f" or not isinstance(
        source, (str, int, float, type(None), datetime, date, time, timedelta)
    )
    bold = bool(cell is not None and cell.font and cell.font.b)
    if value is None:
        return Cell(text="=", bold=bold, kind=CellKind.UNCOMPUTED) if is_formula else Cell()
    if isinstance(value, bool):
        return Cell(text="ja" if value else "nei", bold=bold)
    if isinstance(value, (datetime, date, time, timedelta)):
        return Cell(text=str(value)[:10], bold=bold, kind=CellKind.DATE)
    if isinstance(value, (int, float)):
        return _number(value, cell, bold)
    text = plain_spaces(str(value))
    if cell.data_type == "e":
        return Cell(text=text, bold=bold, kind=CellKind.ERROR)
    return Cell(text=text, bold=bold)


def _number(value: int | float, cell: Any, bold: bool) -> Cell:
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        return Cell(text=str(value), bold=bold, kind=CellKind.ERROR)
    shown = str(cell.number_format or "")
    plain = f"{number.normalize():f}"[:40] if abs(number) < Decimal("1e30") else str(number)[:40]
    if "%" in shown:
        return Cell(text=f"{plain} (%)", bold=bold, kind=CellKind.SHARE)
    if is_date_format(shown):
        return Cell(text=plain, bold=bold, kind=CellKind.DATE)
    return Cell(text=plain, bold=bold, kind=CellKind.NUMBER, number=number)
