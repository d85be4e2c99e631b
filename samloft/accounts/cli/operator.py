"""`samloft operator EMAIL`: who may create programmes and give out the first seats."""

from argparse import ArgumentParser, Namespace

from django.utils.translation import gettext as _

from samloft.accounts.actions import operators
from samloft.core.cli import Result


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("email", metavar="EMAIL")
    parser.add_argument("--name", metavar="NAME", default="", help="the person's name, for a new account")


def run(options: Namespace) -> Result:
    user = operators.appoint(email=options.email, name=options.name)
    return Result(
        _("%(email)s operates this installation. Set a password with: samloft manage changepassword %(email)s")
        % {"email": user.email}
    )
