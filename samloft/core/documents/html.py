"""The renderer for the accessible page, and for a complete HTML file that can be sent on its own."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from samloft.core.documents.blocks import (
    Block,
    BulletList,
    Contents,
    Document,
    Facts,
    Figure,
    Heading,
    Note,
    NumberedList,
    PageBreak,
    Paragraph,
    Row,
    Table,
    Text,
)
from samloft.core.documents.outline import Outline, outline
from samloft.core.documents.plain_text import readable
from samloft.core.documents.words import Words, issued_words, words

Resolve = Callable[[str], str | None]
_STYLE = Path(__file__).parent.parent / "static" / "core" / "documents" / "document.css"
_DEEPEST_TAG = 6


@dataclass(frozen=True, slots=True)
class Section:
    """One chapter of a document; `anchor` and `title` are "" for what stands before the first chapter."""

    anchor: str
    title: str
    html: SafeString


def render_html(
    document: Document, *, heading_offset: int = 0, resolve: Resolve | None = None, cover: bool = True
) -> SafeString:
    """Give the document as an HTML fragment.

    The title is h1 and chapters h2, all `heading_offset` levels further down. `resolve` gives the address of
    a figure's source, or None when the reader may not see it. Without `cover`, the page shows the title.
    """
    page = _Page(document, heading_offset, resolve)
    head = page.cover() if cover else mark_safe("")
    body = _join(page.block(place, block) for place, block in enumerate(document.blocks))
    return format_html('<article class="document" lang="{}">{}{}</article>', document.language, head, body)


def render_sections(
    document: Document, *, heading_offset: int = 0, resolve: Resolve | None = None
) -> tuple[Section, ...]:
    """Give the document chapter by chapter, numbered as the whole, for a page where each can be edited."""
    page = _Page(document, heading_offset, resolve)
    parts: list[tuple[str, str, list[SafeString]]] = [("", "", [])]
    for place, block in enumerate(document.blocks):
        if isinstance(block, Heading) and block.level == 1:
            entry = page.outline.headings[place]
            parts.append((entry.anchor, entry.words, []))
        parts[-1][2].append(page.block(place, block))
    return tuple(
        Section(
            anchor,
            title,
            format_html('<div class="document" lang="{}">{}</div>', document.language, _join(pieces)),
        )
        for anchor, title, pieces in parts
        if pieces
    )


def render_pieces(
    document: Document, sizes: Iterable[int], *, heading_offset: int = 0, resolve: Resolve | None = None
) -> tuple[SafeString, ...]:
    """Give the blocks in pieces of so many each, numbered as the whole, for a page that edits piece by piece."""
    page = _Page(document, heading_offset, resolve)
    rendered = [page.block(place, block) for place, block in enumerate(document.blocks)]
    ends = list(itertools.accumulate(sizes))
    return tuple(
        format_html('<div class="document" lang="{}">{}</div>', document.language, _join(rendered[start:end]))
        for start, end in itertools.pairwise([0, *ends])
    )


def render_standalone_html(document: Document) -> str:
    """Give the document as one complete HTML file with its style inside and no address to anything else."""
    return render_to_string(
        "core/documents/standalone.html",
        {"document": document, "style": mark_safe(_STYLE.read_text("utf-8")), "body": render_html(document)},  # noqa: S308
    )


class _Page:
    """The rendering of one document: what every block needs to know of the whole."""

    def __init__(self, document: Document, heading_offset: int, resolve: Resolve | None) -> None:
        self.document = document
        self.offset = heading_offset
        self.resolve = resolve
        self.outline: Outline = outline(document)
        self.words: Words = words(document.language)

    def tag(self, level: int) -> str:
        return f"h{min(level + self.offset, _DEEPEST_TAG)}"

    def cover(self) -> SafeString:
        document = self.document
        lines = [
            _paragraph("document-issuer", document.issuer),
            _paragraph("document-mark", document.mark),
            format_html("<{0}>{1}</{0}>", mark_safe(self.tag(1)), _inline(document.title)),  # noqa: S308
            _paragraph("document-subtitle", document.subtitle),
            _paragraph("document-edition", document.number),
            _paragraph("document-issued", issued_words(document)),
        ]
        if document.logo:
            logo = _picture(document.logo.image, document.logo.mime, document.logo.alt, "document-logo")
            lines.insert(0, logo)
        return format_html('<header class="document-cover">{}</header>', _join(lines))

    def block(self, place: int, block: Block) -> SafeString:  # noqa: C901 -- one line per kind of block
        match block:
            case Heading():
                entry = self.outline.headings[place]
                tag = mark_safe(self.tag(entry.level + 1))  # noqa: S308
                return format_html('<{0} id="{1}">{2}</{0}>\n', tag, entry.anchor, entry.words)
            case Paragraph():
                return format_html("<p>{}</p>\n", _runs(block.runs))
            case BulletList():
                return format_html("<ul>{}</ul>\n", _items(block.items))
            case NumberedList():
                return format_html("<ol>{}</ol>\n", _items(block.items))
            case Table():
                return self.table(place, block)
            case Facts():
                return self.facts(block)
            case Note():
                label = self.words.notes[block.kind]
                return format_html(
                    '<div class="document-note document-note-{}" role="note">'
                    "<p><strong>{}:</strong> {}</p></div>\n",
                    block.kind,
                    label,
                    _inline(block.text),
                )
            case Figure():
                return self.figure(place, block)
            case Contents():
                return self.contents(block)
            case PageBreak():
                return mark_safe('<div class="document-page-break"></div>\n')
            case _:
                assert_never(block)

    def contents(self, block: Contents) -> SafeString:
        links = _join(
            format_html(
                '<li class="document-level-{}"><a href="#{}">{}</a></li>',
                entry.level,
                entry.anchor,
                entry.words,
            )
            for entry in self.outline.entries(block.depth)
        )
        return format_html(
            '<nav class="document-contents" aria-labelledby="document-contents">'
            '<{0} id="document-contents">{1}</{0}><ul>{2}</ul></nav>\n',
            mark_safe(self.tag(2)),  # noqa: S308
            self.words.contents,
            links,
        )

    def facts(self, block: Facts) -> SafeString:
        pairs = _join(
            format_html(
                "<div><dt>{}</dt><dd>{}</dd></div>", _inline(fact.label), self.linked(fact.value, fact.source)
            )
            for fact in block.facts
        )
        return format_html('<dl class="document-facts">{}</dl>\n', pairs)

    def figure(self, place: int, block: Figure) -> SafeString:
        # The content policy forbids style attributes, so a width is one of four classes.
        quarters = max(1, round(block.width * 4))
        caption = self.caption(place, self.words.figure, block.caption)
        return format_html(
            '<figure class="document-figure">{}{}</figure>\n',
            _picture(block.image, block.mime, block.alt, f"document-width-{quarters}"),
            format_html("<figcaption>{}</figcaption>", caption) if caption else "",
        )

    def table(self, place: int, table: Table) -> SafeString:
        caption = self.caption(place, self.words.table, table.caption)
        name = f"document-table-{place}"
        if caption:
            head = format_html('<caption id="{}">{}</caption>', name, caption)
            label = format_html('aria-labelledby="{}"', name)
        else:
            head, label = mark_safe(""), format_html('aria-label="{}"', self.words.table_without_caption)
        columns = _join(
            format_html('<th scope="col"{}>{}</th>', _align(column.align), _inline(column.header))
            for column in table.columns
        )
        # A group rather than a region: a document with many tables would fill the list of landmarks.
        return format_html(
            '<div class="document-table" role="group" {} tabindex="0">'
            "<table>{}<thead><tr>{}</tr></thead>{}</table></div>{}\n",
            label,
            head,
            columns,
            self.bodies(table),
            _paragraph("document-table-note", table.note),
        )

    def bodies(self, table: Table) -> SafeString:
        """Give one `tbody` for each group, so that the group's heading belongs to its rows."""
        bodies: list[list[SafeString]] = [[]]
        for row in table.rows:
            if row.kind == "group":
                bodies.append([])
            bodies[-1].append(self.row(table, row))
        return _join(format_html("<tbody>{}</tbody>", _join(rows)) for rows in bodies if rows)

    def row(self, table: Table, row: Row) -> SafeString:
        pieces: list[SafeString] = []
        spans = len(row.cells) < len(table.columns)
        for place, (cell, column) in enumerate(zip(row.cells, table.columns, strict=False)):
            value = self.linked(cell.text, cell.source)
            if place:
                pieces.append(format_html("<td{}>{}</td>", _align(column.align), value))
            elif row.kind == "group":
                span = format_html(' colspan="{}"', len(table.columns)) if spans else ""
                pieces.append(format_html('<th scope="rowgroup"{}>{}</th>', span, value))
            else:
                pieces.append(format_html('<th scope="row"{}>{}</th>', _align(column.align), value))
        kind = format_html(' class="document-{}"', row.kind) if row.kind != "row" else ""
        return format_html("<tr{}>{}</tr>\n", kind, _join(pieces))

    def caption(self, place: int, pattern: str, caption: str) -> str:
        number = self.outline.captions.get(place)
        return pattern.format(number=number, caption=readable(caption)) if number else ""

    def linked(self, text: str, source: str) -> SafeString:
        address = self.resolve(source) if self.resolve and source else None
        return format_html('<a href="{}">{}</a>', address, _inline(text)) if address else _inline(text)


