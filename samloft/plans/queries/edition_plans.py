"""Which plan an edition was made of."""

from samloft.plans.models import ActionPlan
from samloft.programmes.models import Edition, EditionKind


def plan_of(edition: Edition) -> ActionPlan | None:
    """The plan that the edition was made of; None for other documents. One query."""
    if edition.kind != EditionKind.ACTION_PLAN:
        return None
    plan = ActionPlan.objects.filter(programme=edition.programme, year=edition.period).first()
    if plan is not None:
        plan.programme = edition.programme
    return plan
