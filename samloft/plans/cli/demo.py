"""`samloft demo`: make or refresh the demo data."""

from argparse import ArgumentParser, Namespace

from django.conf import settings
from django.utils.translation import gettext as _

from samloft.core.cli import Result, WrongUsage
from samloft.plans.demo import entry


def arguments(parser: ArgumentParser) -> None:
    """None: what is missing is made, and what somebody has changed since is left alone."""


def run(options: Namespace) -> Result:
    if not settings.DEMO:
        raise WrongUsage(_("Demo data belongs in a demo. Set SAMLOFT_DEMO=1 first."))
    made = entry.enter_all()
    if not made:
        return Result(_("The demo data is already there."))
    return Result(_("Made demo data: %(programmes)s.") % {"programmes": ", ".join(made)})
