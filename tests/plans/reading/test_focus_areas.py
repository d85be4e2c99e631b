"""Which focus area a line belongs to: column, heading row, the table's heading, or the text that describes it."""

from tests.plans.reading.plans import table, told

AREAS = {"Leksehjelp": "Oppvekst", "Parkløft": "Oppvekst", "Sommerjobb": "Arbeid"}


def test_a_column_of_focus_areas_is_said_of_each_row() -> None:
    read = told(
        table(
            "Innsatsområde | Tiltak | Kr",
            "Oppvekst | Leksehjelp | 1 000",
            "Oppvekst | Parkløft | 2 000",
            "Arbeid | Sommerjobb | 3 000",
        )
    )
    assert read.by_area == AREAS


def test_a_focus_area_written_once_holds_for_the_rows_below() -> None:
    read = told(
        "Satsingsområde;Tiltak;Kr\nOppvekst;Leksehjelp;1000\n;Parkløft;2000\nArbeid;Sommerjobb;3000\n;Sum;6000\n",
        "b.csv",
    )
    assert read.by_area == AREAS


def test_rows_for_the_whole_plan_below_the_last_group_have_no_area() -> None:
    read = told(
        "Satsingsområde;Tiltak;Kr\nOppvekst;Leksehjelp;1000\nArbeid;Sommerjobb;3000\n"
        ";Administrative kostnader;2000\n;Evaluering;500\n",
        "b.csv",
    )
    assert read.by_area["Administrative kostnader"] is None
    assert read.by_area["Evaluering"] is None


def test_bold_rows_without_an_amount_are_headings() -> None:
    read = told(
        table(
            "Tiltak | Kr",
            "**Oppvekst** | ",
            "Leksehjelp | 1 000",
            "Parkløft | 2 000",
            "**Arbeid** | ",
            "Sommerjobb | 3 000",
        )
    )
    assert read.by_area == AREAS


def test_plain_rows_without_an_amount_are_headings_when_they_open_every_group() -> None:
    read = told("Tiltak;Kr\nOppvekst;\nLeksehjelp;1000\nParkløft;2000\nArbeid;\nSommerjobb;3000\n", "b.csv")
    assert read.by_area == AREAS


def test_numbered_heading_rows_lose_their_number() -> None:
    read = told(
        table(
            "Tiltak | Kr",
            "1. Oppvekst | ",
            "Leksehjelp | 1 000",
            "Parkløft | 2 000",
            "2. Arbeid | ",
            "Sommerjobb | 3 000",
        )
    )
    assert read.by_area == AREAS


def test_a_measure_without_money_is_no_heading() -> None:
    read = told(
        table("Tiltak | Kr", "Leksehjelp | 1 000", "Jobbsøkerkurs | ", "Sommerjobb | 3 000", "Sum | 4 000")
    )
    assert read.areas == [None, None]
    first = told(
        table("Tiltak | Kr", "Jobbsøkerkurs | ", "Leksehjelp | 1 000", "Sommerjobb | 3 000", "Sum | 4 000")
    )
    assert first.areas == [None, None]


def test_each_focus_areas_own_table_gives_its_heading() -> None:
    read = told(
        "# Tiltak og budsjett 2026\n\n## 2.1 Oppvekst\n\n"
        + table("Tiltak | Kr", "Leksehjelp | 1 000", "Parkløft | 2 000", "Sum | 3 000")
        + "\n## 2.2 Arbeid\n\n"
        + table("Tiltak | Kr", "Sommerjobb | 3 000", "Sum | 3 000")
        + "\n## Oppsummering\n\n"
        + table("Innsatsområde | Kr", "Oppvekst | 3 000", "Arbeid | 3 000", "Totalt | 6 000")
    )
    assert read.by_area == AREAS
    assert (read.stated, read.problems) == (6_000, [])


def test_a_table_headed_by_its_own_focus_area_gives_that() -> None:
    read = told(
        table("Oppvekst | Kr", "Leksehjelp | 1 000", "Parkløft | 2 000")
        + "\n"
        + table("Arbeid | Kr", "Sommerjobb | 3 000", "Kafé | 500")
    )
    assert read.by_area == {**AREAS, "Kafé": "Arbeid"}


def test_lists_under_headings_give_their_heading() -> None:
    read = told(
        "Plan 2026\n\nOppvekst\n- Leksehjelp: 1 000 kr\n- Parkløft: 2 000 "
        "kr\n\nArbeid\n- Sommerjobb: 3 000 kr\n\nSum: 6 000 kr\n"
    )
    assert read.by_area == AREAS
    assert (read.stated, read.problems) == (6_000, [])


