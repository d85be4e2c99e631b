"""For operators: the catalogue of indicators, and the versions of what each means."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samloft.core import downloads
from samloft.core.errors import RuleBroken
from samloft.indicators.actions import catalogue as actions
from samloft.indicators.forms.catalogue import IndicatorForm, NewIndicatorForm
from samloft.indicators.models import Indicator
from samloft.indicators.queries.catalogue import entries, levels_of
from samloft.programmes.access import Request, operator_only
from samloft.programmes.views.pages import Back, form_page, posted


@require_safe
@operator_only
def catalogue(request: Request) -> HttpResponse:
    return render(request, "indicators/catalogue.html", {"entries": entries()})


@require_safe
@operator_only
def catalogue_file(request: Request, ending: str) -> HttpResponseBase:
    rows = (
        (
            entry.indicator.key,
            entry.definition.name,
            entry.definition.description,
            entry.definition.numerator,
            entry.definition.denominator,
            entry.indicator.unit,
            entry.indicator.get_direction_display(),
            entry.levels,
            entry.indicator.get_aggregation_display(),
            entry.definition.source,
            entry.definition.table_id,
            entry.definition.number,
        )
        for entry in entries()
    )
    header = [
        _("Key"),
        _("Indicator"),
        _("What it tells"),
        _("Numerator"),
        _("Denominator"),
        _("Unit"),
        _("Direction"),
        _("Where it exists"),
        _("Put together by"),
        _("Source"),
        _("Table"),
        _("Version"),
    ]
    return downloads.table(ending, name="indicators", title=_("Indicators"), header=header, rows=rows)


@operator_only
def catalogue_new(request: Request) -> HttpResponse:
    form = NewIndicatorForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            made = actions.add(
                key=form.cleaned_data["key"], values=form.values(), definition=form.definition(), by=request.user
            )
            messages.success(request, _("The indicator is added."))
            return redirect("indicators:catalogue_entry", made.key)
    return form_page(request, form, title=_("New indicator"), submit=_("Add"), back=_back())


@require_safe
@operator_only
def catalogue_entry(request: Request, key: str) -> HttpResponse:
    indicator = get_object_or_404(Indicator, key=key)
    definitions = list(indicator.definitions.all())
    context = {
        "indicator": indicator,
        "definition": definitions[0],
        "definitions": definitions,
        "levels": levels_of(indicator),
    }
    return render(request, "indicators/catalogue_entry.html", context)


@operator_only
def catalogue_edit(request: Request, key: str) -> HttpResponse:
    indicator = get_object_or_404(Indicator, key=key)
    form = IndicatorForm(posted(request), instance=indicator)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.change(
                indicator=indicator,
                values=form.values(),
                definition=form.definition(),
                version=form.opened_version,
                by=request.user,
            )
            messages.success(request, _("The indicator is saved."))
            return redirect("indicators:catalogue_entry", key)
    back = Back(indicator.definitions.all()[0].name, reverse("indicators:catalogue_entry", args=[key]))
    return form_page(
        request,
        form,
        title=_("Edit the indicator"),
        lead=_("Another name, meaning or source becomes a new version of the definition."),
        submit=_("Save"),
        back=back,
    )


def _back() -> Back:
    return Back(_("Indicators"), reverse("indicators:catalogue"))
