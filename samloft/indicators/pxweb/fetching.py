"""Fetches a selection of a table part by part, and goes on where it was interrupted."""

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from samloft.indicators.pxweb.calls import BankRefused, Caller
from samloft.indicators.pxweb.planning import Selection, cells, plan
from samloft.indicators.pxweb.tables import Interface, StrangeAnswer, Table


@dataclass(frozen=True)
class Progress:
    done: int
    parts: int


@dataclass(frozen=True)
class Bank:
    """A statistics bank that can be asked."""

    interface: Interface
    caller: Caller

    def about(self, table: str) -> Table:
        """What the table holds. Raises BankRefused."""
        answer = self.caller.ask(self.interface.about(table))
        try:
            return self.interface.read_about(table, json.loads(answer))
        except (ValueError, StrangeAnswer) as wrong:
            raise BankRefused(self._strange()) from wrong

    def fetch(
        self, table: str, selection: Selection, folder: Path, *, tell: Callable[[Progress], None] = lambda _: None
    ) -> list[Path]:
        """Files of JSON-stat that together hold every cell of the selection once.

        Each part lies in the folder as soon as it has come. Asked for again, with the same selection, only what
        is missing is fetched. Raises BankRefused.
        """
        parts = plan(selection, most=self.caller.limits.cells)
        files = [folder / _file_name(table, part, number) for number, part in enumerate(parts, 1)]
        done = sum(file.exists() for file in files)
        for file, part in zip(files, parts, strict=True):
            tell(Progress(done, len(files)))
            if not file.exists():
                _write_whole(file, self._checked(part, self.caller.ask(self.interface.figures(table, part))))
                done += 1
        tell(Progress(done, len(files)))
        return files

    def _checked(self, part: Selection, answer: bytes) -> bytes:
        """The answer, when it holds what was asked for; a statistics bank may leave out what it does not know."""
        try:
            if _size(json.loads(answer)) == cells(part):
                return answer
        except (ValueError, KeyError, TypeError, AttributeError) as wrong:
            raise BankRefused(self._strange()) from wrong
        raise BankRefused(
            _("%(bank)s answers with other figures than it was asked for. Look at the codes.")
            % {"bank": self.caller.bank}
        )

    def _strange(self) -> str:
        return _("%(bank)s answers, but not as PxWeb does. Look at its address and version.") % {
            "bank": self.caller.bank
        }


def _size(dataset: Mapping[str, Any]) -> int:
    return prod(int(size) for size in dataset["size"])


def _file_name(table: str, part: Selection, number: int) -> str:
    """Of what is in the part, so that another selection never finds this one's files."""
    asked = json.dumps([table, {name: list(codes) for name, codes in part.items()}], sort_keys=True)
    return f"{number:04}-{hashlib.sha256(asked.encode()).hexdigest()[:16]}.json"


def _write_whole(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(f".{os.getpid()}.draft")
    draft.write_bytes(content)
    draft.replace(file)
