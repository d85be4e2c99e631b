"""What may be done about an edition of an action plan: answering it, returning it, comparing it."""

from samloft.accounts.models import User
from samloft.plans.models import ActionPlan
from samloft.plans.queries.steps import Move, PossibleMove, way
from samloft.programmes.access import Permission
from samloft.programmes.models import Edition, EditionKind

_ABOUT_EDITIONS = (Move.DISPATCH, Move.ANSWER, Move.SEND_BACK)


def moves(edition: Edition, *, user: User, allowed: frozenset[Permission]) -> list[PossibleMove]:
    """The steps that this person can record about the edition; none when a later one has taken its place."""
    if edition.kind != EditionKind.ACTION_PLAN:
        return []
    plan = ActionPlan.objects.filter(programme=edition.programme, year=edition.period).first()
    if plan is None:
        return []
    plan.programme = edition.programme
    found = way(plan, user=user, allowed=allowed)
    if found.in_force is None or found.in_force.pk != edition.pk:
        return []
    return [move for move in found.next_moves if move.move in _ABOUT_EDITIONS]
