"""What a chart shows, before anybody has drawn it. Frozen and hashable: the same description is the same chart.

A value that is None is unknown, and stays a gap; `missing` says in words why. Names and titles are already in the
reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """One value of a line: `at` is its place on the time axis, `label` the period as it is read.

    `after_break`: the figures before and after are not made in the same way, so no line joins them.
    """

    at: float
    label: str
    value: float | None
    missing: str = ""
    after_break: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class LineChart:
    """Values over time, the most important line first."""

    title: str
    lines: tuple[Line, ...]
    unit: str
    decimals: int = 1
    source: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """`low` and `high` bound the value where its uncertainty is known; `is_main` is the one the chart is about."""

    name: str
    value: float | None
    missing: str = ""
    low: float | None = None
    high: float | None = None
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class DotChart:
    """One value for each name, beneath each other in the order given."""

    title: str
    dots: tuple[Dot, ...]
    unit: str
    decimals: int = 1
    source: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    name: str
    value: float | None
    other: float | None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class PairChart:
    """Two values for each name, and the distance between them: `names` says whose they are."""

    title: str
    names: tuple[str, str]
    pairs: tuple[Pair, ...]
    unit: str
    decimals: int = 1
    source: str = ""


Chart = LineChart | DotChart | PairChart
