"""Accepting, by decision, that a measure goes on without something it should have (C5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.plans.models import Gap, GapAcceptance, Measure
from samloft.plans.queries import gate
from samloft.programmes.actions import decisions
from samloft.programmes.actions.decisions import DecisionValues
from samloft.programmes.models import Body, Decision, Step


@dataclass(frozen=True)
class AcceptanceValues:
    """The decision that accepts, and why. The body is one that the role–decision table lets accept gaps."""

    body: Body
    reason: str
    decided_on: date | None = None
    case_number: str = ""
    is_assumed: bool = False


def accept(*, measure: Measure, gaps: Sequence[Gap], values: AcceptanceValues, by: User) -> Decision:
    """Record one decision that accepts these gaps. Refused for gaps that are not there."""
    programme = measure.programme
    _require_sound(measure, gaps, values)
    decisions.require_right(
        programme=programme, body=values.body, step=Step.ACCEPT_GAP, on=values.decided_on, by=by
    )
    with transaction.atomic():
        stored = editing.locked(measure)
        _require_sound(stored, gaps, values)
        decision = decisions.record(
            programme=programme,
            values=DecisionValues(
                title=_title(stored),
                body=values.body,
                step=Step.ACCEPT_GAP,
                decided_on=values.decided_on,
                case_number=values.case_number,
                wording=values.reason,
                is_assumed=values.is_assumed,
            ),
            by=by,
        )
        GapAcceptance.objects.bulk_create(
            GapAcceptance(measure=stored, gap=gap, decision=decision, reason=values.reason) for gap in gaps
        )
        audit.record(
            "measure.gap_accepted",
            stored,
            by=by,
            about=[decision],
            data={"gaps": sorted(str(gap) for gap in gaps), "decision": decision.pk},
        )
    return decision


def withdraw(*, acceptance: GapAcceptance, by: User) -> None:
    """Let the gap count again. Only someone who records for the body that accepted it may do so."""
    measure, decision = acceptance.measure, acceptance.decision
    decisions.require_right(
        programme=measure.programme,
        body=decision.body,
        step=Step.ACCEPT_GAP,
        on=timezone.localdate(),
        by=by,
    )
    with transaction.atomic():
        gap = str(acceptance.gap)
        acceptance.delete()
        audit.record(
            "measure.gap_reopened",
            measure,
            by=by,
            about=[decision],
            data={"gaps": [gap], "decision": decision.pk},
        )


def _require_sound(measure: Measure, gaps: Sequence[Gap], values: AcceptanceValues) -> None:
    if not gaps:
        raise RuleBroken(_("Choose at least one gap."))
    if not values.reason.strip():
        raise RuleBroken(_("Write why the measure may go on without this."))
    missing = {item.gap for item in gate.gate(measure) if item.state == "missing"}
    for gap in gaps:
        if gap not in missing:
            raise RuleBroken(
                _("“%(gap)s” is not missing any more. Open the page again and choose among what is missing.")
                % {"gap": Gap(gap).label}
            )


def _title(measure: Measure) -> str:
    """What the decision is called, in the municipality's language form, for it is the municipality's text."""
    with override(measure.programme.owner.language_form):
        return (_("Gaps accepted: %(measure)s") % {"measure": measure.name})[:200]
