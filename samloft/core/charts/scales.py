"""Round places on an axis, and how wide a text is."""

import math
import textwrap

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
# The mean width of a letter, as a part of the letter's height.
LETTER = 0.62


def ticks(values: list[float], wanted: int = 5) -> list[float]:
    """Round places that hold all values; from 0 when that costs less than half the room."""
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    if 0 <= low <= high / 2:
        low = 0.0
    elif high <= 0 and high >= low / 2:
        high = 0.0
    if low == high:
        room = abs(high) * 0.1 or 1.0
        low, high = (max(low - room, 0.0) if low >= 0 else low - room), high + room
    step = _step((high - low) / wanted)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(number * step, 10) for number in range(first, last + 1)]


def _step(rough: float) -> float:
    size = 10.0 ** math.floor(math.log10(rough))
    return next(step * size for step in STEPS if step * size >= rough * 0.999)


def decimals_of(places: list[float], most: int = 3) -> int:
    """How many decimals it takes to write all these places."""
    return next((n for n in range(most) if all(abs(round(place, n) - place) < 1e-9 for place in places)), most)


def width_of(text: str, size: float) -> float:
    return max((len(line) for line in text.split("\n")), default=0) * size * LETTER


def cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def in_two_lines(text: str, longest: int) -> str:
    lines = textwrap.wrap(text, longest) or [""]
    return "\n".join([lines[0], cut(" ".join(lines[1:]), longest)] if len(lines) > 1 else lines)


def spread(places: list[float], apart: float, low: float, high: float) -> list[float]:
    """Move places so that none stand closer than `apart`, keeping their order, between `low` and `high`."""
    order = sorted(range(len(places)), key=lambda number: places[number])
    moved = list(places)
    below = low - apart
    for number in order:
        moved[number] = below = max(places[number], below + apart)
    above = high + apart
    for number in reversed(order):
        moved[number] = above = min(moved[number], above - apart)
    return moved
