"""A sheet or a CSV file as a cube: dimensions from its headings and naming columns, figures cell by cell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from django.utils.translation import gettext_noop as _

from samloft.core.files.refusals import FileRefused, refused
from samloft.core.said import said
from samloft.indicators.reading.cube import About, Dimension, Figure, Number, Problems, cells, table_in
from samloft.indicators.reading.figures import (
    DecimalMark,
    FigureUnclear,
    decimal_proof,
    is_sound,
    missing_reason,
    read_figure,
)
from samloft.indicators.reading.layout import FigureColumn, Layout, find_layout, is_code_of
from samloft.indicators.reading.limits import MOST_CATEGORIES, MOST_CELLS, MOST_DIMENSIONS
from samloft.indicators.reading.periods import read_period
from samloft.indicators.reading.rows import Cell, Row, Sheet, Spot

_SAMPLE = 300  # rows in which the table must begin
_LONGEST = 500
_MOST_NOTES = 1_000  # rows without figures in a row; more are no footnotes
PERIOD, CONTENTS = "Tid", "Innhold"  # the dimensions that stand in a heading without a name of their own


@dataclass(frozen=True)
class Hints:
    """What a person has said about the file, where its cells leave it open."""

    decimal: DecimalMark | None = None
    figure_headings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Record:
    """One row of the table: what it names, and its cells that hold figures."""

    row: int
    names: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass
class TableCube:
    """`axes` are the naming columns behind each dimension: one, or the column of codes and that of their names."""

    sheet: Sheet
    layout: Layout
    dimensions: tuple[Dimension, ...]
    about: About
    decimal: DecimalMark | None
    axes: tuple[int, ...]
    heading: tuple[tuple[int, ...], ...]  # for each figure column its positions in the dimensions of the heading
    is_in_order: bool = False
    places: int = 0  # a long table says only what it has, so nothing is missing that no cell is empty for

    def figures(self, problems: Problems) -> Iterator[Figure]:
        positions = [{code: at for at, code in enumerate(d.codes)} for d in self.dimensions[: len(self.axes)]]
        seen = bytearray((cells(self.dimensions) + 7) // 8)
        for record in _records(self.sheet, self.layout, problems):
            where = tuple(by_code[record.names[axis]] for by_code, axis in zip(positions, self.axes, strict=True))
            for column, above, cell in zip(self.layout.figures, self.heading, record.cells, strict=True):
                place = where + above
                spot = Spot(self.sheet.name, record.row, column.column)
                if not self._is_new(place, seen):
                    problems.add(spot.said, said(_("The table gives this figure in an earlier row too.")))
                    continue
                try:
                    yield Figure(place, *_judged(cell, self.decimal))
                except FigureUnclear as unclear:
                    problems.add(spot.said, unclear.reason)

    def _is_new(self, place: tuple[int, ...], seen: bytearray) -> bool:
        at = 0
        for position, dimension in zip(place, self.dimensions, strict=True):
            at = at * dimension.size + position
        byte, bit = at >> 3, 1 << (at & 7)
        is_new = not seen[byte] & bit
        seen[byte] |= bit
        return is_new


def open_table(sheets: Sequence[Sheet], choice: str, hints: Hints) -> TableCube:
    """Describe the table in the sheet called `choice`, or the first that holds one. Raises FileRefused."""
    found: list[tuple[Sheet, Layout]] = []
    for sheet in sheets:
        layout = find_layout(list(islice(sheet.rows(), _SAMPLE)), hints.figure_headings)
        if layout:
            found.append((sheet, layout))
    names = tuple(sheet.name for sheet, _layout in found)
    if not found:
        raise refused(_("No table of figures was found in the file: a row of headings, and figures below it."))
    if choice and choice not in names:
        raise refused(_("The file holds no table called “%(name)s”."), name=choice[:80])
    sheet, layout = found[names.index(choice) if choice else 0]
    return _described(sheet, layout, names if len(names) > 1 else (), hints)


@dataclass
class _Axis:
    """The categories of one naming column, in the order they come."""

    column: int
    heading: str
    codes: dict[str, None] = field(default_factory=dict)


def _described(sheet: Sheet, layout: Layout, choices: tuple[str, ...], hints: Hints) -> TableCube:
    axes = [_Axis(column, heading) for column, heading in layout.names]
    labels = _LabelColumns(axes)
    proofs: set[DecimalMark] = set()
    for record in _records(sheet, layout, Problems()):
        labels.see(record.names)
        for axis, name in zip(axes, record.names, strict=True):
            axis.codes.setdefault(name)
            if len(axis.codes) > MOST_CATEGORIES:
                raise refused(_("“%(name)s” has more categories than any table of ours needs."), name=axis.heading)
        proofs |= {proof for cell in record.cells if isinstance(cell, str) and (proof := decimal_proof(cell))}
    kept = [at for at in range(len(axes)) if at not in labels.names_of.values()]
    dimensions = [_named(axes[at], labels.labels(at)) for at in kept]
    above, heading = _heading_dimensions(layout.figures)
    dimensions += above
    if len(dimensions) > MOST_DIMENSIONS or cells(dimensions) > MOST_CELLS:
        raise _too_many(cells(dimensions))
    texts = {figure.text for figure in layout.figures}
    title = (layout.title or (texts.pop() if len(texts) == 1 else ""))[:_LONGEST]
    return TableCube(
        sheet=sheet,
        layout=layout,
        dimensions=_without_doubles(dimensions),
        about=About(
            title=title,
            table=table_in(title),
            choices=choices,
            choice=sheet.name if choices else "",
            left_out=layout.left_out,
            columns=() if layout.is_wide else layout.columns,
            figures=() if layout.is_wide else tuple(figure.text for figure in layout.figures),
        ),
        decimal=hints.decimal or (proofs.pop() if len(proofs) == 1 else None),
        axes=tuple(kept),
        heading=heading,
    )


class _LabelColumns:
    """Finds the columns that only name what the column before them gives the code of, and then merges them."""

    def __init__(self, axes: Sequence[_Axis]) -> None:
        self._pairs: dict[tuple[int, int], dict[str, str]] = {}
        for left, right in zip(range(len(axes)), range(1, len(axes)), strict=False):
            if is_code_of(axes[left].heading, axes[right].heading):
                self._pairs[left, right] = {}
            elif is_code_of(axes[right].heading, axes[left].heading):
                self._pairs[right, left] = {}

    def see(self, names: tuple[str, ...]) -> None:
        for (code, name), known in list(self._pairs.items()):
            if known.setdefault(names[code], names[name]) != names[name]:
                del self._pairs[code, name]

    @property
    def names_of(self) -> dict[int, int]:
        """Column of codes to column of names."""
        return dict(self._pairs.keys())

    def labels(self, code: int) -> dict[str, str]:
        return next((known for (at, _name), known in self._pairs.items() if at == code), {})


def _named(axis: _Axis, labels: dict[str, str]) -> Dimension:
    codes = tuple(axis.codes)
    role = "time" if codes and all(read_period(code) for code in codes) else None
    return Dimension(axis.heading, axis.heading, role, codes, tuple(labels.get(code) or code for code in codes))


def _heading_dimensions(figures: Sequence[FigureColumn]) -> tuple[list[Dimension], tuple[tuple[int, ...], ...]]:
    """The dimensions that stand in the heading, and where each figure column is in them."""
    texts = list(dict.fromkeys(figure.text for figure in figures))
    periods = list(dict.fromkeys(figure.period for figure in figures if figure.period))
    dimensions = []
    if len(texts) > 1:
        dimensions.append(Dimension(CONTENTS, CONTENTS, None, tuple(texts), tuple(texts)))
    if periods:
        dimensions.append(Dimension(PERIOD, PERIOD, "time", tuple(periods), tuple(periods)))
    return dimensions, tuple(
        ((texts.index(figure.text),) if len(texts) > 1 else ())
        + ((periods.index(figure.period),) if periods else ())
        for figure in figures
    )


def _without_doubles(dimensions: Sequence[Dimension]) -> tuple[Dimension, ...]:
    """The dimensions under names that differ."""
    taken: dict[str, int] = {}
    found = []
    for dimension in dimensions:
        taken[dimension.id] = taken.get(dimension.id, 0) + 1
        again = taken[dimension.id]
        found.append(dimension if again == 1 else replace(dimension, id=f"{dimension.id} ({again})"))
    return tuple(found)


def _records(sheet: Sheet, layout: Layout, problems: Problems) -> Iterator[Record]:
    """The rows of the table. Labels that are not repeated are filled in; notes below the table are left out."""
    columns = [column for column, _heading in layout.names]
    above = [""] * len(columns)
    waiting: list[Record] = []
    for row in sheet.rows():
        if row.number < layout.first or row.is_blank or tuple(row.cells) == layout.heading:
            continue
        names = [_name(row, column) for column in columns]
        figures = tuple(_at(row, figure.column) for figure in layout.figures)
        is_note = all(cell == "" for cell in figures)
        gap = _filled_in(names, above)
        if is_note:
            # Below the table this is a footnote; with figures after it, a row whose cells are all empty.
            if gap is None:
                waiting.append(Record(row.number, tuple(names), figures))
            if len(waiting) < _MOST_NOTES:
                continue
        elif gap is not None:
            message = said(_("The row does not say “%(heading)s”."), heading=layout.names[gap][1])
            problems.add(Spot(sheet.name, row.number, columns[gap]).said, message)
            continue
        yield from waiting
        waiting.clear()
        if not is_note:
            above = names
            yield Record(row.number, tuple(names), figures)


def _filled_in(names: list[str], above: list[str]) -> int | None:
    """Fill the blanks at the beginning from the row above; the place of a blank that cannot be filled."""
    for at, name in enumerate(names):
        if name:
            break
        names[at] = above[at]
    return next((at for at, name in enumerate(names) if not name), None)


def _name(row: Row, column: int) -> str:
    return str(_at(row, column))[:_LONGEST]


def _at(row: Row, column: int) -> Cell:
    return row.cells[column] if column < len(row.cells) else ""


def _judged(cell: Cell, decimal: DecimalMark | None) -> tuple[Number | None, str]:
    if not isinstance(cell, str):
        if is_sound(cell):
            return cell, ""
        raise FigureUnclear(said(_("The number is too large to be a figure.")))
    if reason := missing_reason(cell):
        return None, reason
    return read_figure(cell, decimal=decimal)


def _too_many(count: int) -> FileRefused:
    return refused(
        _("The table spans %(count)d figures; %(most)d are the most. Divide it and upload the parts."),
        count=count,
        most=MOST_CELLS,
    )
