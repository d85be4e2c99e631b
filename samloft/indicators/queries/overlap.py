"""Which living conditions pile up where: for each indicator the fifth of the areas that is worst off (F6).

Indicators of who lives somewhere are neutral and never counted: nobody is scored by origin or age. The index is
the mean of how far down each area stands, with weights that the reader chooses, 1 for each to begin with; it is
for work inside the programme and is never published.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from samloft.indicators.models import Direction, Indicator, IndicatorDefinition, LatestFigure
from samloft.indicators.queries.profile_rows import exists_for
from samloft.indicators.queries.rankings import common_period, places_of
from samloft.places.models import Area

# Of fewer areas than this, a fifth is nobody.
FEWEST = 5


@dataclass(frozen=True)
class Column:
    """One counted indicator: `compared` areas have a figure for `period`; `worst` of them are the worst fifth.

    `weight` is what it weighs in the composite index.
    """

    definition: IndicatorDefinition
    period: str
    compared: int
    worst: int
    weight: float = 1.0

    @property
    def indicator(self) -> Indicator:
        return self.definition.indicator


@dataclass(frozen=True)
class OverlapCell:
    """`place` is None where the area is not compared; `figure` may still be there, of another period."""

    figure: LatestFigure | None
    place: int | None
    is_worst: bool


@dataclass(frozen=True)
class OverlapRow:
    """`count` of the `known` indicators put the area in the worst fifth; `index` is 0–100, 100 the worst off."""

    area: Area
    cells: tuple[OverlapCell, ...]
    count: int
    known: int
    index: float | None


@dataclass(frozen=True)
class Overlap:
    columns: tuple[Column, ...]
    rows: tuple[OverlapRow, ...]
    left_out: tuple[IndicatorDefinition, ...]

    @property
    def by_index(self) -> tuple[OverlapRow, ...]:
        """The highest index first, those without one last."""
        return tuple(sorted(self.rows, key=lambda row: (row.index is None, -(row.index or 0))))

    @property
    def counted(self) -> tuple[Column, ...]:
        """The indicators with enough areas to point out a fifth."""
        return tuple(column for column in self.columns if column.worst)


def overlap(areas: Sequence[Area]) -> Overlap:
    """The areas with most indicators in the worst fifth first. Two queries."""
    definitions = [
        definition
        for definition in IndicatorDefinition.objects.latest().select_related("indicator").order_by("indicator")
        if any(exists_for(definition.indicator, area) for area in areas[:1])
    ]
    judged = [one for one in definitions if one.indicator.direction != Direction.NEUTRAL]
    left_out = tuple(one for one in definitions if one.indicator.direction == Direction.NEUTRAL)
    figures = _figures([one.indicator_id for one in judged], [area.pk for area in areas])
    columns: list[Column] = []
    cells: dict[int, list[OverlapCell]] = {area.pk: [] for area in areas}
    for definition in judged:
        by_area = figures.get(definition.indicator_id, {})
        if not by_area:
            continue
        column, places = _column(definition, by_area)
        columns.append(column)
        for area in areas:
            place = places.get(area.pk)
            is_worst = place is not None and place <= column.worst
            cells[area.pk].append(OverlapCell(by_area.get(area.pk), place, is_worst))
    rows = [_row(area, columns, cells[area.pk]) for area in areas]
    rows.sort(key=lambda row: (-row.count, row.area.name))
    return Overlap(tuple(columns), tuple(rows), left_out)


def _figures(indicators: Iterable[int], areas: Iterable[int]) -> dict[int, dict[int, LatestFigure]]:
    found: dict[int, dict[int, LatestFigure]] = {}
    for figure in LatestFigure.objects.filter(indicator__in=list(indicators), area__in=list(areas)).order_by():
        found.setdefault(figure.indicator_id, {})[figure.area_id] = figure
    return found


def _column(definition: IndicatorDefinition, by_area: dict[int, LatestFigure]) -> tuple[Column, dict[int, int]]:
    period = common_period(by_area.values())
    values = {
        area: figure.amount
        for area, figure in by_area.items()
        if figure.period == period and figure.amount is not None
    }
    # When all are alike, nobody is worst off.
    tells = len(values) >= FEWEST and len(set(values.values())) > 1
    worst = max(len(values) // 5, 1) if tells else 0
    return Column(definition, period, len(values), worst), places_of(values, definition.indicator.direction)


def weighed(found: Overlap, weights: Mapping[str, float]) -> Overlap:
    """The same with an index by these weights, by the keys of the indicators; without one, 1."""
    columns = tuple(replace(column, weight=weights.get(column.indicator.key, 1.0)) for column in found.columns)
    rows = tuple(replace(row, index=_index(columns, row.cells)) for row in found.rows)
    return replace(found, columns=columns, rows=rows)


def _index(columns: Sequence[Column], cells: Sequence[OverlapCell]) -> float | None:
    """The mean of how far down the area stands, 0–100, over the indicators that it is compared by."""
    shares = [
        (100 * (column.compared - cell.place) / (column.compared - 1), column.weight)
        for column, cell in zip(columns, cells, strict=True)
        if column.worst and cell.place is not None
    ]
    together = sum(weight for _share, weight in shares)
    return sum(share * weight for share, weight in shares) / together if together else None


def _row(area: Area, columns: Sequence[Column], cells: Sequence[OverlapCell]) -> OverlapRow:
    known = [cell for column, cell in zip(columns, cells, strict=True) if column.worst and cell.place is not None]
    return OverlapRow(
        area,
        tuple(cells),
        sum(1 for cell in known if cell.is_worst),
        len(known),
        _index(columns, cells),
    )