PLAN = """# Handlingsplan 2026 for Solvika

## 2 Tiltak

### 2.1 Oppvekst og skole

**Leksehjelp på biblioteket** holder åpent to dager i uka.

**Familiekoordinator-stillingen ved helsestasjonen** følger opp nye foreldre.

### 2.2 Arbeid

**Samarbeid med Fontenehuset.** Kommunen støtter prosjektet «Tilbake i jobb» i år.

**Sommerjobb i Solvika** gir ungdom en første jobb.

**Jobbklubben** betales av NAV.

### 2.3 Nye tiltak i 2026

**Frokost på skolen** prøves ut.

## 3 Budsjett 2026

"""


def test_names_are_matched_to_the_texts_that_describe_them() -> None:
    read = told(
        PLAN
        + table(
            "Tiltak | Kr",
            "Leksehjelp | 1 000",
            "Familiekoordinator | 2 000",
            "Tilbake i jobb – Fontenehuset | 3 000",
            "Sommerjobb | 4 000",
            "Frokost i skole | 5 000",
            "Grendehus | 6 000",
            "Sum | 21 000",
        )
    )
    assert read.by_area == {
        "Leksehjelp": "Oppvekst og skole",
        "Familiekoordinator": "Oppvekst og skole",
        "Tilbake i jobb – Fontenehuset": "Arbeid",
        "Sommerjobb": "Arbeid",
        "Frokost i skole": "Nye tiltak i 2026",
        "Grendehus": None,
    }
    assert read.problems == []
    assert any("Jobbklubben" in note for note in read.notes)
    assert any("Grendehus" in note for note in read.notes)


def test_a_name_that_fits_texts_under_two_headings_gets_none() -> None:
    read = told(
        "## Oppvekst\n\n**Leksehjelp** for små.\n\n## Arbeid\n\n**Leksehjelp** for voksne.\n\n## Budsjett\n\n"
        + table("Tiltak | Kr", "Leksehjelp | 1 000", "Kafé | 2 000")
    )
    assert read.areas == [None, None]


def test_one_common_word_is_no_match() -> None:
    read = told(
        "## Oppvekst\n\n**Åpen barnehage** åpner.\n\n**Ungdom i skolen** følger opp.\n\n## Budsjett\n\n"
        + table("Tiltak | Kr", "Åpen post | 1 000", "Ungdom i arbeid | 2 000")
    )
    assert read.areas == [None, None]


def test_steps_of_the_same_name_are_told_apart_by_their_number() -> None:
    read = told(
        "## Uterom\n\n**Parkløft trinn 1** er ferdig.\n\n## Bolig\n\n**Parkløft trinn "
        "2** starter.\n\n## Budsjett\n\n" + table("Tiltak | Kr", "Parkløft trinn 2 | 1 000", "Kafé | 500")
    )
    assert read.by_area["Parkløft trinn 2"] == "Bolig"


def test_measures_with_headings_of_their_own_belong_to_the_heading_above() -> None:
    read = told(
        "# Plan\n\n## Oppvekst\n\n### Leksehjelp\n\nTo dager.\n\n### Parkløft\n\nEn "
        "park.\n\n## Arbeid\n\n### Sommerjobb\n\nEn jobb.\n\n## Budsjett\n\n"
        + table("Tiltak | Kr", "Leksehjelp | 1 000", "Parkløft | 2 000", "Sommerjobb | 3 000")
    )
    assert read.by_area == AREAS


def test_a_header_that_names_the_first_focus_area_is_its_heading() -> None:
    read = told(
        table(
            "Innsatsområde 1: Oppvekst | Kr",
            "Leksehjelp | 1 000",
            "Parkløft | 2 000",
            "Sum innsatsområde 1 | 3 000",
            "Innsatsområde 2: Arbeid | ",
            "Sommerjobb | 3 000",
            "Sum innsatsområde 2 | 3 000",
            "Totalt | 6 000",
        )
    )
    assert list(read.by_area.values()) == ["Innsatsområde 1: Oppvekst"] * 2 + ["Innsatsområde 2: Arbeid"]
    assert read.problems == []


def test_a_heading_that_says_who_pays_is_a_source_and_no_focus_area() -> None:
    read = told(
        "## Tiltak finansiert av KDD\n\n"
        + table("Tiltak | Kr", "Leksehjelp | 1 000", "Parkløft | 2 000")
        + "\n## Tiltak finansiert av kommunen\n\n"
        + table("Tiltak | Kr", "Sommerjobb | 3 000", "Kafé | 500")
    )
    assert read.areas == [None] * 4
    assert read.sources == ["programme_grant", "programme_grant", "municipality", "municipality"]
