"""F3, L1: which areas a file may speak of, and how its categories find them."""

import pytest

from samloft.indicators.queries.known_places import KnownPlaces
from samloft.indicators.reading.resolution import Doubt
from samloft.places.models import Area, AreaKind, County, Municipality
from tests.cast import Cast


@pytest.fixture
def areas(cast: Cast) -> dict[str, Area]:
    home, away = cast.programme.municipality, cast.other_programme.municipality
    county = County.objects.get()

    def area(kind: AreaKind, code: str, name: str, municipality: Municipality | None = None) -> Area:
        return Area.objects.create(kind=kind, code=code, name=name, municipality=municipality, county=county)

    return {
        "country": area(AreaKind.COUNTRY, "NO", "Norge"),
        "county": area(AreaKind.COUNTY, "90", "Prøvefylket"),
        "home": area(AreaKind.MUNICIPALITY, "9001", "Elvestad", home),
        "away": area(AreaKind.MUNICIPALITY, "9002", "Åsmark", away),
        "zone": area(AreaKind.ZONE, "9001-1", "Elvestad nord", home),
        "other zone": area(AreaKind.ZONE, "9002-1", "Åsmark vest", away),
        "unit": area(AreaKind.BASIC_UNIT, "90010101", "Elvebakken", home),
        "odd": area(AreaKind.ZONE, "90", "Sone nitti", home),
    }


def found(places: KnownPlaces, code: str, label: str = "") -> Area | None:
    (name,) = places.areas([(code, label or code)])
    return places.named[name] if name else None


@pytest.mark.parametrize(
    ("code", "label", "name"),
    [
        ("9001", "Elvestad", "home"),
        ("K-9001", "Elvestad", "home"),
        ("9001 Elvestad", "9001 Elvestad", "home"),
        ("90", "", "odd"),
        ("90 Sone nitti", "", "odd"),
        ("9001-1", "nord", "zone"),
        ("x", "Elvestad Nord", "zone"),
        ("90010101", "Elvebakken", "unit"),
        ("sone", "Elvestad sentrum", "named place"),
    ],
)
def test_a_municipality_finds_its_own_areas(
    cast: Cast, areas: dict[str, Area], code: str, label: str, name: str
) -> None:
    areas["named place"] = cast.programme.areas.get()

    assert found(KnownPlaces(cast.programme.municipality), code, label) == areas[name]


@pytest.mark.parametrize(
    ("code", "label"),
    [("9002", "Åsmark"), ("K-9002 Åsmark (2020-2023)", ""), ("0", "Hele landet"), ("NO", ""), ("F-90", "")],
)
def test_a_municipality_brings_in_no_figures_for_what_is_not_its_own(
    cast: Cast, areas: dict[str, Area], code: str, label: str
) -> None:
    """Security: else its file would say what Norway and its neighbours are."""
    places = KnownPlaces(cast.programme.municipality)

    assert found(places, code, label) is None
    assert places.doubt((code, label or code)) == Doubt.FOREIGN


@pytest.mark.parametrize(
    ("code", "label", "name"),
    [
        ("0", "Hele landet", "country"),
        ("K-9002 Åsmark (2020-2023)", "", "away"),
        ("90", "", "county"),
        ("F-90", "", "county"),
        ("90", "Prøvefylket", "county"),
        ("90", "Sone nitti", "odd"),
    ],
)
def test_open_figures_know_areas_by_their_name_before_the_length_of_the_code(
    areas: dict[str, Area], code: str, label: str, name: str
) -> None:
    assert found(KnownPlaces(None), code, label) == areas[name]


def test_areas_of_two_kinds_with_one_code_are_told_apart_by_name_or_not_at_all(
    cast: Cast, areas: dict[str, Area]
) -> None:
    home = cast.programme.municipality
    district = Area.objects.create(kind=AreaKind.DISTRICT, code="9001-1", name="Bydel sør", municipality=home)
    places = KnownPlaces(home)

    assert found(places, "9001-1", "Bydel sør") == district
    assert found(places, "9001-1", "Elvestad nord") == areas["zone"]
    assert found(places, "9001-1 Bydel sør") == district
    assert found(places, "9001-1") is None
    assert places.doubt(("9001-1", "9001-1")) == Doubt.UNCLEAR


@pytest.mark.parametrize(("code", "label"), [("9002-1", "Åsmark vest"), ("x", "Åsmark vest"), ("9999", "Ukjent")])
def test_a_municipality_does_not_find_the_zones_of_another(
    cast: Cast, areas: dict[str, Area], code: str, label: str
) -> None:
    assert found(KnownPlaces(cast.programme.municipality), code, label) is None


def test_open_figures_may_be_about_any_area_with_a_code_but_names_are_not_trusted(areas: dict[str, Area]) -> None:
    assert found(KnownPlaces(None), "9002-1") == areas["other zone"]
    assert found(KnownPlaces(None), "x", "Åsmark vest") is None


def test_many_areas_cost_two_queries(
    cast: Cast, areas: dict[str, Area], django_assert_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_num_queries(2):
        KnownPlaces(cast.programme.municipality).areas([(f"{n}", f"n{n}") for n in range(9000, 9050)])
