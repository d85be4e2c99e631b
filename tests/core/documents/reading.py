"""What a reader finds in each of the three formats: the words in reading order, and the amounts."""

import io
import re
from html.parser import HTMLParser

import docx
import pdfplumber
from docx.oxml.ns import qn

# The bullets and numbers of lists are text in the PDF, and drawn by browser and Word in the others.
LIST_LABEL = re.compile(r"[•‣]|\d\.")
AMOUNT = re.compile(r"\d{1,3}(?:\u00a0\d{3})+\u00a0kr")


def words(text: str) -> list[str]:
    return [word for word in text.split() if not LIST_LABEL.fullmatch(word)]


def amounts(text: str) -> list[str]:
    return AMOUNT.findall(text)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "title", "nav"):
            self.hidden += 1
        if tag not in ("strong", "em", "a", "span"):
            self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "title", "nav"):
            self.hidden -= 1
        if tag not in ("strong", "em", "a", "span"):
            self.pieces.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.pieces.append(data)


def html_text(html: str) -> str:
    parser = _Text()
    parser.feed(html)
    return "".join(parser.pieces)


def docx_text(file: bytes) -> str:
    """Give the text of the body, without the table of contents, headers and footers."""
    body = docx.Document(io.BytesIO(file)).element.body
    lines = []
    for paragraph in body.iter(qn("w:p")):
        if any(above.tag == qn("w:sdt") for above in paragraph.iterancestors()):
            continue
        pieces = []
        for piece in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab")):
            inside_text = piece.tag == qn("w:t")
            pieces.append((piece.text or "") if inside_text else " ")
        lines.append("".join(pieces))
    return "\n".join(lines)


def pdf_text(file: bytes) -> str:
    """Give what is tagged as content, in the order of the file; headers, footers and repeats are artifacts."""
    pieces: list[str] = []
    with pdfplumber.open(io.BytesIO(file)) as pdf:
        for page in pdf.pages:
            before = None
            for letter in page.chars:
                if letter.get("tag") == "Artifact":
                    continue
                # Kerning moves letters a little either way; a new line or column moves them far.
                near = 0.35 * letter["size"]
                is_next = (
                    before
                    and abs(letter["bottom"] - before["bottom"]) < near
                    and abs(letter["x0"] - before["x1"]) < near
                )
                if not is_next:
                    pieces.append(" ")
                pieces.append(letter["text"])
                before = letter
    return "".join(pieces)
