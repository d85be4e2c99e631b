"""What waits for a person's roles, overdue first. A task is its role's: every holder of the role sees it (L12)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samloft.accounts.models import User
from samloft.core.statuses import Status
from samloft.overview.queries import deadlines
from samloft.overview.queries.deadlines import Rights, StatusGroup, Wanted
from samloft.plans.queries import follow_up
from samloft.plans.queries.plans import waiting_plans
from samloft.programmes.access import Permission
from samloft.programmes.models import Agreement, ObligationParty, Occurrence, Programme
from samloft.programmes.queries import agreement_terms
from samloft.programmes.queries.next_deadlines import DAYS_AHEAD
from samloft.programmes.queries.waiting_documents import WaitingDocument, waiting_descriptions

# Each kind of task shows so many; the page of the kind has the rest.
SHOWN = 20
OPEN_QUESTION = Status(
    gettext_lazy("Open question"),
    "warning",
    "question",
    meaning=gettext_lazy("The agreement ends before long, and nobody has recorded what the parties want."),
)
WAITS_FOR_YOU = Status(
    gettext_lazy("Waits for you"),
    "accent",
    "person",
    meaning=gettext_lazy("You can take the next step, and so can everyone else in the same role."),
)


@dataclass(frozen=True)
class Task:
    """What, where, who holds it, by when, and one next action."""

    what: str
    programme: Programme
    holder: str
    due_on: date | None
    status: Status
    detail: str
    action: str
    url: str


@dataclass(frozen=True)
class MyTasks:
    """`left_out` is how many deadlines there are beside those shown; `with_others` waits for somebody else."""

    tasks: list[Task]
    left_out: int
    with_others: list[WaitingDocument]


def my_tasks(user: User, programmes: Sequence[Programme], rights: Rights, today: date) -> MyTasks:
    """A constant number of queries."""
    owed, firsts, left_out = _first_times(_owed(user, rights, today))
    documents = [*waiting_plans(user, programmes, today), *waiting_descriptions(user, programmes, today)]
    found = [
        *(_document(row) for row in documents if row.is_mine),
        *_obligations(owed, firsts, user, rights, today),
        *_end_reviews(rights, today),
        *_points(rights, today),
    ]
    found.sort(key=lambda task: (task.due_on or today, task.due_on is None))
    return MyTasks(found, left_out, [row for row in documents if not row.is_mine])


def _document(row: WaitingDocument) -> Task:
    return Task(
        what=str(row.document.title),
        programme=row.document.programme,
        holder=row.holder,
        due_on=None,
        status=WAITS_FOR_YOU,
        detail=row.state,
        action=row.label,
        url=row.url,
    )


def _with(permission: Permission, rights: Rights) -> list[int]:
    return [programme for programme, allowed in rights.items() if permission in allowed]


def _owed(user: User, rights: Rights, today: date) -> Any:
    """Overdue or near, and theirs: the organisation owes it, or they show for all parties that it is done."""
    provers = [pk for pk in _with(Permission.OBLIGATION_PROVE, rights) if Permission.PLAN_VIEW in rights[pk]]
    mine = Q(obligation__agreement__programme__in=provers)
    if user.organisation_id:
        parties = ObligationParty.objects.filter(party__organisation=user.organisation_id)
        mine |= Q(obligation__in=parties.values("obligation"))
    return deadlines.chosen(list(rights), Wanted(group=StatusGroup.NOW), today).filter(mine)


def _first_times(owed: Any) -> tuple[Any, dict[int, int], int]:
    """The first time of each obligation, how many times of it there are, and how many times are left out.

    A monthly duty is not twelve things to do, and a weekly one must not hide the others.
    """
    by_obligation = Occurrence.objects.filter(pk__in=owed.order_by().values("pk")).order_by().values("obligation")
    rows = list(by_obligation.annotate(first=Min("due_on"), times=Count("pk")).order_by("first", "obligation"))
    shown = rows[:SHOWN]
    wanted = Q(pk__in=[])
    for row in shown:
        wanted |= Q(obligation=row["obligation"], due_on=row["first"])
    times = {row["obligation"]: row["times"] for row in shown}
    return owed.filter(wanted), times, sum(row["times"] for row in rows[SHOWN:])


def _obligations(rows: Any, times: Mapping[int, int], user: User, rights: Rights, today: date) -> Iterator[Task]:
    for row in deadlines.deadlines(rows, today, user=user, rights=rights):
        found, more = row.judgement, times[row.obligation.pk] - 1
        detail = ngettext("and %(count)d more due date", "and %(count)d more due dates", more) % {"count": more}
        yield Task(
            what=row.obligation.text,
            programme=row.programme,
            holder=row.owed_by,
            due_on=found.due_on,
            status=found.status,
            detail=" · ".join(filter(None, (found.detail, detail if more else ""))),
            action=row.action,
            url=row.url,
        )


def _end_reviews(rights: Rights, today: date) -> Iterator[Task]:
    """A9."""
    agreements = Agreement.objects.filter(programme__in=_with(Permission.PROGRAMME_EDIT, rights))
    rows = agreements.select_related("programme").prefetch_related("extensions").order_by("pk")
    for review in agreement_terms.open_end_reviews(rows, today):
        yield Task(
            what=_("Extend the agreement, make a new one, or let it end?"),
            programme=review.agreement.programme,
            holder=_("Those who lead the programme"),
            due_on=review.valid_to,
            status=OPEN_QUESTION,
            detail=_("the agreement ends"),
            action=_("Open the agreement"),
            url=review.agreement.get_absolute_url(),
        )


def _points(rights: Rights, today: date) -> Iterator[Task]:
    """What decisions ask for and nothing answers."""
    points = follow_up.unanswered_in(_with(Permission.MEASURE_EDIT, rights))
    for point in points.filter(due_on__lte=today + timedelta(days=DAYS_AHEAD))[:SHOWN]:
        overdue = point.due_on is not None and point.due_on < today
        yield Task(
            what=point.text,
            programme=point.decision.programme,
            holder=_("Those who work in the programme"),
            due_on=point.due_on,
            status=follow_up.OVERDUE if overdue else follow_up.UNANSWERED,
            detail=_("asked for by %(body)s") % {"body": body} if (body := point.decision.body) else "",
            action=_("Answer the point"),
            url=reverse("programmes:follow_up", args=[point.decision.programme.slug]),
        )
