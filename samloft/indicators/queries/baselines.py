"""What a baseline holds, and how things have moved since (F5)."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from samloft.core.statuses import Status
from samloft.indicators.models import (
    Baseline,
    BaselineFigure,
    Indicator,
    IndicatorDefinition,
    Missing,
    StatisticsImport,
)
from samloft.indicators.queries.figures import Place, definitions, deliveries, series
from samloft.indicators.queries.owners import owners_for
from samloft.indicators.queries.programme_areas import listed
from samloft.indicators.queries.series import Point, Series
from samloft.places.models import Area
from samloft.programmes.models import Programme

DRAFT = Status(
    _("Draft"),
    "warning",
    "pencil",
    meaning=_("The figures follow what is delivered until the baseline is frozen."),
)
FROZEN = Status(
    _("Frozen"), "success", "seal", meaning=_("The figures stand as they were on the day they were frozen.")
)


@dataclass(frozen=True)
class Source:
    """Where figures come from; what is unknown is empty."""

    source: str = ""
    table_id: str = ""
    licence: str = ""
    retrieved_at: datetime | None = None
    is_synthetic: bool = False


@dataclass(frozen=True)
class Reading:
    """One indicator in one area, oldest first; `source` is that of the last figure."""

    indicator: Indicator
    definition: IndicatorDefinition
    area: Area
    points: tuple[Point, ...]
    source: Source

    @property
    def last(self) -> Point | None:
        """The newest figure; else the newest of all, which says why there is none."""
        return Series(self.area, self.points).latest


@dataclass(frozen=True)
class Movement:
    """A frozen figure beside what is known now. `change` is in the unit of the indicator.

    `revised` is what the source says today about the frozen period, when that is something else, and
    `change_from_revised` what the change is from there. `source` is that of the figure now.
    """

    reading: Reading
    now: Point | None
    change: float | None
    revised: Point | None
    after_break: bool
    new_definition: bool
    change_from_revised: float | None = None
    source: Source = Source()


@dataclass(frozen=True)
class IndicatorGroup:
    """The areas of one indicator."""

    indicator: Indicator
    definition: IndicatorDefinition
    movements: tuple[Movement, ...]

    @property
    def is_known(self) -> bool:
        """Whether the baseline has anything to hold against in any of the areas."""
        return any(one.reading.last for one in self.movements)

    @property
    def has_remarks(self) -> bool:
        return any(
            not one.now or one.revised or one.after_break or one.new_definition or one.now.is_provisional
            for one in self.movements
        )

    @property
    def sources(self) -> list[Source]:
        """Where the figures come from, then and now, each once."""
        then = (one.reading.source for one in self.movements if one.reading.last)
        return list(dict.fromkeys([*then, *(one.source for one in self.movements if one.now or one.revised)]))


@dataclass(frozen=True)
class BaselineRow:
    baseline: Baseline
    status: Status
    indicators: int
    areas: int


def baseline_rows(programme: Programme) -> list[BaselineRow]:
    """The programme's baselines, drafts first. One query."""
    found: Any = (
        programme.baselines.select_related("programme", "frozen_by")
        .annotate(indicator_count=Count("indicators", distinct=True), area_count=Count("areas", distinct=True))
        .all()
    )
    return [BaselineRow(one, status_of(one), one.indicator_count, one.area_count) for one in found]


def status_of(baseline: Baseline) -> Status:
    return FROZEN if baseline.is_frozen else DRAFT


def readings(baseline: Baseline) -> tuple[Reading, ...]:
    """The frozen figures; for a draft, those that freezing would copy. A constant number of queries."""
    indicators, areas = list(baseline.indicators.all()), list(listed(baseline.areas.all()))
    if baseline.is_frozen:
        return _frozen(baseline, indicators, areas)
    found = series(indicators, areas, owners_for(baseline.programme))
    named = definitions(indicator.pk for indicator in indicators)
    chosen = {place: _within(own.points, baseline) for place, own in found.items()}
    sources = deliveries(point for points in chosen.values() for point in points)
    return tuple(
        _reading(named[indicator.pk], indicator, area, chosen[indicator.pk, area.pk], sources)
        for indicator in indicators
        if indicator.pk in named
        for area in areas
    )


def movements(baseline: Baseline) -> tuple[IndicatorGroup, ...]:
    """Each figure of the baseline beside what is known now."""
    then = readings(baseline)
    now: Mapping[Place, Series] = {}
    if baseline.is_frozen:
        subjects = (one.indicator for one in then), (one.area for one in then)
        now = series(*subjects, owners_for(baseline.programme))
    named = definitions(one.indicator.pk for one in then)
    sources = deliveries(point for own in now.values() for point in own.points)
    groups: dict[int, list[Movement]] = {}
    for one in then:
        groups.setdefault(one.indicator.pk, []).append(_movement(one, now, named, sources))
    return tuple(
        IndicatorGroup(found[0].reading.indicator, found[0].reading.definition, tuple(found))
        for found in groups.values()
    )


