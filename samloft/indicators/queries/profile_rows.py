"""One indicator of an area beside its larger areas: gap, trend and the cautions that belong to it (F5).

The gap is the area's figure minus that of the nearest larger area: the municipality for what lies inside one,
the county for a municipality, the country for a county. Numbers that add up, such as of people, have no gap: the
larger area always has more. A larger area's figure never stands in for one that is missing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from samloft.indicators.models import (
    Aggregation,
    Direction,
    Indicator,
    IndicatorDefinition,
    Level,
    StatisticsImport,
)
from samloft.indicators.queries.aggregation import FACTORS
from samloft.indicators.queries.circles import Circle
from samloft.indicators.queries.series import Point, Series
from samloft.indicators.queries.series_reader import SeriesReader
from samloft.places.models import Area, AreaKind

# A count below this tells little: one family more or less moves the share visibly.
FEW = 20
_LEVELS = {
    AreaKind.ZONE: (Level.ZONE,),
    AreaKind.BASIC_UNIT: (Level.ZONE,),
    AreaKind.PLACE: (Level.ZONE,),
    AreaKind.DISTRICT: (Level.DISTRICT, Level.ZONE),
}


class Trend(StrEnum):
    CLOSING = "closing"
    WIDENING = "widening"
    STEADY = "steady"


@dataclass(frozen=True)
class GapPoint:
    """`after_break`: not to be compared with the gaps before, for the area or the larger one was another then."""

    period: str
    gap: float | None
    after_break: bool = False


@dataclass(frozen=True)
class ProfileRow:
    """One indicator of an area at its latest period, or at the period asked for. None is unknown.

    `gap` is in the indicator's unit (percentage points for shares). `trend` compares the latest gap with the first
    known one after the last break; None when the indicator is neutral or there is too little to say.
    `at_level` is False when the indicator does not exist for areas of this kind. `low` and `high` bound the figure
    with 95 per cent confidence where numerator and denominator are known. `larger` is what the gaps are measured
    to; None when numbers add up, for then there is no gap.
    """

    indicator: Indicator
    definition: IndicatorDefinition
    at_level: bool
    point: Point | None
    municipality: float | None
    county: float | None
    country: float | None
    gap: float | None
    gaps: tuple[GapPoint, ...]
    trend: Trend | None
    series: Series
    larger: Series | None
    municipality_series: Series | None
    county_series: Series | None
    country_series: Series | None
    comparisons: tuple[tuple[Area, float | None], ...]
    comparison_series: tuple[Series, ...]
    delivery: StatisticsImport | None
    few: bool
    low: float | None
    high: float | None

    @property
    def source(self) -> str:
        """Where the figure comes from, as the delivery says it; else as the definition does; "" when unknown."""
        if self.delivery and self.delivery.source:
            return self.delivery.source
        return self.definition.source

    @property
    def table_id(self) -> str:
        """The definition's is of its own source only."""
        return (self.delivery.table_id if self.delivery else "") or (
            (self._is_usual and self.definition.table_id) or ""
        )

    @property
    def licence(self) -> str:
        return (self.delivery.licence if self.delivery else "") or (
            (self._is_usual and self.definition.licence) or ""
        )

    @property
    def _is_usual(self) -> bool:
        return self.source == self.definition.source

    @property
    def is_worse_off(self) -> bool:
        """Whether the figure is worse than that of the larger area, as it is written and by more than chance."""
        if self.gap is None or self.indicator.direction == Direction.NEUTRAL or self.is_within_chance:
            return False
        sign = 1 if self.indicator.direction == Direction.HIGHER_IS_WORSE else -1
        return round(self.gap * sign, self.indicator.decimals) > 0

    @property
    def is_within_chance(self) -> bool:
        """Whether the larger area's figure lies within what this one likely is."""
        if self.gap is None or self.point is None or self.point.value is None:
            return False
        if self.low is None or self.high is None:
            return False
        return self.low <= self.point.value - self.gap <= self.high

    @property
    def shown_trend(self) -> Trend | None:
        """A gap that chance alone can make has not widened."""
        return Trend.STEADY if self.trend == Trend.WIDENING and self.is_within_chance else self.trend


