"""The figure of a larger area from those of its parts, by the indicator's rule; never by guessing (F1).

A part whose figure is missing makes the whole incomplete, and is named. `-` is Statistics Norway's sign for none,
and counts as nothing; a hidden figure (`:`) is never counted as anything.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from samloft.indicators.models import Aggregation, Missing

# What a ratio is multiplied with to be shown in the unit.
FACTORS = {"%": 100, "‰": 1000, "per 1 000": 1000, "per 100 000": 100_000}


class Part(NamedTuple):
    """One area's contribution. `weight` is its population, where the rule asks for it."""

    name: str
    value: float | None
    missing: str = ""
    numerator: float | None = None
    denominator: float | None = None
    weight: float | None = None


@dataclass(frozen=True)
class Whole:
    """`value` is None while a part lacks what the rule needs; `lacking` names those parts."""

    value: float | None
    contributors: tuple[str, ...]
    lacking: tuple[str, ...]
    numerator: float | None = None
    denominator: float | None = None


def aggregate(parts: Sequence[Part], rule: str, unit: str) -> Whole:
    """Put the parts together by the rule. Nothing comes of no parts, or of a rule that says so."""
    if not parts or rule == Aggregation.NOT_AGGREGABLE:
        return Whole(None, (), tuple(part.name for part in parts))
    usable = _USABLE[Aggregation(rule)]
    judged = [(part.name, usable(part)) for part in parts]
    contributors = tuple(name for name, is_usable in judged if is_usable)
    lacking = tuple(name for name, is_usable in judged if not is_usable)
    if lacking:
        return Whole(None, contributors, lacking)
    return _COMPLETE[Aggregation(rule)](parts, contributors, unit)


def amount(part: Part) -> float | None:
    """The part's value, where `-` is none."""
    return 0.0 if part.missing == Missing.NONE else part.value


def _numerator(part: Part) -> float | None:
    """Who is counted; `-` says nobody, of however many there are."""
    if part.missing not in ("", Missing.NONE):
        return None
    return 0.0 if part.missing == Missing.NONE and part.numerator is None else part.numerator


def _sum(parts: Sequence[Part], contributors: tuple[str, ...], unit: str) -> Whole:
    return Whole(sum(amount(part) or 0 for part in parts), contributors, ())


def _ratio(parts: Sequence[Part], contributors: tuple[str, ...], unit: str) -> Whole:
    above = sum(_numerator(part) or 0 for part in parts)
    below = sum(part.denominator or 0 for part in parts)
    value = above / below * FACTORS.get(unit, 1) if below else None
    return Whole(value, contributors, (), above, below)


def _mean(parts: Sequence[Part], contributors: tuple[str, ...], unit: str) -> Whole:
    people = sum(part.weight or 0 for part in parts)
    value = sum((amount(part) or 0) * (part.weight or 0) for part in parts) / people if people else None
    return Whole(value, contributors, ())


_USABLE: Mapping[Aggregation, Callable[[Part], bool]] = {
    Aggregation.SUM: lambda part: amount(part) is not None,
    # A stock, such as the number of people: its last figure of the year stands, and areas add up.
    Aggregation.LAST: lambda part: amount(part) is not None,
    Aggregation.POPULATION_WEIGHTED_MEAN: lambda part: amount(part) is not None and part.weight is not None,
    Aggregation.RATIO_OF_SUMS: lambda part: _numerator(part) is not None and part.denominator is not None,
}
_COMPLETE = {
    Aggregation.SUM: _sum,
    Aggregation.LAST: _sum,
    Aggregation.POPULATION_WEIGHTED_MEAN: _mean,
    Aggregation.RATIO_OF_SUMS: _ratio,
}
