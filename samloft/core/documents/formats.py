"""The files that a document can be taken along as."""

from collections.abc import Callable
from dataclasses import dataclass

from samloft.core.documents import docx, html, pdf
from samloft.core.documents.blocks import Document


@dataclass(frozen=True)
class Format:
    """`render` gives the file's bytes."""

    media_type: str
    render: Callable[[Document], bytes]


FORMATS: dict[str, Format] = {
    "pdf": Format("application/pdf", pdf.render_pdf),
    "docx": Format("application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx.render_docx),
    "html": Format("text/html; charset=utf-8", lambda document: html.render_standalone_html(document).encode()),
}
