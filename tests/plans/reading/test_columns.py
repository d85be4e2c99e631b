"""Several money columns, sources, years and units."""

import pytest

from tests.plans.reading.plans import table, told

TWO = [("Leksehjelp", 300_000), ("Parkløft", 400_000)]
SOURCES = {
    "Tilskudd KDD": "programme_grant",
    "Kommunal- og distriktsdepartementet": "programme_grant",
    "Områdesatsingsmidler": "programme_grant",
    "Overført fra 2025": "carry_over",
    "Ubrukte midler 2025": "carry_over",
    "IMDi": "other_state",
    "Helsedirektoratet": "other_state",
    "Husbanken": "other_state",
    "Andre statlige midler": "other_state",
    "Fylkeskommunen": "county",
    "Kommunen": "municipality",
    "Egenfinansiering": "municipality",
    "Solvika kommune": "municipality",
    "Private/frivillige": "private",
    "Sparebankstiftelsen": "private",
}


@pytest.mark.parametrize(("heading", "source"), SOURCES.items())
def test_a_columns_heading_names_its_source(heading: str, source: str) -> None:
    read = told(
        table(f"Tiltak | {heading} | Sum", "Leksehjelp | 300 000 | 300 000", "Parkløft | 400 000 | 400 000")
    )
    assert read.by_source == [("Leksehjelp", source, 300_000), ("Parkløft", source, 400_000)]
    assert read.problems == []


def test_a_row_with_several_sources_gives_an_entry_for_each() -> None:
    read = told(
        table(
            "Tiltak | Tilskudd KDD | Overført fra 2025 | Kommunen | Sum",
            "Leksehjelp | 300 000 | 50 000 | - | 350 000",
            "Parkløft | 200 000 |  | 100 000 | 300 000",
            "Totalt | 500 000 | 50 000 | 100 000 | 650 000",
        )
    )
    assert read.by_source == [
        ("Leksehjelp", "programme_grant", 300_000),
        ("Leksehjelp", "carry_over", 50_000),
        ("Parkløft", "programme_grant", 200_000),
        ("Parkløft", "municipality", 100_000),
    ]
    assert (read.stated, read.problems, read.rows) == (650_000, [], [3, 3, 4, 4])


def test_a_rows_own_sum_is_checked() -> None:
    read = told(
        table(
            "Tiltak | KDD | Kommunen | Sum",
            "Leksehjelp | 300 000 | 50 000 | 340 000",
            "Parkløft | 200 000 | - | 200 000",
        )
    )
    assert len(read.problems) == 1
    assert "Leksehjelp" in read.problems[0]


def test_a_columns_total_is_checked_though_the_whole_is_right() -> None:
    read = told(
        table(
            "Tiltak | KDD | Kommunen | Sum",
            "Leksehjelp | 300 000 | 100 000 | 400 000",
            "Sum | 200 000 | 200 000 | 400 000",
        )
    )
    assert any("KDD" in problem for problem in read.problems)


def test_a_column_per_row_names_the_source() -> None:
    read = told(
        table(
            "Tiltak | Finansieringskilde | Beløp",
            "Leksehjelp | KDD | 300 000",
            "Leksehjelp | Solvika kommune | 50 000",
            "Parkløft | Egne midler | 400 000",
            "Kafé | Lag og foreninger | 20 000",
            "Kurs |  | 10 000",
        )
    )
    assert read.sources == ["programme_grant", "municipality", "municipality", "private", None]


def test_a_caption_names_the_source_of_the_whole_table() -> None:
    budget = table("Tiltak | Beløp", "Leksehjelp | 300 000", "Parkløft | 400 000")
    assert set(told(budget + "\nTabell 1. Tilskudd fra KDD fordelt på tiltak.\n").sources) == {"programme_grant"}
    assert set(told("Tabell 2: Midler fra Husbanken\n\n" + budget).sources) == {"other_state"}


def test_a_source_that_nobody_names_is_unknown() -> None:
    assert told(table("Tiltak | Beløp", "Leksehjelp | 300 000")).sources == [None]


def test_a_sentence_about_a_source_elsewhere_names_no_source() -> None:
    read = told("Vi fikk tilskudd fra Husbanken i fjor.\n\n" + table("Tiltak | Beløp", "Leksehjelp | 300 000"))
    assert read.sources == [None]


@pytest.mark.parametrize(
    "first", ["1. halvår | 2. halvår", "Vår | Høst", "Lønn | Drift", "1. tertial | 2. tertial"]
)
def test_periods_and_cost_kinds_are_added_to_one_amount(first: str) -> None:
    read = told(
        table(
            f"Tiltak | {first} | Sum",
            "Leksehjelp | 100 000 | 200 000 | 300 000",
            "Parkløft | 400 000 | - | 400 000",
        )
    )
    assert (read.lines, read.problems) == (TWO, [])


def test_shares_of_the_budget_that_are_all_of_it_are_its_sources() -> None:
    read = told(
        table(
            "Tiltak | Budsjett 2026 | Herav KDD | Herav kommunen",
            "Leksehjelp | 300 000 | 200 000 | 100 000",
            "Parkløft | 400 000 | 400 000 | -",
            "Sum | 700 000 | 600 000 | 100 000",
        )
    )
    assert read.sources == ["programme_grant", "municipality", "programme_grant"]
    assert (read.sum, read.problems) == (700_000, [])


def test_a_share_that_is_not_all_of_it_is_left() -> None:
    read = told(
        table("Tiltak | Budsjett | Herav KDD", "Leksehjelp | 300 000 | 200 000", "Parkløft | 400 000 | 100 000")
    )
    assert (read.lines, read.problems) == (TWO, [])


