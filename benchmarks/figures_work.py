"""Those who are at work while millions of figures come in: the worker, and somebody who saves all the time."""

import argparse
import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.core.files.base import File
from django.db import connection, transaction

from samloft.accounts.models import User
from samloft.indicators import jobs
from samloft.indicators.actions import import_storing, imports
from samloft.indicators.actions.imports import FileOrigin, Owner
from samloft.indicators.actions.observations import _COLUMNS, _TABLE
from samloft.indicators.models import ImportState, Indicator, Observation, StatisticsImport
from samloft.places.actions import areas
from samloft.places.actions.areas import AreaValues
from samloft.places.models import Area

ROOT = Path(__file__).resolve().parent.parent


def plain_rate(options: argparse.Namespace, count: int) -> float:
    """Rows a second, the database's own way, into the same table with the same indexes; taken back afterwards."""
    batch = StatisticsImport.objects.create(made_by=User.objects.all()[0])
    zones = list(Area.objects.filter(kind="zone").order_by("pk").values_list("pk", flat=True))
    indicators = list(Indicator.objects.order_by("position").values_list("pk", flat=True))[: options.indicators]
    rows = (
        (indicator, zone, str(2010 + n), 2010 + n, "", "", 12.5, "", None, None, False, 1, batch.pk)
        for zone in zones
        for indicator in indicators
        for n in range(options.years)
    )
    rows = itertools.islice(rows, count)
    columns = ", ".join(_COLUMNS)
    began = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {_TABLE} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(_COLUMNS))
            cursor.executemany(f"INSERT INTO {_TABLE} ({columns}) VALUES ({marks})", rows)
    took = time.perf_counter() - began
    Observation.objects.all()._raw_delete("default")  # type: ignore[attr-defined]
    batch.delete()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {_TABLE}")
    return count / took


class Worker:
    """The job worker, as `./run` starts it, in a process of its own."""

    def __init__(self) -> None:
        words = ["-P", "-m", "samloft.config.cli", "manage", "db_worker", "--no-startup-delay", "--verbosity", "0"]
        self._process = subprocess.Popen([sys.executable, *words, "--interval", "0.2"], cwd=ROOT)

    def memory(self) -> float:
        """The most that it has held since this was last asked, in MB."""
        folder = Path(f"/proc/{self._process.pid}")
        most = next(line for line in (folder / "status").read_text().splitlines() if line.startswith("VmHWM"))
        (folder / "clear_refs").write_text("5", encoding="ascii")
        return int(most.split()[1]) / 1024

    def end(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait()


def upload(file: Path, by: User) -> StatisticsImport:
    """The way from a page: the file is kept, and the worker is asked to read it."""
    with file.open("rb") as content:
        batch = imports.start(upload=File(content, file.name), owner=Owner(), origin=FileOrigin(), by=by)
    jobs.go_on(batch, by)
    return _awaited(batch, lambda: batch.state != ImportState.WAITING)


def accept(batch: StatisticsImport, by: User) -> StatisticsImport:
    """Press the button, and wait until the figures count."""
    if batch.problems:
        raise RuntimeError(str(batch.problems[:3]))
    jobs.go_on(import_storing.accept(batch=batch, by=by), by)
    return _awaited(batch, lambda: batch.state != ImportState.STORING)


def settled(batch: StatisticsImport) -> StatisticsImport:
    """Wait until the rankings know them too."""
    if batch.state != ImportState.VISIBLE:
        raise RuntimeError(str(batch.problems[:3]))
    return _awaited(batch, lambda: batch.is_settled)


def _awaited(batch: StatisticsImport, is_done: Callable[[], bool]) -> StatisticsImport:
    batch.refresh_from_db()
    while not is_done():
        time.sleep(0.1)
        batch.refresh_from_db()
    return batch


class Saver:
    """Somebody else at work, in a process of their own."""

    def __init__(self) -> None:
        words = [sys.executable, "-P", "-m", "benchmarks.figures", "--save-all-the-time"]
        self._process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    def told(self) -> str:
        self._process.send_signal(signal.SIGTERM)
        return self._process.communicate()[0].strip()


def save_all_the_time() -> None:
    """Twenty saves a second through an action with its audit row, until told to stop."""
    going, waits = [True], [0.0]
    signal.signal(signal.SIGTERM, lambda *_: going.clear())
    area = areas.add(values=AreaValues("place", "", f"Torget {os.getpid()}"), by=None)
    while going:
        began = time.perf_counter()
        areas.change(area=area, values=AreaValues("place", "", f"Torget {os.getpid()} {len(waits)}"), by=None)
        waits.append(time.perf_counter() - began)
        time.sleep(0.05)
    waits.sort()
    middle, longest = waits[len(waits) // 2] * 1000, waits[-1] * 1000
    sys.stdout.write(f"{len(waits) - 1} saves, half within {middle:.0f} ms, the longest {longest:.0f} ms\n")
