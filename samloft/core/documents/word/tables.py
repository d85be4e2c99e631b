"""A table in Word, written as XML: python-docx looks every cell up anew, too slow for 1 000 rows."""

from __future__ import annotations

from typing import Any

from docx.shared import Length

from samloft.core.documents.blocks import Row, Table
from samloft.core.documents.plain_text import readable, unbroken
from samloft.core.documents.table_layout import ORDINARY, SMALL, TINY, TableLayout
from samloft.core.documents.word.styles import ACCENT, SURFACE
from samloft.core.documents.word.xml import borders, element

_TWIPS = 635  # English metric units in a twentieth of a point, the unit of Word's tables
_LONGEST_UNBROKEN = 24
STYLE_OF_SIZE = {ORDINARY: "Table Text", SMALL: "Table Text Small", TINY: "Table Text Tiny"}


def table_element(
    table: Table, layout: TableLayout, width: Length, caption: str, style_ids: dict[str, str]
) -> Any:
    """Make the `w:tbl`; the header row repeats on every page, and no row is torn over two."""
    widths = [int(width * weight / _TWIPS) for weight in layout.weights]
    text_style = style_ids[STYLE_OF_SIZE[layout.size]]
    properties = element(
        "w:tblPr",
        element("w:tblStyle", val=style_ids["Document Table"]),
        element("w:tblW", w=sum(widths), type="dxa"),
        element("w:tblLayout", type="fixed"),
        element("w:tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1),
    )
    if caption:
        properties.append(element("w:tblCaption", val=caption))
    grid = element("w:tblGrid", *(element("w:gridCol", w=size) for size in widths))
    writer = _Rows(table, widths, text_style)
    return element("w:tbl", properties, grid, writer.header(), *(writer.row(row) for row in table.rows))


class _Rows:
    def __init__(self, table: Table, widths: list[int], text_style: str) -> None:
        self.ends = [column.align == "end" for column in table.columns]
        self.headers = [column.header for column in table.columns]
        self.widths = widths
        self.text_style = text_style

    def header(self) -> Any:
        cells = [
            self.cell(self.widths[place], text, is_end=self.ends[place], keeps_with_next=True, is_bold=True)
            for place, text in enumerate(self.headers)
        ]
        return element("w:tr", element("w:trPr", element("w:cantSplit"), element("w:tblHeader")), *cells)

    def row(self, row: Row) -> Any:
        is_group = row.kind == "group"
        is_sum = row.kind in ("subtotal", "total")
        spans = len(row.cells) < len(self.widths)
        cells = []
        for place, cell in enumerate(row.cells):
            made = self.cell(
                sum(self.widths) if spans else self.widths[place],
                cell.text,
                is_end=self.ends[place],
                keeps_with_next=is_group,
                is_bold=is_group or is_sum,
                colour=ACCENT if is_group else "",
            )
            self.dress(made.tcPr, row.kind, len(self.widths) if spans else 1)
            cells.append(made)
        return element("w:tr", element("w:trPr", element("w:cantSplit")), *cells)

    def dress(self, properties: Any, kind: str, span: int) -> None:
        if span > 1:
            properties.append(element("w:gridSpan", val=span))
        if kind == "total":
            edge = (8, ACCENT, 0)
            properties.append(borders("w:tcBorders", top=edge, bottom=edge))
        if kind in ("subtotal", "total"):
            properties.append(element("w:shd", val="clear", color="auto", fill=SURFACE))

    def cell(
        self,
        width: int,
        text: str,
        *,
        is_end: bool,
        keeps_with_next: bool = False,
        is_bold: bool = False,
        colour: str = "",
    ) -> Any:
        layout = element("w:pPr", element("w:pStyle", val=self.text_style))
        if keeps_with_next:
            layout.append(element("w:keepNext"))
        if colour:
            layout.append(element("w:spacing", before=160))
        if is_end:
            layout.append(element("w:jc", val="right"))
        paragraph = element("w:p", layout)
        text = readable(text)
        if text:
            run = element("w:r")
            if is_bold or colour:
                run.append(element("w:rPr", element("w:b")))
            if colour:
                run.rPr.append(element("w:color", val=colour))
            run.text = unbroken(text) if is_end and len(text) <= _LONGEST_UNBROKEN else text
            paragraph.append(run)
        return element("w:tc", element("w:tcPr", element("w:tcW", w=width, type="dxa")), paragraph)
