"""Budget tables of many shapes, written as people write them."""

import pytest

from tests.plans.reading.plans import table, told

TWO = [("Leksehjelp", 300_000), ("Parkløft", 400_000)]


def test_a_plain_table_gives_its_lines_and_its_total() -> None:
    read = told(table("Tiltak | Beløp", "Leksehjelp | 300 000", "Parkløft | 400 000", "Totalt | 700 000"))
    assert read.lines == TWO
    assert (read.sum, read.stated, read.problems) == (700_000, 700_000, [])
    assert read.rows == [3, 4]


@pytest.mark.parametrize(
    "text",
    [
        "Tiltak\tBeløp\nLeksehjelp\t300 000\nParkløft\t400 000\nSum\t700 000\n",
        "BUDSJETT 2026\n\nTiltak            Beløp\nLeksehjelp      300 000\nParkløft     "
        "   400 000\nSum             700 000\n",
        "Tiltak;Beløp\nLeksehjelp;300 000\nParkløft;400 000\nSum;700 000\n",
        "Beløp;Tiltak\n300 000;Leksehjelp\n400 000;Parkløft\n700 000;Sum\n",
        "Leksehjelp;300000\nParkløft;400000\nTotalt;700000\n",
        "# Budsjett\n\n- Leksehjelp: 300 000 kr\n- Parkløft: kr 400 000,-\n\nSum: 700 000 kr\n",
        "Budsjett 2026\n=============\n\n1. Leksehjelp ..... 300 000\n2. Parkløft ..... "
        "400 000\nTotalt: 700 000\n",
        "Tiltak | Beløp\n--- | ---\nLeksehjelp | 300 000\nParkløft | 400 000 | merknad\nSum | 700 000\n",
        "┌──────────┬─────────┐\n│ Tiltak │ Beløp │\n├──────────┼─────────┤\n│ Leksehjelp │ 300 000 │\n"
        "│ Parkløft │ 400 000 │\n│ Sum │ 700 000 │\n└──────────┴─────────┘\n",
        "+------------+---------+\n| Tiltak | Beløp |\n+============+=========+\n| "
        "Leksehjelp | 300 000 |\n+------------+---------+\n"
        "| Parkløft | 400 000 |\n+------------+---------+\n| Sum | 700 000 |\n+------------+---------+\n",
        "<table><tr><th>Tiltak</th><th>Beløp</th></tr><tr><td>Leksehjelp</td><td>300&nbsp;000</td></tr>"
        "<tr><td>Parkløft</td><td>400 000</td></tr><tr><td>Sum</td><td>700 000</td></tr></table>",
        table(
            "Nr | Tiltak | Ansvarlig | Budsjett 2026 | Merknad",
            "1.1 | Leksehjelp | Skole | 300 000 | ",
            "1.2 | Parkløft | Teknisk | 400 000 | 3 parker",
            " | Sum | | 700 000 | ",
        ),
    ],
    ids=[
        "tabs",
        "spaces",
        "semicolons",
        "amount first",
        "no header",
        "list",
        "dotted list",
        "ragged",
        "box",
        "grid",
        "html",
        "numbered",
    ],
)
def test_the_same_budget_is_read_from_every_shape_of_text(text: str) -> None:
    read = told(text)
    assert read.lines == TWO
    assert (read.stated, read.problems) == (700_000, [])


def test_a_table_copied_as_one_cell_a_line_is_read() -> None:
    read = told(
        "Budsjett 2026\n\nTiltak\nBeløp\nLeksehjelp\nKr. 300.000\n"
        "Parkløft\nKr. 400.000\nTotalt\nKr. 700.000\n\nTekst.\n"
    )
    assert (read.lines, read.stated, read.problems, read.rows) == (TWO, 700_000, [], [5, 7])


def test_no_amount_gives_no_line() -> None:
    read = told(
        table(
            "Tiltak | Beløp",
            "Leksehjelp | 300 000",
            "A-kurs | -",
            "B-kurs | –",
            "C-kurs | 0",
            "D-kurs | 0,-",
            "E-kurs | ",
        )
    )
    assert read.lines == [("Leksehjelp", 300_000)]
    assert read.problems == []
    assert sum("has no amount" in note for note in read.notes) == 5


@pytest.mark.parametrize(
    "amount",
    [
        "1.250",
        "ca. 300 000",
        "300-400 000",
        "300 000?",
        "inntil 200 000",
        "avklares",
        "200 000 + 100 000",
        "finansieres av NAV",
    ],
)
def test_an_unclear_amount_is_a_problem_and_no_line(amount: str) -> None:
    read = told(table("Tiltak | Beløp (kr)", "Leksehjelp | 300 000", f"Parkløft | {amount}", "Kafé | 100 000"))
    assert read.lines == [("Leksehjelp", 300_000), ("Kafé", 100_000)]
    assert len(read.problems) == 1
    assert "Parkløft" in read.problems[0]
    assert read.places == ["Row 4"]


