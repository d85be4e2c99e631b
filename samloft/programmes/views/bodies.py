"""Bodies with their seats, and what the roles mean."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samloft.core.errors import RuleBroken
from samloft.programmes.access import DESCRIPTIONS, ROLES, Permission, Request, access
from samloft.programmes.actions import bodies as actions
from samloft.programmes.forms.bodies import BodyForm
from samloft.programmes.models import Programme
from samloft.programmes.queries.bodies import body_rows
from samloft.programmes.views.pages import Back, ConfirmForm, form_page, posted


@access(Permission.PROGRAMME_VIEW)
def bodies(request: Request, programme: Programme) -> HttpResponse:
    context = {"programme": programme, "rows": body_rows(programme, timezone.localdate())}
    return render(request, "programmes/body_list.html", context)


@access(Permission.PROGRAMME_VIEW)
def roles(request: Request, programme: Programme) -> HttpResponse:
    described = [
        (role.label, [DESCRIPTIONS[permission] for permission in Permission if permission in allowed])
        for role, allowed in ROLES.items()
    ]
    context = {"programme": programme, "roles": described, "back": _back(programme)}
    return render(request, "programmes/roles.html", context)


@access(Permission.PROGRAMME_STAFF)
def body_new(request: Request, programme: Programme) -> HttpResponse:
    form = BodyForm(posted(request), programme=programme)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            made = actions.add(programme=programme, values=form.values(), by=request.user)
            messages.success(request, _("%(body)s is added. Now give out its seats.") % {"body": made})
            return redirect(_back(programme).url)
    return form_page(
        request, form, title=_("New body"), submit=_("Add"), back=_back(programme), programme=programme
    )


@access(Permission.PROGRAMME_STAFF)
def body_edit(request: Request, programme: Programme, pk: int) -> HttpResponse:
    body = get_object_or_404(programme.bodies, pk=pk)
    form = BodyForm(posted(request), instance=body, programme=programme)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.change(body=body, values=form.values(), version=form.opened_version, by=request.user)
            messages.success(request, _("The body is saved."))
            return redirect(_back(programme).url)
    return form_page(
        request, form, title=_("Edit the body"), submit=_("Save"), back=_back(programme), programme=programme
    )


@access(Permission.PROGRAMME_STAFF)
def body_remove(request: Request, programme: Programme, pk: int) -> HttpResponse:
    body = get_object_or_404(programme.bodies, pk=pk)
    form = ConfirmForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.remove(body=body, programme=programme, by=request.user)
            messages.success(request, _("%(body)s is removed from the programme.") % {"body": body})
            return redirect(_back(programme).url)
    return form_page(
        request,
        form,
        title=_("Remove “%(name)s”?") % {"name": body},
        lead=_("The body leaves the programme. That is possible while it has no seats, decisions or rights here."),
        submit=_("Remove"),
        back=_back(programme),
        programme=programme,
        danger=True,
    )


def _back(programme: Programme) -> Back:
    return Back(_("Bodies and seats"), reverse("programmes:bodies", args=[programme.slug]))
