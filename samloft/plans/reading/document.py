"""What every format is turned into: headings, paragraphs and tables in reading order.

Nothing here knows what a plan is, and nothing after this knows what format the file had.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext_noop as _

from samloft.core.said import Said, SaidAbout, said


class CellKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    SHARE = "share"  # a percentage
    UNCOMPUTED = "uncomputed"  # a formula whose result is not in the file
    ERROR = "error"  # #REF! and its like


class Merged(StrEnum):
    """How a cell without content of its own is covered by another."""

    LEFT = "left"
    ABOVE = "above"


@dataclass(frozen=True)
class Cell:
    text: str = ""
    bold: bool = False
    kind: CellKind = CellKind.TEXT
    number: Decimal | None = None  # the stored number, whatever the cell shows
    merged: Merged | None = None

    @property
    def is_blank(self) -> bool:
        return not self.text and self.number is None


@dataclass(frozen=True)
class Row:
    number: int  # 1-based: line of a text file, row of the sheet or of the table
    cells: tuple[Cell, ...]

    @property
    def is_blank(self) -> bool:
        return all(cell.is_blank for cell in self.cells)

    @property
    def filled(self) -> list[Cell]:
        return [cell for cell in self.cells if not cell.is_blank]


@dataclass(frozen=True)
class Heading:
    text: str
    level: int  # 1 is the highest; LEAD_LEVEL for a bold line that merely looks like a heading
    row: int = 0


LEAD_LEVEL = 9


@dataclass(frozen=True)
class Paragraph:
    text: str
    row: int = 0
    lead: str = ""  # the words in bold that open the paragraph
    is_item: bool = False


@dataclass(frozen=True)
class Table:
    rows: tuple[Row, ...]
    sheet: str = ""  # name of the sheet, when the file has sheets
    number: int = 0  # 1-based place among the file's tables, when it has no line numbers
    is_list: bool = False  # made of lines such as "Name: 800 000 kr"


Block = Heading | Paragraph | Table


@dataclass(frozen=True)
class Document:
    blocks: tuple[Block, ...]
    title: str = ""
    problems: tuple[SaidAbout, ...] = ()
    notes: tuple[SaidAbout, ...] = ()


@dataclass
class Draft:
    """A document while a format reader builds it."""

    blocks: list[Block] = field(default_factory=list)
    problems: list[SaidAbout] = field(default_factory=list)
    notes: list[SaidAbout] = field(default_factory=list)
    title: str = ""

    def done(self) -> Document:
        return Document(tuple(self.blocks), self.title, tuple(self.problems), tuple(self.notes))


def whole_file() -> Said:
    return said(_("The file"))


def place(table: Table, row: int, column: int | None = None) -> Said:
    """Where a row, and if given a 0-based column, is in the file."""
    if table.sheet:
        if column is None:
            return said(_("Sheet %(sheet)s, row %(row)d"), sheet=table.sheet, row=row)
        return said(
            _("Sheet %(sheet)s, row %(row)d, column %(column)s"),
            sheet=table.sheet,
            row=row,
            column=column_letters(column),
        )
    if table.number > 1:
        return said(_("Table %(table)d, row %(row)d"), table=table.number, row=row)
    return said(_("Row %(row)d"), row=row)


def column_letters(index: int) -> str:
    """`A` for 0, `AA` for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def same_width(rows: list[Row]) -> tuple[Row, ...]:
    """The rows, each with as many cells as the widest."""
    width = max((len(row.cells) for row in rows), default=0)
    return tuple(
        row if len(row.cells) == width else Row(row.number, row.cells + (Cell(),) * (width - len(row.cells)))
        for row in rows
    )
