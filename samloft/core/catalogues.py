"""Compiles the message catalogues that the apps carry, without GNU gettext on the machine."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parent.parent


def catalogues(package: Path = PACKAGE) -> list[Path]:
    """Every `samloft/<app>/locale/<language>/LC_MESSAGES/*.po`, sorted."""
    return sorted(package.glob("*/locale/*/LC_MESSAGES/*.po"))


def compile_catalogues(package: Path = PACKAGE) -> list[Path]:
    """Write the .mo beside each .po that is newer. Returns what was written. Fuzzy messages stay out."""
    written = []
    for source in catalogues(package):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
        # Written whole and then moved in place: test processes may compile at the same moment.
        draft = target.with_name(f"{target.name}.{id(catalogue)}.draft")
        with draft.open("wb") as file:
            write_mo(file, catalogue)
        draft.replace(target)
        written.append(target)
    return written
