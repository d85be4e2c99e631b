"""What each row of a budget table is: a line, a heading, a total, or something to leave."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from django.utils.translation import gettext_noop as _

from samloft.core.said import Said, SaidAbout, said
from samloft.plans.reading import vocabulary
from samloft.plans.reading.cells import Money, Says
from samloft.plans.reading.columns import header_labels, is_header
from samloft.plans.reading.document import Cell, Merged, Row, Table, place
from samloft.plans.reading.layout import Layout
from samloft.plans.reading.names import clean_name, without_numbering
from samloft.plans.reading.row_amounts import RowAmounts
from samloft.plans.reading.row_areas import Areas, area_name
from samloft.plans.reading.rows import Amount, Kind, ReadRow, RowReading
from samloft.plans.reading.sources import is_source_name, source_of
from samloft.plans.reading.torn_names import whole_names
from samloft.plans.reading.totals import TotalKind, total_kind
from samloft.plans.reading.wording import key

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
    """Read the rows below the header; `headings` are the document's, `measures` the keys of its measure texts."""
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
        self.body = whole_names([row for row in body if not self._is_header(row)], layout)
        self.heading_keys = {key(text) for text in headings}
        self.areas = Areas(self.body, layout, headings)
        self.out = RowReading()
        self.amounts = RowAmounts(table, layout, self.out.problems)
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
        if not self._spans_money(row):
            self.areas.enter(row)
        kind = total_kind(label, bold=bold, areas=self.areas.known) or self._areas_own_total(row, label)
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
            order = [
                c for c in order if total_kind(c.text, bold=c.bold, areas=self.areas.known) or c.merged is None
            ]
        if self._spans_money(row):
            order = [cell for cell in row.cells if cell.text] or order
        cell = own if own.text else next((c for c in order if c.text and self._can_name(row, c)), Cell())
        return clean_name(cell.text), cell.bold

    def _can_name(self, row: Row, cell: Cell) -> bool:
        """A focus area names a row of totals or headings only; a remark never names a row."""
        columns = self.layout.columns
        if total_kind(cell.text, bold=cell.bold, areas=self.areas.known):
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

    def _leaves(self, row: Row, label: str, readings: Mapping[int, Money]) -> bool:
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

    # Rows of each kind

    def _without_amount(self, row: Row, label: str, bold: bool, following: Row | None) -> None:
        if not label:
            return
        if self.areas.text_in(row) and len(row.filled) == 1 and not self._spans_money(row):
            # The area's column holds its name on a row of its own, above the lines.
            self._open(row, label)
            return
        if self._is_heading(row, label, bold, following):
            source = source_of(label) if is_source_name(label) else None
            if source:
                self.group_source = source
                self.out.rows.append(ReadRow(Kind.HEADING, row.number, name=label))
            else:
                self._open(row, label)
            return
        for entry in self.layout.entries:
            if any(row.cells[column.index].merged is Merged.ABOVE for column in entry.columns):
                self.amounts.shared(row, label, entry.columns[0].index)
        kind = total_kind(label, bold=bold, areas=self.areas.known)
        self.out.rows.append(ReadRow(Kind.EMPTY, row.number, name=label, focus_area=self.areas.of(label, row)))
        if kind is None:
            self._note(row.number, _("“%(name)s” has no amount and gives no line."), name=label)

    def _open(self, row: Row, label: str) -> None:
        self.areas.open(label)
        self.group_source = None
        self.out.rows.append(ReadRow(Kind.HEADING, row.number, name=area_name(label)))

    def _areas_own_total(self, row: Row, label: str) -> TotalKind | None:
        """A row that names only its focus area, after lines of that area, is that area's sum."""
        if label or not self.areas.text_in(row):
            return None
        area = area_name(self.areas.text_in(row))
        return TotalKind.PART if any(read.focus_area == area for read in self.out.rows) else None

    def _is_heading(self, row: Row, label: str, bold: bool, following: Row | None) -> bool:
        if self.areas.at is not None and not self._spans_money(row) and not bold:
            return False
        others = [
            cell
            for cell in row.filled
            if clean_name(cell.text) != label and not re.fullmatch(r"[0-9A-Z.]{1,5}", cell.text)
        ]
        if others or key(label) in self.measures or len(label) > 100:
            return False
        if following is None or total_kind(self._label(following)[0], bold=False, areas=self.areas.known) in (
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

    def _total(self, row: Row, label: str, bold: bool, kind: TotalKind, readings: Mapping[int, Money]) -> None:
        read = self.amounts.read(
            row, label, readings, source=self._row_source(row), say=kind is not TotalKind.MAYBE
        )
        area = self.areas.of(label, row)
        if kind is not TotalKind.MAYBE:
            self.areas.close(after_total=True)
        self.out.rows.append(
            replace(read, kind=Kind.TOTAL, name=label, total=kind, bold=bold, focus_area=area, row=row)
        )

    def _line(self, row: Row, label: str, bold: bool, readings: Mapping[int, Money]) -> None:
        columns = self.layout.columns
        own = row.cells[columns.name]
        if not label and self.areas.text_in(row):
            label = area_name(self.areas.text_in(row))  # "Administrasjon" written in the area's column only
            self.areas.close()
        elif not label and self.last_name and (own.merged is Merged.ABOVE or columns.source is not None):
            label = self.last_name
        source = self._row_source(row)
        read = self.amounts.read(row, label, readings, source=source, say=True)
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
        self.amounts.check_sum(row, label, read)
        if not read.amounts and not read.unclear:
            self._note(row.number, _("“%(name)s” has no amount and gives no line."), name=label)
        kind = Kind.LINE if read.amounts or read.unclear else Kind.EMPTY
        marked = (bold and not self.most_are_bold) or key(label) in self.heading_keys
        area = self.areas.of(label, row)
        self.out.rows.append(replace(read, kind=kind, name=label, bold=bold, focus_area=area, is_marked=marked))

    def _row_source(self, row: Row) -> str | None:
        at = self.layout.columns.source
        if at is not None and row.cells[at].text:
            return source_of(row.cells[at].text)
        return self.group_source
