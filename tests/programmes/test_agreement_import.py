"""One agreement as one file: read, entered, entered again; and what is wrong is told by line."""

import json
import re
from pathlib import Path
from types import UnionType
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from samloft.accounts.models import Organisation
from samloft.config.cli.frame import main
from samloft.core.files.yaml_text import YamlRefused, read_yaml
from samloft.programmes.agreement_file import AgreementFile
from samloft.programmes.models import Agreement, Condition, Decision, Obligation, OverarchingPlan, Proof
from tests.cast import Cast
from tests.house.sources import ROOT

FILE = """
programme: elvestad
title: Avtale om Elvestad
signed: 2024-06-10
first_year: 2024
duration_years: 5
may_be_extended: ja
areas: [Elvestad sentrum, Nordbyen]
focus_areas: [Arbeid, Kultur]
parties:
  - organisation: Prøvedepartementet
    role: Staten
  - organisation: Elvestad kommune
  - organisation: Nabolagets venner
    kind: voluntary
decisions:
  - title: Avtalen
    body: Kommunestyret
    date: 2024-05-01
    unanimous: ja
    follow_up:
      - text: Legg fram en plan
        due: 2024-12-01
obligations:
  - text: Lage en beskrivelse
    kind: document
    owed_by: [Elvestad kommune]
    rhythm: once
    due: 2024-12-31
    fulfilled_when: adopted
    proof:
      - event: adopted
        date: 2025-02-11
        decision: Avtalen
  - text: Møtes
    kind: meeting
    owed_by:
      - Prøvedepartementet
      - party: Elvestad kommune
        max_times: 2
    rhythm: times_a_year
    times: {max: 6}
    proof:
      - {event: done, date: 2025-03-01, meeting: Vårmøtet, period: 2025}
    deviations:
      - {date: 2024-12-01, agreed_with: Prøvedepartementet, reason: Ingen møter det første året, period: 2024}
conditions:
  - kind: not_ordinary_operations
    text: Ikke til drift
reservations:
  - text: Med forbehold om budsjettet
related:
  - {kind: sister, title: Satsingen i nord, first_year: 2020, last_year: 2028}
extensions:
  - {signed: 2026-01-15, valid_to: 2030-12-31}
plans:
  - title: Samfunnsdelen
    kind: societal
    goals: [Gode levekår]
    uptake:
      - {state: adopted, place: Kapittel 2}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "avtale.yaml"
    path.write_text(FILE, encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any]:
    status = main(["import-agreement", *(str(word) for word in words), "--json"])
    return status, json.loads(capsys.readouterr().out)


def test_a_file_becomes_an_agreement_with_all_that_it_says(
    cast: Cast, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, told = run(capsys, file)
    assert (status, told["added"], told["changed"]) == (0, 15, 0)
    agreement = Agreement.objects.get(title="Avtale om Elvestad")
    assert [str(area) for area in agreement.areas.all()] == ["Elvestad sentrum", "Nordbyen"]
    assert Organisation.objects.get(name="Nabolagets venner").kind == "voluntary"
    assert agreement.parties.count() == 3
    assert agreement.extensions.get().valid_to.year == 2030
    assert (
        Obligation.objects.get(text="Møtes").owed_by.get(max_times=2).party.organisation.name == "Elvestad kommune"
    )
    assert Proof.objects.count() == 2
    assert Decision.objects.get(title="Avtalen").follow_up_points.get().due_on is not None
    assert OverarchingPlan.objects.get().goals.get().text == "Gode levekår"


def test_entering_it_again_changes_nothing_and_a_correction_changes_one_thing(
    cast: Cast, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = run(capsys, file)[1]
    second = run(capsys, file)[1]
    assert (second["added"], second["changed"], second["unchanged"]) == (0, 0, first["added"])
    file.write_text(FILE.replace("role: Staten", "role: Departementet"), encoding="utf-8")
    third = run(capsys, file)[1]
    assert (third["added"], third["changed"]) == (0, 1)
    assert Proof.objects.count() == 2


def test_what_is_recorded_besides_the_file_stays_and_is_told(
    cast: Cast, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, file)
    Condition.objects.create(agreement=Agreement.objects.get(), kind="other", text="Skrevet for hånd")
    assert run(capsys, file)[1]["not_in_file"] == ["Skrevet for hånd"]
    assert Condition.objects.filter(text="Skrevet for hånd").exists()


@pytest.mark.parametrize(
    ("find", "put", "words"),
    [
        ("kind: meeting", "kind: meetign", "document, report, meeting"),
        ("due: 2024-12-31", "due: 31.12.2024", "2026-01-31"),
        ("rhythm: once", "rythm: once", "rythm"),
        ("title: Avtale om Elvestad", "title:", "title"),
    ],
)
def test_what_is_wrong_is_told_by_line_and_nothing_is_stored(
    cast: Cast, file: Path, capsys: pytest.CaptureFixture[str], find: str, put: str, words: str
) -> None:
    file.write_text(FILE.replace(find, put, 1), encoding="utf-8")
    status, told = run(capsys, file)
    assert status == 2
    assert f"Linje {FILE[: FILE.index(find)].count(chr(10)) + 1}" in told["error"]
    assert words in told["error"]
    assert not Agreement.objects.exists()


@pytest.mark.parametrize(
    ("find", "put", "words"),
    [
        ("    kind: voluntary\n", "", "Nabolagets venner"),
        ("owed_by: [Elvestad kommune]", "owed_by: [Åsmark kommune]", "Åsmark kommune"),
        ("decision: Avtalen", "decision: Et annet", "Et annet"),
        (", period: 2025", "", "period"),
    ],
)
def test_a_part_that_is_against_the_rules_is_named_and_all_is_taken_back(
    cast: Cast, file: Path, capsys: pytest.CaptureFixture[str], find: str, put: str, words: str
) -> None:
    file.write_text(FILE.replace(find, put, 1), encoding="utf-8")
    status, told = run(capsys, file)
    assert status == 2
    assert words in told["error"]
    assert not Agreement.objects.exists()
    assert not Decision.objects.exists()


def test_an_unknown_programme_and_a_missing_file_are_told(
    cast: Cast, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, tmp_path / "none.yaml")[0] == 2
    file.write_text(FILE.replace("programme: elvestad", "programme: nowhere"), encoding="utf-8")
    assert run(capsys, file)[0] == 64


@pytest.mark.parametrize("text", ["", "- a", "a: *b", "a: [", "\0", "programme: 1\nprogramme: 2"])
def test_files_that_are_no_agreement_are_refused(text: str) -> None:
    with pytest.raises(YamlRefused):
        read_yaml(text.encode(), AgreementFile)


def test_every_field_is_documented() -> None:
    text = (ROOT / "docs/how-to/write-an-agreement-file.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`([a-z_]+)`", text))
    fields = _fields(AgreementFile)
    assert not fields - documented, (
        f"Document these in docs/how-to/write-an-agreement-file.md: {fields - documented}"
    )


def _fields(model: type[BaseModel]) -> set[str]:
    found = set()
    for name, info in model.model_fields.items():
        found.add(info.alias or name)
        for inner in _models(info.annotation):
            found |= _fields(inner)
    return found


def _models(annotation: Any) -> set[type[BaseModel]]:
    if isinstance(annotation, type) and not isinstance(annotation, UnionType) and not get_args(annotation):
        return {annotation} if issubclass(annotation, BaseModel) else set()
    return set().union(*(_models(inner) for inner in get_args(annotation)))
