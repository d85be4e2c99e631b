"""Excel workbooks, made by openpyxl and, as people make them, with everything in them."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from tests.plans.reading.plans import Told, told

TWO = [("Leksehjelp", 300_000), ("Parkløft", 400_000)]
ROWS: list[list[Any]] = [["Tiltak", "Beløp"], ["Leksehjelp", 300_000], ["Parkløft", 400_000], ["Sum", 700_000]]


def read(rows: list[list[Any]], change: Callable[[Any, Any], None] | None = None, name: str = "b.xlsx") -> Told:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    if change:
        change(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return told(out.getvalue(), name)


def test_numbers_are_read_with_their_sheet_row() -> None:
    plan = read([["Solvika kommune"], [], *ROWS])
    assert (plan.lines, plan.rows, plan.stated, plan.problems) == (TWO, [4, 5], 700_000, [])


def test_text_cells_are_read_as_people_write_them() -> None:
    plan = read(
        [["Tiltak", "Beløp"], ["Leksehjelp", "kr 300 000,-"], ["Parkløft", "0,4 mill."], ["Sum", "700\u00a0000"]]
    )
    assert (plan.lines, plan.problems) == (TWO, [])


@pytest.mark.parametrize(
    "shown", ["0.0,", "#,##0,", '# ##0 "kr"', '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0.0,,"]
)
def test_a_number_is_the_whole_number_however_it_is_shown(shown: str) -> None:
    def format_cells(_book: Any, sheet: Any) -> None:
        for cell in sheet["B"][1:]:
            cell.number_format = shown

    assert read(ROWS, format_cells).lines == TWO


def test_floats_are_read_to_the_ore() -> None:
    plan = read([["Tiltak", "Beløp"], ["A-kurs", 1250.5], ["B-kurs", 300000.1 + 0.2], ["Sum", 301250.8]])
    assert plan.lines == [("A-kurs", 1250.5), ("B-kurs", 300_000.3)]
    assert plan.problems == []


def test_millions_by_the_heading_are_read() -> None:
    assert read([["Tiltak", "Mill. kr"], ["Leksehjelp", 0.3], ["Parkløft", 0.4], ["Sum", 0.7]]).lines == TWO


def test_one_and_a_quarter_without_a_unit_is_asked_about() -> None:
    assert len(read([["Tiltak", "Beløp"], ["Leksehjelp", 1.25], ["Parkløft", 400_000]]).problems) == 1


def test_a_formula_without_its_result_is_a_problem() -> None:
    plan = read([["Tiltak", "Beløp"], ["Leksehjelp", 300_000], ["Parkløft", "=B2+100000"], ["Sum", "=SUM(B2:B3)"]])
    assert plan.lines == [("Leksehjelp", 300_000)]
    assert all("formula" in problem for problem in plan.problems)
    assert plan.places[0] == "Sheet Sheet, row 3, column B"


def test_dates_and_shares_are_no_amounts() -> None:
    def as_share(_book: Any, sheet: Any) -> None:
        sheet["B3"].number_format = "0 %"

    plan = read(
        [["Tiltak", "Beløp"], ["Leksehjelp", 300_000], ["Parkløft", 0.5], ["Kafé", date(2026, 3, 1)]], as_share
    )
    assert plan.lines == [("Leksehjelp", 300_000)]
    assert len(plan.problems) == 2


def test_a_share_column_beside_the_budget_is_left() -> None:
    def as_share(_book: Any, sheet: Any) -> None:
        for cell in sheet["C"][1:]:
            cell.number_format = "0 %"

    plan = read(
        [
            ["Tiltak", "Budsjett 2026", "Andel"],
            ["Leksehjelp", 300_000, 0.43],
            ["Parkløft", 400_000, 0.57],
            ["Sum", 700_000, 1],
        ],
        as_share,
    )
    assert (plan.lines, plan.problems) == (TWO, [])


def test_merged_areas_hold_for_every_row_they_cover() -> None:
    def merge(_book: Any, sheet: Any) -> None:
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("A5:B5")

    rows = [
        ["Innsatsområde", "Tiltak", "Kr"],
        ["Oppvekst", "Leksehjelp", 300_000],
        [None, "Parkløft", 400_000],
        ["Arbeid", "Kafé", 10_000],
        ["Totalt", None, 710_000],
    ]
    plan = read(rows, merge)
    assert plan.areas == ["Oppvekst", "Oppvekst", "Arbeid"]
    assert (plan.stated, plan.problems) == (710_000, [])


def test_one_amount_merged_over_two_measures_is_asked_about() -> None:
    def merge(_book: Any, sheet: Any) -> None:
        sheet.merge_cells("B2:B3")

    assert any(
        "merged" in problem
        for problem in read(
            [["Tiltak", "Kr"], ["Leksehjelp", 300_000], ["Parkløft", None], ["Kafé", 5_000]], merge
        ).problems
    )


def test_the_budget_sheet_is_found_among_others() -> None:
    def more(book: Any, sheet: Any) -> None:
        sheet.title = "Budsjett 2026"
        for title, rows in {
            "Regnskap 2025": [["Tiltak", "Beløp"], ["Leksehjelp", 250_000], ["Parkløft", 250_000]],
            "Kontaktliste": [["Navn", "Telefon"], ["Programleder", 69681000]],
            "Milepæler": [["Milepæl", "Frist"], ["Oppstart", date(2026, 1, 1)]],
        }.items():
            other = book.create_sheet(title, 0)
            for row in rows:
                other.append(row)

    plan = read(ROWS, more)
    assert (plan.lines, plan.problems) == (TWO, [])


def test_a_sheet_per_focus_area_is_one_budget() -> None:
    def more(book: Any, sheet: Any) -> None:
        sheet.title = "Oppvekst"
        other = book.create_sheet("Arbeid")
        for row in [["Tiltak", "Beløp"], ["Sommerjobb", 50_000], ["Sum", 50_000]]:
            other.append(row)

    plan = read(ROWS, more)
    assert plan.by_area == {"Leksehjelp": "Oppvekst", "Parkløft": "Oppvekst", "Sommerjobb": "Arbeid"}
    assert plan.problems == []


def test_hidden_rows_columns_and_sheets_are_not_read_in_silence() -> None:
    def hide(book: Any, sheet: Any) -> None:
        sheet.row_dimensions[4].hidden = True
        sheet.column_dimensions["C"].hidden = True
        hidden = book.create_sheet("Utkast")
        hidden.append(["Tiltak", "Beløp"])
        hidden.append(["Hemmelig", 1_000_000])
        hidden.sheet_state = "hidden"

    rows = [
        ["Tiltak", "Beløp", "KDD"],
        ["Leksehjelp", 300_000, 1],
        ["Parkløft", 400_000, 2],
        ["Gammelt tiltak", 999_000, 3],
        ["Sum", 700_000, 6],
    ]
    plan = read(rows, hide)
    assert (plan.lines, plan.problems) == (TWO, [])
    assert sum("idden" in note for note in plan.notes) == 3


def test_bold_rows_are_headings_and_blank_rows_part_the_groups() -> None:
    def bold(_book: Any, sheet: Any) -> None:
        sheet["A2"].font = sheet["A6"].font = Font(bold=True)

    rows = [
        ["Tiltak", "Kr"],
        ["Oppvekst"],
        ["Leksehjelp", 300_000],
        ["Parkløft", 400_000],
        [],
        ["Arbeid"],
        ["Kafé", 10_000],
        [],
        ["Totalt", 710_000],
    ]
    plan = read(rows, bold)
    assert plan.areas == ["Oppvekst", "Oppvekst", "Arbeid"]
    assert (plan.stated, plan.problems) == (710_000, [])


def test_content_tells_the_format_whatever_the_name() -> None:
    assert read(ROWS, name="budsjett.txt").lines == TWO


def test_words_below_the_table_are_its_caption_and_no_rows() -> None:
    plan = read(
        [
            ["Budsjett for 2026"],
            [],
            *ROWS,
            [],
            ["Tabell 1. Tilskudd fra Kommunal- og distriktsdepartementet."],
            ["Utbetaling søkes det om i eget brev. " * 6],
        ]
    )
    assert plan.by_source == [("Leksehjelp", "programme_grant", 300_000), ("Parkløft", "programme_grant", 400_000)]
    assert (plan.problems, plan.notes) == ([], [])
