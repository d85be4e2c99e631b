"""The command line as scripts see it: what reaches stdout, and how each command ends."""

import json
import os
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import ProgrammingError, transaction

from samloft.accounts.models import User
from samloft.config.cli import frame, main, readiness
from samloft.config.cli.commands import COMMANDS, Entry
from samloft.core import audit
from samloft.core.cli import CommandRefused, InputRefused, Result, UnknownSlug, WrongUsage, offer_json
from samloft.core.errors import RuleBroken
from samloft.core.models import AuditRow
from samloft.places.models import County

Run = Callable[[Namespace], Result]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Callable[[Run], None]:
    """`command(run)` makes `samloft audit [--json]` call `run`."""

    def install(run: Run) -> None:
        module = SimpleNamespace(arguments=offer_json, run=run)
        monkeypatch.setattr(frame, "_load", lambda entry: module)

    return install


def _ends(how: Exception) -> Run:
    def run(options: Namespace) -> Result:
        raise how

    return run


@pytest.mark.parametrize(
    "words", [[], ["nope"], ["audit"], ["audit", "nope"], ["audit", "verify", "--nope"], ["--json"]]
)
def test_wrong_usage_ends_with_64_and_tells_the_usage(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 64
    out, err = capsys.readouterr()
    assert "usage: samloft" in err
    assert out == "" or set(json.loads(out)) == {"error"}


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.name)
def test_every_command_has_help(entry: Entry, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([entry.name, "--help"]) == 0
    assert f"usage: samloft {entry.name}" in capsys.readouterr().out


def test_the_list_of_commands_needs_no_django() -> None:
    code = (
        "import sys; from samloft.config.cli import main; status = main(['--help']);"
        " sys.exit(status or 'django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert all(entry.name in done.stdout for entry in COMMANDS)


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("samloft ")


@pytest.mark.parametrize(
    ("how", "status"),
    [
        (InputRefused("no plan"), 2),
        (UnknownSlug("no such programme"), 64),
        (WrongUsage("not both"), 64),
        (CommandRefused("not here"), 70),
        (RuleBroken("already signed"), 1),
        (ZeroDivisionError("oh"), 70),
    ],
    ids=lambda value: type(value).__name__,
)
def test_how_a_command_fails_decides_the_status_and_the_one_json_value(
    command: Callable[[Run], None], how: Exception, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    command(_ends(how))
    assert main(["audit", "--json"]) == status
    out, err = capsys.readouterr()
    assert str(how) in json.loads(out)["error"]
    assert str(how) in err
    assert "Traceback" not in err
    assert main(["audit"]) == status
    assert capsys.readouterr().out == ""


def test_a_traceback_comes_only_when_debugging(
    command: Callable[[Run], None], settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DEBUG = True  # type: ignore[attr-defined]
    command(_ends(ZeroDivisionError("oh")))
    assert main(["audit"]) == 70
    assert "Traceback" in capsys.readouterr().err


def test_findings_end_with_1_and_their_data_is_the_one_json_value(
    command: Callable[[Run], None], capsys: pytest.CaptureFixture[str]
) -> None:
    def run(options: Namespace) -> Result:
        sys.stdout.write("chatter from a library")
        return Result(text="Én ting", data={"ærlig": [1, None]}, findings=True)

    command(run)
    assert main(["audit", "--json"]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out) == {"ærlig": [1, None]}
    assert "chatter" in err
    assert main(["audit"]) == 1
    assert capsys.readouterr().out.endswith("Én ting\n")


def test_ctrl_c_ends_as_shells_expect(command: Callable[[Run], None]) -> None:
    def run(options: Namespace) -> Result:
        raise KeyboardInterrupt

    command(run)
    assert main(["audit"]) == 130


@pytest.mark.django_db
def test_a_database_that_lacks_tables_is_told_how_to_get_them(
    command: Callable[[Run], None], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(readiness, "pending_migrations", lambda: ["plans.0001_initial"])
    command(_ends(ProgrammingError("no such table")))
    assert main(["audit"]) == 70
    assert "samloft migrate" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_whole_audit_trail_is_reported_with_its_head(capsys: pytest.CaptureFixture[str]) -> None:
    _record(3)
    assert main(["audit", "verify", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "ok": True,
        "rows": 3,
        "first_bad": None,
        "head": audit.head(),
    }
    assert main(["audit", "verify", "--head", AuditRow.objects.get(number=2).hash]) == 0
    assert audit.head() in capsys.readouterr().out


@pytest.mark.django_db
def test_a_broken_audit_trail_ends_with_1_and_names_the_row(capsys: pytest.CaptureFixture[str]) -> None:
    _record(3)
    AuditRow.objects.filter(number=2).update(action="forged")
    assert main(["audit", "verify", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["first_bad"] == 2
    assert main(["audit", "verify"]) == 1
    assert "2" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_cut_off_audit_trail_is_found_with_the_head_from_a_document(capsys: pytest.CaptureFixture[str]) -> None:
    _record(1)
    assert main(["audit", "verify", "--head", "f" * 64]) == 1
    assert "f" * 64 in capsys.readouterr().out


def _record(count: int) -> None:
    county = County.objects.create(code="91", name="Prøvefylket")
    for _ in range(count):
        with transaction.atomic():
            audit.record("county.tested", county, by=None)


@pytest.mark.django_db
def test_an_operator_is_appointed_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["operator", "Kari@Example.org", "--name", "Kari"]) == 0
    user = User.objects.get(email="kari@example.org")
    assert (user.name, user.is_operator, user.has_usable_password()) == ("Kari", True, False)
    assert "changepassword kari@example.org" in capsys.readouterr().out
    assert main(["operator", "kari@example.org"]) == 0
    assert list(AuditRow.objects.values_list("action", flat=True)) == ["user.operator_appointed"]
    assert main(["operator", "kari"]) == 1


@pytest.mark.django_db
def test_someone_who_has_an_account_can_be_made_operator() -> None:
    User.objects.create_user("ola@example.org", "x", name="Ola", is_active=False)
    assert main(["operator", "ola@example.org"]) == 0
    ola = User.objects.get(email="ola@example.org")
    assert (ola.name, ola.is_operator, ola.is_active) == ("Ola", True, True)


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "samloft.config.cli", "--version"],
        stdout=write,
        stderr=subprocess.PIPE,
        env={**os.environ, "SAMLOFT_DATA": str(tmp_path)},
        check=False,
    )
    os.close(write)
    assert done.stderr == b""


def test_arguments_may_not_be_shortened() -> None:
    """A script that leans on `--prog` would break when a second word begins so."""
    parser = ArgumentParser()
    offer_json(parser)
    assert main(["audit", "verify", "--js"]) == 64
