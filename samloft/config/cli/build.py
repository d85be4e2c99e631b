"""`samloft build`: make what is derived from the code, as after an upgrade."""

from argparse import ArgumentParser, Namespace

from django.core.management import call_command

from samloft.core.catalogues import compile_catalogues
from samloft.core.cli import Result


def arguments(parser: ArgumentParser) -> None:
    """None: what is already made is found out by itself."""


def run(options: Namespace) -> Result:
    compile_catalogues()
    call_command("collectstatic", interactive=False, verbosity=0)
    return Result()
