"""What a document counts: chapter numbers, anchors, table and figure numbers; worked out once for all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from samloft.core.documents.blocks import DEEPEST_HEADING, Block, Document, Figure, Heading, Paragraph, Table
from samloft.core.documents.plain_text import readable


@dataclass(frozen=True, slots=True)
class Entry:
    """One heading as the contents show it; `words` has the number in front, if there is one."""

    level: int
    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Outline:
    """`headings` by the block's place in the document; `captions` likewise, where a block has one."""

    headings: dict[int, Entry] = field(default_factory=dict)
    captions: dict[int, int] = field(default_factory=dict)

    def entries(self, depth: int) -> Iterator[Entry]:
        return (entry for entry in self.headings.values() if entry.level <= depth)


def outline(document: Document) -> Outline:
    """Count the document's headings, and its captioned tables and figures, from 1."""
    found = Outline()
    taken = {block.anchor for block in document.blocks if isinstance(block, Heading)}
    numbers = [0] * DEEPEST_HEADING
    # The level of the heading that keeps itself and all below it out of the counting.
    uncounted = nothing_uncounted = DEEPEST_HEADING + 1
    counts: dict[type[Block], int] = {Table: 0, Figure: 0}
    for place, block in enumerate(document.blocks):
        if isinstance(block, Heading):
            if block.level <= uncounted:
                uncounted = nothing_uncounted if block.numbered else block.level
            is_counted = document.numbered and uncounted == nothing_uncounted
            number = _next_number(numbers, block.level) if is_counted else ""
            anchor = block.anchor or _free_anchor(block.text, taken)
            taken.add(anchor)
            found.headings[place] = Entry(block.level, f"{number} {_one_line(block.text)}".strip(), anchor)
        elif isinstance(block, Table | Figure) and block.caption.strip():
            counts[type(block)] += 1
            found.captions[place] = counts[type(block)]
    return found


def leads(document: Document, place: int) -> bool:
    """Whether the block is words between a heading and its picture, which belong on one page."""
    around = document.blocks[max(place - 1, 0) : place + 2]
    if len(around) < 3 or not isinstance(around[1], Paragraph):
        return False
    return isinstance(around[0], Heading) and isinstance(around[2], Figure)


def _next_number(numbers: list[int], level: int) -> str:
    """Step the counter of the level, clear those below it, and give `2.1`."""
    numbers[level - 1] += 1
    numbers[level:] = [0] * (DEEPEST_HEADING - level)
    return ".".join(str(number) for number in numbers[:level])


def _one_line(text: str) -> str:
    return " ".join(readable(text).split("\n")).strip()


def _free_anchor(text: str, taken: set[str]) -> str:
    stem = re.sub(r"[^a-z0-9æøåéäöüáđŋšŧžč]+", "-", readable(text).lower()).strip("-")[:60] or "del"
    anchor, count = stem, 1
    while anchor in taken:
        count += 1
        anchor = f"{stem}-{count}"
    return anchor
