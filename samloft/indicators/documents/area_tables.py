"""An area in figures as tables for a spreadsheet: all indicators at their newest, and one through the years."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from samloft.core.spreadsheets import Cell
from samloft.indicators import figures
from samloft.indicators.documents.area_cautions import cautions, made_of, notes
from samloft.indicators.documents.area_charts import all_series
from samloft.indicators.documents.area_rows import TRENDS
from samloft.indicators.queries.area_profile import AreaProfile
from samloft.indicators.queries.overlap import Overlap
from samloft.indicators.queries.profile_rows import ProfileRow
from samloft.indicators.queries.programme_places import AreaRow
from samloft.indicators.queries.rankings import Ranking
from samloft.indicators.queries.series import Point
from samloft.places.models import Area


def profile_header(profile: AreaProfile) -> list[str]:
    return [
        _("Key"),
        _("Indicator"),
        _("Unit"),
        _("Period"),
        _("Figure"),
        _("Why it is missing"),
        _("Lowest likely"),
        _("Highest likely"),
        _("Municipality"),
        _("County"),
        _("Country"),
        *(area.name for area in profile.circle.comparisons),
        _("Gap"),
        _("Direction of the gap"),
        _("Direction"),
        _("Cautions"),
        *_makings_header(),
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
            row.low,
            row.high,
            row.municipality,
            row.county,
            row.country,
            *(value for _area, value in row.comparisons),
            row.gap,
            str(TRENDS[row.shown_trend].label) if row.shown_trend else "",
            str(row.indicator.get_direction_display()),
            " ".join((*cautions(row), *notes(row))),
            *_makings(point, row),
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
        _("Provisional"),
        *_makings_header(),
        *_source_header(),
    ]


def series_cells(row: ProfileRow) -> Iterator[Sequence[Cell]]:
    """One line for each area and period."""
    for series in all_series(row):
        for point in series.points:
            yield (
                row.definition.name,
                row.indicator.unit,
                series.area_in(point.year).name,
                series.area_in(point.year).code,
                figures.period(point.period),
                point.value,
                figures.why_missing(point.missing),
                point.numerator,
                point.denominator,
                _("Yes") if point.after_break else "",
                _("Yes") if point.is_provisional else "",
                *_makings(point, row),
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


def list_header() -> list[str]:
    return [
        _("Area code"),
        _("Area"),
        _("Kind"),
        _("Population"),
        _("Period"),
        _("Indicators with figures"),
        _("Newest figure"),
        _("Synthetic"),
    ]


def list_cells(rows: Iterable[AreaRow]) -> Iterator[Sequence[Cell]]:
    for row in rows:
        yield (
            row.area.code,
            row.area.name,
            str(row.area.get_kind_display()),
            row.population,
            figures.period(row.population_period) if row.population_period else "",
            row.figures,
            row.newest,
            _("Yes") if row.area.is_synthetic else "",
        )


def register_header() -> list[str]:
    return [
        _("Area code"),
        _("Name"),
        _("Kind"),
        _("Code in use from"),
        _("Code in use to"),
        _("Lies in"),
        _("Synthetic"),
    ]


def register_cells(areas: Iterable[Area]) -> Iterator[Sequence[Cell]]:
    for area in areas:
        yield (
            area.code,
            area.name,
            str(area.get_kind_display()),
            area.valid_from.isoformat() if area.valid_from else "",
            area.valid_to.isoformat() if area.valid_to else "",
            area.parent.code if area.parent else "",
            _("Yes") if area.is_synthetic else "",
        )


def overlap_header(overlap: Overlap) -> list[str]:
    return [
        _("Area"),
        _("Code"),
        _("In the worst fifth"),
        _("Indicators compared"),
        *(f"{column.definition.name} ({figures.period(column.period)})" for column in overlap.columns),
        _("Worst fifth for"),
        _("Composite index"),
        _("Weights in the index"),
    ]


def overlap_cells(overlap: Overlap) -> Iterator[Sequence[Cell]]:
    """The figures themselves, for which of them the area is among the worst, and the index with its weights."""
    weights = "; ".join(f"{column.definition.name}: {column.weight:g}" for column in overlap.counted)
    names = [column.definition.name for column in overlap.columns]
    for row in overlap.rows:
        yield (
            row.area.name,
            row.area.code,
            row.count,
            row.known,
            *(cell.figure.value if cell.figure else None for cell in row.cells),
            ", ".join(name for name, cell in zip(names, row.cells, strict=True) if cell.is_worst),
            row.index,
            weights,
        )


def _makings_header() -> list[str]:
    return [_("Put together by"), _("Put together from"), _("Lacks figures from")]


def _makings(point: Point | None, row: ProfileRow) -> tuple[Cell, ...]:
    """The rule and the areas behind a figure that is put together (F1); "" for one that the source gives."""
    made = made_of(point, row.indicator, "") if point else None
    return (made.rule, ", ".join(made.contributors), ", ".join(made.lacking)) if made else ("", "", "")


def _source_header() -> list[str]:
    return [_("Source"), _("Table"), _("Retrieved"), _("Licence"), _("Synthetic"), _("Version of the definition")]


def _source(row: ProfileRow) -> tuple[Cell, ...]:
    delivery = row.delivery
    return (
        row.source,
        row.table_id,
        figures.day(delivery.retrieved_at) if delivery and delivery.retrieved_at else "",
        row.licence,
        _("Yes") if delivery and delivery.is_synthetic else "",
        row.definition.number,
    )
