"""What belongs to an agreement: parties, related agreements, conditions, reservations."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from samloft.programmes.access import Permission, Request, access
from samloft.programmes.actions import agreement_parties, conditions, files, obligations, related_agreements
from samloft.programmes.forms.agreements import ConditionForm, PartyForm, RelatedAgreementForm
from samloft.programmes.forms.obligations import ReservationForm
from samloft.programmes.models import (
    Agreement,
    AgreementParty,
    Condition,
    Programme,
    RelatedAgreement,
    Reservation,
    StoredFile,
)
from samloft.programmes.views.pages import Back, ConfirmForm, Words, posted, saved_or_form


@access(Permission.PROGRAMME_EDIT)
def party_new(request: Request, programme: Programme, agreement_pk: int) -> HttpResponse:
    agreement = get_object_or_404(programme.agreements, pk=agreement_pk)
    form = PartyForm(posted(request))

    def save() -> object:
        return agreement_parties.add(agreement=agreement, values=form.values(), by=request.user)

    return _part(request, form, agreement, save, title=_("Add a party"))


@access(Permission.PROGRAMME_EDIT)
def party_edit(request: Request, programme: Programme, pk: int) -> HttpResponse:
    party = get_object_or_404(AgreementParty, pk=pk, agreement__programme=programme)
    form = PartyForm(posted(request), instance=party)

    def save() -> object:
        return agreement_parties.change(
            party=party, values=form.values(), version=form.opened_version, by=request.user
        )

    return _part(request, form, party.agreement, save, title=_("Edit the party"))


@access(Permission.PROGRAMME_EDIT)
def party_remove(request: Request, programme: Programme, pk: int) -> HttpResponse:
    party = get_object_or_404(AgreementParty, pk=pk, agreement__programme=programme)
    return _remove(request, party, lambda: agreement_parties.remove(party=party, by=request.user))


@access(Permission.PROGRAMME_EDIT)
def related_new(request: Request, programme: Programme, agreement_pk: int) -> HttpResponse:
    agreement = get_object_or_404(programme.agreements, pk=agreement_pk)
    form = RelatedAgreementForm(posted(request))

    def save() -> object:
        return related_agreements.add(agreement=agreement, values=form.values(), by=request.user)

    return _part(request, form, agreement, save, title=_("Add a related agreement"))


@access(Permission.PROGRAMME_EDIT)
def related_edit(request: Request, programme: Programme, pk: int) -> HttpResponse:
    related = get_object_or_404(RelatedAgreement, pk=pk, agreement__programme=programme)
    form = RelatedAgreementForm(posted(request), instance=related)

    def save() -> object:
        return related_agreements.change(
            related=related, values=form.values(), version=form.opened_version, by=request.user
        )

    return _part(request, form, related.agreement, save, title=_("Edit the related agreement"))


@access(Permission.PROGRAMME_EDIT)
def related_remove(request: Request, programme: Programme, pk: int) -> HttpResponse:
    related = get_object_or_404(RelatedAgreement, pk=pk, agreement__programme=programme)
    return _remove(request, related, lambda: related_agreements.remove(related=related, by=request.user))


@access(Permission.PROGRAMME_EDIT)
def condition_new(request: Request, programme: Programme, agreement_pk: int) -> HttpResponse:
    agreement = get_object_or_404(programme.agreements, pk=agreement_pk)
    form = ConditionForm(posted(request), request.FILES or None, programme=programme)

    def save() -> object:
        proof = _proof(request, programme, form.cleaned_data["upload"], None)
        return conditions.add(agreement=agreement, values=form.values(proof_file=proof), by=request.user)

    return _part(request, form, agreement, save, title=_("Add a condition on the money"))


@access(Permission.PROGRAMME_EDIT)
def condition_edit(request: Request, programme: Programme, pk: int) -> HttpResponse:
    condition = get_object_or_404(Condition, pk=pk, agreement__programme=programme)
    kept = condition.proof_file
    form = ConditionForm(posted(request), request.FILES or None, instance=condition, programme=programme)

    def save() -> object:
        proof = _proof(request, programme, form.cleaned_data["upload"], kept)
        values = form.values(proof_file=proof)
        return conditions.change(condition=condition, values=values, version=form.opened_version, by=request.user)

    return _part(request, form, condition.agreement, save, title=_("Edit the condition"))


@access(Permission.PROGRAMME_EDIT)
def condition_remove(request: Request, programme: Programme, pk: int) -> HttpResponse:
    condition = get_object_or_404(Condition, pk=pk, agreement__programme=programme)
    return _remove(request, condition, lambda: conditions.remove(condition=condition, by=request.user))


@access(Permission.PROGRAMME_EDIT)
def reservation_new(request: Request, programme: Programme, agreement_pk: int) -> HttpResponse:
    agreement = get_object_or_404(programme.agreements, pk=agreement_pk)
    form = ReservationForm(posted(request))

    def save() -> object:
        return obligations.add_reservation(agreement=agreement, values=form.values(), by=request.user)

    return _part(request, form, agreement, save, title=_("Add a reservation"))


@access(Permission.PROGRAMME_EDIT)
def reservation_edit(request: Request, programme: Programme, pk: int) -> HttpResponse:
    reservation = get_object_or_404(Reservation, pk=pk, agreement__programme=programme)
    form = ReservationForm(posted(request), instance=reservation)

    def save() -> object:
        return obligations.change_reservation(
            reservation=reservation, values=form.values(), version=form.opened_version, by=request.user
        )

    return _part(request, form, reservation.agreement, save, title=_("Edit the reservation"))


@access(Permission.PROGRAMME_EDIT)
def reservation_remove(request: Request, programme: Programme, pk: int) -> HttpResponse:
    reservation = get_object_or_404(Reservation, pk=pk, agreement__programme=programme)
    return _remove(
        request, reservation, lambda: obligations.remove_reservation(reservation=reservation, by=request.user)
    )


def _proof(request: Request, programme: Programme, upload: Any, kept: StoredFile | None) -> StoredFile | None:
    return files.store(programme=programme, upload=upload, by=request.user) if upload else kept


def _part(
    request: Request,
    form: Any,
    agreement: Agreement,
    save: Callable[[], object],
    *,
    title: Words,
    submit: Words = "",
    **page: Any,
) -> HttpResponse:
    return saved_or_form(
        request,
        form,
        save,
        said=_("The agreement is saved."),
        title=title,
        submit=submit or _("Save"),
        back=Back(agreement.title, agreement.get_absolute_url()),
        programme=request.programme,
        **page,
    )


def _remove(request: Request, row: Any, remove: Callable[[], object]) -> HttpResponse:
    return _part(
        request,
        ConfirmForm(posted(request)),
        row.agreement,
        remove,
        title=_("Remove “%(name)s”?") % {"name": row},
        lead=_("It disappears from the agreement's page. What was done stays in the audit trail."),
        submit=_("Remove"),
        danger=True,
    )
