"""What each row of a budget table is: a line, a heading, a total, or something to leave."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise

from django.utils.translation import gettext_noop as _

from samloft.core.money import format_kroner
from samloft.plans.reading import vocabulary
from samloft.plans.reading.cells import Money, Says
from samloft.plans.reading.columns import header_labels, is_header
from samloft.plans.reading.document import Cell, Merged, Row, Table, place
from samloft.plans.reading.layout import Layout
from samloft.plans.reading.names import clean_name, joined_lines, without_numbering
from samloft.plans.reading.said import Said, SaidAbout, said
from samloft.plans.reading.sources import is_source_name, source_of
from samloft.plans.reading.totals import TotalKind, opens_total, total_kind
from samloft.plans.reading.wording import key


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
class ReadRow:
    kind: Kind
    number: int
    name: str = ""
    amounts: tuple[Amount, ...] = ()
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


_OPEN_END = re.compile(r"(?:[-–,/&+]|\b(?:og|i|av|for|med|til|på|ved|mot|fra|samt|eller))$", re.I)
_SMALL_START = re.compile(r"^[a-zæøå(–-]")
_WITHOUT_AREA = re.compile(
    r"^(?:administra|evaluering|åpen post|open post|programled|prosjektled|kompetansehev|følgeevaluering|reserve|uforutsett)",
    re.I,
)
_CARRIED_PAGE = re.compile(
    r"^(?:transport|overført fra (?:forrige )?side|overføres(?: til side)?|sum side)\b", re.I
)


def read_rows(
    table: Table,
    body: Sequence[Row],
    headers: Sequence[Row],
    layout: Layout,
    headings: Sequence[str],
    measures: frozenset[str],
) -> RowReading:
    """Read the rows below the header. `headings` are the document's headings, `measures` keys of its measure texts."""
    return _RowReader(table, body, headers, layout, headings, measures).read()


