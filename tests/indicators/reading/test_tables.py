"""F3: CSV and Excel in the shapes that Norwegian statistics come in."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from samloft.core.files.refusals import FileRefused
from samloft.indicators.reading import Cube, Hints, Problems, count, open_statistics
from tests.indicators.reading.stat_files import by_code, source_of


def csv(text: str, hints: Hints | None = None, encoding: str = "utf-8") -> Cube:
    return open_statistics(source_of(text.encode(encoding), "t.csv"), hints=hints or Hints())


def workbook(*sheets: Sequence[Sequence[Any]], formats: dict[str, str] | None = None) -> bytes:
    book = Workbook()
    for number, rows in enumerate(sheets):
        sheet = book.active if number == 0 else book.create_sheet()
        sheet.title = f"Ark {number + 1}"
        for row in rows:
            sheet.append(list(row))
        for cell, form in (formats or {}).items():
            sheet[cell].number_format = form
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx(*sheets: Sequence[Sequence[Any]], choice: str = "", formats: dict[str, str] | None = None) -> Cube:
    return open_statistics(source_of(workbook(*sheets, formats=formats), "t.xlsx"), choice)


def shape(cube: Cube) -> list[tuple[str, list[str]]]:
    return [(dimension.id, list(dimension.codes)) for dimension in cube.dimensions]


LONG = {("Mysen", "2022"): 12.5, ("Mysen", "2023"): ":", ("Askim", "2022"): 1250, ("Askim", "2023"): 0}


@pytest.mark.parametrize(
    "text",
    [
        "Sone;År;Andel\nMysen;2022;12,5\nMysen;2023;:\nAskim;2022;1 250\nAskim;2023;0\n",
        "Sone;År;Andel\r\nMysen;2022;12,5\r\nMysen;2023;:\r\nAskim;2022;1\u00a0250\r\nAskim;2023;0",
        '"Sone","År","Andel"\n"Mysen","2022",12.5\n"Mysen","2023",":"\n"Askim","2022",1250\n"Askim","2023",0\n',
        "Sone\tÅr\tAndel\nMysen\t2022\t12,5\nMysen\t2023\t:\nAskim\t2022\t1 250\nAskim\t2023\t0\n",
        "sep=;\nSone;År;Andel\nMysen;2022;12,5\nMysen;2023;:\nAskim;2022;1 250\nAskim;2023;0\n",
        "\n\nLevekår\n\nSone;År;Andel\nMysen;2022;12,5\n;2023;:\nAskim;2022;1 250\n;2023;0\n\nKilde: vi\n",
        "Sone;2022;2023\nMysen;12,5;:\nAskim;1 250;0\n",
        ";2022;2023\nMysen;12,5;:\nAskim;1 250;0\n;;\n* foreløpige tall;;\n",
        "Tittel;;\n\n;Andel;\nSone;2022;2023\nMysen;12,5;:\nAskim;1 250;0\n",
        "Sone;Andel 2022;Andel 2023\nMysen;12,5;:\nAskim;1 250;0\n",
    ],
    ids=range(10),
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_same_table_is_read_from_every_way_to_write_it(text: str, encoding: str) -> None:
    cube = csv(text, encoding=encoding)
    problems = Problems()

    assert by_code(cube, problems) == LONG
    assert problems.all() == []
    assert count(cube, Problems()).missing == {":": 1}
    assert [d.role for d in cube.dimensions] == [None, "time"]


def test_several_figures_in_a_row_become_a_dimension() -> None:
    cube = csv("Region;Alder;Antall;Andel\n3118;0-17 år;100;12,5\n3118;18-66 år;300;-\n")

    assert shape(cube) == [
        ("Region", ["3118"]),
        ("Alder", ["0-17 år", "18-66 år"]),
        ("Innhold", ["Antall", "Andel"]),
    ]
    assert by_code(cube)["3118", "18-66 år", "Andel"] == "-"


def test_headings_in_several_levels_become_dimensions() -> None:
    cube = xlsx(
        [
            ["07459: Folkemengde, etter region, statistikkvariabel og år"],
            [],
            ["", "", "Personer", "", "Andel", ""],
            ["", "", 2022, 2023, 2022, 2023],
            ["K-3118 Indre Østfold", "Menn", 100, 110, 12.5, ".."],
            ["", "Kvinner", 90, "..", 13, 14],
            ["K-3107 Fredrikstad", "Menn", 1, 2, 3, 4],
            ["", "Kvinner", 5, 6, 7, 8],
            [],
            ["Personer:"],
            ["Folketallet 1. januar 2022"],
            ["Kilde:", ""],
        ]
    )

    assert shape(cube)[2:] == [("Innhold", ["Personer", "Andel"]), ("Tid", ["2022", "2023"])]
    assert cube.about.table == "07459"
    found = by_code(cube)
    assert found["K-3118 Indre Østfold", "Kvinner", "Personer", "2023"] == ".."
    assert found["K-3107 Fredrikstad", "Kvinner", "Andel", "2022"] == 7
    assert len(found) == 16


def test_a_column_of_codes_and_one_of_their_names_are_one_dimension() -> None:
    cube = csv("Kommunenr;Kommune;År;Antall\n3118;Indre Østfold;2022;5\n3107;Fredrikstad;2022;6\n")

    assert shape(cube) == [("Kommunenr", ["3118", "3107"]), ("År", ["2022"])]
    assert cube.dimensions[0].labels == ("Indre Østfold", "Fredrikstad")


def test_codes_that_go_by_two_names_stay_two_columns() -> None:
    cube = csv("Sonekode;Sone;År;Antall\n1;Nord;2022;5\n1;Sør;2023;6\n")

    assert [name for name, _codes in shape(cube)] == ["Sonekode", "Sone", "År"]


def test_a_person_can_say_which_columns_hold_figures() -> None:
    text = "Trinn;År;Antall\n5;2022;10\n8;2022;20\n"

    assert [name for name, _codes in shape(csv(text))] == ["År", "Innhold"]
    assert [name for name, _codes in shape(csv(text, Hints(figure_headings=("Antall",))))] == ["Trinn", "År"]


def test_a_figure_that_can_be_read_in_two_ways_is_asked_about() -> None:
    text = "Sone;År;Antall\nMysen;2022;1.250\nAskim;2022;300\n"
    problems = Problems()
    counts = count(csv(text), problems)

    assert (counts.present, problems.count) == (1, 1)
    assert problems.told[0].where.text == "Rad 2, kolonne 3"
    assert "1.250" in problems.told[0].message.text
    assert by_code(csv(text, Hints(decimal=",")))["Mysen", "2022"] == 1250
    assert by_code(csv(text, Hints(decimal=".")))["Mysen", "2022"] == 1.25


def test_another_figure_in_the_file_can_prove_the_mark() -> None:
    cube = csv("Sone;År;Antall\nMysen;2022;1.250\nAskim;2022;1.250.000\n")

    assert by_code(cube)["Mysen", "2022"] == 1250


def test_contradicting_proofs_settle_nothing() -> None:
    problems = Problems()
    cube = csv("Sone;År;Antall\nMysen;2022;1.250\nAskim;2022;12.5\nTrøgstad;2022;12,5\n")

    assert count(cube, problems).present == 2
    assert problems.count == 1


def test_errors_say_sheet_row_and_cell() -> None:
    problems = Problems()
    cube = xlsx([["Sone", "År", "Andel"], ["Mysen", 2022, "omtrent 5"], ["Askim", 2022, "#REF!"], ["X", 2022, 5]])

    assert count(cube, problems).present == 1
    assert [about.where.text for about in problems.told] == [
        "Ark «Ark 1», rad 2, celle C2",
        "Ark «Ark 1», rad 3, celle C3",
    ]


def test_a_row_that_does_not_say_what_it_is_about_is_told() -> None:
    problems = Problems()
    cube = csv("Sone;År;Andel\nMysen;2022;5\nAskim;;6\nTrøgstad;2022;7\n")

    assert count(cube, problems).present == 2
    assert (problems.told[0].where.text, problems.count) == ("Rad 3, kolonne 2", 1)


def test_the_same_figure_twice_is_told_and_counted_once() -> None:
    problems = Problems()
    cube = csv("Sone;År;Andel\nMysen;2022;5\nMysen;2022;6\n")

    assert count(cube, problems).present == 1
    assert problems.count == 1


def test_an_empty_cell_is_missing_and_not_zero() -> None:
    cube = csv("Sone;2022;2023\nMysen;5;\nAskim;;\nTrøgstad;0;1\n")

    counts = count(cube, Problems())
    assert (counts.present, counts.missing) == (3, {"unknown": 3})
    assert by_code(cube) == {("Mysen", "2022"): 5, ("Trøgstad", "2022"): 0, ("Trøgstad", "2023"): 1}


def test_excel_shares_and_dates_mean_what_they_show() -> None:
    cube = xlsx(
        [["Sone", "Dato", "Andel"], ["Mysen", date(2024, 1, 1), 0.125], ["X", date(2025, 1, 1), 0.2]],
        formats={"C2": "0.0%"},
    )

    assert by_code(cube) == {("Mysen", "2024-01-01"): 12.5, ("X", "2025-01-01"): 0.2}


def test_one_of_several_sheets_can_be_chosen() -> None:
    first = [["Sone", "År", "Antall"], ["Mysen", 2022, 1]]
    second = [["Sone", "År", "Antall"], ["Mysen", 2022, 2]]

    assert xlsx(first, second).about.choices == ("Ark 1", "Ark 2")
    assert by_code(xlsx(first, second, choice="Ark 2")) == {("Mysen", "2022"): 2}
    with pytest.raises(FileRefused):
        xlsx(first, second, choice="Ark 3")


def test_columns_that_neither_name_nor_count_are_left_out_in_plain_sight() -> None:
    cube = csv("Sone;År;Antall;Merknad\nMysen;2022;5;ny grense\nAskim;2022;6;\n")

    assert cube.about.left_out == ("Merknad",)
    assert [name for name, _codes in shape(cube)] == ["Sone", "År"]


def test_formulas_without_results_are_refused() -> None:
    with pytest.raises(FileRefused, match="formler"):
        xlsx([["Sone", "År", "Antall"], ["Mysen", 2022, "=1+1"]])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"a;b\nc;d\n",
        b";;;;\n;;;;\n",
        b"\x00\x01\x02\x03",
        b"%PDF-1.7",
        b"\x89PNG\r\n\x1a\n",
        b"<!DOCTYPE html><p>5</p>",
        b"<?xml version='1.0'?><a/>",
        b'CHARSET="ANSI";\r\nAXIS-VERSION="2000";\r\nDATA=1 2;',
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100,
        b"PK\x03\x04 not a package",
        b"Sone;2022\nMysen;" + b"5;" * 3_000,
        b"Sone;2022\n" + b"x" * 2_000_000,
        b'Sone;2022\n"Mysen;5\n' + b"y;6\n" * 60_000,
    ],
    ids=range(15),
)
def test_what_is_no_table_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        count(open_statistics(source_of(content)), Problems())

    assert len(refused.value.message) > 10


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        count(open_statistics(source_of(content)), Problems())
    except FileRefused as refused:
        assert refused.message


fields = st.sampled_from(
    ["Sone", "År", "2022", "2023", "12,5", "1.250", ":", "..", "", "Mysen", "x", "0", '"', "1 000"]
)


@given(st.lists(st.lists(fields, max_size=5), max_size=8), st.sampled_from(";,\t"))
def test_any_table_like_text_is_read_or_refused(rows: list[list[str]], mark: str) -> None:
    try:
        cube = csv("\n".join(mark.join(row) for row in rows))
    except FileRefused as refused:
        assert refused.message
        return
    counts = count(cube, Problems())
    assert counts.present >= 0
    assert all(
        0 <= at < d.size
        for f in cube.figures(Problems())
        for at, d in zip(f.positions, cube.dimensions, strict=True)
    )


names = st.text(st.characters(categories=["Lu", "Ll"]), min_size=2, max_size=6)
cells = st.one_of(
    st.sampled_from([":", "..", ".", "-", "..."]),
    st.integers(0, 10**9),
    st.floats(0.01, 1e6).map(lambda n: round(n, 2)),
)


@given(st.data())
def test_a_table_written_long_or_wide_is_read_back(data: st.DataObject) -> None:
    zones = data.draw(st.lists(names, min_size=1, max_size=4, unique=True))
    years = [str(year) for year in range(2015, 2015 + data.draw(st.integers(1, 4)))]
    table = {(zone, year): data.draw(cells) for zone in zones for year in years}

    def written(value: Any) -> str:
        return value if isinstance(value, str) else f"{value:,}".replace(",", "\u00a0").replace(".", ",")

    wide = ["Sone;" + ";".join(years)]
    wide += [zone + "".join(f";{written(table[zone, year])}" for year in years) for zone in zones]
    long = ["Sone;År;Antall", *(f"{zone};{year};{written(value)}" for (zone, year), value in table.items())]

    assert by_code(csv("\n".join(wide))) == table
    assert by_code(csv("\n".join(long))) == table
