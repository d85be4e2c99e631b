"""What a map shows: areas with a value each, put into a few classes with round limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from samloft.core.charts.scales import decimals_of, ticks
from samloft.core.figures import figure_text, number_text

MOST_CLASSES = 5


@dataclass(frozen=True, slots=True)
class MapArea:
    """`geometry` is GeoJSON in EPSG:4326, None when the outline is unknown; `value` None is unknown.

    `text` is the value as it is read, or why there is none; `label` is written in the area when there is room.
    """

    name: str
    geometry: dict[str, Any] | None
    value: float | None = None
    text: str = ""
    label: str = ""
    url: str = ""
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class AreaMap:
    """`is_plain`: the map shows only where the areas lie. `note` is a line beneath, such as the source."""

    title: str
    areas: tuple[MapArea, ...]
    unit: str = ""
    decimals: int = 1
    note: str = ""
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class MapClass:
    """From `low`, up to but not including `high`; the last class includes it. `number` begins with 0."""

    number: int
    low: float
    high: float
    text: str
    is_last: bool

    def holds(self, value: float) -> bool:
        return self.low <= value < self.high or (self.is_last and value == self.high)


def classes(shown: AreaMap) -> tuple[MapClass, ...]:
    """The classes of the map, the lowest first: at most five, with round limits. Empty when nothing is known."""
    values = [area.value for area in shown.areas if area.value is not None]
    if not values or shown.is_plain:
        return ()
    if shown.decimals == 0 and max(values) - min(values) < MOST_CLASSES:
        return tuple(_whole_numbers(int(min(values)), int(max(values)), shown.unit))
    if shown.decimals == 0:
        return tuple(_steps_of_whole_numbers(int(min(values)), int(max(values)), shown.unit))
    limits = next(found for wanted in (4, 3, 2) if len(found := ticks(values, wanted)) <= MOST_CLASSES + 1)
    return tuple(_ranges(limits, shown.unit))


def _whole_numbers(low: int, high: int, unit: str) -> Iterator[MapClass]:
    for number, value in enumerate(range(low, high + 1)):
        yield MapClass(number, value, value + 1, figure_text(value, unit), value == high)


def _steps_of_whole_numbers(low: int, high: int, unit: str) -> Iterator[MapClass]:
    """`0–2`, `3–5`: classes of counts share no limit."""
    step = -(-(high - low + 1) // MOST_CLASSES)
    starts = range(low, high + 1, step)
    for number, start in enumerate(starts):
        last = min(start + step - 1, high)
        text = number_text(start) if last == start else f"{number_text(start)}–{number_text(last)}"
        yield MapClass(number, start, last + 1, f"{text} {unit}".strip(), number == len(starts) - 1)


def _ranges(limits: list[float], unit: str) -> Iterator[MapClass]:
    decimals = decimals_of(limits)
    for number, (low, high) in enumerate(pairwise(limits)):
        text = f"{number_text(low, decimals)}–{figure_text(high, unit, decimals)}"
        yield MapClass(number, low, high, text, high == limits[-1])


def map_words(shown: AreaMap) -> str:
    """The map in sentences: what lies in which class, what has no figure, what has no outline."""
    told = [_("Map: %(title)s.") % {"title": shown.title}]
    for one in classes(shown):
        names = [area.name for area in shown.areas if area.value is not None and one.holds(area.value)]
        if names:
            told.append(f"{one.text}: {', '.join(names)}.")
    unknown = [area.name for area in shown.areas if area.value is None]
    if unknown and not shown.is_plain:
        told.append(_("No figure: %(names)s.") % {"names": ", ".join(unknown)})
    if shown.is_plain:
        told.append(", ".join(area.name for area in shown.areas if area.geometry) + ".")
    unseen = [area.name for area in shown.areas if not area.geometry]
    if unseen:
        told.append(_("No outline: %(names)s.") % {"names": ", ".join(unseen)})
    return " ".join(told)
