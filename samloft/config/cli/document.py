"""`samloft document KIND`: write a document as PDF, Word or HTML."""

from argparse import ArgumentParser, Namespace
from typing import Protocol

from samloft.core.cli import Result
from samloft.core.documents.blocks import Document
from samloft.indicators.cli import baseline_document
from samloft.plans.cli import action_plan_document
from samloft.programmes.cli import documents, programme_description_document
from samloft.programmes.models import Programme


class DocumentKind(Protocol):
    """A module beside the document's other code: which one it is, and how it is built."""

    NAME: str
    HELP: str

    def arguments(self, parser: ArgumentParser) -> None: ...

    def build(self, programme: Programme, options: Namespace) -> Document: ...


DOCUMENTS: tuple[DocumentKind, ...] = (
    action_plan_document,
    programme_description_document,
    baseline_document,
)


def arguments(parser: ArgumentParser) -> None:
    choices = parser.add_subparsers(dest="kind", metavar="KIND", required=True)
    for kind in DOCUMENTS:
        chosen = choices.add_parser(kind.NAME, help=kind.HELP, description=kind.HELP)
        documents.programme_argument(chosen)
        kind.arguments(chosen)
        documents.form_arguments(chosen)
        chosen.set_defaults(build=kind.build)


def run(options: Namespace) -> Result:
    programme = documents.programme(options)
    return documents.write(options.build(programme, options), options)
