"""Which format a file has, by its content; its name only settles what content leaves open."""

import re
from pathlib import PurePath

from django.utils.translation import gettext_noop as _

from samloft.core.files.encoding import NotText, decode
from samloft.core.files.package import Package
from samloft.core.files.refusals import empty, locked, refused
from samloft.plans.reading.document import Document, Table
from samloft.plans.reading.formats import csv
from samloft.plans.reading.formats import text as plain
from samloft.plans.reading.refuse import (
    LARGEST_FILE,
    MOST_BLOCKS,
    MOST_ROWS,
    MOST_TEXT,
    PACKAGE_LIMITS,
    not_text,
    too_large,
    too_much,
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")
_PACKED = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")


def read_document(data: bytes, filename: str) -> Document:
    """Turn the bytes of a file into a document that can be a plan's. Raises FileRefused."""
    document = _read(data, filename)
    rows = sum(len(block.rows) for block in document.blocks if isinstance(block, Table))
    if len(document.blocks) > MOST_BLOCKS or rows > MOST_ROWS:
        raise too_much()
    return document


def _read(data: bytes, filename: str) -> Document:
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise empty()
    if len(data) > LARGEST_FILE:
        raise too_large()
    _refuse_by_signature(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _read_package(data)
    if b"%PDF-" in data[:1024]:
        from samloft.plans.reading.formats.pdf import read_pdf

        return read_pdf(data)
    try:
        return _read_text(decode(data), PurePath(filename).suffix.lower())
    except NotText:
        raise not_text() from None


def _refuse_by_signature(data: bytes) -> None:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise locked()
        raise refused(
            _(
                "The file is in the old Word or Excel format. Open it there, save it as .docx or .xlsx and "
                "upload that."
            )
        )
    if data.lstrip()[:5] == b"{\\rtf":
        raise refused(_("The file is rich text (RTF). Open it in Word, save it as .docx and upload that."))
    if data.startswith(_PICTURES):
        raise refused(
            _(
                "The file is a picture. Upload the document it was taken of, or write the budget into a "
                "spreadsheet."
            )
        )
    if data.startswith(_PACKED):
        raise refused(_("The file is an archive. Unpack it and upload the plan in it."))


def _read_package(data: bytes) -> Document:
    package = Package(data, PACKAGE_LIMITS)
    if package.has("word/document.xml") or package.main_part("wordprocessingml"):
        from samloft.plans.reading.formats.docx import read_docx

        return read_docx(package)
    if package.has("xl/workbook.xml") or package.main_part("spreadsheetml"):
        from samloft.plans.reading.formats.xlsx import read_xlsx

        return read_xlsx(package)
    raise refused(
        _(
            "The file is a package that is neither Word nor Excel. Save the plan as .docx, .xlsx or PDF "
            "and upload that."
        )
    )


def _read_text(text: str, suffix: str) -> Document:
    if len(text) > MOST_TEXT or text.count("\n") > 4 * MOST_BLOCKS:
        raise too_much()
    head = text[:400].lstrip().lower()
    if head.startswith(("<?xml", "<svg")) or re.match(r"%!ps|mime-version:", head):
        raise not_text()
    if suffix in (".csv", ".tsv") and not _is_markdown(text):
        return csv.read_csv(text)
    return csv.read_csv(text) if csv.is_csv(text) else plain.read_text(text)


def _is_markdown(text: str) -> bool:
    return bool(re.search(r"^\s*\|?\s*:?-{3,}:?\s*\|", text, re.M)) or text.lstrip().startswith("# ")
