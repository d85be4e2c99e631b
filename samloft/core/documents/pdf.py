"""The renderer for tagged PDF (PDF/UA-1), by Typst.

Typst gets the words as JSON and never as code, the fonts that are shipped here and no others, and the issue
date as the only date: the same document gives the same bytes on every machine.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, assert_never

from samloft.core.documents.blocks import (
    Block,
    BulletList,
    Contents,
    Document,
    DocumentError,
    Facts,
    Figure,
    Heading,
    Note,
    NumberedList,
    PageBreak,
    Paragraph,
    Table,
    Text,
)
from samloft.core.documents.font_coverage import FONTS, covered
from samloft.core.documents.outline import Outline, leads, outline
from samloft.core.documents.plain_text import readable, unbroken
from samloft.core.documents.table_layout import table_layout
from samloft.core.documents.words import Words, issued_on, issued_words, running_title, words

# The folder is also all that Typst may read from: an uploaded SVG can ask for other files.
_ROOT = Path(__file__).parent / "typst"
_TEMPLATE = _ROOT / "document.typ"
_NO_SHAPE = "□"
_SOFT_HYPHEN, _BREAK_HERE = "\u00ad", "\u200b"
_OVERLONG = re.compile(r"\S{41,}")
_LONGEST_UNBROKEN = 24
# A row of more letters than this may be torn over two pages; a shorter one moves to the next page whole.
_TEARABLE = 900
_LONG_LABEL = 26
_REMEMBERED = 11


def render_pdf(document: Document) -> bytes:
    """Give the document as a tagged PDF.

    Raises `DocumentError` when Typst refuses it, which for a valid `Document` means a picture it cannot read.
    """
    data, pictures = typst_data(document)
    return compile_pdf(data, pictures)


def compile_pdf(data: dict[str, Any], pictures: dict[str, list[int]]) -> bytes:
    """Run the template on its data; Typst refuses what is not PDF/UA, such as a picture without words."""
    import typst

    try:
        return typst.compile(
            _TEMPLATE.read_bytes(),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            root=_ROOT,
            sys_inputs={"document": json.dumps(data), "pictures": json.dumps(pictures)},
            pdf_standards=["ua-1"],
            timestamp=0,
        )
    except typst.TypstError as error:
        raise DocumentError(f"The PDF could not be made: {error}") from error
    finally:
        _forget()


def rasterise(svg: bytes, width: int) -> bytes:
    """Give an SVG as PNG, `width` in English metric units (914 400 to the inch) at 220 dots per inch."""
    import typst

    source = b"""#set page(width: auto, height: auto, margin: 0pt, fill: none)
#set text(font: "Inter")
#image(bytes(json(bytes(sys.inputs.picture))), width: float(sys.inputs.width) * 1in)"""
    try:
        return typst.compile(
            source,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            root=_ROOT,
            sys_inputs={"picture": json.dumps(list(svg)), "width": str(width / 914_400)},
            format="png",
            ppi=220,
        )
    except typst.TypstError as error:
        raise DocumentError(f"The picture could not be read: {error}") from error


def typst_data(document: Document) -> tuple[dict[str, Any], dict[str, list[int]]]:
    """Give what the template reads: the document's words by place, and the bytes of its pictures by name."""
    builder = _Builder(document)
    return builder.data(), builder.pictures


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _forget() -> None:
    """Let go of what Typst remembers of the document just made.

    It keeps its work for the next ten compilations, hoping for the same document with a small change. A server
    makes different ones: after fifteen plans of 200 measures it had taken 516 MB, and takes 148 MB with this.
    """
    import typst

    for _ in range(_REMEMBERED):
        typst.compile(b"", format="svg", font_paths=_fonts(), ignore_system_fonts=True)


