"""Habits of the code that no linter knows."""

import ast
import re
import tomllib
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.test import override_settings

from tests.house.sources import PACKAGE, ROOT, migrations, python_files, shown, templates

# A name that says nothing is where unlike things gather.
FORBIDDEN_NAMES = {
    "utils",
    "helpers",
    "services",
    "managers",
    "signals",
    "mixins",
    "common",
    "misc",
    "lib",
    "tools",
}

# Imported where they are used first, because they are slow or large (docs/decisions).
HEAVY = {
    "typst",
    "openpyxl",
    "pdfplumber",
    "pdfminer",
    "docx",
    "lets_plot",
    "shapely",
    "pyproj",
    "rapidfuzz",
    "fontTools",
    "numpy",
    "scipy",
}

# Sets its own limits on memory and time before it loads what they are there to limit.
LIMITED = {"child.py"}

# A document that people keep: it must look right with no server behind it, and none of our pages shows it.
SENT_AS_A_FILE = {"standalone.html"}

INLINE = [
    (re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.I), "put the script in a file under static/"),
    (re.compile(r"<style\b", re.I), "put the style in a file under static/"),
    (re.compile(r"\sstyle\s*=", re.I), "use a class"),
    (re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I), "listen in a script file"),
    (re.compile(r"\bhx-on\b", re.I), "listen in a script file: hx-on needs eval"),
    (re.compile(r"javascript:", re.I), "use a button and a script file"),
    (re.compile(r"\|\s*safe\b"), "build the text with format_html() where it is made"),
]


def test_no_file_is_named_after_nothing() -> None:
    unnamed = [
        shown(path)
        for path in PACKAGE.rglob("*")
        if path.stem in FORBIDDEN_NAMES and (path.is_dir() or path.suffix == ".py")
    ]
    assert not unnamed, f"Name these files after the concept they hold: {unnamed}"


def test_imports_stand_at_the_top() -> None:
    hidden = [
        shown(path, node.lineno)
        for path in python_files()
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom) and not _is_heavy(node) and path.name not in LIMITED
    ]
    assert not hidden, (
        f"Move these imports to the top; if that makes a circle, a wall is crossed: {sorted(set(hidden))}"
    )


def _is_heavy(node: ast.Import | ast.ImportFrom) -> bool:
    """One of the heavy libraries, or a folder of ours that loads one at its top."""
    if _imported(node) != {"samloft"}:
        return _imported(node) <= HEAVY
    if isinstance(node, ast.Import):
        return False
    folder = ROOT.joinpath(*(node.module or "").split(".")).parent
    return folder != PACKAGE and any(
        _imported(inner) <= HEAVY
        for path in folder.glob("*.py")
        for inner in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(inner, ast.Import | ast.ImportFrom)
    )


def _imported(node: ast.Import | ast.ImportFrom) -> set[str]:
    if isinstance(node, ast.ImportFrom):
        return {(node.module or "").split(".")[0]}
    return {alias.name.split(".")[0] for alias in node.names}


def test_nothing_is_left_to_be_done_in_a_comment() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    left = [
        shown(path, number)
        for path in [*python_files(), *templates()]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if marks.search(line)
    ]
    assert not left, f"Do it, or file an issue: {left}"


def test_no_test_lets_itself_off() -> None:
    """What a test needs is installed by ./test; a real component that is missing must be seen."""
    excuse = re.compile(r"pytest\.(skip|xfail|importorskip)\b|mark\.(skip|xfail)")
    found = [
        shown(path, number)
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if excuse.search(line) and "re.compile" not in line
    ]
    assert not found, f"Let these tests run, or remove them: {found}"


def test_templates_keep_the_strict_content_security_policy() -> None:
    broken = [
        f"{shown(path, number)}: {advice}"
        for path in templates()
        if path.name not in SENT_AS_A_FILE
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for pattern, advice in INLINE
        if pattern.search(line)
    ]
    assert not broken, "\n".join(broken)


@pytest.mark.django_db
@override_settings(MIGRATION_MODULES={})  # without, the quick run knows of none
def test_no_migration_is_missing() -> None:
    told = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=told, stderr=told)
    except SystemExit:
        pytest.fail(f"Run `.venv/bin/samloft manage makemigrations -n what_it_does`:\n{told.getvalue()}")


@override_settings(MIGRATION_MODULES={})
def test_the_migrations_of_an_app_stand_in_one_line() -> None:
    conflicts = MigrationLoader(None).detect_conflicts()
    assert not conflicts, f"Make the later of these anew on top of the other: {conflicts}"


def test_migrations_say_what_they_do() -> None:
    unnamed = [shown(path) for path in migrations() if re.search(r"_auto_|_and_more", path.stem)]
    assert not unnamed, f"Rename these after what they do: {unnamed}"


def test_migrations_import_no_code_of_ours() -> None:
    """Code changes; a migration must mean the same for ever."""
    wrong = [
        shown(path, node.lineno)
        for path in migrations()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom) and "samloft" in _imported(node)
    ]
    assert not wrong, f"Write out what these migrations need from our code: {wrong}"


def test_every_app_has_a_place_in_the_layers() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = set(re.findall(r"samloft\.(\w+)", " ".join(contracts[0]["layers"])))
    missing = {path.parent.name for path in PACKAGE.glob("*/__init__.py")} - layers
    assert not missing, f"Give these a layer in pyproject.toml, [tool.importlinter]: {missing}"


def test_every_dependency_says_why_it_is_there() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)
    names = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    silent = [name for name in names if not re.search(rf'"{re.escape(name)}",\s+# \w', text)]
    assert not silent, f"Say in a comment why these are there: {silent}"


def test_the_lock_files_agree_with_each_other_and_with_what_we_ask_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    run, dev = (dict(_pinned(ROOT / name)) for name in ("requirements.lock", "requirements-dev.lock"))
    advice = "run bin/lock"
    for asked in project["project"]["dependencies"]:
        assert _name(asked) in run, f"{asked} is in pyproject.toml but not in requirements.lock: {advice}"
    for asked in project["dependency-groups"]["dev"]:
        assert _name(asked) in dev, f"{asked} is in pyproject.toml but not in requirements-dev.lock: {advice}"
        assert _name(asked) not in run, f"{asked} is for tests and does not belong in requirements.lock: {advice}"
    assert run.items() <= dev.items(), f"The lock files name different versions: {advice}"


def _pinned(lock: Path) -> Iterator[tuple[str, str]]:
    for line in lock.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([A-Za-z0-9._-]+)==([^ ;\\]+)", line):
            yield match[1].lower(), match[2]


def _name(requirement: str) -> str:
    return re.split(r"[\[<>=!~; ]", requirement)[0].lower().replace("_", "-")


def test_the_lock_files_hold_no_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        assert "://" not in (ROOT / name).read_text(encoding="utf-8"), (
            f"{name} must hold hashes only: run bin/lock"
        )
