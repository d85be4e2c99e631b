"""Conditions on the money, and what proves them kept (A4)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.programmes.models import Agreement, Condition, Decision, StoredFile


@dataclass(frozen=True)
class ConditionValues:
    kind: str
    text: str
    needs_proof: bool = True
    proof: str = ""
    proved_on: date | None = None
    proof_decision: Decision | None = None
    proof_file: StoredFile | None = None


@transaction.atomic
def add(*, agreement: Agreement, values: ConditionValues, by: User) -> Condition:
    _check(agreement, values)
    made = Condition.objects.create(agreement=agreement, **_fields(values))
    audit.record("condition.added", made, by=by, about=[agreement, agreement.programme], data={"kind": made.kind})
    return made


@transaction.atomic
def change(*, condition: Condition, values: ConditionValues, version: int | None, by: User) -> Condition:
    agreement = condition.agreement
    _check(agreement, values)
    stored, changed = editing.change(condition, _fields(values), version=version)
    if changed:
        audit.record(
            "condition.changed",
            stored,
            by=by,
            about=[agreement, agreement.programme],
            data={"fields": sorted(changed), "is_proved": stored.is_proved},
        )
    return stored


@transaction.atomic
def remove(*, condition: Condition, by: User) -> None:
    agreement, pk = condition.agreement, condition.pk
    editing.remove(condition, refusal=_("Something rests on this condition and it stays."))
    audit.record("condition.removed", agreement, by=by, about=[agreement.programme], data={"condition": pk})


def _fields(values: ConditionValues) -> dict[str, object]:
    return {
        "kind": values.kind,
        "text": values.text,
        "needs_proof": values.needs_proof,
        "proof": values.proof,
        "proved_on": values.proved_on,
        "proof_decision": values.proof_decision,
        "proof_file": values.proof_file,
    }


def _check(agreement: Agreement, values: ConditionValues) -> None:
    for proof in (values.proof_decision, values.proof_file):
        if proof is not None and proof.programme_id != agreement.programme_id:
            raise RuleBroken(_("What proves the condition must belong to this programme."))
    if values.proved_on and not (values.proof or values.proof_decision or values.proof_file):
        raise RuleBroken(_("Say what shows that the condition is kept, or leave the date empty."))
