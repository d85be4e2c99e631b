"""A chart as blocks of a document: the picture, and the table with the same figures."""

from samloft.core.charts.descriptions import Chart
from samloft.core.charts.drawing import draw
from samloft.core.charts.tables import chart_table
from samloft.core.charts.telling import alt_text
from samloft.core.documents.blocks import Block, Column, Figure, Row, Table


def chart_blocks(chart: Chart) -> tuple[Block, ...]:
    """The picture with its title, and its table with the source beneath. Call it in the document's language."""
    table = chart_table(chart)
    columns = (
        Column(table.header[0]),
        *(Column(text, align="end") for text in table.header[1:]),
    )
    rows = tuple(Row.of(name, *(cell.text for cell in cells)) for name, cells in table.rows)
    return (
        Figure(draw(chart), "image/svg+xml", alt_text(chart), caption=chart.title),
        Table(columns, rows, caption=chart.title, note=chart.source),
    )
