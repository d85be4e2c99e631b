"""Series of figures for areas: what the source gives, and what the areas before gave (F2, F4)."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple

from samloft.indicators.models import Aggregation, Indicator, Missing, Observation, StatisticsImport
from samloft.indicators.queries.aggregation import Part, aggregate
from samloft.indicators.queries.lineage import Lineage, Segment
from samloft.indicators.queries.owners import Owners
from samloft.places.models import Area

POPULATION = "population_total"
_IN_TIME = attrgetter("year", "period")
# How long periods last, from the letter in the middle of those that are parts of a year.
PARTS_OF_A_YEAR = {"H": 2, "K": 3, "M": 4, "U": 5}
_YEARS = re.compile(r"(\d{4})-(\d{4})")
# Reasons that say the same of a whole when all of its parts give them.
_OF_ALL = (Missing.CANNOT_OCCUR, Missing.NOT_AVAILABLE, Missing.NOT_YET)


class Point(NamedTuple):
    """One period of a series, as it is stored or put together. `after_break`: not to be compared with the period
    before without care.

    `contributors`, `lacking` and `batch_ids` are set when the figure is put together from several areas. `covers`
    is their share of the people when it is known not to be all.
    """

    period: str
    year: int
    value: float | None
    missing: str = ""
    numerator: float | None = None
    denominator: float | None = None
    is_provisional: bool = False
    batch_id: int | None = None
    after_break: bool = False
    contributors: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    batch_ids: tuple[int, ...] = ()
    covers: float | None = None

    @property
    def came_in(self) -> tuple[int, ...]:
        """All the deliveries that the figure comes from."""
        return self.batch_ids or ((self.batch_id,) if self.batch_id else ())

    @property
    def amount(self) -> float | None:
        """The value to compare and count with: `-` says none, which is a number."""
        return 0.0 if self.missing == Missing.NONE else self.value

    @property
    def first_year(self) -> int:
        """The first year of several that the period is about."""
        years = _YEARS.fullmatch(self.period)
        return int(years[1]) if years else self.year


# The fields of a point that are stored, and what the others say of one that was not put together.
STORED = Point._fields[: Point._fields.index("batch_id") + 1]
_NOT_STORED = tuple(Point._field_defaults[name] for name in Point._fields[len(STORED) :])

# All figures at hand: (indicator id, area id) → period → figure.
Figures = dict[tuple[int, int], dict[str, Point]]


class Span(NamedTuple):
    """An area that a series was about from one year to another."""

    area: Area
    first: int
    last: int


@dataclass(frozen=True)
class Series:
    """`spans` has more than one when the series went from area to area: the county that a municipality lay in."""

    area: Area
    points: tuple[Point, ...] = field(default=())  # oldest first
    spans: tuple[Span, ...] = ()  # oldest first

    @property
    def name(self) -> str:
        """`Østfold (Viken 2020–2023)`: the newest area, and those of another name before it."""
        others = [
            f"{span.area.name} {span.first}–{span.last}"
            if span.first != span.last
            else f"{span.area.name} {span.last}"
            for span in self.spans
            if span.area.name != self.area.name
        ]
        return f"{self.area.name} ({', '.join(others)})" if others else self.area.name

    def area_in(self, year: int) -> Area:
        """The area that the series is about in that year."""
        return next((span.area for span in self.spans if span.first <= year <= span.last), self.area)

    def at(self, period: str) -> Point | None:
        # The newest is asked for most.
        return next((point for point in reversed(self.points) if point.period == period), None)

    @property
    def latest(self) -> Point | None:
        """The newest period with a figure; else the newest of all, which says why there is none."""
        known = [point for point in self.line if point.amount is not None] or self.line
        return known[-1] if known else None

    @cached_property
    def line(self) -> tuple[Point, ...]:
        """The points to hold up against each other: of one length, years if there are figures of years."""
        by_length = _by_length(point for point in self.points if point.amount is not None)
        if not by_length:
            by_length = _by_length(self.points)
        chosen = min(by_length, default=None)
        return tuple(point for point in self.points if length_of(point.period) == chosen)


def figures(area_ids: Iterable[int], indicator_ids: Iterable[int], owners: Owners) -> Figures:
    """The whole figures in use for these areas: the open ones, and the owners' own. Two queries.

    Of one place an owner reads its own figure, for it brought that in knowingly; without a value, the open one.
    """
    rows = Observation.objects.in_use(owners).whole().filter(area_id__in=set(area_ids))
    rows = rows.filter(indicator_id__in=set(indicator_ids))
    deliveries = StatisticsImport.objects.visible().filter(municipality__in=owners).order_by()
    own = set(deliveries.values_list("pk", flat=True))
    found: Figures = {}
    # After the two that say where it belongs. Thousands pass here for a page.
    stored: Any = rows.order_by().values_list("indicator_id", "area_id", *STORED)
    for row in stored:
        point, of_place = Point._make((*row[2:], *_NOT_STORED)), found.setdefault(row[:2], {})
        before = of_place.get(point[0])
        if before is None or _rank(point, own) > _rank(before, own):
            of_place[point[0]] = point
    return found


def _rank(point: Point, own: Collection[int | None]) -> tuple[bool, bool]:
    return point.amount is not None, point.batch_id in own


def own_series(indicator: Indicator, lineage: Lineage, known: Figures, population_id: int | None) -> Series:
    """The area's figures, with those of the areas it came from for the years before.

    A figure that the source itself gives for the area wins over one put together from predecessors: sources
    often carry series back through new codes. For years before the code they may also say that there is none;
    then the predecessors are asked. An area that took in others without a new code has no such figures: those
    before are of a smaller area, unless the source has none for the others.
    """
    own = known.get((indicator.pk, lineage.area.pk), {})
    if len(lineage.segments) == 1:
        return Series(lineage.area, in_order(own.values()))
    found = dict(_given(indicator, lineage, own, known))
    for number, segment in enumerate(lineage.segments[1:], 1):
        for figure in periods_of(indicator, segment.areas, known):
            before = found.get(figure.period)
            if segment.touches(figure.first_year, figure.year) and (before is None or _may_be_better(before)):
                at = (figure.period, figure.year)
                names = tuple(area.name for area in segment.lacking)
                point = together(indicator, segment.areas, at, known, population_id, names)
                if before is None or point.amount is not None:
                    found[figure.period] = _Placed(point, number)
    for period, figure in own.items():
        found.setdefault(period, _Placed(figure, 0))
    return Series(lineage.area, in_order(_with_breaks(found.values(), lineage.segments)))


class _Placed(NamedTuple):
    """A point and the segment of the lineage that it is of; `is_given` when the source gives it for the area."""

    point: Point
    segment: int
    is_given: bool = False


def _given(
    indicator: Indicator, lineage: Lineage, own: Mapping[str, Point], known: Figures
) -> Iterable[tuple[str, _Placed]]:
    """What the source gives for the area as it is now, also of years before its code."""
    newest = lineage.segments[0]
    for period, figure in own.items():
        numbered = enumerate(lineage.segments)
        number, segment = next((one for one in numbered if one[1].covers(figure.year)), (0, newest))
        if segment.has_beside_others(lineage.area):
            others = (area for area in segment.areas if area != lineage.area)
            if not any(period in known.get((indicator.pk, area.pk), {}) for area in others):
                yield period, _Placed(figure, number)
        elif figure.amount is not None or newest.covers(figure.first_year):
            yield period, _Placed(figure, number, is_given=True)


def _may_be_better(placed: _Placed) -> bool:
    """Several years may touch two segments; the older one is asked when the newer has no figure."""
    return not placed.is_given and placed.point.amount is None and placed.point.first_year < placed.point.year


def length_of(period: str) -> tuple[int, int]:
    """How long the period lasts, for sorting and telling apart: a year, several years, then parts of a year."""
    if period.isdecimal():
        return 0, 1
    if years := _YEARS.fullmatch(period):
        return 1, int(years[2]) - int(years[1]) + 1
    return PARTS_OF_A_YEAR.get(period[4:5], 6), 0


def _by_length(points: Iterable[Point]) -> dict[tuple[int, int], list[Point]]:
    found: dict[tuple[int, int], list[Point]] = {}
    for point in points:
        found.setdefault(length_of(point.period), []).append(point)
    return found


def in_order(points: Iterable[Point]) -> tuple[Point, ...]:
    """Oldest first."""
    return tuple(sorted(points, key=_IN_TIME))


def together(
    indicator: Indicator,
    areas: Sequence[Area],
    at: tuple[str, int],
    known: Figures,
    population_id: int | None,
    lacking: tuple[str, ...] = (),
) -> Point:
    """The figure of several areas for one period, by the indicator's rule; of one area, its own.

    `lacking` are the names of areas that are known to be missing among them.
    """
    period, year = at
    found = [known.get((indicator.pk, area.pk), {}).get(period) for area in areas]
    if len(areas) == 1 and found[0] is not None and not lacking:
        return found[0]
    reasons = {figure.missing if figure else "" for figure in found}
    if len(reasons) == 1 and (reason := reasons.pop()) in _OF_ALL:
        # A survey that was not made that year: it is the whole's reason too.
        return Point(period, year, None, reason, batch_id=next(figure.batch_id for figure in found if figure))
    if indicator.aggregation == Aggregation.POPULATION_WEIGHTED_MEAN:
        weights = [population_of(area, period, year, known, population_id) for area in areas]
    else:
        weights = [None] * len(areas)
    parts = [_part(*one) for one in zip(areas, found, weights, strict=True)]
    whole = aggregate(parts, indicator.aggregation, indicator.unit)
    value = None if lacking else whole.value
    return Point(
        period=period,
        year=year,
        value=value,
        missing="" if value is not None else Missing.UNKNOWN,
        numerator=None if lacking else whole.numerator,
        denominator=None if lacking else whole.denominator,
        is_provisional=any(figure.is_provisional for figure in found if figure),
        contributors=whole.contributors,
        lacking=(*whole.lacking, *lacking),
        batch_id=next((figure.batch_id for figure in found if figure), None),
        batch_ids=tuple(dict.fromkeys(figure.batch_id for figure in found if figure and figure.batch_id)),
    )


def _part(area: Area, figure: Point | None, weight: float | None) -> Part:
    if figure is None:
        return Part(area.name, None, Missing.UNKNOWN, weight=weight)
    return Part(area.name, figure.value, figure.missing, figure.numerator, figure.denominator, weight)


def population_of(area: Area, period: str, year: int, known: Figures, population_id: int | None) -> float | None:
    people = known.get((population_id or 0, area.pk), {})
    figure = people.get(period) or people.get(str(year))
    return figure.amount if figure else None


def periods_of(indicator: Indicator, areas: Sequence[Area], known: Figures) -> Iterable[Point]:
    """A figure for each period that any of the areas has one of."""
    found: dict[str, Point] = {}
    for area in areas:
        found.update(known.get((indicator.pk, area.pk), {}))
    return in_order(found.values())


def _with_breaks(placed: Iterable[_Placed], segments: Sequence[Segment]) -> Iterable[Point]:
    """Mark the first period after a merger or a new boundary, unless the source carried the series through.

    Each length of period is a series of its own.
    """
    before: dict[tuple[int, int], _Placed] = {}
    for one in sorted(placed, key=lambda placed: _IN_TIME(placed.point)):
        length = length_of(one.point.period)
        last = before.get(length)
        broken = last is not None and not (last.is_given and one.is_given) and _is_break(last, one, segments)
        yield one.point._replace(after_break=True) if broken else one.point
        before[length] = one


def _is_break(earlier: _Placed, later: _Placed, segments: Sequence[Segment]) -> bool:
    return any(segment.breaks for segment in segments[later.segment + 1 : earlier.segment + 1])
