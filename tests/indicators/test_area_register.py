"""F4: the areas that figures are about, their codes through time, and what follows for the newest figures."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from samloft.accounts.models import User
from samloft.core.errors import RuleBroken
from samloft.core.models import AuditRow
from samloft.indicators.actions import area_register as actions
from samloft.indicators.models import LatestFigure
from samloft.places.actions.areas import AreaValues
from samloft.places.models import Area, AreaKind, AreaSuccession, SuccessionKind
from tests.cast import Cast
from tests.indicators.east import East, deliver, indicator, row
from tests.programmes.filled import queries_do_not_grow

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
LIST = reverse("indicators:operator_areas")


def a_municipality(code: str, name: str = "Ny") -> Area:
    return Area.objects.create(kind=AreaKind.MUNICIPALITY, code=code, name=name, valid_from=date(2024, 1, 1))


def test_saying_what_an_area_became_makes_the_newest_figures_anew(cast: Cast) -> None:
    east, poor = East(), indicator("poor")
    deliver(cast.operator, [row(poor, east.viken, 2022, 7.0)])
    new = a_municipality("4001")
    assert not LatestFigure.objects.filter(area=new).exists()
    made = actions.add_succession(
        predecessor=east.viken,
        successor=new,
        kind=SuccessionKind.RENUMBERED,
        on=date(2024, 1, 1),
        by=cast.operator,
    )
    assert LatestFigure.objects.get(area=new).value == 7.0
    actions.remove_succession(succession=made, by=cast.operator)
    assert not LatestFigure.objects.filter(area=new).exists()
    assert {"area.succeeded", "area.not_succeeded"} <= set(AuditRow.objects.values_list("action", flat=True))


def test_another_county_makes_what_the_figures_are_held_up_against_anew(cast: Cast) -> None:
    east, poor = East(), indicator("poor")
    deliver(
        cast.operator,
        [
            row(poor, east.municipality, 2024, 7.0),
            row(poor, east.county_31, 2024, 5.0),
            row(poor, east.county_30, 2024, 6.0),
        ],
    )
    assert LatestFigure.objects.get(area=east.municipality).county_value == 5.0
    area = east.municipality
    names = ("kind", "code", "name", "municipality", "county", "valid_from", "valid_to")
    values = {name: getattr(area, name) for name in names}
    actions.change(area=area, values=AreaValues(**values, parent=east.county_30), by=cast.operator)
    assert LatestFigure.objects.get(area=area).county_value == 6.0


def test_an_operator_finds_adds_and_changes_areas(cast: Cast, sign_in: SignIn) -> None:
    East()
    client = sign_in(cast.operator)
    assert "3014" in client.get(LIST, {"text": "30"}).content.decode()
    assert "Ingen områder er slik" in client.get(LIST, {"text": "finnes ikke"}).content.decode()
    values = {
        "kind": "municipality",
        "code": "3120",
        "name": "Rakkestad",
        "parent": "31",
        "valid_from": "2024-01-01",
    }
    address = client.post(reverse("indicators:operator_area_new"), values)["location"]
    made = Area.objects.get(code="3120")
    assert made.parent is not None
    assert (made.parent.code, address) == ("31", reverse("indicators:operator_area", args=[made.pk]))
    edit = reverse("indicators:operator_area_edit", args=[made.pk])
    assert client.post(edit, {**values, "name": "Rakkestad kommune"}).status_code == 302
    made.refresh_from_db()
    assert made.name == "Rakkestad kommune"
    wrong = client.post(edit, {**values, "parent": "77", "code": "12"}).content.decode()
    assert "Det finnes ikke noe område med koden 77" in wrong


def test_an_operator_says_what_an_area_became_and_takes_it_back(cast: Cast, sign_in: SignIn) -> None:
    east = East()
    new = a_municipality("4001")
    client = sign_in(cast.operator)
    became = reverse("indicators:operator_area_became", args=[east.viken.pk])
    values = {"successor": "4001", "kind": "split", "on": "2024-01-01"}
    assert client.post(became, values).status_code == 302
    shown = client.get(reverse("indicators:operator_area", args=[new.pk])).content.decode()
    assert "3014" in shown
    ring = client.post(
        reverse("indicators:operator_area_became", args=[new.pk]), {**values, "successor": "3014"}
    ).content.decode()
    assert "kan ikke bli det det en gang var" in ring
    made = AreaSuccession.objects.get(successor=new)
    client.post(reverse("indicators:operator_area_never_became", args=[made.pk]))
    assert not AreaSuccession.objects.filter(successor=new).exists()


def test_the_register_goes_to_a_spreadsheet(cast: Cast, sign_in: SignIn) -> None:
    East()
    answer = sign_in(cast.operator).get(
        reverse("indicators:operator_areas_file", args=["csv"]), {"kind": "county"}
    )
    lines = b"".join(answer).decode("utf-8-sig").splitlines()  # type: ignore[arg-type]
    assert [line.split(";")[0] for line in lines[1:]] == ["01", "30", "31"]


def test_only_operators_keep_areas(cast: Cast, sign_in: SignIn) -> None:
    east = East()
    for user in (cast.programme_leader, cast.ministry_adviser, cast.outsider):
        client = sign_in(user)
        for address in (
            LIST,
            reverse("indicators:operator_area_new"),
            reverse("indicators:operator_area", args=[east.viken.pk]),
            reverse("indicators:operator_area_edit", args=[east.viken.pk]),
            reverse("indicators:operator_area_became", args=[east.viken.pk]),
        ):
            assert client.get(address).status_code == 404


def test_a_rule_that_is_broken_makes_nothing_anew(cast: Cast) -> None:
    east = East()
    with pytest.raises(RuleBroken):
        actions.add_succession(
            predecessor=east.municipality,
            successor=east.viken,
            kind=SuccessionKind.RENUMBERED,
            on=date(2025, 1, 1),
            by=cast.operator,
        )


def test_the_register_asks_as_often_with_twelve_areas_as_with_two(cast: Cast, sign_in: SignIn) -> None:
    queries_do_not_grow(sign_in(cast.operator), LIST, lambda number: a_municipality(f"50{number:02d}"))