def _join(pieces: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(pieces))  # noqa: S308 -- every piece comes from format_html


def _inline(text: str) -> SafeString:
    escaped = escape(readable(text))
    return mark_safe(escaped.replace("\n", "<br>")) if "\n" in escaped else escaped  # noqa: S308


def _runs(runs: Text) -> SafeString:
    pieces = []
    for run in runs:
        piece = _inline(run.text)
        if run.emphasis:
            piece = format_html("<em>{}</em>", piece)
        if run.strong:
            piece = format_html("<strong>{}</strong>", piece)
        pieces.append(piece)
    return _join(pieces)


def _items(items: tuple[Text, ...]) -> SafeString:
    return _join(format_html("<li>{}</li>", _runs(item)) for item in items)


def _paragraph(name: str, text: str) -> SafeString:
    return format_html('<p class="{}">{}</p>', name, _inline(text)) if text.strip() else mark_safe("")


def _align(align: str) -> SafeString:
    return mark_safe(' class="document-end"') if align == "end" else mark_safe("")


def _picture(image: bytes, mime: str, alt: str, name: str) -> SafeString:
    # As an image, never as markup: a script inside an SVG does not run there.
    data = base64.b64encode(image).decode("ascii")
    return format_html('<img class="{}" src="data:{};base64,{}" alt="{}">', name, mime, data, readable(alt))
