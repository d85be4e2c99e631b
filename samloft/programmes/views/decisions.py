"""Decisions: list, page, record, correct; and what they ask to have followed up."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samloft.core.errors import RuleBroken
from samloft.programmes.access import Permission, Request, access, bodies_recorded_by, editions
from samloft.programmes.actions import decisions as actions
from samloft.programmes.actions import files
from samloft.programmes.actions.decisions import DecisionValues
from samloft.programmes.forms.decisions import (
    DecisionForm,
    FollowUpPointForm,
    NewPointFormSet,
    new_points,
)
from samloft.programmes.models import Decision, FollowUpPoint, Programme
from samloft.programmes.queries import decisions as queries
from samloft.programmes.views.pages import Back, ConfirmForm, form_page, posted

PER_PAGE = 50


@access(Permission.PROGRAMME_VIEW)
def decisions(request: Request, programme: Programme) -> HttpResponse:
    page = Paginator(queries.decisions(programme), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "programmes/decision_list.html", {"programme": programme, "page": page})


@access(Permission.PROGRAMME_VIEW)
def decision(request: Request, programme: Programme, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.decisions(programme), pk=pk)
    points = list(queries.with_answers(found.follow_up_points.all()))
    context = {
        "programme": programme,
        "decision": found,
        "assumed": queries.ASSUMED,
        "points": points,
        "rows": [queries.point_row(point, timezone.localdate()) for point in points],
        "readable": _readable(request, programme),
        "may_correct": actions.refusal(programme=programme, body=found.body, step=None, on=None, by=request.user)
        is None,
    }
    return render(request, "programmes/decision.html", context)


@access(Permission.DECISION_RECORD)
def decision_new(request: Request, programme: Programme) -> HttpResponse:
    bodies = bodies_recorded_by(request.user, programme)
    form = DecisionForm(
        posted(request),
        request.FILES or None,
        programme=programme,
        bodies=bodies,
        unknown_body=Permission.PROGRAMME_EDIT in request.allowed,
    )
    points = NewPointFormSet(posted(request), prefix="points")
    if form.is_bound and form.is_valid() and points.is_valid():
        with form.refusing(RuleBroken):
            made = _record(request, programme, form, points)
            messages.success(request, _("The decision is recorded."))
            return redirect(made)
    context = {
        "programme": programme,
        "form": form,
        "points": points,
        "back": _back(programme),
        "bodies": list(bodies),
    }
    return render(request, "programmes/decision_new.html", context)


def _record(request: Request, programme: Programme, form: DecisionForm, points: Any) -> Decision:
    """A letter is stored once it is known that the decision may be recorded, so that none is left behind."""
    values: DecisionValues = form.values(letter=None)
    actions.require_right(
        programme=programme, body=values.body, step=values.step, on=values.decided_on, by=request.user
    )
    upload = form.cleaned_data["upload"]
    letter = files.store(programme=programme, upload=upload, by=request.user) if upload else None
    return actions.record(
        programme=programme,
        values=form.values(letter=letter),
        follow_up_points=new_points(points),
        by=request.user,
    )


@access(Permission.DECISION_RECORD)
def decision_edit(request: Request, programme: Programme, pk: int) -> HttpResponse:
    found = get_object_or_404(programme.decisions.select_related("body", "letter"), pk=pk)
    back, kept = Back(found.title, found.get_absolute_url()), found.letter
    form = DecisionForm(
        posted(request),
        request.FILES or None,
        instance=found,
        programme=programme,
        bodies=programme.bodies.none(),
        unknown_body=False,
    )
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            upload = form.cleaned_data["upload"]
            letter = files.store(programme=programme, upload=upload, by=request.user) if upload else kept
            actions.change(
                decision=found,
                values=form.values(letter=letter),
                version=form.opened_version or 0,
                by=request.user,
            )
            messages.success(request, _("The decision is saved."))
            return redirect(back.url)
    return form_page(
        request,
        form,
        title=_("Correct what is written"),
        lead=_("The body and what it decided stand. If they are wrong, record a new decision."),
        submit=_("Save"),
        back=back,
        programme=programme,
    )


@access(Permission.DECISION_RECORD)
def point_new(request: Request, programme: Programme, decision_pk: int) -> HttpResponse:
    found = get_object_or_404(programme.decisions, pk=decision_pk)
    form = FollowUpPointForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.add_follow_up_point(decision=found, values=form.values(), by=request.user)
            messages.success(request, _("The point is saved."))
            return redirect(found)
    return _point_page(request, form, found, title=_("Add a follow-up point"))


@access(Permission.DECISION_RECORD)
def point_edit(request: Request, programme: Programme, pk: int) -> HttpResponse:
    point = get_object_or_404(FollowUpPoint, pk=pk, decision__programme=programme)
    form = FollowUpPointForm(posted(request), instance=point)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.change_follow_up_point(
                point=point, values=form.values(), version=form.opened_version or 0, by=request.user
            )
            messages.success(request, _("The point is saved."))
            return redirect(point.decision)
    return _point_page(request, form, point.decision, title=_("Edit the follow-up point"))


@access(Permission.DECISION_RECORD)
def point_remove(request: Request, programme: Programme, pk: int) -> HttpResponse:
    point = get_object_or_404(FollowUpPoint, pk=pk, decision__programme=programme)
    form = ConfirmForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.remove_follow_up_point(point=point, by=request.user)
            messages.success(request, _("The point is removed."))
            return redirect(point.decision)
    return form_page(
        request,
        form,
        title=_("Remove the follow-up point?"),
        lead=point.text,
        submit=_("Remove"),
        back=Back(point.decision.title, point.decision.get_absolute_url()),
        programme=programme,
        danger=True,
    )


@access(Permission.PROGRAMME_VIEW)
def follow_up(request: Request, programme: Programme) -> HttpResponse:
    rows = queries.follow_up_points(programme, timezone.localdate())
    context = {
        "programme": programme,
        "rows": rows,
        "points": [row.point for row in rows],
        "readable": _readable(request, programme),
        "back": _back(programme),
    }
    return render(request, "programmes/follow_up.html", context)


def _readable(request: Request, programme: Programme) -> set[int]:
    """The issued documents that the reader may open."""
    return set(editions(request.allowed, programme).values_list("pk", flat=True))


def _point_page(request: Request, form: Any, found: Decision, *, title: str) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        submit=_("Save"),
        back=Back(found.title, found.get_absolute_url()),
        programme=request.programme,
    )


def _back(programme: Programme) -> Back:
    return Back(_("Decisions"), reverse("programmes:decisions", args=[programme.slug]))
