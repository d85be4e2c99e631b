"""A plan's way through decisions: recommended, adopted, dispatched, answered or returned, and revised again.

Each step but a revision is a decision by the body that the role–decision table names (H2), written down by
someone who may record for it. A step that the wrong body or person tries is refused, and the refusal logged.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samloft.accounts.models import User
from samloft.core import audit
from samloft.core.errors import RuleBroken
from samloft.plans.actions import plan_editions
from samloft.plans.models import ALLOWED, ActionPlan, PlanState, PlanStep
from samloft.programmes import access
from samloft.programmes.actions import decisions, editions, files
from samloft.programmes.actions.decisions import DecisionValues, FollowUpPointValues
from samloft.programmes.models import (
    AnswerKind,
    Body,
    Channel,
    Decision,
    Edition,
    Step,
    StoredFile,
)

S = PlanState

_TITLES = {
    Step.RECOMMEND_PLAN: gettext_lazy("Recommendation of the action plan for %(year)d"),
    Step.ADOPT_PLAN: gettext_lazy("Action plan for %(year)d"),
    Step.DISPATCH_PLAN: gettext_lazy("Dispatch of the action plan for %(year)d"),
    Step.ANSWER_PLAN: gettext_lazy("Answer to the action plan for %(year)d"),
}


@dataclass(frozen=True)
class StepDecision:
    """What is written down about the decision that carries a step. None and "" mean unknown."""

    body: Body
    decided_on: date | None = None
    case_number: str = ""
    wording: str = ""
    unanimous: bool | None = None
    is_assumed: bool = False
    follow_up_points: tuple[FollowUpPointValues, ...] = ()


@dataclass(frozen=True)
class DispatchValues:
    """To whom an edition was sent, when, how, and what shows that it arrived."""

    recipient: Body
    sent_on: date
    channel: Channel
    receipt: str = ""


def recommend(*, plan: ActionPlan, decision: StepDecision, by: User) -> ActionPlan:
    """Put a draft forward to the body that adopts it. From here on its content is closed."""
    _require_right(plan, Step.RECOMMEND_PLAN, decision, by=by)
    with transaction.atomic():
        plan = _locked(plan, S.RECOMMENDED)
        made = _decide(plan, Step.RECOMMEND_PLAN, decision, by=by)
        return _move(plan, S.RECOMMENDED, "plan.recommended", by=by, decision=made)


def adopt(*, plan: ActionPlan, decision: StepDecision, by: User) -> ActionPlan:
    """Adopt a recommended plan and freeze it as the year's next edition, in both language forms."""
    _require_right(plan, Step.ADOPT_PLAN, decision, by=by)
    with transaction.atomic():
        plan = _locked(plan, S.ADOPTED)
        made = _decide(plan, Step.ADOPT_PLAN, decision, by=by)
        edition = plan_editions.freeze(plan=plan, decision=made, by=by)
        measures = [item.measure for item in plan.plan_measures.select_related("measure")]
        return _move(plan, S.ADOPTED, "plan.adopted", by=by, decision=made, edition=edition, about=measures)


def dispatch(*, plan: ActionPlan, decision: StepDecision, sending: DispatchValues, by: User) -> ActionPlan:
    """Note that the adopted edition has been sent. From here on the recipient may read it."""
    _require_right(plan, Step.DISPATCH_PLAN, decision, by=by)
    with transaction.atomic():
        plan = _locked(plan, S.DISPATCHED)
        edition = plan_editions.in_force(plan)
        made = _decide(plan, Step.DISPATCH_PLAN, decision, by=by)
        editions.dispatch(
            edition=edition,
            recipient=sending.recipient,
            sent_on=sending.sent_on,
            channel=sending.channel,
            receipt=sending.receipt,
            decision=made,
            by=by,
        )
        return _move(plan, S.DISPATCHED, "plan.dispatched", by=by, decision=made, edition=edition)


