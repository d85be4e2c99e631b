"""The pages of a PDF: read closely where there is money, quickly where there is only text.

Finding every letter's place and font takes a tenth of a second a page, and plans may have hundreds of pages.
"""

import re
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pypdfium2
from pdfminer.pdftypes import resolve1

from samloft.plans.reading.formats import aligned
from samloft.plans.reading.formats.aligned import Piece
from samloft.plans.reading.formats.pdf_page import Page, TextLine, read_page

_EDGE = 0.1  # of the page's height, where running heads and feet stand
_ENOUGH_SECONDS = 3.5  # processor time for close reading; the whole file has six
_SHORT = 15  # pages that are all read closely
_MONEY = re.compile(r"[0-9][ .\u00a0][0-9]{3}\b|\bkr\b|[0-9]{5}|\bmill\.", re.I)
_LETTERS_IN_A_LINE = 200


def count_pages(pdf: Any) -> int:
    """How many pages the file says it has, before any is opened."""
    count = resolve1(resolve1(pdf.doc.catalog.get("Pages", {})).get("Count", 0))
    return count if isinstance(count, int) else 0


def read_pages(pdf: Any, data: bytes) -> tuple[list[Page], int, bool]:
    """All pages, how many with money could not be read, and whether there are pictures."""
    started = time.process_time()
    pages: dict[int, Page] = {}
    pictures = False
    texts = _texts(data, len(pdf.pages)) if len(pdf.pages) > _SHORT else [""] * len(pdf.pages)
    money = [i for i, text in enumerate(texts) if len(_MONEY.findall(text)) > 1]
    order = dict.fromkeys([*money, *(i + 1 for i in money if i + 1 < len(texts)), *range(len(texts))])
    unread = 0
    for i in order:
        if time.process_time() - started < _ENOUGH_SECONDS:
            page = pdf.pages[i]
            pages[i] = read_page(page)
            pictures = pictures or bool(page.images)
            page.close()
        else:
            unread += i in money or not texts[i]
            pages[i] = _quick(texts[i])
    return [pages[i] for i in sorted(pages)], unread, pictures


def _texts(data: bytes, count: int) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [document[i].get_textpage().get_text_range() for i in range(min(count, len(document)))]
    finally:
        document.close()


def _quick(text: str) -> Page:
    """A page as plain lines; without fonts there are no headings and no words in bold."""
    lines = [line[: _LETTERS_IN_A_LINE * 10].strip() for line in text.splitlines()]
    items = tuple(
        TextLine(
            top=14.0 * i,
            bottom=14.0 * i + 10.0,
            size=0.0,
            bold=False,
            lead="",
            pieces=(Piece(0.0, float(len(line)), line),),
        )
        for i, line in enumerate(lines)
        if line
    )
    return Page(items, 14.0 * len(lines) + 1000.0)


def without_running_heads(pages: Sequence[Page]) -> list[Page]:
    """The pages without page numbers and without lines that stand at the edge of several pages."""

    def is_at_edge(line: TextLine, page: Page) -> bool:
        return line.bottom < page.height * _EDGE or line.top > page.height * (1 - _EDGE)

    def shape(line: TextLine) -> str:
        return re.sub(r"[0-9]+", "#", line.text.casefold())

    counted: Counter[str] = Counter()
    for page in pages:
        counted.update({shape(i) for i in page.items if isinstance(i, TextLine) and is_at_edge(i, page)})
    kept = []
    for page in pages:
        items = tuple(
            item
            for item in page.items
            if not isinstance(item, TextLine)
            or not is_at_edge(item, page)
            or (
                (counted[shape(item)] < 2 or _has_money(item))
                and not re.fullmatch(
                    r"(?:side\s*)?[-–]?\s*[0-9]{1,3}\s*[-–]?(?:\s*(?:av|/)\s*[0-9]{1,3})?", item.text.strip(), re.I
                )
            )
        )
        kept.append(Page(items, page.height))
    return kept


def _has_money(line: TextLine) -> bool:
    return any(aligned.looks_like_amount(piece.text) for piece in line.pieces)
