"""Freezing a plan as an edition when it is adopted."""

from django.utils import translation

from samloft.accounts.models import User
from samloft.core.documents.frozen import to_data
from samloft.places.models import LanguageForm
from samloft.plans.documents import action_plan
from samloft.plans.models import ActionPlan
from samloft.plans.queries.figures import figures
from samloft.programmes.actions import editions
from samloft.programmes.actions.editions import FigureValues
from samloft.programmes.models import Decision, Edition, EditionKind


def freeze(*, plan: ActionPlan, decision: Decision, by: User) -> Edition:
    """Keep the plan as it stands now as the year's next edition, in both language forms.

    Belongs inside the transaction that holds the plan's lock: edits wait for it, so nothing slips in.
    """
    own = LanguageForm(plan.programme.municipality.language_form)
    other = LanguageForm.NYNORSK if own == LanguageForm.BOKMAL else LanguageForm.BOKMAL
    number = plan.editions().count() + 1
    document, in_other = (
        action_plan.build(plan, language=language, edition_number=number, adopted=decision)
        for language in (own, other)
    )
    with translation.override(own):
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
    return editions.make(
        programme=plan.programme,
        kind=EditionKind.ACTION_PLAN,
        period=plan.year,
        language_form=own,
        title=f"{document.title}, {plan.programme.name}",
        decision=decision,
        blocks=to_data(document),
        blocks_other=to_data(in_other),
        figures=amounts,
        by=by,
    )
