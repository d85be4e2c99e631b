"""`samloft demo`: make or refresh the demo data, in a database that may hold it."""

from argparse import ArgumentParser, Namespace

from samloft.config import demo_mode
from samloft.config.cli import migrate
from samloft.core.cli import CommandRefused, Result
from samloft.indicators.demo import entry as figures
from samloft.plans.cli import demo
from samloft.plans.demo import mysen_figures
from samloft.plans.demo.people import gather


def arguments(parser: ArgumentParser) -> None:
    demo.arguments(parser)


def run(options: Namespace) -> Result:
    migrate.run(options)
    if refusal := demo_mode.database_refusal():
        raise CommandRefused(refusal)
    programmes = demo.run(options)
    people = gather()
    figures.enter_all(by=people["operator"])
    mysen_figures.enter(people)
    return programmes
