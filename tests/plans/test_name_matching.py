"""Which measure a name in a document means."""

import pytest

from samloft.plans.models import LinePurpose, Measure, MeasureName
from samloft.plans.queries import name_matching
from tests.cast import Cast

NAMES = (
    "Ungdom i arbeid",
    "Åpen barnehage",
    "Sosionom",
    "Nærmiljøtilskudd",
    "Matservering i skole",
    "Klar for jobb – Kirkens Bymisjon",
    "Leksehjelp trinn 1",
    "Leksehjelp trinn 2",
)


@pytest.fixture
def measures(cast: Cast) -> dict[str, Measure]:
    return {
        name: Measure.objects.create(programme=cast.programme, number=number, name=name)
        for number, name in enumerate(NAMES, 1)
    }


def match(cast: Cast, name: str) -> name_matching.Match | None:
    return name_matching.match_names([name], name_matching.known_names(cast.programme)).get(name)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Matsservering i skole", "Matservering i skole"),
        ("UNGDOM I ARBEID", "Ungdom i arbeid"),
        ("Klar for jobb - Kirkens bymisjon", "Klar for jobb – Kirkens Bymisjon"),
        ("Åpen barnehage ", "Åpen barnehage"),
        ("Leksehjelp, trinn 2", "Leksehjelp trinn 2"),
        ("Nærmiljøtilskot", "Nærmiljøtilskudd"),
    ],
)
def test_a_name_that_changed_a_little_is_surely_the_same_measure(
    cast: Cast, measures: dict[str, Measure], written: str, meant: str
) -> None:
    found = match(cast, written)
    assert found is not None
    assert (found.measure, found.is_sure) == (measures[meant], True)


@pytest.mark.parametrize(
    ("written", "likely"),
    [
        ("Sosionom-stillingen på helsestasjonen", "Sosionom"),
        ("Åpen barnehage i Mysen", "Åpen barnehage"),
        ("Klar for jobb", "Klar for jobb – Kirkens Bymisjon"),
    ],
)
def test_a_name_with_something_added_is_proposed_but_left_to_the_user(
    cast: Cast, measures: dict[str, Measure], written: str, likely: str
) -> None:
    found = match(cast, written)
    assert found is not None
    assert (found.measure, found.is_sure) == (measures[likely], False)


@pytest.mark.parametrize("written", ["Sommerskole", "Leksehjelp trinn 3", "Boligsosial veiledning", "Evaluering"])
def test_an_unknown_name_matches_nothing(cast: Cast, measures: dict[str, Measure], written: str) -> None:
    assert match(cast, written) is None


def test_a_former_name_finds_the_measure_again(cast: Cast, measures: dict[str, Measure]) -> None:
    MeasureName.objects.create(measure=measures["Sosionom"], name="Familieveileder")
    found = match(cast, "Familieveileder")
    assert found is not None
    assert (found.measure, found.likeness, found.is_sure) == (measures["Sosionom"], 100, True)


def test_two_names_that_point_at_one_measure_are_both_unsure(cast: Cast, measures: dict[str, Measure]) -> None:
    names = name_matching.known_names(cast.programme)
    found = name_matching.match_names(["Matsservering i skole", "Matservering i skolen"], names)
    assert [one.is_sure for one in found.values()] == [False, False]


def test_the_number_of_queries_does_not_follow_the_number_of_measures(
    cast: Cast, measures: dict[str, Measure], django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(2):
        name_matching.known_names(cast.programme)


@pytest.mark.parametrize(
    ("name", "purpose"),
    [
        ("Administrative kostnader", LinePurpose.ADMINISTRATION),
        ("Kompetanseheving", LinePurpose.COMPETENCE),
        ("Åpen post", LinePurpose.OPEN_POT),
        ("Open post", LinePurpose.OPEN_POT),
        ("Evaluering", LinePurpose.EVALUATION),
        ("Følgeevaluering", LinePurpose.EVALUATION),
        ("Åpen barnehage", LinePurpose.MEASURE),
        ("Kompetanse på sykkel", LinePurpose.MEASURE),
    ],
)
def test_common_costs_are_told_from_measures_by_their_first_words(name: str, purpose: LinePurpose) -> None:
    assert name_matching.purpose_of(name) == purpose


def test_a_focus_area_is_found_whatever_the_order_of_its_words(cast: Cast) -> None:
    found = name_matching.match_focus_area("2.1 Utdanning og oppvekst", cast.focus_areas)
    assert found == cast.focus_areas[0]
    assert name_matching.match_focus_area("Nye tiltak i 2026", cast.focus_areas) is None
