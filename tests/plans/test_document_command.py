"""`samloft document action-plan`: which document it writes, and how it ends."""

from pathlib import Path

import pytest

from samloft.config.cli import main
from samloft.plans.models import ActionPlan
from tests.cast import Cast
from tests.plans import drafting, elvestad


@pytest.fixture
def plan(cast: Cast) -> ActionPlan:
    return drafting.whole(cast)


def run(file: Path, *words: str, year: int = 2026, ending: str = "html") -> int:
    options = ["--programme", "elvestad", "--year", str(year), "--format", ending, "--output", str(file)]
    return main(["document", "action-plan", *options, *words])


@pytest.mark.parametrize(("ending", "begins"), [("pdf", b"%PDF"), ("docx", b"PK"), ("html", b"<!DOCTYPE html>")])
def test_the_draft_is_written_in_each_format(plan: ActionPlan, tmp_path: Path, ending: str, begins: bytes) -> None:
    file = tmp_path / f"plan.{ending}"
    assert run(file, ending=ending) == 0
    assert file.read_bytes().startswith(begins)
    assert list(tmp_path.iterdir()) == [file]


def test_a_plan_that_nobody_has_adopted_is_marked_as_a_draft(plan: ActionPlan, tmp_path: Path) -> None:
    assert run(tmp_path / "plan.html") == 0
    assert "Utkast" in (tmp_path / "plan.html").read_text("utf-8")


def test_the_latest_edition_comes_before_the_draft_that_revises_it(cast: Cast, tmp_path: Path) -> None:
    made = elvestad.make(cast)
    elvestad.adopt(made)
    file = tmp_path / "plan.html"
    assert run(file, year=2025) == 0
    assert (
        "Utgave 1" in file.read_text("utf-8")
        and "document-mark" not in file.read_text("utf-8").split("</style>")[1]
    )
    assert run(file, "--edition", "1", "--language", "nn", year=2025) == 0
    assert 'lang="nn"' in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ([], 2031),
        (["--edition", "1"], 2026),
        (["--programme", "finnes-ikke"], 2026),
        (["--language", "en"], 2026),
        (["--format", "odt"], 2026),
    ],
)
def test_what_does_not_exist_ends_with_64(
    plan: ActionPlan, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], year: int
) -> None:
    file = tmp_path / "plan.html"
    assert run(file, *words, year=year) == 64
    assert not file.exists() and capsys.readouterr().err.strip()


def test_a_file_that_cannot_be_written_is_said_in_words(
    plan: ActionPlan, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path / "finnes" / "ikke" / "plan.html") == 64
    assert str(tmp_path) in capsys.readouterr().err


def test_what_stood_in_the_file_stays_when_the_plan_is_not_found(plan: ActionPlan, tmp_path: Path) -> None:
    file = tmp_path / "plan.html"
    file.write_text("Gammel plan")
    assert run(file, year=2031) == 64
    assert file.read_text() == "Gammel plan"
