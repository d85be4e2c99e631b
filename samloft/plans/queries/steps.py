"""Where a plan is on its way, what may be done next and by whom, and what has been done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samloft.accounts.models import User
from samloft.core import statuses
from samloft.plans.models import ALLOWED, ActionPlan, PlanState, PlanStep
from samloft.programmes import access
from samloft.programmes.access import Permission
from samloft.programmes.models import Body, DecisionRight, Edition, EditionKind, Programme, Step

S = PlanState


class Move(StrEnum):
    """What can be done with a plan as a whole; each is also the address of its page."""

    RECOMMEND = "recommend"
    ADOPT = "adopt"
    DISPATCH = "dispatch"
    ANSWER = "answer"
    SEND_BACK = "send-back"
    REVISE = "revise"


MOVE_LABELS: dict[Move, str | Promise] = {
    Move.RECOMMEND: gettext_lazy("Recommend the plan"),
    Move.ADOPT: gettext_lazy("Adopt the plan"),
    Move.DISPATCH: gettext_lazy("Record the dispatch"),
    Move.ANSWER: gettext_lazy("Record the answer"),
    Move.SEND_BACK: gettext_lazy("Return the plan"),
    Move.REVISE: gettext_lazy("Revise the plan"),
}
LEADS_TO: dict[Move, PlanState] = {
    Move.RECOMMEND: S.RECOMMENDED,
    Move.ADOPT: S.ADOPTED,
    Move.DISPATCH: S.DISPATCHED,
    Move.ANSWER: S.ANSWERED,
    Move.SEND_BACK: S.RETURNED,
    Move.REVISE: S.DRAFT,
}
_STEP_OF: dict[Move, Step] = {
    Move.RECOMMEND: Step.RECOMMEND_PLAN,
    Move.ADOPT: Step.ADOPT_PLAN,
    Move.DISPATCH: Step.DISPATCH_PLAN,
    Move.ANSWER: Step.ANSWER_PLAN,
}


@dataclass(frozen=True)
class PossibleMove:
    """A move that the plan's state allows. `may` tells whether this person can record it; if not, `waits_for`."""

    move: Move
    url: str
    bodies: tuple[Body, ...]
    may: bool

    @property
    def label(self) -> str:
        return str(MOVE_LABELS[self.move])

    @property
    def deciders(self) -> str:
        return ", ".join(str(body) for body in self.bodies)


@dataclass(frozen=True)
class PlanWay:
    """`line` for `{% step_line %}`; `moves` in the order of the way; `history` the latest first.

    `is_frozen` when the plan says just what the edition in force says.
    """

    line: tuple[statuses.Step, ...]
    moves: tuple[PossibleMove, ...]
    history: tuple[PlanStep, ...]
    in_force: Edition | None
    is_frozen: bool

    @property
    def next_moves(self) -> list[PossibleMove]:
        return [move for move in self.moves if move.may]

    @property
    def waiting(self) -> list[PossibleMove]:
        """Moves that others must record, so that everyone sees who holds the case."""
        return [move for move in self.moves if not move.may and move.move != Move.REVISE]


def way(plan: ActionPlan, *, user: User, allowed: frozenset[Permission], today: date | None = None) -> PlanWay:
    """The plan's way as this person meets it; a constant number of queries."""
    today = today or timezone.localdate()
    history = tuple(
        plan.steps.select_related("decision__body", "decision__programme", "edition__programme", "by").order_by(
            "-pk"
        )
    )
    deciders = _deciders(plan.programme, today)
    records_for = frozenset(
        access.bodies_recorded_by(user, plan.programme, today=today).values_list("pk", flat=True)
    )
    moves = tuple(
        PossibleMove(
            move,
            url=url_of(move, plan),
            bodies=tuple(deciders.get(step_of(move, plan), ())),
            may=_may(move, plan, deciders, records_for, user, allowed),
        )
        for move in Move
        if LEADS_TO[move] in ALLOWED[S(plan.state)]
    )
    edition = in_force(plan)
    is_frozen = edition is not None and plan.state in (S.ADOPTED, S.DISPATCHED, S.ANSWERED)
    return PlanWay(_line(plan, history), moves, history, edition, is_frozen)


