"""Which measures answer what a decision asked to have followed up (B7)."""

from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.plans.models import FollowUpAnswer, Measure
from samloft.programmes.models import FollowUpPoint


@transaction.atomic
def answer(*, point: FollowUpPoint, measure: Measure, text: str = "", by: User) -> FollowUpAnswer:
    """Say that the measure answers the point; `text` tells how."""
    if point.decision.programme_id != measure.programme_id:
        raise RuleBroken(_("The measure belongs to another programme. Choose one of this programme's."))
    editing.locked(point)
    if FollowUpAnswer.objects.filter(point=point, measure=measure).exists():
        raise RuleBroken(_("This measure already answers the point. Change the answer that is there."))
    made = FollowUpAnswer.objects.create(point=point, measure=measure, text=text)
    audit.record("measure.point_answered", measure, by=by, about=[point, point.decision], data={"point": point.pk})
    return made


@transaction.atomic
def change(*, answer: FollowUpAnswer, text: str, version: int | None, by: User) -> FollowUpAnswer:
    """Raises StaleEdit."""
    stored, changed = editing.change(answer, {"text": text}, version=version)
    if changed:
        audit.record(
            "measure.answer_changed",
            answer.measure,
            by=by,
            about=[answer.point, answer.point.decision],
            data={"point": answer.point_id, "fields": sorted(changed)},
        )
    return stored


@transaction.atomic
def remove(*, answer: FollowUpAnswer, by: User) -> None:
    measure, point = answer.measure, answer.point
    answer.delete()
    audit.record("measure.answer_removed", measure, by=by, about=[point, point.decision], data={"point": point.pk})