class _RowReader:
    def __init__(
        self,
        table: Table,
        body: Sequence[Row],
        headers: Sequence[Row],
        layout: Layout,
        headings: Sequence[str],
        measures: frozenset[str],
    ) -> None:
        self.table, self.layout, self.measures = table, layout, measures
        self.headers = {tuple(cell.text.casefold() for cell in row.cells) for row in headers}
        self.labels = header_labels(headers, layout.columns.width)
        self.body = _joined([row for row in body if not self._is_header(row)], layout)
        self.heading_keys = {key(text) for text in headings}
        self.areas = [*(text for text in headings if not opens_total(text)), *self._area_texts()]
        self.out = RowReading()
        self.focus_repeats = self._focus_repeats()
        self.area: str | None = None
        self.column_area: str | None = None
        self.group_source: str | None = None
        self.financing = False
        self.plain_headings = False
        self.last_name = ""
        self.most_are_bold = self._most_names_are_bold()
        self.are_numbered = self._names_are_numbered()

    def read(self) -> RowReading:
        filled = [row for row in self.body if not row.is_blank]
        self.plain_headings = self._has_plain_headings(filled)
        dropped = len([row for row in self.body if row.is_blank])
        for i, row in enumerate(filled):
            self._row(row, filled[i + 1] if i + 1 < len(filled) else None)
        if dropped:
            self._note(
                self.body[0].number, _("Empty rows in the budget table are left out: %(count)d."), count=dropped
            )
        return self.out

    def _has_plain_headings(self, filled: Sequence[Row]) -> bool:
        """Whether rows without amounts are headings though nothing marks them: one opens the table, more follow.

        A single one may as well be a measure that has no money this year.
        """
        if not filled or not self._has_no_money(filled[0]) or self._is_measure(filled[0]):
            return False
        alone = [a for a, b in pairwise(filled) if self._has_no_money(a) and not self._has_no_money(b)]
        return len([row for row in alone if len(row.filled) == 1]) > 1

    # Where things are said

    def _problem(self, row: int, message: Said, column: int | None = None) -> None:
        self.out.problems.append(SaidAbout(place(self.table, row, column), message))

    def _note(self, row: int, message_id: str, **values: str | int | Said) -> None:
        self.out.notes.append(SaidAbout(place(self.table, row), said(message_id, **values)))

    # What a row is

    def _is_header(self, row: Row) -> bool:
        return tuple(cell.text.casefold() for cell in row.cells) in self.headers or (
            is_header(row) and bool(self.headers) and self._repeats_labels(row)
        )

    def _repeats_labels(self, row: Row) -> bool:
        return all(
            cell.is_blank or cell.text.casefold() in self.labels[i].casefold() for i, cell in enumerate(row.cells)
        )

    def _row(self, row: Row, following: Row | None) -> None:
        readings = {column.index: self.layout.read(row, column) for column in self.layout.money}
        label, bold = self._label(row)
        if self._leaves(row, label, readings):
            return
        self._enter_area(row)
        kind = total_kind(label, bold=bold, areas=self.areas) or self._areas_own_total(row, label)
        if kind and any(money.says is not Says.NOTHING for money in readings.values()):
            self._total(row, label, bold, kind, readings)
        elif self._has_no_money(row):
            self._without_amount(row, label, bold, following)
        else:
            self._line(row, label, bold, readings)

    def _label(self, row: Row) -> tuple[str, bool]:
        """The row's name, or if its cell is empty the first words in the row."""
        own = row.cells[self.layout.columns.name]
        if own.merged is Merged.ABOVE and not own.text:
            return "", False
        order = [own, *(row.cells[i] for i in self.layout.columns.texts[1:])]
        if not own.text:
            order = [c for c in order if total_kind(c.text, bold=c.bold, areas=self.areas) or c.merged is None]
        if self._spans_money(row):
            order = [cell for cell in row.cells if cell.text] or order
        cell = own if own.text else next((c for c in order if c.text and self._can_name(row, c)), Cell())
        return clean_name(cell.text), cell.bold

    def _can_name(self, row: Row, cell: Cell) -> bool:
        """A focus area names a row of totals or headings only; a remark never names a row."""
        columns = self.layout.columns
        if total_kind(cell.text, bold=cell.bold, areas=self.areas):
            return True
        return self._has_no_money(row) and len(row.filled) == 1 and columns.source != row.cells.index(cell)

    def _spans_money(self, row: Row) -> bool:
        return (
            any(row.cells[column.index].merged is Merged.LEFT for column in self.layout.money)
            and len(row.filled) == 1
        )

    def _has_no_money(self, row: Row) -> bool:
        return self._spans_money(row) or all(
            self.layout.read(row, column).says is Says.NOTHING for column in self.layout.money
        )

    def _is_measure(self, row: Row) -> bool:
        return key(row.cells[self.layout.columns.name].text) in self.measures

    def _leaves(self, row: Row, label: str, readings: dict[int, Money]) -> bool:
        has_money = any(money.says is not Says.NOTHING for money in readings.values())
        if not has_money and vocabulary.FINANCING.match(label):
            self.financing = True
        elif (
            self.financing
            and not has_money
            and (vocabulary.EXPENSES.match(label) or key(label) in self.heading_keys)
        ):
            self.financing = False
            return vocabulary.EXPENSES.match(label) is not None
        if self.financing:
            if has_money:
                self._aside(row, label, _("“%(name)s” says where the money comes from and is not a line."))
            return True
        if not has_money:
            return False
        if vocabulary.ASIDE.search(label):
            self._aside(row, label, _("“%(name)s” is part of the row above and is not a line of its own."))
        elif vocabulary.BALANCE.match(label) or vocabulary.FRAME.match(label) or _CARRIED_PAGE.match(label):
            self._aside(row, label, _("“%(name)s” is a frame, a difference or a sum carried over, not a line."))
        else:
            return False
        return True

    def _aside(self, row: Row, label: str, message_id: str) -> None:
        self.out.rows.append(ReadRow(Kind.ASIDE, row.number, name=label))
        self._note(row.number, message_id, name=label)

    # Focus areas

    def _area_texts(self) -> list[str]:
        at = self.layout.columns.focus_area
        texts = [row.cells[at].text for row in self.body if at is not None and row.cells[at].text]
        return list(dict.fromkeys(text for text in texts if not opens_total(text)))

    def _focus_repeats(self) -> bool:
        """Whether the focus area is written on every row of its group, so that an empty cell says "none"."""
        at = self.layout.columns.focus_area
        if at is None:
            return False
        texts = [row.cells[at].text for row in self.body if row.cells[at].text]
        merged = any(row.cells[at].merged is Merged.ABOVE for row in self.body)
        return merged or len(set(texts)) < len(texts)

    def _enter_area(self, row: Row) -> None:
        at = self.layout.columns.focus_area
        if at is None or self._spans_money(row):
            return
        cell = row.cells[at]
        if opens_total(cell.text) and total_kind(cell.text, bold=cell.bold, areas=self.areas):
            return
        if cell.text and not re.fullmatch(r"\W+", cell.text):
            self.column_area, self.area = _area_name(cell.text), None
        elif cell.merged is not Merged.ABOVE and (self.focus_repeats or cell.text):
            self.column_area = None

    def _area_of(self, name: str, row: Row) -> str | None:
        at = self.layout.columns.focus_area
        if at is None:
            return self.area
        said_here = bool(row.cells[at].text) or row.cells[at].merged is Merged.ABOVE
        if not said_here and _WITHOUT_AREA.match(name):
            return None  # written below the last group, these belong to the whole plan
        return self.column_area if self.column_area else self.area

    def _areas_own_total(self, row: Row, label: str) -> TotalKind | None:
        """A row that names only its focus area, after lines of that area, is that area's sum."""
        at = self.layout.columns.focus_area
        if label or at is None or not row.cells[at].text:
            return None
        area = _area_name(row.cells[at].text)
        return TotalKind.PART if any(read.focus_area == area for read in self.out.rows) else None

    # Rows of each kind

    def _without_amount(self, row: Row, label: str, bold: bool, following: Row | None) -> None:
        if not label:
            return
        at = self.layout.columns.focus_area
        if at is not None and len(row.filled) == 1 and row.cells[at].text and not self._spans_money(row):
            # The area's column holds its name on a row of its own, above the lines.
            self.area, self.column_area = _area_name(label), None
            self.out.rows.append(ReadRow(Kind.HEADING, row.number, name=self.area))
            return
        if self._is_heading(row, label, bold, following):
            source = source_of(label) if is_source_name(label) else None
            if source:
                self.group_source = source
            else:
                self.area, self.group_source = _area_name(label), None
                self.areas.append(self.area)
            self.out.rows.append(ReadRow(Kind.HEADING, row.number, name=_area_name(label)))
            return
        kind = total_kind(label, bold=bold, areas=self.areas)
        self.out.rows.append(ReadRow(Kind.EMPTY, row.number, name=label, focus_area=self._area_of(label, row)))
        if kind is None:
            self._note(row.number, _("“%(name)s” has no amount and gives no line."), name=label)

    def _is_heading(self, row: Row, label: str, bold: bool, following: Row | None) -> bool:
        if self.layout.columns.focus_area is not None and not self._spans_money(row) and not bold:
            return False
        others = [
            cell
            for cell in row.filled
            if clean_name(cell.text) != label and not re.fullmatch(r"[0-9A-Z.]{1,5}", cell.text)
        ]
        if others or key(label) in self.measures or len(label) > 100:
            return False
        if following is None or total_kind(self._label(following)[0], bold=False, areas=self.areas) in (
            TotalKind.WHOLE,
            TotalKind.BARE,
        ):
            return False
        marked = (
            (bold and not self.most_are_bold)
            or self._spans_money(row)
            or (label.isupper() and len(label) > 3)
            or label.endswith(":")
            or bool(vocabulary.FOCUS.search(label))
            or key(label) in self.heading_keys
            or (without_numbering(label) != label and not self.are_numbered)
        )
        return marked or (self.plain_headings and not self._has_no_money(following))

    def _most_names_are_bold(self) -> bool:
        names = [row.cells[self.layout.columns.name] for row in self.body if not self._has_no_money(row)]
        return bool(names) and sum(cell.bold for cell in names) > 0.6 * len(names)

    def _names_are_numbered(self) -> bool:
        names = [row.cells[self.layout.columns.name].text for row in self.body if not self._has_no_money(row)]
        numbered = [name for name in names if without_numbering(name) != name]
        return bool(names) and len(numbered) > 0.6 * len(names)

    def _total(self, row: Row, label: str, bold: bool, kind: TotalKind, readings: dict[int, Money]) -> None:
        read = self._amounts(row, label, readings, source=self._row_source(row), say=kind is not TotalKind.MAYBE)
        area = self._area_of(label, row)
        if not self.focus_repeats and kind is not TotalKind.MAYBE:
            self.column_area = None
        self.out.rows.append(
            replace(read, kind=Kind.TOTAL, name=label, total=kind, bold=bold, focus_area=area, row=row)
        )

    def _line(self, row: Row, label: str, bold: bool, readings: dict[int, Money]) -> None:
        columns = self.layout.columns
        own = row.cells[columns.name]
        at = columns.focus_area
        if not label and at is not None and row.cells[at].text:
            label = _area_name(row.cells[at].text)  # "Administrasjon" written in the area's column only
            self.column_area = None
        elif not label and self.last_name and (own.merged is Merged.ABOVE or columns.source is not None):
            label = self.last_name
        source = self._row_source(row)
        read = self._amounts(row, label, readings, source=source, say=True)
        if not label:
            if read.amounts or read.unclear:
                # A figure without a word is the sum of what stands above it, if the figures say so.
                self.out.rows.append(replace(read, kind=Kind.TOTAL, total=TotalKind.MAYBE, row=row))
            return
        self.last_name = label
        if (
            read.row_sum
            and not read.amounts
            and all(
                readings[column.index].says is Says.NOTHING
                for entry in self.layout.entries
                for column in entry.columns
            )
        ):
            # Only the row's sum is filled in: the amount is known, its source is not said.
            read = replace(read, amounts=(Amount(read.row_sum, source),))
        self._check_sum(row, label, read)
        if not read.amounts and not read.unclear:
            self._note(row.number, _("“%(name)s” has no amount and gives no line."), name=label)
        kind = Kind.LINE if read.amounts or read.unclear else Kind.EMPTY
        marked = (bold and not self.most_are_bold) or key(label) in self.heading_keys
        area = self._area_of(label, row)
        self.out.rows.append(replace(read, kind=kind, name=label, bold=bold, focus_area=area, is_marked=marked))

    def _row_source(self, row: Row) -> str | None:
        at = self.layout.columns.source
        if at is not None and row.cells[at].text:
            return source_of(row.cells[at].text)
        return self.group_source

    def _amounts(
        self, row: Row, label: str, readings: dict[int, Money], *, source: str | None, say: bool
    ) -> ReadRow:
        amounts, by_column, unclear = [], [], False
        for entry in self.layout.entries:
            ore = 0
            for column in entry.columns:
                money = readings[column.index]
                if money.says is Says.UNCLEAR and money.why:
                    unclear = True
                    self._unclear(row, label, column.index, money.why)
                if row.cells[column.index].merged is Merged.ABOVE and not row.cells[column.index].text:
                    self._shared(row, label, column.index)
                    unclear = True
                if money.says is Says.AMOUNT:
                    ore += money.ore
                    by_column.append((column.index, money.ore))
                    if money.ore < 0 and say:
                        self._negative(row, label, column.index)
            if ore:
                amounts.append(Amount(ore, source or entry.source))
        row_sum, sum_unclear = self._own_sum(row, label, readings, has_parts=bool(amounts) or unclear)
        return ReadRow(
            Kind.LINE,
            row.number,
            amounts=tuple(amounts),
            by_column=tuple(by_column),
            row_sum=row_sum,
            unclear=unclear or sum_unclear,
        )

    def _own_sum(
        self, row: Row, label: str, readings: dict[int, Money], *, has_parts: bool
    ) -> tuple[int | None, bool]:
        column = self.layout.row_sum
        if column is None:
            return None, False
        money = readings[column.index]
        if money.says is Says.UNCLEAR and money.why:
            self._unclear(row, label, column.index, money.why)
            return None, True
        if money.says is Says.NO_AMOUNT and has_parts:
            return 0, False
        return (money.ore if money.says is Says.AMOUNT else None), False

    def _unclear(self, row: Row, label: str, column: int, why: Said) -> None:
        message = said(_("%(name)s: %(reason)s"), name=label, reason=why) if label else why
        self._problem(row.number, message, column)

    def _negative(self, row: Row, label: str, column: int) -> None:
        message = _("%(name)s: the amount is negative. Say what it means: a plan's lines are what things cost.")
        self._problem(row.number, said(message, name=label or "–"), column)

    def _shared(self, row: Row, label: str, column: int) -> None:
        if not label:
            return
        message = _("%(name)s: shares one merged amount with the row above. Write an amount for each.")
        self._problem(row.number, said(message, name=label), column)

    def _check_sum(self, row: Row, label: str, read: ReadRow) -> None:
        if read.row_sum is None or read.unclear:
            return
        parts = sum(amount.ore for amount in read.amounts)
        if parts != read.row_sum:
            message = said(
                _("%(name)s: the row's sum is %(stated)s and its amounts add up to %(sum)s."),
                name=label or "–",
                stated=format_kroner(read.row_sum),
                sum=format_kroner(parts),
            )
            self._problem(row.number, message)


