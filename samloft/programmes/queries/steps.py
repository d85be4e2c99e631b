"""Where a document is on its way, what may be done next and by whom, and what has been done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samloft.accounts.models import User
from samloft.core import statuses
from samloft.programmes import access
from samloft.programmes.access import Permission
from samloft.programmes.models import (
    Body,
    DecisionRight,
    DocumentState,
    DocumentStep,
    Edition,
    GoverningDocument,
    Step,
)

S = DocumentState
Deciders = dict[Step | None, list[Body]]


class Move(StrEnum):
    """What can be done with a document as a whole; each is also the address of its page."""

    RECOMMEND = "recommend"
    ADOPT = "adopt"
    DISPATCH = "dispatch"
    ANSWER = "answer"
    SEND_BACK = "send-back"
    REVISE = "revise"


_LABELS: dict[Move, str | Promise] = {
    Move.RECOMMEND: gettext_lazy("Recommend %(document)s"),
    Move.ADOPT: gettext_lazy("Adopt %(document)s"),
    Move.DISPATCH: gettext_lazy("Record the dispatch"),
    Move.ANSWER: gettext_lazy("Record the answer"),
    Move.SEND_BACK: gettext_lazy("Return %(document)s"),
    Move.REVISE: gettext_lazy("Revise %(document)s"),
}
# How a state looks, and what it means for a document.
_STATUSES: dict[DocumentState, tuple[statuses.Tone, str, str | Promise]] = {
    S.DRAFT: ("info", "pencil", gettext_lazy("%(document)s is being written and can be changed.")),
    S.RECOMMENDED: ("accent", "send", gettext_lazy("%(document)s is put forward, and waits to be adopted.")),
    S.ADOPTED: ("success", "seal", gettext_lazy("%(document)s is adopted and kept unchanged as an edition.")),
    S.DISPATCHED: ("success", "envelope", gettext_lazy("%(document)s is adopted and sent, and may be answered.")),
    S.ANSWERED: ("success", "check-circle", gettext_lazy("%(document)s has been sent and answered.")),
    S.RETURNED: ("warning", "return", gettext_lazy("%(document)s came back with a reason, and can be changed.")),
}
LEADS_TO: dict[Move, DocumentState] = {
    Move.RECOMMEND: S.RECOMMENDED,
    Move.ADOPT: S.ADOPTED,
    Move.DISPATCH: S.DISPATCHED,
    Move.ANSWER: S.ANSWERED,
    Move.SEND_BACK: S.RETURNED,
    Move.REVISE: S.DRAFT,
}


@dataclass(frozen=True)
class PossibleMove:
    """A move that the document's state allows. `may` tells whether this person can record it; if not, `bodies`
    are whom it waits for.
    """

    move: Move
    label: str
    url: str
    bodies: tuple[Body, ...]
    may: bool

    @property
    def deciders(self) -> str:
        return ", ".join(str(body) for body in self.bodies)


@dataclass(frozen=True)
class Way:
    """`line` for `{% step_line %}`; `moves` in the order of the way; `history` the latest first.

    `is_frozen` when the document says just what the edition in force says.
    """

    line: tuple[statuses.Step, ...]
    moves: tuple[PossibleMove, ...]
    history: tuple[DocumentStep, ...]
    in_force: Edition | None
    is_frozen: bool

    @property
    def next_moves(self) -> list[PossibleMove]:
        return [move for move in self.moves if move.may]

    @property
    def waiting(self) -> list[PossibleMove]:
        """Moves that others must record, so that everyone sees who holds the case."""
        return [move for move in self.moves if not move.may and move.move != Move.REVISE]


def way(
    document: GoverningDocument, *, user: User, allowed: frozenset[Permission], today: date | None = None
) -> Way:
    """The document's way as this person meets it; a constant number of queries."""
    today = today or timezone.localdate()
    history = tuple(
        document.steps.select_related(
            "decision__body", "decision__programme", "edition__programme", "by"
        ).order_by("-pk")
    )
    deciders = _deciders(document, today)
    records_for = frozenset(
        access.bodies_recorded_by(user, document.programme, today=today).values_list("pk", flat=True)
    )
    moves = tuple(
        PossibleMove(
            move,
            label=label_of(move, document),
            url=document.get_step_url(move),
            bodies=tuple(deciders.get(step_of(move, document), ())),
            may=_may(move, document, deciders, records_for, user, allowed),
        )
        for move in Move
        if LEADS_TO[move] in document.ALLOWED[S(document.state)] and not _is_other_way(move, document, deciders)
    )
    edition = in_force(document)
    is_frozen = edition is not None and document.state in (S.ADOPTED, S.DISPATCHED, S.ANSWERED)
    return Way(_line(document, history, _states(document, history, deciders)), moves, history, edition, is_frozen)


def status_of(document: GoverningDocument) -> statuses.Status:
    """The document's state as a word with its meaning."""
    state = S(document.state)
    tone, icon, meaning = _STATUSES[state]
    return statuses.Status(state.label, tone, icon, capfirst(str(meaning) % {"document": document.noun}))


