"""Files as statistics banks hand them out, with figures that we made up."""

from pathlib import Path

from samloft.indicators.reading import Counts, Problems, count, open_statistics, source_at
from tests.indicators.reading.stat_files import by_code

FILES = Path(__file__).parent / "files"


def test_a_table_in_json_stat_2() -> None:
    cube = open_statistics(source_at(FILES / "low_income_2.0.json"))
    table = by_code(cube)

    assert [(d.id, d.size, d.role) for d in cube.dimensions] == [
        ("Sone", 3, "geo"),
        ("ContentsCode", 2, "metric"),
        ("Tid", 2, "time"),
    ]
    assert count(cube, Problems()) == Counts(9, {"..": 1, ":": 2})
    assert (table["9001-1", "Andel", "2023"], table["9001-2", "Andel", "2022"]) == (12.9, ":")
    assert table["9001-3", "Hushold", "2022"] == 0
    assert (cube.about.table, cube.dimensions[1].units[1]) == ("90001", ("Andel", "prosent"))


def test_two_tables_in_json_stat_1() -> None:
    source = source_at(FILES / "two_tables_1.x.json")
    people, unemployed = open_statistics(source), open_statistics(source, "ledige")

    assert [d.id for d in people.dimensions] == ["år", "kjønn", "kommune"]
    assert people.dimensions[0].codes == ("2023", "2024")
    assert by_code(people)["2023", "M", "9001"] == 2560
    assert count(people, Problems()) == Counts(5, {"...": 1})
    assert count(unemployed, Problems()) == Counts(0, {":": 2})


def test_a_wide_table_in_csv_from_an_older_program() -> None:
    cube = open_statistics(source_at(FILES / "families_wide_cp1252.csv"))
    table, problems = by_code(cube), Problems()

    assert [d.id for d in cube.dimensions] == ["sone", "alder", "Innhold", "Tid"]
    assert count(cube, problems) == Counts(12, {"-": 1, "..": 1, ":": 2})
    assert problems.count == 0
    assert table["9001-1 Elvestad nord", "0-5 år", "Barn", "2022"] == 1204
    assert table["9001-2 Elvestad sør", "6-15 år", "Barn", "2023"] == 97
    assert cube.about.table == "90002"
