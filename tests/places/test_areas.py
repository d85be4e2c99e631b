"""F4: areas with codes that come into use and go out of it, and what they became."""

from datetime import date

import pytest

from samloft.core.errors import RuleBroken
from samloft.core.models import AuditRow
from samloft.places.actions import areas
from samloft.places.actions.areas import AreaValues
from samloft.places.models import Area, AreaKind, AreaSuccession, SuccessionKind
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

NEW_YEAR = date(2024, 1, 1)


def _zone(cast: Cast, code: str, **more: object) -> Area:
    values = AreaValues(AreaKind.ZONE, code, f"Sone {code}", **more)  # type: ignore[arg-type]
    return areas.add(values=values, by=cast.operator)


def test_an_area_is_added_with_its_code_in_the_audit_trail(cast: Cast) -> None:
    zone = _zone(cast, "90010101", valid_from=NEW_YEAR)
    assert AuditRow.objects.get(action="area.added", subject=f"places.area:{zone.pk}").data == {
        "kind": "zone",
        "code": "90010101",
    }


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (AreaValues(AreaKind.MUNICIPALITY, "311", "Kort"), "four"),
        (AreaValues(AreaKind.COUNTY, "A1", "Bokstav"), "two digits"),
        (AreaValues(AreaKind.ZONE, "", "Uten kode"), "its code"),
        (
            AreaValues(AreaKind.ZONE, "1", "Bakvendt", valid_from=NEW_YEAR, valid_to=date(2020, 1, 1)),
            "before it came into use",
        ),
        (AreaValues(AreaKind.ZONE, "90010101", "To ganger"), "already an area"),
    ],
)
def test_what_makes_no_sense_is_refused(cast: Cast, values: AreaValues, words: str) -> None:
    _zone(cast, "90010101")
    with pytest.raises(RuleBroken, match=words):
        areas.add(values=values, by=cast.operator)


def test_the_same_code_may_come_into_use_again(cast: Cast) -> None:
    _zone(cast, "90010101", valid_to=date(2019, 12, 31))
    _zone(cast, "90010101", valid_from=NEW_YEAR)
    assert Area.objects.filter(code="90010101").count() == 2


def test_an_area_that_is_there_is_left_as_it_is(cast: Cast) -> None:
    first = areas.ensure(values=AreaValues(AreaKind.COUNTY, "90", "Prøvefylket"), by=None)
    second = areas.ensure(values=AreaValues(AreaKind.COUNTY, "90", "Et annet navn"), by=None)
    assert (second, second.name) == (first, "Prøvefylket")


def test_only_what_changes_is_saved_and_told(cast: Cast) -> None:
    zone = _zone(cast, "90010101")
    areas.change(area=zone, values=AreaValues(AreaKind.ZONE, "90010101", "Nytt navn"), by=cast.operator)
    areas.change(area=zone, values=AreaValues(AreaKind.ZONE, "90010101", "Nytt navn"), by=cast.operator)
    assert AuditRow.objects.get(action="area.changed").data["fields"] == ["name"]


def test_a_succession_is_said_once(cast: Cast) -> None:
    old, new = _zone(cast, "1"), _zone(cast, "2", valid_from=NEW_YEAR)
    for _time in range(2):
        areas.add_succession(
            predecessor=old, successor=new, kind=SuccessionKind.RENUMBERED, on=NEW_YEAR, by=cast.operator
        )
    assert AreaSuccession.objects.count() == 1
    assert AuditRow.objects.get(action="area.succeeded").data["to"] == "2"


def test_an_area_cannot_become_what_it_once_was(cast: Cast) -> None:
    a, b, c = (_zone(cast, code) for code in "abc")
    kind = SuccessionKind.RENUMBERED
    areas.add_succession(predecessor=a, successor=b, kind=kind, on=date(2020, 1, 1), by=cast.operator)
    areas.add_succession(predecessor=b, successor=c, kind=kind, on=NEW_YEAR, by=cast.operator)
    for old, new in ((c, a), (a, a)):
        with pytest.raises(RuleBroken, match="cannot become"):
            areas.add_succession(predecessor=old, successor=new, kind=kind, on=NEW_YEAR, by=cast.operator)


def test_the_old_code_comes_before_the_new(cast: Cast) -> None:
    old, new = _zone(cast, "1", valid_from=NEW_YEAR), _zone(cast, "2")
    with pytest.raises(RuleBroken, match="in use before"):
        areas.add_succession(
            predecessor=old, successor=new, kind=SuccessionKind.MERGED, on=NEW_YEAR, by=cast.operator
        )


def test_comparison_areas_are_set_in_place_of_those_before(cast: Cast) -> None:
    one, two, three = (_zone(cast, code) for code in "123")
    areas.set_comparisons(area=one, compared_with=[two], by=cast.operator)
    areas.set_comparisons(area=one, compared_with=[three], by=cast.operator)
    areas.set_comparisons(area=one, compared_with=[three], by=cast.operator)
    assert [row.compared_with for row in one.comparisons.all()] == [three]
    assert AuditRow.objects.filter(action="area.compared").count() == 2
    with pytest.raises(RuleBroken, match="compared with itself"):
        areas.set_comparisons(area=one, compared_with=[one], by=cast.operator)
