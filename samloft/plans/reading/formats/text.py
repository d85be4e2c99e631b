"""Text files: Markdown, HTML tables in it, tables of tabs or spaces, and plain lists of amounts."""

import re
from collections.abc import Callable

from samloft.core.amounts import plain_spaces
from samloft.plans.reading.document import (
    LEAD_LEVEL,
    Cell,
    Document,
    Draft,
    Heading,
    Paragraph,
    Row,
    Table,
    same_width,
)
from samloft.plans.reading.formats import aligned
from samloft.plans.reading.formats.html_tables import read_tables
from samloft.plans.reading.formats.text_lists import BULLET, name_and_amount, next_filled, stacked_pair
from samloft.plans.reading.names import clean_name, is_bold_markup, joined_lines, without_markup

_BORDERS = str.maketrans(dict.fromkeys("│┃║╎┆", "|"))
_RULE = re.compile(r"\s*(?:([-*_=~])\s?){3,}\s*")
_GRID = re.compile(r"[\s+|:=\-─━═┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋]+")
_ATX = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*")
_HTML_HEADING = re.compile(r"\s*<h([1-6])\b[^>]*>(.*)</h\1>\s*", re.I)
_NUMBERED = re.compile(r"[0-9]{1,2}(\.[0-9]{1,2})*\.?\s+[A-ZÆØÅ«].*")
_LEAD = re.compile(
    r"(?:\*\*|__)(?=\S)(.{2,120}?)(?<=\S)(?:\*\*|__)|<(?:b|strong)>(.{2,120}?)</(?:b|strong)>", re.I
)
_GAP = re.compile(r"\t+|\s{2,}")
LONGEST_LINE = 4_000


def read_text(text: str) -> Document:
    """Turn a text file into a document; rows are numbered by line."""
    lines = [line[:LONGEST_LINE] for line in re.split(r"\r\n|\r|\n", text.translate(_BORDERS).replace("\f", " "))]
    return _TextReader(lines).read()


