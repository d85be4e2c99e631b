"""Baselines: the list, the report, what has moved since, and the way from draft to frozen."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samloft.core import downloads
from samloft.core.documents.html import render_html
from samloft.core.errors import RuleBroken
from samloft.indicators.actions import baselines as actions
from samloft.indicators.documents import baseline as report
from samloft.indicators.documents import baseline_table
from samloft.indicators.forms.baselines import BaselineForm, FreezeForm
from samloft.indicators.models import Baseline
from samloft.indicators.queries import baselines as queries
from samloft.indicators.queries.figures import offer_of
from samloft.indicators.queries.owners import owners_for
from samloft.indicators.queries.programme_areas import comparable_areas
from samloft.places.models import AreaKind
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.models import Programme
from samloft.programmes.views.pages import Back, ConfirmForm, form_page, posted


@access(Permission.FIGURE_VIEW)
def baselines(request: Request, programme: Programme) -> HttpResponse:
    context = {"programme": programme, "rows": queries.baseline_rows(programme)}
    return render(request, "indicators/baseline_list.html", context)


@access(Permission.FIGURE_VIEW)
def baseline(request: Request, programme: Programme, pk: int) -> HttpResponse:
    """The report as a page."""
    found = _find(programme, pk)
    context = {
        "programme": programme,
        "baseline": found,
        "status": queries.status_of(found),
        "document": render_html(report.build(found), heading_offset=1),
        "is_unchanged": found.is_frozen and queries.is_unchanged(found),
    }
    return render(request, "indicators/baseline.html", context)


@access(Permission.FIGURE_VIEW)
def baseline_since(request: Request, programme: Programme, pk: int) -> HttpResponse:
    """Each frozen figure beside what is known now."""
    found = get_object_or_404(programme.baselines.frozen(), pk=pk)
    found.programme = programme
    groups = queries.movements(found)
    context = {
        "programme": programme,
        "baseline": found,
        "groups": groups,
        "is_synthetic": any(source.is_synthetic for group in groups for source in group.sources),
    }
    return render(request, "indicators/baseline_since.html", context)


@require_safe
@access(Permission.FIGURE_VIEW)
def baseline_document(request: Request, programme: Programme, pk: int, ending: str) -> HttpResponse:
    found = _find(programme, pk)
    wished = request.GET.get("language")
    language = wished if wished in ("nb", "nn") else None
    name = f"{slugify(found.title) or 'baseline'}-{programme.slug}"
    return downloads.document(ending, name=name, build=lambda: report.build(found, language=language))


@require_safe
@access(Permission.FIGURE_VIEW)
def baseline_file(request: Request, programme: Programme, pk: int, ending: str) -> HttpResponseBase:
    """Every figure as one line, with what is known now when the baseline is frozen."""
    found = _find(programme, pk)
    return downloads.table(
        ending,
        name=f"{slugify(found.title) or 'baseline'}-{programme.slug}",
        title=found.title,
        header=baseline_table.header(),
        rows=baseline_table.cells(queries.movements(found)),
    )


@access(Permission.FIGURE_EDIT)
def baseline_new(request: Request, programme: Programme) -> HttpResponse:
    offer, back = offer_of(comparable_areas(programme), owners_for(programme)), _list(programme)
    own = set(programme.areas.values_list("pk", flat=True))
    usual = [
        str(area.pk)
        for area in offer.areas
        if area.pk in own or area.kind in (AreaKind.MUNICIPALITY, AreaKind.COUNTY, AreaKind.COUNTRY)
    ]
    known = [each.indicator.key for each in offer.definitions if each.indicator.pk in offer.known]
    initial = {"title": _("Baseline"), "areas": usual, "indicators": known}
    form = BaselineForm(posted(request), initial=initial, offer=offer)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            made = actions.draft(programme=programme, values=form.values(), by=request.user)
            messages.success(request, _("The draft is made. Read it, and freeze it when it is right."))
            return redirect(made)
    return form_page(
        request,
        form,
        title=_("Draft a baseline"),
        lead=_("Choose which figures will tell how things stood. Nothing is frozen yet."),
        submit=_("Make the draft"),
        back=back,
        programme=programme,
    )


@access(Permission.FIGURE_EDIT)
def baseline_edit(request: Request, programme: Programme, pk: int) -> HttpResponse:
    found = get_object_or_404(programme.baselines.filter(frozen_on__isnull=True), pk=pk)
    form = BaselineForm(
        posted(request), instance=found, offer=offer_of(comparable_areas(programme), owners_for(programme))
    )
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.change(baseline=found, values=form.values(), version=form.opened_version, by=request.user)
            messages.success(request, _("The draft is saved."))
            return redirect(found)
    back = Back(found.title, found.get_absolute_url())
    return form_page(request, form, title=_("Edit the draft"), submit=_("Save"), back=back, programme=programme)


@access(Permission.FIGURE_EDIT)
def baseline_freeze(request: Request, programme: Programme, pk: int) -> HttpResponse:
    found = get_object_or_404(programme.baselines.filter(frozen_on__isnull=True), pk=pk)
    form = FreezeForm(posted(request), programme=programme, version=found.version)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.freeze(baseline=found, on=timezone.localdate(), by=request.user, **form.cleaned_data)
            messages.success(request, _("The baseline is frozen."))
            return redirect(found)
    readings = queries.readings(found)
    known = [one for one in readings if one.last and one.last.value is not None]
    context = {
        "programme": programme,
        "baseline": found,
        "form": form,
        "known": known,
        "unknown": [one for one in readings if one not in known],
        "today": timezone.localdate(),
    }
    return render(request, "indicators/baseline_freeze.html", context)


@access(Permission.FIGURE_EDIT)
def baseline_discard(request: Request, programme: Programme, pk: int) -> HttpResponse:
    found = get_object_or_404(programme.baselines.filter(frozen_on__isnull=True), pk=pk)
    form = ConfirmForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.discard(baseline=found, by=request.user)
            messages.success(request, _("The draft is thrown away."))
            return redirect(_list(programme).url)
    return form_page(
        request,
        form,
        title=_("Throw the draft away?"),
        lead=_("“%(title)s” disappears. The figures themselves stay.") % {"title": found.title},
        submit=_("Throw away"),
        back=Back(found.title, found.get_absolute_url()),
        programme=programme,
        danger=True,
    )


def _find(programme: Programme, pk: int) -> Baseline:
    found = get_object_or_404(programme.baselines.select_related("frozen_by", "decision__programme"), pk=pk)
    found.programme = programme
    return found


def _list(programme: Programme) -> Back:
    return Back(_("Baselines"), reverse("indicators:baselines", args=[programme.slug]))
