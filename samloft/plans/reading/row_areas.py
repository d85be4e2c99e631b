"""Which focus area the rows of a table stand in, from a column of areas or from headings between the rows."""

import re
from collections.abc import Sequence

from samloft.plans.reading.document import Merged, Row
from samloft.plans.reading.layout import Layout
from samloft.plans.reading.names import clean_name, without_numbering
from samloft.plans.reading.totals import opens_total, total_kind

_WITHOUT_AREA = re.compile(
    r"^(?:administra|evaluering|åpen post|open post|programled|prosjektled|kompetansehev|"
    r"følgeevaluering|reserve|uforutsett)",
    re.I,
)

_NAMED_AREA = re.compile(
    r"^\W*(?:innsats|satsings|fokus|program)område\s*(?:[0-9]+|[a-z]|[ivx]+)?\s*[:–—-]\s*\w{3,}|^\W*delprogram\s*[0-9]*\s*[:–—-]\s*\w{3,}",
    re.I,
)


class Areas:
    """Where in the table's focus areas the reading is; rows must be entered in order."""

    def __init__(self, body: Sequence[Row], layout: Layout, headings: Sequence[str]) -> None:
        label = layout.columns.labels[layout.columns.name] if layout.columns.labels else ""
        self.at = layout.columns.focus_area
        self.known = [*(text for text in headings if not opens_total(text)), *self._texts(body)]
        self.repeats = self._repeats(body)
        # "Innsatsområde 1: Oppvekst" over the names is the first group's heading as well.
        self._heading: str | None = area_name(label) if _NAMED_AREA.match(label) else None
        self._column: str | None = None

    def _texts(self, body: Sequence[Row]) -> list[str]:
        texts = [row.cells[self.at].text for row in body if self.at is not None and row.cells[self.at].text]
        return list(dict.fromkeys(text for text in texts if not opens_total(text)))

    def _repeats(self, body: Sequence[Row]) -> bool:
        """Whether the area is written on every row of its group, so that an empty cell says "none"."""
        if self.at is None:
            return False
        at = self.at
        texts = [row.cells[at].text for row in body if row.cells[at].text]
        return any(row.cells[at].merged is Merged.ABOVE for row in body) or len(set(texts)) < len(texts)

    def text_in(self, row: Row) -> str:
        """What the row's own cell in the area's column says; "" when there is no such column."""
        return row.cells[self.at].text if self.at is not None else ""

    def enter(self, row: Row) -> None:
        """Take in what the row says in the area's column."""
        if self.at is None:
            return
        cell = row.cells[self.at]
        if opens_total(cell.text) and total_kind(cell.text, bold=cell.bold, areas=self.known):
            return
        if cell.text and not re.fullmatch(r"\W+", cell.text):
            self._column, self._heading = area_name(cell.text), None
        elif cell.merged is not Merged.ABOVE and (self.repeats or cell.text):
            self._column = None

    def open(self, heading: str) -> None:
        """A heading between the rows opens its area."""
        self._heading, self._column = area_name(heading), None
        self.known.append(self._heading)

    def close(self, *, after_total: bool = False) -> None:
        """The area's column is silent about the rows below; after a total only if it is not said on every row."""
        if not (after_total and self.repeats):
            self._column = None

    def of(self, name: str, row: Row) -> str | None:
        """The area of a line with this name."""
        if self.at is None:
            return self._heading
        said_here = bool(row.cells[self.at].text) or row.cells[self.at].merged is Merged.ABOVE
        if not said_here and _WITHOUT_AREA.match(name):
            return None  # written below the last group, these belong to the whole plan
        return self._column or self._heading


def area_name(text: str) -> str:
    """The area's name as its heading has it, without numbering."""
    return without_numbering(clean_name(text)).rstrip(":")