def checksum(rows: Iterable[BaselineFigure]) -> str:
    """Over everything that a frozen figure says, in an order of its own."""
    content = sorted(
        [
            row.indicator_id,
            row.definition_id,
            row.area_id,
            row.period,
            row.year,
            row.value,
            row.missing,
            row.numerator,
            row.denominator,
            row.is_provisional,
            row.after_break,
            list(row.contributors),
            row.source,
            row.table_id,
            row.licence,
            row.retrieved_at.timestamp() if row.retrieved_at else None,
            row.is_synthetic,
            row.area_name,
        ]
        for row in rows
    )
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def is_unchanged(baseline: Baseline) -> bool:
    """Whether the frozen figures still are what was frozen."""
    return checksum(baseline.figures.all()) == baseline.sha256


def _frozen(baseline: Baseline, indicators: Sequence[Indicator], areas: Sequence[Area]) -> tuple[Reading, ...]:
    rows: dict[Place, list[BaselineFigure]] = {}
    for row in baseline.figures.select_related("definition").order_by("year", "period"):
        rows.setdefault((row.indicator_id, row.area_id), []).append(row)
    named = {row.indicator_id: row.definition for found in rows.values() for row in found}
    called = {row.area_id: row.area_name for found in rows.values() for row in found}
    for area in areas:
        area.name = called.get(area.pk, area.name)
    named = {**definitions(indicator.pk for indicator in indicators), **named}
    return tuple(
        Reading(
            indicator,
            named[indicator.pk],
            area,
            tuple(_point(row) for row in rows.get((indicator.pk, area.pk), [])),
            _source_of(rows.get((indicator.pk, area.pk), [])),
        )
        for indicator in indicators
        if indicator.pk in named
        for area in areas
    )


def _point(row: BaselineFigure) -> Point:
    return Point(
        row.period,
        row.year,
        row.value,
        row.missing,
        row.numerator,
        row.denominator,
        row.is_provisional,
        after_break=row.after_break,
        contributors=tuple(row.contributors),
    )


def _source_of(rows: Sequence[BaselineFigure]) -> Source:
    if not rows:
        return Source()
    last = next((row for row in reversed(rows) if row.value is not None), rows[-1])
    return Source(last.source, last.table_id, last.licence, last.retrieved_at, last.is_synthetic)


def source_of(delivery: StatisticsImport | None, definition: IndicatorDefinition) -> Source:
    """As the delivery says it. The table and licence of the definition are those of its own source only."""
    if delivery is None:
        return Source()
    is_usual = delivery.source in ("", definition.source)
    return Source(
        delivery.source or definition.source,
        delivery.table_id or (definition.table_id if is_usual else ""),
        delivery.licence or (definition.licence if is_usual else ""),
        delivery.retrieved_at,
        delivery.is_synthetic,
    )


def _within(points: Iterable[Point], baseline: Baseline) -> tuple[Point, ...]:
    first, last = baseline.first_year, baseline.last_year
    return tuple(
        point
        for point in points
        if (first is None or point.year >= first) and (last is None or point.year <= last)
    )


def _reading(
    definition: IndicatorDefinition,
    indicator: Indicator,
    area: Area,
    points: tuple[Point, ...],
    sources: Mapping[int, StatisticsImport],
) -> Reading:
    last = Series(area, points).latest
    delivery = sources.get(last.batch_id or 0) if last else None
    return Reading(indicator, definition, area, points, source_of(delivery, definition))


def _movement(
    then: Reading,
    now: Mapping[Place, Series],
    named: Mapping[int, IndicatorDefinition],
    sources: Mapping[int, StatisticsImport],
) -> Movement:
    start, own = then.last, now.get((then.indicator.pk, then.area.pk))
    last = own.latest if own else None
    if own is None or start is None:
        return Movement(then, last, None, None, after_break=False, new_definition=False)
    later = last if last is not None and (last.year, last.period) > (start.year, start.period) else None
    revised = _revised(start, own)
    shown = later or revised
    newest = named[then.indicator.pk]
    return Movement(
        then,
        later,
        _difference(start, later),
        revised,
        after_break=any(point.after_break for point in own.points if point.year > start.year),
        new_definition=newest.pk != then.definition.pk,
        change_from_revised=_difference(revised, later),
        source=source_of(sources.get(shown.batch_id or 0) if shown else None, newest),
    )


def _revised(start: Point, own: Series) -> Point | None:
    """What is known of the frozen period today, when that is something else; without a value when it is gone."""
    same = own.at(start.period)
    if same is None:
        return Point(start.period, start.year, None, Missing.UNKNOWN) if start.value is not None else None
    return same if (same.value, same.missing) != (start.value, start.missing) else None


def _difference(start: Point | None, later: Point | None) -> float | None:
    if start is None or later is None or start.amount is None or later.amount is None:
        return None
    return later.amount - start.amount
