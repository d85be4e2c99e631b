"""`samloft import-statistics`: the contract that scripts rely on."""

import json
from pathlib import Path
from typing import Any

import pytest

from samloft.config.cli import main
from samloft.indicators.models import Direction, ImportState, Indicator, Observation, StatisticsImport
from samloft.places.models import Area, AreaKind
from tests.cast import Cast
from tests.indicators.reading.stat_files import Stat, written

KEYS = {"dimensions", "mapping", "observations", "missing", "problems"}
ZONES = {"Sone": ["9001-1", "9001-2"], "Tid": ["2023", "2024"]}


@pytest.fixture
def places(cast: Cast) -> None:
    Indicator.objects.create(key="low_income", unit="%", direction=Direction.HIGHER_IS_WORSE)
    for code in ZONES["Sone"]:
        Area.objects.create(
            kind=AreaKind.ZONE, code=code, name=f"Sone {code}", municipality=cast.programme.municipality
        )


def stat(values: list[Any], dimensions: dict[str, list[str]] = ZONES) -> Any:
    table = Stat(dimensions, {})
    return written(Stat(dimensions, dict(zip(table.places, values, strict=True))))


def saved(folder: Path, content: Any, name: str = "table.json") -> str:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(path)


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    status = main(["import-statistics", *words, "--json"])
    return status, json.loads(capsys.readouterr().out)


COMPLETE = "indicator: {key: low_income}\n"


def test_a_complete_file_is_described_and_nothing_is_stored(
    places: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = saved(tmp_path, stat([12.5, ":", None, 0]))
    status, data = run(capsys, file, "--mapping", saved(tmp_path, COMPLETE, "m.yaml"))

    assert status == 0
    assert set(data) == KEYS
    assert data["dimensions"] == [
        {"id": "Sone", "label": "sone", "size": 2, "role": None},
        {"id": "Tid", "label": "tid", "size": 2, "role": None},
    ]
    assert (data["observations"], data["missing"], data["problems"]) == (2, {":": 1, "unknown": 1}, [])
    assert data["mapping"] == {
        "area": {"dimension": "Sone"},
        "period": {"dimension": "Tid"},
        "indicator": {"key": "low_income"},
    }
    assert not StatisticsImport.objects.exists()


def test_an_incomplete_mapping_ends_with_1_and_says_what_is_missing(
    places: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, data = run(capsys, saved(tmp_path, stat([1, 2, 3, 4])), "--accept")

    assert (status, set(data), data["observations"]) == (1, KEYS, 4)
    assert [set(problem) for problem in data["problems"]] == [{"where", "message"}]
    assert not StatisticsImport.objects.exists()


@pytest.mark.django_db
def test_a_file_far_from_ours_is_described_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = saved(tmp_path, stat([1, None], {"Fartøy": ["tråler"], "Fisk": ["torsk", "sei"]}))
    status, data = run(capsys, file)

    assert (status, data["observations"], data["missing"]) == (1, 1, {"unknown": 1})
    assert [dimension["size"] for dimension in data["dimensions"]] == [1, 2]
    assert data["problems"]


def test_the_mapping_that_is_printed_can_be_used_as_it_is(
    places: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = saved(tmp_path, stat([1, 2, 3, 4]))
    _status, first = run(capsys, file, "--mapping", saved(tmp_path, COMPLETE, "m.yaml"))
    again = run(capsys, file, "--mapping", saved(tmp_path, first["mapping"], "again.yaml"))

    assert again == (0, first)


def test_accepted_figures_are_stored_once_and_again_changes_nothing(
    places: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [
        saved(tmp_path, stat([12.5, ":", "..", 0])),
        "--mapping",
        saved(tmp_path, COMPLETE, "m.yaml"),
        "--accept",
    ]
    assert run(capsys, *words)[0] == 0

    figures = Observation.objects.in_use().order_by("area__code", "period")
    before = list(figures.values_list("area__code", "period", "year", "value", "missing", "revision"))
    assert before == [
        ("9001-1", "2023", 2023, 12.5, "", 1),
        ("9001-1", "2024", 2024, None, ":", 1),
        ("9001-2", "2023", 2023, None, "..", 1),
        ("9001-2", "2024", 2024, 0, "", 1),
    ]

    assert run(capsys, *words)[0] == 0
    assert Observation.objects.count() == 4
    assert StatisticsImport.objects.latest("pk").added == 0


def test_a_changed_figure_is_a_new_revision_and_the_old_one_is_kept(
    places: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mapping = saved(tmp_path, COMPLETE, "m.yaml")
    for values in ([1, 2, 3, 4], [1, 2.5, ":", 4]):
        assert run(capsys, saved(tmp_path, stat(values)), "--mapping", mapping, "--accept")[0] == 0

    assert Observation.objects.count() == 6
    in_use = Observation.objects.in_use().order_by("area__code", "period")
    assert list(in_use.values_list("value", "revision")) == [(1, 1), (2.5, 2), (None, 2), (4, 1)]
    last = StatisticsImport.objects.latest("pk")
    assert (last.state, last.added, last.revised) == (ImportState.VISIBLE, 0, 2)


def test_figures_with_an_owner_belong_to_the_municipality(
    places: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mapping = saved(tmp_path, COMPLETE + "owner: 9001\nsource: Elvestad kommune\nlicence: NLOD\n", "m.yaml")
    assert run(capsys, saved(tmp_path, stat([1, 2, 3, 4])), "--mapping", mapping, "--accept")[0] == 0

    batch = StatisticsImport.objects.get()
    assert batch.municipality and batch.municipality.code == "9001"
    assert (batch.source, batch.licence, batch.content.size > 0) == ("Elvestad kommune", "NLOD", True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content", ["", "{", "[1, 2", "<html>", '{"class": "dimension"}', '{"value": [NaN]}', "a;b\nc;d\n"]
)
def test_an_unreadable_file_ends_with_2_and_one_json_value(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, data = run(capsys, saved(tmp_path, content))

    assert status == 2
    assert set(data) == {"error"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "mapping", ["region: x", "area: [1]", "name: [", "period: {value: i fjor}", "owner: 0000\n"]
)
def test_a_mapping_that_cannot_be_read_ends_with_2_and_says_the_line(
    mapping: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, data = run(capsys, saved(tmp_path, stat([1] * 4)), "--mapping", saved(tmp_path, mapping, "m.yaml"))

    assert status == 2
    assert "linje 1" in data["error"].lower() or "0000" in data["error"]


@pytest.mark.django_db
@pytest.mark.parametrize("words", [[], ["no-such-file.json"], ["x", "y"], ["x", "--mappin", "y"]])
def test_wrong_words_and_missing_files_are_told_apart(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    status, data = run(capsys, *words)

    assert status == (2 if words == ["no-such-file.json"] else 64)
    assert set(data) == {"error"}


def test_people_are_told_in_words(places: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["import-statistics", saved(tmp_path, stat([12.5, ":", 1, 0]))]
    assert main(words) == 1
    told = capsys.readouterr().out

    assert "Tall: 3" in told
    assert "Å ta stilling til" in told
    assert "Ingenting er lagret." in told
    assert main([*words, "--mapping", saved(tmp_path, COMPLETE, "m.yaml"), "--accept"]) == 0
    assert "Lagret: 4 nye tall, 0 endret." in capsys.readouterr().out
