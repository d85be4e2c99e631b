"""Files made to harm are refused, soon, saying why; nothing but FileRefused comes out."""

import io
import os
import time
import zipfile
import zlib
from collections.abc import Callable

import docx
import openpyxl
import pytest
from pypdf import PdfWriter

from samloft.plans.reading import FileRefused, read_plan

Change = Callable[[bytes], bytes]
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
EXTERNAL = b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd">'


def word() -> bytes:
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for row in [("Tiltak", "Beløp"), ("Leksehjelp", "300 000"), ("Sum", "300 000")]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def excel() -> bytes:
    book = openpyxl.Workbook()
    for row in [("Tiltak", "Beløp"), ("Leksehjelp", 300_000), ("Parkløft", 400_000), ("Sum", 700_000)]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(data: bytes, part: str, change: Change, *, extra: dict[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(source.read(name)) if name == part else source.read(name))
        for name, content in (extra or {}).items():
            target.writestr(name, content)
    return out.getvalue()


def in_word(change: Change) -> bytes:
    return changed(word(), "word/document.xml", change)


def in_sheet(change: Change) -> bytes:
    return changed(excel(), "xl/worksheets/sheet1.xml", change)


def before_root(start: bytes) -> Change:
    return lambda xml: start + (xml[xml.index(b"?>") + 2 :] if xml.startswith(b"<?xml") else xml)


def in_rows(rows: bytes) -> Change:
    return lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>")


def heavy_pdf() -> bytes:
    content = zlib.compress(b"BT /F1 12 Tf 72 720 Td " + b"(x) Tj " * 3_000_000 + b"ET")
    head = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1<</Type/Font"
        b"/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n4 0 obj<</Length " + str(len(content)).encode()
    )
    return head + b"/Filter/FlateDecode>>stream\n" + content + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def many_pages() -> bytes:
    writer = PdfWriter()
    for _page in range(1_500):
        writer.add_blank_page(100, 100)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


EMPTY_ROWS = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (i, i) for i in range(10, 400_000))
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "zip bomb in the text": (
        lambda: in_word(lambda xml: xml.replace(b"</w:body>", b"<w:p/>" * 9_000_000 + b"</w:body>")),
        "a.docx",
    ),
    "zip bomb beside the text": (
        lambda: changed(word(), "", bytes, extra={"word/media/a.bin": b"\0" * 130_000_000}),
        "a.docx",
    ),
    "entities in a document": (lambda: in_word(before_root(DOCTYPE)), "a.docx"),
    "entities in a sheet": (lambda: in_sheet(before_root(DOCTYPE)), "a.xlsx"),
    "entities in a part of no use": (
        lambda: changed(excel(), "", bytes, extra={"xl/x.xml": DOCTYPE + b"<a>&c;</a>"}),
        "a.xlsx",
    ),
    "entities in UTF-16": (
        lambda: changed(
            excel(),
            "",
            bytes,
            extra={
                "xl/x.xml": (DOCTYPE.replace(b'"1.0"', b'"1.0" encoding="UTF-16"') + b"<a>&c;</a>")
                .decode()
                .encode("utf-16")
            },
        ),
        "a.xlsx",
    ),
    "an external entity": (lambda: in_word(before_root(EXTERNAL)), "a.docx"),
    "a path out of the package": (
        lambda: changed(word(), "", bytes, extra={"../../etc/cron.d/x": b"x"}),
        "a.docx",
    ),
    "a path from the root": (lambda: changed(word(), "", bytes, extra={"/etc/x": b"x"}), "a.docx"),
    "tables in tables without end": (
        lambda: in_word(
            lambda xml: xml.replace(
                b"<w:body>", b"<w:body>" + b"<w:tbl><w:tr><w:tc>" * 3_000 + b"</w:tc></w:tr></w:tbl>" * 3_000
            )
        ),
        "a.docx",
    ),
    "half a million empty cells": (lambda: in_sheet(in_rows(EMPTY_ROWS)), "a.xlsx"),
    "a merged area as large as the sheet": (
        lambda: in_sheet(
            lambda xml: xml.replace(
                b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="C1:XFD1048576"/></mergeCells>'
            )
        ),
        "a.xlsx",
    ),
    "five thousand parts": (
        lambda: changed(word(), "", bytes, extra={f"x{i}": b"" for i in range(5_000)}),
        "a.docx",
    ),
    "half a document": (lambda: word()[:-4_000], "a.docx"),
    "half a workbook": (lambda: excel()[: len(excel()) // 2], "a.xlsx"),
    "a package of nothing": (lambda: changed(b"PK\x05\x06" + b"\0" * 18, "", bytes), "a.docx"),
    "a page that never ends": (heavy_pdf, "a.pdf"),
    "too many pages": (many_pages, "a.pdf"),
    "junk that calls itself a PDF": (lambda: b"%PDF-1.7\n" + os.urandom(30_000), "a.pdf"),
    "junk that calls itself text": (lambda: os.urandom(20_000), "a.txt"),
    "nulls": (lambda: b"\0" * 10_000, "a.txt"),
    "an empty file": (lambda: b"", "a.docx"),
    "more than 20 MB": (lambda: b"a b\n" * 5_500_000, "a.txt"),
    "a million rows of text": (lambda: b"| a | 1 000 |\n" * 1_000_000, "a.md"),
    "a hundred thousand lines of money": (lambda: b"- Leksehjelp: kr 300 000\n" * 100_000, "a.txt"),
    "a quotation that never ends": (lambda: b'"' + b"a\n" * 1_000_000, "a.csv"),
    "an old Word file": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4_000, "a.doc"),
    "an encrypted workbook": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\0" * 4_000,
        "a.xlsx",
    ),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_it_is_refused_in_time_with_a_reason(what: str) -> None:
    make, name = HOSTILE[what]
    data = make()
    started = time.monotonic()
    with pytest.raises(FileRefused) as refused:
        read_plan(data, name)
    assert time.monotonic() - started < 10
    assert len(refused.value.message) > 15
    assert "%(" not in str(refused.value)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900, ".docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"x" * (21 * 1024 * 1024), "20 MB"),
    ],
)
def test_the_reason_says_what_to_do(data: bytes, word: str) -> None:
    with pytest.raises(FileRefused, match=word):
        read_plan(data, "plan")


CLAIMS: dict[str, Change] = {
    "a sheet that claims to be full": lambda xml: xml.replace(b'ref="A1:B4"', b'ref="A1:XFD1048576"'),
    "a cell in the last corner": in_rows(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
}


@pytest.mark.parametrize("what", CLAIMS)
def test_a_claim_alone_does_not_hinder_the_reading(what: str) -> None:
    assert len(read_plan(in_sheet(CLAIMS[what]), "a.xlsx").lines) == 2


def test_a_good_file_is_read_through_the_same_door() -> None:
    reading = read_plan(excel(), "a.xlsx")
    assert [(line.name, line.amount) for line in reading.lines] == [
        ("Leksehjelp", 30_000_000),
        ("Parkløft", 40_000_000),
    ]
    assert (reading.sum, reading.stated_total, reading.problems) == (70_000_000, 70_000_000, ())
