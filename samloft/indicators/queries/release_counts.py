"""The people behind the figures of a table, and everything that binds them: what readers can reckon with (F7)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from samloft.indicators.figures import year_of
from samloft.indicators.models import Aggregation, Indicator, Missing
from samloft.indicators.queries.aggregation import FACTORS
from samloft.indicators.queries.area_sums import AreaSums
from samloft.indicators.queries.owners import Owners
from samloft.indicators.queries.period_sums import divided, related
from samloft.indicators.queries.series import Point, figures
from samloft.indicators.suppression.blanks import counts_behind
from samloft.indicators.suppression.counts import Counts, Key, Shown, Sum, shares
from samloft.places.models import Area

Printed = Mapping[Key, Point]  # by area and period


@dataclass
class _Cells:
    """Counts by area and period. `printed` and `blank` say which stand in the table, and why others are empty."""

    printed: Printed
    given: Mapping[Key, Point]
    numerators: dict[Key, int]
    denominators: dict[Key, int]
    blank: dict[Key, str]


def counts_behind_table(
    indicator: Indicator,
    areas: Sequence[Area],
    owners: Owners,
    printed: Printed,
    before: Sequence[Shown],
    threshold: int,
) -> tuple[Counts, Shown]:
    """The counts of the table and of all cells that hang together with them, and what readers know before they see
    any: how many people there are."""
    seen = {_area(key) for shown in before for key in shown.counts.values} - {0}
    stood = {
        _area(key)
        for shown in before
        for key in shown.counts.values.keys() - shown.counts.unprinted
        if key[0] == "in"
    }
    area_sums = AreaSums(areas, stood, seen)
    cells = _cells(indicator, area_sums, owners, printed)
    inside, around = _over_areas(area_sums, cells)
    inside += [(each, "") for each in _over_periods(indicator, cells)]
    _fill(cells, [each for each, _by in inside])
    sums = [_with_rest(each, by, cells) for each, by in inside] + [_of_known(each, cells) for each in around]
    _leave_out_unbound(cells, sums)
    behind = counts_behind(cells.numerators, cells.blank, sums)
    wholes = counts_behind(cells.denominators, cells.blank, sums, only_certain=True)
    cells.denominators |= {key: whole for key, whole in wholes.items() if whole >= behind.get(key, whole + 1)}
    counts, known = shares({**cells.numerators, **behind}, cells.denominators, sums)
    hidden = {(key, shown.counts.values[key]) for shown in before for key in shown.hidden}
    elsewhere = frozenset(
        key for key in _elsewhere(area_sums, cells, threshold) if (key, counts.values[key]) not in hidden
    )
    apart = frozenset(key for key in counts.values if key[1:] not in printed or key[1:] in behind)
    secret = frozenset(
        key for key in counts.values if key[0] == "in" and cells.blank.get(key[1:]) == Missing.HIDDEN
    )
    unprinted = (counts.unprinted | apart) - elsewhere
    return replace(counts, unprinted=unprinted, secret=secret, elsewhere=elsewhere), known


def _area(key: Key) -> int:
    """The area of a cell; 0 for the rest of one."""
    return int(key[1]) if key[1].isdecimal() else 0


def _cells(indicator: Indicator, area_sums: AreaSums, owners: Owners, printed: Printed) -> _Cells:
    """The figures of all areas that the sums are about, in the periods that hang together. Two queries."""
    stored = figures(area_sums.ids, [indicator.pk], owners)
    periods = frozenset(period for _pk, period in printed)
    if indicator.aggregation in (Aggregation.SUM, Aggregation.LAST):
        periods = related(periods, {period for points in stored.values() for period in points})
    given: dict[Key, Point] = {
        (str(pk), period): point
        for (_indicator, pk), points in stored.items()
        for period, point in points.items()
        if period in periods
    }
    cells = _Cells(printed, given, {}, {}, {})
    for key, point in {**given, **printed}.items():
        count, whole = _count(point, indicator), _whole(point.denominator)
        if count is None:
            cells.blank[key] = point.missing
            continue
        cells.numerators[key] = count
        if whole is not None and whole >= count and not indicator.counts_people:
            cells.denominators[key] = whole
    return cells


def _count(point: Point, indicator: Indicator) -> int | None:
    """How many people the figure is about; None when nobody knows. A share with its denominator tells them too."""
    if point.missing == Missing.NONE:
        return 0
    if point.value is None:
        return None
    if indicator.counts_people:
        return _whole(point.value)
    if point.numerator is not None:
        return _whole(point.numerator)
    factor = FACTORS.get(indicator.unit)
    return _whole(point.value * point.denominator / factor) if factor and point.denominator is not None else None


def _whole(number: float | None) -> int | None:
    """The number as a count; an estimate as the nearest one."""
    return round(number) if number is not None and number >= 0 else None


def _over_areas(area_sums: AreaSums, cells: _Cells) -> tuple[list[tuple[Sum, str]], list[Sum]]:
    """The sums of areas in each period: up to municipalities with what they are divided by, and those around."""
    inside, around = [], []
    by_period: dict[str, set[int]] = {period: set() for _pk, period in cells.printed}
    for pk, period in cells.given:
        by_period.setdefault(period, set()).add(int(pk))
    for period in sorted(by_period):
        for each in area_sums.in_year(year_of(period), by_period[period]):
            found = Sum((str(each.total), period), tuple((str(part), period) for part in each.parts))
            if each.knows_rest:
                around.append(found)
            else:
                inside.append((found, each.by))
    return inside, around


def _over_periods(indicator: Indicator, cells: _Cells) -> Iterator[Sum]:
    """Of a number that adds up over time, a year is its halves; of a stock, the last of them."""
    if indicator.aggregation not in (Aggregation.SUM, Aggregation.LAST):
        return
    for area, period in sorted(cells.numerators):
        for division in divided(period):
            parts = tuple((area, each) for each in division)
            if indicator.aggregation == Aggregation.LAST:
                parts = parts[-1:]
            known = [cells.numerators[part] for part in parts if part in cells.numerators]
            whole = cells.numerators[area, period]
            if indicator.aggregation == Aggregation.LAST and known != [whole]:
                continue
            if known and sum(known) <= whole:
                for part in parts:
                    if part not in cells.numerators:
                        cells.blank.setdefault(part, "")
                yield Sum((area, period), parts)


def _fill(cells: _Cells, sums: Sequence[Sum]) -> None:
    """Totals without a figure of their own, from parts that all have one."""
    is_new = True
    while is_new:
        is_new = False
        for each in sums:
            if each.total in cells.numerators or each.total in cells.given:
                continue
            if all(part in cells.numerators for part in each.parts):
                cells.numerators[each.total] = sum(cells.numerators[part] for part in each.parts)
                cells.blank.pop(each.total, None)
                is_new = True
                if all(part in cells.denominators for part in each.parts):
                    cells.denominators[each.total] = sum(cells.denominators[part] for part in each.parts)


def _leave_out_unbound(cells: _Cells, sums: Sequence[Sum]) -> None:
    """Nothing follows for what stands in no sum and not in the table."""
    bound = {key for each in sums for key in (each.total, *each.parts)} | cells.printed.keys()
    cells.numerators = {key: count for key, count in cells.numerators.items() if key in bound}
    cells.denominators = {key: whole for key, whole in cells.denominators.items() if key in bound}


def _of_known(each: Sum, cells: _Cells) -> Sum:
    """The sum over those parts that have a count here; the others readers know."""
    return Sum(each.total, tuple(part for part in each.parts if part in cells.numerators))


def _with_rest(each: Sum, by: str, cells: _Cells) -> Sum:
    """The sum with its empty parts marked as such, and with a part for the rest where what the total is divided
    by is not all of it."""
    empty = [part for part in each.parts if part not in cells.numerators]
    for part in empty:
        cells.blank.setdefault(part, "")
    if empty or not by or each.total not in cells.numerators:
        return each
    if sum(cells.numerators[part] for part in each.parts) >= cells.numerators[each.total]:
        return each
    rest = (f"{each.total[0]} {by}", each.total[1])
    cells.blank.setdefault(rest, "")
    return Sum(each.total, (*each.parts, rest))


def _elsewhere(area_sums: AreaSums, cells: _Cells, threshold: int) -> Iterator[Key]:
    """What the chosen areas lie in, where it has a figure that is not small: statistics banks print those."""
    for area, period in cells.given.keys() & cells.numerators.keys() - cells.printed.keys():
        count = cells.numerators[area, period]
        others = cells.denominators.get((area, period), count) - count
        if int(area) in area_sums.around_chosen and not (0 < count < threshold or 0 < others < threshold):
            yield "in", area, period
