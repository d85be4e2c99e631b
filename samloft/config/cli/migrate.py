"""`samloft migrate`: bring the database up to date."""

from argparse import ArgumentParser, Namespace

from samloft.config.cli import readiness
from samloft.core.cli import Result


def arguments(parser: ArgumentParser) -> None:
    """None: there is only one way to be up to date."""


def run(options: Namespace) -> Result:
    readiness.migrate()
    return Result()
