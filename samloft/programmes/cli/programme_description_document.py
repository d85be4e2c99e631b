"""`samloft document programme-description`: which edition it is."""

from argparse import ArgumentParser, Namespace

from django.utils.translation import gettext as _

from samloft.core.cli import UnknownSlug
from samloft.core.documents.blocks import Document
from samloft.programmes.cli import documents
from samloft.programmes.documents import programme_description
from samloft.programmes.models import Programme
from samloft.programmes.queries import programme_descriptions as queries

NAME = "programme-description"
HELP = "the latest adopted edition of the programme description, or the draft when there is none"


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--edition", type=int, metavar="N", help="this edition instead of the latest")


def build(programme: Programme, options: Namespace) -> Document:
    """The edition asked for, else the latest, else the draft with its mark."""
    description = queries.of(programme)
    if description is None:
        words = {"programme": programme.slug}
        raise UnknownSlug(_("Nobody has begun the programme description of %(programme)s.") % words)
    edition = documents.latest(description.editions(), options.edition)
    if edition is not None:
        return documents.frozen(edition, options.language)
    if options.edition is not None:
        words = {"programme": programme.slug, "number": str(options.edition)}
        raise UnknownSlug(_("The programme description of %(programme)s has no edition %(number)s.") % words)
    return programme_description.build(description, language=options.language)
