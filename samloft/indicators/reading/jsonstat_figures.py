"""The figures of a JSON-stat data set: values and statuses read side by side, and judged place by place."""

from collections.abc import Iterator, Sequence
from itertools import chain, product, repeat
from typing import Any, BinaryIO

from django.utils.translation import gettext_noop as _

from samloft.core.files.refusals import refused
from samloft.core.said import said
from samloft.indicators.reading.cube import MISSING_SYMBOLS, UNKNOWN, Dimension, Figure, Positions, Problems, place
from samloft.indicators.reading.figures import FigureUnclear, is_sound, missing_reason, read_json_figure
from samloft.indicators.reading.json_text import JsonText, Stretch
from samloft.indicators.reading.limits import LONGEST_STATUS, MOST_OUT_OF_ORDER, MOST_STATUSES

Stated = Any  # a value or a status as the file has it, before anyone has judged it
Shape = tuple[int, ...]


def stated(
    shape: Shape, values: BinaryIO, value: Stretch, statuses: BinaryIO, status: Stretch | str
) -> Iterator[tuple[Positions, Stated, Stated]]:
    """Each place with its value and its status. Places that are given by neither position are left out."""
    if value.is_list:
        return zip(_places(shape), _listed(values, value), _status_everywhere(statuses, status), strict=False)
    if isinstance(status, str):
        return ((_positions(at, shape), stated, status) for at, stated in _numbered(values, value))
    if status.is_list:
        return zip(
            _places(shape), _filled(_numbered(values, value)), _status_everywhere(statuses, status), strict=False
        )
    both = _side_by_side(_numbered(values, value), _numbered(statuses, status))
    return ((_positions(at, shape), stated, symbol) for at, stated, symbol in both)


def judged(
    dimensions: Sequence[Dimension], stated: Iterator[tuple[Positions, Stated, Stated]], problems: Problems
) -> Iterator[Figure]:
    """What each place means: a figure, a reason why there is none, or a problem."""
    symbols: dict[Stated, str] = {None: ""}
    for positions, value, status in stated:
        symbol = symbols.get(status)
        if symbol is None:
            symbol = symbols[status] = _symbol(status, len(symbols))
        if symbol in MISSING_SYMBOLS:
            # The symbol wins over any number: a protected figure may stand there as a zero.
            if value and (type(value) is int or type(value) is float):
                problems.overrule(place(dimensions, positions), value, symbol)
            yield Figure(positions, None, symbol)
        elif value is None:
            yield Figure(positions, None, symbol or UNKNOWN)
        elif (type(value) is int or type(value) is float) and is_sound(value):
            yield Figure(positions, value, symbol)
        else:
            yield from _from_text(dimensions, positions, value, symbol, problems)


def _from_text(
    dimensions: Sequence[Dimension], positions: Positions, value: Stated, symbol: str, problems: Problems
) -> Iterator[Figure]:
    if not isinstance(value, str):
        message = said(_("“%(text)s” is neither a figure nor a symbol for a missing one."), text=str(value)[:40])
        problems.add(place(dimensions, positions), message)
    elif reason := missing_reason(value.strip()):
        yield Figure(positions, None, symbol or reason)
    else:
        try:
            yield Figure(positions, read_json_figure(value), symbol)
        except FigureUnclear as unclear:
            problems.add(place(dimensions, positions), unclear.reason)


def _symbol(status: Stated, known: int) -> str:
    if not isinstance(status, str):
        raise refused(_("The statuses in the file are not texts. Download it again."))
    if known > MOST_STATUSES:
        raise refused(_("The file has more kinds of status than anyone can tell apart. Download it again."))
    text = status.strip()[:LONGEST_STATUS]
    return missing_reason(text) or text if text else ""


def _places(shape: Shape) -> Iterator[Positions]:
    return product(*(range(size) for size in shape))


def _positions(at: int, shape: Shape) -> Positions:
    found = []
    for size in reversed(shape):
        at, position = divmod(at, size)
        found.append(position)
    return tuple(reversed(found))


def _listed(file: BinaryIO, stretch: Stretch) -> Iterator[Stated]:
    return chain.from_iterable(JsonText(file).values(stretch))


def _numbered(file: BinaryIO, stretch: Stretch) -> Iterator[tuple[int, Stated]]:
    """The pairs of an object in the order of their positions, whatever order the file has."""
    pairs = chain.from_iterable(JsonText(file).pairs(stretch))
    if stretch.in_order:
        return pairs
    if stretch.count > MOST_OUT_OF_ORDER:
        raise refused(_("The figures are not in the order of their positions, and are too many to sort."))
    ordered = dict(pairs)
    if len(ordered) != stretch.count:
        raise refused(_("Some positions are given twice. Download the file again."))
    return iter(sorted(ordered.items()))


def _status_everywhere(file: BinaryIO, status: Stretch | str) -> Iterator[Stated]:
    """A status for every place: the one that all share, the listed ones, or those that have a position."""
    if isinstance(status, str):
        return repeat(status)
    if not status.is_list:
        return _filled(_numbered(file, status))
    listed = _listed(file, status)
    return repeat(next(listed)) if status.count == 1 else listed


def _filled(pairs: Iterator[tuple[int, Stated]]) -> Iterator[Stated]:
    """The pairs with None in between, and without end."""
    expected = 0
    for at, stated in pairs:
        yield from repeat(None, at - expected)
        yield stated
        expected = at + 1
    yield from repeat(None)


def _side_by_side(
    values: Iterator[tuple[int, Stated]], statuses: Iterator[tuple[int, Stated]]
) -> Iterator[tuple[int, Stated, Stated]]:
    """Two ordered streams as one: each position with what either says of it."""
    end = (-1, None)
    value, status = next(values, end), next(statuses, end)
    while value is not end or status is not end:
        at = min(pair[0] for pair in (value, status) if pair is not end)
        yield at, value[1] if value[0] == at else None, status[1] if status[0] == at else None
        if value[0] == at:
            value = next(values, end)
        if status[0] == at:
            status = next(statuses, end)
