"""Which columns of a budget table give a line's amounts, and from which source each amount is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext_noop as _

from samloft.core.said import Said, said
from samloft.plans.reading.cells import Money, Says, read_cell
from samloft.plans.reading.columns import Columns, MoneyColumn, with_grants_named
from samloft.plans.reading.document import Row
from samloft.plans.reading.vocabulary import BUDGET
from samloft.plans.reading.years import choose_columns

_ENOUGH = Decimal("0.6")


@dataclass(frozen=True)
class Entry:
    """One amount of a row: the columns added up to it and the source they are of."""

    source: str | None
    columns: tuple[MoneyColumn, ...]


@dataclass(frozen=True)
class Layout:
    columns: Columns
    entries: tuple[Entry, ...]
    row_sum: MoneyColumn | None
    left: tuple[str, ...]  # labels of money columns that are not read
    unsure: Said | None
    unit: int | None  # what the amounts are counted in, when the table says so
    taken: str = ""  # label of the column taken when others were left

    @property
    def money(self) -> list[MoneyColumn]:
        columns = [column for entry in self.entries for column in entry.columns]
        return [*columns, self.row_sum] if self.row_sum else columns

    def read(self, row: Row, column: MoneyColumn) -> Money:
        cell = row.cells[column.index]
        return read_cell(cell, unit=column.unit or self.unit, grouping=column.grouping)


def make_layout(
    columns: Columns, body: Sequence[Row], *, year: int | None, unit: int | None, source: str | None
) -> Layout:
    """Sort the money columns into amounts of a row, the row's own sum, and columns that are left.

    `unit` and `source` are what caption or heading say of the whole table, for columns that say nothing.
    """
    chosen = choose_columns(columns.money, year)
    money = _same_grouping(with_grants_named(chosen.columns))
    money, row_sum, unsure, dropped = _without_sum(money, body, unit)
    entries = _entries(money, source if len(money) == 1 or all(c.source is None for c in money) else None)
    left = (*chosen.left, *dropped)
    return Layout(
        columns=columns,
        entries=entries,
        row_sum=row_sum,
        left=tuple(column.label for column in left if column.label),
        unsure=chosen.unsure or unsure,
        unit=unit,
        taken=", ".join(column.label for column in money if column.label),
    )


def _same_grouping(money: tuple[MoneyColumn, ...]) -> tuple[MoneyColumn, ...]:
    """What one column proves about the mark between thousands holds for the table."""
    marks = {column.grouping for column in money if column.grouping}
    if len(marks) != 1:
        return money
    mark = marks.pop()
    return tuple(replace(column, grouping=column.grouping or mark) for column in money)


def _without_sum(
    money: tuple[MoneyColumn, ...], body: Sequence[Row], unit: int | None
) -> tuple[tuple[MoneyColumn, ...], MoneyColumn | None, Said | None, tuple[MoneyColumn, ...]]:
    asides = tuple(column for column in money if column.is_aside)
    if asides:
        # "Herav KDD" and "herav kommunen" are the row's sources only if together they are all of it.
        rest = tuple(column for column in money if not column.is_aside)
        if len(rest) == 1 and _adds_up(rest[0], asides, body, unit):
            return asides, rest[0], None, ()
        money, row_sum, unsure, dropped = _without_sum(rest, body, unit)
        return money, row_sum, unsure, (*dropped, *asides)
    if len(money) < 2:
        return money, None, None, ()
    sums = [column for column in money if column.is_sum]
    if len(sums) == len(money):
        sums = sums[-1:]
    if sums:
        # Several sums: the last is the whole, the others are sums of parts.
        rest = tuple(column for column in money if column not in sums)
        return rest, sums[-1], _unsure_of(rest), tuple(sums[:-1])
    unnamed = [column for column in money if column.source is None and column.part is None]
    for column in unnamed:
        rest = tuple(other for other in money if other is not column)
        if _adds_up(column, rest, body, unit):
            return rest, column, _unsure_of(rest), ()
    return money, None, _unsure_of(money), ()


def _adds_up(column: MoneyColumn, rest: Sequence[MoneyColumn], body: Sequence[Row], unit: int | None) -> bool:
    """Whether the column is the sum of the others in most rows, and in at least one that has several amounts."""
    right = wrong = telling = 0
    for row in body:
        readings = [read_cell(row.cells[c.index], unit=c.unit or unit, grouping=c.grouping) for c in rest]
        own = read_cell(row.cells[column.index], unit=column.unit or unit, grouping=column.grouping)
        amounts = [money.ore for money in readings if money.says is Says.AMOUNT]
        if own.says is not Says.AMOUNT or not amounts:
            continue
        if sum(amounts) == own.ore:
            right += 1
            telling += len(amounts) > 1
        else:
            wrong += 1
    return telling > 0 and right >= _ENOUGH * (right + wrong)


def _unsure_of(money: Sequence[MoneyColumn]) -> Said | None:
    unnamed = [column for column in money if column.source is None and column.part is None]
    if len(unnamed) < 2:
        return None
    labels = ", ".join(f"“{column.label or '–'}”" for column in unnamed)
    return said(
        _("Several columns hold amounts and do not say which is the budget: %(labels)s. Keep one of them."),
        labels=labels,
    )


def _entries(money: Sequence[MoneyColumn], source: str | None) -> tuple[Entry, ...]:
    parts = tuple(column for column in money if column.part and column.source is None)
    unnamed = [column for column in money if column.source is None and column.part is None]
    if len(unnamed) > 1:
        best = next((column for column in unnamed if BUDGET.search(column.label)), unnamed[0])
        money = [column for column in money if column is best or column not in unnamed]
    if len(parts) > 1 and not unnamed:
        others = [column for column in money if column not in parts]
        return (Entry(source, parts), *(Entry(column.source, (column,)) for column in others))
    merged: list[Entry] = []
    for column in money:
        twin = next((e for e in merged if column.part and e.source == column.source and e.columns[0].part), None)
        if twin:
            merged[merged.index(twin)] = replace(twin, columns=(*twin.columns, column))
        else:
            merged.append(Entry(column.source or source, (column,)))
    return tuple(merged)
