"""`samloft document baseline`: which baseline it is."""

from argparse import ArgumentParser, Namespace

from django.utils.translation import gettext as _

from samloft.core.cli import UnknownSlug
from samloft.core.documents.blocks import Document
from samloft.indicators.documents import baseline as document
from samloft.programmes.models import Programme

NAME = "baseline"
HELP = "the baseline report: the latest frozen one, or the draft when none is frozen"


def arguments(parser: ArgumentParser) -> None:
    """None: a programme has one baseline that counts."""


def build(programme: Programme, options: Namespace) -> Document:
    found = programme.baselines.select_related("frozen_by", "decision")
    baseline = found.frozen().order_by("-frozen_on", "-pk").first() or found.order_by("-pk").first()
    if baseline is None:
        raise UnknownSlug(_("%(programme)s has no baseline.") % {"programme": programme})
    baseline.programme = programme
    return document.build(baseline, language=options.language)
