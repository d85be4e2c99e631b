"""What stands around the blocks of a Word file: cover, header, footer and the properties of the file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time

from docx.document import Document as WordFile
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from samloft.core.documents.blocks import Document
from samloft.core.documents.plain_text import readable
from samloft.core.documents.word.styles import LANGUAGE_TAGS, LINE, TEXT_WIDTH, WARNING
from samloft.core.documents.word.xml import add_field, borders, element
from samloft.core.documents.words import issued_on, issued_words, running_title

_LONG_TITLE = 60


def add_cover(file: WordFile, document: Document, add_logo: Callable[[Paragraph], None]) -> None:
    if document.logo:
        logo = file.add_paragraph(style="Document Issuer")
        logo.paragraph_format.space_after = Pt(12)
        add_logo(logo)
    if document.issuer.strip():
        file.add_paragraph(readable(document.issuer), style="Document Issuer")
    space = Pt(150)
    if document.mark.strip():
        _add_mark(file, document.mark).paragraph_format.space_before = space
        space = Pt(26)
    title = file.add_paragraph(readable(document.title), style="Title")
    title.paragraph_format.space_before = space
    if len(document.title) > _LONG_TITLE:
        title.runs[0].font.size = Pt(25)
    if document.subtitle.strip():
        file.add_paragraph(readable(document.subtitle), style="Subtitle")
    lines = [line for line in (document.number, issued_words(document)) if line.strip()]
    for place, line in enumerate(lines):
        paragraph = file.add_paragraph(readable(line), style="Document Edition")
        if place == 0:
            paragraph.paragraph_format.space_before = Pt(240)
            edge = borders("w:pBdr", top=(4, LINE, 8))
            paragraph._p.get_or_add_pPr().insert_element_before(edge, "w:spacing", "w:ind", "w:jc", "w:rPr")
            paragraph.runs[0].bold = bool(document.number.strip())


def _add_mark(file: WordFile, mark: str) -> Paragraph:
    paragraph = file.add_paragraph(style="Document Issuer")
    # Hard spaces, because the frame is drawn close around the letters.
    run = paragraph.add_run(f"\u00a0{readable(mark)}\u00a0")
    run.font.color.rgb = RGBColor.from_string(WARNING)
    run._r.get_or_add_rPr().append(element("w:bdr", val="single", sz=8, space=0, color=WARNING))
    return paragraph


def add_header_and_footer(file: WordFile, document: Document, page_words: str) -> None:
    """Add header and footer to every page but the cover; `page_words` has {page} and {pages} in it."""
    section = file.sections[0]
    header = _two_sided(section.header.paragraphs[0])
    header.add_run(readable(running_title(document)))
    if document.mark.strip():
        mark = header.add_run(f"\t{readable(document.mark)}")
        mark.bold = True
        mark.font.color.rgb = RGBColor.from_string(WARNING)
    footer = _two_sided(section.footer.paragraphs[0])
    footer.add_run(readable(" · ".join(filter(None, (document.number, issued_words(document))))) + "\t")
    before, rest = page_words.split("{page}")
    between, after = rest.split("{pages}")
    footer.add_run(before)
    add_field(footer, "PAGE", "1")
    footer.add_run(between)
    add_field(footer, "NUMPAGES", "1")
    footer.add_run(after)


def _two_sided(paragraph: Paragraph) -> Paragraph:
    style = paragraph.style
    stops = style.element.get_or_add_pPr().find(qn("w:tabs")) if style is not None else None
    if stops is not None:
        stops.getparent().remove(stops)
    paragraph.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    return paragraph


def set_properties(file: WordFile, document: Document) -> None:
    """Set what Word shows about the file: the issuer as author, never a person."""
    properties = file.core_properties
    properties.title = readable(document.title)[:255]
    properties.subject = readable(document.subtitle)[:255]
    properties.author = properties.last_modified_by = readable(document.issuer)[:255]
    properties.keywords = readable(", ".join(document.keywords))[:255]
    properties.language = LANGUAGE_TAGS[document.language]
    properties.comments = properties.category = ""
    properties.revision = 1
    day = issued_on(document)
    if day:
        properties.created = properties.modified = datetime.combine(day, time(), UTC).replace(tzinfo=None)
        return
    root = properties._element
    for name in ("dcterms:created", "dcterms:modified"):
        for found in root.findall(qn(name)):
            root.remove(found)  # the date of python-docx's template
