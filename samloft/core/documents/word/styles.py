"""The look of every Word file: named styles, so that the receiver can change them in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from samloft.core.documents.word.xml import borders, element

FONT = "Arial"  # on every machine that has Word
INK, QUIET, ACCENT, WARNING = "1B2227", "55606A", "0B3F5C", "9A4A06"
LINE, SURFACE = "C3CCD2", "EFF3F5"
TEXT_WIDTH, TEXT_WIDTH_LYING = Mm(160), Mm(247)
LABEL_WIDTH = Mm(50)
LANGUAGE_TAGS = {"nb": "nb-NO", "nn": "nn-NO"}


@dataclass(frozen=True, slots=True)
class Look:
    """One paragraph style: sizes and spaces in points."""

    name: str
    size: float
    before: float = 0
    after: float = 0
    line: float = 1.0
    colour: str = INK
    is_bold: bool = False
    keeps_with_next: bool = False
    based_on: str = "Normal"


LOOKS = (
    Look("Normal", 10.5, after=8, line=1.25),
    Look("Title", 32, after=0, line=1.05, colour=ACCENT, is_bold=True),
    Look("Subtitle", 15, before=8, after=0, colour=QUIET, line=1.1),
    Look("Document Issuer", 13, colour=ACCENT, is_bold=True, after=6),
    Look("Document Edition", 10.5, after=2),
    Look("Heading 1", 19, before=26, after=9, line=1.1, colour=ACCENT, is_bold=True, keeps_with_next=True),
    Look("Heading 2", 14, before=18, after=6, line=1.1, colour=ACCENT, is_bold=True, keeps_with_next=True),
    Look("Heading 3", 11.5, before=14, after=4, line=1.15, colour=ACCENT, is_bold=True, keeps_with_next=True),
    Look("Heading 4", 10.5, before=12, after=4, line=1.15, colour=ACCENT, is_bold=True, keeps_with_next=True),
    Look("TOC Heading", 19, after=12, line=1.1, colour=ACCENT, is_bold=True, keeps_with_next=True),
    Look("toc 1", 10.5, before=6, after=2, is_bold=True),
    Look("toc 2", 10.5, after=2),
    Look("toc 3", 10.5, after=2),
    Look("toc 4", 10.5, after=2),
    Look("List Bullet", 10.5, after=4, line=1.2),
    Look("List Number", 10.5, after=4, line=1.2),
    Look("Document Fact", 10.5, after=3, line=1.15),
    Look("Document Note", 10.5, before=10, after=12, line=1.2),
    Look("Document Note Warning", 10.5, before=10, after=12, line=1.2),
    Look("Caption", 9, before=12, after=5, colour=QUIET, is_bold=True),
    Look("Table Text", 9, before=2.5, after=2.5),
    Look("Table Text Small", 8, before=2, after=2),
    Look("Table Text Tiny", 6.5, before=2, after=2),
    Look("Table Note", 9, before=5, after=14, colour=QUIET),
    Look("Header", 8.5, colour=QUIET),
    Look("Footer", 8.5, colour=QUIET),
)


def dress(file: WordFile, language: str) -> None:
    """Give the file the styles, the page and the language of our documents."""
    _strip(file)
    for look in LOOKS:
        _set(_style(file, look), look)
    for depth in (1, 2, 3, 4):
        _paragraph_style(file, f"toc {depth}").paragraph_format.left_indent = Mm(6 * (depth - 1))
    fact = _paragraph_style(file, "Document Fact").paragraph_format
    fact.left_indent, fact.first_line_indent = LABEL_WIDTH, -LABEL_WIDTH
    fact.tab_stops.add_tab_stop(LABEL_WIDTH)
    _border(file, "Title", left=(48, ACCENT, 14))
    _border(file, "Subtitle", left=(48, ACCENT, 14))
    _box(file, "Document Note", ACCENT)
    _box(file, "Document Note Warning", WARNING)
    _border(file, "Header", bottom=(4, LINE, 4))
    _table_style(file)
    _set_language(file, LANGUAGE_TAGS[language])
    _set_page(file)


def _strip(file: WordFile) -> None:
    """Take away what python-docx's template brings and no document of ours uses: 800 KB of it."""
    for style in list(file.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name != "Normal Table":
            style.delete()
    for links, ending in ((file.part.rels, "/stylesWithEffects"), (file.part.package.rels, "/thumbnail")):
        for name in [name for name, link in links.items() if link.reltype.endswith(ending)]:
            del links[name]


def _style(file: WordFile, look: Look) -> ParagraphStyle:
    if look.name not in file.styles:
        made = file.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH, builtin=look.name.startswith("toc"))
        made.base_style = file.styles[look.based_on]
        made.quick_style = not look.name.startswith("toc")
        made.hidden = False
    return _paragraph_style(file, look.name)


