"""Words that answer a point of a decision when no measure does (B7)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.programmes.models import Decision, Edition, FollowUpPoint, Programme, WrittenAnswer


@dataclass(frozen=True)
class WrittenAnswerValues:
    """`answered_on` None is a date that nobody knows."""

    text: str
    answered_on: date | None = None
    decision: Decision | None = None
    edition: Edition | None = None


@transaction.atomic
def add(*, point: FollowUpPoint, values: WrittenAnswerValues, by: User) -> WrittenAnswer:
    _check(point, values)
    editing.locked(point)
    made = WrittenAnswer.objects.create(point=point, recorded_by=by, **vars(values))
    audit.record("decision.point_answered", point.decision, by=by, about=[point, made], data={"point": point.pk})
    return made


@transaction.atomic
def change(*, answer: WrittenAnswer, values: WrittenAnswerValues, version: int | None, by: User) -> WrittenAnswer:
    """Raises StaleEdit."""
    _check(answer.point, values)
    stored, changed = editing.change(answer, vars(values), version=version)
    if changed:
        audit.record(
            "decision.answer_changed",
            answer.point.decision,
            by=by,
            about=[stored],
            data={"point": answer.point_id, "fields": sorted(changed)},
        )
    return stored


@transaction.atomic
def remove(*, answer: WrittenAnswer, by: User) -> None:
    point, data = answer.point, {"point": answer.point_id, "answer": answer.pk}
    answer.delete()
    audit.record("decision.answer_removed", point.decision, by=by, about=[point], data=data)


def _check(point: FollowUpPoint, values: WrittenAnswerValues) -> None:
    programme: Programme = point.decision.programme
    if values.answered_on and values.answered_on > timezone.localdate():
        raise RuleBroken(_("The date is in the future. Record it when it has happened."))
    if any(one and one.programme_id != programme.pk for one in (values.decision, values.edition)):
        raise RuleBroken(_("The decision or document belongs to another programme."))
    if values.decision and values.decision.pk == point.decision_id:
        raise RuleBroken(_("The decision that asks for something cannot be its own answer. Choose a later one."))
