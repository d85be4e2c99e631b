"""Where in a sheet the table is: its heading, the columns that name, and the columns that hold figures.

Two shapes are known. In a *long* table each row names everything, and figures stand in columns of their own. In a
*wide* table periods stand in the heading, and each row holds a series.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from samloft.indicators.reading.figures import FigureUnclear, missing_reason, read_figure
from samloft.indicators.reading.periods import read_period
from samloft.indicators.reading.rows import Cell, Row, filled

# Columns that name, whatever their cells look like: a year and a municipality number are no figures.
_NAMES = re.compile(
    r"(?:år|årstall|periode|tid|tidspunkt|dato|måned|kvartal|region|område|geografi|kommune|kommunenummer|fylke|"
    r"sone|levekårssone|krets|grunnkrets|delområde|bydel|delbydel|skole|kjønn|kjonn|alder|aldersgruppe|"
    r"indikator|statistikkvariabel|year|period|time|area|zone|municipality|county|sex|gender|age|indicator)"
    r"(?:(?:s|en|ens)?[ _-]?(?:kode|nr\.?|nummer|navn|namn|code|id|name))?|.*(?:kode|nr\.?|nummer|code|[ _]id)",
    re.I,
)
_CODE = re.compile(r"(.*?)(?:s|en|ens)?[ _-]?(?:kode|kodar|nr\.?|nummer|code|id)", re.I)
MOST_HEADING_ROWS = 8
UNNAMED = "Navn"


@dataclass(frozen=True)
class FigureColumn:
    """`text` is what the heading says beside the period; either may be empty."""

    column: int
    text: str
    period: str


@dataclass(frozen=True)
class Layout:
    """`first` is the number of the first row with figures; `names` are the naming columns with their headings."""

    first: int
    heading: tuple[Cell, ...]
    title: str
    names: tuple[tuple[int, str], ...]
    figures: tuple[FigureColumn, ...]
    left_out: tuple[str, ...]  # headings of columns that are neither
    columns: tuple[str, ...]  # all headings

    @property
    def is_wide(self) -> bool:
        return any(figure.period for figure in self.figures)


def find_layout(rows: Sequence[Row], figure_headings: Sequence[str] = ()) -> Layout | None:
    """The table in the first rows of a sheet; None when there is none.

    `figure_headings` are the columns that someone has said hold the figures; without them the cells decide.
    """
    start = _first_data(rows)
    if start is None:
        return None
    data = [row for row in rows[start:] if not row.is_blank]
    heading = _heading_rows(rows[:start])
    if not heading:
        return None
    levels = _levels(heading, max(len(row.cells) for row in [*heading, *data]))
    columns = _used(levels, data)
    texts = {column: " ".join(_texts(levels, column)) or UNNAMED for column in columns}
    names, figures = _long(data, texts, figure_headings)
    if not figure_headings and (by_period := _wide(data, levels, columns)):
        names, figures = [column for column in columns if column < by_period[0].column], by_period
    if not figures:
        return None
    used = {*names, *(figure.column for figure in figures)}
    return Layout(
        first=rows[start].number,
        heading=tuple(heading[-1].cells),
        title=_title(rows[:start]),
        names=tuple((column, texts[column]) for column in names),
        figures=tuple(figures),
        left_out=tuple(texts[column] for column in columns if column not in used),
        columns=tuple(texts.values()),
    )


def _used(levels: list[list[str]], data: Sequence[Row]) -> list[int]:
    """The columns of the table. One that names may do without a heading, since what it names is plain to see."""
    headed = {column for level in levels for column, text in enumerate(level) if text}
    filled_in = {column for row in data for column in filled(row) if column < max(headed)}
    return sorted(headed | filled_in)


def _wide(data: Sequence[Row], levels: list[list[str]], columns: list[int]) -> list[FigureColumn]:
    found = [_period_heading(_texts(levels, column), column) for column in columns]
    return [figure for figure in found if figure and _holds_figures(data, figure.column)]


def _long(
    data: Sequence[Row], texts: dict[int, str], figure_headings: Sequence[str]
) -> tuple[list[int], list[FigureColumn]]:
    if figure_headings:
        figures = [column for column, text in texts.items() if text in figure_headings]
        names = [column for column in texts if column not in figures]
    else:
        named = [column for column, text in texts.items() if _NAMES.fullmatch(text)]
        others = [column for column in texts if column not in named]
        figures = [column for column in others if _holds_figures(data, column)]
        figures = figures or [column for column in others if _holds_figures(data, column, at_all=True)][-1:]
        last = max(figures, default=0)
        # Text to the right of the figures is a remark, unless its heading says that it names.
        names = [column for column in texts if column in named or (column < last and column not in figures)]
    return names, [FigureColumn(column, texts[column], "") for column in figures]


def is_code_of(code: str, name: str) -> bool:
    """Whether the first heading says that its column holds the codes of what the second names."""
    found = _CODE.fullmatch(code)
    return bool(found and found[1] and name.lower().startswith(found[1].lower()))


def _first_data(rows: Sequence[Row]) -> int | None:
    """The place of the first row that holds figures and not only the periods of a heading."""
    headed: set[int] = set()
    by_period: set[int] = set()
    for at, row in enumerate(rows):
        columns = set(filled(row))
        figures = {column for column in columns if _is_figure(row.cells[column])}
        periods = {column for column in figures if read_period(str(row.cells[column]))}
        is_headed = 0 in columns and (columns <= headed or columns - {0} <= by_period)
        if headed and (figures - periods - {0} or (figures and is_headed)):
            return at
        if columns and columns != {0}:
            headed |= columns
            by_period |= periods
    return None


def _heading_rows(above: Sequence[Row]) -> list[Row]:
    """The rows of the heading: those right above the figures, up to a blank row or a title."""
    found: list[Row] = []
    for row in reversed(above):
        columns = filled(row)
        is_title = columns == [0] or not columns
        if is_title and found:
            break
        if not is_title:
            found.insert(0, row)
        if len(found) == MOST_HEADING_ROWS:
            break
    return found


def _levels(heading: Sequence[Row], width: int) -> list[list[str]]:
    return [[str(cell) for cell in row.cells] + [""] * (width - len(row.cells)) for row in heading]


def _texts(levels: list[list[str]], column: int) -> list[str]:
    """What stands above the column. A heading that spans several columns stands only in the first of them."""
    lowest = levels[-1]
    found = []
    for level in levels:
        at = column
        while not level[at] and level is not lowest and lowest[at] and at > 0 and lowest[at - 1]:
            at -= 1
        found.append(level[at])
    return [text for text in found if text]


def _period_heading(texts: list[str], column: int) -> FigureColumn | None:
    """The column as one of a series, when a level of its heading is a period, or begins or ends with one."""
    for at, text in enumerate(texts):
        if period := read_period(text):
            return FigureColumn(column, " ".join(texts[:at] + texts[at + 1 :]), period)
    words = " ".join(texts).split(" ")
    for at in range(1, len(words)):
        for period_words, others in ((words[at:], words[:at]), (words[:at], words[at:])):
            if period := read_period(" ".join(period_words)):
                return FigureColumn(column, " ".join(others), period)
    return None


def _holds_figures(data: Sequence[Row], column: int, *, at_all: bool = False) -> bool:
    """Whether what stands in the column are figures: at least half of it, for some cells may be wrong."""
    cells = [row.cells[column] for row in data if column < len(row.cells) and row.cells[column] != ""]
    figures = sum(1 for cell in cells if _is_figure(cell))
    return bool(figures) and (at_all or 2 * figures >= len(cells))


def _is_figure(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return True
    if cell == "":
        return False
    if missing_reason(cell):
        return True
    for decimal in (None, ".", ","):
        try:
            read_figure(cell, decimal=decimal)
        except FigureUnclear:
            continue
        return True
    return False


def _title(above: Sequence[Row]) -> str:
    """The first text that stands alone above the table."""
    return next((str(row.cells[0]) for row in above if filled(row) == [0]), "")
