"""Recording what fulfils an obligation, and what the parties agreed instead (A3)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit
from samloft.core.errors import RuleBroken
from samloft.programmes.models import (
    AgreementParty,
    Decision,
    Deviation,
    Edition,
    Occurrence,
    Programme,
    Proof,
    ProofKind,
    StoredFile,
)


@dataclass(frozen=True)
class ProofValues:
    """One of `edition`, `decision` and `file`, or none of them and a `text`: about a meeting, else a note."""

    event: str
    on: date
    edition: Edition | None = None
    decision: Decision | None = None
    file: StoredFile | None = None
    is_meeting: bool = False
    text: str = ""
    party: AgreementParty | None = None

    @property
    def kind(self) -> ProofKind:
        if self.edition:
            return ProofKind.EDITION
        if self.decision:
            return ProofKind.DECISION
        if self.file:
            return ProofKind.FILE
        return ProofKind.MEETING if self.is_meeting else ProofKind.NOTE


@dataclass(frozen=True)
class DeviationValues:
    agreed_on: date
    agreed_with: str
    reason: str
    decision: Decision | None = None


@transaction.atomic
def record(*, occurrence: Occurrence, values: ProofValues, by: User) -> Proof:
    """Note that something happened. What fulfils the obligation follows; nothing already noted is changed."""
    programme = _locked(occurrence).obligation.agreement.programme
    _check(programme, occurrence, values)
    made = Proof.objects.create(
        occurrence=occurrence,
        event=values.event,
        on=values.on,
        kind=values.kind,
        edition=values.edition,
        decision=values.decision,
        file=values.file,
        text=values.text,
        party=values.party,
        recorded_by=by,
    )
    audit.record(
        "proof.recorded",
        made,
        by=by,
        about=[occurrence.obligation, programme],
        data={"event": made.event, "on": made.on.isoformat(), "kind": made.kind},
    )
    return made


@transaction.atomic
def withdraw(*, proof: Proof, by: User) -> None:
    """Take back what was noted by mistake. The audit trail keeps that it stood there."""
    occurrence = _locked(proof.occurrence)
    obligation = occurrence.obligation
    data = {"event": proof.event, "on": proof.on.isoformat(), "kind": proof.kind}
    proof.delete()
    audit.record(
        "proof.withdrawn", occurrence, by=by, about=[obligation, obligation.agreement.programme], data=data
    )


@transaction.atomic
def agree_deviation(*, occurrence: Occurrence, values: DeviationValues, by: User) -> Deviation:
    programme = _locked(occurrence).obligation.agreement.programme
    if values.agreed_on > timezone.localdate():
        raise RuleBroken(_("The date lies in the future. Record the deviation when it has been agreed."))
    if values.decision and values.decision.programme_id != programme.pk:
        raise RuleBroken(_("The decision belongs to another programme."))
    made = Deviation.objects.create(
        occurrence=occurrence,
        agreed_on=values.agreed_on,
        agreed_with=values.agreed_with,
        reason=values.reason,
        decision=values.decision,
        recorded_by=by,
    )
    audit.record(
        "deviation.agreed",
        made,
        by=by,
        about=[occurrence.obligation, programme],
        data={"on": made.agreed_on.isoformat()},
    )
    return made


@transaction.atomic
def withdraw_deviation(*, deviation: Deviation, by: User) -> None:
    """Take back a deviation that was recorded by mistake. The audit trail keeps that it stood there."""
    occurrence = _locked(deviation.occurrence)
    obligation = occurrence.obligation
    data = {"on": deviation.agreed_on.isoformat()}
    deviation.delete()
    audit.record(
        "deviation.withdrawn", occurrence, by=by, about=[obligation, obligation.agreement.programme], data=data
    )


def _locked(occurrence: Occurrence) -> Occurrence:
    return (
        Occurrence.objects.select_for_update(of=("self",))
        .select_related("obligation__agreement__programme")
        .order_by()
        .get(pk=occurrence.pk)
    )


def _check(programme: Programme, occurrence: Occurrence, values: ProofValues) -> None:
    if values.on > timezone.localdate():
        raise RuleBroken(_("The date lies in the future. Record it when it has happened."))
    if sum(found is not None for found in (values.edition, values.decision, values.file)) > 1:
        raise RuleBroken(_("Choose one thing that shows it: a document, a decision or a file."))
    for found in (values.edition, values.decision, values.file):
        if found is not None and found.programme_id != programme.pk:
            raise RuleBroken(_("What shows it must belong to this programme."))
    if values.kind in (ProofKind.MEETING, ProofKind.NOTE) and not values.text.strip():
        raise RuleBroken(_("Say in a few words what the meeting was, or what shows that it happened."))
    if values.party and values.party.agreement_id != occurrence.obligation.agreement_id:
        raise RuleBroken(_("The party has not signed this agreement."))
    same = Proof.objects.filter(
        occurrence=occurrence,
        event=values.event,
        on=values.on,
        edition=values.edition,
        decision=values.decision,
        file=values.file,
        text=values.text,
    )
    if same.exists():
        raise RuleBroken(_("This is recorded already."))
