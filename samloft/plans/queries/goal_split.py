"""How the money of a measure falls on the goals that it serves (B5).

Nobody pays money to a goal, so every split is an estimate and says so where it is shown. It is exact all the same:
the parts of a measure sum to its amount, to the øre.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """What falls on one goal of one measure's money, in øre. The weight is in percent; None where none is set."""

    measure: int
    goal: int
    weight: int | None
    amount: int


def share_out(amount: int, weights: Sequence[int | None]) -> list[int]:
    """Split whole øre by weights in percent; None shares what the others leave, equally. Sums exactly.

    The øre that are left over by rounding down go to the largest remainders, the first first.
    """
    if len(weights) < 2:
        return [amount] * len(weights)
    stated = sum(weight for weight in weights if weight is not None)
    unstated = sum(1 for weight in weights if weight is None)
    # Everything times the number of goals without a weight, so that their shares are whole numbers too.
    each, scale = max(100 - stated, 0), max(unstated, 1)
    shares = [each if weight is None else weight * scale for weight in weights]
    if not sum(shares):
        shares = [1] * len(weights)
    whole = sum(shares)
    parts = [amount * share // whole for share in shares]
    by_remainder = sorted(range(len(parts)), key=lambda index: (-(amount * shares[index] % whole), index))
    for index in by_remainder[: amount - sum(parts)]:
        parts[index] += 1
    return parts


def split(amounts: Mapping[int, int], links: Iterable[tuple[int, int, int | None]]) -> list[Part]:
    """The parts of every link `(measure, goal, weight)`, in the order of the links.

    A measure without an amount has parts of 0 øre. Amounts of measures without links are in no part.
    """
    of_measure: dict[int, list[tuple[int, int | None]]] = {}
    links = list(links)
    for measure, goal, weight in links:
        of_measure.setdefault(measure, []).append((goal, weight))
    shares = {
        (measure, goal): amount
        for measure, goals in of_measure.items()
        for (goal, _weight), amount in zip(
            goals, share_out(amounts.get(measure, 0), [weight for _goal, weight in goals]), strict=True
        )
    }
    return [Part(measure, goal, weight, shares[measure, goal]) for measure, goal, weight in links]