def _area_name(text: str) -> str:
    return without_numbering(clean_name(text)).rstrip(":")


def _joined(rows: Sequence[Row], layout: Layout) -> list[Row]:
    """Put together names that were broken over two rows of the table."""
    at = layout.columns.name
    money = [column.index for column in layout.money]

    def is_name_only(row: Row) -> bool:
        return (
            len(row.filled) == 1
            and bool(row.cells[at].text)
            and not row.cells[at].bold
            and all(row.cells[i].merged is None for i in money)
        )

    def has_money(row: Row) -> bool:
        return any(not row.cells[i].is_blank for i in money)

    named = [row.cells[at].text for row in rows if has_money(row) and row.cells[at].text]
    if sum(1 for name in named if _SMALL_START.match(name)) > 0.5 * len(named):
        return list(rows)  # names in lower case do not tell where a name goes on
    joined: list[Row] = []
    for row in rows:
        before = joined[-1] if joined else None
        text = row.cells[at].text
        if before is not None and text and before.cells[at].text:
            ends_open = _OPEN_END.search(before.cells[at].text) is not None
            goes_on = _SMALL_START.match(text) is not None
            if is_name_only(row) and has_money(before) and (goes_on or ends_open):
                joined[-1] = _with_name(before, at, row, keep=before)
                continue
            if has_money(row) and is_name_only(before) and (goes_on or ends_open):
                joined[-1] = _with_name(before, at, row, keep=row)
                continue
        joined.append(row)
    return joined


def _with_name(first: Row, at: int, second: Row, *, keep: Row) -> Row:
    name = joined_lines(f"{first.cells[at].text}\n{second.cells[at].text}")
    cells = list(keep.cells)
    cells[at] = replace(cells[at], text=name)
    return Row(first.number, tuple(cells))
