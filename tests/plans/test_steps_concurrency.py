"""Two people take the same step at the same moment, on two real database connections."""

import pytest

from samloft.core.errors import RuleBroken
from samloft.core.models import AuditRow
from samloft.plans.actions import steps
from samloft.plans.actions.steps import StepDecision
from samloft.plans.models import PlanStep
from samloft.programmes.models import Decision, DocumentState, Edition, Step
from tests.at_once import at_once
from tests.cast import assemble
from tests.plans import elvestad as making


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_of_two_simultaneous_adoptions_exactly_one_succeeds() -> None:
    elvestad = making.make(assemble())
    cast = elvestad.cast
    making.recommend(elvestad)

    def adopt() -> object:
        return steps.adopt(plan=elvestad.plan, decision=StepDecision(body=cast.council), by=cast.secretary)

    results = at_once(adopt, adopt)
    assert sum(isinstance(result, RuleBroken) for result in results) == 1
    assert elvestad.fresh().state == DocumentState.ADOPTED
    assert Edition.objects.count() == 1
    assert PlanStep.objects.filter(to_state=DocumentState.ADOPTED).count() == 1
    assert Decision.objects.filter(step=Step.ADOPT_PLAN).count() == 1
    assert AuditRow.objects.filter(action="plan.adopted").count() == 1


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_adoption_and_return_at_the_same_moment_leave_one_of_them() -> None:
    elvestad = making.make(assemble())
    cast = elvestad.cast
    making.recommend(elvestad)
    decision = StepDecision(body=cast.council)
    results = at_once(
        lambda: steps.adopt(plan=elvestad.plan, decision=decision, by=cast.secretary),
        lambda: steps.send_back(plan=elvestad.plan, decision=decision, reason="Nei", by=cast.secretary),
    )
    assert sum(isinstance(result, RuleBroken) for result in results) == 1
    plan = elvestad.fresh()
    assert (plan.state == DocumentState.ADOPTED) == Edition.objects.exists()
    assert plan.steps.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_refusal_is_logged_although_nothing_else_is_stored() -> None:
    elvestad = making.make(assemble())
    cast = elvestad.cast
    making.recommend(elvestad)
    with pytest.raises(RuleBroken):
        steps.adopt(plan=elvestad.plan, decision=StepDecision(body=cast.council), by=cast.board_member)
    assert AuditRow.objects.filter(action="plan.step_refused").count() == 1
    assert elvestad.fresh().state == DocumentState.RECOMMENDED
