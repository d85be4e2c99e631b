"""One year of one programme: its deadlines, where they stand on the picture, and what has no date (A5)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min

from samloft.accounts.models import User
from samloft.core.statuses import Status
from samloft.overview import wheel
from samloft.overview.queries import deadlines
from samloft.overview.queries.deadlines import Deadline, Rights
from samloft.programmes.models import Occurrence, Programme
from samloft.programmes.queries.obligation_statuses import STATUSES, Standing


@dataclass(frozen=True)
class YearWheel:
    """`dated` and `places` belong together; `tally` is how many stand in each way; `hand` is at today."""

    year: int
    years: range
    dated: list[Deadline]
    undated: list[Deadline]
    places: list[wheel.Place]
    months: list[wheel.Month]
    hand: wheel.Hand | None
    tally: list[tuple[Standing, Status, int]]

    @property
    def dots(self) -> list[tuple[Deadline, wheel.Place]]:
        return list(zip(self.dated, self.places, strict=True))


def year_wheel(
    programme: Programme, year: int | None, today: date, *, user: User, rights: Rights
) -> YearWheel | None:
    """The year asked for, or the one of the programme's years that lies nearest. None when nothing is owed."""
    years = _years(programme)
    if not years:
        return None
    shown = min(max(year or today.year, years[0]), years[-1])
    dated = deadlines.deadlines(deadlines.due_in(programme, shown), today, user=user, rights=rights)
    undated = deadlines.deadlines(
        deadlines.undated_in(programme, shown), today, user=user, rights=rights, first=len(dated) + 1
    )
    number = Counter(row.judgement.standing for row in dated)
    return YearWheel(
        year=shown,
        years=years,
        dated=dated,
        undated=undated,
        places=wheel.places([row.occurrence.due_on or today for row in dated]),
        months=wheel.months(shown),
        hand=wheel.hand(today) if today.year == shown else None,
        tally=[(standing, status, number[standing]) for standing, status in STATUSES.items() if number[standing]],
    )


def _years(programme: Programme) -> range:
    """From the first year in which something is owed to the last."""
    found = Occurrence.objects.filter(obligation__agreement__programme=programme).aggregate(
        first=Min("starts_on"), last=Max("ends_on"), first_due=Min("due_on"), last_due=Max("due_on")
    )
    days = [day for day in found.values() if day is not None]
    return range(min(days).year, max(days).year + 1) if days else range(0)
