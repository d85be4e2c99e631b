"""Chooses the cells that must be hidden so that nobody can work out a small count.

A hidden cell is safe when there is another table of whole numbers that looks exactly the same to the reader and
has another number in that cell. The difference between the two tables is a *move*: whole numbers that keep every
sum and every cell that is shown, and take no cell below what the reader knows it holds at least. For the cells in
need, the cheapest move is found by a linear programme; what it touches is hidden, and is thereby safe as well.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from samloft.indicators.suppression.counts import Counts, Key, Shown
from samloft.indicators.suppression.moves import DOWN, UP, Move, Moves
from samloft.indicators.suppression.system import System, Variable

LEAST_THRESHOLD = 3  # with 2, a hidden count could only be 1
ROUNDS = 20  # small tables take one cell at a time, which hides least; large ones take more, which is quicker


class CannotProtect(Exception):
    """Whatever is hidden in this table, readers could work out these cells, of it or of an earlier release."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self.keys = tuple(keys)
        super().__init__(f"Cannot be protected: {self.keys}")


@dataclass(frozen=True)
class Protected:
    """`hidden` are the printed cells to hide, and `small` those of them that are small; the rest protect them.
    `already_public` are counts that follow from earlier releases and cannot be called back."""

    hidden: frozenset[Key]
    small: frozenset[Key]
    already_public: frozenset[Key]


def protect(
    counts: Counts, *, threshold: int, hide_zeros: bool = False, earlier: Sequence[Shown] = ()
) -> Protected:
    """Hide the counts 1 to `threshold` − 1, zeros too when asked, and what would give them or anything hidden in
    an earlier release away. The same table always gets the same answer. Raises CannotProtect."""
    if threshold < LEAST_THRESHOLD:
        raise ValueError(f"A threshold below {LEAST_THRESHOLD} would tell what is hidden.")
    system = System(counts, threshold=threshold, hide_zeros=hide_zeros, earlier=earlier)
    touched, public = _search(system, Moves(system))
    hidden = frozenset(
        variable.key
        for variable, known in system.variables.items()
        if known.is_printed and (known.must_hide or variable in touched)
    )
    small = frozenset(variable.key for variable in system.small)
    return Protected(hidden, small & hidden, frozenset(variable.key for variable in public))


def _search(system: System, moves: Moves) -> tuple[set[Variable], set[Variable]]:
    """Moves for all targets: gives what they touch, and the targets that readers knew already."""
    targets = system.targets()
    about = system.variables
    public = {target for target in targets if about[target].was_known}
    # What only this table tells, such as a zero that an earlier one hid.
    given_away = [target for target in targets if about[target].is_known and target not in public]
    waiting = [target for target in targets if not about[target].is_known]
    at_once, touched, in_a_row = 1 + len(waiting) // ROUNDS, set[Variable](), 0
    while waiting:
        in_a_row += 1
        move = _move(moves, moves.together(waiting, at_once=at_once, in_a_row=in_a_row))
        if move is None:
            target = waiting.pop(0)
            if _was_public(moves, target):
                public.add(target)
            else:
                given_away.append(target)
            continue
        moves.hide(move)
        touched |= move.keys()
        waiting = [target for target in waiting if target not in touched]
    if given_away:
        raise CannotProtect(target.key for target in given_away)
    return touched, public


def _move(moves: Moves, wanted: dict[Variable, int]) -> Move | None:
    """A move that changes all that is wanted, else the first half of it, and so on to the very first alone."""
    while len(wanted) > 1:
        if move := moves.cheapest(wanted):
            return move
        wanted = dict(list(wanted.items())[: len(wanted) // 2])
    (target,) = wanted
    found = [move for direction in (UP, DOWN) if (move := moves.cheapest({target: direction}))]
    return min(found, key=moves.cost, default=None)


def _was_public(moves: Moves, target: Variable) -> bool:
    """Whether the earlier releases alone give the target away; otherwise it is this table that would."""
    return not any(moves.cheapest({target: direction}, before=True) for direction in (UP, DOWN))