def profile_row(
    reader: SeriesReader,
    circle: Circle,
    definition: IndicatorDefinition,
    period: str | None,
    deliveries: Mapping[int, StatisticsImport],
) -> ProfileRow:
    """The row for an indicator; `deliveries` are those that the figures came in, by their ids."""
    indicator = definition.indicator
    own = reader.series(indicator, circle.area)
    municipality = reader.series_if_any(indicator, circle.municipality)
    county = reader.county_series(indicator, circle)
    country = reader.series_if_any(indicator, circle.country)
    comparisons = tuple(reader.series(indicator, area) for area in circle.comparisons)
    point = own.at(period) if period else own.latest
    larger = None if adds_up(indicator) else reader.larger(indicator, circle)
    gaps = tuple(_gaps(own, larger))
    low, high = _interval(point, indicator)
    return ProfileRow(
        indicator=indicator,
        definition=definition,
        at_level=exists_for(indicator, circle.area),
        point=point,
        municipality=value_at(municipality, point),
        county=value_at(county, point),
        country=value_at(country, point),
        gap=next((gap.gap for gap in gaps if point and gap.period == point.period), None),
        gaps=gaps,
        trend=_trend(gaps, indicator),
        series=own,
        larger=larger,
        municipality_series=municipality,
        county_series=county,
        country_series=country,
        comparisons=tuple((series.area, value_at(series, point)) for series in comparisons),
        comparison_series=comparisons,
        delivery=deliveries.get(point.batch_id or 0) if point else None,
        few=_is_few(point, indicator),
        low=low,
        high=high,
    )


def value_at(series: Series | None, point: Point | None) -> float | None:
    """What the series says for the same period as the point, and for no other."""
    if series is None or point is None:
        return None
    same = series.at(point.period)
    return same.amount if same else None


def _gaps(own: Series, larger: Series | None) -> Iterable[GapPoint]:
    beside = {point.period: point.amount for point in larger.points} if larger else {}
    breaks = [(point.year, point.period) for point in larger.points if point.after_break] if larger else []
    before = (0, "")
    for point in own.line:
        at, other = (point.year, point.period), beside.get(point.period)
        known = point.amount is not None and other is not None
        broken = point.after_break or any(before < one <= at for one in breaks)
        yield GapPoint(point.period, point.amount - other if known else None, broken)  # type: ignore[operator]
        before = at


def _trend(gaps: Sequence[GapPoint], indicator: Indicator) -> Trend | None:
    """Whether the area is nearing the larger one. Being better off than it is no gap to close."""
    if indicator.direction == Direction.NEUTRAL:
        return None
    start = max((at for at, gap in enumerate(gaps) if gap.after_break), default=0)
    known = [gap.gap for gap in gaps[start:] if gap.gap is not None]
    if len(known) < 2:
        return None
    sign = 1 if indicator.direction == Direction.HIGHER_IS_WORSE else -1
    first, last = max(known[0] * sign, 0), max(known[-1] * sign, 0)
    if round(first, indicator.decimals) == round(last, indicator.decimals):
        return Trend.STEADY
    return Trend.CLOSING if last < first else Trend.WIDENING


def adds_up(indicator: Indicator) -> bool:
    """Whether a larger area always has more, so that there is no gap to it."""
    return indicator.aggregation in (Aggregation.SUM, Aggregation.LAST)


def exists_for(indicator: Indicator, area: Area) -> bool:
    """Whether the indicator is made for areas of this kind. A district may be put together from zones."""
    wanted = _LEVELS.get(AreaKind(area.kind), (Level.MUNICIPALITY,))
    return any(level in indicator.levels for level in wanted)


def _is_few(point: Point | None, indicator: Indicator) -> bool:
    if point is None or point.value is None:
        return False
    count = point.numerator
    if count is None and indicator.counts_people:
        count = point.value
    return count is not None and 0 < count < FEW


def _interval(point: Point | None, indicator: Indicator) -> tuple[float | None, float | None]:
    """Wilson's interval for a share, 95 per cent; (None, None) where the counts behind it are unknown."""
    # What the source hides has no interval either: that would tell the count it hides.
    if point is None or point.value is None or point.numerator is None or not point.denominator:
        return None, None
    factor = FACTORS.get(indicator.unit, 1)
    n, share, z = point.denominator, point.numerator / point.denominator, 1.96
    if factor == 1 or not 0 <= share <= 1:
        return None, None
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)) ** 0.5
    return max(middle - half, 0) * factor, min(middle + half, 1) * factor


def age_in_months(point: Point, today: date) -> int:
    """Whole months from the end of the figure's year to today; never below 0."""
    return max((today.year - point.year - 1) * 12 + today.month - 1, 0)
