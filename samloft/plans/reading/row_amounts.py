"""The amounts of one row, and what a person must decide about them."""

from collections.abc import Mapping

from django.utils.translation import gettext_noop as _

from samloft.core.kroner import format_kroner
from samloft.core.said import Said, SaidAbout, said
from samloft.plans.reading.cells import Money, Says
from samloft.plans.reading.document import Merged, Row, Table, place
from samloft.plans.reading.layout import Layout
from samloft.plans.reading.rows import Amount, Kind, ReadRow, Unread


class RowAmounts:
    """Reads the money cells of a table's rows and gathers the problems in them."""

    def __init__(self, table: Table, layout: Layout, problems: list[SaidAbout]) -> None:
        self.table, self.layout, self.problems = table, layout, problems

    def _problem(self, row: int, message: Said, column: int | None = None) -> None:
        self.problems.append(SaidAbout(place(self.table, row, column), message))

    def read(
        self, row: Row, label: str, readings: Mapping[int, Money], *, source: str | None, say: bool
    ) -> ReadRow:
        amounts, unread, by_column, unclear = [], [], [], False
        for entry in self.layout.entries:
            ore = 0
            for column in entry.columns:
                money = readings[column.index]
                if money.says is Says.UNCLEAR and money.why:
                    unclear = True
                    unread.append(Unread(row.cells[column.index].text, source or entry.source))
                    self._unclear(row, label, column.index, money.why)
                if row.cells[column.index].merged is Merged.ABOVE and not row.cells[column.index].text:
                    self.shared(row, label, column.index)
                    unread.append(Unread("", source or entry.source))
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
            unread=tuple(unread),
            by_column=tuple(by_column),
            row_sum=row_sum,
            unclear=unclear or sum_unclear,
        )

    def _own_sum(
        self, row: Row, label: str, readings: Mapping[int, Money], *, has_parts: bool
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

    def shared(self, row: Row, label: str, column: int) -> None:
        if not label:
            return
        message = _("%(name)s: shares one merged amount with the row above. Write an amount for each.")
        self._problem(row.number, said(message, name=label), column)

    def check_sum(self, row: Row, label: str, read: ReadRow) -> None:
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
