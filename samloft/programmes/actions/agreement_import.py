"""Entering an agreement from its file, through the same actions as the pages. Doing it again changes nothing.

What the file says is entered or brought in step; what is recorded and not in the file is left alone and told.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.actions import organisations
from samloft.accounts.actions.organisations import OrganisationValues
from samloft.accounts.models import Organisation, User
from samloft.core.errors import RuleBroken
from samloft.places.models import Area, County, Municipality
from samloft.programmes.actions import (
    agreement_parties,
    agreement_terms,
    agreements,
    bodies,
    conditions,
    decisions,
    focus_areas,
    obligations,
    overarching_plans,
    programmes,
    proofs,
    related_agreements,
    uptakes,
)
from samloft.programmes.actions.agreement_parties import PartyValues
from samloft.programmes.actions.agreement_terms import ExtensionValues
from samloft.programmes.actions.agreements import AgreementValues
from samloft.programmes.actions.bodies import BodyValues
from samloft.programmes.actions.conditions import ConditionValues
from samloft.programmes.actions.decisions import DecisionValues, FollowUpPointValues
from samloft.programmes.actions.focus_areas import FocusAreaValues
from samloft.programmes.actions.obligations import ObligationValues, OwedBy, ReservationValues
from samloft.programmes.actions.overarching_plans import OverarchingPlanValues
from samloft.programmes.actions.programmes import ProgrammeValues
from samloft.programmes.actions.proofs import DeviationValues, ProofValues
from samloft.programmes.actions.related_agreements import RelatedAgreementValues
from samloft.programmes.actions.uptakes import UptakeValues
from samloft.programmes.agreement_file import (
    AgreementFile,
    DecisionPart,
    ObligationPart,
    OwedByPart,
    PartyPart,
    PlanPart,
)
from samloft.programmes.models import (
    Agreement,
    AgreementParty,
    Body,
    Decision,
    FocusArea,
    Obligation,
    Occurrence,
    OverarchingPlan,
    Programme,
    Proof,
)


@dataclass
class Entered:
    """How much was new, changed or the same as before, and the texts of what the file does not mention."""

    agreement: Agreement
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    not_in_file: list[str] = field(default_factory=list)


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
            with _about(part.organisation):
                parties[part.organisation] = self._party(agreement, part)
        for extension in file.extensions:
            with _about(extension.valid_to):
                self._extension(agreement, extension)
        for obligation in file.obligations:
            with _about(obligation.text):
                self._obligation(agreement, parties, obligation)
        for condition in file.conditions:
            with _about(condition.text):
                self._condition(agreement, condition)
        for reservation in file.reservations:
            self._reservation(agreement, reservation)
        for related in file.related:
            with _about(related.title):
                self._related(agreement, related)
        for plan in file.plans:
            with _about(plan.title):
                self._plan(plan)
        self._tell_the_rest(agreement)
        return self.result

    def _count(self, before: int | None, after: int) -> None:
        """A row that was there keeps its version unless something in it changed."""
        if before is None:
            self.result.added += 1
        elif before == after:
            self.result.unchanged += 1
        else:
            self.result.changed += 1

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
            self._count(None, agreement.version)
        else:
            agreement = agreements.change(agreement=known, values=values, version=None, by=self.by)
            self._count(known.version, agreement.version)
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
        self._count(known.version if known else None, party.version)
        return party

    def _decision(self, part: DecisionPart) -> Decision:
        found = self.programme.decisions.filter(title=part.title, decided_on=part.on).first()
        self._count(found.version if found else None, found.version if found else 1)
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
            self._count(1, 1)
            return
        agreement_terms.extend(
            agreement=agreement,
            values=ExtensionValues(signed_on=part.signed, valid_to=part.valid_to, text=part.text),
            by=self.by,
        )
        self._count(None, 1)

    def _obligation(self, agreement: Agreement, parties: dict[str, AgreementParty], part: ObligationPart) -> None:
        values = ObligationValues(
            text=part.text,
            kind=part.kind,
            rhythm=part.rhythm,
            owed_by=[self._owed_by(parties, row) for row in part.owed_by],
            clause=part.clause,
            due_on=part.due,
            starts_on=part.starts,
            ends_on=part.ends,
            min_times=part.times.min if part.times else None,
            max_times=part.times.max if part.times else None,
            fulfilling_event=part.fulfilled_when or "",
            document_kind=part.document or "",
            responsible_role=part.responsible,
            reminder_days=part.reminders,
        )
        known = agreement.obligations.filter(text=part.text).first()
        if known is None:
            obligation = obligations.add(agreement=agreement, values=values, by=self.by)
        else:
            obligation = obligations.change(obligation=known, values=values, version=None, by=self.by)
        self._count(known.version if known else None, obligation.version)
        self._proofs(obligation, parties, part)

    def _owed_by(self, parties: dict[str, AgreementParty], part: str | OwedByPart) -> OwedBy:
        owed = OwedByPart(party=part) if isinstance(part, str) else part
        return OwedBy(_named(parties, owed.party), owed.share, owed.max_times)

    def _proofs(self, obligation: Obligation, parties: dict[str, AgreementParty], part: ObligationPart) -> None:
        for row in part.proof:
            occurrence = _occurrence(obligation, row.period)
            decision = self._named_decision(row.decision) if row.decision else None
            values = ProofValues(
                event=row.event,
                on=row.on,
                decision=decision,
                is_meeting=bool(row.meeting),
                text="" if decision else row.meeting or row.note,
                party=_named(parties, row.party) if row.party else None,
            )
            is_known = Proof.objects.filter(
                occurrence=occurrence, event=row.event, on=row.on, decision=decision, text=values.text
            ).exists()
            if not is_known:
                proofs.record(occurrence=occurrence, values=values, by=self.by)
            self._count(1 if is_known else None, 1)
        for deviation in part.deviations:
            occurrence = _occurrence(obligation, deviation.period)
            is_known = occurrence.deviations.filter(agreed_on=deviation.on, reason=deviation.reason).exists()
            if not is_known:
                proofs.agree_deviation(
                    occurrence=occurrence,
                    values=DeviationValues(deviation.on, deviation.agreed_with, deviation.reason),
                    by=self.by,
                )
            self._count(1 if is_known else None, 1)

    def _named_decision(self, title: str) -> Decision:
        found = self.programme.decisions.filter(title=title).first()
        if found is None:
            raise RuleBroken(_("The programme has no decision called “%(title)s”.") % {"title": title})
        return found

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
        self._count(known.version if known else None, row.version)

    def _reservation(self, agreement: Agreement, part: Any) -> None:
        known = agreement.reservations.filter(text=part.text).first()
        values = ReservationValues(part.text, part.clause)
        if known is None:
            row = obligations.add_reservation(agreement=agreement, values=values, by=self.by)
        else:
            row = obligations.change_reservation(reservation=known, values=values, version=None, by=self.by)
        self._count(known.version if known else None, row.version)

    def _related(self, agreement: Agreement, part: Any) -> None:
        known = agreement.related.filter(title=part.title).first()
        values = RelatedAgreementValues(part.kind, part.title, part.first_year, part.last_year)
        if known is None:
            related_agreements.add(agreement=agreement, values=values, by=self.by)
            self._count(None, 1)
            return
        row = related_agreements.change(related=known, values=values, version=None, by=self.by)
        self._count(known.version, row.version)

    def _plan(self, part: PlanPart) -> None:
        municipality = self._place(Municipality, part.municipality) if part.municipality else None
        county = self._place(County, part.county) if part.county else None
        if municipality is None and county is None:
            municipality, county = self.programme.municipality, self.programme.county
        values = OverarchingPlanValues(
            kind=part.kind,
            title=part.title,
            municipality=municipality,
            county=county,
            adopted_on=part.adopted,
            first_year=part.first_year,
            last_year=part.last_year,
        )
        plan = OverarchingPlan.objects.filter(title=part.title, municipality=municipality, county=county).first()
        self._count(plan.version if plan else None, plan.version if plan else 1)
        if plan is None:
            plan = overarching_plans.add(programme=self.programme, values=values, by=self.by)
        else:
            overarching_plans.build_on(plan=plan, programme=self.programme, by=self.by)
        if plan.programme_id == self.programme.pk:
            have = set(plan.goals.values_list("text", flat=True))
            for text in part.goals:
                if text not in have:
                    overarching_plans.add_goal(plan=plan, programme=self.programme, text=text, by=self.by)
        for row in part.uptake:
            same = plan.uptakes.filter(programme=self.programme, state=row.state, on=row.on, place=row.place)
            if not same.exists():
                uptakes.record(
                    plan=plan,
                    programme=self.programme,
                    values=UptakeValues(state=row.state, on=row.on, place=row.place),
                    by=self.by,
                )

    def _place(self, model: type[Any], code: str) -> Any:
        found = model.objects.filter(code=code).first()
        if found is None:
            raise RuleBroken(_("Samløft does not know the code %(code)s.") % {"code": code})
        return found

    def _tell_the_rest(self, agreement: Agreement) -> None:
        """What somebody has recorded besides the file stays, and is named."""
        file = self.file
        for rows, named in (
            (agreement.obligations.all(), {part.text for part in file.obligations}),
            (agreement.conditions.all(), {part.text for part in file.conditions}),
            (agreement.reservations.all(), {part.text for part in file.reservations}),
        ):
            self.result.not_in_file += _others(rows, named)


@contextmanager
def _about(what: object) -> Iterator[None]:
    """Names the part of the file in a refusal."""
    try:
        yield
    except RuleBroken as refused:
        raise RuleBroken(f"“{what}”: {refused}") from refused


def _others(rows: Iterable[Any], named: set[str]) -> list[str]:
    return [row.text for row in rows if row.text not in named]


def _named(parties: dict[str, AgreementParty], name: str) -> AgreementParty:
    party = next((row for key, row in parties.items() if key.lower() == name.lower()), None)
    if party is None:
        raise RuleBroken(_("“%(name)s” is not among the parties. Name it as it stands there.") % {"name": name})
    return party


def _occurrence(obligation: Obligation, period: str) -> Occurrence:
    rows = list(obligation.occurrences.all())
    found = [row for row in rows if row.key == period] if period else rows
    if len(found) == 1:
        return found[0]
    if not rows:
        raise RuleBroken(_("The agreement's period is unknown, so the proof belongs to no time yet."))
    raise RuleBroken(_("Say with `period` which time it counts for. The first is %(key)s.") % {"key": rows[0].key})
