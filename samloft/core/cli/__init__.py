"""What a command of `samloft` is made of. Knows no Django, so that `samloft --help` is quick.

A command is a module `samloft/<app>/cli/<name>.py` with two functions; `config/cli/commands.py` names it:

    def arguments(parser: ArgumentParser) -> None   declares the arguments; `offer_json(parser)` adds --json
    def run(options: Namespace) -> Result           calls an action or a query; raises a `CommandRefused`

The frame prints the result, so a command never prints what `--json` must keep off stdout.
"""

from samloft.core.cli.results import (
    CommandRefused,
    InputRefused,
    JsonValue,
    Result,
    UnknownSlug,
    WrongUsage,
    offer_json,
)

__all__ = [
    "CommandRefused",
    "InputRefused",
    "JsonValue",
    "Result",
    "UnknownSlug",
    "WrongUsage",
    "offer_json",
]