@pytest.mark.parametrize("amount", ["-50 000", "−50 000", "(50 000)", "kr -50 000"])
def test_a_negative_amount_is_a_problem(amount: str) -> None:
    read = told(table("Tiltak | Beløp", "Leksehjelp | 300 000", f"Refusjon | {amount}"))
    assert any("negative" in problem for problem in read.problems)


@pytest.mark.parametrize(
    "name",
    [
        "Samlet innsats for unge",
        "Summer camp",
        "Sommerjobb",
        "Totalrenovering av park",
        "Sammen i Solvika",
        "I all slags vær",
        "0-24-samarbeidet",
        "Parkløft trinn 2",
        "Støtte til frivillige lag",
    ],
)
def test_a_measure_whose_name_holds_such_a_word_is_a_line(name: str) -> None:
    read = told(table("Tiltak | Beløp", "Leksehjelp | 300 000", f"{name} | 150 000", "Totalt | 450 000"))
    assert read.lines == [("Leksehjelp", 300_000), (name, 150_000)]
    assert read.problems == []


@pytest.mark.parametrize(
    "written",
    [
        "Leksehjelp¹",
        "Leksehjelp*",
        "Leksehjelp [1]",
        "Leksehjelp<sup>1</sup>",
        "**Leksehjelp**",
        "<b>Leksehjelp</b>",
        "*Leksehjelp*",
        "Leksehjelp 1)",
        "[Leksehjelp](#a)",
        "  Leksehjelp ",
        "Leksehjelp[^3]",
        "• Leksehjelp",
        "Leksehjelp<br>",
    ],
)
def test_footnote_marks_and_markup_are_no_part_of_a_name(written: str) -> None:
    read = told(table("Tiltak | Beløp", f"{written} | 300 000", "Parkløft | 400 000"))
    assert read.lines == TWO


def test_spaces_and_line_breaks_in_a_name_are_one_space() -> None:
    read = told(table("Tiltak | Beløp", "Åpen<br>barnehage   i sentrum | 300 000", "Parkløft | 400 000"))
    assert read.lines[0][0] == "Åpen barnehage i sentrum"


def test_a_name_broken_over_two_rows_is_one_name() -> None:
    read = told(
        table(
            "Tiltak | Beløp",
            "Trygghet og trivsel i sentrum – | 800 000",
            "sosiale møteplasser for alle | ",
            "Tidlig innsats | ",
            "for barn og unge | 400 000",
            "Totalt | 1 200 000",
        )
    )
    assert read.lines == [
        ("Trygghet og trivsel i sentrum – sosiale møteplasser for alle", 800_000),
        ("Tidlig innsats for barn og unge", 400_000),
    ]


def test_a_share_of_the_row_above_is_no_line() -> None:
    read = told(
        table(
            "Tiltak | Beløp", "Leksehjelp | 300 000", "Herav lønn | 200 000", "Parkløft | 400 000", "Sum | 700 000"
        )
    )
    assert (read.lines, read.problems) == (TWO, [])


def test_financing_below_the_costs_is_no_line() -> None:
    read = told(
        table(
            "Utgifter | Beløp",
            "Leksehjelp | 300 000",
            "Parkløft | 400 000",
            "Sum utgifter | 700 000",
            "Finansiering | ",
            "Tilskudd fra KDD | 600 000",
            "Overført fra 2025 | 100 000",
            "Sum finansiering | 700 000",
            "Differanse | 0",
        )
    )
    assert (read.lines, read.stated, read.problems) == (TWO, 700_000, [])


def test_other_tables_before_the_budget_are_left() -> None:
    read = told(
        "# Områdeløft Solvika – handlingsplan 2026\n\n## Innhold\n\n"
        + table("Kapittel | Side", "Innledning | 3", "Budsjett | 12")
        + "\n## Bemanning\n\n"
        + table("Stilling | Prosent", "Programleder | 100", "Koordinator | 50")
        + "\n## Milepæler\n\n"
        + table("Milepæl | Frist", "Oppstart | 01.02.2026", "Ferdig | 30.11.2026")
        + "\n## Indikatorer\n\n"
        + table("Indikator | Nullpunkt | Mål 2026", "Barn i barnehage | 710 | 800", "Leieboere | 1 200 | 1 000")
        + "\n## Regnskap 2025\n\n"
        + table("Tiltak | Beløp", "Leksehjelp | 250 000", "Parkløft | 350 000", "Sum | 600 000")
        + "\n## Budsjett 2026\n\n"
        + table("Tiltak | Beløp", "Leksehjelp | 300 000", "Parkløft | 400 000", "Sum | 700 000")
    )
    assert (read.lines, read.stated, read.problems) == (TWO, 700_000, [])


