"""Who may do what: the one place that judges rights.

A person acts through seats (see `models/bodies.py`). A seat's role gives permissions by the table below; who
takes which decision is the programme's own table of decision rights, which `may_take` reads. Views never ask
about roles: they carry `@access(Permission.X)`, and templates ask `request.allowed`.
"""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samloft.accounts.models import User
from samloft.programmes.models import Body, DecisionRight, Edition, Obligation, Programme, Role, Seat, Step

Who = User | AnonymousUser


class Permission(StrEnum):
    """What a person can be allowed to do in one programme."""

    PROGRAMME_VIEW = "programme.view"
    PROGRAMME_EDIT = "programme.edit"
    PROGRAMME_STAFF = "programme.staff"
    OBLIGATION_PROVE = "obligation.prove"
    DECISION_RECORD = "decision.record"
    PLAN_VIEW = "plan.view"
    PLAN_EDIT = "plan.edit"
    PLAN_IMPORT = "plan.import"
    PLAN_STEP = "plan.step"
    PLAN_REVISE = "plan.revise"
    FINDING_OVERRIDE = "finding.override"
    MEASURE_EDIT = "measure.edit"
    EDITION_VIEW = "edition.view"
    EDITION_PUBLISH = "edition.publish"
    FIGURE_VIEW = "figure.view"
    FIGURE_EDIT = "figure.edit"
    STATISTICS_IMPORT = "statistics.import"
    FIGURE_PUBLISH = "figure.publish"


P = Permission

DESCRIPTIONS: dict[Permission, Promise] = {
    P.PROGRAMME_VIEW: _("see the programme: agreement, goals, bodies and decisions"),
    P.PROGRAMME_EDIT: _("change the programme, its agreement, focus areas, goals and conditions"),
    P.PROGRAMME_STAFF: _("change bodies, seats and the table of who decides what"),
    P.OBLIGATION_PROVE: _(
        "record what fulfils the agreement's obligations, and deviations that the parties agree on; "
        "those who do not work in the programme only for what their own organisation owes"
    ),
    P.DECISION_RECORD: _("record decisions for the bodies that the seat records for"),
    P.PLAN_VIEW: _("see measures, action plans and the programme description, drafts too"),
    P.PLAN_EDIT: _(
        "write the programme description, and the action plan: texts, measures in it, budget lines, frame"
    ),
    P.PLAN_IMPORT: _("read plans from files and accept what was read"),
    P.PLAN_STEP: _(
        "record that a body has recommended, adopted, dispatched, answered or returned a plan or the programme "
        "description"
    ),
    P.PLAN_REVISE: _("begin a revision of a plan, or of the programme description, that has been adopted"),
    P.FINDING_OVERRIDE: _("set aside a finding of the plan check, with a reason"),
    P.MEASURE_EDIT: _("change measures"),
    P.EDITION_VIEW: _("see issued documents that are addressed to or shared with the organisation"),
    P.EDITION_PUBLISH: _("publish an issued document for everyone"),
    P.FIGURE_VIEW: _("see the figures of the programme's areas, small numbers too, and what the goals aim at"),
    P.FIGURE_EDIT: _(
        "set what the goals aim at, freeze baselines, choose comparison areas and bring in outlines of areas"
    ),
    P.STATISTICS_IMPORT: _("read figures of the municipality from files, let them count and take them back"),
    P.FIGURE_PUBLISH: _("publish figures for everyone, small numbers hidden"),
}

_READ = frozenset({P.PROGRAMME_VIEW, P.PLAN_VIEW, P.EDITION_VIEW, P.FIGURE_VIEW})
_RECORD = frozenset({P.DECISION_RECORD, P.PLAN_STEP})

ROLES: dict[Role, frozenset[Permission]] = {
    Role.PROGRAMME_LEADER: frozenset(Permission),
    Role.COORDINATOR: _READ | {P.MEASURE_EDIT, P.PLAN_EDIT, P.FIGURE_EDIT, P.OBLIGATION_PROVE},
    Role.BOARD_MEMBER: _READ | _RECORD,
    Role.MUNICIPAL_DIRECTOR: _READ | _RECORD | {P.EDITION_PUBLISH, P.FIGURE_PUBLISH},
    Role.SECRETARY: _READ | _RECORD,
    Role.MEMBER: _READ,
    Role.MINISTRY_ADVISER: frozenset({P.PROGRAMME_VIEW, P.EDITION_VIEW, P.PLAN_STEP, P.OBLIGATION_PROVE}),
    Role.COUNTY_GOVERNOR: frozenset({P.PROGRAMME_VIEW, P.EDITION_VIEW}),
    Role.EVALUATOR: frozenset({P.PROGRAMME_VIEW, P.EDITION_VIEW}),
}


def permissions(user: Who, programme: Programme, *, today: date | None = None) -> frozenset[Permission]:
    """All that the user's seats in the programme allow today. One query."""
    if not user.is_authenticated:
        return frozenset()
    roles = (
        Seat.objects.current(today or timezone.localdate())
        .filter(user=user, programme=programme)
        .order_by()
        .values_list("role", flat=True)
    )
    return frozenset().union(*(ROLES[Role(role)] for role in roles))


