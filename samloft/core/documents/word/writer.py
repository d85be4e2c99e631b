"""A document's blocks written into a Word file, one after the other."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import assert_never

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.image.exceptions import UnrecognizedImageError
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

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
from samloft.core.documents.outline import Entry, Outline, leads, outline
from samloft.core.documents.plain_text import readable
from samloft.core.documents.table_layout import table_layout
from samloft.core.documents.word.frame import add_cover, add_header_and_footer, set_properties
from samloft.core.documents.word.styles import TEXT_WIDTH, TEXT_WIDTH_LYING, dress
from samloft.core.documents.word.tables import table_element
from samloft.core.documents.word.xml import add_field, begin_field, element, end_field
from samloft.core.documents.words import Words, words

_LONG_LABEL = 26

# Makes a PNG of a picture, as wide as the length says: Word files take no SVG that every Word can show.
Rasterise = Callable[[bytes, Length], bytes]


class WordWriter:
    """Writes one document; `file` holds the result."""

    def __init__(self, document: Document, rasterise: Rasterise) -> None:
        self.document = document
        self.rasterise = rasterise
        self.outline: Outline = outline(document)
        self.words: Words = words(document.language)
        self.file = docx.Document()
        dress(self.file, document.language)
        # python-docx searches all styles for each paragraph; a plan of 200 measures has some thousand.
        self.style_ids = {style.name: style.style_id for style in self.file.styles}
        self.bookmarks = 0
        # What the next paragraph must do, because a page break or a table came before it.
        self.breaks_page = False
        self.follows_table = False

    def write(self) -> None:
        set_properties(self.file, self.document)
        add_header_and_footer(self.file, self.document, self.words.page)
        add_cover(self.file, self.document, self.add_logo)
        self.breaks_page = True
        for place, block in enumerate(self.document.blocks):
            self.block(place, block)

    def block(self, place: int, block: Block) -> None:  # noqa: C901 -- one case per kind of block
        match block:
            case Heading():
                self.heading(self.outline.headings[place])
            case Paragraph():
                written = self.paragraph("Normal")
                written.paragraph_format.keep_with_next = leads(self.document, place) or None
                self.running(written, block.runs)
            case BulletList():
                for item in block.items:
                    self.running(self.paragraph("List Bullet"), item)
            case NumberedList():
                self.numbered_list(block)
            case Table():
                self.table(place, block)
            case Facts():
                self.facts(block)
            case Note():
                style = "Document Note" if block.kind == "info" else "Document Note Warning"
                note = self.paragraph(style)
                note.add_run(f"{self.words.notes[block.kind]}:").bold = True
                note.add_run(f" {readable(block.text)}")
            case Figure():
                self.figure(place, block)
            case Contents():
                self.contents(block)
            case PageBreak():
                self.breaks_page = True
            case _:
                assert_never(block)

    def paragraph(self, style: str) -> WordParagraph:
        paragraph = self.styled(style)
        if self.breaks_page:
            paragraph.paragraph_format.page_break_before = True
            paragraph.paragraph_format.space_before = Pt(0)
        elif self.follows_table and not style.startswith(("Heading", "Table Note")):
            paragraph.paragraph_format.space_before = Pt(14)
        self.breaks_page = self.follows_table = False
        return paragraph

    def styled(self, style: str) -> WordParagraph:
        paragraph = self.file.add_paragraph()
        paragraph._p.style = self.style_ids[style]
        return paragraph

    def running(self, paragraph: WordParagraph, runs: Text) -> None:
        for run in runs:
            words = paragraph.add_run(readable(run.text))
            # Left unset where false, so that the paragraph's style decides.
            words.bold = run.strong or None
            words.italic = run.emphasis or None

    def heading(self, entry: Entry) -> None:
        paragraph = self.paragraph(f"Heading {entry.level}")
        number, name = self.bookmarks, _bookmark(self.bookmarks)
        self.bookmarks += 1
        paragraph._p.append(element("w:bookmarkStart", id=number, name=name))
        paragraph.add_run(entry.words)
        paragraph._p.append(element("w:bookmarkEnd", id=number))

    def contents(self, block: Contents) -> None:
        """Add Word's own contents field, filled with links; the page numbers come when Word updates the field.

        Asking Word to update it on opening would greet every reader with a question about "other files".
        """
        content = element("w:sdtContent")
        gallery = element(
            "w:docPartObj", element("w:docPartGallery", val="Table of Contents"), element("w:docPartUnique")
        )
        frame = element("w:sdt", element("w:sdtPr", gallery), content)
        title = self.paragraph("TOC Heading")
        title.add_run(self.words.contents)
        title._p.addprevious(frame)
        content.append(title._p)
        entries = [
            (place, entry)
            for place, entry in enumerate(self.outline.headings.values())
            if entry.level <= block.depth
        ]
        paragraphs: list[WordParagraph] = []
        for place, entry in entries:
            paragraph = self.styled(f"toc {entry.level}")
            if not paragraphs:
                begin_field(paragraph, f'TOC \\o "1-{block.depth}" \\h \\z \\u')
            run = element("w:r")
            run.text = entry.words
            paragraph._p.append(element("w:hyperlink", run, anchor=_bookmark(place), history=1))
            content.append(paragraph._p)
            paragraphs.append(paragraph)
        if paragraphs:
            end_field(paragraphs[-1])

    def numbered_list(self, block: NumberedList) -> None:
        """Add a list that begins at 1; without a numbering of its own, Word would count on from the last list."""
        numbering = self.file.part.numbering_part.element
        style = self.file.styles["List Number"].element
        kind = numbering.num_having_numId(style.pPr.numPr.numId.val).abstractNumId.val
        own = numbering.add_num(kind)
        own.add_lvlOverride(ilvl=0).add_startOverride(1)
        for item in block.items:
            paragraph = self.paragraph("List Number")
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = 0
            properties.get_or_add_numId().val = own.numId
            self.running(paragraph, item)

    def facts(self, block: Facts) -> None:
        last = len(block.facts) - 1
        for place, fact in enumerate(block.facts):
            paragraph = self.paragraph("Document Fact")
            paragraph.paragraph_format.keep_with_next = place < last
            if place == last:
                paragraph.paragraph_format.space_after = Pt(10)
            label = readable(fact.label)
            paragraph.add_run(label).bold = True
            # A label wider than its column is followed by a line of its own.
            paragraph.add_run("\n\t" if len(label) > _LONG_LABEL else "\t")
            paragraph.add_run(readable(fact.value))

    def table(self, place: int, table: Table) -> None:
        layout = table_layout(table)
        if layout.is_wide:
            self.turn_page(is_lying=True)
        caption = readable(table.caption)
        if place in self.outline.captions:
            self.caption(self.words.table, self.outline.captions[place], caption, "Table", keeps_with_next=True)
        elif self.breaks_page or self.follows_table:
            # Two tables without a paragraph between them become one in Word.
            self.paragraph("Table Note").paragraph_format.space_after = Pt(0)
        width = TEXT_WIDTH_LYING if layout.is_wide else TEXT_WIDTH
        self.file.element.body._insert_tbl(table_element(table, layout, width, caption, self.style_ids))
        self.follows_table = True
        if table.note.strip():
            self.paragraph("Table Note").add_run(readable(table.note))
        if layout.is_wide:
            self.turn_page(is_lying=False)

    def turn_page(self, *, is_lying: bool) -> None:
        section = self.file.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = False
        section.orientation = WD_ORIENT.LANDSCAPE if is_lying else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (Mm(297), Mm(210)) if is_lying else (Mm(210), Mm(297))
        self.breaks_page = self.follows_table = False

    def caption(self, pattern: str, number: int, caption: str, sequence: str, *, keeps_with_next: bool) -> None:
        """Add a caption whose number Word counts itself, so that it stays right when somebody adds a table."""
        before, after = pattern.split("{number}")
        paragraph = self.paragraph("Caption")
        paragraph.paragraph_format.keep_with_next = keeps_with_next
        paragraph.add_run(before)
        add_field(paragraph, f"SEQ {sequence} \\* ARABIC", str(number))
        paragraph.add_run(after.format(caption=caption))

    def figure(self, place: int, block: Figure) -> None:
        paragraph = self.paragraph("Normal")
        has_caption = place in self.outline.captions
        paragraph.paragraph_format.keep_with_next = has_caption
        self.add_picture(
            paragraph, block.image, block.mime, block.alt, width=Length(int(TEXT_WIDTH * block.width))
        )
        if has_caption:
            number = self.outline.captions[place]
            self.caption(self.words.figure, number, readable(block.caption), "Figure", keeps_with_next=False)

    def add_logo(self, paragraph: WordParagraph) -> None:
        logo = self.document.logo
        if logo:
            self.add_picture(paragraph, logo.image, logo.mime, logo.alt, height=Mm(20))

    def add_picture(self, paragraph: WordParagraph, image: bytes, mime: str, alt: str, **size: Length) -> None:
        if mime == "image/svg+xml":
            image = self.rasterise(image, next(iter(size.values())))
        try:
            shape = paragraph.add_run().add_picture(io.BytesIO(image), **size)
        except UnrecognizedImageError as error:
            raise DocumentError(f"A picture said to be {mime} cannot be read.") from error
        shape._inline.docPr.set("descr", readable(alt))
        for side in ("distT", "distB", "distL", "distR"):
            shape._inline.set(side, "0")

    def saved(self) -> bytes:
        stream = io.BytesIO()
        self.file.save(stream)
        return stream.getvalue()


def _bookmark(place: int) -> str:
    return f"_Toc{place + 1:08d}"
