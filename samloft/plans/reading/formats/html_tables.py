"""Tables written as HTML inside a text file, with row and column spans."""

from html.parser import HTMLParser

from samloft.plans.reading.document import Cell, Merged, Row, Table, same_width
from samloft.plans.reading.names import joined_lines, without_markup

MOST_SPAN = 50


def read_tables(lines: list[str], *, first_line: int) -> list[Table]:
    """The tables in these lines; rows are numbered by the line where the row begins."""
    parser = _TableParser(first_line)
    parser.feed("\n".join(lines))
    parser.close()
    return [Table(same_width(rows)) for rows in parser.tables if rows]


class _TableParser(HTMLParser):
    def __init__(self, first_line: int) -> None:
        super().__init__(convert_charrefs=True)
        self.first_line = first_line
        self.tables: list[list[Row]] = []
        self.cells: list[Cell] = []
        self.row_line = 0
        self.text: list[str] | None = None
        self.bold = 0
        self.bold_text = 0
        self.skipping = 0
        self.span = (1, 1)
        self.open_spans: dict[int, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
            self.open_spans = {}
        elif tag == "tr":
            self._end_row()
            self.row_line = self.first_line + self.getpos()[0] - 1
        elif tag in ("td", "th"):
            self._end_cell()
            wanted = dict(attrs)
            self.span = (_span(wanted.get("colspan")), _span(wanted.get("rowspan")))
            self.text, self.bold_text = [], 0
            self.bold = 1 if tag == "th" else 0
        elif tag in ("b", "strong"):
            self.bold += 1
        elif tag in ("br", "p", "div", "li") and self.text is not None:
            self.text.append("\n")
        elif tag == "sup":
            self.skipping += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self._end_row()
        elif tag in ("b", "strong"):
            self.bold = max(0, self.bold - 1)
        elif tag == "sup":
            self.skipping = max(0, self.skipping - 1)

    def handle_data(self, data: str) -> None:
        if self.text is not None and not self.skipping:
            self.text.append(data)
            self.bold_text += len(data.strip()) if self.bold else 0

    def _covered(self) -> None:
        while self.open_spans.get(len(self.cells), 0) > 0:
            self.open_spans[len(self.cells)] -= 1
            self.cells.append(Cell(merged=Merged.ABOVE))

    def _end_cell(self) -> None:
        if self.text is None:
            return
        self._covered()
        text = joined_lines(without_markup("".join(self.text)))
        wide, high = self.span
        self.open_spans[len(self.cells)] = high - 1
        self.cells.append(Cell(text=text, bold=bool(text) and self.bold_text >= len(text.replace(" ", "")) * 0.9))
        self.cells.extend(Cell(merged=Merged.LEFT) for _ in range(wide - 1))
        self.text, self.bold = None, 0

    def _end_row(self) -> None:
        self._end_cell()
        if self.cells:
            self._covered()
            if not self.tables:
                self.tables.append([])
            self.tables[-1].append(Row(self.row_line or self.first_line, tuple(self.cells)))
        self.cells = []


def _span(value: str | None) -> int:
    return min(MOST_SPAN, max(1, int(value))) if value and value.isdigit() else 1
