"""Recording what bodies have decided, and refusing those who may not record for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.programmes import access
from samloft.programmes.models import Body, Decision, FollowUpPoint, Programme, Step, StoredFile


@dataclass(frozen=True)
class DecisionValues:
    """What is written down about a decision. None and "" mean that nobody has recorded it."""

    title: str
    body: Body | None = None
    step: Step | None = None
    decided_on: date | None = None
    case_number: str = ""
    wording: str = ""
    unanimous: bool | None = None
    is_assumed: bool = False
    letter: StoredFile | None = None


@dataclass(frozen=True)
class FollowUpPointValues:
    text: str
    due_on: date | None = None


def record(
    *,
    programme: Programme,
    values: DecisionValues,
    follow_up_points: Sequence[FollowUpPointValues] = (),
    by: User,
) -> Decision:
    """Write down a decision. Refused, and the refusal logged, for a body that the user does not record for.

    A decision that takes a step needs a body that the role–decision table lets take it on that day.
    """
    require_right(programme=programme, body=values.body, step=values.step, on=values.decided_on, by=by)
    return store(programme=programme, values=values, follow_up_points=follow_up_points, by=by)


@transaction.atomic
def store(
    *,
    programme: Programme,
    values: DecisionValues,
    follow_up_points: Sequence[FollowUpPointValues] = (),
    by: User,
) -> Decision:
    """Write down a decision without judging who may: only for actions that have judged it themselves."""
    _check_date(values.decided_on)
    decision = Decision.objects.create(
        programme=programme,
        title=values.title,
        body=values.body,
        step=values.step or "",
        decided_on=values.decided_on,
        case_number=values.case_number,
        wording=values.wording,
        unanimous=values.unanimous,
        is_assumed=values.is_assumed,
        letter=_own_letter(programme, values.letter),
        recorded_by=by,
    )
    for position, point in enumerate(follow_up_points, 1):
        FollowUpPoint.objects.create(decision=decision, position=position, text=point.text, due_on=point.due_on)
    audit.record(
        "decision.recorded",
        decision,
        by=by,
        about=[programme, *([values.body] if values.body else [])],
        data={
            "step": values.step or "",
            "body": values.body.pk if values.body else None,
            "decided_on": values.decided_on.isoformat() if values.decided_on else None,
            "is_assumed": values.is_assumed,
            "follow_up_points": len(follow_up_points),
        },
    )
    return decision


def require_right(
    *, programme: Programme, body: Body | None, step: Step | None, on: date | None, by: User
) -> None:
    """Raise RuleBroken, and log the refusal, unless `by` may record that the body takes the step.

    The log row is written in a transaction of its own. An action that records a decision as one part of a
    larger transaction calls this before it opens that transaction; otherwise the row is rolled back with it.
    """
    reason = refusal(programme=programme, body=body, step=step, on=on, by=by)
    if reason is None:
        return
    with transaction.atomic():
        audit.record(
            "decision.refused",
            programme,
            by=by,
            about=[body] if body else [],
            data={"step": step or "", "body": body.pk if body else None},
        )
    raise RuleBroken(reason)


def refusal(
    *, programme: Programme, body: Body | None, step: Step | None, on: date | None, by: User
) -> str | None:
    """Why `by` may not record this, in words that say what to do; None when it is allowed."""
    if body is None:
        if step:
            return _(
                "Say which body has decided. If no document names it, choose the body you believe it was and "
                "mark the decision as assumed."
            )
        if not access.can(by, access.Permission.PROGRAMME_EDIT, programme):
            return _("Only the programme leader may record a decision without a known body.")
        return None
    if not access.bodies_recorded_by(by, programme).filter(pk=body.pk).exists():
        return _(
            "You do not record decisions for %(body)s. Ask someone who does, or ask the programme leader for "
            "a seat that may."
        ) % {"body": body}
    if step:
        deciding = access.bodies_that_decide(programme, step, on=on or timezone.localdate())
        if not deciding.filter(pk=body.pk).exists():
            return _(
                "%(body)s is not the body that %(step)s. Who decides what is set in the table of decisions."
            ) % {"body": body, "step": Step(step).label}
    return None


@transaction.atomic
def change(*, decision: Decision, values: DecisionValues, version: int, by: User) -> Decision:
    """Correct what is written about a decision. Body and step stand: a wrong one is a new decision."""
    _require_recorder(decision, by)
    _check_date(values.decided_on)
    if values.body != decision.body or (values.step or "") != decision.step:
        raise RuleBroken(
            _("The body and what it decides cannot be changed afterwards. Record a new decision instead.")
        )
    stored, changed = editing.change(
        decision,
        {
            "title": values.title,
            "decided_on": values.decided_on,
            "case_number": values.case_number,
            "wording": values.wording,
            "unanimous": values.unanimous,
            "is_assumed": values.is_assumed,
            "letter": _own_letter(decision.programme, values.letter),
        },
        version=version,
    )
    if changed:
        audit.record("decision.changed", stored, by=by, data={"fields": sorted(changed)})
    return stored


@transaction.atomic
def add_follow_up_point(*, decision: Decision, values: FollowUpPointValues, by: User) -> FollowUpPoint:
    _require_recorder(decision, by)
    editing.locked(decision)
    last = decision.follow_up_points.aggregate(last=Max("position"))["last"] or 0
    point = FollowUpPoint.objects.create(
        decision=decision, position=last + 1, text=values.text, due_on=values.due_on
    )
    audit.record("decision.follow_up_added", decision, by=by, about=[point], data={"point": point.pk})
    return point


@transaction.atomic
def change_follow_up_point(
    *, point: FollowUpPoint, values: FollowUpPointValues, version: int, by: User
) -> FollowUpPoint:
    _require_recorder(point.decision, by)
    stored, changed = editing.change(point, {"text": values.text, "due_on": values.due_on}, version=version)
    if changed:
        audit.record(
            "decision.follow_up_changed",
            point.decision,
            by=by,
            about=[point],
            data={"point": point.pk, "fields": sorted(changed)},
        )
    return stored


@transaction.atomic
def remove_follow_up_point(*, point: FollowUpPoint, by: User) -> None:
    """Refused when something answers the point already."""
    _require_recorder(point.decision, by)
    pk, about = point.pk, audit.subject_of(point)
    try:
        with transaction.atomic():
            point.delete()
    except ProtectedError as answered:
        raise RuleBroken(
            _("This point has been answered and stays. Remove the answer first if it was a mistake.")
        ) from answered
    audit.record("decision.follow_up_removed", point.decision, by=by, data={"point": pk, "subject": about})


def _require_recorder(decision: Decision, by: User) -> None:
    if reason := refusal(programme=decision.programme, body=decision.body, step=None, on=None, by=by):
        raise RuleBroken(reason)


def _check_date(decided_on: date | None) -> None:
    if decided_on and decided_on > timezone.localdate():
        raise RuleBroken(_("The date of the decision is in the future. Record it when it has been made."))


def _own_letter(programme: Programme, letter: StoredFile | None) -> StoredFile | None:
    if letter is not None and letter.programme_id != programme.pk:
        raise RuleBroken(_("The file belongs to another programme. Upload it again here."))
    return letter
