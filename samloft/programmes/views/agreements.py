"""Agreements: list, page, record and change."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samloft.core.errors import RuleBroken
from samloft.programmes.access import Permission, Request, access, editions, may_prove
from samloft.programmes.actions import agreements as actions
from samloft.programmes.actions import files
from samloft.programmes.forms.agreements import AgreementForm
from samloft.programmes.forms.obligations import ObligationFilterForm
from samloft.programmes.models import Programme
from samloft.programmes.queries.agreements import agreement_rows, agreement_view
from samloft.programmes.queries.obligations import obligation_rows
from samloft.programmes.queries.obligations_by_party import alone, cards, chosen, counts, together
from samloft.programmes.queries.overarching_plans import plan_rows
from samloft.programmes.views.pages import Back, form_page, posted


@access(Permission.PROGRAMME_VIEW)
def agreements(request: Request, programme: Programme) -> HttpResponse:
    context = {"programme": programme, "rows": agreement_rows(programme, timezone.localdate())}
    return render(request, "programmes/agreement_list.html", context)


@access(Permission.PROGRAMME_VIEW)
def agreement(request: Request, programme: Programme, pk: int) -> HttpResponse:
    rows_of = programme.agreements.select_related("programme", "document").prefetch_related("extensions")
    found, today = get_object_or_404(rows_of, pk=pk), timezone.localdate()
    view, rows = agreement_view(found, today), obligation_rows(found, today)
    form = ObligationFilterForm(request.GET, parties=view.parties)
    picked = chosen(rows, form.choice())
    provable = {row.obligation.pk for row in rows if may_prove(request.user, request.allowed, row.obligation)}
    shown = cards(picked, editions(request.allowed, programme), today, provable)
    context = {
        "programme": programme,
        "agreement": found,
        "view": view,
        "rows": rows,
        "counts": counts(rows),
        "filter": form,
        "picked": picked,
        "together": together(shown),
        "alone": alone(shown, view.parties),
        "plan_rows": plan_rows(programme),
    }
    return render(request, "programmes/agreement.html", context)


@access(Permission.PROGRAMME_EDIT)
def agreement_new(request: Request, programme: Programme) -> HttpResponse:
    form = AgreementForm(posted(request), request.FILES or None, programme=programme)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken), transaction.atomic():
            upload = form.cleaned_data["upload"]
            document = files.store(programme=programme, upload=upload, by=request.user) if upload else None
            made = actions.add(programme=programme, values=form.values(document=document), by=request.user)
            messages.success(request, _("The agreement is recorded. Add its parties and conditions."))
            return redirect(made)
    back = Back(_("Agreements"), reverse("programmes:agreements", args=[programme.slug]))
    return form_page(
        request, form, title=_("Record an agreement"), submit=_("Save"), back=back, programme=programme
    )


@access(Permission.PROGRAMME_EDIT)
def agreement_edit(request: Request, programme: Programme, pk: int) -> HttpResponse:
    found = get_object_or_404(programme.agreements.select_related("document"), pk=pk)
    back, kept = Back(found.title, found.get_absolute_url()), found.document
    form = AgreementForm(posted(request), request.FILES or None, instance=found, programme=programme)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken), transaction.atomic():
            upload = form.cleaned_data["upload"]
            document = files.store(programme=programme, upload=upload, by=request.user) if upload else kept
            actions.change(
                agreement=found,
                values=form.values(document=document),
                version=form.opened_version,
                by=request.user,
            )
            messages.success(request, _("The agreement is saved."))
            return redirect(back.url)
    return form_page(
        request, form, title=_("Edit the agreement"), submit=_("Save"), back=back, programme=programme
    )
