"""Text as people type it: made into blocks, and rid of what no file format takes."""

from __future__ import annotations

import re
import unicodedata

from samloft.core.documents.blocks import Block, BulletList, Paragraph, Run

_BULLET = re.compile(r"^\s*[-–•*]\s+")
# What XML refuses (control characters, surrogates, the two non-characters), and the invisible marks that turn
# the writing direction: in a formal document they can only hide what stands there.
_UNREADABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
# 7 795 000 and its unit: a line must never end inside an amount.
_AMOUNT = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?!\d)(?:,\d+)?(?: (?:kr|mill|%))?|(?<=\d) (?=kr\b|%)")
_NO_BREAK = "\u00a0"
_LINE_END = re.compile("\r\n|[\r\x85\u2028\u2029]")


def readable(text: str) -> str:
    """Give the text in composed form (NFC), amounts unbroken, without characters that a file may not hold."""
    text = _LINE_END.sub("\n", text).replace("\t", " ")
    text = unicodedata.normalize("NFC", _UNREADABLE.sub("", text))
    return _AMOUNT.sub(lambda amount: unbroken(amount.group()), text)


def unbroken(text: str) -> str:
    """Give the text with spaces that no line ends at."""
    return text.replace(" ", _NO_BREAK)


def paragraphs_from_text(text: str) -> tuple[Block, ...]:
    """Make blocks of typed text: a blank line parts paragraphs, lines that begin with "- " are bullets."""
    blocks: list[Block] = []
    for part in re.split(r"\n\s*\n", readable(text)):
        lines = [line.strip() for line in part.strip("\n").split("\n") if line.strip()]
        prose: list[str] = []
        bullets: list[str] = []
        for line in lines:
            if _BULLET.match(line):
                _close(blocks, prose, [])
                bullets.append(_BULLET.sub("", line))
            else:
                _close(blocks, [], bullets)
                prose.append(line)
        _close(blocks, prose, bullets)
    return tuple(blocks)


def _close(blocks: list[Block], prose: list[str], bullets: list[str]) -> None:
    """Add the lines gathered so far as one block, and empty them."""
    if prose:
        blocks.append(Paragraph((Run("\n".join(prose)),)))
        prose.clear()
    if bullets:
        blocks.append(BulletList(tuple((Run(item),) for item in bullets)))
        bullets.clear()
