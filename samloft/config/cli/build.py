"""`samloft build`: make what is derived from the code, as after an upgrade."""

import hashlib
from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from samloft.core.catalogues import compile_catalogues
from samloft.core.cli import Result

STAMP = "collected-from"


def arguments(parser: ArgumentParser) -> None:
    """None: what is already made is found out by itself."""


def run(options: Namespace) -> Result:
    compile_catalogues()
    # Hashing and compressing takes seconds, and ./run comes by here every time.
    stamp, state = Path(settings.STATIC_ROOT) / STAMP, _state_of_static_files()
    if not stamp.exists() or stamp.read_text(encoding="ascii") != state:
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(state, encoding="ascii")
    return Result()


def _state_of_static_files() -> str:
    """A fingerprint of the names, sizes and times of all static files of all apps."""
    fingerprint = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            stat = Path(storage.path(name)).stat()
            fingerprint.update(f"{name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return fingerprint.hexdigest()