def answer(
    *,
    plan: ActionPlan,
    decision: StepDecision,
    kind: AnswerKind,
    letter: StoredFile | UploadedFile[bytes] | None = None,
    by: User,
) -> ActionPlan:
    """Note what the ministry answered: by the ministry itself, or by the municipality with its letter.

    "No answer" is legal and needs no letter.
    """
    has_proof = letter is not None or kind == AnswerKind.NO_ANSWER
    _require_answer_right(plan, decision, has_proof=has_proof, by=by)
    with transaction.atomic():
        plan = _locked(plan, S.ANSWERED)
        edition = plan_editions.in_force(plan)
        stored = _stored(plan, letter, by=by)
        made = _decide(plan, Step.ANSWER_PLAN, decision, letter=stored, by=by)
        editions.answer(edition=edition, kind=kind, letter=stored, decision=made, by=by)
        return _move(plan, S.ANSWERED, "plan.answered", by=by, decision=made, edition=edition)


def send_back(
    *,
    plan: ActionPlan,
    decision: StepDecision,
    reason: str,
    letter: StoredFile | UploadedFile[bytes] | None = None,
    by: User,
) -> ActionPlan:
    """Return a plan with a reason: the body that adopts returns a recommended plan, the one that answers a
    dispatched plan. What was adopted stays in force until a new edition is.
    """
    # Who may return it depends on how far the plan has come; the lock below makes sure that it is still there.
    plan = ActionPlan.objects.get(pk=plan.pk)
    was_sent = plan.state == S.DISPATCHED
    step = Step.ANSWER_PLAN if was_sent else Step.ADOPT_PLAN
    if was_sent:
        _require_answer_right(plan, decision, has_proof=letter is not None, by=by)
    else:
        _require_right(plan, step, decision, by=by)
    reason = _given(reason, _("Say why the plan is returned, so that those who work on it know what to change."))
    with transaction.atomic():
        before, plan = plan.state, _locked(plan, S.RETURNED)
        if plan.state != before:
            raise RuleBroken(_("The plan has moved on in the meantime. Open the page again."))
        stored = _stored(plan, letter, by=by)
        made = _decide(plan, step, decision, letter=stored, by=by)
        edition = None
        if was_sent:
            edition = plan_editions.in_force(plan)
            editions.answer(edition=edition, kind=AnswerKind.REMARKS, letter=stored, decision=made, by=by)
            # What comes back after an edition is worked on as the next round.
            plan.revision += 1
        return _move(plan, S.RETURNED, "plan.returned", by=by, decision=made, edition=edition, reason=reason)


@transaction.atomic
def revise(*, plan: ActionPlan, reason: str, by: User) -> ActionPlan:
    """Open an adopted plan as a new draft. The last edition stays in force until the next is adopted."""
    reason = _given(reason, _("Say why the plan is revised."))
    plan = _locked(plan, S.DRAFT)
    plan.revision += 1
    plan.revision_reason = reason
    return _move(plan, S.DRAFT, "plan.revised", by=by, reason=reason)


def _require_right(plan: ActionPlan, step: Step, decision: StepDecision, *, by: User) -> None:
    """Refuse, and log the refusal, unless the body takes the step and `by` records for the body.

    Stands before the step's own transaction, so that the log row is there although nothing else is.
    """
    reason = decisions.refusal(
        programme=plan.programme, body=decision.body, step=step, on=decision.decided_on, by=by
    )
    if reason is not None:
        _refuse(plan, step, decision, reason, by=by)


