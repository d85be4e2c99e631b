"""`samloft prepare`: what ./run needs before it starts the server."""

from argparse import ArgumentParser, Namespace

from django.conf import settings
from django.contrib.auth import get_user_model

from samloft.config.cli import build, demo, migrate
from samloft.core.cli import Result


def arguments(parser: ArgumentParser) -> None:
    """None: what is already made is found out by itself."""


def run(options: Namespace) -> Result:
    build.run(options)
    migrate.run(options)
    if settings.DEMO and not get_user_model().objects.filter(is_demo=True).exists():
        return demo.run(options)
    return Result()
