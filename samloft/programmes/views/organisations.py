"""For operators: the organisations that people work for and that sign agreements."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samloft.accounts.actions import organisations as actions
from samloft.accounts.models import Organisation
from samloft.core.errors import RuleBroken
from samloft.programmes.access import Request, operator_only
from samloft.programmes.forms.places import OrganisationForm
from samloft.programmes.views.pages import Back, form_page, posted

PER_PAGE = 50


@operator_only
def organisations(request: Request) -> HttpResponse:
    rows = Organisation.objects.select_related("municipality", "county")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "programmes/organisation_list.html", {"page": page})


@operator_only
def organisation_new(request: Request) -> HttpResponse:
    form = OrganisationForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            made = actions.add(values=form.values(), by=request.user)
            messages.success(request, _("%(organisation)s is added.") % {"organisation": made})
            return redirect(_back().url)
    return form_page(request, form, title=_("New organisation"), submit=_("Add"), back=_back())


@operator_only
def organisation_edit(request: Request, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation, pk=pk)
    form = OrganisationForm(posted(request), instance=organisation)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.change(organisation=organisation, values=form.values(), by=request.user)
            messages.success(request, _("The organisation is saved."))
            return redirect(_back().url)
    return form_page(request, form, title=_("Edit the organisation"), submit=_("Save"), back=_back())


def _back() -> Back:
    return Back(_("Organisations"), reverse("programmes:organisations"))
