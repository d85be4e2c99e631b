"""Word documents: paragraphs, headings and tables as they are shown.

The parts are walked by local element name, so that both forms of the format (transitional and strict) are read.
Deleted text and hidden text is not there for the reader; inserted text is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_noop as _
from lxml import etree

from samloft.core.amounts import plain_spaces
from samloft.core.files.package import Package
from samloft.core.files.refusals import broken
from samloft.core.said import SaidAbout, said
from samloft.plans.reading.document import (
    LEAD_LEVEL,
    Cell,
    Document,
    Draft,
    Heading,
    Merged,
    Paragraph,
    Row,
    Table,
    same_width,
    whole_file,
)
from samloft.plans.reading.formats.docx_styles import Styles, local, value_of
from samloft.plans.reading.formats.text_lists import name_and_amount
from samloft.plans.reading.names import clean_name, joined_lines
from samloft.plans.reading.refuse import MOST_ROWS, too_much

Element = Any  # lxml brings no types
# Containers whose content is shown in its place; what is in none of these lists is not text.
_TRANSPARENT = frozenset(
    (
        "sdt",
        "sdtContent",
        "ins",
        "moveTo",
        "smartTag",
        "customXml",
        "hyperlink",
        "fldSimple",
        "dir",
        "bdo",
        "Choice",
        "body",
        "txbxContent",
        "ruby",
        "rubyBase",
    )
)
_DELETED = frozenset(("del", "moveFrom", "Fallback", "instrText", "delText", "rt", "delInstrText"))
MOST_NESTED = 8


@dataclass
class _Run:
    text: str
    bold: bool


@dataclass
class _Text:
    """The shown text of a paragraph, with the runs that make it and the boxes anchored in it."""

    runs: list[_Run] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    hidden: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def is_bold(self) -> bool:
        shown = [run for run in self.runs if run.text.strip()]
        return bool(shown) and all(run.bold for run in shown)

    @property
    def lead(self) -> str:
        """The bold words that open the text, when it goes on without bold."""
        lead = ""
        for run in self.runs:
            if run.text.strip() and not run.bold:
                return clean_name(lead).rstrip(".:") if len(lead.strip()) > 1 else ""
            lead += run.text
        return ""


def read_docx(package: Package) -> Document:
    """Turn a Word document into headings, paragraphs and tables. Raises FileRefused."""
    main = "word/document.xml" if package.has("word/document.xml") else package.main_part("wordprocessingml")
    package.check_all_xml()
    try:
        root = _parse(package.read(main or ""))
        styles = Styles.read(_parse(package.read("word/styles.xml")) if package.has("word/styles.xml") else None)
    except (etree.XMLSyntaxError, KeyError):
        raise broken() from None
    body = next((child for child in root if local(child) == "body"), None)
    if body is None:
        raise broken()
    reader = _Reader(styles)
    reader.blocks_of(body)
    if reader.hidden:
        reader.draft.notes.append(SaidAbout(whole_file(), said(_("Hidden text in the document is not read."))))
    return reader.draft.done()


def _parse(content: bytes) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(content, parser)


class _Reader:
    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.draft = Draft()
        self.tables = self.rows = 0
        self.hidden = False

    def blocks_of(self, parent: Element) -> None:
        for element in _shown(parent):
            name = local(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self._table(element)

    # Paragraphs

    def _paragraph(self, element: Element) -> None:
        text = self._text(element)
        self._add_paragraph(element, text)
        for box in text.boxes:
            self.blocks_of(box)

    def _add_paragraph(self, element: Element, text: _Text) -> None:
        style = self.styles.of_paragraph(element)
        plain = joined_lines(text.text)
        if not plain or style.is_contents:
            return
        if style.is_title and not self.draft.title:
            self.draft.title = plain
            self.draft.blocks.append(Heading(plain, 1))
        elif style.level:
            self.draft.blocks.append(Heading(clean_name(plain), style.level))
        elif (text.is_bold or style.bold) and len(plain) <= 90 and not plain.endswith((".", ",")):
            self.draft.blocks.append(Heading(clean_name(plain).rstrip(":"), LEAD_LEVEL))
        elif (parts := name_and_amount(plain)) and len(plain) < 160:
            self._amount_line(parts)
        else:
            is_item = style.is_item or bool(re.match(r"[•·▪–-]\s", plain))
            self.draft.blocks.append(
                Paragraph(clean_name(plain) if is_item else plain, lead=text.lead, is_item=is_item)
            )

    def _amount_line(self, parts: tuple[str, str]) -> None:
        """Lines of amounts that follow each other are one list."""
        blocks = self.draft.blocks
        row = (Cell(parts[0]), Cell(parts[1]))
        last = blocks[-1] if blocks else None
        if isinstance(last, Table) and last.is_list:
            rows = (*last.rows, Row(len(last.rows) + 1, row))
            blocks[-1] = Table(rows, number=last.number, is_list=True)
        else:
            blocks.append(Table((Row(1, row),), number=self._next_table(), is_list=True))

    def _next_table(self) -> int:
        self.tables += 1
        return self.tables

    def _text(self, element: Element) -> _Text:
        text = _Text()
        self._collect(element, text, self.styles.of_paragraph(element).bold)
        return text

    def _collect(self, parent: Element, text: _Text, bold: bool) -> None:
        for element in parent:
            name = local(element)
            if name in _DELETED or not name:
                continue
            if name == "r":
                self._run(element, text, bold)
            elif name in _TRANSPARENT or name == "AlternateContent":
                self._collect(element, text, bold)

    def _run(self, run: Element, text: _Text, bold: bool) -> None:
        properties = next((child for child in run if local(child) == "rPr"), None)
        if properties is not None and _is_on(properties, "vanish"):
            self.hidden = self.hidden or any(local(child) == "t" and (child.text or "").strip() for child in run)
            return
        if properties is not None and _is_superscript(properties) and _is_mark(run):
            return
        own = _bold_of(properties)
        is_bold = own if own is not None else (self.styles.run_is_bold(properties) or bold)
        for element in run.iter():
            name = local(element)
            if name == "t" and not _in_box(element, run):
                text.runs.append(_Run(element.text or "", is_bold))
            elif name in ("tab", "ptab") and element.getparent() is run:
                text.runs.append(_Run("\t", is_bold))
            elif name in ("br", "cr") and element.getparent() is run:
                text.runs.append(_Run("\n", is_bold))
            elif name == "noBreakHyphen":
                text.runs.append(_Run("-", is_bold))
            elif name == "softHyphen":
                continue
            elif name == "txbxContent" and not _in_fallback(element, run):
                text.boxes.append(element)

    # Tables

    def _table(self, element: Element, depth: int = 0) -> None:
        number = self._next_table()
        rows: list[Row] = []
        nested: list[Element] = []
        for index, row in enumerate(self._rows_of(element), start=1):
            self.rows += 1
            if self.rows > MOST_ROWS:
                raise too_much()
            rows.append(Row(index, tuple(self._cells(row, nested))))
        rows = [row for row in rows if row.cells]
        if (len(rows) == 1 and len(rows[0].cells) == 1) or (nested and all(len(row.filled) == 0 for row in rows)):
            # A frame around text or around other tables is not a table.
            for cell in element.iter():
                if local(cell) == "tc":
                    self.blocks_of(cell)
                    return
        if any(row.filled for row in rows):
            self.draft.blocks.append(Table(same_width(rows), number=number))
        if depth < MOST_NESTED:
            for table in nested:
                self._table(table, depth + 1)

    def _rows_of(self, table: Element) -> Iterator[Element]:
        for element in _shown(table):
            if local(element) == "tr" and not _row_is_deleted(element):
                yield element

    def _cells(self, row: Element, nested: list[Element]) -> list[Cell]:
        cells: list[Cell] = []
        properties = next((child for child in row if local(child) == "trPr"), None)
        before = value_of(properties, "gridBefore") if properties is not None else None
        cells += [Cell()] * (int(before) if before and before.isdigit() and int(before) < 100 else 0)
        for element in _shown(row):
            if local(element) != "tc":
                continue
            span, merge = _spans(element)
            if merge is None:
                cells.append(self._cell(element, nested))
            else:
                cells.append(Cell(merged=merge))
            cells += [Cell(merged=Merged.LEFT)] * (span - 1)
        return cells

    def _cell(self, element: Element, nested: list[Element]) -> Cell:
        texts: list[_Text] = []
        for child in _shown(element):
            if local(child) == "p":
                text = self._text(child)
                texts.append(text)
                texts += [self._text(p) for box in text.boxes for p in box.iter() if local(p) == "p"]
            elif local(child) == "tbl":
                nested.append(child)
        shown = [text for text in texts if text.text.strip()]
        joined = joined_lines("\n".join(text.text for text in shown))
        return Cell(text=plain_spaces(joined), bold=bool(shown) and all(text.is_bold for text in shown))


def _shown(parent: Element) -> Iterator[Element]:
    """The children that are shown, through content controls and tracked insertions."""
    for element in parent:
        name = local(element)
        if name in _DELETED or not name:
            continue
        if name in _TRANSPARENT or name == "AlternateContent":
            yield from _shown(element)
        else:
            yield element


def _spans(cell: Element) -> tuple[int, Merged | None]:
    properties = next((child for child in cell if local(child) == "tcPr"), None)
    if properties is None:
        return 1, None
    span = value_of(properties, "gridSpan")
    wide = min(int(span), 100) if span and span.isdigit() and int(span) > 0 else 1
    for child in properties:
        if local(child) == "vMerge" and value_of(properties, "vMerge") in (None, "continue"):
            return wide, Merged.ABOVE
        if local(child) == "hMerge" and value_of(properties, "hMerge") in (None, "continue"):
            return wide, Merged.LEFT
    return wide, None


def _row_is_deleted(row: Element) -> bool:
    properties = next((child for child in row if local(child) == "trPr"), None)
    return properties is not None and any(local(child) == "del" for child in properties)


def _is_on(properties: Element, name: str) -> bool:
    for child in properties:
        if local(child) == name:
            return value_of(properties, name) not in ("0", "false", "off")
    return False


def _bold_of(properties: Element | None) -> bool | None:
    if properties is None or not any(local(child) == "b" for child in properties):
        return None
    return _is_on(properties, "b")


def _is_superscript(properties: Element) -> bool:
    return value_of(properties, "vertAlign") == "superscript"


def _is_mark(run: Element) -> bool:
    """Whether a raised run is a footnote mark: digits, a letter or a star."""
    text = "".join(element.text or "" for element in run if local(element) == "t").strip()
    return bool(re.fullmatch(r"[0-9*†‡,a-zæøå)\s]{0,5}", text))


def _in_box(element: Element, run: Element) -> bool:
    parent = element.getparent()
    while parent is not None and parent is not run:
        if local(parent) in ("txbxContent", "Fallback", "drawing", "pict"):
            return True
        parent = parent.getparent()
    return False


def _in_fallback(element: Element, run: Element) -> bool:
    parent = element.getparent()
    while parent is not None and parent is not run:
        if local(parent) in ("Fallback", "txbxContent"):
            return True
        parent = parent.getparent()
    return False