def label_of(move: Move, document: GoverningDocument) -> str:
    return str(_LABELS[move]) % {"document": document.noun}


def step_of(move: Move, document: GoverningDocument) -> Step | None:
    """The step that a body must have the right to take; a revision is no body's decision."""
    if move == Move.SEND_BACK:
        return document.STEPS[S.ANSWERED if document.state == S.DISPATCHED else S.ADOPTED]
    return document.STEPS.get(LEADS_TO[move])


def in_force(document: GoverningDocument) -> Edition | None:
    """The last adopted edition, without its content; None before the first adoption."""
    return (
        document.editions()
        .select_related("programme", "decision__body")
        .defer("blocks", "blocks_other")
        .order_by("-number")
        .first()
    )


_ABOUT_EDITIONS = (Move.DISPATCH, Move.ANSWER, Move.SEND_BACK)


def moves_about(
    edition: Edition, document: GoverningDocument, *, user: User, allowed: frozenset[Permission]
) -> list[PossibleMove]:
    """The steps that this person can record about the edition; none when a later one has taken its place."""
    found = way(document, user=user, allowed=allowed)
    if found.in_force is None or found.in_force.pk != edition.pk:
        return []
    return [move for move in found.next_moves if move.move in _ABOUT_EDITIONS]


def _deciders(document: GoverningDocument, today: date) -> Deciders:
    rights = DecisionRight.objects.in_force(today).filter(
        programme=document.programme, step__in=document.STEPS.values()
    )
    found: Deciders = {}
    for right in rights.select_related("body").order_by("body__name"):
        bodies = found.setdefault(Step(right.step), [])
        if right.body not in bodies:
            bodies.append(right.body)
    return found


def _may(
    move: Move,
    document: GoverningDocument,
    deciders: Deciders,
    records_for: frozenset[int],
    user: User,
    allowed: frozenset[Permission],
) -> bool:
    if move == Move.REVISE:
        return Permission.PLAN_REVISE in allowed
    if Permission.PLAN_STEP not in allowed:
        return False
    step = step_of(move, document)
    if any(body.pk in records_for for body in deciders.get(step, ())):
        return True
    is_answer = step == document.STEPS[S.ANSWERED]
    return is_answer and step in deciders and document.programme.is_run_by(user.organisation)


def _is_other_way(move: Move, document: GoverningDocument, deciders: Deciders) -> bool:
    """Where a document may be both recommended and adopted next, it is recommended if a body does that."""
    if not {S.RECOMMENDED, S.ADOPTED} <= document.ALLOWED[S(document.state)]:
        return False
    return move == (Move.ADOPT if deciders.get(document.STEPS[S.RECOMMENDED]) else Move.RECOMMEND)


_ON_THE_WAY = (S.DRAFT, S.RECOMMENDED, S.ADOPTED, S.DISPATCHED, S.ANSWERED)


def _states(
    document: GoverningDocument, history: Iterable[DocumentStep], deciders: Deciders
) -> tuple[DocumentState, ...]:
    """The states on the document's way; without the recommendation where no body gives one."""
    needs_it = S.ADOPTED not in document.ALLOWED[S.DRAFT] or bool(deciders.get(document.STEPS[S.RECOMMENDED]))
    if needs_it or any(step.to_state == S.RECOMMENDED for step in history):
        return _ON_THE_WAY
    return tuple(state for state in _ON_THE_WAY if state != S.RECOMMENDED)


def _line(
    document: GoverningDocument, history: Iterable[DocumentStep], states: tuple[DocumentState, ...]
) -> tuple[statuses.Step, ...]:
    """The states in order; a returned document stops where it was returned from."""
    steps = list(history)
    returned = steps.pop(0) if document.state == S.RETURNED and steps else None
    details: dict[str, str] = {}
    for step in steps:
        if step.to_state in (S.DRAFT, S.RETURNED):
            break
        details.setdefault(step.to_state, _detail(step))
    if returned is not None:
        reached = states.index(S(returned.from_state))
        return tuple(
            statuses.Step(
                state.label,
                "done" if place < reached else "stopped" if place == reached else "upcoming",
                _("Returned: %(by)s") % {"by": _detail(returned)} if place == reached else details.get(state, ""),
            )
            for place, state in enumerate(states)
        )
    here = states.index(S(document.state))
    return tuple(
        statuses.Step(
            state.label,
            "done" if place < here else "current" if place == here else "upcoming",
            details.get(state, "") if place <= here else "",
        )
        for place, state in enumerate(states)
    )


def _detail(step: DocumentStep) -> str:
    """Who and when, in few words; an unknown date says so."""
    decision = step.decision
    if decision is None:
        return ""
    day = decision.decided_on.strftime("%d.%m.%Y") if decision.decided_on else _("date unknown")
    words = [str(decision.body) if decision.body else _("body unknown"), day]
    if decision.is_assumed:
        words.append(_("assumed"))
    return ", ".join(words)
