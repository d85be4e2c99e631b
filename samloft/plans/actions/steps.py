"""A plan's way through decisions. The steps are those of every governing document; adoption freezes the plan."""

from samloft.accounts.models import User
from samloft.plans.actions import plan_editions
from samloft.plans.models import ActionPlan
from samloft.programmes.actions import steps
from samloft.programmes.actions.steps import DispatchValues, Letter, StepDecision
from samloft.programmes.models import AnswerKind, Decision, Edition


def recommend(*, plan: ActionPlan, decision: StepDecision, by: User) -> ActionPlan:
    return steps.recommend(document=plan, decision=decision, by=by)


def adopt(*, plan: ActionPlan, decision: StepDecision, by: User) -> ActionPlan:
    """Adopt a recommended plan and freeze it as the year's next edition, in both language forms."""

    def freeze(stored: ActionPlan, made: Decision) -> Edition:
        return plan_editions.freeze(plan=stored, decision=made, by=by)

    measures = [item.measure for item in plan.plan_measures.select_related("measure")]
    return steps.adopt(document=plan, decision=decision, freeze=freeze, about=measures, by=by)


def dispatch(*, plan: ActionPlan, decision: StepDecision, sending: DispatchValues, by: User) -> ActionPlan:
    return steps.dispatch(document=plan, decision=decision, sending=sending, by=by)


def answer(
    *, plan: ActionPlan, decision: StepDecision, kind: AnswerKind, letter: Letter = None, by: User
) -> ActionPlan:
    return steps.answer(document=plan, decision=decision, kind=kind, letter=letter, by=by)


def send_back(
    *, plan: ActionPlan, decision: StepDecision, reason: str, letter: Letter = None, by: User
) -> ActionPlan:
    return steps.send_back(document=plan, decision=decision, reason=reason, letter=letter, by=by)


def revise(*, plan: ActionPlan, reason: str, by: User) -> ActionPlan:
    return steps.revise(document=plan, reason=reason, by=by)
