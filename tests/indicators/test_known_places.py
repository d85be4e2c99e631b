"""F3, L1: which areas a file may speak of, and how its categories find them."""

import pytest

from samloft.indicators.queries.known_places import KnownPlaces
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
        ("K-9002 Åsmark (2020-2023)", "", "away"),
        ("0", "Hele landet", "country"),
        ("NO", "Norway", "country"),
        ("90", "Prøvefylket", "county"),
        ("F-90", "Prøvefylket", "county"),
        ("9001-1", "nord", "zone"),
        ("x", "Elvestad Nord", "zone"),
        ("90010101", "Elvebakken", "unit"),
        ("sone", "Elvestad sentrum", "named place"),
    ],
)
def test_a_municipality_finds_its_own_areas_and_everybodys(
    cast: Cast, areas: dict[str, Area], code: str, label: str, name: str
) -> None:
    areas["named place"] = cast.programme.areas.get()

    assert found(KnownPlaces(cast.programme.municipality), code, label) == areas[name]


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
