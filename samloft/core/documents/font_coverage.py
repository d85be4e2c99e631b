"""Which characters the shipped fonts can show. PDF/UA refuses a document with a letter that has no shape."""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"


@cache
def covered() -> frozenset[int]:
    """Give the code points that every shipped font has, so that bold and italic can show them too."""
    return frozenset.intersection(*(_code_points(path.read_bytes()) for path in sorted(FONTS.glob("*.ttf"))))


def _code_points(font: bytes) -> frozenset[int]:
    """Read the code points of an OpenType font from its `cmap` table; the numbers are its offsets."""
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * place) for place in range(tables))
    start = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    found: set[int] = set()
    for place in range(count):
        (offset,) = struct.unpack_from(">I", font, start + 4 + 8 * place + 4)
        (kind,) = struct.unpack_from(">H", font, start + offset)
        if kind == 4:
            found |= _format_4(font, start + offset)
        elif kind == 12:
            found |= _format_12(font, start + offset)
    return frozenset(found - {0xFFFF})


def _format_4(font: bytes, start: int) -> set[int]:
    (double,) = struct.unpack_from(">H", font, start + 6)
    ends = struct.unpack_from(f">{double // 2}H", font, start + 14)
    starts = struct.unpack_from(f">{double // 2}H", font, start + 16 + double)
    return {point for first, last in zip(starts, ends, strict=True) for point in range(first, last + 1)}


def _format_12(font: bytes, start: int) -> set[int]:
    (groups,) = struct.unpack_from(">I", font, start + 12)
    found: set[int] = set()
    for place in range(groups):
        first, last = struct.unpack_from(">II", font, start + 16 + 12 * place)
        found.update(range(first, last + 1))
    return found
