"""Fetches a selection of a table part by part, and goes on where it was interrupted."""

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import prod
from pathlib import Path

from django.utils.translation import gettext as _

from samloft.indicators.pxweb.calls import BankRefused, Caller
from samloft.indicators.pxweb.joining import join
from samloft.indicators.pxweb.planning import Selection, cells, plan
from samloft.indicators.pxweb.tables import Interface, StrangeAnswer, Table


@dataclass(frozen=True)
class Progress:
    done: int
    parts: int


Tell = Callable[[Progress], bool]  # told how far it has come; says whether to go on


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

    def fetch(self, table: str, selection: Selection, folder: Path, *, tell: Tell = lambda _: True) -> list[Path]:
        """Files of JSON-stat that together hold every cell of the selection once, in the order of the cells.

        Each part lies in the folder as soon as it has come. Asked for again, with the same selection, only what
        is missing is fetched. When `tell` says no, the fetch stops, and no files are given. Raises BankRefused.
        """
        parts = plan(selection, most=self.caller.limits.cells)
        files = [folder / _file_name(table, part, number) for number, part in enumerate(parts, 1)]
        done = sum(file.exists() for file in files)
        for file, part in zip(files, parts, strict=True):
            if file.exists():
                continue
            if not tell(Progress(done, len(files))):
                return []
            answer = self.caller.ask(self.interface.figures(table, part))
            order = self._checked(part, answer)
            if len(parts) > 1 and order != list(part):
                # The bank has an order of its own, and the parts must follow each other in that.
                return self.fetch(table, {name: selection[name] for name in order}, folder, tell=tell)
            _write_whole(file, answer)
            done += 1
        tell(Progress(done, len(files)))
        return files

    def joined(self, files: Sequence[Path], target: Path) -> None:
        """The files as one. Raises BankRefused when they do not fit together."""
        try:
            join(files, target)
        except (ValueError, KeyError, TypeError, AttributeError, StrangeAnswer) as wrong:
            raise BankRefused(self._strange()) from wrong

    def _checked(self, part: Selection, answer: bytes) -> list[str]:
        """The order of the dimensions in an answer that holds what was asked for."""
        try:
            dataset = json.loads(answer)
            order, size = [str(name) for name in dataset["id"]], prod(int(size) for size in dataset["size"])
        except (ValueError, KeyError, TypeError, AttributeError) as wrong:
            raise BankRefused(self._strange()) from wrong
        if size != cells(part) or set(order) != set(part):
            raise BankRefused(
                _("%(bank)s answers with other figures than it was asked for. Look at the codes.")
                % {"bank": self.caller.bank}
            )
        return order

    def _strange(self) -> str:
        return _("%(bank)s answers, but not as PxWeb does. Look at its address and version.") % {
            "bank": self.caller.bank
        }


def _file_name(table: str, part: Selection, number: int) -> str:
    """Of what is in the part, so that another selection never finds this one's files."""
    asked = json.dumps([table, {name: list(codes) for name, codes in part.items()}], sort_keys=True)
    return f"{number:04}-{hashlib.sha256(asked.encode()).hexdigest()[:16]}.json"


def _write_whole(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(f".{os.getpid()}.draft")
    draft.write_bytes(content)
    draft.replace(file)
