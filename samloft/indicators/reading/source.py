"""A file to read figures from, wherever it is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True)
class Source:
    """`open` gives a new stream from the beginning each time; the reader closes it."""

    name: str
    size: int
    open: Callable[[], BinaryIO]


def source_at(path: Path) -> Source:
    """The file at a path. Raises OSError when it cannot be read."""
    return Source(path.name, path.stat().st_size, lambda: path.open("rb"))
