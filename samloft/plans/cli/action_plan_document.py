"""`samloft document action-plan`: which plan it is."""

from argparse import ArgumentParser, Namespace

from django.utils.translation import gettext as _

from samloft.core.cli import UnknownSlug
from samloft.core.documents.blocks import Document
from samloft.plans.documents import action_plan
from samloft.plans.models import ActionPlan
from samloft.programmes.cli import documents
from samloft.programmes.models import Edition, EditionKind, Programme

NAME = "action-plan"
HELP = "the latest adopted edition of a year's plan, or the draft when there is none"


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--year", required=True, type=int)
    parser.add_argument("--edition", type=int, metavar="N", help="this edition instead of the latest")


def build(programme: Programme, options: Namespace) -> Document:
    """The edition asked for, else the latest, else the draft with its mark."""
    issued = Edition.objects.filter(programme=programme, kind=EditionKind.ACTION_PLAN, period=options.year)
    edition = documents.latest(issued, options.edition)
    words = {"year": options.year, "number": options.edition}
    if edition is not None:
        return documents.frozen(edition, options.language)
    if options.edition is not None:
        raise UnknownSlug(_("The plan for %(year)s has no edition %(number)s.") % words)
    plan = ActionPlan.objects.filter(programme=programme, year=options.year).first()
    if plan is None:
        raise UnknownSlug(_("There is no plan for %(year)s.") % words)
    plan.programme = programme
    return action_plan.build(plan, language=options.language)
