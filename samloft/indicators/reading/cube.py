"""What every statistics file is turned into: dimensions, and a stream of the figures they span."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import NamedTuple, Protocol

from django.utils.translation import gettext_noop as _

from samloft.core.said import Said, SaidAbout, said
from samloft.indicators.reading.limits import MOST_PROBLEMS

# Statistics Norway's symbols for a figure that is not there.
MISSING_SYMBOLS = frozenset({".", "..", "...", ":", "-"})
# The reason for an empty place that nobody has explained.
UNKNOWN = "unknown"

Number = int | float
Positions = tuple[int, ...]


@dataclass(frozen=True)
class Dimension:
    """`codes` and `labels` are the categories in the order of the figures; `role` is what the file says itself."""

    id: str
    label: str
    role: str | None  # time, geo, metric
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    parents: frozenset[str] = frozenset()  # the codes that others add up to
    units: tuple[tuple[str, str], ...] = ()  # code and unit, where the file tells

    @property
    def size(self) -> int:
        return len(self.codes)


class Figure(NamedTuple):
    """One place in the table. Without a value `status` is why; with a value it is a mark such as `*`, or empty."""

    positions: Positions
    value: Number | None
    status: str


@dataclass(frozen=True)
class About:
    """What the file says of itself; empty where it says nothing."""

    title: str = ""
    table: str = ""
    source: str = ""
    updated: str = ""
    notes: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()  # the tables or sheets in the file, when there are several to choose from
    choice: str = ""
    left_out: tuple[str, ...] = ()  # headings of columns that neither name nor hold figures
    columns: tuple[str, ...] = ()  # all headings, in a table where a person may say which columns hold figures
    figures: tuple[str, ...] = ()  # the headings of those that do


@dataclass
class Problems:
    """What a person must look at, place by place. The first are told, the rest counted."""

    told: list[SaidAbout] = field(default_factory=list)
    count: int = 0
    # Numbers that a symbol takes the place of: they stop nothing, but a person should know.
    overruled: int = 0
    first_overruled: SaidAbout | None = None

    def add(self, where: Said, message: Said) -> None:
        self.count += 1
        if len(self.told) < MOST_PROBLEMS:
            self.told.append(SaidAbout(where, message))

    def overrule(self, where: Said, number: Number, symbol: str) -> None:
        self.overruled += 1
        if self.first_overruled is None:
            message = said(
                _("The file has both the number %(number)s and the symbol “%(symbol)s”. The symbol counts."),
                number=str(number)[:40],
                symbol=symbol,
            )
            self.first_overruled = SaidAbout(where, message)

    def notices(self) -> list[SaidAbout]:
        """What stops nothing, and should be known."""
        if self.first_overruled is None:
            return []
        if self.overruled == 1:
            return [self.first_overruled]
        more = said(_("The same in %(count)d other places."), count=self.overruled - 1)
        return [self.first_overruled, SaidAbout(said(_("The file")), more)]

    def all(self) -> list[SaidAbout]:
        if self.count <= len(self.told):
            return list(self.told)
        more = said(_("%(count)d more of the same kind are not listed."), count=self.count - len(self.told))
        return [*self.told, SaidAbout(said(_("The file")), more)]


_TABLE = re.compile(r"\s*(?:tabell\s+)?([0-9]{3,6}[a-z]?)\s*:", re.I)


def table_in(title: str) -> str:
    """The id of the table, when its title begins with one as those of Statistics Norway do."""
    found = _TABLE.match(title)
    return found[1] if found else ""


class Cube(Protocol):
    """A table that has been opened: described at once, its figures read as often as one asks."""

    @property
    def dimensions(self) -> tuple[Dimension, ...]: ...

    @property
    def about(self) -> About: ...

    @property
    def places(self) -> int:
        """How many places the table has when every one counts, said or not; else 0."""
        ...

    @property
    def is_in_order(self) -> bool:
        """Whether the figures come in the order of the dimensions, the last changing fastest."""
        ...

    def figures(self, problems: Problems) -> Iterator[Figure]:
        """The figures that the file states, and the places it leaves open with or without a reason."""
        ...


def cells(dimensions: Sequence[Dimension]) -> int:
    """How many places the table has."""
    return prod(dimension.size for dimension in dimensions)


def place(dimensions: Sequence[Dimension], positions: Positions) -> Said:
    """Where in the table a figure stands, for people: the labels of its categories."""
    labels = [dimension.labels[at] for dimension, at in zip(dimensions, positions, strict=True)]
    return (
        said(_("The figure for %(labels)s"), labels=", ".join(labels)[:200]) if labels else said(_("The figure"))
    )


@dataclass(frozen=True)
class Counts:
    """`present` figures, and how many are missing for each reason."""

    present: int
    missing: dict[str, int]


def count(cube: Cube, problems: Problems) -> Counts:
    """Read all figures and count them. A place that the table has and the file passes over is missing too."""
    present = 0
    missing: Counter[str] = Counter()
    wrong = problems.count
    for figure in cube.figures(problems):
        if figure.value is None:
            missing[figure.status] += 1
        else:
            present += 1
    silent = cube.places - present - missing.total() - (problems.count - wrong)
    if silent > 0:
        missing[UNKNOWN] += silent
    return Counts(present, dict(sorted(missing.items())))
