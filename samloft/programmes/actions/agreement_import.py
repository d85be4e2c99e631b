"""Entering an agreement from its file, through the same actions as the pages. Doing it again changes nothing.

What the file says is entered or brought in step; what is recorded and not in the file is left alone and told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.actions import organisations
from samloft.accounts.actions.organisations import OrganisationValues
from samloft.accounts.models import Organisation, User
from samloft.core.errors import RuleBroken
from samloft.places.models import Area
from samloft.programmes.actions import (
    agreement_parties,
    agreement_terms,
    agreements,
    bodies,
    conditions,
    decisions,
    focus_areas,
    obligations,
    programmes,
    related_agreements,
)
from samloft.programmes.actions.agreement_import_parts import (
    Change,
    about,
    enter_obligation,
    enter_plan,
    how,
)
from samloft.programmes.actions.agreement_parties import PartyValues
from samloft.programmes.actions.agreement_terms import ExtensionValues
from samloft.programmes.actions.agreements import AgreementValues
from samloft.programmes.actions.bodies import BodyValues
from samloft.programmes.actions.conditions import ConditionValues
from samloft.programmes.actions.decisions import DecisionValues, FollowUpPointValues
from samloft.programmes.actions.focus_areas import FocusAreaValues
from samloft.programmes.actions.obligations import ReservationValues
from samloft.programmes.actions.programmes import ProgrammeValues
from samloft.programmes.actions.related_agreements import RelatedAgreementValues
from samloft.programmes.agreement_file import (
    AgreementFile,
    DecisionPart,
    PartyPart,
)
from samloft.programmes.models import (
    Agreement,
    AgreementParty,
    Body,
    Decision,
    FocusArea,
    Programme,
)


@dataclass
class Entered:
    """How much was new, changed or the same as before, and the texts of what the file does not mention."""

    agreement: Agreement
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    not_in_file: list[str] = field(default_factory=list)

    def count(self, change: Change) -> None:
        if change == Change.ADDED:
            self.added += 1
        elif change == Change.CHANGED:
            self.changed += 1
        else:
            self.unchanged += 1


@transaction.atomic
def enter(*, programme: Programme, file: AgreementFile, by: User) -> Entered:
    """Enter the agreement whole or not at all. Raises RuleBroken with the place in the file."""
    return _Entry(programme, file, by).run()


class _Entry:
    def __init__(self, programme: Programme, file: AgreementFile, by: User) -> None:
        self.programme, self.file, self.by = programme, file, by
        self.result = Entered(Agreement())

    def run(self) -> Entered:
        file = self.file
        made = [self._decision(part) for part in file.decisions]
        agreement = self._agreement(made)
        self.result.agreement = agreement
        parties: dict[str, AgreementParty] = {}
        for part in file.parties:
            with about(part.organisation):
                parties[part.organisation] = self._party(agreement, part)
        for extension in file.extensions:
            with about(extension.valid_to):
                self._extension(agreement, extension)
        for obligation in file.obligations:
            with about(obligation.text):
                for change in enter_obligation(agreement, parties, obligation, by=self.by):
                    self.result.count(change)
        for condition in file.conditions:
            with about(condition.text):
                self._condition(agreement, condition)
        for reservation in file.reservations:
            self._reservation(agreement, reservation)
        for related in file.related:
            with about(related.title):
                self._related(agreement, related)
        for plan in file.plans:
            with about(plan.title):
                self.result.count(enter_plan(self.programme, plan, by=self.by))
        self._tell_the_rest(agreement)
        return self.result

    def _note(self, before: int | None, after: int) -> None:
        self.result.count(how(before, after))

    def _agreement(self, made: Sequence[Decision]) -> Agreement:
        file = self.file
        known = self.programme.agreements.filter(title=file.title).first()
        values = AgreementValues(
            title=file.title,
            purpose=file.purpose,
            signed_on=file.signed,
            first_year=file.first_year,
            duration_years=file.duration_years,
            valid_to=file.valid_to,
            may_be_extended=file.may_be_extended,
            extension_text=file.extension_text,
            document=known.document if known else None,
            areas=self._areas(),
            focus_areas=[self._focus_area(name) for name in file.focus_areas],
            decisions=list({row.pk: row for row in [*(known.decisions.all() if known else ()), *made]}.values()),
        )
        if known is None:
            agreement = agreements.add(programme=self.programme, values=values, by=self.by)
            self._note(None, agreement.version)
        else:
            agreement = agreements.change(agreement=known, values=values, version=None, by=self.by)
            self._note(known.version, agreement.version)
        return agreement

    def _areas(self) -> list[Area]:
        """The named places; one that the programme does not have yet becomes one of its areas."""
        programme = self.programme
        have = {area.name: area for area in programme.areas.all()}
        if set(self.file.areas) - set(have):
            programmes.change(
                programme=programme,
                values=ProgrammeValues(
                    name=programme.name,
                    basis=programme.basis,
                    basis_on=programme.basis_on,
                    purpose=programme.purpose,
                    target_groups=programme.target_groups,
                    starts_on=programme.starts_on,
                    ends_on=programme.ends_on,
                    areas=[*have, *self.file.areas],
                ),
                version=None,
                by=self.by,
            )
            have = {area.name: area for area in programme.areas.all()}
        return [have[name] for name in self.file.areas]

    def _focus_area(self, name: str) -> FocusArea:
        known = self.programme.focus_areas.filter(name=name).first()
        return known or focus_areas.add(programme=self.programme, values=FocusAreaValues(name), by=self.by)

    def _party(self, agreement: Agreement, part: PartyPart) -> AgreementParty:
        organisation = Organisation.objects.filter(name__iexact=part.organisation).first()
        if organisation is None:
            if part.kind is None:
                raise RuleBroken(
                    _("Samløft does not know “%(name)s”. Say with `kind` what it is, or correct the name.")
                    % {"name": part.organisation}
                )
            organisation = organisations.add(values=OrganisationValues(part.organisation, part.kind), by=self.by)
        values = PartyValues(organisation, part.role, part.responsibility)
        known = agreement.parties.filter(organisation=organisation).first()
        if known is None:
            party = agreement_parties.add(agreement=agreement, values=values, by=self.by)
        else:
            party = agreement_parties.change(party=known, values=values, version=None, by=self.by)
        self._note(known.version if known else None, party.version)
        return party

    def _decision(self, part: DecisionPart) -> Decision:
        found = self.programme.decisions.filter(title=part.title, decided_on=part.on).first()
        self._note(found.version if found else None, found.version if found else 1)
        return found or decisions.store(
            programme=self.programme,
            values=DecisionValues(
                title=part.title,
                body=self._body(part),
                decided_on=part.on,
                case_number=part.case_number,
                wording=part.wording,
                unanimous=part.unanimous,
                is_assumed=part.assumed,
            ),
            follow_up_points=[FollowUpPointValues(row.text, row.due) for row in part.follow_up],
            by=self.by,
        )

    def _body(self, part: DecisionPart) -> Body | None:
        if not part.body:
            return None
        known = self.programme.bodies.filter(name__iexact=part.body).first()
        if known is not None:
            return known
        owners = Organisation.objects.filter(
            municipality=self.programme.municipality, county=self.programme.county
        ).order_by("pk")
        owner = next((row for row in owners if self.programme.is_run_by(row)), None)
        if owner is None:
            raise RuleBroken(
                _("The programme has no body called “%(body)s”. Add it, or correct the name.")
                % {"body": part.body}
            )
        return bodies.add(
            programme=self.programme, values=BodyValues(part.body, part.body_kind, owner), by=self.by
        )

    def _extension(self, agreement: Agreement, part: Any) -> None:
        if agreement.extensions.filter(valid_to=part.valid_to).exists():
            self._note(1, 1)
            return
        agreement_terms.extend(
            agreement=agreement,
            values=ExtensionValues(signed_on=part.signed, valid_to=part.valid_to, text=part.text),
            by=self.by,
        )
        self._note(None, 1)

    def _condition(self, agreement: Agreement, part: Any) -> None:
        known = agreement.conditions.filter(text=part.text).first()
        values = ConditionValues(
            kind=part.kind,
            text=part.text,
            needs_proof=part.needs_proof,
            proof=part.proof or (known.proof if known else ""),
            proved_on=part.proved_on or (known.proved_on if known else None),
            proof_decision=known.proof_decision if known else None,
            proof_file=known.proof_file if known else None,
        )
        if known is None:
            row = conditions.add(agreement=agreement, values=values, by=self.by)
        else:
            row = conditions.change(condition=known, values=values, version=None, by=self.by)
        self._note(known.version if known else None, row.version)

    def _reservation(self, agreement: Agreement, part: Any) -> None:
        known = agreement.reservations.filter(text=part.text).first()
        values = ReservationValues(part.text, part.clause)
        if known is None:
            row = obligations.add_reservation(agreement=agreement, values=values, by=self.by)
        else:
            row = obligations.change_reservation(reservation=known, values=values, version=None, by=self.by)
        self._note(known.version if known else None, row.version)

    def _related(self, agreement: Agreement, part: Any) -> None:
        known = agreement.related.filter(title=part.title).first()
        values = RelatedAgreementValues(part.kind, part.title, part.first_year, part.last_year)
        if known is None:
            related_agreements.add(agreement=agreement, values=values, by=self.by)
            self._note(None, 1)
            return
        row = related_agreements.change(related=known, values=values, version=None, by=self.by)
        self._note(known.version, row.version)

    def _tell_the_rest(self, agreement: Agreement) -> None:
        """What somebody has recorded besides the file stays, and is named."""
        file = self.file
        for rows, named in (
            (agreement.obligations.all(), {part.text for part in file.obligations}),
            (agreement.conditions.all(), {part.text for part in file.conditions}),
            (agreement.reservations.all(), {part.text for part in file.reservations}),
        ):
            self.result.not_in_file += _others(rows, named)


def _others(rows: Iterable[Any], named: set[str]) -> list[str]:
    return [row.text for row in rows if row.text not in named]
