"""What belongs to an agreement: parties, related agreements, conditions."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from samloft.core.errors import RuleBroken
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.actions import agreement_parties, conditions, files, related_agreements
from samloft.programmes.forms.agreements import ConditionForm, PartyForm, RelatedAgreementForm
from samloft.programmes.models import (
    Agreement,
    AgreementParty,
    Condition,
    Programme,
    RelatedAgreement,
    StoredFile,
)
from samloft.programmes.views.pages import Back, ConfirmForm, Words, form_page, posted


@access(Permission.PROGRAMME_EDIT)
def party_new(request: Request, programme: Programme, agreement_pk: int) -> HttpResponse:
    agreement = get_object_or_404(programme.agreements, pk=agreement_pk)
    form = PartyForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            agreement_parties.add(agreement=agreement, values=form.values(), by=request.user)
            return _saved(request, agreement)
    return _form(request, form, agreement, title=_("Add a party"))


@access(Permission.PROGRAMME_EDIT)
def party_edit(request: Request, programme: Programme, pk: int) -> HttpResponse:
    party = get_object_or_404(AgreementParty, pk=pk, agreement__programme=programme)
    form = PartyForm(posted(request), instance=party)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            agreement_parties.change(
                party=party, values=form.values(), version=form.opened_version, by=request.user
            )
            return _saved(request, party.agreement)
    return _form(request, form, party.agreement, title=_("Edit the party"))


@access(Permission.PROGRAMME_EDIT)
def party_remove(request: Request, programme: Programme, pk: int) -> HttpResponse:
    party = get_object_or_404(AgreementParty, pk=pk, agreement__programme=programme)
    form = ConfirmForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            agreement_parties.remove(party=party, by=request.user)
            return _saved(request, party.agreement)
    return _remove(request, form, party.agreement, party)


@access(Permission.PROGRAMME_EDIT)
def related_new(request: Request, programme: Programme, agreement_pk: int) -> HttpResponse:
    agreement = get_object_or_404(programme.agreements, pk=agreement_pk)
    form = RelatedAgreementForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            related_agreements.add(agreement=agreement, values=form.values(), by=request.user)
            return _saved(request, agreement)
    return _form(request, form, agreement, title=_("Add a related agreement"))


@access(Permission.PROGRAMME_EDIT)
def related_edit(request: Request, programme: Programme, pk: int) -> HttpResponse:
    related = get_object_or_404(RelatedAgreement, pk=pk, agreement__programme=programme)
    form = RelatedAgreementForm(posted(request), instance=related)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            related_agreements.change(
                related=related, values=form.values(), version=form.opened_version, by=request.user
            )
            return _saved(request, related.agreement)
    return _form(request, form, related.agreement, title=_("Edit the related agreement"))


@access(Permission.PROGRAMME_EDIT)
def related_remove(request: Request, programme: Programme, pk: int) -> HttpResponse:
    related = get_object_or_404(RelatedAgreement, pk=pk, agreement__programme=programme)
    form = ConfirmForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            related_agreements.remove(related=related, by=request.user)
            return _saved(request, related.agreement)
    return _remove(request, form, related.agreement, related)


@access(Permission.PROGRAMME_EDIT)
def condition_new(request: Request, programme: Programme, agreement_pk: int) -> HttpResponse:
    agreement = get_object_or_404(programme.agreements, pk=agreement_pk)
    form = ConditionForm(posted(request), request.FILES or None, programme=programme)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken), transaction.atomic():
            proof = _proof(request, programme, form.cleaned_data["upload"], None)
            conditions.add(agreement=agreement, values=form.values(proof_file=proof), by=request.user)
            return _saved(request, agreement)
    return _form(request, form, agreement, title=_("Add a condition on the money"))


@access(Permission.PROGRAMME_EDIT)
def condition_edit(request: Request, programme: Programme, pk: int) -> HttpResponse:
    condition = get_object_or_404(Condition, pk=pk, agreement__programme=programme)
    form = ConditionForm(posted(request), request.FILES or None, instance=condition, programme=programme)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken), transaction.atomic():
            proof = _proof(request, programme, form.cleaned_data["upload"], condition.proof_file)
            conditions.change(
                condition=condition,
                values=form.values(proof_file=proof),
                version=form.opened_version,
                by=request.user,
            )
            return _saved(request, condition.agreement)
    return _form(request, form, condition.agreement, title=_("Edit the condition"))


@access(Permission.PROGRAMME_EDIT)
def condition_remove(request: Request, programme: Programme, pk: int) -> HttpResponse:
    condition = get_object_or_404(Condition, pk=pk, agreement__programme=programme)
    form = ConfirmForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            conditions.remove(condition=condition, by=request.user)
            return _saved(request, condition.agreement)
    return _remove(request, form, condition.agreement, condition)


def _proof(request: Request, programme: Programme, upload: Any, kept: StoredFile | None) -> StoredFile | None:
    return files.store(programme=programme, upload=upload, by=request.user) if upload else kept


def _saved(request: Request, agreement: Agreement) -> HttpResponse:
    messages.success(request, _("The agreement is saved."))
    return redirect(agreement)


def _form(request: Request, form: Any, agreement: Agreement, *, title: Words) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        submit=_("Save"),
        back=Back(agreement.title, agreement.get_absolute_url()),
        programme=request.programme,
    )


def _remove(request: Request, form: Any, agreement: Agreement, row: object) -> HttpResponse:
    return form_page(
        request,
        form,
        title=_("Remove “%(name)s”?") % {"name": row},
        lead=_("It disappears from the agreement's page. What was done stays in the audit trail."),
        submit=_("Remove"),
        back=Back(agreement.title, agreement.get_absolute_url()),
        programme=request.programme,
        danger=True,
    )
