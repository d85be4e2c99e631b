"""The settings that come from outside: one function per kind, each with a message that says what to do."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent.parent


class WrongEnvironment(Exception):
    """An environment variable has a value that Samløft cannot use."""


def data_folder() -> Path:
    """Where the database, uploads and the secret key live: `SAMLOFT_DATA`, else `var/` beside the code."""
    folder = Path(os.environ.get("SAMLOFT_DATA") or ROOT / "var").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def is_on(name: str) -> bool:
    """True for 1, true, yes, on; false for an unset or empty variable and for 0, false, no, off."""
    value = os.environ.get(name, "").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"", "0", "false", "no", "off"}:
        return False
    raise WrongEnvironment(f"{name} is {value!r}; write 1 or 0.")


def secret_key(folder: Path) -> str:
    """`SAMLOFT_SECRET_KEY`, else a key made once and kept readable only by the owner of the data folder."""
    if given := os.environ.get("SAMLOFT_SECRET_KEY"):
        return given
    path = folder / "secret_key"
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(64)
        file.write(key)
    return key


def database(folder: Path) -> dict[str, Any]:
    """`SAMLOFT_DATABASE_URL` (postgresql://user:password@host:port/name?option=value), else SQLite.

    The SQLite options are measured: with them eight writers met no "database is locked"; without IMMEDIATE
    nine writes in ten did. With room for 16 MB of pages, and a log that is emptied at 16 MB, storing millions of
    figures takes two thirds of the time.
    """
    url = os.environ.get("SAMLOFT_DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(folder / "samloft.sqlite3"),
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                "PRAGMA cache_size=-16000; PRAGMA wal_autocheckpoint=4000;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise WrongEnvironment("SAMLOFT_DATABASE_URL must look like postgresql://user:password@host:5432/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def hosts() -> list[str]:
    """`SAMLOFT_HOSTS`, comma-separated, else this machine only."""
    return [host.strip() for host in os.environ.get("SAMLOFT_HOSTS", "").split(",") if host.strip()] or [
        "localhost",
        "127.0.0.1",
        "[::1]",
    ]


def site(*, demo: bool) -> str:
    """`SAMLOFT_SITE`, such as https://samloft.kommunen.no, else the first host over https."""
    given = os.environ.get("SAMLOFT_SITE", "").strip().rstrip("/")
    if given and urlsplit(given).scheme not in {"http", "https"}:
        raise WrongEnvironment("SAMLOFT_SITE must look like https://samloft.kommunen.no.")
    return given or ("http://localhost:8000" if demo else f"https://{hosts()[0]}")


def mail() -> dict[str, Any]:
    """`SAMLOFT_MAIL_URL` (smtp://user:password@host:587, or smtps:// for port 465), else mail goes to the log.

    `SAMLOFT_MAIL_FROM` is the sender.
    """
    url = os.environ.get("SAMLOFT_MAIL_URL", "")
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    sender = os.environ.get("SAMLOFT_MAIL_FROM", "")
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or not sender:
        raise WrongEnvironment(
            "SAMLOFT_MAIL_URL must look like smtp://user:password@host:587, with SAMLOFT_MAIL_FROM beside it."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_TIMEOUT": 20,
        "DEFAULT_FROM_EMAIL": sender,
    }
