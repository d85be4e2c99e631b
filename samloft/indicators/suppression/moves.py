"""Moves from the true table to another that looks the same to the reader: found by linear programmes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import log1p
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csc_matrix, hstack

from samloft.indicators.suppression.system import Row, System, Variable

UP, DOWN = 1, -1
SOLVED, NO_WAY = 0, 2  # as the solver says it
TOLERANCE = 1e-6
NOTHING = 0.001  # what it costs to touch a cell that is hidden anyway; above 0, so that no move takes detours
DEARER = 4.0  # how much dearer a total is to hide than its dearest part

Move = dict[Variable, int]
Wanted = Mapping[Variable, int]  # what a move must change, and whether UP or DOWN


class Moves:
    """Finds the cheapest moves in a system. What `hide` has been told costs nothing from then on."""

    def __init__(self, system: System) -> None:
        self._variables = [variable for variable, known in system.variables.items() if not known.was_known]
        self._place = {variable: place for place, variable in enumerate(self._variables)}
        self._sums = _matrix(system.rows, self._place)
        known = [system.variables[variable] for variable in self._variables]
        values = np.array([variable.value for variable in self._variables], dtype=np.int64)
        # What the table itself tells, such as a zero, stands still now; before, it could be something else.
        told = np.array([each.is_known for each in known], dtype=bool)
        self._room = np.where(told, 0, values - np.array([each.least for each in known], dtype=np.int64))
        self._room_before = values - np.array([each.least_before for each in known], dtype=np.int64)
        self._ceiling, self._ceiling_before = np.where(told, 0.0, np.inf), np.full(len(known), np.inf)
        heights = _heights(system.rows)
        self._costs = np.array(
            [
                (1 + log1p(variable.value)) * DEARER ** heights[variable]
                if each.is_printed and not each.must_hide
                else NOTHING
                for variable, each in zip(self._variables, known, strict=True)
            ]
        )

    def hide(self, touched: Iterable[Variable]) -> None:
        self._costs[[self._place[variable] for variable in touched]] = NOTHING

    def cost(self, move: Move) -> float:
        return sum(float(self._costs[self._place[variable]]) * abs(change) for variable, change in move.items())

    def together(self, waiting: Iterable[Variable], *, at_once: int, in_a_row: int) -> dict[Variable, int]:
        """The first of those waiting that one move may change together: in no sum do those that go up outnumber
        those that go down, or the other way round, by more than `in_a_row`."""
        balance: dict[int, int] = defaultdict(int)
        found: dict[Variable, int] = {}
        for variable in waiting:
            place = self._place[variable]
            here = slice(self._sums.indptr[place], self._sums.indptr[place + 1])
            signs = list(zip(self._sums.indices[here].tolist(), self._sums.data[here].tolist(), strict=True))
            for direction in (UP, DOWN) if self._room[place] > 0 else (UP,):
                if all(abs(balance[row] + direction * sign) <= in_a_row for row, sign in signs):
                    found[variable] = direction
                    for row, sign in signs:
                        balance[row] += direction * sign
                    break
            if len(found) == at_once:
                break
        return found

    def cheapest(self, wanted: Wanted, *, before: bool = False) -> Move | None:
        """A move that changes all that is wanted, or None. With `before`, readers are taken to know of hidden
        cells only what the earlier releases have told."""
        room, ceiling = (self._room_before, self._ceiling_before) if before else (self._room, self._ceiling)
        places = {self._place[variable]: direction for variable, direction in wanted.items()}
        # Each variable is two here: how far it goes up, and how far down.
        count = len(self._variables)
        lowest, highest = np.zeros(2 * count), np.concatenate([ceiling, room])
        for place, direction in places.items():
            goes, stays = (place, count + place) if direction == UP else (count + place, place)
            lowest[goes], highest[stays] = 1, 0
            if highest[goes] < 1:
                return None
        # Whole numbers can be hard to find for many cells at once, and then fewer are tried; for one they are not.
        insist = len(wanted) == 1
        solution = self._solve(lowest, highest, insist=insist)
        if solution is None:
            return None
        up, down = np.rint(solution).astype(np.int64).reshape(2, -1)
        changes = up - down
        # What proves that the cells are safe is this check in whole numbers, not the solver's rounding.
        is_within = (changes + room >= 0).all() and (changes <= ceiling).all()
        if not (self._sums @ changes).any() and is_within and changes[list(places)].all():
            return {self._variables[place]: int(changes[place]) for place in changes.nonzero()[0]}
        if insist:
            raise ArithmeticError("The solver's answer is no move.")
        return None

    def _solve(self, lowest: Any, highest: Any, *, insist: bool) -> Any:
        """The cheapest way up and down for each variable, or None; in whole numbers when insisted on."""
        costs, sums = np.concatenate([self._costs, self._costs]), hstack([self._sums, -self._sums]).tocsr()
        none = np.zeros(sums.shape[0])
        found = linprog(costs, A_eq=sums, b_eq=none, bounds=np.stack([lowest, highest], axis=1), method="highs")
        if insist and found.status == SOLVED and np.abs(found.x - np.rint(found.x)).max() > TOLERANCE:
            # The quick programme has split a person in two, which happens from three dimensions on.
            sums_hold, within = LinearConstraint(sums, none, none), Bounds(lowest, highest)
            found = milp(costs, constraints=sums_hold, bounds=within, integrality=np.ones(len(costs)))
        if insist and found.status not in (SOLVED, NO_WAY):
            raise ArithmeticError(f"The solver gave up: {found.message}")
        return found.x


def _matrix(rows: Iterable[Row], place: Mapping[Variable, int]) -> Any:
    """One row for each sum, −1 for its total and 1 for its parts; what is known to readers does not move."""
    entries: list[tuple[int, int, int]] = []
    number = 0
    for row in rows:
        moving = [(place[part], 1) for part in row.parts if part in place]
        moving += [(place[row.total], -1)] if row.total in place else []
        entries += [(number, at, sign) for at, sign in moving]
        number += bool(moving)
    at, places, signs = zip(*entries, strict=True) if entries else ((), (), ())
    return csc_matrix((signs, (at, places)), shape=(number, len(place)), dtype=np.int64)


def _heights(rows: Sequence[Row]) -> Mapping[Variable, int]:
    """How many sums stand below each variable: 0 for what is no total."""
    heights: dict[Variable, int] = defaultdict(int)
    for _ in rows:
        before = dict(heights)
        for row in rows:
            heights[row.total] = max(heights[row.total], 1 + max(heights[part] for part in row.parts))
        if heights == before:
            break
    return heights
