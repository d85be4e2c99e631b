"""Parses the command line, runs one command and turns how it ended into output and an exit status."""

import contextlib
import importlib
import json
import os
import sys
from argparse import ArgumentParser, Namespace
from typing import Any, NoReturn, Protocol, cast

from samloft import __version__
from samloft.config.cli.commands import COMMANDS, Entry
from samloft.core.cli.results import (
    OUR_FAULT,
    CommandRefused,
    Result,
    WrongUsage,
)

INTERRUPTED = 130  # what shells report for a program that Ctrl-C ended


class CommandModule(Protocol):
    def arguments(self, parser: ArgumentParser) -> None: ...

    def run(self, options: Namespace) -> Result: ...


class Parser(ArgumentParser):
    """argparse, with our exit status for wrong usage, and no shortened words that a later word would break."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_abbrev": False, **options})

    def error(self, message: str) -> NoReturn:
        raise WrongUsage(f"{self.format_usage()}{self.prog}: {message}")


def main(argv: list[str] | None = None) -> int:
    """Run one command. Returns the exit status; the statuses are described in docs/operations.md."""
    words = sys.argv[1:] if argv is None else argv
    as_json = "--json" in words
    try:
        # With --json nothing but the one value may reach stdout, whatever a library prints.
        with contextlib.redirect_stdout(sys.stderr) if as_json else contextlib.nullcontext():
            result = _run(words)
    except SystemExit as done:  # --help, --version, and Django's own commands
        return done.code if isinstance(done.code, int) else 0 if done.code is None else OUR_FAULT
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        status, message = _explain(error)
        sys.stderr.write(message.rstrip() + "\n")
        return _print(_as_json({"error": message}) if as_json else "", status)
    return _print(_as_json(result.data) if as_json else result.text, result.status)


def _run(words: list[str]) -> Result:
    parser = Parser(prog="samloft", description="The command line of Samløft.")
    parser.add_argument("--version", action="version", version=f"samloft {__version__}")
    choices = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    wanted = next((word for word in words if not word.startswith("-")), None)
    command: CommandModule | None = None
    for entry in COMMANDS:
        choice = choices.add_parser(entry.name, help=entry.help, description=entry.help)
        if entry.name == wanted:
            command = _load(entry)
            command.arguments(choice)
    options = parser.parse_args(words)
    if command is None:
        raise WrongUsage(parser.format_usage())
    return command.run(options)


def _load(entry: Entry) -> CommandModule:
    """The command's module, with Django ready and Norwegian messages."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samloft.config.settings")
    readiness = importlib.import_module("samloft.config.cli.readiness")
    readiness.prepare()
    return cast(CommandModule, importlib.import_module(entry.module))


def _explain(error: Exception) -> tuple[int, str]:
    """The exit status and the message for an exception that ended a command."""
    if isinstance(error, CommandRefused):
        return error.status, str(error)
    if readiness := sys.modules.get("samloft.config.cli.readiness"):
        return cast(tuple[int, str], readiness.explain(error))
    return OUR_FAULT, f"Samløft could not start: {type(error).__name__}: {error}"


def _as_json(value: object) -> str:
    # On a terminal that cannot show æ, ø and å the value is escaped rather than broken.
    ascii_only = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    return json.dumps(value, ensure_ascii=ascii_only, indent=2)


def _print(text: str, status: int) -> int:
    """Print and return the status; a reader that has gone away, such as `| head`, is no error."""
    try:
        if text:
            sys.stdout.write(text.rstrip("\n") + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes stdout once more at exit, and would complain there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return status
