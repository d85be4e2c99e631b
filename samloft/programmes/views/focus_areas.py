"""Focus areas and sub-programmes: list, add, rename, order, remove."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samloft.core.errors import RuleBroken
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.actions import focus_areas as actions
from samloft.programmes.forms.programmes import FocusAreaForm
from samloft.programmes.models import Programme
from samloft.programmes.views.pages import Back, ConfirmForm, direction_of, form_page, posted


@access(Permission.PROGRAMME_VIEW)
def focus_areas(request: Request, programme: Programme) -> HttpResponse:
    context = {"programme": programme, "focus_areas": list(programme.focus_areas.all())}
    return render(request, "programmes/focus_area_list.html", context)


@access(Permission.PROGRAMME_EDIT)
def focus_area_new(request: Request, programme: Programme) -> HttpResponse:
    form = FocusAreaForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            made = actions.add(programme=programme, values=form.values(), by=request.user)
            messages.success(request, _("“%(name)s” is added.") % {"name": made})
            return redirect(_back(programme).url)
    return form_page(
        request, form, title=_("New focus area"), submit=_("Add"), back=_back(programme), programme=programme
    )


@access(Permission.PROGRAMME_EDIT)
def focus_area_edit(request: Request, programme: Programme, pk: int) -> HttpResponse:
    focus_area = get_object_or_404(programme.focus_areas, pk=pk)
    form = FocusAreaForm(posted(request), instance=focus_area)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.change(
                focus_area=focus_area, values=form.values(), version=form.opened_version, by=request.user
            )
            messages.success(request, _("The focus area is saved."))
            return redirect(_back(programme).url)
    return form_page(
        request, form, title=_("Edit focus area"), submit=_("Save"), back=_back(programme), programme=programme
    )


@require_POST
@access(Permission.PROGRAMME_EDIT)
def focus_area_move(request: Request, programme: Programme, pk: int) -> HttpResponse:
    focus_area = get_object_or_404(programme.focus_areas, pk=pk)
    actions.move(focus_area=focus_area, direction=direction_of(request), by=request.user)
    return redirect(_back(programme).url)


@access(Permission.PROGRAMME_EDIT)
def focus_area_remove(request: Request, programme: Programme, pk: int) -> HttpResponse:
    focus_area = get_object_or_404(programme.focus_areas, pk=pk)
    form = ConfirmForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.remove(focus_area=focus_area, by=request.user)
            messages.success(request, _("“%(name)s” is removed.") % {"name": focus_area})
            return redirect(_back(programme).url)
    return form_page(
        request,
        form,
        title=_("Remove “%(name)s”?") % {"name": focus_area},
        lead=_("It disappears from this programme. That is possible while nothing belongs to it."),
        submit=_("Remove"),
        back=_back(programme),
        programme=programme,
        danger=True,
    )


def _back(programme: Programme) -> Back:
    return Back(_("Focus areas"), reverse("programmes:focus_areas", args=[programme.slug]))
