"""The documents tell of everything there is, and of nothing else."""

import re

from django.apps import apps

from samloft.config.cli.commands import COMMANDS
from samloft.core.cli import results
from tests.house.sources import ROOT, python_files, shown, templates

OPERATIONS = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
GLOSSARY = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")

# Parts of a record that people see and name only together with it.
NO_CONCEPT_OF_THEIR_OWN = {"AuditAbout", "AuditHead"}


def test_every_setting_is_documented() -> None:
    used = {
        name
        for path in python_files()
        for name in re.findall(r"\bSAMLOFT_[A-Z_]+\b", path.read_text(encoding="utf-8"))
    }
    documented = set(re.findall(r"^\| `(SAMLOFT_[A-Z_]+)`", OPERATIONS, re.M))
    assert used == documented, f"Bring the table of settings in docs/operations.md in step: {used ^ documented}"


def test_every_command_is_documented() -> None:
    documented = set(re.findall(r"^\| `samloft ([a-z-]+)", OPERATIONS, re.M))
    there = {entry.name for entry in COMMANDS}
    assert there == documented, f"Bring the table of commands in docs/operations.md in step: {there ^ documented}"


def test_every_exit_status_is_documented() -> None:
    documented = {int(status) for status in re.findall(r"^\| (\d+) \|", OPERATIONS, re.M)}
    assert documented == {
        results.DONE,
        results.FINDINGS,
        results.INPUT_REFUSED,
        results.WRONG_USAGE,
        results.OUR_FAULT,
    }


def test_every_model_is_a_concept_of_the_glossary() -> None:
    models = {
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("samloft.") and model.__name__ not in NO_CONCEPT_OF_THEIR_OWN
    }
    missing = sorted(name for name in models if not re.search(rf"\b{name}\b", GLOSSARY))
    assert not missing, f"Add a row to docs/glossary.md for each of these: {missing}"


def test_every_decision_record_that_the_code_points_at_is_there() -> None:
    there = {int(path.name.split("-")[0]) for path in (ROOT / "docs/decisions").glob("[0-9]*.md")}
    dangling = [
        f"{shown(path)}: ADR {number}"
        for path in [*python_files(), *templates()]
        for number in re.findall(r"\bADR (\d+)", path.read_text(encoding="utf-8"))
        if int(number) not in there
    ]
    assert not dangling, f"Write these in docs/decisions/, or mend the number: {dangling}"


def test_links_between_the_documents_lead_somewhere() -> None:
    broken = [
        f"{shown(path)}: {target}"
        for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").rglob("*.md")]
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]
    assert not broken, f"Mend these links: {broken}"
