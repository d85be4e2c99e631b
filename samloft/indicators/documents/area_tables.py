"""An area in figures as tables for a spreadsheet: all indicators at their newest, and one through the years."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from samloft.core.spreadsheets import Cell
from samloft.indicators import figures
from samloft.indicators.documents.area_charts import all_series
from samloft.indicators.documents.area_rows import TRENDS
from samloft.indicators.queries.area_profile import AreaProfile
from samloft.indicators.queries.overlap import Overlap
from samloft.indicators.queries.profile_rows import ProfileRow
from samloft.indicators.queries.rankings import Ranking


def profile_header() -> list[str]:
    return [
        _("Key"),
        _("Indicator"),
        _("Unit"),
        _("Period"),
        _("Figure"),
        _("Why it is missing"),
        _("Municipality"),
        _("County"),
        _("Country"),
        _("Gap"),
        _("Direction of the gap"),
        *_source_header(),
    ]


def profile_cells(profile: AreaProfile) -> Iterator[Sequence[Cell]]:
    """One line for each indicator, those without figures too."""
    for row in profile.rows:
        point = row.point
        missing = figures.why_missing(point.missing) if point else _("Not available at this level")
        if point is None and row.at_level:
            missing = _("No figure")
        yield (
            row.indicator.key,
            row.definition.name,
            row.indicator.unit,
            figures.period(point.period) if point else "",
            point.value if point else None,
            missing,
            row.municipality,
            row.county,
            row.country,
            row.gap,
            str(TRENDS[row.trend].label) if row.trend else "",
            *_source(row),
        )


def series_header() -> list[str]:
    return [
        _("Indicator"),
        _("Unit"),
        _("Area"),
        _("Code"),
        _("Period"),
        _("Figure"),
        _("Why it is missing"),
        _("Numerator"),
        _("Denominator"),
        _("Break before"),
        *_source_header(),
    ]


def series_cells(row: ProfileRow) -> Iterator[Sequence[Cell]]:
    """One line for each area and period."""
    for series in all_series(row):
        for point in series.points:
            yield (
                row.definition.name,
                row.indicator.unit,
                series.area.name,
                series.area.code,
                figures.period(point.period),
                point.value,
                figures.why_missing(point.missing),
                point.numerator,
                point.denominator,
                _("Yes") if point.after_break else "",
                *_source(row),
            )


def ranking_header() -> list[str]:
    return [_("Rank"), _("Area"), _("Code"), _("Period"), _("Figure"), _("Why it is missing")]


def ranking_cells(ranking: Ranking) -> Iterator[Sequence[Cell]]:
    for one in ranking.areas:
        figure = one.figure
        yield (
            one.place,
            one.area.name,
            one.area.code,
            figures.period(figure.period) if figure else "",
            one.value,
            figures.why_missing(figure.missing) if figure else _("No figure"),
        )


def overlap_header(overlap: Overlap) -> list[str]:
    return [
        _("Area"),
        _("Code"),
        _("In the worst fifth"),
        _("Indicators compared"),
        *(f"{column.definition.name} ({figures.period(column.period)})" for column in overlap.columns),
    ]


def overlap_cells(overlap: Overlap) -> Iterator[Sequence[Cell]]:
    """The figures themselves, and after them the same columns with the word for the worst fifth."""
    for row in overlap.rows:
        yield (
            row.area.name,
            row.area.code,
            row.count,
            row.known,
            *(cell.figure.value if cell.figure else None for cell in row.cells),
        )


def _source_header() -> list[str]:
    return [_("Source"), _("Table"), _("Retrieved"), _("Licence"), _("Synthetic")]


def _source(row: ProfileRow) -> tuple[Cell, ...]:
    delivery = row.delivery
    return (
        row.source,
        (delivery.table_id if delivery else "") or row.definition.table_id,
        figures.day(delivery.retrieved_at) if delivery and delivery.retrieved_at else "",
        (delivery.licence if delivery else "") or row.definition.licence,
        _("Yes") if delivery and delivery.is_synthetic else "",
    )
