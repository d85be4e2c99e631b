"""A line the size of a word. It stands in the page itself: a page with forty of them must not ask forty times."""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString

from samloft.core.charts.descriptions import Mark

WIDTH, HEIGHT, EDGE = 120, 32, 4


def sparkline(marks: Sequence[Mark], *, words: str, zero: bool = False) -> SafeString:
    """The marks as a small line; `words` say what it shows, `zero` draws the line of no gap."""
    known = [mark for mark in marks if mark.value is not None]
    if not known:
        return SafeString("")
    values = [mark.value or 0.0 for mark in known] + ([0.0] if zero else [])
    low, high = min(values), max(values)
    first, last = known[0].at, known[-1].at

    def x(mark: Mark) -> str:
        share = (mark.at - first) / (last - first) if last > first else 1.0
        return f"{EDGE + share * (WIDTH - 2 * EDGE):.1f}"

    def y(value: float) -> str:
        share = (value - low) / (high - low) if high > low else 0.5
        return f"{HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE):.1f}"

    # Only the words can hold anything but numbers.
    lines = "".join(
        f'<polyline points="{" ".join(f"{x(mark)},{y(mark.value or 0.0)}" for mark in part)}" />'
        for part in _parts(marks)
    )
    base = f'<line x1="0" x2="{WIDTH}" y1="{y(0.0)}" y2="{y(0.0)}" />' if zero else ""
    end = known[-1]
    return SafeString(
        f'<svg class="sparkline" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(words)}">{base}{lines}'
        f'<circle cx="{x(end)}" cy="{y(end.value or 0.0)}" r="3" /></svg>'
    )


def _parts(marks: Sequence[Mark]) -> list[list[Mark]]:
    parts: list[list[Mark]] = [[]]
    for mark in marks:
        if mark.value is None or mark.after_break:
            parts.append([])
        if mark.value is not None:
            parts[-1].append(mark)
    return [part for part in parts if len(part) > 1]
