"""A document as a typed list of blocks: the one source of its page, its PDF and its Word file.

Builders in the apps above make a `Document`; the renderers beside this module do the rest.
A block holds words and figures as they are to be read (`7 795 000 kr`), never numbers to be formatted later,
so that the three renderings cannot differ.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

Language = Literal["nb", "nn"]
Align = Literal["start", "end"]
RowKind = Literal["row", "group", "subtotal", "total"]
NoteKind = Literal["info", "warning", "assumed"]
ImageType = Literal["image/svg+xml", "image/png", "image/jpeg"]

DEEPEST_HEADING = 4


class DocumentError(ValueError):
    """The document cannot be rendered well; the message tells the developer what to change."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one weight; a newline in it is a line break."""

    text: str
    strong: bool = False
    emphasis: bool = False


Text = tuple[Run, ...]


def text(*parts: str | Run) -> Text:
    """Make running text of plain strings and runs."""
    return tuple(part if isinstance(part, Run) else Run(part) for part in parts)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4; level 1 is a chapter, the document's title stands above it.

    `anchor` is the id that links point to; left empty it is made of the words.
    `numbered=False` keeps one heading (an introduction, an appendix) out of a numbered document's counting.
    """

    level: int
    text: str
    anchor: str = ""
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: Text

    @classmethod
    def of(cls, *parts: str | Run) -> Paragraph:
        return cls(text(*parts))


@dataclass(frozen=True, slots=True)
class BulletList:
    items: tuple[Text, ...]

    @classmethod
    def of(cls, *items: str | Text) -> BulletList:
        return cls(tuple(text(item) if isinstance(item, str) else item for item in items))


@dataclass(frozen=True, slots=True)
class NumberedList:
    items: tuple[Text, ...]

    @classmethod
    def of(cls, *items: str | Text) -> NumberedList:
        return cls(tuple(text(item) if isinstance(item, str) else item for item in items))


@dataclass(frozen=True, slots=True)
class Column:
    """A table column; `align="end"` is for figures, which then stand flush right and never break."""

    header: str
    align: Align = "start"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `source` refers to the record a figure comes from, and becomes a link on the page only."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A table row. A `group` row may have one cell, which then spans the table."""

    cells: tuple[Cell, ...]
    kind: RowKind = "row"

    @classmethod
    def of(cls, *cells: str | Cell, kind: RowKind = "row") -> Row:
        return cls(tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in cells), kind)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row; its first column holds the row headers."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Label–value pairs."""

    facts: tuple[Fact, ...]

    @classmethod
    def of(cls, *pairs: tuple[str, str] | Fact) -> Facts:
        return cls(tuple(pair if isinstance(pair, Fact) else Fact(*pair) for pair in pairs))


@dataclass(frozen=True, slots=True)
class Note:
    """A remark set apart: `info`, `warning`, or `assumed` for what nobody has confirmed."""

    kind: NoteKind
    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its alternative text; `width` is the part of the text width it fills, 0–1."""

    image: bytes
    mime: ImageType
    alt: str
    caption: str = ""
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents, down to headings of level `depth`."""

    depth: int = 2


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


Block = (
    Heading | Paragraph | BulletList | NumberedList | Table | Facts | Note | Figure | Contents | PageBreak
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Logo:
    image: bytes
    mime: ImageType
    alt: str


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document: the fields are the cover, the blocks are the inside.

    `issued` is an ISO date (`2026-02-10`, shown as `10. februar 2026`), another text, or "" when unknown.
    `mark` ("Utkast") stands on the cover and in every page header. `number` is the edition text.
    Raises `DocumentError` on a skipped heading level, missing alternative text, or a row that does not fit.
    """

    title: str
    language: Language
    blocks: tuple[Block, ...]
    subtitle: str = ""
    issuer: str = ""
    issued: str = ""
    mark: str = ""
    number: str = ""
    keywords: tuple[str, ...] = ()
    logo: Logo | None = None
    numbered: bool = False

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise DocumentError("A document needs a title.")
        if self.language not in get_args(Language):
            raise DocumentError(f"The language is {self.language!r}; it must be nb or nn.")
        if self.logo:
            _check_image(self.logo.image, self.logo.mime, self.logo.alt, "The logo")
        _check_headings(self.blocks)
        for block in self.blocks:
            if isinstance(block, Table):
                _check_table(block)
            elif isinstance(block, Figure):
                _check_image(block.image, block.mime, block.alt, "A figure")
                if not 0 < block.width <= 1:
                    raise DocumentError(f"A figure's width is {block.width}; it must be above 0 and at most 1.")


def _check_headings(blocks: tuple[Block, ...]) -> None:
    above, anchors = 0, set[str]()
    for heading in blocks:
        if not isinstance(heading, Heading):
            continue
        if not heading.text.strip():
            raise DocumentError("A heading has no text.")
        if not 1 <= heading.level <= DEEPEST_HEADING:
            raise DocumentError(f"Heading {heading.text!r} has level {heading.level}; levels are 1 to 4.")
        if heading.level > above + 1:
            raise DocumentError(f"Heading {heading.text!r} jumps from level {above} to {heading.level}.")
        if heading.anchor and (heading.anchor in anchors or re.search(r"\s", heading.anchor)):
            raise DocumentError(f"The anchor {heading.anchor!r} is used twice or has a space in it.")
        above = heading.level
        anchors.add(heading.anchor)


def _check_table(table: Table) -> None:
    name = table.caption or ", ".join(column.header for column in table.columns)
    if not table.columns:
        raise DocumentError("A table has no columns.")
    if any(not column.header.strip() for column in table.columns):
        raise DocumentError(f"Table {name!r} has a column without a header.")
    for row in table.rows:
        spans = row.kind == "group" and len(row.cells) == 1
        if len(row.cells) != len(table.columns) and not spans:
            raise DocumentError(
                f"Table {name!r} has {len(table.columns)} columns and a row of {len(row.cells)} cells."
            )


def _check_image(image: bytes, mime: str, alt: str, what: str) -> None:
    if not alt.strip():
        raise DocumentError(f"{what} has no alternative text: say in words what it shows.")
    if mime not in get_args(ImageType):
        raise DocumentError(f"{what} is {mime!r}; SVG, PNG and JPEG can be shown in every format.")
    if not image:
        raise DocumentError(f"{what} is empty.")
