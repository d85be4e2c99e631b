"""Which plans wait for somebody, across the programmes of one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samloft.accounts.models import User
from samloft.plans.models import ActionPlan
from samloft.programmes import access
from samloft.programmes.access import Permission
from samloft.programmes.models import DecisionRight, DocumentState, Edition, EditionKind, Programme, Seat, Step
from samloft.programmes.queries.steps import Move

S = DocumentState

# The step that each state waits for. An answer is not among them: nothing waits for it (C6).
_WAITS_FOR: dict[str, tuple[Step, Move, str | Promise]] = {
    S.RECOMMENDED: (Step.ADOPT_PLAN, Move.ADOPT, _("Record that it is adopted")),
    S.ADOPTED: (Step.DISPATCH_PLAN, Move.DISPATCH, _("Record the dispatch")),
}
_WRITTEN = (S.DRAFT, S.RETURNED)


@dataclass(frozen=True)
class WaitingPlan:
    """`holder` has the plan now; `is_mine` when this person can take the next step, which `url` leads to."""

    plan: ActionPlan
    state: str
    holder: str
    is_mine: bool
    label: str
    url: str


def waiting_plans(user: User, programmes: Sequence[Programme], today: date) -> tuple[WaitingPlan, ...]:
    """The plans on their way in these programmes, those that wait for this person first. Seven queries."""
    seen = _ids(user, Permission.PLAN_VIEW, today)
    writes = _ids(user, Permission.PLAN_EDIT, today)
    records = set(
        Seat.objects.current(today).filter(user=user, may_record=True).values_list("programme_id", "body_id")
    )
    deciders = _deciders(programmes, today)
    plans = list(
        ActionPlan.objects.filter(programme__in=programmes)
        .exclude(state=S.ANSWERED)
        .select_related("programme")
        .order_by("year", "programme__name")
    )
    editions = _dispatched(plans)
    found = []
    for plan in plans:
        if plan.state == S.DISPATCHED:
            row = _to_answer(plan, deciders, records, editions)
        elif plan.programme_id in seen:
            row = _written(plan, writes) if plan.state in _WRITTEN else _decided(plan, deciders, records)
        else:
            row = None
        if row:
            found.append(row)
    return tuple(sorted(found, key=lambda row: not row.is_mine))


Deciders = dict[tuple[int, str], list[tuple[int, str]]]


def _ids(user: User, permission: Permission, today: date) -> frozenset[int]:
    return frozenset(access.programmes(user, permission, today=today).values_list("pk", flat=True))


def _deciders(programmes: Sequence[Programme], today: date) -> Deciders:
    """By programme and step: the key and name of each body that takes it."""
    found: Deciders = {}
    rights = DecisionRight.objects.in_force(today).filter(programme__in=programmes)
    for programme, step, body, name in rights.values_list("programme_id", "step", "body_id", "body__name"):
        found.setdefault((programme, step), []).append((body, name))
    return found


def _dispatched(plans: Sequence[ActionPlan]) -> dict[tuple[int, int], Edition]:
    """The latest edition sent, by programme and year."""
    sent = (
        Edition.objects.filter(
            kind=EditionKind.ACTION_PLAN,
            programme__in={plan.programme_id for plan in plans if plan.state == S.DISPATCHED},
        )
        .dispatched()
        .select_related("programme")
        .defer("blocks", "blocks_other")
        .order_by("number")
    )
    return {(edition.programme_id, edition.period): edition for edition in sent}


def _written(plan: ActionPlan, writes: frozenset[int]) -> WaitingPlan:
    return WaitingPlan(
        plan,
        state=plan.get_state_display(),
        holder=str(_("Those who write the plan")),
        is_mine=plan.programme_id in writes,
        label=str(_("Go on writing") if plan.programme_id in writes else _("Read the draft")),
        url=plan.get_absolute_url(),
    )


def _decided(plan: ActionPlan, deciders: Deciders, records: set[tuple[int, int]]) -> WaitingPlan:
    step, move, label = _WAITS_FOR[plan.state]
    bodies = deciders.get((plan.programme_id, step), [])
    is_mine = any((plan.programme_id, body) in records for body, _name in bodies)
    return WaitingPlan(
        plan,
        state=plan.get_state_display(),
        holder=", ".join(name for _body, name in bodies),
        is_mine=is_mine,
        label=str(label if is_mine else _("Open the plan")),
        url=plan.get_step_url(move) if is_mine else plan.get_absolute_url(),
    )


def _to_answer(
    plan: ActionPlan,
    deciders: Deciders,
    records: set[tuple[int, int]],
    editions: dict[tuple[int, int], Edition],
) -> WaitingPlan | None:
    """Only those who can record the answer see it: for everyone else the plan is done."""
    edition = editions.get((plan.programme_id, plan.year))
    bodies = deciders.get((plan.programme_id, Step.ANSWER_PLAN), [])
    if edition is None or not any((plan.programme_id, body) in records for body, _name in bodies):
        return None
    return WaitingPlan(
        plan,
        state=plan.get_state_display(),
        holder=", ".join(name for _body, name in bodies),
        is_mine=True,
        label=str(_("Read and answer")),
        url=edition.get_absolute_url(),
    )
