"""The words of two documents side by side, chapter by chapter, with what was taken out and put in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from samloft.core.documents.blocks import (
    Block,
    BulletList,
    Document,
    Heading,
    Note,
    NumberedList,
    Paragraph,
    Text,
)


@dataclass(frozen=True)
class Piece:
    """Some words; `changed` when the other side does not have them here."""

    text: str
    changed: bool


@dataclass(frozen=True)
class ComparedText:
    """One section under one heading; a side that does not have the section has no pieces."""

    title: str
    earlier_title: str
    left: tuple[Piece, ...]
    right: tuple[Piece, ...]


@dataclass(frozen=True)
class _Section:
    title: str
    text: str


def compare_texts(left: Document, right: Document) -> tuple[ComparedText, ...]:
    """The sections whose words differ, in the later document's order. Tables and figures are left out."""
    before, after = _sections(left), _sections(right)
    order = [*after, *(key for key in before if key not in after)]
    found = []
    for key in order:
        old, new = before.get(key), after.get(key)
        if (old.text if old else "") == (new.text if new else ""):
            continue
        sides = _pieces(old.text if old else "", new.text if new else "")
        title = (new or old or _Section("", "")).title
        earlier = old.title if old and new and old.title != new.title else ""
        found.append(ComparedText(title, earlier, *sides))
    return tuple(found)


def _sections(document: Document) -> dict[str, _Section]:
    """What stands under each heading, by the heading's anchor or words; a second one alike gets a number."""
    sections: dict[str, _Section] = {}
    key, title, words = "", "", list[str]()

    def close() -> None:
        if not title:  # before the first heading stands what the decision says, and no text of the plan
            return
        text = "\n".join(word for word in words if word.strip())
        place, count = key, 1
        while place in sections:
            count += 1
            place = f"{key}:{count}"
        sections[place] = _Section(title, text)

    for block in document.blocks:
        if isinstance(block, Heading):
            close()
            key, title, words = block.anchor or block.text.casefold(), block.text, []
        else:
            words.extend(_words_of(block))
    close()
    return sections


def _words_of(block: Block) -> Iterable[str]:
    if isinstance(block, Paragraph):
        return [_plain(block.runs)]
    if isinstance(block, BulletList | NumberedList):
        return [f"– {_plain(item)}" for item in block.items]
    return [block.text] if isinstance(block, Note) else []


def _plain(runs: Text) -> str:
    return "".join(run.text for run in runs)


def _pieces(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts cut where they differ, by whole words."""
    before, after = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    left, right = list[Piece](), list[Piece]()
    matcher = SequenceMatcher(
        a=[word.strip() for word in before], b=[word.strip() for word in after], autojunk=False
    )
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        changed = kind != "equal"
        if end > start:
            left.append(Piece("".join(before[start:end]), changed))
        if other_end > other_start:
            right.append(Piece("".join(after[other_start:other_end]), changed))
    return tuple(left), tuple(right)
