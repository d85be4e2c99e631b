"""The renderer for Word files, as a municipality would send them to the ministry."""

from __future__ import annotations

import io
import zipfile

from samloft.core.documents.blocks import Document
from samloft.core.documents.pdf import rasterise

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def render_docx(document: Document) -> bytes:
    """Give the document as a DOCX file; the same document gives the same bytes.

    Raises `DocumentError` on a picture that cannot be read.
    """
    from samloft.core.documents.word.writer import WordWriter  # python-docx takes 0.3 s to load

    writer = WordWriter(document, rasterise)
    writer.write()
    return _without_clock(writer.saved())


def _without_clock(file: bytes) -> bytes:
    """Pack the file anew with one fixed date, since python-docx stamps each part with the time of day."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _FIRST_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return stream.getvalue()
