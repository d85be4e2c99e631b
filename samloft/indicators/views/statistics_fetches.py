"""Fetching from statistics banks, at both desks: choose a table, say what of it, and let it come."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samloft.core.errors import RuleBroken
from samloft.indicators import jobs
from samloft.indicators.actions import statistics_fetches as actions
from samloft.indicators.forms.statistics_fetches import FetchSelectionForm, FetchTableForm
from samloft.indicators.models import FetchState, StatisticsBank, StatisticsFetch
from samloft.indicators.queries.statistics_fetches import fetch_page, fetches_of
from samloft.indicators.views.imports import Desk
from samloft.programmes.access import Request
from samloft.programmes.views.pages import Back, ConfirmForm, form_page, posted


def fetch_new(request: Request, desk: Desk) -> HttpResponse:
    """Which table. The bank is asked at once what it holds."""
    form = FetchTableForm(posted(request), programme=desk.programme)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            fetch = actions.begin(
                bank=form.cleaned_data["bank"],
                table=form.cleaned_data["table"].strip(),
                owner=form.owner(),
                by=request.user,
            )
            return redirect(desk.url("statistics_fetch", fetch.pk))
    context = {
        "desk": desk,
        "programme": desk.programme,
        "form": form,
        "has_banks": StatisticsBank.objects.exists(),
    }
    return render(request, "indicators/statistics_fetch_new.html", context)


def fetch(request: Request, desk: Desk, pk: int) -> HttpResponse:
    """What to fetch, and then how far it has come."""
    found = _find(desk, pk)
    page, form = fetch_page(found, now=timezone.now()), None
    if found.state in (FetchState.CHOOSING, FetchState.STOPPED):
        form = FetchSelectionForm(posted(request), fetch=found, table=page.table)
        if form.is_bound and form.is_valid():
            with form.refusing(RuleBroken):
                version = form.cleaned_data["version"]
                chosen = actions.choose(fetch=found, selection=form.selection(), version=version, by=request.user)
                jobs.fetch_statistics.enqueue(found.pk, chosen.version)
                return redirect(desk.url("statistics_fetch", pk))
    context = {
        "desk": desk,
        "programme": desk.programme,
        "fetch": found,
        "page": page,
        "form": form,
        "urls": {name: desk.url(f"statistics_fetch_{name}", pk) for name in ("resume", "discard")},
        "delivery_url": desk.url("statistics_import", found.delivery_id) if found.delivery_id else "",
    }
    return render(request, "indicators/statistics_fetch.html", context)


@require_POST
def fetch_resume(request: Request, desk: Desk, pk: int) -> HttpResponse:
    """Go on where it stopped."""
    try:
        resumed = actions.resume(fetch=_find(desk, pk), by=request.user)
        jobs.fetch_statistics.enqueue(pk, resumed.version)
    except RuleBroken as refused:
        messages.error(request, str(refused))
    return redirect(desk.url("statistics_fetch", pk))


def fetch_discard(request: Request, desk: Desk, pk: int) -> HttpResponse:
    found = _find(desk, pk)
    form = ConfirmForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.discard(fetch=found, by=request.user)
            messages.success(request, _("The fetch is given up."))
            return redirect(desk.url("statistics"))
    return form_page(
        request,
        form,
        title=_("Give the fetch up?"),
        lead=_("What has come of “%(title)s” is thrown away. You can fetch it again later.") % {"title": found},
        submit=_("Give up"),
        back=Back(str(found), desk.url("statistics_fetch", pk)),
        programme=desk.programme,
        danger=True,
    )


def _find(desk: Desk, pk: int) -> StatisticsFetch:
    return get_object_or_404(fetches_of(desk.programme), pk=pk)  # type: ignore[no-any-return]