def url_of(move: Move, plan: ActionPlan) -> str:
    return reverse(f"plans:plan_{move.replace('-', '_')}", args=[plan.programme.slug, plan.year])


def step_of(move: Move, plan: ActionPlan) -> Step | None:
    """The step that a body must have the right to take; a revision is no body's decision."""
    if move == Move.SEND_BACK:
        return Step.ANSWER_PLAN if plan.state == S.DISPATCHED else Step.ADOPT_PLAN
    return _STEP_OF.get(move)


def in_force(plan: ActionPlan) -> Edition | None:
    """The last adopted edition of the plan, without its document; None before the first adoption."""
    return (
        Edition.objects.filter(programme_id=plan.programme_id, kind=EditionKind.ACTION_PLAN, period=plan.year)
        .select_related("programme", "decision__body")
        .defer("blocks", "blocks_other")
        .order_by("-number")
        .first()
    )


def is_of_municipality(user: User, programme: Programme) -> bool:
    """True for those who may record what the ministry answered, when they hold its letter."""
    organisation = user.organisation
    return organisation is not None and organisation.municipality_id == programme.municipality_id


def _deciders(programme: Programme, today: date) -> dict[Step | None, list[Body]]:
    rights = DecisionRight.objects.in_force(today).filter(programme=programme, step__in=_STEP_OF.values())
    found: dict[Step | None, list[Body]] = {}
    for right in rights.select_related("body").order_by("body__name"):
        bodies = found.setdefault(Step(right.step), [])
        if right.body not in bodies:
            bodies.append(right.body)
    return found


def _may(
    move: Move,
    plan: ActionPlan,
    deciders: dict[Step | None, list[Body]],
    records_for: frozenset[int],
    user: User,
    allowed: frozenset[Permission],
) -> bool:
    if move == Move.REVISE:
        return Permission.PLAN_REVISE in allowed
    if Permission.PLAN_STEP not in allowed:
        return False
    step = step_of(move, plan)
    if any(body.pk in records_for for body in deciders.get(step, ())):
        return True
    return step == Step.ANSWER_PLAN and step in deciders and is_of_municipality(user, plan.programme)


_ON_THE_WAY = (S.DRAFT, S.RECOMMENDED, S.ADOPTED, S.DISPATCHED, S.ANSWERED)


def _line(plan: ActionPlan, history: Iterable[PlanStep]) -> tuple[statuses.Step, ...]:
    """The five states in order; a returned plan stops where it was returned from."""
    steps = list(history)
    returned = steps.pop(0) if plan.state == S.RETURNED and steps else None
    details: dict[str, str] = {}
    for step in steps:
        if step.to_state in (S.DRAFT, S.RETURNED):
            break
        details.setdefault(step.to_state, _detail(step))
    if returned is not None:
        reached = _ON_THE_WAY.index(S(returned.from_state))
        return tuple(
            statuses.Step(
                state.label,
                "done" if place < reached else "stopped" if place == reached else "upcoming",
                _("Returned: %(by)s") % {"by": _detail(returned)} if place == reached else details.get(state, ""),
            )
            for place, state in enumerate(_ON_THE_WAY)
        )
    here = _ON_THE_WAY.index(S(plan.state))
    return tuple(
        statuses.Step(
            state.label,
            "done" if place < here else "current" if place == here else "upcoming",
            details.get(state, "") if place <= here else "",
        )
        for place, state in enumerate(_ON_THE_WAY)
    )


def _detail(step: PlanStep) -> str:
    """Who and when, in few words; an unknown date says so."""
    decision = step.decision
    if decision is None:
        return ""
    day = decision.decided_on.strftime("%d.%m.%Y") if decision.decided_on else _("date unknown")
    words = [str(decision.body) if decision.body else _("body unknown"), day]
    if decision.is_assumed:
        words.append(_("assumed"))
    return ", ".join(words)
