"""Settings that come from outside: good values are understood, bad ones stop the start with advice."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from samloft.config import environment
from samloft.config.environment import WrongEnvironment


def test_without_an_address_the_database_is_a_file_in_the_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SAMLOFT_DATABASE_URL", raising=False)
    database = environment.database(tmp_path)
    assert database["NAME"] == str(tmp_path / "samloft.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_postgresql_address_is_taken_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMLOFT_DATABASE_URL", "postgresql://sam%40x:p%2Fw@db.no:5433/s%C3%B8r?sslmode=require")
    database = environment.database(tmp_path)
    assert {key: database[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")} == {
        "NAME": "sør",
        "USER": "sam@x",
        "PASSWORD": "p/w",
        "HOST": "db.no",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://host", "samloft.sqlite3"])
def test_another_database_address_is_refused(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMLOFT_DATABASE_URL", url)
    with pytest.raises(WrongEnvironment, match="postgresql://"):
        environment.database(tmp_path)


def test_the_secret_key_is_made_once_and_readable_only_by_its_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SAMLOFT_SECRET_KEY", raising=False)
    key = environment.secret_key(tmp_path)
    assert len(key) > 50
    assert environment.secret_key(tmp_path) == key
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
    monkeypatch.setenv("SAMLOFT_SECRET_KEY", "from outside")
    assert environment.secret_key(tmp_path) == "from outside"


@pytest.mark.parametrize(("value", "meant"), [("1", True), ("On", True), ("0", False), ("", False), ("no", False)])
def test_a_switch_is_on_or_off(value: str, meant: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMLOFT_DEMO", value)
    assert environment.is_on("SAMLOFT_DEMO") is meant


def test_a_switch_that_is_neither_on_nor_off_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMLOFT_DEMO", "kanskje")
    with pytest.raises(WrongEnvironment, match="SAMLOFT_DEMO"):
        environment.is_on("SAMLOFT_DEMO")


def test_mail_goes_out_encrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMLOFT_MAIL_FROM", "samloft@kommunen.no")
    monkeypatch.setenv("SAMLOFT_MAIL_URL", "smtp://kari:p%40ss@mail.no")
    mail = environment.mail()
    assert (mail["EMAIL_HOST"], mail["EMAIL_PORT"], mail["EMAIL_USE_TLS"]) == ("mail.no", 587, True)
    assert (mail["EMAIL_HOST_PASSWORD"], mail["DEFAULT_FROM_EMAIL"]) == ("p@ss", "samloft@kommunen.no")
    monkeypatch.setenv("SAMLOFT_MAIL_URL", "smtps://mail.no")
    assert (environment.mail()["EMAIL_PORT"], environment.mail()["EMAIL_USE_SSL"]) == (465, True)
    monkeypatch.setenv("SAMLOFT_MAIL_FROM", "")
    with pytest.raises(WrongEnvironment, match="SAMLOFT_MAIL_FROM"):
        environment.mail()


@pytest.mark.parametrize(("behind", "believed"), [("0", "None 0"), ("1", "('HTTP_X_FORWARDED_PROTO', 'https') 1")])
def test_only_a_proxy_of_ours_is_believed_about_https_and_addresses(
    tmp_path: Path, behind: str, believed: str
) -> None:
    code = (
        "from samloft.config import settings;"
        "print(settings.SECURE_PROXY_SSL_HEADER, settings.ALLAUTH_TRUSTED_PROXY_COUNT)"
    )
    outside = {key: value for key, value in os.environ.items() if not key.startswith(("SAMLOFT_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**outside, "SAMLOFT_DATA": str(tmp_path), "SAMLOFT_BEHIND_PROXY": behind},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == believed, done.stderr
