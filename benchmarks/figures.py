"""What millions of figures cost: `.venv/bin/python -m benchmarks.figures` (see README.md)."""

import argparse
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from samloft.accounts.models import User
    from samloft.indicators.actions.observations import Row
    from samloft.indicators.models import StatisticsImport
    from samloft.indicators.queries.statistics_files import Understood
    from samloft.places.models import Area

ROOT = Path(__file__).resolve().parent.parent
MUNICIPALITIES = 350
# One of so many of the figures is loaded the database's plain way, as the rate to compare with.
PLAIN = 5


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
    from samloft.config.cli import readiness

    readiness.prepare()
    if options.save_all_the_time:
        _save_all_the_time()
        return
    try:
        _ensure_database()
        readiness.migrate()
        report = _report(options)
    finally:
        shutil.rmtree(os.environ["SAMLOFT_DATA"], ignore_errors=True)
    sys.stdout.write(report)
    if options.output:
        options.output.write_text(report, encoding="utf-8")


def _report(options: argparse.Namespace) -> str:
    from benchmarks.measuring import cost, machine
    from samloft.indicators.actions import latest_figures, observations
    from samloft.indicators.models import Indicator, LatestFigure
    from samloft.indicators.queries.area_profile import area_profile

    notes: dict[str, str] = {}

    def note(work: str, figure: object) -> None:
        notes[work] = str(figure)
        sys.stderr.write(f"  {work}: {figure}\n")

    by = _people()
    _areas(options.zones)
    keys = _indicators(options.indicators)
    count = options.zones * options.indicators * options.years
    file = _file(options, keys)
    note("figures", f"{count:,}".replace(",", " "))
    note("file (JSON-stat)", f"{file.stat().st_size / 1e6:.0f} MB")
    plain = _plain_rate(options, count // PLAIN)
    note(
        f"plain bulk load of {count // PLAIN:,} rows into the empty table".replace(",", " "),
        f"{plain:,.0f} rows/s",
    )

    before = _memory()
    saver = _saver()
    began = time.perf_counter()
    understood, batch = _begin(file, by)
    observations.store(batch=batch, rows=_rows(understood))
    stored = time.perf_counter() - began
    waits = _ended(saver)
    after = _memory()
    note("import: file read, checked and stored", f"{count / stored:,.0f} rows/s ({stored:.0f} s)")
    note("import beside plain bulk load", f"{plain * stored / count:.1f} ×")
    note("memory before the import, and at most during it", f"{before:.0f} MB, {after:.0f} MB")
    note("another user's saves meanwhile", waits)

    began = time.perf_counter()
    batch = observations.make_visible(batch=batch, by=by)
    note("making it visible", f"{(time.perf_counter() - began) * 1000:.0f} ms")
    began = time.perf_counter()
    latest_figures.rebuild(observations.affected(batch))
    note("latest figures made anew", f"{time.perf_counter() - began:.0f} s")

    zone, municipality = _some("zone"), _some("municipality")
    first = Indicator.objects.order_by("position")[0]
    ranked = LatestFigure.objects.filter(indicator=first, area__kind="zone").order_by("-value")
    note("area profile of a zone, all indicators and years", _both(cost(lambda: area_profile(zone))))
    note("area profile of a municipality", _both(cost(lambda: area_profile(municipality))))
    note("ranking of all zones", _both(cost(lambda: list(ranked.values_list("area__name", "value", "period")))))
    note("same file again, nothing changed", _again(file, by))
    note("size of the figures, indexes included", _size())
    lines = ["| work | measured |", "|---|---|", *(f"| {work} | {figure} |" for work, figure in notes.items())]
    return f"{machine()}\n\n" + "\n".join(lines) + "\n"


def _memory() -> float:
    """The most that the process has held since this was last asked, in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    most = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return int(most.split()[1]) / 1024


def _ensure_database() -> None:
    """A throw-away PostgreSQL has no database yet."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [connection.settings_dict["NAME"]])
            if not cursor.fetchone():
                cursor.execute(f"CREATE DATABASE {connection.settings_dict['NAME']}")


def _both(found: Any) -> str:
    return f"{found.cpu * 1000:.0f} ms CPU, {found.wall * 1000:.0f} ms wall, {found.queries} queries"


def _people() -> "User":
    from samloft.accounts.actions import demo_users

    return demo_users.make(email="drift@example.org", name="Drift", organisation=None, is_operator=True)


def _areas(zones: int) -> None:
    """Straight into the tables: these are not what is measured."""
    from samloft.places.models import Area, AreaKind, County, Municipality

    country = Area.objects.create(kind=AreaKind.COUNTRY, code="0", name="Landet")
    county_row = County.objects.create(code="90", name="Prøvefylket")
    county = Area.objects.create(kind=AreaKind.COUNTY, code="90", name="Prøvefylket", parent=country)
    rows = Municipality.objects.bulk_create(
        Municipality(code=str(1000 + n), name=f"Kommune {n}", county=county_row) for n in range(MUNICIPALITIES)
    )
    owners = Area.objects.bulk_create(
        Area(kind=AreaKind.MUNICIPALITY, code=row.code, name=row.name, municipality=row, parent=county)
        for row in rows
    )
    Area.objects.bulk_create(
        Area(
            kind=AreaKind.ZONE,
            code=f"{owner.code}{number:04}",
            name=f"Sone {number}",
            municipality=owner.municipality,
            parent=owner,
        )
        for number, owner in ((n, owners[n % MUNICIPALITIES]) for n in range(zones))
    )


def _indicators(count: int) -> list[str]:
    from samloft.indicators.actions import catalogue
    from samloft.indicators.models import Indicator

    catalogue.enter_missing()
    return list(Indicator.objects.order_by("position").values_list("key", flat=True))[:count]


def _file(options: argparse.Namespace, keys: list[str]) -> Path:
    """A JSON-stat file as programs write it for people, one figure a line."""
    from samloft.places.models import Area

    codes = list(Area.objects.filter(kind="zone").order_by("pk").values_list("code", flat=True))
    years = [str(2010 + n) for n in range(options.years)]
    dimensions = {"Region": codes, "ContentsCode": keys, "Tid": years}
    described = {
        "version": "2.0",
        "class": "dataset",
        "label": "Prøvetall",
        "id": list(dimensions),
        "size": [len(categories) for categories in dimensions.values()],
        "role": {"geo": ["Region"], "metric": ["ContentsCode"], "time": ["Tid"]},
        "dimension": {name: {"category": {"index": categories}} for name, categories in dimensions.items()},
    }
    path = Path(os.environ["SAMLOFT_DATA"]) / "figures.json"
    with path.open("w", encoding="ascii") as out:
        out.write(json.dumps(described, indent=2)[:-2] + ',\n  "value": [\n')
        pad, last = " " * 48, len(codes) * len(keys) * len(years) - 1
        for at in range(last + 1):
            out.write(f"{pad}{(at * 7919 % 100_003) / 1000:.8f}{',' if at < last else ''}\n")
        out.write("  ]\n}\n")
    return path


def _plain_rate(options: argparse.Namespace, count: int) -> float:
    """Rows a second, the database's own way, into the same table with the same indexes; taken back afterwards."""
    from django.db import connection, transaction

    from samloft.accounts.models import User
    from samloft.indicators.actions.observations import _COLUMNS, _TABLE
    from samloft.indicators.models import Indicator, Observation, StatisticsImport
    from samloft.places.models import Area

    batch = StatisticsImport.objects.create(made_by=User.objects.all()[0])
    areas = list(Area.objects.filter(kind="zone").order_by("pk").values_list("pk", flat=True))
    indicators = list(Indicator.objects.order_by("position").values_list("pk", flat=True))[: options.indicators]
    rows = (
        (indicator, area, str(2010 + n), 2010 + n, "", "", 12.5, "", None, None, False, 1, batch.pk)
        for area in areas
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


def _begin(file: Path, by: "User") -> "tuple[Understood, StatisticsImport]":
    from samloft.indicators.actions import observations
    from samloft.indicators.models import StatisticsImport
    from samloft.indicators.queries.statistics_files import read, understand
    from samloft.indicators.reading import source_at
    from samloft.indicators.reading.mapping import StatisticsMapping

    understood = understand(source_at(file), StatisticsMapping(), None)
    reading = read(understood)
    if reading.problems:
        raise RuntimeError(reading.problems[0].message.text)
    batch = StatisticsImport.objects.create(made_by=by, observations=reading.counts.present)
    return understood, observations.begin(batch=batch, by=by)


def _rows(understood: "Understood") -> "Iterator[Row]":
    from samloft.indicators.actions import import_storing
    from samloft.indicators.reading import Problems

    return import_storing._rows(understood, Problems())


def _again(file: Path, by: "User") -> str:
    from samloft.indicators.actions import observations

    began = time.perf_counter()
    understood, batch = _begin(file, by)
    batch = observations.store(batch=batch, rows=_rows(understood))
    took = time.perf_counter() - began
    return f"{batch.stored / took:,.0f} rows/s, {batch.added} new, {batch.revised} changed"


def _some(kind: str) -> "Area":
    from samloft.places.models import Area

    return Area.objects.filter(kind=kind).select_related("municipality", "parent").order_by("pk")[100]


def _size() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size('indicators_observation')")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return f"{cursor.fetchone()[0] / 1e6:.0f} MB"


def _saver() -> "subprocess.Popen[str]":
    words = [sys.executable, "-P", "-m", "benchmarks.figures", "--save-all-the-time"]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def _ended(saver: "subprocess.Popen[str]") -> str:
    saver.send_signal(signal.SIGTERM)
    told, _errors = saver.communicate()
    return told.strip()


def _save_all_the_time() -> None:
    """Someone at work: twenty saves a second through an action with its audit row, until told to stop."""
    from samloft.places.actions import areas
    from samloft.places.actions.areas import AreaValues

    going, waits = [True], [0.0]
    signal.signal(signal.SIGTERM, lambda *_: going.clear())
    area = areas.add(values=AreaValues("place", "", "Torget"), by=None)
    while going:
        began = time.perf_counter()
        areas.change(area=area, values=AreaValues("place", "", f"Torget {len(waits)}"), by=None)
        waits.append(time.perf_counter() - began)
        time.sleep(0.05)
    waits.sort()
    middle, longest = waits[len(waits) // 2] * 1000, waits[-1] * 1000
    sys.stdout.write(f"{len(waits) - 1} saves, half within {middle:.0f} ms, the longest {longest:.0f} ms\n")


if __name__ == "__main__":
    main()
