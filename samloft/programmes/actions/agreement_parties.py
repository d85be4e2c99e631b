"""Who has signed an agreement, as what, and what each is responsible for."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.models import Organisation, User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.programmes.models import Agreement, AgreementParty


@dataclass(frozen=True)
class PartyValues:
    organisation: Organisation
    role: str = ""
    responsibility: str = ""


@transaction.atomic
def add(*, agreement: Agreement, values: PartyValues, by: User) -> AgreementParty:
    editing.locked(agreement)
    _check(agreement, values, 0)
    made = AgreementParty.objects.create(
        agreement=agreement,
        organisation=values.organisation,
        role=values.role,
        responsibility=values.responsibility,
    )
    audit.record("agreement.party_added", agreement, by=by, data={"organisation": values.organisation.pk})
    return made


@transaction.atomic
def change(*, party: AgreementParty, values: PartyValues, version: int | None, by: User) -> AgreementParty:
    _check(party.agreement, values, party.pk)
    stored, changed = editing.change(
        party,
        {
            "organisation": values.organisation,
            "role": values.role,
            "responsibility": values.responsibility,
        },
        version=version,
    )
    if changed:
        audit.record(
            "agreement.party_changed",
            party.agreement,
            by=by,
            data={"organisation": values.organisation.pk, "fields": sorted(changed)},
        )
    return stored


@transaction.atomic
def remove(*, party: AgreementParty, by: User) -> None:
    agreement, organisation = party.agreement, party.organisation_id
    editing.remove(
        party, refusal=_("Something in the agreement rests on this party. Give it to another party first.")
    )
    audit.record("agreement.party_removed", agreement, by=by, data={"organisation": organisation})


def _check(agreement: Agreement, values: PartyValues, pk: int) -> None:
    if agreement.parties.filter(organisation=values.organisation).exclude(pk=pk).exists():
        raise RuleBroken(
            _("%(organisation)s is a party already. Change that one instead.")
            % {"organisation": values.organisation}
        )
