"""For operators: the areas that figures are about, what they were and what they became (F4)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samloft.core import downloads
from samloft.core.errors import RuleBroken
from samloft.indicators.actions import area_register as actions
from samloft.indicators.documents import area_tables
from samloft.indicators.forms.area_register import AreaForm, SuccessionForm
from samloft.indicators.queries.area_register import entry, kinds, register
from samloft.places.models import Area, AreaKind, AreaSuccession
from samloft.programmes.access import Request, operator_only
from samloft.programmes.views.pages import Back, ConfirmForm, form_page, posted, saved_or_form

PER_PAGE = 100


@require_safe
@operator_only
def operator_areas(request: Request) -> HttpResponse:
    text, kind = request.GET.get("text", "").strip(), request.GET.get("kind", "")
    page = Paginator(register(text, kind), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "kinds": kinds(), "text": text, "kind": kind}
    return render(request, "indicators/operator_areas.html", context)


@require_safe
@operator_only
def operator_areas_file(request: Request, ending: str) -> HttpResponseBase:
    found = register(request.GET.get("text", "").strip(), request.GET.get("kind", ""))
    header, rows = area_tables.register_header(), area_tables.register_cells(found)
    return downloads.table(ending, name=_("areas"), title=_("Areas"), header=header, rows=rows)


@operator_only
def operator_area_new(request: Request) -> HttpResponse:
    form = AreaForm(posted(request), initial={"kind": AreaKind.MUNICIPALITY})
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            made = actions.add(values=form.values(), by=request.user)
            messages.success(request, _("The area is added."))
            return redirect("indicators:operator_area", made.pk)
    return form_page(request, form, title=_("New area"), submit=_("Add"), back=_back())


@require_safe
@operator_only
def operator_area(request: Request, pk: int) -> HttpResponse:
    return render(request, "indicators/operator_area.html", {"entry": entry(_area(pk))})


@operator_only
def operator_area_edit(request: Request, pk: int) -> HttpResponse:
    area = _area(pk)
    fields = (
        "kind",
        "code",
        "name",
        "municipality",
        "county",
        "valid_from",
        "valid_to",
        "is_divided",
        "is_synthetic",
    )
    initial = {name: getattr(area, name) for name in fields} | {"parent": area.parent.code if area.parent else ""}
    form = AreaForm(posted(request), area=area, initial=initial)
    return saved_or_form(
        request,
        form,
        lambda: actions.change(area=area, values=form.values(), by=request.user),
        said=_("The area is saved."),
        back=_back_to(area),
        title=_("Edit the area"),
        submit=_("Save"),
    )


@operator_only
def operator_area_became(request: Request, pk: int) -> HttpResponse:
    area = _area(pk)
    form = SuccessionForm(posted(request), area=area, initial={"on": None})
    return saved_or_form(
        request,
        form,
        lambda: actions.add_succession(predecessor=area, by=request.user, **form.cleaned_data),
        said=_("It is saved. The newest figures of both areas are made anew."),
        back=_back_to(area),
        title=_("What %(area)s became") % {"area": f"{area.code} {area.name}"},
        submit=_("Save"),
    )


@operator_only
def operator_area_never_became(request: Request, pk: int) -> HttpResponse:
    succession = get_object_or_404(AreaSuccession.objects.select_related("predecessor", "successor"), pk=pk)
    return saved_or_form(
        request,
        ConfirmForm(posted(request)),
        lambda: actions.remove_succession(succession=succession, by=request.user),
        said=_("It is removed. The newest figures of both areas are made anew."),
        back=_back_to(succession.predecessor),
        title=_("Was this a mistake?"),
        lead=_("%(old)s did not become %(new)s: their figures will no longer be one series.")
        % {"old": _told(succession.predecessor), "new": _told(succession.successor)},
        submit=_("Remove"),
        danger=True,
    )


def _area(pk: int) -> Area:
    return get_object_or_404(Area.objects.select_related("parent", "municipality", "county"), pk=pk)


def _told(area: Area) -> str:
    return f"{area.code} {area.name}".strip()


def _back() -> Back:
    return Back(_("Areas"), reverse("indicators:operator_areas"))


def _back_to(area: Area) -> Back:
    return Back(_told(area), reverse("indicators:operator_area", args=[area.pk]))
