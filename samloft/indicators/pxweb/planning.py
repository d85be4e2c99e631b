"""Splits what is asked for into calls that a statistics bank takes."""

from collections.abc import Iterator, Mapping, Sequence
from math import ceil, prod

Selection = Mapping[str, Sequence[str]]  # the codes that are asked for, by dimension


def cells(selection: Selection) -> int:
    """How many figures the selection asks for."""
    return prod(len(codes) for codes in selection.values())


def plan(selection: Selection, *, most: int) -> tuple[dict[str, tuple[str, ...]], ...]:
    """Selections of at most `most` cells that together ask for every cell once.

    The first dimension is split first, so that the parts follow each other as the cells of the whole do, and can
    be put together by writing one after the other.
    """
    if most < 1:
        raise ValueError("A call must be allowed at least one cell.")
    if not all(selection.values()):
        return ()
    return tuple(_split({name: tuple(codes) for name, codes in selection.items()}, most))


def _split(selection: dict[str, tuple[str, ...]], most: int) -> Iterator[dict[str, tuple[str, ...]]]:
    total = cells(selection)
    if total <= most:
        yield selection
        return
    name, codes = next((name, codes) for name, codes in selection.items() if len(codes) > 1)
    longest = max(1, most * len(codes) // total)
    length = ceil(len(codes) / ceil(len(codes) / longest))
    for start in range(0, len(codes), length):
        yield from _split({**selection, name: codes[start : start + length]}, most)
