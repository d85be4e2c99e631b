"""For operators: the statistics banks that figures are fetched from."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samloft.core.errors import RuleBroken
from samloft.indicators.actions import statistics_banks as actions
from samloft.indicators.forms.statistics_fetches import StatisticsBankForm
from samloft.indicators.models import StatisticsBank
from samloft.programmes.access import Request, operator_only
from samloft.programmes.views.pages import Back, form_page, posted


@operator_only
def statistics_banks(request: Request) -> HttpResponse:
    return render(request, "indicators/statistics_bank_list.html", {"banks": StatisticsBank.objects.all()})


@operator_only
def statistics_bank_new(request: Request) -> HttpResponse:
    form = StatisticsBankForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.add(values=form.values(), by=request.user)
            messages.success(request, _("The statistics bank is added."))
            return redirect(_back().url)
    return form_page(request, form, title=_("Add a statistics bank"), submit=_("Save"), back=_back())


@operator_only
def statistics_bank(request: Request, pk: int) -> HttpResponse:
    bank = get_object_or_404(StatisticsBank, pk=pk)
    form = StatisticsBankForm(posted(request), instance=bank)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.change(bank=bank, values=form.values(), version=form.opened_version, by=request.user)
            messages.success(request, _("The statistics bank is saved."))
            return redirect(_back().url)
    return form_page(request, form, title=_("Change the statistics bank"), submit=_("Save"), back=_back())


def _back() -> Back:
    return Back(_("Statistics banks"), reverse("indicators:statistics_banks"))