def test_two_columns_that_may_both_be_the_budget_are_asked_about() -> None:
    read = told(
        table(
            "Tiltak | Søknadsbeløp | Tildelt beløp",
            "Leksehjelp | 300 000 | 200 000",
            "Parkløft | 400 000 | 100 000",
        )
    )
    assert any("Several columns" in problem for problem in read.problems)


YEARS = table(
    "Tiltak | Regnskap 2024 | Budsjett 2025 | Budsjett 2026",
    "Leksehjelp | 100 000 | 200 000 | 300 000",
    "Parkløft | - | 100 000 | 400 000",
    "Sum | 100 000 | 300 000 | 700 000",
)


def test_the_plans_year_is_read_and_the_others_are_left_with_a_note() -> None:
    read = told("# Handlingsplan 2026\n\n" + YEARS)
    assert (read.lines, read.stated, read.problems) == (TWO, 700_000, [])
    assert any("Budsjett 2025" in note and "Regnskap 2024" in note for note in read.notes)


def test_the_newest_budget_is_read_when_only_the_columns_name_years() -> None:
    assert told(YEARS).lines == TWO


def test_the_file_name_tells_the_year() -> None:
    columns = table(
        "Tiltak | 2025 | 2026 | 2027", "Leksehjelp | 1 000 | 300 000 | 2 000", "Parkløft | 1 000 | 400 000 | 2 000"
    )
    assert told(columns, "handlingsplan_2026.md").lines == TWO


def test_the_caller_tells_the_year() -> None:
    read = told("# Handlingsplan 2026\n\n" + YEARS, year=2025)
    assert read.lines == [("Leksehjelp", 200_000), ("Parkløft", 100_000)]


def test_a_file_of_another_year_than_asked_for_is_read_as_its_own_with_a_note() -> None:
    read = told(
        "# Handlingsplan 2026\n\n" + table("Tiltak | Budsjett 2026", "Leksehjelp | 300 000", "Parkløft | 400 000"),
        year=2027,
    )
    assert (read.lines, read.problems) == (TWO, [])
    assert any("2026" in note and "2027" in note for note in read.notes)


def test_years_that_nothing_chooses_between_are_asked_about() -> None:
    read = told(
        table(
            "Tiltak | 2026 | 2027 | 2028", "Leksehjelp | 1 000 | 2 000 | 3 000", "Parkløft | 4 000 | 5 000 | 6 000"
        )
    )
    assert any("Choose the year" in problem for problem in read.problems)


@pytest.mark.parametrize(
    ("before", "header", "after"),
    [
        ("", "Beløp (1000 kr)", ""),
        ("", "Budsjett i tusen", ""),
        ("", "Budsjett 2026 (tkr)", ""),
        ("", "NOK 1 000", ""),
        ("Alle tall i hele tusen.", "Beløp", ""),
        ("Tabellen viser budsjettet (tall i tusen).", "Beløp", ""),
        ("Beløp i 1000 kr", "2026", ""),
        ("(NOK 1 000)", "Beløp", ""),
        ("", "Beløp", "Tabell 3: Budsjett 2026. Tall i hele 1000 kroner."),
    ],
)
def test_thousands_are_said_in_heading_sentence_or_caption(before: str, header: str, after: str) -> None:
    read = told(
        f"{before}\n\n"
        + table(f"Tiltak | {header}", "Leksehjelp | 300", "Parkløft | 400", "Sum | 700")
        + f"\n{after}\n"
    )
    assert (read.lines, read.stated, read.problems) == (TWO, 700_000, [])


@pytest.mark.parametrize("header", ["Mill. kr", "Beløp i mill.", "MNOK", "Budsjett (mill. kroner)"])
def test_millions_are_said_in_the_heading(header: str) -> None:
    read = told(table(f"Tiltak | {header}", "Leksehjelp | 0,3", "Parkløft | 0,4", "Sum | 0,7"))
    assert (read.lines, read.problems) == (TWO, [])


@pytest.mark.parametrize(
    "sentence",
    [
        "Beløpene er avrundet til nærmeste tusen.",
        "Vi har søkt om 2 mill. kroner.",
        "Området har 4 tusen innbyggere.",
        "Tall i hele kroner.",
    ],
)
def test_other_sentences_name_no_unit(sentence: str) -> None:
    assert (
        told(f"{sentence}\n\n" + table("Tiltak | Beløp", "Leksehjelp | 300 000", "Parkløft | 400 000")).lines
        == TWO
    )


def test_one_and_a_quarter_without_a_unit_is_asked_about() -> None:
    read = told(table("Tiltak | Beløp", "Leksehjelp | 1,25", "Parkløft | 0,4"))
    assert read.lines == []
    assert len(read.problems) >= 2


def test_a_budget_of_tiny_amounts_is_remarked_upon() -> None:
    assert any(
        "thousands" in note for note in told(table("Tiltak | Beløp", "Leksehjelp | 300", "Parkløft | 400")).notes
    )


def test_a_unit_of_its_own_counts_before_the_tables() -> None:
    read = told(table("Tiltak | 1000 kr", "Leksehjelp | 300", "Parkløft | 0,4 mill.", "Sum | 700"))
    assert (read.lines, read.problems) == (TWO, [])


def test_a_header_in_two_rows_is_read_together() -> None:
    read = told(
        table(
            " | Finansiering | | ",
            "Tiltak | KDD | Kommune | Sum",
            "Leksehjelp | 250 000 | 50 000 | 300 000",
            "Parkløft | 400 000 | 0 | 400 000",
            "Sum | 650 000 | 50 000 | 700 000",
        )
    )
    assert read.sources == ["programme_grant", "municipality", "programme_grant"]
    assert (read.stated, read.problems) == (700_000, [])
