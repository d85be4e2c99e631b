"""`samloft document programme-description`: which document it writes, and how it ends."""

from pathlib import Path

import pytest

from samloft.config.cli import main
from samloft.programmes.actions import description_chapters, steps
from samloft.programmes.models import ChapterKey
from tests.cast import Cast
from tests.programmes import describing
from tests.programmes.describing import Described


@pytest.fixture
def described(cast: Cast) -> Described:
    return describing.make(cast)


def run(file: Path, *words: str, ending: str = "html", programme: str = "elvestad") -> int:
    options = ["--programme", programme, "--format", ending, "--output", str(file)]
    return main(["document", "programme-description", *options, *words])


@pytest.mark.parametrize(("ending", "begins"), [("pdf", b"%PDF"), ("docx", b"PK"), ("html", b"<!DOCTYPE html>")])
def test_it_is_written_in_each_format(described: Described, tmp_path: Path, ending: str, begins: bytes) -> None:
    describing.adopt(described)
    file = tmp_path / f"beskrivelse.{ending}"
    assert run(file, ending=ending) == 0
    assert file.read_bytes().startswith(begins)


def test_what_nobody_has_adopted_is_written_as_a_draft(described: Described, tmp_path: Path) -> None:
    file = tmp_path / "beskrivelse.html"
    assert run(file) == 0
    assert "Utkast" in file.read_text("utf-8")


def test_the_latest_edition_is_written_unless_another_is_asked_for(described: Described, tmp_path: Path) -> None:
    cast, file = described.cast, tmp_path / "beskrivelse.html"
    describing.adopt(described)
    steps.revise(document=described.description, reason="Nytt", by=cast.programme_leader)
    description_chapters.write(
        chapter=described.chapter(ChapterKey.STRATEGIES),
        text="Nye veier.",
        version=None,
        by=cast.programme_leader,
    )
    assert run(file) == 0
    assert "Nye veier." not in file.read_text("utf-8")
    describing.adopt(described, on=describing.ADOPTED_ON.replace(year=2026))
    assert run(file) == 0
    assert "Utgave 2" in file.read_text("utf-8")
    assert "Nye veier." in file.read_text("utf-8")
    assert run(file, "--edition", "1", "--language", "nn") == 0
    assert "Utgåve 1" in file.read_text("utf-8")
    assert "Nye veier." not in file.read_text("utf-8")


@pytest.mark.parametrize(
    "words",
    [["--edition", "1"], ["--programme", "asmark"], ["--programme", "finnes-ikke"], ["--language", "en"]],
)
def test_what_does_not_exist_ends_with_64(
    described: Described, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    file = tmp_path / "beskrivelse.html"
    assert run(file, *words) == 64
    assert not file.exists()
    assert capsys.readouterr().err.strip()
