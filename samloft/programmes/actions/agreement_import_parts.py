"""The larger parts of an agreement file: an obligation with its proof, and a plan that the programme builds on."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import Enum, auto
from typing import Any

from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core.errors import RuleBroken
from samloft.places.models import County, Municipality
from samloft.programmes.actions import obligations, overarching_plans, proofs, uptakes
from samloft.programmes.actions.obligations import ObligationValues, OwedBy
from samloft.programmes.actions.overarching_plans import OverarchingPlanValues
from samloft.programmes.actions.proofs import DeviationValues, ProofValues
from samloft.programmes.actions.uptakes import UptakeValues
from samloft.programmes.agreement_file import (
    DeviationPart,
    ObligationPart,
    OwedByPart,
    PlanPart,
    ProofPart,
)
from samloft.programmes.models import (
    Agreement,
    AgreementParty,
    Decision,
    Obligation,
    Occurrence,
    OverarchingPlan,
    Programme,
    Proof,
)

Parties = Mapping[str, AgreementParty]


class Change(Enum):
    ADDED = auto()
    CHANGED = auto()
    UNCHANGED = auto()


def how(before: int | None, after: int) -> Change:
    """By version: a row that was there keeps its number unless something in it changed."""
    if before is None:
        return Change.ADDED
    return Change.UNCHANGED if before == after else Change.CHANGED


@contextmanager
def about(what: object) -> Iterator[None]:
    """Names the part of the file in a refusal."""
    try:
        yield
    except RuleBroken as refused:
        raise RuleBroken(f"“{what}”: {refused}") from refused


def enter_obligation(
    agreement: Agreement, parties: Parties, part: ObligationPart, *, by: User
) -> Iterator[Change]:
    """The obligation, then each of its proofs and deviations."""
    values = ObligationValues(
        text=part.text,
        kind=part.kind,
        rhythm=part.rhythm,
        owed_by=[_owed_by(parties, row) for row in part.owed_by],
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
        obligation = obligations.add(agreement=agreement, values=values, by=by)
    else:
        obligation = obligations.change(obligation=known, values=values, version=None, by=by)
    yield how(known.version if known else None, obligation.version)
    for proof in part.proof:
        yield _proof(obligation, parties, proof, by=by)
    for deviation in part.deviations:
        yield _deviation(obligation, deviation, by=by)


def enter_plan(programme: Programme, part: PlanPart, *, by: User) -> Change:
    """A plan that is recorded already is shared; its goals are added to by the programme that keeps it."""
    municipality = _place(Municipality, part.municipality) if part.municipality else None
    county = _place(County, part.county) if part.county else None
    if municipality is None and county is None:
        municipality, county = programme.municipality, programme.county
    known = OverarchingPlan.objects.filter(title=part.title, municipality=municipality, county=county).first()
    plan = known or overarching_plans.add(
        programme=programme,
        values=OverarchingPlanValues(
            kind=part.kind,
            title=part.title,
            municipality=municipality,
            county=county,
            adopted_on=part.adopted,
            first_year=part.first_year,
            last_year=part.last_year,
        ),
        by=by,
    )
    overarching_plans.build_on(plan=plan, programme=programme, by=by)
    if plan.programme_id == programme.pk:
        have = set(plan.goals.values_list("text", flat=True))
        for text in part.goals:
            if text not in have:
                overarching_plans.add_goal(plan=plan, programme=programme, text=text, by=by)
    for row in part.uptake:
        same = plan.uptakes.filter(programme=programme, state=row.state, on=row.on, place=row.place)
        if not same.exists():
            values = UptakeValues(state=row.state, on=row.on, place=row.place)
            uptakes.record(plan=plan, programme=programme, values=values, by=by)
    return Change.UNCHANGED if known else Change.ADDED


def _owed_by(parties: Parties, part: str | OwedByPart) -> OwedBy:
    owed = OwedByPart(party=part) if isinstance(part, str) else part
    return OwedBy(_named(parties, owed.party), owed.share, owed.max_times)


def _proof(obligation: Obligation, parties: Parties, part: ProofPart, *, by: User) -> Change:
    occurrence = _occurrence(obligation, part.period)
    decision = _decision(obligation.agreement.programme, part.decision) if part.decision else None
    values = ProofValues(
        event=part.event,
        on=part.on,
        decision=decision,
        is_meeting=bool(part.meeting),
        text="" if decision else part.meeting or part.note,
        party=_named(parties, part.party) if part.party else None,
    )
    same = Proof.objects.filter(
        occurrence=occurrence, event=part.event, on=part.on, decision=decision, text=values.text
    )
    if same.exists():
        return Change.UNCHANGED
    proofs.record(occurrence=occurrence, values=values, by=by)
    return Change.ADDED


def _deviation(obligation: Obligation, part: DeviationPart, *, by: User) -> Change:
    occurrence = _occurrence(obligation, part.period)
    if occurrence.deviations.filter(agreed_on=part.on, reason=part.reason).exists():
        return Change.UNCHANGED
    values = DeviationValues(part.on, part.agreed_with, part.reason)
    proofs.agree_deviation(occurrence=occurrence, values=values, by=by)
    return Change.ADDED


def _decision(programme: Programme, title: str) -> Decision:
    found = programme.decisions.filter(title=title).first()
    if found is None:
        raise RuleBroken(_("The programme has no decision called “%(title)s”.") % {"title": title})
    return found


def _place(model: type[Any], code: str) -> Any:
    found = model.objects.filter(code=code).first()
    if found is None:
        raise RuleBroken(_("Samløft does not know the code %(code)s.") % {"code": code})
    return found


def _named(parties: Parties, name: str) -> AgreementParty:
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
