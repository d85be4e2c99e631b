"""The table of who decides what."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samloft.core.errors import RuleBroken
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.actions import decision_rights as actions
from samloft.programmes.forms.decisions import DecisionRightForm
from samloft.programmes.models import Programme
from samloft.programmes.queries.bodies import decision_table
from samloft.programmes.views.pages import Back, ConfirmForm, form_page, posted


@access(Permission.PROGRAMME_VIEW)
def decision_rights(request: Request, programme: Programme) -> HttpResponse:
    context = {
        "programme": programme,
        "steps": decision_table(programme, timezone.localdate()),
        "has_bodies": programme.bodies.exists(),
    }
    return render(request, "programmes/decision_right_list.html", context)


@access(Permission.PROGRAMME_STAFF)
def decision_right_new(request: Request, programme: Programme) -> HttpResponse:
    form = DecisionRightForm(posted(request), programme=programme, initial={"step": request.GET.get("step")})
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.add(programme=programme, values=form.values(), by=request.user)
            messages.success(request, _("The table is saved."))
            return redirect(_back(programme).url)
    return form_page(
        request,
        form,
        title=_("Let a body decide"),
        lead=_("From then on the body may take this step, and those who record for it may write it down."),
        submit=_("Save"),
        back=_back(programme),
        programme=programme,
    )


@access(Permission.PROGRAMME_STAFF)
def decision_right_edit(request: Request, programme: Programme, pk: int) -> HttpResponse:
    right = get_object_or_404(programme.decision_rights, pk=pk)
    form = DecisionRightForm(posted(request), instance=right, programme=programme)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.change(right=right, values=form.values(), version=form.opened_version, by=request.user)
            messages.success(request, _("The table is saved."))
            return redirect(_back(programme).url)
    return form_page(
        request,
        form,
        title=_("Change who decides"),
        lead=_("When a right passes to another body, give this row a last day and add a new row."),
        submit=_("Save"),
        back=_back(programme),
        programme=programme,
    )


@access(Permission.PROGRAMME_STAFF)
def decision_right_remove(request: Request, programme: Programme, pk: int) -> HttpResponse:
    right = get_object_or_404(programme.decision_rights.select_related("body"), pk=pk)
    form = ConfirmForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.remove(right=right, by=request.user)
            messages.success(request, _("The row is removed."))
            return redirect(_back(programme).url)
    return form_page(
        request,
        form,
        title=_("Remove the row “%(row)s”?") % {"row": right},
        lead=_("Do this only if the row was wrong from the start. Otherwise give it a last day."),
        submit=_("Remove"),
        back=_back(programme),
        programme=programme,
        danger=True,
    )


def _back(programme: Programme) -> Back:
    return Back(_("Who decides what"), reverse("programmes:decision_rights", args=[programme.slug]))
