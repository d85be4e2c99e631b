"""What falls due in programmes, judged and ready to be shown: year wheel and list of deadlines (A5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from samloft.accounts.models import Organisation, User
from samloft.programmes import access
from samloft.programmes.access import Permission
from samloft.programmes.models import Obligation, ObligationParty, Occurrence, Programme, Rhythm
from samloft.programmes.queries.next_deadlines import DAYS_AHEAD
from samloft.programmes.queries.obligation_statuses import Judgement, Standing
from samloft.programmes.queries.obligations import OccurrenceRow, judged, occurrences_of

_OPEN = (Standing.OVERDUE, Standing.DUE)


class StatusGroup(TextChoices):
    NOW = "now", _("Overdue, or due in the next 90 days")
    OVERDUE = "overdue", _("Overdue")
    NEXT = "next", _("Due in the next 90 days")
    ALL = "all", _("All, fulfilled too")


@dataclass(frozen=True)
class Wanted:
    """What of the list is asked for; None means whichever. `programme` and `organisation` are primary keys."""

    programme: int | None = None
    organisation: int | None = None
    group: str = StatusGroup.NOW
    year: int | None = None


@dataclass(frozen=True)
class Deadline:
    """One row: what, who owes it, by when, how it stands and one next action."""

    number: int
    programme: Programme
    obligation: Obligation
    occurrence: Occurrence
    judgement: Judgement
    owed_by: str
    period: str
    action: str
    url: str


Rights = Mapping[int, frozenset[Permission]]


def chosen(programmes: Any, wanted: Wanted, today: date) -> Any:
    """The dated times that fit, earliest first; not judged yet, so that they can be counted and paged."""
    rows: Any = occurrences_of(programmes).filter(due_on__isnull=False)
    if wanted.programme is not None:
        rows = rows.filter(obligation__agreement__programme=wanted.programme)
    if wanted.organisation is not None:
        owed = ObligationParty.objects.filter(party__organisation=wanted.organisation)
        rows = rows.filter(obligation__in=owed.values("obligation"))
    if wanted.year is not None:
        rows = rows.filter(due_on__year=wanted.year)
    if wanted.group == StatusGroup.OVERDUE:
        return rows.overdue(today)
    ahead = today + timedelta(days=DAYS_AHEAD)
    if wanted.group == StatusGroup.NEXT:
        return rows.unmet(today).filter(due_on__gte=today, due_on__lte=ahead)
    return rows.unmet(today).filter(due_on__lte=ahead) if wanted.group == StatusGroup.NOW else rows


def dated_from(programmes: Any, first: date) -> Any:
    """What falls due that day or later."""
    return occurrences_of(programmes).filter(due_on__gte=first)


def due_in(programme: Programme, year: int) -> Any:
    return occurrences_of([programme]).filter(due_on__year=year)


def undated_in(programme: Programme, year: int) -> Any:
    """What is owed in the year without a day: all the time, or at a time that nobody has recorded."""
    return occurrences_of([programme]).filter(
        due_on__isnull=True, starts_on__lte=date(year, 12, 31), ends_on__gte=date(year, 1, 1)
    )


def years_of(programmes: Any) -> list[int]:
    """The years in which something falls due, in order."""
    rows = Occurrence.objects.filter(obligation__agreement__programme__in=programmes, due_on__isnull=False)
    return [day.year for day in rows.dates("due_on", "year")]


def owing(programmes: Any) -> list[tuple[int, str]]:
    """Those who owe something in these programmes, by name."""
    parties = ObligationParty.objects.filter(obligation__agreement__programme__in=programmes)
    found = Organisation.objects.filter(pk__in=parties.values("party__organisation"))
    return list(found.order_by("name").values_list("pk", "name"))


def deadlines(
    occurrences: Iterable[Occurrence], today: date, *, user: User, rights: Rights, first: int = 1
) -> list[Deadline]:
    """The rows as they stand today, numbered from `first`. `rights` are the user's, by programme."""
    rows = enumerate(judged(occurrences, today), first)
    return [_deadline(number, row, user, rights) for number, row in rows]


def _deadline(number: int, row: OccurrenceRow, user: User, rights: Rights) -> Deadline:
    obligation = row.obligation
    programme = obligation.agreement.programme
    allowed = rights.get(programme.pk, frozenset())
    return Deadline(
        number=number,
        programme=programme,
        obligation=obligation,
        occurrence=row.occurrence,
        judgement=row.judgement,
        owed_by=", ".join(str(owing) for owing in obligation.owed_by.all()),
        period="" if obligation.rhythm == Rhythm.ONCE else row.period,
        action=_action(row.judgement, may_prove=access.may_prove(user, allowed, obligation)),
        url=obligation.get_absolute_url(),
    )


def _action(judgement: Judgement, *, may_prove: bool) -> str:
    if judgement.standing in _OPEN:
        return str(_("Show that it is done") if may_prove else _("Read what is agreed"))
    if judgement.standing == Standing.UNKNOWN:
        return str(_("Record when it was done") if may_prove else _("Read what is agreed"))
    return str(_("See what shows it"))
