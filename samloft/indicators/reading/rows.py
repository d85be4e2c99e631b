"""Rows of cells, whichever format they come from."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from django.utils.translation import gettext_noop as _

from samloft.core.said import Said, said
from samloft.indicators.reading.cube import Number

# A number is one that the spreadsheet holds as a number; anything else is text with its outer spaces gone.
Cell = str | Number


class Row(NamedTuple):
    number: int  # 1-based: the row of the sheet, or the line of the file where it begins
    cells: list[Cell]

    @property
    def is_blank(self) -> bool:
        return all(cell == "" for cell in self.cells)


class Sheet(Protocol):
    """One table to be: rows that can be read again and again."""

    @property
    def name(self) -> str:
        """Empty for a file that has no sheets."""
        ...

    def rows(self) -> Iterator[Row]: ...


@dataclass(frozen=True)
class Spot:
    """A row, or a cell in it, for people."""

    sheet: str
    row: int
    column: int | None = None

    @property
    def said(self) -> Said:
        if self.column is None:
            if not self.sheet:
                return said(_("Row %(row)d"), row=self.row)
            return said(_("Sheet “%(sheet)s”, row %(row)d"), sheet=self.sheet, row=self.row)
        if not self.sheet:
            return said(_("Row %(row)d, column %(column)d"), row=self.row, column=self.column + 1)
        cell = f"{column_letters(self.column)}{self.row}"
        return said(_("Sheet “%(sheet)s”, row %(row)d, cell %(cell)s"), sheet=self.sheet, row=self.row, cell=cell)


def column_letters(column: int) -> str:
    """The letters that a spreadsheet gives the column; 0 is A."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def filled(row: Row) -> list[int]:
    """The columns that are not blank."""
    return [column for column, cell in enumerate(row.cells) if cell != ""]