def _paragraph_style(file: WordFile, name: str) -> ParagraphStyle:
    style = file.styles[name]
    assert isinstance(style, ParagraphStyle)  # noqa: S101 -- narrows the type; every name here is a paragraph style
    return style


def _set(style: ParagraphStyle, look: Look) -> None:
    properties = style.element.get_or_add_rPr()
    for leftover in ("w:rFonts", "w:spacing", "w:kern", "w:i", "w:iCs", "w:caps"):
        for old in properties.findall(qn(leftover)):
            properties.remove(old)
    # Named for every script, so that no theme font of the template shines through.
    properties.insert(0, element("w:rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT))
    style.font.size = Pt(look.size)
    style.font.bold = look.is_bold
    style.font.color.rgb = RGBColor.from_string(look.colour)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.line_spacing = look.line
    layout.keep_with_next = look.keeps_with_next
    layout.widow_control = True
    old_border = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if old_border is not None:
        old_border.getparent().remove(old_border)
    for spacing in style.element.pPr.findall(qn("w:contextualSpacing")):
        style.element.pPr.remove(spacing)


def _insert(properties: Any, child: Any) -> None:
    """Put a border or shade where Word's schema wants it: before tabs, spacing and indents."""
    after: tuple[str, ...] = (
        "w:tabs",
        "w:suppressAutoHyphens",
        "w:spacing",
        "w:ind",
        "w:jc",
        "w:outlineLvl",
        "w:rPr",
    )
    if child.tag != qn("w:shd"):
        after = ("w:shd", *after)
    properties.insert_element_before(child, *after)


def _border(file: WordFile, name: str, **sides: tuple[int, str, int]) -> None:
    _insert(_paragraph_style(file, name).element.get_or_add_pPr(), borders("w:pBdr", **sides))


def _box(file: WordFile, name: str, colour: str) -> None:
    edge = (4, SURFACE, 6)
    _border(file, name, top=edge, left=(24, colour, 9), bottom=edge, right=edge)
    style = _paragraph_style(file, name)
    _insert(style.element.get_or_add_pPr(), element("w:shd", val="clear", color="auto", fill=SURFACE))
    style.paragraph_format.left_indent = style.paragraph_format.right_indent = Mm(4)
    style.paragraph_format.keep_together = True


def _table_style(file: WordFile) -> None:
    style = file.styles.add_style("Document Table", WD_STYLE_TYPE.TABLE)
    style.base_style = file.styles["Normal Table"]
    rows = element("w:tblBorders", *(_line(side) for side in ("top", "bottom", "insideH")))
    margins = element("w:tblCellMar", *(element(f"w:{side}", w=85, type="dxa") for side in ("left", "right")))
    header = element(
        "w:tblStylePr",
        element("w:rPr", element("w:b")),
        element(
            "w:tcPr",
            element("w:tcBorders", element("w:bottom", val="single", sz=8, space=0, color=ACCENT)),
            element("w:shd", val="clear", color="auto", fill=SURFACE),
            element("w:vAlign", val="bottom"),
        ),
        type="firstRow",
    )
    for piece in (element("w:tblPr", rows, margins), header):
        style.element.append(piece)


def _line(side: str) -> Any:
    return element(f"w:{side}", val="single", sz=4, space=0, color=LINE)


def _set_language(file: WordFile, tag: str) -> None:
    for language in file.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), tag)
    settings = file.settings.element
    values = {
        "w:themeFontLang": {"val": tag},
        "w:decimalSymbol": {"val": ","},
        "w:listSeparator": {"val": ";"},
    }
    for name, attributes in values.items():
        for found in settings.findall(qn(name)):
            found.attrib.clear()
            for key, value in attributes.items():
                found.set(qn(f"w:{key}"), value)
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # else Word opens the file in "compatibility mode"


def _set_page(file: WordFile) -> None:
    page = file.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.bottom_margin = Mm(25)
    page.top_margin = Mm(28)
    page.header_distance = page.footer_distance = Mm(13)
    page.different_first_page_header_footer = True
