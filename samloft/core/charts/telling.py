"""A chart told in words, for those who hear it and for those who print it."""

from django.utils.translation import gettext as _

from samloft.core.charts.descriptions import Chart, Dot, DotChart, Line, LineChart, Pair, PairChart
from samloft.core.figures import figure_text

# The rest stands in the table; nobody listens to forty rows read in one breath.
MOST = 8


def alt_text(chart: Chart) -> str:
    """What the chart shows, in sentences. The table beside it has all of its figures."""
    if isinstance(chart, LineChart):
        told = [_line(line, chart) for line in chart.lines]
        kind = _("Line chart")
    elif isinstance(chart, DotChart):
        told = [_dot(dot, chart) for dot in chart.dots]
        kind = _("Chart with one dot for each name")
    else:
        told = [_pair(pair, chart) for pair in chart.pairs]
        kind = _("Chart with two dots for each name")
    more = len(told) - MOST
    if more > 0:
        told = [*told[:MOST], _("%(count)s more are in the table.") % {"count": more}]
    return " ".join([f"{kind}: {chart.title}.", *told])


def _line(line: Line, chart: LineChart) -> str:
    known = [mark for mark in line.marks if mark.value is not None]
    if not known:
        return _("%(name)s: no figures.") % {"name": line.name}
    first, last = known[0], known[-1]
    values = {
        "name": line.name,
        "first": figure_text(first.value or 0, chart.unit, chart.decimals),
        "then": first.label,
        "last": figure_text(last.value or 0, chart.unit, chart.decimals),
        "now": last.label,
    }
    told = (
        _("%(name)s: %(last)s in %(now)s.") % values
        if first is last
        else _("%(name)s: from %(first)s in %(then)s to %(last)s in %(now)s.") % values
    )
    gaps = [mark.label for mark in line.marks if mark.value is None]
    breaks = [mark.label for mark in line.marks if mark.after_break]
    if gaps:
        told += " " + _("No figure for %(periods)s.") % {"periods": ", ".join(gaps)}
    if breaks:
        told += " " + _("Break in the series before %(periods)s.") % {"periods": ", ".join(breaks)}
    return told


def _dot(dot: Dot, chart: DotChart) -> str:
    if dot.value is None:
        return _("%(name)s: %(why)s.") % {"name": dot.name, "why": dot.missing or _("Unknown")}
    return f"{dot.name}: {figure_text(dot.value, chart.unit, chart.decimals)}."


def _pair(pair: Pair, chart: PairChart) -> str:
    if pair.value is None:
        return _("%(name)s: %(why)s.") % {"name": pair.name, "why": pair.missing or _("Unknown")}
    value = figure_text(pair.value, chart.unit, chart.decimals)
    if pair.other is None:
        return f"{pair.name}: {value}."
    return _("%(name)s: %(value)s, %(other_name)s %(other)s.") % {
        "name": pair.name,
        "value": value,
        "other_name": chart.names[1],
        "other": figure_text(pair.other, chart.unit, chart.decimals),
    }
