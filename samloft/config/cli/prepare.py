"""`samloft prepare`: what ./run needs before it starts the server."""

from argparse import ArgumentParser, Namespace

from django.conf import settings
from django.contrib.auth import get_user_model

from samloft.config import demo_mode
from samloft.config.cli import build, readiness
from samloft.core.cli import CommandRefused, Result
from samloft.plans.cli import demo


def arguments(parser: ArgumentParser) -> None:
    """None: what is already made is found out by itself."""


def run(options: Namespace) -> Result:
    build.run(options)
    readiness.migrate()
    if not settings.DEMO:
        return Result()
    if refusal := demo_mode.database_refusal():
        raise CommandRefused(refusal)
    if not get_user_model().objects.filter(is_demo=True).exists():
        return demo.run(options)
    return Result()
