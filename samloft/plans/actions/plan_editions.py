"""The editions of a plan: freezing it when it is adopted, and the one that is in force."""

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core.documents.frozen import to_data
from samloft.core.errors import RuleBroken
from samloft.places.models import LanguageForm
from samloft.plans.documents import action_plan
from samloft.plans.models import ActionPlan
from samloft.plans.queries.figures import figures
from samloft.programmes.actions import editions
from samloft.programmes.actions.editions import FigureValues
from samloft.programmes.models import Decision, Edition, EditionKind


def in_force(plan: ActionPlan) -> Edition:
    """The last adopted edition of the plan's year. Raises RuleBroken when there is none."""
    edition = _editions(plan).order_by("-number").first()
    if edition is None:
        raise RuleBroken(_("The plan has not been adopted yet, so there is nothing to send."))
    return edition


def freeze(*, plan: ActionPlan, decision: Decision, by: User) -> Edition:
    """Keep the plan as it stands now as the year's next edition, in both language forms.

    Belongs inside the transaction that holds the plan's lock: edits wait for it, so nothing slips in.
    """
    own = LanguageForm(plan.programme.municipality.language_form)
    other = LanguageForm.NYNORSK if own == LanguageForm.BOKMAL else LanguageForm.BOKMAL
    number = _editions(plan).count() + 1
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


def _editions(plan: ActionPlan) -> QuerySet[Edition]:
    return Edition.objects.filter(programme_id=plan.programme_id, kind=EditionKind.ACTION_PLAN, period=plan.year)
