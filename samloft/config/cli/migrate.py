"""`samloft migrate`: bring the database up to date, with what every installation begins with."""

from argparse import ArgumentParser, Namespace

from django.utils import timezone

from samloft.config.cli import readiness
from samloft.core.cli import Result
from samloft.indicators.actions import catalogue, statistics_banks
from samloft.indicators.remaking import remake_latest_figures
from samloft.places.actions import area_files


def arguments(parser: ArgumentParser) -> None:
    """None: there is only one way to be up to date."""


def run(options: Namespace) -> Result:
    readiness.migrate()
    areas = area_files.enter_missing(today=timezone.localdate()).area_ids
    catalogue.enter_missing()
    statistics_banks.enter_first()
    if areas:
        remake_latest_figures.enqueue(sorted(areas))
    return Result()
