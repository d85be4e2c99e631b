"""The fixed words of a document, in the document's language whatever language the user reads the pages in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import formats, translation
from django.utils.translation import gettext as _

from samloft.core.documents.blocks import Document, Language


@dataclass(frozen=True, slots=True)
class Words:
    """`page` has {page} and {pages} in it; `table` and `figure` have {number} and {caption}."""

    contents: str
    page: str
    table: str
    figure: str
    table_without_caption: str
    notes: dict[str, str]


def words(language: Language) -> Words:
    """Give the fixed words in bokmål or nynorsk."""
    with translation.override(language):
        return Words(
            contents=_("Contents"),
            page=_("Page {page} of {pages}"),
            table=_("Table {number}. {caption}"),
            figure=_("Figure {number}. {caption}"),
            table_without_caption=_("Table"),
            notes={"info": _("Note"), "warning": _("Important"), "assumed": _("Assumed")},
        )


def issued_words(document: Document) -> str:
    """Give the issue date as it is read, `10. februar 2026`; a text that is no ISO date as it stands."""
    day = issued_on(document)
    if day is None:
        return document.issued
    with translation.override(document.language):
        return formats.date_format(day, "DATE_FORMAT")


def issued_on(document: Document) -> date | None:
    """Give the issue date, or nothing when it is unknown or only a text."""
    try:
        return date.fromisoformat(document.issued)
    except ValueError:
        return None


def running_title(document: Document, longest: int = 90) -> str:
    """Give the one line that stands at the head of every page: issuer and title, cut when too long for it."""
    line = " ".join(" · ".join(filter(None, (document.issuer, document.title))).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
