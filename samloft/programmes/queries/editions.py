"""Reading editions: in which language forms, and what has happened to them since."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.text import slugify

from samloft.core.documents.blocks import Document
from samloft.core.documents.frozen import from_data
from samloft.programmes.models import Edition, EditionKind


@dataclass(frozen=True)
class LanguageChoice:
    code: str
    name: str
    is_chosen: bool


# In their own words, so that a reader finds hers whatever the page's language is.
_NAMES = {"nb": "Bokmål", "nn": "Nynorsk"}


def listed(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """The editions with what a list shows of them, without their documents; a constant number of queries."""
    return (
        editions.select_related("programme", "decision__body")
        .prefetch_related("dispatches__recipient", "answers")
        .defer("blocks", "blocks_other")
    )


def with_facts(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """The editions with what the page of one shows."""
    return editions.select_related(
        "programme__municipality", "programme__county", "decision__body", "decision__programme"
    ).prefetch_related(
        "dispatches__recipient",
        "dispatches__decision__programme",
        "answers__letter",
        "answers__decision__programme",
    )


def published(programme_slug: str, kind: str, year: int) -> Edition | None:
    """The last published edition of that kind and year, or None."""
    if kind not in EditionKind.values:
        return None
    return (
        with_facts(Edition.objects.published())
        .filter(programme__slug=programme_slug, kind=kind, period=year)
        .order_by("-number")
        .first()
    )


def chosen_language(edition: Edition, wished: str) -> str:
    """The wished language form when the edition has it, else the municipality's own."""
    return wished if wished in _blocks(edition) else edition.language_form


def languages(edition: Edition, chosen: str) -> list[LanguageChoice]:
    return [LanguageChoice(code, _NAMES[code], code == chosen) for code in _blocks(edition)]


def document(edition: Edition, language: str) -> Document:
    """The frozen document in that language form; the municipality's own when it has no other."""
    blocks = _blocks(edition)
    return from_data(blocks.get(language, edition.blocks))


def file_name(edition: Edition) -> str:
    """`handlingsplan-2026-mysen-1`: of the title, which is in the edition's language, and the number."""
    stem = slugify(edition.title.translate(str.maketrans("æøåÆØÅ", "aoaAOA"))) or edition.kind
    year = "" if str(edition.period) in stem else f"-{edition.period}"
    return f"{stem}{year}-{edition.number}"


def _blocks(edition: Edition) -> dict[str, Any]:
    found = {edition.language_form: edition.blocks}
    if edition.blocks_other:
        found[str(edition.blocks_other["language"])] = edition.blocks_other
    return found
