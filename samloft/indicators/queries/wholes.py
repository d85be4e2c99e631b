"""The figures of an area that has none of its own, put together from its parts (F1, F5)."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from samloft.indicators.models import Aggregation, Indicator, Missing
from samloft.indicators.queries.series import (
    Figures,
    Point,
    Series,
    in_order,
    periods_of,
    population_of,
    together,
)
from samloft.places.models import Area, AreaKind

# Of shares and means the parts may lack some of the people, which is then told. Sums want all of them.
WHOLE = 0.95


def series_of_parts(
    indicator: Indicator,
    area: Area,
    parts: Sequence[Area],
    known: Figures,
    population_id: int | None,
    people: Series | None = None,
) -> Series:
    """The figures of an area from those of the parts that it had at each time.

    `people` is the area's own population. It must be proven that the parts are all of it: by the number of people,
    or by someone who has said that it is fully divided. Otherwise a few zones would stand for the municipality.
    """
    groups = _groups(parts)
    points = []
    for figure in periods_of(indicator, parts, known):
        at = (figure.period, figure.year)
        of_the_time, carried = _of_the_time(groups, indicator, figure, known)
        if not of_the_time:
            continue
        point = together(indicator, of_the_time, at, known, population_id)
        if point.amount is not None:
            share = _share(of_the_time, figure, known, population_id, people)
            point = _proven(point, indicator, area, [part.name for part in of_the_time], share)
        points.append(_marked(point, carried))
    return Series(area, in_order(points))


def _proven(point: Point, indicator: Indicator, area: Area, names: Sequence[str], share: float | None) -> Point:
    """The point as that of the whole, or why it is not."""
    # A named place is what the programme says that it is made up of.
    is_divided = area.is_divided or area.kind == AreaKind.PLACE
    adds_up = indicator.aggregation in (Aggregation.SUM, Aggregation.LAST)
    enough = 1.0 if adds_up and not is_divided else WHOLE
    if is_divided if share is None else share >= enough:
        return point._replace(contributors=tuple(names), covers=share if share is not None and share < 1 else None)
    rest = _("the rest of %(area)s") % {"area": area.name}
    return Point(point.period, point.year, None, Missing.UNKNOWN, contributors=tuple(names), lacking=(rest,))


def _share(
    parts: Sequence[Area], figure: Point, known: Figures, population_id: int | None, people: Series | None
) -> float | None:
    """How much of the area's people live in the parts; None when it is not known."""
    whole = (people.at(figure.period) or people.at(str(figure.year))) if people else None
    inside = [population_of(part, figure.period, figure.year, known, population_id) for part in parts]
    numbers = [number for number in inside if number is not None]
    if whole is None or not whole.amount or len(numbers) < len(inside):
        return None
    return sum(numbers) / whole.amount


def _groups(parts: Sequence[Area]) -> list[list[Area]]:
    """The parts, those together that became each other. Their successions must have been read."""
    known = {part.pk: part for part in parts}
    group = {pk: {pk} for pk in known}
    for part in parts:
        for succession in part.successions.all():
            if succession.successor_id in known:
                joined = group[part.pk] | group[succession.successor_id]
                group.update(dict.fromkeys(joined, joined))
    seen: set[int] = set()
    found = []
    for pk in known:
        if pk not in seen:
            seen |= group[pk]
            found.append([known[other] for other in sorted(group[pk])])
    return found


def _of_the_time(
    groups: Iterable[Sequence[Area]], indicator: Indicator, figure: Point, known: Figures
) -> tuple[list[Area], list[Area]]:
    """The parts that were there, and those that were not but whose figures the source carried back to that time.

    A source that has changed to new codes gives its earlier figures for those too, and for the old ones no more.
    """

    def has(part: Area) -> bool:
        own = known.get((indicator.pk, part.pk), {}).get(figure.period)
        return own is not None and own.amount is not None

    found: list[Area] = []
    carried: list[Area] = []
    for group in groups:
        then = [part for part in group if existed(part, figure.year)]
        inside = {part.pk for part in group}
        newest = [part for part in group if not inside & {row.successor_id for row in part.successions.all()}]
        if then and not all(map(has, then)) and newest != then and all(map(has, newest)):
            carried += newest
            found += newest
        else:
            found += then
    return found, carried


def _marked(point: Point, carried: Sequence[Area]) -> Point:
    names = {part.name: _("%(area)s (carried back by the source)") % {"area": part.name} for part in carried}
    return point._replace(contributors=tuple(names.get(name, name) for name in point.contributors))


def existed(area: Area, year: int) -> bool:
    """Whether the area's code was in use for most of that year; an open start or end is in use."""
    first, last = area.first_year, area.last_year
    return (first is None or first <= year) and (last is None or year <= last)
