"""For operators: municipalities with language form and logo."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samloft.core.errors import RuleBroken
from samloft.places.models import County, Municipality
from samloft.programmes.access import Request, operator_only
from samloft.programmes.actions import municipalities as actions
from samloft.programmes.actions.files import JPEG, PNG
from samloft.programmes.forms.places import CountyForm, LogoForm, MunicipalityForm, NewMunicipalityForm
from samloft.programmes.views.pages import Back, ConfirmForm, form_page, posted

PER_PAGE = 50


@operator_only
def municipalities(request: Request) -> HttpResponse:
    page = Paginator(Municipality.objects.select_related("county"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "programmes/municipality_list.html", {"page": page, "counties": County.objects.all()})


@operator_only
def municipality_new(request: Request) -> HttpResponse:
    form = NewMunicipalityForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            made = actions.add(values=form.values(), by=request.user)
            messages.success(request, _("%(municipality)s is added.") % {"municipality": made})
            return redirect(_back().url)
    return form_page(request, form, title=_("New municipality"), submit=_("Add"), back=_back())


@operator_only
def municipality_edit(request: Request, pk: int) -> HttpResponse:
    municipality = get_object_or_404(Municipality, pk=pk)
    initial = {"name": municipality.name, "language_form": municipality.language_form}
    form = MunicipalityForm(posted(request), initial=initial)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.change(municipality=municipality, by=request.user, **form.cleaned_data)
            messages.success(request, _("The municipality is saved."))
            return redirect(_back().url)
    return form_page(request, form, title=_("Edit the municipality"), submit=_("Save"), back=_back())


@operator_only
def county_edit(request: Request, pk: int) -> HttpResponse:
    county = get_object_or_404(County, pk=pk)
    initial = {"language_form": county.language_form}
    form = CountyForm(posted(request), request.FILES or None, initial=initial)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.change_county(county=county, by=request.user, **form.cleaned_data)
            messages.success(request, _("The county is saved."))
            return redirect(_back().url)
    title = _("Edit %(county)s") % {"county": county}
    return form_page(request, form, title=title, submit=_("Save"), back=_back())


@operator_only
def municipality_logo(request: Request, pk: int) -> HttpResponse:
    municipality = get_object_or_404(Municipality, pk=pk)
    form = LogoForm(posted(request), request.FILES or None)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.set_logo(municipality=municipality, upload=form.cleaned_data["logo"], by=request.user)
            messages.success(request, _("The logo is saved."))
            return redirect("programmes:municipality_logo", municipality.pk)
    context = {"municipality": municipality, "form": form, "back": _back()}
    return render(request, "programmes/municipality_logo.html", context)


@operator_only
def municipality_logo_remove(request: Request, pk: int) -> HttpResponse:
    municipality = get_object_or_404(Municipality, pk=pk)
    form = ConfirmForm(posted(request))
    if form.is_bound and form.is_valid():
        actions.remove_logo(municipality=municipality, by=request.user)
        messages.success(request, _("The logo is removed."))
        return redirect(_back().url)
    return form_page(
        request,
        form,
        title=_("Remove the logo of %(municipality)s?") % {"municipality": municipality},
        lead=_("Documents made from now on have no logo. Those already issued keep theirs."),
        submit=_("Remove"),
        back=_back(),
        danger=True,
    )


@operator_only
def municipality_logo_file(request: Request, pk: int) -> FileResponse:
    """For the picture on the page; opened by itself it is an attachment like every other file."""
    municipality = get_object_or_404(Municipality, pk=pk)
    if not municipality.logo:
        raise Http404
    media_type = PNG if str(municipality.logo.name).endswith(".png") else JPEG
    answer = FileResponse(
        municipality.logo.open("rb"), as_attachment=True, filename="logo", content_type=media_type
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _back() -> Back:
    return Back(_("Municipalities"), reverse("programmes:municipalities"))
