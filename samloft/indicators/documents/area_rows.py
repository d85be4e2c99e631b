"""The indicators of an area in words: figure, age, gap, where the gap is going, and what to be careful with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samloft.core.charts import Mark, sparkline
from samloft.core.figures import difference_unit, figure_text, number_text
from samloft.core.statuses import Status
from samloft.indicators import figures
from samloft.indicators.documents.area_cautions import MadeOf, cautions, makings, notes
from samloft.indicators.documents.area_charts import larger_area, source_line
from samloft.indicators.models import Direction
from samloft.indicators.queries.area_profile import AreaProfile
from samloft.indicators.queries.profile_rows import ProfileRow, Trend, age_in_months
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
    """One indicator as it is read. `beside` has a text for each column of areas, "" where there is no figure.

    `no_gap` says why there is none; `interval` is what the figure likely lies between, "" when it is unknown.
    `notes` and `source` have their places in the page's lists of them, which begin with 1.
    """

    row: ProfileRow
    name: str
    figure: str
    period: str
    age: str
    missing: str
    beside: tuple[str, ...]
    gap: str
    no_gap: str
    interval: str
    trend: Status | None
    picture: SafeString
    source: str
    cautions: tuple[str, ...]
    makings: tuple[MadeOf, ...]
    notes: tuple[str, ...]
    note_numbers: str = ""
    source_number: int = 1


@dataclass(frozen=True)
class ShownProfile:
    """`columns` are the areas that figures stand beside; `larger` is the one that gaps are measured to.

    `elsewhere` are the indicators that are not made for areas of this kind, `lacking` those without a figure.
    `notes` and `sources` are those of all rows, each once.
    """

    columns: tuple[Area, ...]
    larger: Area | None
    rows: tuple[ShownRow, ...]
    elsewhere: tuple[str, ...]
    lacking: tuple[str, ...]
    newest: int | None
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    summary: str

    @property
    def newest_words(self) -> str:
        return str(self.newest) if self.newest else ""


def shown_profile(profile: AreaProfile, today: date) -> ShownProfile:
    columns, larger = _columns(profile), larger_area(profile)
    rows = tuple(_shown(row, columns, today) for row in profile.with_figures)
    without = [row for row in profile.rows if row.point is None]
    years = [row.point.year for row in profile.with_figures if row.point and row.point.value is not None]
    notes_of_all = tuple(dict.fromkeys(note for row in rows for note in row.notes))
    sources = tuple(dict.fromkeys(row.source for row in rows))
    return ShownProfile(
        columns,
        larger,
        tuple(
            replace(
                row,
                note_numbers=", ".join(str(notes_of_all.index(note) + 1) for note in row.notes),
                source_number=sources.index(row.source) + 1,
            )
            for row in rows
        ),
        tuple(row.definition.name for row in without if not row.at_level),
        tuple(row.definition.name for row in without if row.at_level),
        max(years, default=None),
        notes_of_all,
        sources,
        _summary(profile.with_figures, larger),
    )


def _summary(rows: Sequence[ProfileRow], larger: Area | None) -> str:
    """Where the area is worse off than the larger one, and where that is going; "" when nothing can be judged."""
    judged = [row for row in rows if row.gap is not None and row.indicator.direction != Direction.NEUTRAL]
    if larger is None or not judged:
        return ""
    worse = [row for row in judged if row.is_worse_off]
    words = {"area": larger.name, "worse": len(worse), "judged": len(judged)}
    if not worse:
        told = ngettext(
            "Not clearly worse off than %(area)s for the %(judged)d indicator that can be judged.",
            "Not clearly worse off than %(area)s for any of %(judged)d indicators.",
            len(judged),
        )
        return told % words
    told = ngettext(
        "Clearly worse off than %(area)s for %(worse)d of %(judged)d indicator.",
        "Clearly worse off than %(area)s for %(worse)d of %(judged)d indicators.",
        len(judged),
    )
    going = {
        trend: sum(1 for row in worse if row.shown_trend == trend) for trend in (Trend.CLOSING, Trend.WIDENING)
    }
    if any(going.values()):
        told += " " + _("Of these, the gap is closing for %(closing)d and widening for %(widening)d.")
    return told % {**words, "closing": going[Trend.CLOSING], "widening": going[Trend.WIDENING]}


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
        no_gap=_no_gap(row),
        interval=_interval(row),
        trend=TRENDS[row.shown_trend] if row.shown_trend else None,
        picture=gap_picture(row),
        source=source_line(row),
        cautions=cautions(row),
        makings=makings(row),
        notes=notes(row),
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


def _no_gap(row: ProfileRow) -> str:
    """Why there is no gap."""
    if row.gap is not None or row.point is None or row.point.value is None:
        return ""
    if row.larger is None:
        return _("Not held up against a larger area")
    words = {"area": row.larger.area_in(row.point.year).name, "period": figures.period(row.point.period)}
    return _("%(area)s has no figure for %(period)s") % words


def _interval(row: ProfileRow) -> str:
    if row.low is None or row.high is None:
        return ""
    low, high = (number_text(bound, row.indicator.decimals) for bound in (row.low, row.high))
    return _("likely %(low)s–%(high)s") % {"low": low, "high": high}


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


def age_words(months: int) -> str:
    """`8 måneder gammelt`, `2 år gammelt`."""
    if months < 24:
        return ngettext("%(number)d month old", "%(number)d months old", months) % {"number": months}
    return ngettext("%(number)d year old", "%(number)d years old", months // 12) % {"number": months // 12}
