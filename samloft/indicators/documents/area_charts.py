"""The charts of an area: an indicator over time, at its latest period, and shares beside the larger area."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from samloft.core.charts import Dot, DotChart, Line, LineChart, Pair, PairChart
from samloft.indicators import figures
from samloft.indicators.queries.area_profile import AreaProfile
from samloft.indicators.queries.profile_rows import ProfileRow
from samloft.indicators.queries.series import Series
from samloft.places.models import Area, AreaKind


def over_time(row: ProfileRow, area: Area) -> LineChart:
    """The area first, then what it is seen beside; each period on its own place, with gaps where figures lack."""
    lines = [_line(series) for series in all_series(row) if series.points or series.area == area]
    return LineChart(
        row.definition.name, tuple(lines), row.indicator.unit, row.indicator.decimals, source_line(row)
    )


def at_period(row: ProfileRow, area: Area) -> DotChart:
    """The area and what it is seen beside, at the period of its latest figure."""
    point = row.point
    dots = [
        Dot(
            area.name,
            point.value if point else None,
            figures.why_missing(point.missing) if point else _("No figure"),
            row.low,
            row.high,
            is_main=True,
        )
    ]
    known = (
        *row.comparisons,
        *(
            (series.area_in(point.year) if point else series.area, value)
            for series, value in (
                (row.municipality_series, row.municipality),
                (row.county_series, row.county),
                (row.country_series, row.country),
            )
            if series is not None
        ),
    )
    seen = {area.pk}
    for other, value in known:
        if other.pk not in seen:
            seen.add(other.pk)
            dots.append(Dot(other.name, value, _("No figure for this period")))
    title = f"{row.definition.name}, {figures.period(point.period)}" if point else row.definition.name
    return DotChart(title, tuple(dots), row.indicator.unit, row.indicator.decimals, source_line(row))


def shares(profile: AreaProfile) -> PairChart | None:
    """All shares of the area beside those of the nearest larger area; None when there is nothing to show."""
    larger = larger_area(profile)
    if larger is None:
        return None
    pairs = [
        Pair(row.definition.name, row.point.value, row.point.value - row.gap)
        for row in profile.rows
        if row.indicator.unit == "%" and row.point and row.point.value is not None and row.gap is not None
    ]
    if not pairs:
        return None
    area = profile.circle.area
    title = _("%(area)s beside %(larger)s, newest figures") % {"area": area.name, "larger": larger.name}
    return PairChart(title, (area.name, larger.name), tuple(pairs), "%")


def larger_area(profile: AreaProfile) -> Area | None:
    """The area that the gaps are measured to."""
    circle = profile.circle
    if circle.area.kind == AreaKind.MUNICIPALITY:
        found = next((row.county_series for row in profile.rows if row.county_series), None)
        return found.area if found else None
    if circle.area.kind == AreaKind.COUNTY:
        return circle.country
    return None if circle.area.kind == AreaKind.COUNTRY else circle.municipality


def source_line(row: ProfileRow) -> str:
    """Where the figures come from: source, table, when they were fetched, licence; and that they are made up."""
    delivery, table, licence = row.delivery, row.table_id, row.licence
    parts = [_("Source: %(source)s") % {"source": row.source or _("unknown")}]
    if table:
        parts.append(_("table %(table)s") % {"table": table})
    if delivery and delivery.retrieved_at:
        parts.append(_("retrieved %(day)s") % {"day": figures.day(delivery.retrieved_at)})
    if licence:
        parts.append(licence)
    if delivery and delivery.is_synthetic:
        parts.append(_("synthetic figures"))
    return " · ".join(parts)


def _line(series: Series) -> Line:
    return Line(series.name, tuple(figures.mark(point) for point in series.line))


def all_series(row: ProfileRow) -> Iterator[Series]:
    """The area's own series, then those of what it is seen beside, each area once."""
    seen: set[int] = set()
    around = (row.municipality_series, *row.comparison_series, row.county_series, row.country_series)
    for series in (row.series, *around):
        if series is not None and series.area.pk not in seen:
            seen.add(series.area.pk)
            yield series
