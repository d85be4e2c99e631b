"""A reader who works out what a row of releases hides, by other means than the product's own."""

from collections.abc import Iterator, Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from samloft.indicators.suppression.counts import Key, Shown

# A cell and its count: a cell that was not revised is the same cell, for its neighbours tell the reader so.
Cell = tuple[Key, int]
NO_END = 10_000


def worked_out(releases: Sequence[Shown]) -> dict[Cell, int]:
    """The hidden cells that can hold only one number.

    The reader knows every shown count and every sum, that counts are whole numbers, and that zeros are shown
    where they are. What a table lacks altogether is taken to be known to the reader from elsewhere.
    """
    sums = [each for release in releases for each in _sums(release)]
    told = {cell for release in releases for cell in release.counts.values.items()}
    cells = sorted(told | {cell for total, parts, _ in sums for cell in (total, *parts)}, key=repr)
    no_end = float(max([NO_END, *(4 * value for _, value in cells)]))
    place = {cell: at for at, cell in enumerate(cells)}
    lowest, highest = np.zeros(len(cells)), np.full(len(cells), no_end)
    for release in releases:
        for key, value in release.counts.values.items():
            at = place[key, value]
            if key in release.hidden:
                lowest[at] = max(lowest[at], 0 if release.hides_zeros else 1)
            elif key in release.counts.secret:
                lowest[at] = max(lowest[at], min(value, 1))
            elif key not in release.counts.unprinted:
                lowest[at] = highest[at] = value
    matrix, right = np.zeros((len(sums), len(cells))), [known for _, _, known in sums]
    for row, (total, parts, _) in enumerate(sums):
        matrix[row, place[total]] -= 1
        for part in parts:
            matrix[row, place[part]] += 1
    held = [LinearConstraint(matrix, right, right)] if sums else []

    def least(cell: Cell, sign: int) -> int:
        goal = np.zeros(len(cells))
        goal[place[cell]] = sign
        answer = milp(goal, constraints=held, bounds=Bounds(lowest, highest), integrality=np.ones(len(goal)))
        assert answer.success, answer.message
        return sign * round(answer.fun)

    secrets = sorted(set(_secrets(releases)), key=repr)
    return {cell: found for cell in secrets if (found := least(cell, 1)) == least(cell, -1)}


def _secrets(releases: Sequence[Shown]) -> Iterator[Cell]:
    for release in releases:
        for key, value in release.counts.values.items():
            is_small = key in release.counts.unprinted and 0 < value < release.threshold
            if key in release.hidden or (key in release.counts.secret and value) or is_small:
                yield key, value


def _sums(release: Shown) -> Iterator[tuple[Cell, list[Cell], int]]:
    """Each total with its parts, and what is known that makes the parts up to less. A total that stands nowhere
    is some number all the same."""
    values = dict(release.counts.values)
    for _ in release.counts.sums:  # a total of totals may come before its parts
        for each in release.counts.sums:
            if any(part in values for part in each.parts):
                values.setdefault(each.total, sum(values.get(part, 0) for part in each.parts))
    for each in release.counts.sums:
        parts = [(part, values[part]) for part in each.parts if part in values]
        if parts:
            of_parts = sum(value for _, value in parts)
            yield (each.total, values[each.total]), parts, of_parts - values[each.total]
