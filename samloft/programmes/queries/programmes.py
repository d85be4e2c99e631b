"""What the programme page and the list of one's programmes show."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samloft.accounts.models import User
from samloft.core.statuses import Status
from samloft.programmes import access
from samloft.programmes.access import Permission
from samloft.programmes.models import (
    Agreement,
    DecisionRight,
    FocusArea,
    Goal,
    GoalState,
    Programme,
    Role,
    Seat,
    Step,
)
from samloft.programmes.queries import agreement_terms
from samloft.programmes.queries.next_deadlines import (
    Deadline,
    ObligationCounts,
    next_deadlines,
    obligation_counts,
)

NOT_STARTED = Status(_("Not started"), "neutral", meaning=_("The first day of the programme lies ahead."))
RUNNING = Status(_("Running"), "success", meaning=_("Today lies between the first and the last day."))
ENDED = Status(_("Ended"), "neutral", "check-circle", meaning=_("The last day of the programme has passed."))
PERIOD_UNKNOWN = Status(
    _("Period unknown"), "warning", "question", meaning=_("Nobody has recorded when the programme starts.")
)


def period_status(starts_on: date | None, ends_on: date | None, today: date) -> Status:
    """Where today lies in the period. An unknown end is an open end; an unknown start is unknown."""
    if ends_on and ends_on < today:
        return ENDED
    if starts_on is None:
        return PERIOD_UNKNOWN
    return NOT_STARTED if starts_on > today else RUNNING


@dataclass(frozen=True)
class NextStep:
    label: str | Promise
    url: str


@dataclass(frozen=True)
class MyProgramme:
    """One row of my page."""

    programme: Programme
    roles: tuple[str, ...]
    status: Status
    next_step: NextStep


def my_programmes(user: User, today: date) -> tuple[MyProgramme, ...]:
    """The programmes in which the user has a seat today, with what to do first in each. Two queries."""
    rows = _with_thread(access.programmes(user, Permission.PROGRAMME_VIEW, today=today))
    roles: dict[int, list[str]] = {}
    for programme_id, role in (
        Seat.objects.current(today).filter(user=user).order_by("pk").values_list("programme_id", "role")
    ):
        roles.setdefault(programme_id, []).append(role)
    return tuple(_my_programme(row, roles[row.pk], today) for row in rows)


def _my_programme(programme: Any, roles: list[str], today: date) -> MyProgramme:
    status = period_status(programme.starts_on, programme.ends_on, today)
    opening = NextStep(_("Open the programme"), programme.get_absolute_url())
    return MyProgramme(
        programme=programme,
        roles=tuple(dict.fromkeys(str(Role(role).label) for role in roles)),
        status=status,
        next_step=opening if status is ENDED else _missing_step(programme, roles) or opening,
    )


def _with_thread(programmes: Any) -> QuerySet[Any]:
    mine = {"programme": OuterRef("pk")}
    rows: QuerySet[Any] = programmes.with_owner().annotate(
        has_agreement=Exists(Agreement.objects.filter(**mine)),
        has_goals=Exists(Goal.objects.filter(**mine)),
        has_focus_areas=Exists(FocusArea.objects.filter(**mine)),
        has_rights=Exists(DecisionRight.objects.filter(**mine)),
    )
    return rows


def _missing_step(programme: Any, roles: list[str]) -> NextStep | None:
    """What is missing first along the thread, for those who may write it."""
    if any(Permission.PROGRAMME_EDIT in access.ROLES[Role(role)] for role in roles):
        for done, label, name in (
            (programme.has_agreement, _("Record the agreement"), "programmes:agreements"),
            (programme.has_focus_areas, _("Add focus areas"), "programmes:focus_areas"),
            (programme.has_goals, _("Write the goals"), "programmes:goals"),
            (programme.has_rights, _("Say who decides what"), "programmes:decision_rights"),
        ):
            if not done:
                return NextStep(label, reverse(name, args=[programme.slug]))
    return None


@dataclass(frozen=True)
class Overview:
    """The programme page. Counts are of what is recorded; `steps_without_body` is empty once it has ended."""

    status: Status
    areas: tuple[str, ...]
    agreement: Agreement | None
    agreement_ends_on: date | None
    obligations: ObligationCounts
    focus_areas: tuple[FocusArea, ...]
    goals: int
    goals_adopted: int
    bodies: int
    open_seats: int
    decisions: int
    leaders: tuple[str, ...]
    deadlines: tuple[Deadline, ...]
    steps_without_body: tuple[str, ...]


# The steps that the yearly plan cannot do without.
PLAN_STEPS = (Step.RECOMMEND_PLAN, Step.ADOPT_PLAN, Step.DISPATCH_PLAN)


def overview(programme: Programme, today: date) -> Overview:
    """Constant number of queries."""
    agreement = agreement_terms.in_force(programme, today)
    goals = programme.goals.aggregate(all=Count("pk"), adopted=Count("pk", filter=Q(state=GoalState.ADOPTED)))
    seats = Seat.objects.current(today).filter(programme=programme)
    covered = set(
        DecisionRight.objects.in_force(today)
        .filter(programme=programme, step__in=PLAN_STEPS)
        .values_list("step", flat=True)
    )
    status = period_status(programme.starts_on, programme.ends_on, today)
    return Overview(
        status=status,
        areas=tuple(str(area) for area in programme.areas.all()),
        agreement=agreement,
        agreement_ends_on=agreement_terms.ends_on(agreement, today) if agreement else None,
        obligations=obligation_counts(agreement, today),
        focus_areas=tuple(programme.focus_areas.all()),
        goals=goals["all"],
        goals_adopted=goals["adopted"],
        bodies=programme.bodies.count(),
        open_seats=seats.filter(user__isnull=True).count(),
        decisions=programme.decisions.count(),
        leaders=tuple(
            dict.fromkeys(
                str(seat.user)
                for seat in seats.filter(role=Role.PROGRAMME_LEADER, user__isnull=False).select_related("user")
            )
        ),
        deadlines=next_deadlines(agreement, today),
        steps_without_body=tuple(
            str(step.label) for step in PLAN_STEPS if step not in covered and status is not ENDED
        ),
    )


def all_programmes(today: date) -> QuerySet[Any]:
    """For operators: every programme by name, and how many lead it today; nothing of its content."""
    leading = Q(
        Q(seats__starts_on__isnull=True) | Q(seats__starts_on__lte=today),
        Q(seats__ends_on__isnull=True) | Q(seats__ends_on__gte=today),
        seats__role=Role.PROGRAMME_LEADER,
        seats__user__is_active=True,
    )
    return Programme.objects.with_owner().annotate(leaders=Count("seats", filter=leading, distinct=True))