class _TextReader:
    """Walks the lines once; every kind of block takes the lines that are its own."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.at = 0
        self.draft = Draft()
        self.paragraph: list[str] = []
        self.paragraph_row = 0
        self.kinds: tuple[Callable[[], bool], ...] = (
            self._blank_or_rule,
            self._heading,
            self._html_table,
            self._pipe_table,
            self._delimited_table,
            self._aligned_table,
            self._list,
            self._stacked_cells,
        )

    def read(self) -> Document:
        while self.at < len(self.lines):
            if not any(take() for take in self.kinds):
                self._text()
        self._end_paragraph()
        return self.draft.done()

    def _line(self, offset: int = 0) -> str:
        index = self.at + offset
        return self.lines[index] if 0 <= index < len(self.lines) else ""

    def _end_paragraph(self) -> None:
        if not self.paragraph:
            return
        raw, self.paragraph = self.paragraph, []
        joined = "\n".join(raw)
        text = joined_lines(without_markup(joined))
        if not text:
            return
        if len(raw) == 1 and self._stands_as_heading(raw[0], text):
            level = text.split()[0].strip(".").count(".") + 1 if _NUMBERED.fullmatch(text) else LEAD_LEVEL
            self.draft.blocks.append(Heading(clean_name(text).rstrip(":"), level, self.paragraph_row))
            return
        lead = _LEAD.match(BULLET.sub("", joined, count=1).strip())
        self.draft.blocks.append(
            Paragraph(
                text=plain_spaces(BULLET.sub("", text, count=1)),
                row=self.paragraph_row,
                lead=clean_name(lead[1] or lead[2]).rstrip(".:") if lead else "",
                is_item=BULLET.match(raw[0]) is not None,
            )
        )

    def _stands_as_heading(self, raw: str, text: str) -> bool:
        if len(text) > 90 or text.endswith((".", ",", ";")) or name_and_amount(raw) or BULLET.match(raw):
            return (
                bool(_NUMBERED.fullmatch(text))
                and len(text) <= 90
                and not text.endswith((".", ",", ";"))
                and (name_and_amount(raw) is None and not self._neighbours_are_numbered())
            )
        if is_bold_markup(raw) or _NUMBERED.fullmatch(text):
            return True
        if text.isupper() and len(text) > 3:
            return True
        return self._opens_amounts()

    def _neighbours_are_numbered(self) -> bool:
        """Whether this is one of several numbered lines: a list, not a heading."""
        return bool(_NUMBERED.fullmatch(self._line().strip()) or _NUMBERED.fullmatch(self._line(-2).strip()))

    def _opens_amounts(self) -> bool:
        """Whether the next line with anything on it is one of a list or table of amounts."""
        following = next((line for line in self.lines[self.at : self.at + 3] if line.strip()), "")
        return name_and_amount(following) is not None

    def _blank_or_rule(self) -> bool:
        line = self._line().strip()
        if not line or line.startswith(("```", "~~~")):
            self._end_paragraph()
        elif _RULE.fullmatch(line):
            if len(self.paragraph) == 1 and line[0] in "=-" and len(self.paragraph[0]) <= 90:
                text = clean_name(self.paragraph.pop())
                self.draft.blocks.append(Heading(text, 1 if line[0] == "=" else 2, self.paragraph_row))
            self._end_paragraph()
        else:
            return False
        self.at += 1
        return True

    def _heading(self) -> bool:
        line = self._line()
        found = _ATX.fullmatch(line)
        html = _HTML_HEADING.fullmatch(line)
        if not found and not html:
            return False
        self._end_paragraph()
        level, text = (len(found[1]), found[2]) if found else (int(html[1]), html[2]) if html else (1, "")
        name = clean_name(text)
        if name:
            self.draft.blocks.append(Heading(name.rstrip(":"), level, self.at + 1))
        self.at += 1
        return True

    def _html_table(self) -> bool:
        if "<table" not in self._line().lower():
            return False
        end = self.at
        while end < len(self.lines) - 1 and "</table" not in self.lines[end].lower():
            end += 1
        tables = read_tables(self.lines[self.at : end + 1], first_line=self.at + 1)
        self._end_paragraph()
        self.draft.blocks.extend(tables)
        self.at = end + 1
        return True

    def _pipe_table(self) -> bool:
        if not self._is_piped(self.at):
            return False
        end = self.at
        rows: list[int] = []
        while end < len(self.lines):
            if self._is_piped(end) or (rows and ("|" in self.lines[end] or self._is_bare_row(end))):
                rows.append(end)
            elif not (rows and _GRID.fullmatch(self.lines[end]) and self.lines[end].strip()) and not (
                not self.lines[end].strip() and self._continues_after(end)
            ):
                break
            end += 1
        if len(rows) < 2:
            return False
        self._end_paragraph()
        self._add_table(
            [Row(i + 1, _pipe_cells(self.lines[i])) for i in rows if not _GRID.fullmatch(self.lines[i])]
        )
        self.at = end
        return True

    def _is_piped(self, index: int) -> bool:
        if not 0 <= index < len(self.lines) or "|" not in self.lines[index]:
            return False
        return self.lines[index].strip().startswith("|") or any(
            0 <= i < len(self.lines)
            and ("|" in self.lines[i] or (_GRID.fullmatch(self.lines[i]) and "-" in self.lines[i]))
            for i in (index - 1, index + 1)
        )

    def _is_bare_row(self, index: int) -> bool:
        """A row whose writer forgot the borders: a few words between two rows of pipes."""
        line = self.lines[index].strip()
        following = self.lines[index + 1].strip() if index + 1 < len(self.lines) else ""
        return bool(line) and len(line) < 60 and "|" in following and not line.startswith(("#", "Tabell"))

    def _continues_after(self, blank: int) -> bool:
        """Whether the table goes on after a blank line: a row of pipes that does not open a table of its own."""
        following, after = blank + 1, blank + 2
        if following >= len(self.lines) or not self.lines[following].strip().startswith("|"):
            return False
        return not (after < len(self.lines) and _GRID.fullmatch(self.lines[after]) and "-" in self.lines[after])

    def _delimited_table(self) -> bool:
        """Lines split by semicolons in an ordinary text file."""
        end = self.at
        while end < len(self.lines) and ";" in self.lines[end] and not re.search(r"&\w+;", self.lines[end]):
            end += 1
        rows = range(self.at, end)
        if len(rows) < 3 or len({self.lines[i].count(";") for i in rows}) > 1:
            return False
        if not any(aligned.looks_like_amount(part) for i in rows for part in self.lines[i].split(";")):
            return False
        self._end_paragraph()
        self._add_table([Row(i + 1, tuple(_cell(part) for part in self.lines[i].split(";"))) for i in rows])
        self.at = end
        return True

    def _aligned_table(self) -> bool:
        if len(_pieces(self._line())) < 2:
            return False
        window: list[aligned.Line] = []
        for index in range(self.at, min(len(self.lines), self.at + 600)):
            line = self.lines[index]
            if window and not line.strip() and not any(item.strip() for item in self.lines[index : index + 3]):
                break
            if line.strip() and not _GRID.fullmatch(line):
                if "|" in line or _ATX.fullmatch(line):
                    break
                window.append(aligned.Line(index + 1, float(index), tuple(_pieces(line))))
        found = aligned.regions(window)
        if not found or found[0][0] != 0:
            return False
        taken = window[: found[0][1]]
        if _is_prose(taken):
            return False
        self._end_paragraph()
        self._add_table(aligned.to_rows(taken))
        self.at = taken[-1].number
        return True

    def _list(self) -> bool:
        first = name_and_amount(self._line())
        if first is None:
            return False
        rows, end, last = [], self.at, self.at
        while end < len(self.lines) and end - last <= 2:
            parts = name_and_amount(self.lines[end])
            if parts:
                rows.append(Row(end + 1, (_cell(parts[0]), _cell(parts[1]))))
                last = end
            elif self.lines[end].strip():
                break
            end += 1
        self._end_paragraph()
        self._add_table(rows, is_list=True)
        self.at = last + 1
        return True

    def _stacked_cells(self) -> bool:
        """A table that was copied as one cell a line: a name, its amount, a name, its amount."""
        rows = []
        at = self.at
        while (amount := stacked_pair(self.lines, at)) is not None:
            rows.append(Row(at + 1, (_cell(self.lines[at]), _cell(self.lines[amount]))))
            at = next_filled(self.lines, amount + 1)
        if len(rows) < 3:
            return False
        self._end_paragraph()
        self._add_table(rows)
        self.at = at
        return True

    def _add_table(self, rows: list[Row], *, is_list: bool = False) -> None:
        self.draft.blocks.append(Table(same_width(rows), is_list=is_list))

    def _text(self) -> None:
        line = self._line()
        if self.paragraph and (BULLET.match(line) or len(self.paragraph) > 40):
            self._end_paragraph()
        if not self.paragraph:
            self.paragraph_row = self.at + 1
        self.paragraph.append(line)
        self.at += 1
        if len(self.paragraph) == 1 and self._opens_amounts() and len(line) < 90:
            self._end_paragraph()


def _is_prose(lines: list[aligned.Line]) -> bool:
    """Running text with double spaces in it is not a table."""
    return sum(len(line.text) > 160 for line in lines) > len(lines) / 2


def _pieces(line: str) -> list[aligned.Piece]:
    pieces, start, expanded = [], 0, line.rstrip().expandtabs(8) if "\t" not in line.strip() else line.rstrip()
    if "\t" in expanded:
        return _tabbed(expanded)
    for gap in [*_GAP.finditer(expanded), None]:
        end = gap.start() if gap else len(expanded)
        words = expanded[start:end]
        if words.strip():
            left = start + len(words) - len(words.lstrip())
            pieces.append(_piece(left, end, words))
        start = gap.end() if gap else end
    return pieces


def _tabbed(line: str) -> list[aligned.Piece]:
    """A tab is a border: the n-th field stands in column n, however wide the text is."""
    fields = line.split("\t")
    return [_piece(i * 1000, i * 1000 + 500, field) for i, field in enumerate(fields) if field.strip()]


def _piece(left: float, right: float, words: str) -> aligned.Piece:
    return aligned.Piece(float(left), float(right), plain_spaces(without_markup(words)), is_bold_markup(words))


def _pipe_cells(line: str) -> tuple[Cell, ...]:
    stripped = line.strip().removeprefix("|")
    if stripped.endswith("|") and not stripped.endswith("\\|"):
        stripped = stripped[:-1]
    return tuple(_cell(part.replace("\\|", "|")) for part in re.split(r"(?<!\\)\|", stripped))


def _cell(raw: str) -> Cell:
    return Cell(text=joined_lines(without_markup(raw)), bold=is_bold_markup(raw))
