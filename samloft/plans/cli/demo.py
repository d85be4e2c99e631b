"""`samloft demo`: make or refresh the demo data."""

from argparse import ArgumentParser, Namespace

from django.utils.translation import gettext as _

from samloft.core.cli import Result
from samloft.plans.demo import entry


def arguments(parser: ArgumentParser) -> None:
    """None: what is missing is made, and what somebody has changed since is left alone."""


def run(options: Namespace) -> Result:
    made = entry.enter_all()
    if not made:
        return Result(_("The demo data is already there."))
    return Result(_("Made demo data: %(programmes)s.") % {"programmes": ", ".join(made)})