def _require_answer_right(plan: ActionPlan, decision: StepDecision, *, has_proof: bool, by: User) -> None:
    """The answer is written down by the ministry, or by the municipality with what shows it."""
    step, programme = Step.ANSWER_PLAN, plan.programme
    on = decision.decided_on or timezone.localdate()
    if access.may_take(by, step, decision.body, programme, on=on):
        return
    if not access.bodies_that_decide(programme, step, on=on).filter(pk=decision.body.pk).exists():
        reason = _("%(body)s is not the body that answers the plan. See the table of who decides what.")
        _refuse(plan, step, decision, reason % {"body": decision.body}, by=by)
    organisation = by.organisation
    is_own = organisation is not None and organisation.municipality_id == programme.municipality_id
    if not is_own or not access.can(by, access.Permission.PLAN_STEP, programme):
        reason = _("You do not record answers from %(body)s.") % {"body": decision.body}
        _refuse(plan, step, decision, reason, by=by)
    if not has_proof:
        reason = _("Attach the letter from %(body)s. Without it only they can record the answer.")
        _refuse(plan, step, decision, reason % {"body": decision.body}, by=by)


def _refuse(plan: ActionPlan, step: Step, decision: StepDecision, reason: str, *, by: User) -> None:
    with transaction.atomic():
        audit.record(
            "plan.step_refused",
            plan,
            by=by,
            about=[plan.programme, decision.body],
            data={"step": str(step), "body": decision.body.pk},
        )
    raise RuleBroken(reason)


def _locked(plan: ActionPlan, to: PlanState) -> ActionPlan:
    """The plan as stored now, locked; of two who take the same step at once the second meets the refusal."""
    stored = ActionPlan.objects.select_for_update().get(pk=plan.pk)
    if to not in ALLOWED[PlanState(stored.state)]:
        raise RuleBroken(
            _("The plan is %(state)s now, and cannot go from there to %(to)s.")
            % {"state": str(stored.get_state_display()).lower(), "to": str(to.label).lower()}
        )
    return stored


def _decide(
    plan: ActionPlan, step: Step, decision: StepDecision, *, letter: StoredFile | None = None, by: User
) -> Decision:
    if decision.decided_on and decision.decided_on > timezone.localdate():
        raise RuleBroken(_("The date of the decision is in the future. Record it when it has been made."))
    # Stored words, so they follow the municipality's language form and not the one the user reads in.
    with translation.override(plan.programme.municipality.language_form):
        title = _TITLES[step] % {"year": plan.year}
    values = DecisionValues(
        title=title,
        body=decision.body,
        step=step,
        decided_on=decision.decided_on,
        case_number=decision.case_number,
        wording=decision.wording,
        unanimous=decision.unanimous,
        is_assumed=decision.is_assumed,
        letter=letter,
    )
    return decisions.store(
        programme=plan.programme, values=values, follow_up_points=decision.follow_up_points, by=by
    )


def _move(
    plan: ActionPlan,
    to: PlanState,
    action: str,
    *,
    by: User,
    decision: Decision | None = None,
    edition: Edition | None = None,
    reason: str = "",
    about: Iterable[models.Model] = (),
) -> ActionPlan:
    """Store the new state, the step and its audit row. The plan is locked by the caller."""
    from_state = plan.state
    plan.state = to
    plan.version += 1
    plan.save(update_fields=["state", "revision", "revision_reason", "version"])
    step = PlanStep.objects.create(
        plan=plan,
        revision=plan.revision,
        from_state=from_state,
        to_state=to,
        decision=decision,
        edition=edition,
        reason=reason,
        by=by,
    )
    concerned = [thing for thing in (step, plan.programme, decision, edition) if thing is not None]
    audit.record(
        action,
        plan,
        by=by,
        about=[*concerned, *about],
        data={
            "year": plan.year,
            "revision": plan.revision,
            "from": str(from_state),
            "to": str(to),
            "decision": decision.pk if decision else None,
            "edition": edition.pk if edition else None,
        },
    )
    return plan


def _stored(plan: ActionPlan, letter: StoredFile | UploadedFile[bytes] | None, *, by: User) -> StoredFile | None:
    """The letter as a file of the programme; an upload is kept only if the step is taken."""
    if letter is None or isinstance(letter, StoredFile):
        return letter
    return files.store(programme=plan.programme, upload=letter, by=by)


def _given(text: str, otherwise: str) -> str:
    if not text.strip():
        raise RuleBroken(otherwise)
    return text.strip()
