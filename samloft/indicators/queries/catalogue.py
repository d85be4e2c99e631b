"""The catalogue of indicators as those who keep it see it (F1)."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from samloft.indicators.models import Indicator, IndicatorDefinition, LatestFigure, Level


@dataclass(frozen=True)
class Entry:
    """An indicator with its newest definition."""

    indicator: Indicator
    definition: IndicatorDefinition
    has_figures: bool

    @property
    def levels(self) -> str:
        return levels_of(self.indicator)


def entries() -> list[Entry]:
    """All of them, in the order of the catalogue. One query."""
    figures = LatestFigure.objects.filter(indicator=OuterRef("indicator"))
    latest = IndicatorDefinition.objects.latest().select_related("indicator")
    rows: Any = latest.annotate(used=Exists(figures)).order_by("indicator__position", "indicator__key")
    return [Entry(row.indicator, row, row.used) for row in rows]


def levels_of(indicator: Indicator) -> str:
    """`Municipality, Zone or basic unit`, in the language of the page."""
    return ", ".join(str(Level(level).label) for level in indicator.levels)
