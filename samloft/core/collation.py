"""Norwegian sorting of names: æ, ø and å come last, in that order.

PostgreSQL has the order built in (a migration names it); SQLite asks this module for every comparison.
"""

import sqlite3
import unicodedata
from functools import lru_cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

_LAST = {"æ": "{1", "ä": "{1", "ø": "{2", "ö": "{2", "å": "{3"}


@lru_cache(maxsize=20_000)
def norwegian_key(text: str) -> str:
    """A key that sorts as Norwegian readers expect: case and other accents do not count."""
    # `aa` is the older way to write å, and PostgreSQL's Norwegian order takes it so.
    letters = unicodedata.normalize("NFC", text).casefold().replace("aa", "å")
    return "".join(_LAST.get(letter) or unicodedata.normalize("NFD", letter)[0] for letter in letters)


def compare(left: str, right: str) -> int:
    """-1, 0 or 1. Only identical texts are equal, because the same order also decides what is unique."""
    first, second = (norwegian_key(left), left), (norwegian_key(right), right)
    return (first > second) - (first < second)


def teach_sqlite(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Register the collation on a new connection. Does nothing for other databases."""
    if connection.vendor == "sqlite" and isinstance(connection.connection, sqlite3.Connection):
        connection.connection.create_collation("norwegian", compare)
