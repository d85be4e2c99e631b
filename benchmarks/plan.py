"""What the plan costs at 16, 200 and 1 000 measures: `.venv/bin/python -m benchmarks.plan` (see README.md)."""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.measuring import Table
    from samloft.accounts.models import User
    from samloft.programmes.models import Programme

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PAGES = {
    "measures, list page": "/programmes/{slug}/measures/",
    "measure, detail page": "/programmes/{slug}/measures/{measure}/",
    "measures as CSV": "/programmes/{slug}/measures/measures.csv",
    "measures as XLSX": "/programmes/{slug}/measures/measures.xlsx",
    "plan page": "/programmes/{slug}/plans/{year}/",
    "plan check page": "/programmes/{slug}/plans/{year}/check/",
    "phase-in page": "/programmes/{slug}/phase-in/",
    "coverage page": "/programmes/{slug}/coverage/",
    "programme page": "/programmes/{slug}/",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[16, 200, 1000], metavar="MEASURES")
    parser.add_argument("--output", type=Path, help="also write the tables here, as Markdown")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="samloft-benchmark-"))
    # Read by the settings, so it comes before Django does.
    os.environ.update(SAMLOFT_DATA=str(folder), SAMLOFT_DEMO="1", DJANGO_SETTINGS_MODULE="samloft.config.settings")
    try:
        report = _report(options.sizes)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.stdout.write(report)
    if options.output:
        options.output.write_text(report, encoding="utf-8")


def _report(sizes: list[int]) -> str:
    from samloft.config.cli import build, readiness

    readiness.prepare()
    readiness.migrate()
    build.run(argparse.Namespace())

    from benchmarks.building import Building
    from benchmarks.measuring import Table, machine
    from samloft.core import audit

    table, building = Table(sizes), Building()
    for size in sizes:
        sys.stderr.write(f"{size} measures\n")
        began = time.process_time()
        programme = building.programme(size)
        table.note("building it through actions", f"{time.process_time() - began:.1f} s")
        _pages(table, programme, building.leader)
        _documents(table, programme)
        _commands(table, programme)
    verdict = audit.verify()
    assert verdict.ok
    return (
        f"# Results\n\n{machine()}; {time.strftime('%Y-%m-%d')}. "
        "CPU time of the cheapest of five calls, after one that fills the caches.\n\n"
        f"{table}\n\n## Server\n\n{_server()}\n"
    )


def _pages(table: "Table", programme: "Programme", leader: "User") -> None:
    from django.test import Client

    from benchmarks.building import YEAR
    from benchmarks.measuring import cost
    from samloft.plans.models import Measure

    client = Client(SERVER_NAME="localhost")
    client.force_login(leader, backend="allauth.account.auth_backends.AuthenticationBackend")
    measure = Measure.objects.filter(programme=programme).order_by("pk").first()
    for work, pattern in PAGES.items():
        address = pattern.format(slug=programme.slug, year=YEAR, measure=measure.pk if measure else 0)

        def visit(address: str = address) -> bytes:
            answer = client.get(address)
            if answer.status_code != 200:
                raise RuntimeError(f"{address} answers {answer.status_code}")
            return b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]

        table.note(work, cost(visit, times=3))


def _documents(table: "Table", programme: "Programme") -> None:
    """Warm in this process, as a worker that has made one before."""
    from benchmarks.building import YEAR
    from benchmarks.measuring import cost
    from samloft.core.documents.formats import FORMATS
    from samloft.plans.documents import action_plan
    from samloft.plans.models import ActionPlan
    from samloft.plans.queries import plan_check

    def plan() -> ActionPlan:
        return ActionPlan.objects.select_related("programme__municipality", "programme__county").get(
            programme=programme, year=YEAR
        )

    document = action_plan.build(plan())
    table.note("plan check", cost(lambda: plan_check.check(plan()), times=3))
    table.note("plan to blocks", cost(lambda: action_plan.build(plan()), times=3))
    for name, form in FORMATS.items():
        render: Callable[[], bytes] = lambda form=form: form.render(document)  # type: ignore[misc] # noqa: E731
        table.note(f"blocks to {name.upper()}", cost(render, times=3))


def _commands(table: "Table", programme: "Programme") -> None:
    """Cold, with the start of Python and Django, in a process of their own."""
    from benchmarks.building import YEAR
    from benchmarks.measuring import process_cost

    chosen = ["--programme", programme.slug, "--year", str(YEAR)]
    commands = {"samloft check-plan": ["check-plan", *chosen, "--json"]}
    for form in ("html", "pdf", "docx"):
        file = Path(os.environ["SAMLOFT_DATA"]) / f"plan.{form}"
        words = ["document", "action-plan", *chosen, "--format", form, "--output", str(file)]
        commands[f"samloft document --format {form}"] = words
    commands["samloft audit verify"] = ["audit", "verify"]
    for name, words in commands.items():
        cpu, memory = process_cost([sys.executable, "-P", "-m", "samloft.config.cli", *words], dict(os.environ))
        table.note(name, f"{cpu:.1f} s, {memory:.0f} MB")


def _server() -> str:
    """Start to first page, and what the workers hold after a round of pages."""
    from benchmarks.measuring import memory_of

    port = "8799"
    words = ["gunicorn", "--config", "python:samloft.config.server", "--bind", f"127.0.0.1:{port}"]
    began = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-P", "-m", *words, "--log-level", "warning", "samloft.config.wsgi"], cwd=ROOT
    )
    try:
        _first_200(f"http://127.0.0.1:{port}/healthz")
        first = time.perf_counter() - began
        for _ in range(40):
            _first_200(f"http://127.0.0.1:{port}/")
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text(encoding="ascii").split()
        workers = [memory_of(int(pid)) for pid in children]
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()
    shown = ", ".join(f"{memory:.0f} MB" for memory in workers)
    return f"Start to first 200: {first:.1f} s. Workers after forty pages (shared memory divided): {shown}."


def _first_200(address: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    raise RuntimeError(f"{address} never answered 200")


if __name__ == "__main__":
    main()
