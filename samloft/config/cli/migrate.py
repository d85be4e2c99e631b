"""`samloft migrate`: bring the database up to date, with what every installation begins with."""

from argparse import ArgumentParser, Namespace

from samloft.config.cli import readiness
from samloft.core.cli import Result
from samloft.indicators.actions import catalogue, statistics_banks


def arguments(parser: ArgumentParser) -> None:
    """None: there is only one way to be up to date."""


def run(options: Namespace) -> Result:
    readiness.migrate()
    catalogue.enter_missing()
    statistics_banks.enter_first()
    return Result()
