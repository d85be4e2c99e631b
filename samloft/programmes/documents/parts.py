"""The parts of a governing document: each is what one edits at a time on its page."""

from dataclasses import dataclass
from typing import TypeVar

from samloft.core.documents.blocks import Block, Heading


@dataclass(frozen=True)
class Part:
    """Some blocks of the document under a heading.

    `is_blank` tells that nobody has written anything here; an issued document leaves such a part out.
    `name` is the part's id on the page: `section-12`, `measure-3`, `area-7`, `frame`.
    """

    name: str
    heading: Heading | None
    blocks: tuple[Block, ...] = ()
    is_blank: bool = False

    @property
    def all_blocks(self) -> tuple[Block, ...]:
        return (self.heading, *self.blocks) if self.heading else self.blocks


SomePart = TypeVar("SomePart", bound=Part)


def written(all_parts: tuple[SomePart, ...]) -> tuple[SomePart, ...]:
    """The parts of an issued document: a blank one stays only as the heading of something that follows it."""
    kept: list[SomePart] = []
    for place, part in enumerate(all_parts):
        if not part.is_blank or _heads_something(part, all_parts[place + 1 :]):
            kept.append(part)
    return tuple(kept)


def _heads_something(part: Part, following: tuple[SomePart, ...]) -> bool:
    if part.heading is None:
        return False
    for other in following:
        if other.heading and other.heading.level <= part.heading.level:
            return False
        if not other.is_blank:
            return True
    return False
