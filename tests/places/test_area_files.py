"""F4: what every installation begins with, and files with each year's changes."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from samloft.config.cli import main
from samloft.core.errors import RuleBroken
from samloft.core.files.yaml_text import YamlRefused
from samloft.core.models import AuditRow
from samloft.places.actions import area_files, areas
from samloft.places.actions.areas import AreaValues
from samloft.places.area_files import NORWAY, read_areas
from samloft.places.models import Area, AreaKind, AreaSuccession, County, Municipality, SuccessionKind
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

TODAY = date(2026, 11, 25)
_LARGER = (AreaKind.COUNTRY, AreaKind.COUNTY, AreaKind.MUNICIPALITY)
NEXT_YEAR = "kind;code;name;within;from;to;was;how;on\n"


def _begin() -> area_files.Entered:
    return area_files.enter_missing(today=TODAY)


def _municipality(code: str) -> Area:
    return Area.objects.get(kind=AreaKind.MUNICIPALITY, code=code)


def _before(code: str) -> dict[str, str]:
    rows = AreaSuccession.objects.filter(successor=_municipality(code))
    return {row.predecessor.code: row.kind for row in rows.select_related("predecessor")}


def _enter(cast: Cast, text: str, name: str = "endringer.csv", today: date = TODAY) -> area_files.Entered:
    return area_files.enter(entries=read_areas(name, text.encode()), today=today, by=cast.operator)


def test_every_year_has_the_number_of_municipalities_and_counties_that_norway_had() -> None:
    _begin()
    counted = {
        year: [Area.objects.valid(date(year, 6, 30)).filter(kind=kind).count() for kind in _LARGER]
        for year in (2016, 2017, 2018, 2019, 2020, 2023, 2024, 2026)
    }
    assert counted == {
        2016: [1, 19, 428],
        2017: [1, 19, 426],
        2018: [1, 18, 422],
        2019: [1, 18, 422],
        2020: [1, 11, 356],
        2023: [1, 11, 356],
        2024: [1, 15, 357],
        2026: [1, 15, 357],
    }


def test_the_codes_of_the_east_are_as_they_were() -> None:
    _begin()
    assert _before("3118") == {"3014": "renumbered"}
    assert _before("3014") == dict.fromkeys(("0122", "0123", "0124", "0125", "0138"), "merged")
    assert (_before("3107"), _before("3004")) == ({"3004": "renumbered"}, {"0106": "renumbered"})
    assert (_before("3105"), _before("3003")) == ({"3003": "renumbered"}, {"0105": "renumbered"})
    assert _before("5055") == {"5011": "merged", "1571": "merged", "5012": "split"}
    parents = [_municipality(code).parent for code in ("0122", "3014", "3118", "0301")]
    assert [parent and (parent.code, parent.name) for parent in parents] == [
        ("01", "Østfold"),
        ("30", "Viken"),
        ("31", "Østfold"),
        ("03", "Oslo"),
    ]


def test_every_municipality_lies_in_a_county_that_was_there_as_long_as_it() -> None:
    _begin()
    for area in Area.objects.filter(kind=AreaKind.MUNICIPALITY).select_related("parent"):
        assert area.parent is not None
        assert area.code.startswith(area.parent.code)
        assert (area.parent.first_year or 0) <= (area.first_year or 3000)
        assert (area.parent.last_year or 3000) >= (area.last_year or 0)


def test_entering_again_changes_nothing_and_keeps_what_people_changed(django_assert_max_num_queries: Any) -> None:
    first = _begin()
    assert (first.added, first.successions) == (872, 509)
    oslo = _municipality("0301")
    areas.change(area=oslo, values=AreaValues("municipality", "0301", "Oslo by", parent=oslo.parent), by=None)
    AreaSuccession.objects.filter(successor=_municipality("3107")).delete()
    with django_assert_max_num_queries(20):
        again = _begin()
    assert (again.added, again.changed, again.successions) == (0, 0, 0)
    assert _municipality("0301").name == "Oslo by"
    assert _before("3107") == {}
    assert AuditRow.objects.filter(action="areas.entered").count() == 1


def test_migrating_enters_the_areas() -> None:
    assert main(["migrate"]) == 0
    assert Area.objects.count() == 872


def test_next_years_changes_come_in_with_a_file(cast: Cast) -> None:
    _begin()
    own = Municipality.objects.create(
        code="3118", name="Indre Østfold", county=County.objects.create(code="31", name="Østfold")
    )
    areas_before = _enter(cast, NEXT_YEAR + "zone;31180101;Sone;3118;;;;;\n")
    assert areas_before.added == 1
    text = NEXT_YEAR + "county;57;Nytt;0;2027-01-01;;;;\nmunicipality;5701;Ny;57;2027-01-01;;3118;renumbered;\n"
    entered = _enter(cast, text, today=date(2027, 1, 2))
    assert (entered.added, entered.successions) == (2, 1)
    assert _municipality("3118").valid_to == date(2026, 12, 31)
    own.refresh_from_db()
    assert (own.code, own.county.code, own.county.name) == ("5701", "57", "Nytt")
    zone = Area.objects.get(code="31180101")
    assert (zone.municipality, zone.parent) == (own, _municipality("5701"))
    assert _municipality("5701").municipality == own
    assert _municipality("3118").municipality is None
    assert AuditRow.objects.filter(action="municipality.renumbered").count() == 1
    assert _enter(cast, text, today=date(2027, 1, 2)).area_ids == set()


def test_a_code_that_is_not_yet_in_use_waits_for_its_day(cast: Cast) -> None:
    _begin()
    own = Municipality.objects.create(
        code="3118", name="Indre Østfold", county=County.objects.create(code="31", name="Østfold")
    )
    _enter(cast, NEXT_YEAR + "municipality;3199;Ny;31;2027-01-01;;3118;renumbered;\n")
    own.refresh_from_db()
    assert own.code == "3118"
    area_files.enter_missing(today=date(2027, 1, 1))
    own.refresh_from_db()
    assert own.code == "3199"


def test_a_file_changes_names_and_is_read_as_yaml_too(cast: Cast) -> None:
    _begin()
    text = "areas:\n  - {kind: municipality, code: 3118, name: Nytt navn, within: 31, from: 2024-01-01}\n"
    entered = _enter(cast, text, "endringer.yaml")
    assert (entered.added, entered.changed, _municipality("3118").name) == (0, 1, "Nytt navn")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("municipality;9901;Borte;99;;;;;", "no such area"),
        ("municipality;3199;Ny;31;2027-01-01;;3999;merged;", "no such code"),
        ("municipality;319;Kort;31;;;;;", "four"),
        ("municipality;3014;Indre Østfold;30;2020-01-01;;3118;merged;2025-01-01", "cannot become"),
    ],
)
def test_a_file_that_makes_no_sense_enters_nothing(cast: Cast, line: str, words: str) -> None:
    _begin()
    with pytest.raises(RuleBroken, match=words):
        _enter(cast, NEXT_YEAR + "municipality;3198;Blir ikke;31;2027-01-01;;;;\n" + line + "\n")
    assert not Area.objects.filter(code="3198").exists()


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ("tull", "The file", "columns"),
        (NEXT_YEAR + "zone;1;Sone;;i går;;;;\n", "Line 2", "2026-01-31"),
        (NEXT_YEAR + "# merknad\nzone;1;Sone;;;;2;;\n", "Line 3", "how"),
        (NEXT_YEAR + "bydel;1;Sone;;;;;;\n", "Line 2", "zone"),
        (NEXT_YEAR + "place;1;Sone;;;;;;\n", "Line 2", "programme"),
    ],
)
def test_what_cannot_be_read_is_told_by_line(text: str, where: str, words: str) -> None:
    with pytest.raises(YamlRefused) as refused:
        read_areas("a.csv", text.encode())
    (problem,) = refused.value.problems
    assert problem.where.text.startswith(where)
    assert words in problem.message.text


def test_the_file_that_we_begin_with_is_read_without_a_word() -> None:
    assert len(read_areas(NORWAY.name, NORWAY.read_bytes())) == 882


def test_the_command_says_what_it_did_and_what_is_left_to_decide(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _begin()
    county = County.objects.create(code="31", name="Østfold")
    Municipality.objects.create(code="3118", name="Indre Østfold", county=county)
    file = tmp_path / "endringer.csv"

    def run(text: str) -> tuple[int, Any]:
        file.write_text(text, encoding="utf-8")
        status = main(["import-areas", str(file), "--json"])
        return status, json.loads(capsys.readouterr().out or "null")

    text = NEXT_YEAR + "municipality;3197;Stor;31;2025-01-01;;3118 3120;merged;\n"
    status, told = run(text)
    assert (status, told["added"], told["successions"]) == (1, 1, 2)
    assert told["municipalities_without_code"] == ["3118 Indre Østfold"]
    assert run("tull")[0] == 2
    assert main(["import-areas", str(tmp_path / "borte.csv")]) == 2
    assert main(["import-areas"]) == 64


def test_the_days_in_use_follow_from_what_became_of_an_area(cast: Cast) -> None:
    """The register writes the end as the day of the change itself, and people often write none."""
    made = [
        areas.add(values=AreaValues("zone", code, code, valid_to=end), by=None)
        for code, end in (("1", None), ("2", date(2021, 1, 1)), ("3", date(2020, 6, 30)), ("4", None))
    ]
    new = areas.add(values=AreaValues("zone", "9", "9"), by=None)
    kinds = [SuccessionKind.RENUMBERED, SuccessionKind.MERGED, SuccessionKind.MERGED, SuccessionKind.SPLIT]
    for old, kind in zip(made, kinds, strict=True):
        areas.add_succession(predecessor=old, successor=new, kind=kind, on=date(2021, 1, 1), by=cast.operator)
    ends = list(Area.objects.exclude(code="").order_by("code").values_list("valid_to", flat=True))
    assert ends == [date(2020, 12, 31), date(2020, 12, 31), date(2020, 6, 30), None, None]
    new.refresh_from_db()
    assert new.valid_from == date(2021, 1, 1)


def test_a_succession_can_be_taken_back(cast: Cast) -> None:
    old, new = (areas.add(values=AreaValues("zone", code, code), by=None) for code in "12")
    made = areas.add_succession(
        predecessor=old, successor=new, kind=SuccessionKind.MERGED, on=date(2021, 1, 1), by=cast.operator
    )
    areas.remove_succession(succession=made, by=cast.operator)
    assert not AreaSuccession.objects.exists()
    assert AuditRow.objects.get(action="area.not_succeeded").data["to"] == "2"
