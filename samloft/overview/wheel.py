"""Where things stand on the picture of a year: the months clockwise from the top, each deadline at its day."""

from calendar import isleap, monthrange
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import asin, cos, degrees, hypot, pi, sin

Point = tuple[float, float]

CENTRE = 220
OUTER, INNER = 214, 186
# From the rim inwards; deadlines of the same days stand behind each other.
RINGS = (168, 142, 116, 90)
DOT = 12
APART = 2 * DOT + 1
# How far from its day a deadline may be put when the places there are taken, in degrees.
NUDGES = sorted(range(-28, 29, 2), key=abs)


@dataclass(frozen=True)
class Month:
    """A segment: the start of `path` is its outline, and its name stands at `x`, `y`."""

    first_day: date
    path: str
    x: str
    y: str


@dataclass(frozen=True)
class Place:
    x: str
    y: str


@dataclass(frozen=True)
class Hand:
    """The line at today."""

    x1: str
    y1: str
    x2: str
    y2: str


def months(year: int) -> list[Month]:
    return [_month(year, number) for number in range(1, 13)]


def hand(today: date) -> Hand:
    angle = _angle(today)
    return Hand(*map(_shown, (*_point(angle, RINGS[-1] - DOT - 10), *_point(angle, INNER))))


def places(days: Sequence[date]) -> list[Place]:
    """A place for each day, in the order given. No two meet while there is room in the month."""
    # Places never lie over the line to the next month, so only those of the month can be in the way.
    taken: defaultdict[int, list[Point]] = defaultdict(list)
    full: set[int] = set()
    found = []
    for day in days:
        point = None if day.month in full else _free(day, taken[day.month])
        if point is None:
            full.add(day.month)
            point = next(_candidates(day))
        taken[day.month].append(point)
        found.append(Place(*map(_shown, point)))
    return found


def _free(day: date, taken: Sequence[Point]) -> Point | None:
    """The best place that nothing stands in; None when the month is full."""
    for point in _candidates(day):
        if all(hypot(point[0] - x, point[1] - y) >= APART for x, y in taken):
            return point
    return None


def _candidates(day: date) -> Iterator[Point]:
    """The places that may be used for the day, the best first. None lies over the line to the next month."""
    first, last = _bounds(day)
    for nudge in NUDGES:
        for ring in RINGS:
            margin = degrees(asin((DOT + 1) / ring))
            angle = min(max(_angle(day) + nudge, first + margin), last - margin)
            yield _point(angle, ring)


def _bounds(day: date) -> tuple[float, float]:
    last = day.replace(day=monthrange(day.year, day.month)[1])
    return _angle(day.replace(day=1)), _angle(last) + 360 / _length(day.year)


def _month(year: int, number: int) -> Month:
    first_day = date(year, number, 1)
    start, end = _bounds(first_day)
    corners = [_point(start, OUTER), _point(end, OUTER), _point(end, INNER), _point(start, INNER)]
    a, b, c, d = (f"{_shown(x)} {_shown(y)}" for x, y in corners)
    path = f"M{a}A{OUTER} {OUTER} 0 0 1 {b}L{c}A{INNER} {INNER} 0 0 0 {d}Z"
    return Month(first_day, path, *map(_shown, _point((start + end) / 2, (OUTER + INNER) / 2)))


def _length(year: int) -> int:
    return 366 if isleap(year) else 365


def _angle(day: date) -> float:
    """Degrees clockwise from the top."""
    return (day.timetuple().tm_yday - 1) * 360 / _length(day.year)


def _point(angle: float, radius: float) -> Point:
    turned = angle * pi / 180
    return CENTRE + radius * sin(turned), CENTRE - radius * cos(turned)


def _shown(number: float) -> str:
    """With a point whatever the reader's language, as SVG wants it."""
    return f"{number:.1f}"
