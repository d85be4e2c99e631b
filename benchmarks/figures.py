"""What millions of figures cost: `.venv/bin/python -P -m benchmarks.figures` (see README.md)."""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

    from benchmarks.measuring import Cost
    from samloft.accounts.models import User

# One of so many of the figures is loaded the database's plain way, as the rate to compare with.
PLAIN = 5
Note = Callable[[str, object], None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--zones", type=int, default=5000)
    parser.add_argument("--indicators", type=int, default=40)
    parser.add_argument("--years", type=int, default=15)
    parser.add_argument("--output", type=Path, help="also write the table here, as Markdown")
    parser.add_argument("--save-all-the-time", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not options.save_all_the_time:
        os.environ["SAMLOFT_DATA"] = tempfile.mkdtemp(prefix="samloft-benchmark-")
    os.environ.update(SAMLOFT_DEMO="1", DJANGO_SETTINGS_MODULE="samloft.config.settings")
    from samloft.config.cli import build, readiness

    readiness.prepare()
    if options.save_all_the_time:
        from benchmarks.figures_work import save_all_the_time

        save_all_the_time()
        return
    try:
        _ensure_database()
        build.run(argparse.Namespace())
        readiness.migrate()
        report = _report(options)
    finally:
        shutil.rmtree(os.environ["SAMLOFT_DATA"], ignore_errors=True)
    sys.stdout.write(report)
    if options.output:
        options.output.write_text(report, encoding="utf-8")


def _report(options: argparse.Namespace) -> str:
    from benchmarks import figures_setting as setting
    from benchmarks.figures_work import plain_rate
    from benchmarks.measuring import machine
    from samloft.places.models import Area

    notes: dict[str, str] = {}

    def note(work: str, figure: object) -> None:
        notes[work] = str(figure)
        sys.stderr.write(f"  {time.strftime('%H:%M:%S')} {work}: {figure}\n")

    by = setting.people()
    setting.areas(options.zones)
    keys = setting.indicators(options.indicators)
    own, _county, leader = setting.programmes_of(by)
    zones = list(Area.objects.filter(kind="zone").order_by("pk"))
    first = next(zone for zone in zones if zone.municipality_id == own.municipality_id)
    setting.compare(first)
    around = setting.file_of("around", [first.parent.code, "90", "0"], keys, options.years)  # type: ignore[union-attr]
    file = setting.file_of("figures", [zone.code for zone in zones], keys, options.years)
    count = options.zones * options.indicators * options.years
    note("figures", _spaced(count))
    note("file (JSON-stat)", f"{file.stat().st_size / 1e6:.0f} MB")
    plain = plain_rate(options, count // PLAIN)
    note(f"plain bulk load of {_spaced(count // PLAIN)} rows into the empty table", f"{_spaced(plain)} rows/s")
    _import(note, file, around, by, count, plain)
    _pages(note, leader, first.code, keys[0])
    _command(note, file, count)
    note("size of the figures, indexes included", _size())
    lines = ["| work | measured |", "|---|---|", *(f"| {work} | {figure} |" for work, figure in notes.items())]
    load = ", ".join(f"{number:.1f}" for number in os.getloadavg())
    return f"{machine()}; load at the end {load}\n\n" + "\n".join(lines) + "\n"


def _import(note: Note, file: Path, around: Path, by: "User", count: int, plain: float) -> None:
    """From the upload to rankings that know the figures, while somebody else saves all the time."""
    from benchmarks import figures_work as work

    worker, saver = work.Worker(), work.Saver()
    try:
        # A small file first: the worker is warm, and there are figures to compare with.
        work.settled(work.accept(work.upload(around, by), by))
        before = worker.memory()
        began = time.perf_counter()
        batch = work.upload(file, by)
        read = time.perf_counter() - began
        batch = work.accept(batch, by)
        took = time.perf_counter() - began
        note(
            "import: uploaded, read, accepted and stored by the worker",
            f"{_spaced(count / took)} rows/s ({read:.0f} s to read and check, {took - read:.0f} s to store)",
        )
        note("import beside plain bulk load", f"{plain * took / count:.1f} ×")
        work.settled(batch)
        note("latest figures made anew", f"{time.perf_counter() - began - took:.0f} s")
        note("the worker's memory before, and at most meanwhile", f"{before:.0f} MB, {worker.memory():.0f} MB")
        note("another user's saves all the while", saver.told())
    finally:
        worker.end()


def _pages(note: Note, leader: "User", zone: str, key: str) -> None:
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(leader, backend="allauth.account.auth_backends.AuthenticationBackend")
    pages = {
        "page of a zone: municipality, county, country, two others": f"kommunen/areas/{zone}/",
        "page of a municipality with figures of its own": "kommunen/areas/1001/",
        "page of a municipality put together from its zones": "fylket/areas/1000/",
        "page of an indicator in a zone": f"kommunen/areas/{zone}/{key}/",
        "list of a municipality's zones": "kommunen/areas/",
        "ranking of a municipality's zones": f"kommunen/areas/ranking/{key}/",
        "overlap of a municipality's zones": "kommunen/areas/overlap/",
        "list of all zones in the county": "fylket/areas/",
        "ranking of all zones in the county": f"fylket/areas/ranking/{key}/",
        "overlap of 300 zones in the county": "fylket/areas/overlap/",
    }
    for work, address in pages.items():
        note(work, _both(_visit(client, f"/programmes/{address}")))


def _visit(client: "Client", address: str) -> "Cost":
    from benchmarks.measuring import cost

    def visit() -> bytes:
        answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answers {answer.status_code}")
        return answer.content

    return cost(visit)


def _command(note: Note, file: Path, count: int) -> None:
    """The command, with the same file once more, in a process of its own."""
    from benchmarks.measuring import process_cost

    words = [sys.executable, "-P", "-m", "samloft.config.cli", "import-statistics", str(file), "--accept"]
    began = time.perf_counter()
    _cpu, memory = process_cost(words, dict(os.environ))
    took = time.perf_counter() - began
    note(
        "`samloft import-statistics --accept`, same file again, nothing changed",
        f"{_spaced(count / took)} rows/s, {memory:.0f} MB at most",
    )


def _both(found: "Cost") -> str:
    cpu, wall = found.cpu * 1000, found.wall * 1000
    return f"{cpu:.0f} ms CPU, {wall:.0f} ms wall, {found.queries} queries, {found.size / 1024:.0f} KB"


def _spaced(number: float) -> str:
    return f"{number:,.0f}".replace(",", " ")


def _ensure_database() -> None:
    """A throw-away PostgreSQL has no database yet."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [connection.settings_dict["NAME"]])
            if not cursor.fetchone():
                cursor.execute(f"CREATE DATABASE {connection.settings_dict['NAME']}")


def _size() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size('indicators_observation')")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return f"{cursor.fetchone()[0] / 1e6:.0f} MB"


if __name__ == "__main__":
    main()
