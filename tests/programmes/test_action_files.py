"""Storing uploads: the content decides the type."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from samloft.core.errors import RuleBroken
from samloft.core.models import AuditRow
from samloft.programmes.actions import files
from samloft.programmes.models import StoredFile
from tests.cast import Cast

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


def package(*names: str, mimetype: str = "") -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "<x/>")
    return made.getvalue()


def store(cast: Cast, name: str, content: bytes) -> StoredFile:
    return files.store(
        programme=cast.programme, upload=SimpleUploadedFile(name, content), by=cast.programme_leader
    )


def test_a_stored_file_keeps_its_name_type_and_checksum_and_leaves_a_trace(cast: Cast) -> None:
    stored = store(cast, "Tilskuddsbrev 2026.pdf", PDF)
    assert (stored.name, stored.media_type, stored.size) == ("Tilskuddsbrev 2026.pdf", files.PDF, len(PDF))
    assert stored.content.read() == PDF
    assert AuditRow.objects.get().data == {"size": len(PDF), "sha256": stored.sha256}


def test_the_name_on_disk_holds_nothing_that_a_user_typed(cast: Cast) -> None:
    stored = store(cast, "../../etc/passwd.pdf", PDF)
    assert stored.name == "passwd.pdf"
    assert "passwd" not in str(stored.content.name)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("plan.docx", package("word/document.xml"), files.DOCX),
        ("plan.xlsx", package("xl/workbook.xml"), files.XLSX),
        ("plan.odt", package("content.xml", mimetype=files.ODT), files.ODT),
        ("bilde.PNG", b"\x89PNG\r\n\x1a\n0000", files.PNG),
        ("bilde.jpeg", b"\xff\xd8\xff\xe0", files.JPEG),
        ("tall.csv", "Tiltak;Beløp\n".encode("cp1252"), "text/csv"),
        ("notat.md", "# Møte\n".encode(), "text/markdown"),
    ],
)
def test_each_kind_on_the_list_is_known_by_its_content(
    cast: Cast, name: str, content: bytes, media_type: str
) -> None:
    assert store(cast, name, content).media_type == media_type


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("virus.exe", b"MZ\x90\x00"),
        ("side.html", b"<script>alert(1)</script>"),
        ("tegning.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("plan.pdf", package("word/document.xml")),
        ("plan.docx", PDF),
        ("plan.docx", b"PK\x03\x04 not really"),
        ("plan.docx", package("word/document.xml", "word/vbaProject.bin")),
        ("arkiv.zip", package("a.txt")),
        ("data.txt", b"\x00\x01\x02"),
        ("tom.pdf", b""),
    ],
)
def test_what_is_not_on_the_list_or_not_what_it_says_is_refused(cast: Cast, name: str, content: bytes) -> None:
    with pytest.raises(RuleBroken):
        store(cast, name, content)
    assert not StoredFile.objects.exists()


def test_a_file_above_the_limit_is_refused(cast: Cast, settings: Settings) -> None:
    settings.UPLOAD_LIMIT = 100
    with pytest.raises(RuleBroken, match="MB"):
        store(cast, "stor.pdf", PDF + b"0" * 100)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("C:\\brev\\svar.pdf", "svar.pdf"),
        ("linje\nskift\u202efdp.exe.pdf", "linjeskiftfdp.exe.pdf"),
        ("a" * 300 + ".pdf", "a" * 146 + ".pdf"),
        ('brev"; x=y.pdf', "brev_; x=y.pdf"),
    ],
)
def test_names_lose_paths_hidden_characters_and_excess_length(typed: str, kept: str) -> None:
    assert files.clean_name(typed) == kept
