"""The table of a chart, made of the very values that are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samloft.core.charts.descriptions import Chart, DotChart, LineChart, PairChart
from samloft.core.figures import difference_unit, figure_text, number_text


@dataclass(frozen=True, slots=True)
class ChartCell:
    """`text` is read by people; `value` goes into spreadsheets, None where there is no figure."""

    text: str
    value: float | None = None


@dataclass(frozen=True, slots=True)
class ChartTable:
    """`header` begins with what the rows are; each row is its name and its cells."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, tuple[ChartCell, ...]], ...]


def chart_table(chart: Chart) -> ChartTable:
    if isinstance(chart, LineChart):
        return _lines(chart)
    if isinstance(chart, DotChart):
        return _dots(chart)
    return _pairs(chart)


def _lines(chart: LineChart) -> ChartTable:
    periods = dict(sorted((mark.at, mark.label) for line in chart.lines for mark in line.marks))
    breaks = {mark.at for line in chart.lines for mark in line.marks if mark.after_break}
    found = [{mark.at: mark for mark in line.marks} for line in chart.lines]
    rows = []
    for at, label in periods.items():
        cells = tuple(
            _cell(marks[at].value, marks[at].missing, chart.decimals) if at in marks else ChartCell("")
            for marks in found
        )
        name = f"{label} ({_('after a break')})" if at in breaks else label
        rows.append((name, cells))
    names = (f"{line.name} ({chart.unit})" if chart.unit else line.name for line in chart.lines)
    return ChartTable((_("Period"), *names), tuple(rows))


def _dots(chart: DotChart) -> ChartTable:
    bounded = any(dot.low is not None and dot.high is not None for dot in chart.dots)
    bounds = (_("Lowest likely"), _("Highest likely")) if bounded else ()
    rows = []
    for dot in chart.dots:
        cells: tuple[ChartCell, ...] = (_cell(dot.value, dot.missing, chart.decimals),)
        if bounded:
            cells = (*cells, *(_bound(bound, chart.decimals) for bound in (dot.low, dot.high)))
        rows.append((dot.name, cells))
    return ChartTable((_("Name"), chart.unit or _("Value"), *bounds), tuple(rows))


def _pairs(chart: PairChart) -> ChartTable:
    unit = difference_unit(chart.unit)
    header = (_("Name"), *(f"{name} ({chart.unit})" for name in chart.names), _("Gap"))
    return ChartTable(header, tuple((name, tuple(cells)) for name, cells in _pair_rows(chart, unit)))


def _pair_rows(chart: PairChart, unit: str) -> Iterator[tuple[str, list[ChartCell]]]:
    for pair in chart.pairs:
        cells = [_cell(pair.value, pair.missing, chart.decimals), _cell(pair.other, "", chart.decimals)]
        if pair.value is None or pair.other is None:
            cells.append(ChartCell(_("Unknown")))
        else:
            gap = pair.value - pair.other
            cells.append(ChartCell(figure_text(gap, unit, chart.decimals, signed=True), gap))
        yield pair.name, cells


def _cell(value: float | None, missing: str, decimals: int) -> ChartCell:
    if value is None:
        return ChartCell(missing or _("Unknown"))
    return ChartCell(number_text(value, decimals), value)


def _bound(value: float | None, decimals: int) -> ChartCell:
    return ChartCell("") if value is None else ChartCell(number_text(value, decimals), value)
