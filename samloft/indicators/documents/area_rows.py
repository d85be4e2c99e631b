"""The indicators of an area in words: figure, age, gap, where the gap is going, and what to be careful with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samloft.core.charts import Mark, sparkline
from samloft.core.figures import difference_unit, figure_text, number_text
from samloft.core.statuses import Status
from samloft.indicators import figures
from samloft.indicators.documents.area_charts import larger_area, source_line
from samloft.indicators.models import Indicator
from samloft.indicators.queries.area_profile import AreaProfile
from samloft.indicators.queries.profile_rows import ProfileRow, Trend, age_in_months
from samloft.indicators.queries.series import Point
from samloft.places.models import Area

TRENDS = {
    Trend.CLOSING: Status(
        gettext_lazy("The gap is closing"),
        "success",
        meaning=gettext_lazy(
            "The area is nearer to the larger one now than in the first period that can be compared."
        ),
    ),
    Trend.WIDENING: Status(
        gettext_lazy("The gap is widening"),
        "warning",
        meaning=gettext_lazy(
            "The area is farther from the larger one now than in the first period that can be compared."
        ),
    ),
    Trend.STEADY: Status(
        gettext_lazy("The gap is unchanged"),
        "neutral",
        meaning=gettext_lazy("The gap is as large as it was, or the area is no worse off than the larger one."),
    ),
}


@dataclass(frozen=True)
class ShownRow:
    """One indicator as it is read. `beside` has a text for each column of areas, "" where there is no figure."""

    row: ProfileRow
    name: str
    figure: str
    period: str
    age: str
    missing: str
    beside: tuple[str, ...]
    gap: str
    trend: Status | None
    picture: SafeString
    source: str
    cautions: tuple[str, ...]


@dataclass(frozen=True)
class ShownProfile:
    """`columns` are the areas that figures stand beside; `larger` is the one that gaps are measured to.

    `elsewhere` are the indicators that are not made for areas of this kind, `lacking` those without a figure.
    """

    columns: tuple[Area, ...]
    larger: Area | None
    rows: tuple[ShownRow, ...]
    elsewhere: tuple[str, ...]
    lacking: tuple[str, ...]
    newest: int | None

    @property
    def newest_words(self) -> str:
        return str(self.newest) if self.newest else ""


def shown_profile(profile: AreaProfile, today: date) -> ShownProfile:
    columns, larger = _columns(profile), larger_area(profile)
    rows = tuple(_shown(row, columns, today) for row in profile.with_figures)
    without = [row for row in profile.rows if row.point is None]
    years = [row.point.year for row in profile.with_figures if row.point and row.point.value is not None]
    return ShownProfile(
        columns,
        larger,
        rows,
        tuple(row.definition.name for row in without if not row.at_level),
        tuple(row.definition.name for row in without if row.at_level),
        max(years, default=None),
    )


def _columns(profile: AreaProfile) -> tuple[Area, ...]:
    circle = profile.circle
    county = next((row.county_series.area for row in profile.rows if row.county_series), None)
    found = (*circle.comparisons, circle.municipality, county, circle.country)
    return tuple(dict.fromkeys(area for area in found if area is not None and area != circle.area))


def _shown(row: ProfileRow, columns: Sequence[Area], today: date) -> ShownRow:
    point = row.point
    value = point.value if point else None
    return ShownRow(
        row=row,
        name=row.definition.name,
        figure=figures.figure(value, row.indicator) if value is not None else "",
        period=figures.period(point.period) if point else "",
        age=age_words(age_in_months(point, today)) if point and value is not None else "",
        missing=figures.why_missing(point.missing) if point and value is None else "",
        beside=tuple(_beside(row, area) for area in columns),
        gap=_gap(row),
        trend=TRENDS[row.trend] if row.trend else None,
        picture=gap_picture(row),
        source=source_line(row),
        cautions=cautions(row),
    )


def _beside(row: ProfileRow, area: Area) -> str:
    """The figure of that area; where another county was meant that year, with its name."""
    values = {other: (value, other) for other, value in row.comparisons}
    for series, value in (
        (row.municipality_series, row.municipality),
        (row.county_series, row.county),
        (row.country_series, row.country),
    ):
        if series is not None:
            then = series.area_in(row.point.year) if row.point else series.area
            values.setdefault(series.area, (value, then))
    value, then = values.get(area, (None, area))
    if value is None:
        return ""
    told = number_text(value, row.indicator.decimals)
    return told if then.name == area.name else f"{told} ({then.name})"


def _gap(row: ProfileRow) -> str:
    """`3,4 prosentpoeng over Indre Østfold`; "" when it is unknown."""
    if row.gap is None or row.larger is None or row.point is None:
        return ""
    decimals, name = row.indicator.decimals, row.larger.area_in(row.point.year).name
    if not round(row.gap, decimals):
        return _("the same as %(area)s") % {"area": name}
    size = figure_text(abs(row.gap), difference_unit(row.indicator.unit), decimals)
    words = {"size": size, "area": name}
    return _("%(size)s above %(area)s") % words if row.gap > 0 else _("%(size)s below %(area)s") % words


def gap_picture(row: ProfileRow) -> SafeString:
    """The gap over time as a line the size of a word."""
    known = [gap for gap in row.gaps if gap.gap is not None]
    if row.larger is None or len(known) < 2:
        return SafeString("")
    marks = [
        Mark(figures.place_in_time(gap.period), gap.period, gap.gap, after_break=gap.after_break)
        for gap in row.gaps
    ]
    unit, decimals = difference_unit(row.indicator.unit), row.indicator.decimals
    words = _("Gap to %(area)s: from %(first)s in %(then)s to %(last)s in %(now)s") % {
        "area": row.larger.name,
        "first": figure_text(known[0].gap or 0, unit, decimals, signed=True),
        "then": figures.period(known[0].period),
        "last": figure_text(known[-1].gap or 0, unit, decimals, signed=True),
        "now": figures.period(known[-1].period),
    }
    return sparkline(marks, words=words, zero=True)


def cautions(row: ProfileRow) -> tuple[str, ...]:
    """What a reader must know before trusting the figure."""
    found = []
    if row.few:
        found.append(_("Few people: one or two more or less change the figure visibly."))
    if row.point and row.point.is_provisional:
        found.append(_("Provisional figure."))
    breaks = [figures.period(point.period) for point in row.series.points if point.after_break]
    if breaks:
        found.append(_("Break before %(periods)s: compare across it with care.") % {"periods": ", ".join(breaks)})
    if county := changes_of_county(row):
        found.append(county)
    if row.point:
        found += made_of(row.point, row.indicator)
    if row.municipality_series is not None and row.municipality_series.area != row.series.area and row.point:
        beside = row.municipality_series.at(row.point.period)
        name = row.municipality_series.area.name
        found += [f"{name}: {words}" for words in made_of(beside, row.indicator)] if beside else []
    return tuple(found)


def changes_of_county(row: ProfileRow) -> str:
    """Which counties a municipality's gaps are measured to, where they are more than one; "" otherwise."""
    spans = row.larger.spans if row.larger else ()
    if len(spans) < 2:
        return ""
    told = ", ".join(f"{span.area.name} {span.first}–{span.last}" for span in spans)
    return _("The gap is to the county that the municipality lay in: %(counties)s.") % {"counties": told}


def made_of(point: Point, indicator: Indicator) -> list[str]:
    """By which rule the figure is put together, from which areas, and whose figures it lacks (F1)."""
    told = []
    if len(point.contributors) > 1 or (point.contributors and point.lacking):
        told.append(
            _("Put together from %(names)s. %(rule)s.")
            % {"names": ", ".join(point.contributors), "rule": indicator.get_aggregation_display()}
        )
    if point.lacking:
        told.append(_("Lacks figures from %(names)s.") % {"names": ", ".join(point.lacking)})
    return told


def age_words(months: int) -> str:
    """`8 måneder gammelt`, `2 år gammelt`."""
    if months < 24:
        return ngettext("%(number)d month old", "%(number)d months old", months) % {"number": months}
    return ngettext("%(number)d year old", "%(number)d years old", months // 12) % {"number": months // 12}
