"""Freezing a plan as an edition when it is adopted."""

from django.utils import translation

from samloft.accounts.models import User
from samloft.core.documents.blocks import Document
from samloft.plans.documents import action_plan
from samloft.plans.models import ActionPlan
from samloft.plans.queries.figures import figures
from samloft.programmes.actions import editions
from samloft.programmes.actions.editions import FigureValues
from samloft.programmes.models import Decision, Edition, EditionKind


def freeze(*, plan: ActionPlan, decision: Decision, by: User) -> Edition:
    """Keep the plan as it stands now as the year's next edition, with its figures."""

    def build(language: str, number: int) -> Document:
        return action_plan.build(plan, language=language, edition_number=number, adopted=decision)

    with translation.override(plan.programme.owner.language_form):
        amounts = [
            FigureValues(
                key=figure.key,
                label=figure.label,
                amount=figure.amount,
                group=figure.group,
                funding_source=figure.funding_source,
                reference=figure.reference,
            )
            for figure in figures(plan)
        ]
    return editions.freeze(
        programme=plan.programme,
        kind=EditionKind.ACTION_PLAN,
        period=plan.year,
        decision=decision,
        build=build,
        figures=amounts,
        by=by,
    )
