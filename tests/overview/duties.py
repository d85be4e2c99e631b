"""Agreements with duties, for the tests of what falls due."""

from datetime import date
from typing import Any

from samloft.accounts.models import Organisation, OrganisationKind
from samloft.programmes.actions import agreement_parties, agreements, obligations
from samloft.programmes.actions.agreement_parties import PartyValues
from samloft.programmes.actions.agreements import AgreementValues
from samloft.programmes.actions.obligations import ObligationValues, OwedBy
from samloft.programmes.models import (
    Agreement,
    AgreementParty,
    Basis,
    Obligation,
    ObligationKind,
    ObligationParty,
    Occurrence,
    Programme,
    Rhythm,
    Role,
    Seat,
)
from tests.cast import Cast

HOME, STATE = "Elvestad kommune", "Prøvedepartementet"


def agree(cast: Cast, *, first_year: int = 2024, years: int = 5) -> Agreement:
    """Between the state and the municipality of the cast."""
    made = agreements.add(
        programme=cast.programme,
        values=AgreementValues(
            title="Intensjonsavtale",
            first_year=first_year,
            duration_years=years,
            signed_on=date(first_year, 1, 10),
        ),
        by=cast.programme_leader,
    )
    for name in (HOME, STATE):
        organisation = Organisation.objects.get(name=name)
        agreement_parties.add(agreement=made, values=PartyValues(organisation), by=cast.programme_leader)
    return made


def owe(cast: Cast, agreement: Agreement, text: str, *, by: str = HOME, **values: Any) -> Obligation:
    owing = agreement.parties.get(organisation__name=by)
    stated: dict[str, Any] = {"kind": ObligationKind.DOCUMENT, "rhythm": Rhythm.ONCE, **values}
    return obligations.add(
        agreement=agreement,
        values=ObligationValues(text=text, owed_by=[OwedBy(owing)], **stated),
        by=cast.programme_leader,
    )


def many(cast: Cast, *, agreements: int, times: int, reader: str = "ministry_adviser", start: int = 0) -> None:
    """Programmes with an agreement each, `times` deadlines apiece, that the cast's reader sees. Stored at once."""
    user = getattr(cast, reader)
    places = cast.programme.municipality
    organisation = Organisation.objects.get_or_create(name=f"Part {start}", kind=OrganisationKind.MUNICIPALITY)[0]
    programmes = Programme.objects.bulk_create(
        Programme(slug=f"mange-{number}", name=f"Program {number}", municipality=places, basis=Basis.AGREEMENT)
        for number in range(start, start + agreements)
    )
    Seat.objects.bulk_create(Seat(programme=row, user=user, role=Role.MINISTRY_ADVISER) for row in programmes)
    made = Agreement.objects.bulk_create(
        Agreement(programme=row, title="Avtale", first_year=2024, duration_years=4) for row in programmes
    )
    parties = AgreementParty.objects.bulk_create(
        AgreementParty(agreement=a, organisation=organisation) for a in made
    )
    duties = Obligation.objects.bulk_create(
        Obligation(agreement=a, text="Møtes", kind=ObligationKind.MEETING, rhythm=Rhythm.MONTHLY) for a in made
    )
    ObligationParty.objects.bulk_create(
        ObligationParty(obligation=duty, party=party) for duty, party in zip(duties, parties, strict=True)
    )
    Occurrence.objects.bulk_create(
        Occurrence(
            obligation=duty,
            key=f"{2024 + n // 12}-{n % 12 + 1:02}",
            starts_on=date(2024 + n // 12, n % 12 + 1, 1),
            ends_on=date(2024 + n // 12, n % 12 + 1, 28),
            due_on=date(2024 + n // 12, n % 12 + 1, 28),
        )
        for duty in duties
        for n in range(times)
    )
