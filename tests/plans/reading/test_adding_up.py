"""Totals and subtotals: never lines, always checked."""

import pytest

from tests.plans.reading.plans import table, told

HEADER = "Tiltak | Beløp"
AREAS = {"Leksehjelp": "Oppvekst", "Parkløft": "Oppvekst", "Sommerjobb": "Arbeid"}


@pytest.mark.parametrize(
    "word",
    [
        "Totalt",
        "Sum",
        "SUM TOTALT",
        "Til sammen",
        "I alt",
        "Totalsum",
        "Samlet",
        "**Totalt**",
        "<b>Sum</b>",
        "Sum totalt:",
        "Samlet budsjett 2026",
        "Sum alle tiltak",
        "Budsjett totalt",
        "Totale kostnader",
        "Til saman",
        "Samla",
        "Totalt for områdeløftet",
        "Sum innsatsområder",
        "TOTALT:",
        "",
    ],
)
def test_a_total_is_known_by_its_word(word: str) -> None:
    read = told(table(HEADER, "Leksehjelp | 300 000", "Parkløft | 400 000", f"{word} | 700 000"))
    assert [name for name, _kroner in read.lines] == ["Leksehjelp", "Parkløft"]
    assert (read.stated, read.problems) == (700_000, [])


def test_a_total_that_differs_from_the_sum_is_a_problem() -> None:
    read = told(table(HEADER, "Leksehjelp | 300 000", "Parkløft | 400 000", "Sum | 600 000"))
    assert (read.sum, read.stated) == (700_000, 600_000)
    assert len(read.problems) == 1
    assert "100\u00a0000" in read.problems[0]
    assert read.places == ["Row 5"]


def test_a_total_above_the_lines_is_their_total() -> None:
    read = told(table(HEADER, "Totalt | 700 000", "Leksehjelp | 300 000", "Parkløft | 400 000"))
    assert (read.stated, read.problems) == (700_000, [])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Sum oppvekst", "Sum arbeid"),
        ("Delsum", "Delsum"),
        ("Sum", "Sum"),
        ("Oppvekst totalt", "Arbeid totalt"),
        ("Sum innsatsområde 1", "Sum innsatsområde 2"),
        ("Til sammen", "Til sammen"),
    ],
)
def test_subtotals_are_no_lines(first: str, second: str) -> None:
    read = told(
        table(
            HEADER,
            "**Oppvekst** | ",
            "Leksehjelp | 300 000",
            "Parkløft | 400 000",
            f"{first} | 700 000",
            "**Arbeid** | ",
            "Sommerjobb | 200 000",
            f"{second} | 200 000",
            "**Sum totalt** | 900 000",
        )
    )
    assert read.by_area == AREAS
    assert (read.stated, read.problems) == (900_000, [])


def test_a_wrong_subtotal_is_a_problem_though_the_total_is_right() -> None:
    read = told(
        table(
            HEADER,
            "**Oppvekst** | ",
            "Leksehjelp | 300 000",
            "Parkløft | 400 000",
            "Sum oppvekst | 650 000",
            "**Arbeid** | ",
            "Sommerjobb | 200 000",
            "Sum arbeid | 200 000",
            "Totalt | 900 000",
        )
    )
    assert read.stated == 900_000
    assert len(read.problems) == 1
    assert "Sum oppvekst" in read.problems[0]


def test_sums_per_group_and_no_total_state_no_total() -> None:
    read = told(
        table(
            HEADER,
            "**Oppvekst** | ",
            "Leksehjelp | 300 000",
            "Parkløft | 400 000",
            "Sum | 700 000",
            "**Arbeid** | ",
            "Sommerjobb | 200 000",
            "Sum | 200 000",
        )
    )
    assert (read.sum, read.stated, read.problems) == (900_000, None, [])


def test_headings_that_carry_their_groups_sum_are_no_lines() -> None:
    read = told(
        table(
            HEADER,
            "**Oppvekst** | **700 000**",
            "Leksehjelp | 300 000",
            "Parkløft | 400 000",
            "**Arbeid** | **200 000**",
            "Sommerjobb | 200 000",
            "**Totalt** | **900 000**",
        )
    )
    assert read.by_area == AREAS
    assert (read.stated, read.problems) == (900_000, [])


def test_lines_that_wait_for_an_answer_do_not_make_the_total_wrong_too() -> None:
    read = told(table(HEADER, "Leksehjelp | 300 000", "Parkløft | ca. 400 000", "Sum | 700 000"))
    assert len(read.problems) == 1
    assert read.stated == 700_000


def test_a_total_that_cannot_be_read_is_a_problem() -> None:
    read = told(table(HEADER, "Leksehjelp | 300 000", "Parkløft | 400 000", "Sum | ca. 700 000"))
    assert (read.stated, len(read.problems)) == (None, 1)


@pytest.mark.parametrize(
    "sentence",
    [
        "Samlet budsjett er 700 000 kr.",
        "Totalbudsjettet for 2026 er kr 700 000.",
        "Den samlede rammen er omtalt over. Samlet ramme: 0,7 mill. kr.",
    ],
)
def test_a_total_said_in_the_text_counts_when_no_row_states_one(sentence: str) -> None:
    read = told(f"# Plan 2026\n\n{sentence}\n\n" + table(HEADER, "Leksehjelp | 300 000", "Parkløft | 400 000"))
    assert (read.stated, read.problems) == (700_000, [])


def test_a_total_said_in_the_text_that_differs_is_a_problem() -> None:
    read = told("Samlet budsjett er 800 000 kr.\n\n" + table(HEADER, "Leksehjelp | 300 000", "Parkløft | 400 000"))
    assert read.stated == 800_000
    assert len(read.problems) == 1


@pytest.mark.parametrize(
    "sentence",
    ["Samlet budsjett var 900 000 kr i 2025.", "Samlet budsjett er ca. 900 000 kr.", "Vi fikk 900 000 kr."],
)
def test_other_sums_in_the_text_state_no_total(sentence: str) -> None:
    read = told(f"# Plan 2026\n\n{sentence}\n\n" + table(HEADER, "Leksehjelp | 300 000", "Parkløft | 400 000"))
    assert (read.stated, read.problems) == (None, [])


def test_the_total_row_counts_before_the_text_and_the_difference_is_noted() -> None:
    read = told(
        "Samlet budsjett er 800 000 kr.\n\n"
        + table(HEADER, "Leksehjelp | 300 000", "Parkløft | 400 000", "Sum | 700 000")
    )
    assert (read.stated, read.problems) == (700_000, [])
    assert any("800\u00a0000" in note for note in read.notes)
