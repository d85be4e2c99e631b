"""What one row of a budget table was read as."""

from dataclasses import dataclass, field
from enum import StrEnum

from samloft.core.said import SaidAbout
from samloft.plans.reading.document import Row
from samloft.plans.reading.totals import TotalKind


class Kind(StrEnum):
    LINE = "line"
    EMPTY = "empty"  # a measure without an amount
    HEADING = "heading"
    TOTAL = "total"
    ASIDE = "aside"  # part of another row, a frame, a difference: not a line


@dataclass(frozen=True)
class Amount:
    ore: int
    source: str | None


@dataclass(frozen=True)
class Unread:
    """An amount that a person must settle, as it is written."""

    text: str
    source: str | None


@dataclass(frozen=True)
class ReadRow:
    kind: Kind
    number: int
    name: str = ""
    amounts: tuple[Amount, ...] = ()
    unread: tuple[Unread, ...] = ()
    by_column: tuple[tuple[int, int], ...] = ()  # (column, øre), the row's sum not included
    row_sum: int | None = None
    focus_area: str | None = None
    total: TotalKind | None = None
    bold: bool = False
    unclear: bool = False
    is_marked: bool = False  # looks like a heading: bold among plain names, or named as a heading of the document
    row: Row | None = None

    @property
    def ore(self) -> int:
        """What the row adds up to; for a total its own sum column counts before its parts."""
        if self.kind is Kind.TOTAL and self.row_sum is not None:
            return self.row_sum
        return sum(amount.ore for amount in self.amounts)


@dataclass
class RowReading:
    rows: list[ReadRow] = field(default_factory=list)
    problems: list[SaidAbout] = field(default_factory=list)
    notes: list[SaidAbout] = field(default_factory=list)