def permissions_everywhere(user: Who, *, today: date | None = None) -> dict[int, frozenset[Permission]]:
    """As `permissions`, of every programme in which the user has a seat, by its primary key. One query."""
    found: dict[int, frozenset[Permission]] = {}
    if user.is_authenticated:
        seats = Seat.objects.current(today or timezone.localdate()).filter(user=user).order_by()
        for programme, role in seats.values_list("programme_id", "role"):
            found[programme] = found.get(programme, frozenset()) | ROLES[Role(role)]
    return found


def can(user: Who, permission: Permission, programme: Programme) -> bool:
    """One query; a view that asks more than once reads `request.allowed` instead."""
    return permission in permissions(user, programme)


def programmes(user: Who, permission: Permission, *, today: date | None = None) -> Any:
    """The programmes, as a queryset, in which a seat of the user's gives the permission today."""
    if not user.is_authenticated:
        return Programme.objects.none()
    seats = seats_that_allow(permission, today=today or timezone.localdate()).filter(user=user)
    return Programme.objects.filter(pk__in=seats.values("programme_id"))


def may_prove(user: Who, allowed: frozenset[Permission], obligation: Obligation) -> bool:
    """True when someone with these permissions may record what fulfils the obligation, or a deviation from it.

    Those who work in the programme see its drafts, and record for all parties; others only for what their own
    organisation owes, alone or with others. Reads `obligation.owed_by`, which lists prefetch.
    """
    if not user.is_authenticated or Permission.OBLIGATION_PROVE not in allowed:
        return False
    if Permission.PLAN_VIEW in allowed:
        return True
    return any(row.party.organisation_id == user.organisation_id for row in obligation.owed_by.all())


def seats_that_allow(permission: Permission, *, today: date) -> Any:
    """The seats in force that day, with somebody in them, whose role gives the permission."""
    roles = [role for role, allowed in ROLES.items() if permission in allowed]
    return Seat.objects.current(today).filter(user__isnull=False, role__in=roles)


def editions(allowed: frozenset[Permission], programme: Programme) -> Any:
    """The issued documents that someone with these permissions may read.

    Those who see drafts see all; others see what has been dispatched or published (L1).
    """
    issued = Edition.objects.filter(programme=programme)
    if Permission.PLAN_VIEW in allowed:
        return issued
    if Permission.EDITION_VIEW in allowed:
        return issued.filter(pk__in=(issued.dispatched() | issued.published().distinct()).values("pk"))
    return issued.published()


def bodies_recorded_by(user: Who, programme: Programme, *, today: date | None = None) -> Any:
    """The bodies whose decisions in this programme the user may write down today."""
    if not user.is_authenticated:
        return Body.objects.none()
    seats = Seat.objects.current(today or timezone.localdate()).filter(
        user=user, programme=programme, may_record=True
    )
    return Body.objects.filter(pk__in=seats.values("body_id"), programmes=programme)


def bodies_that_decide(programme: Programme, step: Step, *, on: date) -> Any:
    """The bodies that the role–decision table lets take the step on that day."""
    rights = DecisionRight.objects.in_force(on).filter(programme=programme, step=step)
    return Body.objects.filter(pk__in=rights.values("body_id"))


def may_take(user: Who, step: Step, body: Body, programme: Programme, *, on: date) -> bool:
    """True when the body decides this step on that day and the user may record for the body today."""
    return bool(
        bodies_that_decide(programme, step, on=on).filter(pk=body.pk).exists()
        and bodies_recorded_by(user, programme).filter(pk=body.pk).exists()
    )


class Request(HttpRequest):
    """The request as a guarded view meets it: somebody has signed in. Only a type; nothing is ever made of it."""

    user: User
    allowed: frozenset[Permission]
    programme: Programme


View = Callable[..., HttpResponseBase]


def access(permission: Permission) -> Callable[[View], View]:
    """Load the programme named in the address and let the view run for those who have the permission.

    The view gets `(request, programme, …)` and `request.allowed`. Someone without any seat in the programme
    meets 404, as if it did not exist; someone with a seat but without the permission meets 403.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
            programme = Programme.objects.with_owner().filter(slug=slug).first()
            allowed = permissions(request.user, programme) if programme else frozenset()
            if programme is None or not allowed:
                raise Http404
            if permission not in allowed:
                raise PermissionDenied
            request.allowed = allowed  # type: ignore[attr-defined]
            request.programme = programme  # type: ignore[attr-defined]
            return view(request, programme, **kwargs)

        guarded.access_rule = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def access_across(permission: Permission) -> Callable[[View], View]:
    """For views over several programmes: the view gets `(request, programmes, …)`, those the user may see."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            return view(request, programmes(request.user, permission), **kwargs)

        guarded.access_rule = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def operator_only(view: View) -> View:
    """For what belongs to the installation and no programme: organisations, users, national goals."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if not getattr(request.user, "is_operator", False):
            raise Http404
        return view(request, **kwargs)

    guarded.access_rule = "operator"  # type: ignore[attr-defined]
    return guarded
