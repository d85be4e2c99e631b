"""`samloft manage …`: Django's own commands, such as makemigrations, shell, changepassword and db_worker."""

import argparse
from argparse import ArgumentParser, Namespace

from django.core.management import execute_from_command_line

from samloft.core.cli import Result


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="…", help="the command and its arguments")


def run(options: Namespace) -> Result:
    execute_from_command_line(["samloft manage", *options.words])
    return Result()
