"""Whether the sums that a table states are the sums of its lines."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext_noop as _

from samloft.core.kroner import format_kroner
from samloft.core.said import Said, SaidAbout, said
from samloft.plans.reading.document import Table, place
from samloft.plans.reading.group_sums import with_sums_above
from samloft.plans.reading.layout import Layout
from samloft.plans.reading.rows import Kind, ReadRow
from samloft.plans.reading.totals import TotalKind, names_area, says_total


@dataclass
class Sums:
    """The rows with every total settled, the total of the whole table in øre, and what does not add up."""

    rows: list[ReadRow]
    whole: int | None = None
    whole_row: int | None = None
    problems: list[SaidAbout] = field(default_factory=list)
    whole_is_wrong: SaidAbout | None = None  # said of a budget in one table; several tables may share one total


def add_up(table: Table, layout: Layout, rows: Sequence[ReadRow]) -> Sums:
    """Settle which totals are of a part and which of the whole, and check each against its lines."""
    settled = with_sums_above(_settle_maybes(list(rows)))
    sums = Sums(settled)
    for i, row in enumerate(settled):
        if row.kind is Kind.LINE and not row.name:
            settled[i] = replace(row, kind=Kind.ASIDE)
            message = said(
                _("%(amount)s stands here without a name. Name the measure."), amount=format_kroner(row.ore)
            )
            sums.problems.append(SaidAbout(place(table, row.number), message))
    whole = _whole_row(settled)
    if any(row.unclear for row in settled if row.kind is Kind.LINE):
        # Lines that wait for an answer would make every sum above them look wrong.
        sums.whole = None if whole is None or settled[whole].unclear else settled[whole].ore
        sums.whole_row = None if whole is None else settled[whole].number
        return sums
    for i, row in enumerate(settled):
        if row.kind is not Kind.TOTAL or row.unclear or i == whole:
            continue
        possible = _possible_sums(settled, i, before=whole if whole is not None and whole < i else None)
        if row.ore not in possible and (row.ore or possible):
            sums.problems.append(_wrong_part(table, row, next(iter(possible), 0)))
        else:
            _check_columns(table, layout, row, _group(settled, i), sums)
    if whole is not None:
        _check_whole(table, layout, settled, whole, sums)
    return sums


def _lines(rows: Sequence[ReadRow]) -> list[ReadRow]:
    return [row for row in rows if row.kind is Kind.LINE]


def _sum(rows: Sequence[ReadRow]) -> int:
    return sum(row.ore for row in _lines(rows))


def _settle_maybes(rows: list[ReadRow]) -> list[ReadRow]:
    """A row that may be a sum is one when its figure is the sum of what stands above it."""
    for i, row in enumerate(rows):
        if row.kind is not Kind.TOTAL or row.total is not TotalKind.MAYBE:
            continue
        above, group = _lines(rows[:i]), _group(rows, i)
        own = row.row_sum if row.row_sum is not None else row.ore
        is_sum = (len(group) > 1 and own == _sum(group)) or (len(above) > 1 and own == _sum(above))
        ends_table = not any(below.kind is Kind.LINE or below.kind is Kind.TOTAL for below in rows[i + 1 :])
        if is_sum or (ends_table and len(above) > 1 and (not row.name or says_total(row.name))):
            rows[i] = replace(row, total=TotalKind.BARE)
        else:
            rows[i] = replace(row, kind=Kind.LINE, total=None)
    return rows


def _group(rows: Sequence[ReadRow], at: int) -> list[ReadRow]:
    """The lines between a total and the heading or total above it."""
    group: list[ReadRow] = []
    for row in reversed(rows[:at]):
        if row.kind is Kind.TOTAL or (row.kind is Kind.HEADING and group):
            break
        if row.kind is Kind.LINE:
            group.append(row)
    return group


def _possible_sums(rows: Sequence[ReadRow], at: int, *, before: int | None) -> dict[int, None]:
    """The sums that a total of a part may rightly state: its group's, its area's, or everything so far."""
    row = rows[at]
    named = [line for line in _lines(rows) if line.focus_area and names_area_of(row, line.focus_area)]
    in_column = [line for line in _lines(rows[:at]) if line.focus_area and line.focus_area == row.focus_area]
    below = _group_below(rows, at)
    sets = [_group(rows, at), named, in_column, _lines(rows[:at])]
    if not sets[0] or before is not None:
        sets.append(below)
    return dict.fromkeys(_sum(lines) for lines in sets if lines)


def names_area_of(row: ReadRow, area: str) -> bool:
    words = row.name.lower()
    for word in ("delsum", "sum", "totalt", "total", "til sammen", "samlet", "i alt", "for"):
        words = words.replace(word, " ")
    return bool(words.strip()) and names_area(words.strip(" :–-"), [area])


def _group_below(rows: Sequence[ReadRow], at: int) -> list[ReadRow]:
    """Lines under a total that is written above them."""
    group: list[ReadRow] = []
    for row in rows[at + 1 :]:
        if row.kind in (Kind.TOTAL, Kind.HEADING):
            break
        if row.kind is Kind.LINE:
            group.append(row)
    return group


def _whole_row(rows: Sequence[ReadRow]) -> int | None:
    """The row that states the total of the table."""
    everything = _sum(rows)
    totals = [i for i, row in enumerate(rows) if row.kind is Kind.TOTAL]
    stating = [i for i in totals if rows[i].total in (TotalKind.WHOLE, TotalKind.BARE)]
    equal = [i for i in stating if rows[i].ore == everything]
    if not stating or equal:
        return equal[-1] if equal else None
    last = stating[-1]
    if any(rows[i].total is TotalKind.WHOLE for i in stating):
        return last
    group = _sum(_group(rows, last))
    if totals[0] < last and group and rows[last].ore == group:
        return None  # a sum per group, and no total of them all
    alike = {rows[i].name.lower() for i in stating[:-1]}
    if rows[last].name.lower() in alike and group:
        return None  # one of several alike, and wrong: checked as the sum of its group
    return last


def _check_whole(table: Table, layout: Layout, rows: Sequence[ReadRow], at: int, sums: Sums) -> None:
    row = rows[at]
    sums.whole_row = row.number
    if row.unclear:
        return
    sums.whole = row.ore
    lines = _lines(rows)
    everything = _sum(lines)
    if row.ore != everything:
        sums.whole_is_wrong = wrong_whole(place(table, row.number), row.ore, everything)
        return
    _check_columns(table, layout, row, lines, sums)


def wrong_whole(where: Said, stated: int, added: int) -> SaidAbout:
    """The problem of a total that is not the sum of the lines."""
    message = said(
        _("The stated total is %(stated)s and the lines add up to %(sum)s: a difference of %(difference)s."),
        stated=format_kroner(stated),
        sum=format_kroner(added),
        difference=format_kroner(abs(stated - added)),
    )
    return SaidAbout(where, message)


def _wrong_part(table: Table, row: ReadRow, expected: int) -> SaidAbout:
    message = said(
        _("“%(name)s” states %(stated)s and its lines add up to %(sum)s."),
        name=row.name or "–",
        stated=format_kroner(row.ore),
        sum=format_kroner(expected),
    )
    return SaidAbout(place(table, row.number), message)


def _check_columns(table: Table, layout: Layout, row: ReadRow, lines: Sequence[ReadRow], sums: Sums) -> None:
    """Check a total column by column, when it states a figure for every column that has any."""
    stated = dict(row.by_column)
    if len(stated) < 2:
        return
    added: dict[int, int] = {}
    for line in lines:
        for column, ore in line.by_column:
            added[column] = added.get(column, 0) + ore
    if sum(added.values()) != sum(stated.values()) and row.row_sum is None:
        return  # said already, for the row as a whole
    for money in layout.money:
        if money.index in stated and stated[money.index] != added.get(money.index, 0):
            message = said(
                _("“%(name)s” states %(stated)s in the column “%(column)s” and the lines add up to %(sum)s."),
                name=row.name or "–",
                column=money.label,
                stated=format_kroner(stated[money.index]),
                sum=format_kroner(added.get(money.index, 0)),
            )
            sums.problems.append(SaidAbout(place(table, row.number, money.index), message))
