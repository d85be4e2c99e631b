"""The list of a programme's plans: how far each has come, who holds it, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samloft.accounts.models import User
from samloft.core.statuses import Status
from samloft.plans.models import ActionPlan, BudgetLine
from samloft.programmes.models import BodyKind, DecisionRight, DocumentState, Edition, EditionKind, Programme, Step
from samloft.programmes.queries.steps import status_of
from samloft.programmes.queries.waiting_documents import WaitingDocument, waiting_documents

S = DocumentState

_NEXT: dict[DocumentState, str | Promise] = {
    S.DRAFT: _("Write the plan, then recommend it"),
    S.RECOMMENDED: _("Adopt the plan, or return it"),
    S.ADOPTED: _("Send the plan"),
    S.DISPATCHED: _("Record the answer when it comes"),
    S.ANSWERED: _("Nothing is waiting"),
    S.RETURNED: _("Change what was asked for, then recommend it again"),
}
# Whose move it is. An open plan is held by the programme's management.
_STEPS = {
    S.RECOMMENDED: Step.ADOPT_PLAN,
    S.ADOPTED: Step.DISPATCH_PLAN,
    S.DISPATCHED: Step.ANSWER_PLAN,
}


@dataclass(frozen=True)
class PlanRow:
    """`total` in øre; `holders` are the bodies whose move it is."""

    plan: ActionPlan
    status: Status
    total: int
    line_count: int
    edition: Edition | None
    holders: tuple[str, ...]
    next_action: str | Promise


def overview(programme: Programme) -> tuple[PlanRow, ...]:
    """The plans, the latest year first. Five queries, however many plans there are."""
    plans = list(programme.plans.all())
    for plan in plans:
        plan.programme = programme
    sums = {
        plan: (total, last)
        for plan, total, last in BudgetLine.objects.filter(plan__in=plans)
        .order_by()
        .values_list("plan")
        .annotate(Sum("amount"), Max("position"))
    }
    editions: dict[int, Edition] = {}
    issued = Edition.objects.filter(programme=programme, kind=EditionKind.ACTION_PLAN)
    for edition in issued.defer("blocks", "blocks_other").order_by("number"):
        edition.programme = programme
        editions[edition.period] = edition
    holders = _holders(programme)
    writers = tuple(programme.bodies.filter(kind=BodyKind.MANAGEMENT).values_list("name", flat=True))
    return tuple(
        PlanRow(
            plan=plan,
            status=status_of(plan),
            total=sums.get(plan.pk, (0, 0))[0],
            line_count=sums.get(plan.pk, (0, 0))[1],
            edition=editions.get(plan.year),
            holders=writers if plan.is_open else holders.get(_STEPS.get(DocumentState(plan.state)), ()),
            next_action=_NEXT[DocumentState(plan.state)],
        )
        for plan in plans
    )


def _holders(programme: Programme) -> dict[Step | None, tuple[str, ...]]:
    rights = DecisionRight.objects.in_force(timezone.localdate()).filter(programme=programme)
    found: dict[Step | None, tuple[str, ...]] = {}
    for right in rights.select_related("body"):
        step = Step(right.step)
        found[step] = (*found.get(step, ()), right.body.name)
    return found


def waiting_plans(user: User, programmes: Sequence[Programme], today: date) -> tuple[WaitingDocument, ...]:
    """The plans on their way in these programmes, those that wait for this person first. Seven queries."""
    found = ActionPlan.objects.filter(programme__in=programmes).exclude(state=S.ANSWERED)
    return waiting_documents(
        list(found.select_related("programme").order_by("year", "programme__name")), user, today
    )
