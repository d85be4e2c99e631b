"""Figures as they stand now, with where they come from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from samloft.indicators.models import Observation

Place = tuple[int, int]  # the primary keys of an indicator and an area


@dataclass(frozen=True)
class Figure:
    """A figure for everybody in an area; `value` is None when it is missing, and `missing` says why."""

    period: str
    year: int
    value: float | None
    missing: str
    is_provisional: bool
    source: str
    table_id: str
    retrieved_at: datetime | None


def series(places: Iterable[Place]) -> Mapping[Place, tuple[Figure, ...]]:
    """The figures of each indicator in each area, the oldest first. One query."""
    found: dict[Place, list[Figure]] = {place: [] for place in places}
    rows: Any = (
        Observation.objects.in_use()
        .whole()
        .filter(
            indicator__in={indicator for indicator, _area in found}, area__in={area for _indicator, area in found}
        )
        .order_by("year", "period")
        .values_list(
            "indicator_id",
            "area_id",
            "period",
            "year",
            "value",
            "missing",
            "is_provisional",
            "batch__source",
            "batch__table_id",
            "batch__retrieved_at",
        )
    )
    for indicator, area, *facts in rows:
        if (indicator, area) in found:
            found[indicator, area].append(Figure(*facts))
    return {place: tuple(figures) for place, figures in found.items()}


def latest(figures: Iterable[Figure]) -> Figure | None:
    """The last of them that has a value."""
    known = [figure for figure in figures if figure.value is not None]
    return known[-1] if known else None
