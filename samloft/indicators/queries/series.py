"""Series of figures for areas: one area's own through its lineage, or put together from its parts (F2, F4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from samloft.indicators.models import Aggregation, Indicator, Missing, Observation
from samloft.indicators.queries.aggregation import Part, aggregate
from samloft.indicators.queries.lineage import Lineage, Segment
from samloft.places.models import Area

POPULATION = "population_total"
_IN_TIME = attrgetter("year", "period")
# Parts with fewer of an area's people than this are not the whole of it.
WHOLE = 0.95
# Reasons that say the same of a whole when all of its parts give them.
_OF_ALL = (Missing.CANNOT_OCCUR, Missing.NOT_AVAILABLE, Missing.NOT_YET)


class Point(NamedTuple):
    """One period of a series, as it is stored or put together. `after_break`: not to be compared with the period
    before without care.

    `contributors`, `lacking` and `batch_ids` are set when the figure is put together from several areas.
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

    @property
    def came_in(self) -> tuple[int, ...]:
        """All the deliveries that the figure comes from."""
        return self.batch_ids or ((self.batch_id,) if self.batch_id else ())


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
        known = [point for point in self.points if point.value is not None] or self.points
        return known[-1] if known else None


def figures(area_ids: Iterable[int], indicator_ids: Iterable[int] | None = None) -> Figures:
    """The whole figures in use for these areas. One query."""
    rows = Observation.objects.in_use().whole().filter(area_id__in=set(area_ids))
    if indicator_ids is not None:
        rows = rows.filter(indicator_id__in=set(indicator_ids))
    found: Figures = {}
    # After the two that say where it belongs. Thousands pass here for a page.
    stored: Any = rows.order_by().values_list("indicator_id", "area_id", *STORED)
    for row in stored:
        point = Point._make((*row[2:], *_NOT_STORED))
        found.setdefault(row[:2], {})[point[0]] = point
    return found


def own_series(indicator: Indicator, lineage: Lineage, known: Figures, population_id: int | None) -> Series:
    """The area's figures, with those of the areas it came from for the years before.

    A figure that the source itself gives for the area wins over one put together from predecessors: sources
    often carry series back through new codes. For years before the code they may also say that there is none;
    then the predecessors are asked.
    """
    own = known.get((indicator.pk, lineage.area.pk), {})
    if len(lineage.segments) == 1:
        return Series(lineage.area, in_order(own.values()))
    newest = lineage.segments[0]
    given = {at: figure for at, figure in own.items() if figure.value is not None or newest.covers(figure.year)}
    points = dict(given)
    for segment in lineage.segments[1:]:
        for period, year in _periods(indicator, segment.areas, known):
            if period not in points and segment.covers(year):
                points[period] = together(indicator, segment.areas, (period, year), known, population_id)
    for period, figure in own.items():
        points.setdefault(period, figure)
    return Series(lineage.area, tuple(_with_breaks(in_order(points.values()), given, lineage)))


def series_of_parts(
    indicator: Indicator,
    area: Area,
    parts: Sequence[Area],
    known: Figures,
    population_id: int | None,
    people: Series | None = None,
) -> Series:
    """The figures of an area that has none of its own, put together from the parts it had at each time.

    `people` is the area's own population. Where the parts have fewer people than the area, a part of it is not
    among them, and there is no figure.
    """
    points = []
    for at in _periods(indicator, parts, known):
        of_the_time = [part for part in parts if existed(part, at[1])]
        point = together(indicator, of_the_time, at, known, population_id)
        if point.value is not None and not _are_all(of_the_time, at, known, population_id, people):
            rest = _("the rest of %(area)s") % {"area": area.name}
            point = Point(*at, None, Missing.UNKNOWN, contributors=point.contributors, lacking=(rest,))
        points.append(point)
    return Series(area, in_order(points))


