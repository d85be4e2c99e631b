"""When something that is owed in a rhythm falls due: days and rhythms only, no records (A3).

Every time has a key that names it within its obligation, so that laying a rhythm out again, or further, gives the
same times the same names.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from dateutil.relativedelta import relativedelta

from samloft.programmes.models.obligations import Rhythm

ONCE = "once"
_MONTHS_APART = {Rhythm.MONTHLY: 1, Rhythm.EVERY_SECOND_MONTH: 2}


@dataclass(frozen=True)
class Slot:
    """One time. `due_on` is None when nothing falls due in it, or when nobody knows when."""

    key: str
    starts_on: date
    ends_on: date
    due_on: date | None


def slots(
    rhythm: str,
    *,
    first_due: date | None,
    start: date,
    end: date,
    has_minimum: bool = False,
    earlier_ends: Sequence[date] = (),
) -> list[Slot]:
    """The times from `start` to `end`, both included, in order.

    `first_due` gives the day for all that follow: 31 January is the last of each month, and 29 February the 28th
    in common years. Times before it are not owed. "At most n times a year" has no due date; with a minimum the
    year's last day is it. `earlier_ends` are the ends that extensions have moved: what was due by one of them
    stays due by it.
    """
    if end < start:
        return []
    if rhythm == Rhythm.ONCE:
        return [Slot(ONCE, start, max(end, first_due or end), first_due)]
    if rhythm == Rhythm.YEARLY:
        return list(_yearly(first_due, start, end))
    if rhythm == Rhythm.CONTINUOUS:
        return [Slot(str(year), *_of_year(year, start, end), None) for year in _years(start, end)]
    if rhythm == Rhythm.TIMES_A_YEAR:
        return list(_times_a_year(start, end, has_minimum, earlier_ends))
    if rhythm == Rhythm.WEEKLY:
        return list(_weekly(first_due, start, end))
    return list(_monthly(_MONTHS_APART[Rhythm(rhythm)], first_due, start, end))


def _years(start: date, end: date) -> range:
    return range(start.year, end.year + 1)


def _of_year(year: int, start: date, end: date) -> tuple[date, date]:
    return max(start, date(year, 1, 1)), min(end, date(year, 12, 31))


def _yearly(first_due: date | None, start: date, end: date) -> Iterator[Slot]:
    for year in _years(start, end):
        first, last = _of_year(year, start, end)
        if first_due is None:
            yield Slot(str(year), first, last, None)
            continue
        due = first_due + relativedelta(years=year - first_due.year)
        if due >= first_due and first <= due <= last:
            yield Slot(str(year), first, last, due)


def _times_a_year(start: date, end: date, has_minimum: bool, earlier_ends: Sequence[date]) -> Iterator[Slot]:
    for year in _years(start, end):
        first, last = _of_year(year, start, end)
        due = min((day for day in earlier_ends if first <= day <= last), default=last)
        yield Slot(str(year), first, last, due if has_minimum else None)


def _monthly(apart: int, first_due: date | None, start: date, end: date) -> Iterator[Slot]:
    origin = first_due or start.replace(day=1)
    for number in count():
        due = origin + relativedelta(months=number * apart)
        opens = due.replace(day=1)
        if opens > end:
            return
        closes = opens + relativedelta(months=apart, days=-1)
        if closes < start or (first_due and not start <= due <= end):
            continue
        yield Slot(f"{opens:%Y-%m}", max(opens, start), min(closes, end), due if first_due else None)


def _weekly(first_due: date | None, start: date, end: date) -> Iterator[Slot]:
    origin = first_due or start
    monday = origin - timedelta(days=origin.weekday())
    for number in count():
        opens = monday + timedelta(weeks=number)
        if opens > end:
            return
        due = first_due + timedelta(weeks=number) if first_due else None
        closes = opens + timedelta(days=6)
        if closes < start or (due and not start <= due <= end):
            continue
        year, week, _day = opens.isocalendar()
        yield Slot(f"{year}-W{week:02}", max(opens, start), min(closes, end), due)
