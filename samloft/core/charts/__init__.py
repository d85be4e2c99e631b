"""Charts described in words and figures: drawn as pictures, told as a sentence, and given as a table."""

from samloft.core.charts.answers import chart_answer
from samloft.core.charts.blocks import chart_blocks
from samloft.core.charts.descriptions import (
    Chart,
    Dot,
    DotChart,
    Line,
    LineChart,
    Mark,
    Pair,
    PairChart,
)
from samloft.core.charts.drawing import NARROW, WIDE, draw
from samloft.core.charts.sparklines import sparkline
from samloft.core.charts.tables import ChartTable, chart_table
from samloft.core.charts.telling import alt_text

__all__ = [
    "NARROW",
    "WIDE",
    "Chart",
    "ChartTable",
    "Dot",
    "DotChart",
    "Line",
    "LineChart",
    "Mark",
    "Pair",
    "PairChart",
    "alt_text",
    "chart_answer",
    "chart_blocks",
    "chart_table",
    "draw",
    "sparkline",
]
