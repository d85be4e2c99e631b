"""The real plan of Mysen for 2026."""

from pathlib import Path

import pytest

from samloft.plans.reading import PlanReading, read_plan


@pytest.fixture(scope="module")
def mysen(seeds: Path) -> PlanReading:
    file = seeds / "001_7da62bfb20cbf3fb.txt"
    return read_plan(file.read_bytes(), file.name)


LINES = {
    "Ungdom i arbeid": (800_000, "Arbeid"),
    "Åpen barnehage": (1_300_000, "Oppvekst og utdanning"),
    "Sosionom": (1_000_000, "Oppvekst og utdanning"),
    "Bydelsmødre": (120_000, "Oppvekst og utdanning"),
    "Nærmiljøtilskudd": (400_000, "Bo- og nærmiljø"),
    "Skolebibliotek": (200_000, "Bo- og nærmiljø"),
    "Tidlig innsats folkebibliotek barn/unge": (400_000, "Bo- og nærmiljø"),
    "Videreutvikling av nabolagstorg": (500_000, None),
    "Klar for jobb – Kirkens bymisjon": (500_000, "Arbeid"),
    "Matsservering i skole": (200_000, "Nye tiltak i 2026"),
    "Boligsosial veiledning": (400_000, "Nye tiltak i 2026"),
    "Trygghet og trivsel i Mysen – sosiale møteplasser i sentrum": (800_000, "Nye tiltak i 2026"),
    "Kompetanseheving": (200_000, "Administrative kostnader"),
    "Åpen post": (200_000, "Administrative kostnader"),
    "Administrative kostnader": (650_000, "Administrative kostnader"),
    "Evaluering": (125_000, "Administrative kostnader"),
}


def test_sixteen_lines_with_their_focus_areas(mysen: PlanReading) -> None:
    assert {line.name: (line.amount // 100, line.focus_area) for line in mysen.lines} == LINES
    assert [line.row for line in mysen.lines] == list(range(113, 129))


def test_the_sum_is_the_stated_total_and_nothing_is_asked(mysen: PlanReading) -> None:
    assert mysen.to_json()["sum"] == mysen.to_json()["stated_total"] == "7795000.00"
    assert mysen.problems == ()


def test_the_caption_says_that_the_money_is_the_programme_grant(mysen: PlanReading) -> None:
    assert {line.source for line in mysen.lines} == {"programme_grant"}


def test_measures_without_a_line_and_lines_without_a_text_are_notes(mysen: PlanReading) -> None:
    notes = " ".join(remark.message for remark in mysen.notes)
    assert all(name in notes for name in ("Jobbsjansen", "Nabolagskjøkkenet", "Videreutvikling av nabolagstorg"))


def test_the_texts_are_found_with_what_they_are(mysen: PlanReading) -> None:
    kinds = {section.kind for section in mysen.sections}
    assert {
        "introduction",
        "priorities",
        "focus_area",
        "measure",
        "new_measures",
        "own_effort",
        "goal_fit",
    } <= kinds
    sosionom = next(section for section in mysen.sections if section.heading.startswith("Sosionom"))
    assert (sosionom.kind, sosionom.focus_area) == ("measure", "Oppvekst og utdanning")
    assert len(sosionom.body) > 100


def test_the_json_has_exactly_the_promised_fields(mysen: PlanReading) -> None:
    data = mysen.to_json()
    assert list(data) == ["lines", "sum", "stated_total", "problems", "notes"]
    assert data["lines"][0] == {
        "name": "Ungdom i arbeid",
        "amount": "800000.00",
        "focus_area": "Arbeid",
        "source": "programme_grant",
        "row": 113,
    }
    assert set(data["notes"][0]) == {"where", "message"}
