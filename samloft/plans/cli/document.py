"""`samloft document action-plan`: write a year's plan as PDF, Word or HTML."""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.utils.translation import gettext as _

from samloft.core.cli import Result, UnknownSlug, WrongUsage
from samloft.core.documents.blocks import Document
from samloft.places.models import LanguageForm
from samloft.plans.documents import action_plan
from samloft.plans.models import ActionPlan
from samloft.programmes.models import Edition, EditionKind, Programme
from samloft.programmes.queries import editions
from samloft.programmes.queries.editions import FORMATS


def arguments(parser: ArgumentParser) -> None:
    plan = parser.add_subparsers(dest="what", metavar="action-plan", required=True).add_parser(
        "action-plan", help="the latest adopted edition of a year's plan, or the draft when there is none"
    )
    plan.add_argument("--programme", required=True, metavar="SLUG")
    plan.add_argument("--year", required=True, type=int)
    plan.add_argument("--edition", type=int, metavar="N", help="this edition instead of the latest")
    plan.add_argument(
        "--language", choices=LanguageForm.values, help="instead of the municipality's own language form"
    )
    plan.add_argument("--format", required=True, choices=list(FORMATS))
    plan.add_argument("--output", required=True, type=Path, metavar="FILE")


def run(options: Namespace) -> Result:
    programme = Programme.objects.filter(slug=options.programme).with_owner().first()
    if programme is None:
        raise UnknownSlug(_("There is no programme called %(slug)s.") % {"slug": options.programme})
    document = _document(programme, options)
    _write(options.output, FORMATS[options.format].render(document))
    return Result(_("%(title)s is written to %(file)s.") % {"title": document.title, "file": options.output})


def _document(programme: Programme, options: Namespace) -> Document:
    """The edition asked for, else the latest, else the draft with its mark."""
    issued = Edition.objects.filter(programme=programme, kind=EditionKind.ACTION_PLAN, period=options.year)
    if options.edition is not None:
        issued = issued.filter(number=options.edition)
    edition = issued.order_by("-number").first()
    words = {"year": options.year, "number": options.edition}
    if edition is not None:
        return _frozen(edition, options.language)
    if options.edition is not None:
        raise UnknownSlug(_("The plan for %(year)s has no edition %(number)s.") % words)
    plan = ActionPlan.objects.filter(programme=programme, year=options.year).first()
    if plan is None:
        raise UnknownSlug(_("There is no plan for %(year)s.") % words)
    plan.programme = programme
    return action_plan.build(plan, language=options.language)


def _frozen(edition: Edition, language: str | None) -> Document:
    chosen = editions.chosen_language(edition, language or "")
    if language and chosen != language:
        raise WrongUsage(_("Edition %(number)s was not made in that language form.") % {"number": edition.number})
    return editions.document(edition, chosen)


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
