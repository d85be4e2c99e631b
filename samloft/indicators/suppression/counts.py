"""A table of counts as a reader meets it: its cells, and how they add up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

Key = tuple[str, ...]  # a category from each dimension


@dataclass(frozen=True)
class Sum:
    """Readers know that the parts make up the total. Parts that the table lacks are taken to be known."""

    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True)
class Counts:
    """`values` holds the true counts. `unprinted` are cells that stand nowhere, yet may follow from what does:
    those who are *not* in a share whose denominator is printed too, areas that were not chosen, and those without
    a figure. `secret` are those of them that the source keeps hidden, however large they are. `elsewhere` are
    cells that are not in the table, but that everybody may read in another: they cannot be hidden."""

    values: Mapping[Key, int]
    sums: tuple[Sum, ...] = ()
    unprinted: frozenset[Key] = frozenset()
    secret: frozenset[Key] = frozenset()
    elsewhere: frozenset[Key] = frozenset()

    def __post_init__(self) -> None:
        if any(value < 0 for value in self.values.values()):
            raise ValueError("A count is never below zero.")


@dataclass(frozen=True)
class Shown:
    """An earlier release: the counts as they were then, which cells were hidden, and its rule for small ones."""

    counts: Counts
    hidden: frozenset[Key]
    threshold: int
    hides_zeros: bool = False


@dataclass(frozen=True)
class Dimension:
    """`totals` says which of the categories are the sum of others; sub-totals may stand below totals."""

    categories: tuple[str, ...]
    totals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def sums_over(dimensions: Iterable[Dimension]) -> tuple[Sum, ...]:
    """Every sum in a table with these dimensions. A cell's key is a tuple with a category of each."""
    dimensions = tuple(dimensions)
    found = []
    for place, dimension in enumerate(dimensions):
        others = [[""] if at == place else other.categories for at, other in enumerate(dimensions)]
        for total, parts in dimension.totals.items():
            for rest in product(*others):
                before, after = rest[:place], rest[place + 1 :]
                found.append(Sum((*before, total, *after), tuple((*before, part, *after) for part in parts)))
    return tuple(found)


def shares(
    numerators: Mapping[Key, int], denominators: Mapping[Key, int], sums: Iterable[Sum] = ()
) -> tuple[Counts, Shown]:
    """The counts behind shares, and what readers know before they see them: the denominators, which tell how many
    are in the group once the share is known, and so how many are not.

    Keys become `("in", …)`, `("of", …)` and `("rest", …)`; `sums` hold for all three.
    """
    values: dict[Key, int] = {}
    within = []
    for key, count in numerators.items():
        values["in", *key] = count
        if key in denominators:
            values["rest", *key] = denominators[key] - count
            within.append(Sum(("of", *key), (("in", *key), ("rest", *key))))
    across = [
        Sum((kind, *each.total), tuple((kind, *part) for part in each.parts))
        for kind in ("in", "rest")
        for each in sums
    ]
    known = Counts({("of", *key): whole for key, whole in denominators.items()})
    counts = Counts(values, (*within, *across), frozenset(key for key in values if key[0] == "rest"))
    return counts, Shown(known, frozenset(), threshold=0)