def _are_all(
    parts: Sequence[Area], at: tuple[str, int], known: Figures, population_id: int | None, people: Series | None
) -> bool:
    """False when it is known that the parts have too few people; what is unknown refutes nothing."""
    whole = (people.at(at[0]) or people.at(str(at[1]))) if people else None
    inside = [_population(part, *at, known, population_id) for part in parts]
    if whole is None or whole.value is None or any(number is None for number in inside):
        return True
    return sum(number or 0 for number in inside) >= WHOLE * whole.value


def in_order(points: Iterable[Point]) -> tuple[Point, ...]:
    """Oldest first."""
    return tuple(sorted(points, key=_IN_TIME))


def existed(area: Area, year: int) -> bool:
    """Whether the area's code was in use that year; an open start or end is in use."""
    begun = area.valid_from is None or area.valid_from.year <= year
    return begun and (area.valid_to is None or year <= area.valid_to.year)


def together(
    indicator: Indicator,
    areas: Sequence[Area],
    at: tuple[str, int],
    known: Figures,
    population_id: int | None,
) -> Point:
    """The figure of several areas for one period, by the indicator's rule; of one area, its own."""
    period, year = at
    found = [known.get((indicator.pk, area.pk), {}).get(period) for area in areas]
    if len(areas) == 1 and found[0] is not None:
        return found[0]
    reasons = {figure.missing if figure else "" for figure in found}
    if len(reasons) == 1 and (reason := reasons.pop()) in _OF_ALL:
        # A survey that was not made that year: it is the whole's reason too.
        return Point(period, year, None, reason, batch_id=next(figure.batch_id for figure in found if figure))
    if indicator.aggregation == Aggregation.POPULATION_WEIGHTED_MEAN:
        weights = [_population(area, period, year, known, population_id) for area in areas]
    else:
        weights = [None] * len(areas)
    parts = [_part(*one) for one in zip(areas, found, weights, strict=True)]
    whole = aggregate(parts, indicator.aggregation, indicator.unit)
    return Point(
        period=period,
        year=year,
        value=whole.value,
        missing="" if whole.value is not None else Missing.UNKNOWN,
        numerator=whole.numerator,
        denominator=whole.denominator,
        is_provisional=any(figure.is_provisional for figure in found if figure),
        contributors=whole.contributors,
        lacking=whole.lacking,
        batch_id=next((figure.batch_id for figure in found if figure), None),
        batch_ids=tuple(dict.fromkeys(figure.batch_id for figure in found if figure and figure.batch_id)),
    )


def _part(area: Area, figure: Point | None, weight: float | None) -> Part:
    if figure is None:
        return Part(area.name, None, Missing.UNKNOWN, weight=weight)
    return Part(area.name, figure.value, figure.missing, figure.numerator, figure.denominator, weight)


def _population(area: Area, period: str, year: int, known: Figures, population_id: int | None) -> float | None:
    people = known.get((population_id or 0, area.pk), {})
    figure = people.get(period) or people.get(str(year))
    return figure.value if figure else None


def _periods(indicator: Indicator, areas: Sequence[Area], known: Figures) -> list[tuple[str, int]]:
    found = {
        (figure.period, figure.year)
        for area in areas
        for figure in known.get((indicator.pk, area.pk), {}).values()
    }
    return sorted(found, key=lambda at: (at[1], at[0]))


def _with_breaks(points: Sequence[Point], own: Mapping[str, Point], lineage: Lineage) -> Iterable[Point]:
    """Mark the first period after a merger or a new boundary, unless the source carried the series through."""
    before: Point | None = None
    for point in points:
        broken = (
            before is not None
            and not (before.period in own and point.period in own)
            and _breaks_between(lineage.segments, before.year, point.year)
        )
        yield point._replace(after_break=True) if broken else point
        before = point


def _breaks_between(segments: Sequence[Segment], earlier: int, later: int) -> bool:
    return any(
        segment.breaks and segment.last is not None and earlier <= segment.last < later for segment in segments
    )
