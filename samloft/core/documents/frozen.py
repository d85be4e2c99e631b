"""A document as plain JSON data and back without loss: this is what an edition stores.

Editions are kept for decades. A field may be added with a default; anything else raises `FORMAT` and keeps
reading the old ones.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from samloft.core.documents.blocks import (
    Block,
    BulletList,
    Cell,
    Column,
    Contents,
    Document,
    DocumentError,
    Fact,
    Facts,
    Figure,
    Heading,
    Logo,
    Note,
    NumberedList,
    PageBreak,
    Paragraph,
    Row,
    Run,
    Table,
    Text,
)

FORMAT = 1

type_names: dict[type[Block], str] = {
    Heading: "heading",
    Paragraph: "paragraph",
    BulletList: "bullets",
    NumberedList: "numbers",
    Table: "table",
    Facts: "facts",
    Note: "note",
    Figure: "figure",
    Contents: "contents",
    PageBreak: "page_break",
}


def to_data(document: Document) -> dict[str, Any]:
    """Give the document as a dict that `json` can write; pictures are base64."""
    data = {
        name: getattr(document, name)
        for name in ("title", "subtitle", "language", "issuer", "issued", "mark", "number", "numbered")
    }
    data["format"] = FORMAT
    data["keywords"] = list(document.keywords)
    data["logo"] = _plain(asdict(document.logo)) if document.logo else None
    data["blocks"] = [{"type": type_names[type(block)], **_plain(asdict(block))} for block in document.blocks]
    return data


def from_data(data: dict[str, Any]) -> Document:
    """Give back the document that `to_data` froze.

    Raises `DocumentError` when the data is of a later format, or has a block this version does not know.
    """
    if data.get("format") != FORMAT:
        raise DocumentError(f"The document has format {data.get('format')!r}; this version reads {FORMAT}.")
    fields = {key: value for key, value in data.items() if key != "format"}
    logo = fields["logo"]
    fields["logo"] = Logo(**_with_image(logo)) if logo else None
    fields["keywords"] = tuple(fields["keywords"])
    fields["blocks"] = tuple(_block(block) for block in fields["blocks"])
    return Document(**fields)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


def _block(data: dict[str, Any]) -> Block:
    fields = dict(data)
    name = fields.pop("type")
    if name not in _readers:
        raise DocumentError(f"The document has a block of type {name!r}, which this version does not know.")
    return _readers[name](fields)


def _text(runs: list[dict[str, Any]]) -> Text:
    return tuple(Run(**run) for run in runs)


def _with_image(fields: dict[str, Any]) -> dict[str, Any]:
    return {**fields, "image": base64.b64decode(fields["image"])}


def _table(fields: dict[str, Any]) -> Table:
    columns = tuple(Column(**column) for column in fields["columns"])
    rows = tuple(Row(tuple(Cell(**cell) for cell in row["cells"]), row["kind"]) for row in fields["rows"])
    return Table(**{**fields, "columns": columns, "rows": rows})


_readers: dict[str, Callable[[dict[str, Any]], Block]] = {
    "heading": lambda fields: Heading(**fields),
    "paragraph": lambda fields: Paragraph(_text(fields["runs"])),
    "bullets": lambda fields: BulletList(tuple(_text(item) for item in fields["items"])),
    "numbers": lambda fields: NumberedList(tuple(_text(item) for item in fields["items"])),
    "table": _table,
    "facts": lambda fields: Facts(tuple(Fact(**fact) for fact in fields["facts"])),
    "note": lambda fields: Note(**fields),
    "figure": lambda fields: Figure(**_with_image(fields)),
    "contents": lambda fields: Contents(**fields),
    "page_break": lambda fields: PageBreak(),
}
