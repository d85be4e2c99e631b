"""PDF files: pages put after each other, without running heads, tables that go on over a page put together."""

import io
import re
from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext_noop as _

from samloft.core.files.refusals import FileRefused, broken, locked, refused
from samloft.core.said import SaidAbout, said
from samloft.plans.reading.document import (
    LEAD_LEVEL,
    Block,
    Cell,
    Document,
    Draft,
    Heading,
    Paragraph,
    Row,
    Table,
    same_width,
    whole_file,
)
from samloft.plans.reading.formats import aligned
from samloft.plans.reading.formats.pdf_page import Page, RuledTable, TextLine, one_line
from samloft.plans.reading.formats.pdf_pages import count_pages, read_pages, without_running_heads
from samloft.plans.reading.formats.text_lists import BULLET, name_and_amount
from samloft.plans.reading.formats.wrapped import unwrapped
from samloft.plans.reading.names import clean_name, joined_lines, without_numbering
from samloft.plans.reading.refuse import MOST_PAGES, too_much

_SAME_EDGE = 6.0  # points that the columns of a torn table may differ by
_PAGE_HEIGHT = 10_000.0  # pages are stacked this far apart


def read_pdf(data: bytes) -> Document:
    """Turn a PDF into headings, paragraphs and tables. Raises FileRefused."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    draft = Draft()
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if count_pages(pdf) > MOST_PAGES:
                raise too_much()
            pages, skipped, pictures = read_pages(pdf, data)
    except (FileRefused, MemoryError, RecursionError):
        raise
    except PdfminerException as error:
        cause = error.args[0] if error.args else None
        raise (locked() if isinstance(cause, (PDFPasswordIncorrect, PDFEncryptionError)) else broken()) from None
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise locked() from None
    except Exception:  # the PDF reader answers a damaged file with errors of every kind
        raise broken() from None
    if not any(page.items for page in pages):
        if pictures:
            raise refused(
                _(
                    "The PDF holds pictures of pages and no text. Upload the document it was made from, or have "
                    "the text recognised first."
                )
            )
        raise refused(_("The PDF holds no text. Upload the document it was made from."))
    if skipped:
        draft.problems.append(
            SaidAbout(
                whole_file(),
                said(
                    _(
                        "The file is too long, and %(count)d pages with amounts were not read. "
                        "Upload the pages with the budget."
                    ),
                    count=skipped,
                ),
            )
        )
    _Reader(draft).read(without_running_heads(pages))
    return draft.done()


class _Reader:
    """Puts the pages' items together to blocks."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.tables = 0
        self.body_size = 10.0
        self.right = 0.0  # where the text's lines end
        self.sizes: list[float] = []

    def read(self, pages: Sequence[Page]) -> None:
        self._measure(pages)
        run: list[tuple[float, TextLine]] = []
        previous: tuple[int, RuledTable] | None = None
        for number, page in enumerate(pages):
            for item in page.items:
                if isinstance(item, TextLine):
                    run.append((number * _PAGE_HEIGHT, item))
                    continue
                if previous and self._goes_on(previous, number, item) and self._is_interlude(run):
                    self._append(item)
                else:
                    self._text(run)
                    self._ruled(item)
                previous = (number, item)
                run = []
        self._text(run)

    def _measure(self, pages: Sequence[Page]) -> None:
        """The size of running text, and the larger sizes that headings have, from the largest down."""
        letters: Counter[float] = Counter()
        for page in pages:
            for item in page.items:
                if isinstance(item, TextLine):
                    letters[round(item.size * 2) / 2] += len(item.text)
        if letters:
            self.body_size = letters.most_common(1)[0][0]
        self.sizes = sorted({size for size in letters if size > self.body_size * 1.08}, reverse=True)

    def _is_interlude(self, run: Sequence[tuple[float, TextLine]]) -> bool:
        """Whether the lines between two halves of a torn table are only "continues" or a footnote."""
        return len(run) <= 2 and not any(self._level(line) for _offset, line in run)

    # Ruled tables

    def _ruled(self, table: RuledTable) -> None:
        self.tables += 1
        rows = [Row(i, tuple(one_line(cell) for cell in cells)) for i, cells in enumerate(table.rows, start=1)]
        self.draft.blocks.append(Table(same_width(rows), number=self.tables))

    def _goes_on(self, previous: tuple[int, RuledTable], number: int, table: RuledTable) -> bool:
        """Whether the table is the rest of the one that ended the page before."""
        return (
            previous[0] == number - 1
            and len(previous[1].edges) == len(table.edges)
            and all(abs(a - b) <= _SAME_EDGE for a, b in zip(previous[1].edges, table.edges, strict=True))
        )

    def _append(self, table: RuledTable) -> None:
        last = self.draft.blocks[-1]
        if not isinstance(last, Table):
            self._ruled(table)
            return
        rows = list(last.rows)
        fresh = [tuple(one_line(cell) for cell in cells) for cells in table.rows]
        # A header row that Word or LibreOffice repeats on the new page is no row of the table.
        if fresh and rows and [c.text for c in fresh[0]] == [c.text for c in rows[0].cells]:
            fresh = fresh[1:]
        if fresh and self._is_torn_row(rows[-1], fresh[0]):
            rows[-1] = _healed(rows[-1], fresh[0])
            fresh = fresh[1:]
        rows += [Row(len(rows) + i, cells) for i, cells in enumerate(fresh, start=1)]
        self.draft.blocks[-1] = Table(same_width(rows), number=last.number)

    def _is_torn_row(self, above: Row, cells: Sequence[Cell]) -> bool:
        """Whether the first row on the new page is the rest of a row that the page break cut in two."""
        filled = [i for i, cell in enumerate(cells) if not cell.is_blank]
        if not filled or any(aligned.looks_like_amount(cells[i].text) for i in filled):
            return False
        return all(not above.cells[i].is_blank for i in filled if i < len(above.cells)) and all(
            cells[i].text[:1].islower() for i in filled
        )

    # Text and tables without rules

    def _text(self, run: Sequence[tuple[float, TextLine]]) -> None:
        lines = [line.as_line(i, offset) for i, (offset, line) in enumerate(run)]
        at = 0
        for start, end in aligned.regions(lines):
            if _is_running_text(lines[start:end]):
                continue
            self._paragraphs(run[at:start])
            self._unruled(lines[start:end])
            at = end
        self._paragraphs(run[at:])

    def _unruled(self, lines: Sequence[aligned.Line]) -> None:
        self.tables += 1
        seen: list[Row] = []
        for row in unwrapped(lines):
            if not seen or [cell.text for cell in row.cells] != [cell.text for cell in seen[0].cells]:
                seen.append(Row(len(seen) + 1, row.cells))
        self.draft.blocks.append(Table(same_width(seen), number=self.tables))

    def _paragraphs(self, run: Sequence[tuple[float, TextLine]]) -> None:
        gathered: list[TextLine] = []
        bottom = 0.0
        self.right = max((line.pieces[-1].right for _offset, line in run), default=0.0)
        for offset, line in run:
            if gathered and not self._goes_on_in(gathered, line, offset + line.top - bottom):
                self._flush(gathered)
                gathered = []
            gathered.append(line)
            bottom = offset + line.bottom
        self._flush(gathered)

    def _goes_on_in(self, gathered: Sequence[TextLine], line: TextLine, gap: float) -> bool:
        """Whether a line is the rest of the paragraph or heading above it."""
        level, above = self._level(line), self._level(gathered[-1])
        if gap > line.size * 0.75 or BULLET.match(line.text):
            return False
        opens_in_bold = len(line.lead) > 3 and not line.bold
        if above == LEAD_LEVEL and all(one.bold for one in gathered) and not level:
            # A bold lead-in fills its line and goes on; a heading ends before the line does.
            return self._was_full(gathered[-1], line)
        if level or above:
            return level == above and gap < line.size * 0.6
        return not opens_in_bold

    def _was_full(self, above: TextLine, line: TextLine) -> bool:
        """Whether the line above had no room for the first word of this one."""
        first = line.pieces[0]
        word = (first.right - first.left) * len(first.text.split()[0]) / len(first.text)
        return self.right - above.pieces[-1].right < word + 0.3 * line.size

    def _level(self, line: TextLine) -> int:
        """The heading level that the line's size gives it; 0 for running text."""
        size = round(line.size * 2) / 2
        if size in self.sizes and len(line.text) < 140:
            return min(self.sizes.index(size) + 1, 6)
        return LEAD_LEVEL if line.bold and len(line.text) <= 90 and not line.text.endswith((".", ",")) else 0

    def _flush(self, lines: Sequence[TextLine]) -> None:
        if not lines:
            return
        text = joined_lines("\n".join(line.text for line in lines))
        level = self._level(lines[0])
        if level and all(self._level(line) == level for line in lines) and len(text) < 200:
            numbered = re.match(r"([0-9]+(?:\.[0-9]+)*)\.?\s", text)
            if level == LEAD_LEVEL and numbered and without_numbering(text) != text:
                level = 6
            self.draft.blocks.append(Heading(clean_name(text).rstrip(":"), level))
            return
        if re.search(r"\.{5,}\s*[0-9]{1,3}$|(?:\. ){4,}\.?\s*[0-9]{1,3}$", text):
            return  # a line of the contents
        parts = name_and_amount(text) if len(lines) == 1 else None
        if parts:
            self._amount_line(parts)
            return
        is_item = BULLET.match(text) is not None
        lead = _lead(lines)
        self.draft.blocks.append(
            Paragraph(BULLET.sub("", text, count=1), lead=clean_name(lead).rstrip(".:"), is_item=is_item)
        )

    def _amount_line(self, parts: tuple[str, str]) -> None:
        last: Block | None = self.draft.blocks[-1] if self.draft.blocks else None
        cells = (Cell(parts[0]), Cell(parts[1]))
        if isinstance(last, Table) and last.is_list:
            rows = (*last.rows, Row(len(last.rows) + 1, cells))
            self.draft.blocks[-1] = Table(rows, number=last.number, is_list=True)
            return
        self.tables += 1
        self.draft.blocks.append(Table((Row(1, cells),), number=self.tables, is_list=True))


def _lead(lines: Sequence[TextLine]) -> str:
    """The bold words that open a paragraph, also when they go on to its second line."""
    words: list[str] = []
    for line in lines:
        words.append(line.lead)
        if not line.bold:
            break
    else:
        return ""
    lead = " ".join(words).strip()
    return lead if len(lead) >= 3 else ""


def _healed(above: Row, rest: Sequence[Cell]) -> Row:
    cells = []
    for i, cell in enumerate(above.cells):
        more = rest[i].text if i < len(rest) else ""
        text = joined_lines(f"{cell.text}\n{more}") if more else cell.text
        cells.append(Cell(text=text, bold=cell.bold, merged=cell.merged))
    return Row(above.number, tuple(cells))


def _is_running_text(lines: Sequence[aligned.Line]) -> bool:
    long = sum(1 for line in lines if len(line.text) > 110)
    return long > len(lines) / 2
