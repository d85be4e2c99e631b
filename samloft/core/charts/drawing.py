"""Charts as still pictures: SVG without script, style or address, the same bytes for the same chart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from samloft.core.charts.descriptions import Chart, Dot, DotChart, Line, LineChart, Mark, PairChart
from samloft.core.charts.looks import FONT_SIZE, GRID, MAIN, OTHERS, QUIET, TEXT, Look, look
from samloft.core.charts.scales import cut, decimals_of, in_two_lines, spread, ticks, width_of
from samloft.core.charts.telling import alt_text
from samloft.core.charts.tidying import tidy
from samloft.core.figures import figure_text, number_text

# Raised when charts come to look otherwise, so that no browser keeps the old ones.
LOOKS = 1
ROW = 44
SHORT_UNIT = 3


@dataclass(frozen=True, slots=True)
class Width:
    """A picture for a screen of this kind: its width, the letters beside the marks, the labels below."""

    pixels: int
    letters: int
    periods: int
    numbers: int


WIDE = Width(720, 26, 12, 4)
NARROW = Width(380, 15, 5, 2)


def draw(chart: Chart, width: Width = WIDE) -> bytes:
    """The chart as SVG, in the language of the page. Drawn once, then remembered."""
    return _drawn(chart, width, get_language() or "nb")


@lru_cache(maxsize=256)
def _drawn(chart: Chart, width: Width, language: str) -> bytes:
    if _is_empty(chart):
        drawn = _nothing(width)
    elif isinstance(chart, LineChart):
        drawn = _lines(chart, width)
    elif isinstance(chart, DotChart):
        drawn = _dots(chart, width)
    else:
        drawn = _pairs(chart, width)
    return tidy(drawn.to_svg(), title=chart.title, words=alt_text(chart), language=language)


def _is_empty(chart: Chart) -> bool:
    if isinstance(chart, LineChart):
        return all(mark.value is None for line in chart.lines for mark in line.marks)
    return not (chart.dots if isinstance(chart, DotChart) else chart.pairs)


def _nothing(width: Width) -> Any:
    words = [_text(0.5, 0.5, _("No figures"), colour=QUIET, align=0.5)]
    return _plot(words, size=(width.pixels, 120), x=([], [], [0, 1]), y=([], [], [0, 1]), grid="")


def _lines(chart: LineChart, width: Width) -> Any:
    marks = [mark for line in chart.lines for mark in line.marks]
    known = [mark.value for mark in marks if mark.value is not None]
    places = ticks(known)
    low, high = places[0], places[-1]
    first, last = min((mark.at for mark in marks), default=0.0), max((mark.at for mark in marks), default=1.0)
    span = (last - first) or 1.0
    names = [cut(line.name, width.letters) for line in chart.lines]
    beside = max((width_of(name, FONT_SIZE) for name in names), default=0) + 16
    y_labels = _axis_labels(places, chart.unit)
    panel = width.pixels - max(width_of(label, FONT_SIZE) for label in y_labels) - 24
    per_pixel = span / max(panel - beside - 16, 60)
    height = 340 if width is WIDE else 320
    y_per_pixel = (high - low) / (height - 50)
    layers: list[Any] = []
    for place, line in reversed(list(enumerate(chart.lines))):
        layers += _line(line, look(place))
    layers += _ends(chart.lines, names, 9 * per_pixel, (low, high, 17 * y_per_pixel))
    layers += _breaks(chart.lines, high + 16 * y_per_pixel, 50 * per_pixel)
    x_places, x_labels = _periods(marks, width.periods)
    left, right = first - 10 * per_pixel, last + beside * per_pixel
    below, above = low - 8 * y_per_pixel, high + 24 * y_per_pixel
    return _plot(
        layers,
        size=(width.pixels, height),
        x=(x_places, x_labels, [left, right]),
        y=(places, y_labels, [below, above]),
        grid="y",
    )


def _line(line: Line, its: Look) -> list[Any]:
    from lets_plot import geom_path, geom_point

    parts = _unbroken(line.marks)
    joined = [(mark, number) for number, part in enumerate(parts) if len(part) > 1 for mark in part]
    layers: list[Any] = []
    if joined:
        data = {
            "x": [mark.at for mark, _number in joined],
            "y": [mark.value for mark, _number in joined],
            "part": [number for _mark, number in joined],
        }
        layers.append(geom_path(_at(group="part"), data=data, color=its.colour, linetype=its.dash, size=its.size))
    points = [mark for part in parts for mark in part]
    if points:
        data = {"x": [mark.at for mark in points], "y": [mark.value for mark in points]}
        layers.append(
            geom_point(_at(), data=data, shape=its.shape, color=its.colour, fill=its.fill, size=3, stroke=1.2)
        )
    return layers


def _unbroken(marks: tuple[Mark, ...]) -> list[list[Mark]]:
    """The marks that a line may join: it stops where a value is missing, and before a break."""
    parts: list[list[Mark]] = []
    joins = False
    for mark in marks:
        if mark.value is None:
            joins = False
            continue
        if not joins or mark.after_break:
            parts.append([])
        parts[-1].append(mark)
        joins = True
    return parts


def _ends(lines: tuple[Line, ...], names: list[str], gap: float, bounds: tuple[float, float, float]) -> list[Any]:
    """The name of each line at its end, so that nobody has to match colours with a legend."""
    low, high, apart = bounds
    ends = [
        (place, known[-1])
        for place, line in enumerate(lines)
        if (known := [mark for mark in line.marks if mark.value is not None])
    ]
    right = max((mark.at for _place, mark in ends), default=0.0)
    heights = spread([mark.value or 0.0 for _place, mark in ends], apart, low, high + apart)
    return [
        _text(right + gap, height, names[place], colour=look(place).colour, bold=place == 0)
        for (place, _mark), height in zip(ends, heights, strict=True)
    ]


def _breaks(lines: tuple[Line, ...], top: float, apart: float) -> list[Any]:
    """A line across the chart before each break, with a word where there is room for it."""
    from lets_plot import geom_vline

    places = sorted({mark.at - 0.5 for line in lines for mark in line.marks if mark.after_break})
    layers: list[Any] = []
    labelled: float | None = None
    for place in places:
        layers.append(geom_vline(xintercept=place, linetype="dotted", color=QUIET, size=0.8))
        if labelled is None or place - labelled >= apart:
            layers.append(_text(place, top, pgettext("series", "Break"), colour=QUIET, align=0.5))
            labelled = place
    return layers


def _axis_labels(places: list[float], unit: str) -> list[str]:
    """The numbers beside the axis, the last one with the unit when it is short."""
    labels = [number_text(place, decimals_of(places)) for place in places]
    if len(unit) <= SHORT_UNIT:
        labels[-1] = figure_text(places[-1], unit, decimals_of(places))
    return labels


def _periods(marks: list[Mark], most: int) -> tuple[list[float], list[str]]:
    """The periods that get a label: the newest, and back from it as many as there is room for."""
    labels = {mark.at: mark.label for mark in marks}
    places = sorted(labels)
    step = max(-(-len(places) // most), 1)
    shown = [place for number, place in enumerate(reversed(places)) if number % step == 0]
    return shown[::-1], [labels[place] for place in reversed(shown)]


def _dots(chart: DotChart, width: Width) -> Any:
    from lets_plot import geom_point, geom_segment

    bounds = [bound for dot in chart.dots for bound in (dot.value, dot.low, dot.high) if bound is not None]
    places = ticks(bounds, width.numbers)
    rows = _rows(len(chart.dots))
    layers: list[Any] = []
    unit = _per_pixel(places, [_dot_words(dot, chart) for dot in chart.dots if dot.value is not None], width)
    for row, dot in zip(rows, chart.dots, strict=True):
        its = MAIN if dot.is_main else OTHERS[2]
        if dot.low is not None and dot.high is not None:
            layers.append(
                geom_segment(x=dot.low, xend=dot.high, y=row, yend=row, color=its.colour, size=0.9, alpha=0.6)
            )
        if dot.value is not None:
            layers.append(
                geom_point(
                    x=dot.value,
                    y=row,
                    shape=21 if dot.is_main else 23,
                    color=its.colour,
                    fill=its.fill,
                    size=5 if dot.is_main else 4,
                    stroke=1.4,
                )
            )
        right = max((bound for bound in (dot.value, dot.high) if bound is not None), default=places[0])
        layers.append(_text(right + 10 * unit, row, _dot_words(dot, chart), bold=dot.is_main))
    return _in_rows(layers, [dot.name for dot in chart.dots], places, unit, width, chart.unit)


def _dot_words(dot: Dot, chart: DotChart) -> str:
    if dot.value is None:
        return dot.missing or _("Unknown")
    return figure_text(dot.value, chart.unit, chart.decimals)


def _pairs(chart: PairChart, width: Width) -> Any:
    from lets_plot import geom_point, geom_segment

    known = [bound for pair in chart.pairs for bound in (pair.value, pair.other) if bound is not None]
    places = ticks(known, width.numbers)
    rows = _rows(len(chart.pairs))
    words = [
        number_text(pair.value, chart.decimals) if pair.value is not None else pair.missing or _("Unknown")
        for pair in chart.pairs
    ]
    known_words = [told for told, pair in zip(words, chart.pairs, strict=True) if pair.value is not None]
    unit = _per_pixel(places, known_words, width)
    layers: list[Any] = []
    for row, pair, told in zip(rows, chart.pairs, words, strict=True):
        if pair.value is not None and pair.other is not None:
            layers.append(geom_segment(x=pair.other, xend=pair.value, y=row, yend=row, color="#8a8a8a", size=1.4))
        for value, its, size in ((pair.other, OTHERS[0], 4), (pair.value, MAIN, 5)):
            if value is not None:
                layers.append(
                    geom_point(
                        x=value, y=row, shape=its.shape, color=its.colour, fill=its.fill, size=size, stroke=1.4
                    )
                )
        right = max((bound for bound in (pair.value, pair.other) if bound is not None), default=places[0])
        layers.append(_text(right + 10 * unit, row, told, colour=MAIN.colour, bold=True))
    return _in_rows(layers, [pair.name for pair in chart.pairs], places, unit, width, chart.unit, chart.names)


def _rows(count: int) -> list[float]:
    """The height of each row, the first one on top."""
    return [float(count - number) for number in range(count)]


def _per_pixel(places: list[float], words: list[str], width: Width) -> float:
    names = width.letters * FONT_SIZE * 0.6
    beside = max((width_of(told, FONT_SIZE) for told in words), default=0) + 26
    return (places[-1] - places[0]) / max(width.pixels - names - beside - 20, 60)


def _in_rows(
    layers: list[Any],
    names: list[str],
    places: list[float],
    unit: float,
    width: Width,
    measure: str,
    key: tuple[str, str] | None = None,
) -> Any:
    from lets_plot import geom_point

    rows = _rows(len(names))
    top = len(names) + 0.5
    if key:
        # What the two marks stand for, above them.
        top += 0.8
        at = places[0]
        for its, name in zip((MAIN, OTHERS[0]), key, strict=True):
            short = cut(name, width.letters - 3)
            layers.append(
                geom_point(
                    x=at, y=top - 0.45, shape=its.shape, color=its.colour, fill=its.fill, size=4, stroke=1.4
                )
            )
            layers.append(_text(at + 9 * unit, top - 0.45, short, colour=its.colour))
            at += (width_of(short, FONT_SIZE) + 24) * unit
    names_width = width.letters * FONT_SIZE * 0.6
    right = places[0] + (width.pixels - names_width - 20) * unit
    return _plot(
        layers,
        size=(width.pixels, int((top - 0.5) * ROW) + 40),
        x=(places, _axis_labels(places, measure), [places[0] - 8 * unit, right]),
        y=(rows, [in_two_lines(name, width.letters) for name in names], [0.5, top]),
        grid="x",
    )


def _at(**more: str) -> Any:
    from lets_plot import aes

    return aes("x", "y", **more)


def _text(x: float, y: float, words: str, *, colour: str = TEXT, bold: bool = False, align: float = 0.0) -> Any:
    from lets_plot import geom_text

    return geom_text(
        x=x,
        y=y,
        label=words,
        hjust=align,
        vjust=0.5,
        size=6.5,
        color=colour,
        fontface="bold" if bold else "plain",
    )


Axis = tuple[list[float], list[str], list[float]]


def _plot(layers: list[Any], *, size: tuple[int, int], x: Axis, y: Axis, grid: str) -> Any:
    """The layers on a white card with two plain axes; each axis is its places, their labels, and its ends."""
    from lets_plot import (
        element_blank,
        element_line,
        element_rect,
        element_text,
        ggplot,
        ggsize,
        scale_x_continuous,
        scale_y_continuous,
        theme,
    )

    lines = element_line(color=GRID, size=1)
    plot = ggplot()
    for layer in layers:
        plot += layer
    return (
        plot
        + scale_x_continuous(breaks=x[0], labels=x[1], limits=x[2], expand=[0, 0])
        + scale_y_continuous(breaks=y[0], labels=y[1], limits=y[2], expand=[0, 0])
        + theme(
            line=element_blank(),
            panel_grid_major_y=lines if grid == "y" else element_blank(),
            panel_grid_major_x=lines if grid == "x" else element_blank(),
            axis_title=element_blank(),
            axis_text=element_text(size=FONT_SIZE, color=TEXT),
            legend_position="none",
            plot_background=element_rect(fill="white", size=0),
            panel_background=element_blank(),
            plot_margin=[4, 4, 4, 4],
        )
        + ggsize(*size)
    )
