"""What the documents of `samloft document` have in common: whose they are, in which form, and where they go."""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samloft.core.cli import Result, UnknownSlug, WrongUsage
from samloft.core.documents.blocks import Document
from samloft.core.documents.formats import FORMATS
from samloft.places.models import LanguageForm
from samloft.programmes.models import Edition, Programme
from samloft.programmes.queries import editions


def programme_argument(parser: ArgumentParser) -> None:
    parser.add_argument("--programme", required=True, metavar="SLUG")


def form_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--language", choices=LanguageForm.values, help="instead of the municipality's own language form"
    )
    parser.add_argument("--format", required=True, choices=list(FORMATS))
    parser.add_argument("--output", required=True, type=Path, metavar="FILE")


def programme(options: Namespace) -> Programme:
    """The programme that the options name. Raises UnknownSlug."""
    found = Programme.objects.filter(slug=options.programme).with_owner().first()
    if found is None:
        raise UnknownSlug(_("There is no programme called %(slug)s.") % {"slug": options.programme})
    return found


def latest(issued: QuerySet[Edition], number: int | None) -> Edition | None:
    """The edition of that number, or the latest when none is asked for; None when there is no such edition."""
    if number is not None:
        issued = issued.filter(number=number)
    return issued.order_by("-number").first()


def frozen(edition: Edition, language: str | None) -> Document:
    """The edition's document in the language form asked for. Raises WrongUsage when it has no such form."""
    chosen = editions.chosen_language(edition, language or "")
    if language and chosen != language:
        raise WrongUsage(_("Edition %(number)s was not made in that language form.") % {"number": edition.number})
    return editions.document(edition, chosen)


def write(document: Document, options: Namespace) -> Result:
    """The document in its file. Raises WrongUsage when the file cannot be written."""
    _write(options.output, FORMATS[options.format].render(document))
    return Result(_("%(title)s is written to %(file)s.") % {"title": document.title, "file": options.output})


def _write(file: Path, content: bytes) -> None:
    """Write the file whole or not at all; what is no ordinary file, such as /dev/stdout, is written directly."""
    try:
        if file.exists() and not file.is_file():
            file.write_bytes(content)
            return
        draft = file.with_name(f".{file.name}.{os.getpid()}.draft")
        try:
            draft.write_bytes(content)
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise WrongUsage(
            _("%(file)s cannot be written: %(why)s") % {"file": file, "why": error.strerror or error}
        ) from error
