"""Figures in use that a file says are missing: a revision like any other, and one to be seen coming."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from samloft.indicators.models import Observation
from samloft.indicators.reading.joining import VALUE, key_and_part
from samloft.places.models import Area

CHUNK = 2000
MOST_SHOWN = 10

Place = tuple[str, str, str, str, str]  # area, period, indicator with its part, sex, age


class Gone(NamedTuple):
    """A figure that will no longer count."""

    area: str
    period: str
    indicator: str
    value: float


@dataclass
class GoingMissing:
    """Hears of the places that a file leaves without a figure, and counts those that have one now. One query for
    each chunk; none as long as nothing is in use."""

    areas: Mapping[str, Area]
    owner_id: int | None  # the municipality whose figures they are; None for open ones
    count: int = 0
    first: list[Gone] = field(default_factory=list)
    _waiting: list[Place] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._is_needed = Observation.objects.in_use_of(self.owner_id).exists()

    def add(self, place: Place) -> None:
        if self._is_needed and key_and_part(place[2])[1] == VALUE:
            self._waiting.append(place)
            if len(self._waiting) >= CHUNK:
                self.look()

    def look(self) -> None:
        """Count what has been heard so far."""
        if not self._waiting:
            return
        ids = {name: self.areas[name].pk for name, *_rest in self._waiting}
        known = Observation.objects.in_use_of(self.owner_id).filter(
            indicator__key__in={place[2] for place in self._waiting},
            area__in=set(ids.values()),
            period__in={place[1] for place in self._waiting},
            value__isnull=False,
        )
        columns = ("area_id", "period", "indicator__key", "sex", "age", "value")
        values = {tuple(row[:5]): row[5] for row in known.order_by().values_list(*columns)}
        for area, period, indicator, sex, age in self._waiting:
            value = values.get((ids[area], period, indicator, sex, age))
            if value is not None:
                self.count += 1
                if len(self.first) < MOST_SHOWN:
                    self.first.append(Gone(self.areas[area].name, period, indicator, value))
        self._waiting.clear()
