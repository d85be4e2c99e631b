"""A statistics bank on this machine that answers as PxWeb does, with its limits and its bad days."""

import json
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import product
from math import prod
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from samloft.indicators.pxweb.calls import Clock

DIMENSIONS: dict[str, dict[str, str]] = {
    "Region": {"3014": "Indre Østfold (2020–2023)", "3118": "Indre Østfold", "0301": "Oslo", "K-Ås": "Ås"},
    "Kjonn": {"1": "Menn", "2": "Kvinner"},
    "ContentsCode": {"Personer": "Personer"},
    "Tid": {str(year): str(year) for year in range(2015, 2025)},
}
OPTIONAL = {"Kjonn"}


class FakeTime:
    """Time that passes only when somebody waits; `waits` are what they waited."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.waits: list[float] = []

    @property
    def clock(self) -> Clock:
        return Clock(now=lambda: self.seconds, wait=self._wait)

    def _wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.seconds += seconds


@dataclass
class StatisticsBank:
    """`next_answers` are given to the next calls instead of the figures: a status, or "hang up" or "nonsense"."""

    time: FakeTime
    address: str = ""
    most_cells: int = 24
    most_calls: int = 30
    retry_after: str = ""
    updated: str = "2025-02-20T07:00:00Z"
    next_answers: deque[int | str] = field(default_factory=deque)
    calls: list[tuple[str, str]] = field(default_factory=list)
    order: list[str] = field(default_factory=lambda: list(DIMENSIONS))
    missing: dict[tuple[str, ...], str] = field(default_factory=dict)
    cells_given: list[tuple[str, ...]] = field(default_factory=list)
    _taken: deque[float] = field(default_factory=deque)

    @property
    def version_1(self) -> str:
        return f"{self.address}/api/v0/no/table"

    @property
    def version_2(self) -> str:
        return f"{self.address}/api/pxwebapi/v2"

    def is_too_busy(self) -> bool:
        """More calls than it takes in a minute."""
        while self._taken and self._taken[0] <= self.time.seconds - 60:
            self._taken.popleft()
        self._taken.append(self.time.seconds)
        return len(self._taken) > self.most_calls


def value(cell: tuple[str, ...]) -> int:
    """The figure in a cell: another for each."""
    return sum(ord(letter) * (at + 1) for at, letter in enumerate("|".join(cell)))


def _named(chosen: dict[str, list[str]], cell: tuple[str, ...]) -> tuple[str, ...]:
    """The cell in the order of DIMENSIONS, whatever order the bank answers in."""
    of = dict(zip(chosen, cell, strict=True))
    return tuple(of[name] for name in DIMENSIONS if name in of)


def _value(chosen: dict[str, list[str]], cell: tuple[str, ...]) -> int:
    return value(_named(chosen, cell))


class Handler(BaseHTTPRequestHandler):
    bank: StatisticsBank

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._answer(None)

    def do_POST(self) -> None:
        self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def _answer(self, body: Any) -> None:
        address = urlsplit(self.path)
        self.bank.calls.append((self.command, unquote(address.path)))
        if self.bank.is_too_busy():
            self._send(429, b"Too many requests")
        elif self.bank.next_answers:
            self._misbehave(self.bank.next_answers.popleft())
        elif not address.path.endswith(("/07459", "/07459/metadata", "/07459/data")):
            self._send(404, b"Not found")
        elif address.path.startswith("/api/v0/"):
            self._version_1(body)
        else:
            self._version_2(address.path, parse_qs(address.query), body)

    def _misbehave(self, how: int | str) -> None:
        if how == "hang up":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b'{"class": "data')
            self.close_connection = True
        elif how == "nonsense":
            self._send(200, b"<html>Down for maintenance</html>")
        else:
            self._send(int(how), b"")

    def _version_1(self, body: Any) -> None:
        if body is None:
            variables = [
                {
                    "code": name,
                    "text": name.lower(),
                    "values": list(values),
                    "valueTexts": list(values.values()),
                    **({"elimination": True} if name in OPTIONAL else {}),
                    **({"time": True} if name == "Tid" else {}),
                }
                for name, values in DIMENSIONS.items()
            ]
            self._send_json({"title": "07459: Befolkning", "variables": variables})
            return
        assert body["response"] == {"format": "json-stat2"}
        assert all(each["selection"]["filter"] == "item" for each in body["query"])
        self._figures({each["code"]: each["selection"]["values"] for each in body["query"]}, too_much=403)

    def _version_2(self, path: str, query: dict[str, list[str]], body: Any) -> None:
        assert query.pop("lang") == ["no"]
        if path.endswith("/metadata"):
            self._send_json(self._dataset({name: list(values) for name, values in DIMENSIONS.items()}))
            return
        assert query.pop("outputFormat") == ["json-stat2"]
        if body is None:
            chosen = {name[len("valueCodes[") : -1]: values[0].split(",") for name, values in query.items()}
        else:
            chosen = {each["variableCode"]: each["valueCodes"] for each in body["selection"]}
        self._figures(chosen, too_much=400)

    def _figures(self, chosen: dict[str, list[str]], *, too_much: int) -> None:
        if any(set(codes) - set(DIMENSIONS[name]) for name, codes in chosen.items()):
            self._send(400, b"No such code")
        elif prod(len(codes) for codes in chosen.values()) > self.bank.most_cells:
            self._send(too_much, b"Too many values selected")
        else:
            chosen = {name: chosen[name] for name in self.bank.order if name in chosen}
            cells = list(product(*chosen.values()))
            self.bank.cells_given += [_named(chosen, cell) for cell in cells]
            known = [None if _named(chosen, cell) in self.bank.missing else _value(chosen, cell) for cell in cells]
            why = {
                str(at): self.bank.missing[_named(chosen, cell)]
                for at, cell in enumerate(cells)
                if _named(chosen, cell) in self.bank.missing
            }
            self._send_json({**self._dataset(chosen), "value": known, **({"status": why} if why else {})})

    def _dataset(self, chosen: dict[str, list[str]]) -> dict[str, Any]:
        return {
            "version": "2.0",
            "class": "dataset",
            "label": "07459: Befolkning",
            "updated": self.bank.updated,
            "id": list(chosen),
            "size": [len(codes) for codes in chosen.values()],
            "role": {"time": ["Tid"]},
            "dimension": {
                name: {
                    "label": name.lower(),
                    "category": {
                        "index": {code: at for at, code in enumerate(codes)},
                        "label": {code: DIMENSIONS[name][code] for code in codes},
                    },
                    "extension": {"elimination": name in OPTIONAL},
                }
                for name, codes in chosen.items()
            },
        }

    def _send_json(self, content: Any) -> None:
        self._send(200, json.dumps(content).encode())

    def _send(self, status: int, content: bytes) -> None:
        self.send_response(status)
        if status in (429, 503) and self.bank.retry_after:
            self.send_header("Retry-After", self.bank.retry_after)
        if 300 <= status < 400:
            self.send_header("Location", f"{self.bank.address}/elsewhere")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def running() -> Iterator[StatisticsBank]:
    """A bank at an address of its own on this machine, with time that passes only when somebody waits."""
    bank = StatisticsBank(FakeTime())
    server = HTTPServer(("127.0.0.1", 0), type("ThisBank", (Handler,), {"bank": bank}))
    bank.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield bank
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