class _Builder:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.outline: Outline = outline(document)
        self.words: Words = words(document.language)
        self.pictures: dict[str, list[int]] = {}

    def data(self) -> dict[str, Any]:
        document = self.document
        day = issued_on(document)
        issued = issued_words(document)
        if document.logo:
            self.pictures["logo"] = list(document.logo.image)
        return {
            "title": shown(document.title),
            "subtitle": shown(document.subtitle),
            "issuer": shown(document.issuer),
            "number": shown(document.number),
            "issued": shown(issued),
            "mark": shown(document.mark),
            "language": document.language,
            "keywords": [shown(word) for word in document.keywords],
            "date": {"year": day.year, "month": day.month, "day": day.day} if day else None,
            "logo-alt": shown(document.logo.alt) if document.logo else "",
            "running-title": shown(running_title(document)),
            "edition-line": shown(" · ".join(filter(None, (document.number, issued)))),
            "page-words": [part for part in re.split(r"\{(pages?)\}", self.words.page) if part],
            "blocks": [self.block(place, block) for place, block in enumerate(document.blocks)],
        }

    def block(self, place: int, block: Block) -> dict[str, Any]:  # noqa: C901 -- one case per kind of block
        match block:
            case Heading():
                entry = self.outline.headings[place]
                return {
                    "type": "heading",
                    "level": entry.level,
                    "words": shown(entry.words),
                    "anchor": entry.anchor,
                }
            case Paragraph():
                return {
                    "type": "paragraph",
                    "runs": _runs(block.runs),
                    "leads": leads(self.document, place),
                }
            case BulletList():
                return {"type": "bullets", "items": [_runs(item) for item in block.items]}
            case NumberedList():
                return {"type": "numbers", "items": [_runs(item) for item in block.items]}
            case Table():
                return self.table(place, block)
            case Facts():
                return {"type": "facts", "facts": [_fact(fact.label, fact.value) for fact in block.facts]}
            case Note():
                label = self.words.notes[block.kind]
                return {"type": "note", "kind": block.kind, "label": label, "text": shown(block.text)}
            case Figure():
                return self.figure(place, block)
            case Contents():
                return {"type": "contents", "title": self.words.contents, "depth": block.depth}
            case PageBreak():
                return {"type": "page_break"}
            case _:
                assert_never(block)

    def figure(self, place: int, block: Figure) -> dict[str, Any]:
        name = f"figure-{place}"
        self.pictures[name] = list(block.image)
        return {
            "type": "figure",
            "picture": name,
            "alt": shown(block.alt),
            "width": block.width,
            "caption": self.caption(place, self.words.figure, block.caption),
        }

    def table(self, place: int, table: Table) -> dict[str, Any]:
        layout = table_layout(table)
        ends = [column.align == "end" for column in table.columns]
        columns = [
            {"header": shown(column.header), "is-figure": is_figure, "weight": weight}
            for column, is_figure, weight in zip(table.columns, ends, layout.weights, strict=True)
        ]
        rows = [
            {
                "kind": row.kind,
                "is-breakable": sum(len(cell.text) for cell in row.cells) > _TEARABLE,
                "cells": [
                    _figure_text(cell.text) if is_figure else shown(cell.text)
                    for cell, is_figure in zip(row.cells, ends, strict=False)
                ],
            }
            for row in table.rows
        ]
        return {
            "type": "table",
            "columns": columns,
            "rows": rows,
            "caption": self.caption(place, self.words.table, table.caption),
            "note": shown(table.note),
            "size": layout.size,
            "is-wide": layout.is_wide,
            "wraps-headings": layout.wraps_headings,
        }

    def caption(self, place: int, pattern: str, caption: str) -> str:
        number = self.outline.captions.get(place)
        return shown(pattern.format(number=number, caption=caption)) if number else ""


def shown(text: str) -> str:
    """Give the text as the shipped fonts can show it: a square for what they lack, overlong words parted."""
    text = readable(text)
    if not all(ord(letter) in covered() for letter in text):
        text = "".join(_shape(letter) for letter in text)
    return _OVERLONG.sub(_breakable, text)


def _shape(letter: str) -> str:
    if letter in ("\n", _SOFT_HYPHEN) or ord(letter) in covered():
        return letter
    simpler = unicodedata.normalize("NFKC", letter)
    if all(ord(part) in covered() for part in simpler):
        return simpler
    # Joiners, variation selectors and marks belong to a letter that is already a square.
    return "" if unicodedata.category(letter) in ("Mn", "Me", "Cf") else _NO_SHAPE


def _breakable(word: re.Match[str]) -> str:
    step = _LONGEST_UNBROKEN
    return _BREAK_HERE.join(word.group()[start : start + step] for start in range(0, len(word.group()), step))


def _figure_text(text: str) -> str:
    return unbroken(shown(text)) if len(text) <= _LONGEST_UNBROKEN else shown(text)


def _runs(runs: Text) -> list[dict[str, Any]]:
    return [{"text": shown(run.text), "strong": run.strong, "emphasis": run.emphasis} for run in runs]


def _fact(label: str, value: str) -> dict[str, Any]:
    return {"label": shown(label), "value": shown(value), "is-long": len(label) > _LONG_LABEL}
