"""Storing uploaded files: what a file is follows from its content, never from what the browser says."""

import hashlib
import re
import unicodedata
import uuid
import zipfile
from io import BytesIO
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit
from samloft.core.errors import RuleBroken
from samloft.programmes.models import Programme, StoredFile

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
GEOJSON = "application/geo+json"
ODS = "application/vnd.oasis.opendocument.spreadsheet"

# What the name must end with for each type that the content shows.
ENDINGS: dict[str, tuple[str, ...]] = {
    PDF: (".pdf",),
    PNG: (".png",),
    JPEG: (".jpg", ".jpeg"),
    DOCX: (".docx",),
    XLSX: (".xlsx",),
    ODT: (".odt",),
    ODS: (".ods",),
    "text/plain": (".txt",),
    "text/csv": (".csv",),
    "text/markdown": (".md",),
    GEOJSON: (".geojson", ".json"),
}
_TEXT_KINDS = ("text/plain", "text/csv", "text/markdown", GEOJSON)
TEXTS = {ending: kind for kind in _TEXT_KINDS for ending in ENDINGS[kind]}
LONGEST_NAME = 150


@transaction.atomic
def store(*, programme: Programme, upload: "UploadedFile[Any]", by: User) -> StoredFile:
    """Keep an uploaded file with the programme. Refuses what is too large or of a type not on the list."""
    name = clean_name(upload.name or "")
    content = read_limited(upload)
    media_type = media_type_of(name, content)
    stored = StoredFile(
        programme=programme,
        name=name,
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=by,
    )
    # The name on disk is ours alone: nothing that a user typed becomes part of a path.
    stored.content.save(f"{uuid.uuid4().hex}.bin", ContentFile(content), save=False)
    stored.save()
    audit.record(
        "file.stored", stored, by=by, about=[programme], data={"size": stored.size, "sha256": stored.sha256}
    )
    return stored


def clean_name(name: str) -> str:
    """The last part of the name, without characters that could mislead; never empty."""
    last = PureWindowsPath(PurePosixPath(unicodedata.normalize("NFC", name)).name).name
    seen = "".join(char for char in last if unicodedata.category(char)[0] != "C")
    plain = re.sub(r'[<>:"|?*/\\]+', "_", re.sub(r"\s+", " ", seen)).strip(" .")
    if not plain:
        return _("file")
    path = PurePosixPath(plain)
    return path.stem[: LONGEST_NAME - len(path.suffix)] + path.suffix[:LONGEST_NAME]


def read_limited(upload: "UploadedFile[Any]") -> bytes:
    """The bytes of an upload. Raises RuleBroken when it is empty or larger than `settings.UPLOAD_LIMIT`."""
    limit = settings.UPLOAD_LIMIT
    upload.seek(0)
    content = upload.read(limit + 1)
    if len(content) > limit:
        raise RuleBroken(
            _("The file is larger than %(limit)d MB. Make it smaller, or upload it in parts.")
            % {"limit": limit // (1024 * 1024)}
        )
    if not content:
        raise RuleBroken(_("The file is empty. Choose another file."))
    return bytes(content)


def media_type_of(name: str, content: bytes) -> str:
    """The type that the content shows, when it is one that Samløft takes and the name agrees with it."""
    ending = PurePosixPath(name).suffix.lower()
    kind = _binary_type(content) or (TEXTS.get(ending) if _is_text(content) else None)
    if kind is None:
        raise RuleBroken(
            _(
                "Samløft cannot take this kind of file. Use PDF, Word (.docx), Excel (.xlsx), OpenDocument, "
                "CSV, text, PNG or JPEG."
            )
        )
    if ending not in ENDINGS[kind]:
        raise RuleBroken(
            _("The file's name ends with “%(ending)s”, but its content is of another kind. Save it again.")
            % {"ending": ending}
        )
    return kind


def _binary_type(content: bytes) -> str | None:
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"PK\x03\x04"):
        return _office_type(content)
    return None


def _office_type(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            names = set(package.namelist())
            if any(name.endswith("vbaProject.bin") for name in names):
                raise RuleBroken(_("The file holds macros. Save it without macros and upload it again."))
            if "word/document.xml" in names:
                return DOCX
            if "xl/workbook.xml" in names:
                return XLSX
            if "mimetype" in names and package.getinfo("mimetype").file_size < 100:
                declared = package.read("mimetype").decode("ascii", "replace").strip()
                return declared if declared in (ODT, ODS) else None
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as unreadable:
        raise RuleBroken(_("The file is damaged and cannot be opened. Save it again.")) from unreadable
    return None


def _is_text(content: bytes) -> bool:
    if b"\x00" in content:
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        try:
            content.decode("cp1252")
        except UnicodeDecodeError:
            return False
    return True