def test_rows_above_the_header_are_no_lines() -> None:
    read = told(
        "Solvika kommune;;\nOppdatert "
        "01.02.2026;;\n;;\nNr;Tiltak;Beløp\n1;Leksehjelp;300000\n2;Parkløft;400000\n;Sum;700000\n",
        "b.csv",
    )
    assert (read.lines, read.rows, read.problems) == (TWO, [5, 6], [])


def test_two_budgets_that_cannot_be_told_apart_are_asked_about() -> None:
    read = told(
        "## Forslag A\n"
        + table("Tiltak | Beløp", "Leksehjelp | 300 000", "Parkløft | 400 000")
        + "\n## Forslag B\n"
        + table("Tiltak | Beløp", "Leksehjelp | 350 000", "Parkløft | 450 000")
    )
    assert any("More than one table" in problem for problem in read.problems)


def test_a_budget_repeated_in_an_appendix_is_read_once() -> None:
    budget = table("Tiltak | Beløp", "Leksehjelp | 300 000", "Parkløft | 400 000", "Sum | 700 000")
    read = told(f"## Budsjett\n{budget}\n## Vedlegg\n{budget}")
    assert (read.lines, read.problems) == (TWO, [])


def test_text_without_a_budget_is_a_problem() -> None:
    read = told("# Plan\n\nVi bruker penger på leksehjelp.\n")
    assert read.lines == []
    assert any("No budget table" in problem for problem in read.problems)


def test_the_same_line_twice_is_asked_about_unless_the_total_counts_both() -> None:
    rows = ["Tiltak | Beløp", "Leksehjelp | 300 000", "Leksehjelp | 300 000"]
    assert any("one line or several" in problem for problem in told(table(*rows)).problems)
    assert told(table(*rows, "Sum | 600 000")).problems == []


def test_an_amount_without_a_name_is_asked_about() -> None:
    read = told(
        table("Tiltak | Beløp", "Leksehjelp | 300 000", " | 100 000", "Parkløft | 400 000", "Sum | 800 000")
    )
    assert any("without a name" in problem for problem in read.problems)


def test_a_table_torn_by_a_page_break_in_a_text_is_one_table() -> None:
    first = table("Tiltak | Beløp", "Leksehjelp | 300 000", "Trygghet og trivsel i | 100 000")
    rest = table("Tiltak | Beløp", "sentrum | ", "Parkløft | 400 000", "Totalt | 900 000")
    read = told(f"# Budsjett 2026\n\n{first}\nSide 8\n\n{rest}")
    assert read.lines == [
        ("Leksehjelp", 300_000),
        ("Trygghet og trivsel i sentrum", 100_000),
        ("Parkløft", 400_000),
    ]
    assert read.stated == 900_000
    assert len(read.problems) == 1
    assert "800\u00a0000" in read.problems[0]


def test_a_frame_above_the_lines_is_no_line() -> None:
    read = told(
        table(
            "Post | Beløp",
            "Ramme 2026 | 1 000 000",
            "Leksehjelp | 300 000",
            "Parkløft | 400 000",
            "Sum tiltak | 700 000",
            "Åpen post | 300 000",
            "Totalt | 1 000 000",
        )
    )
    assert read.lines == [*TWO, ("Åpen post", 300_000)]
    assert (read.stated, read.problems) == (1_000_000, [])


def test_a_line_that_sounds_like_a_header_is_a_line() -> None:
    read = told(
        table("Tiltak | 1000 kr", "Åpen post | 1 000", "Prosjektledelse | 1 000", "Prosjektstøtte fra KDD | 500")
    )
    assert [kroner for _name, kroner in read.lines] == [1_000_000, 1_000_000, 500_000]


def test_footnotes_in_rows_below_the_total_are_no_lines() -> None:
    read = told(
        table(
            "Tiltak | Beløp",
            "Leksehjelp | 300 000",
            "Parkløft | 400 000",
            "Totalt | 700 000",
            "* Hvis vi får tilskudd | ",
            "Kilde: Økonomi | ",
        )
    )
    assert (read.lines, read.stated, read.problems) == (TWO, 700_000, [])


def test_a_total_on_the_last_row_in_words_of_its_own_is_checked_and_no_line() -> None:
    read = told(
        table("Tiltak | Beløp", "Leksehjelp | 300 000", "Parkløft | 400 000", "Totalt til fordeling | 800 000")
    )
    assert (read.lines, read.stated) == (TWO, 800_000)
    assert len(read.problems) == 1
