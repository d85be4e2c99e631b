"""How a command ends: with a result, or refused with a status that scripts can tell apart."""

from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

JsonValue = str | int | float | bool | None | Mapping[str, "JsonValue"] | Sequence["JsonValue"]

DONE, FINDINGS, INPUT_REFUSED, WRONG_USAGE, OUR_FAULT = 0, 1, 2, 64, 70


@dataclass(frozen=True)
class Result:
    """`text` is for people, `data` is what `--json` prints. `findings`: a person must decide (status 1)."""

    text: str = ""
    data: JsonValue = None
    findings: bool = False

    @property
    def status(self) -> int:
        return FINDINGS if self.findings else DONE


class CommandRefused(Exception):
    """The command could not do its work. The message is for the person at the keyboard."""

    status: ClassVar[int] = OUR_FAULT


class InputRefused(CommandRefused):
    """The input file cannot be read, or is refused as hostile."""

    status = INPUT_REFUSED


class WrongUsage(CommandRefused):
    """The arguments make no sense together."""

    status = WRONG_USAGE


class UnknownSlug(WrongUsage):
    """No programme, edition or year goes by that name."""


def offer_json(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print exactly one JSON value on stdout")
