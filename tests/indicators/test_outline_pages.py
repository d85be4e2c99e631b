"""Bringing in outlines: a preview first, then all of them or none (F4)."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samloft.accounts.models import User
from samloft.core.audit import AuditRow
from samloft.core.errors import RuleBroken
from samloft.places.actions import outlines as actions
from samloft.places.actions.outlines import OutlineValues
from samloft.places.geojson import Outline
from samloft.places.models import Area, AreaKind
from samloft.programmes.models import StoredFile
from tests.cast import Cast
from tests.indicators.elvestad import Elvestad, outline

SignIn = Callable[[User], Client]
NEW = reverse("indicators:outlines_new", args=["elvestad"])


def content(*codes: str, **more: Any) -> bytes:
    features = [
        {"type": "Feature", "properties": {"kode": code, "navn": f"Navn {code}"}, "geometry": outline(number)}
        for number, code in enumerate(codes, 20)
    ]
    return json.dumps({"type": "FeatureCollection", "features": [*features, *more.get("extra", [])]}).encode()


def upload(client: Client, data: bytes, name: str = "soner.geojson") -> Any:
    return client.post(NEW, {"file": SimpleUploadedFile(name, data)})


def choices(**more: str) -> dict[str, str]:
    return {"code": "kode", "name": "navn", "crs": "EPSG:4326", "new_kind": "", "step": "store", **more}


def test_the_preview_tells_matched_new_and_missing_and_stores_nothing(cast: Cast, sign_in: SignIn) -> None:
    place = Elvestad(cast.operator, zones=2, filled=False)
    client = sign_in(cast.programme_leader)
    answer = upload(client, content("90010101", "90010199", "03010101"))
    shown = client.get(answer["location"]).context["preview"]
    assert [area.code for area, _outline in shown.matched] == ["90010101"]
    assert [one.code for one in shown.new] == ["90010199"] and shown.elsewhere == 1
    assert {area.code for area in shown.not_found} == {"9001", "90010102"}
    assert Area.objects.get(pk=place.zones[0].pk).geometry == outline(1)


def test_storing_gives_known_areas_their_outlines_and_makes_the_new_ones_when_wanted(
    cast: Cast, sign_in: SignIn
) -> None:
    place = Elvestad(cast.operator, zones=2, filled=False)
    client = sign_in(cast.programme_leader)
    address = upload(client, content("90010101", "90010199"))["location"]
    assert client.post(address, choices()).status_code == 302
    assert Area.objects.get(pk=place.zones[0].pk).geometry["coordinates"] == outline(20)["coordinates"]
    assert not Area.objects.filter(code="90010199").exists()
    client.post(address, choices(new_kind="zone", is_synthetic="on"))
    made = Area.objects.get(code="90010199")
    assert (made.kind, made.name, made.parent, made.is_synthetic) == (
        AreaKind.ZONE,
        "Navn 90010199",
        place.municipality,
        True,
    )
    rows = AuditRow.objects.filter(action="municipality.outlines_stored")
    assert rows.count() == 2 and "Navn" not in json.dumps([row.data for row in rows])


def test_one_area_that_cannot_be_used_keeps_all_from_being_stored(cast: Cast, sign_in: SignIn) -> None:
    Elvestad(cast.operator, zones=1, filled=False)
    client = sign_in(cast.programme_leader)
    bad = {
        "type": "Feature",
        "properties": {"kode": "90010102"},
        "geometry": {"type": "Point", "coordinates": [1, 2]},
    }
    address = upload(client, content("90010101", extra=[bad]))["location"]
    answer = client.post(address, choices())
    assert answer.status_code == 200 and "Nummer 2 i filen" in answer.content.decode()
    assert Area.objects.get(code="90010101").geometry == outline(1)


def test_coordinates_in_doubt_are_asked_about(cast: Cast, sign_in: SignIn) -> None:
    Elvestad(cast.operator, zones=1, filled=False)
    client = sign_in(cast.programme_leader)
    local = {
        "type": "Feature",
        "properties": {"kode": "90010101"},
        "geometry": {"type": "Polygon", "coordinates": [[[100, 200], [300, 200], [300, 400], [100, 200]]]},
    }
    address = upload(client, json.dumps({"type": "FeatureCollection", "features": [local]}).encode())["location"]
    assert client.get(address).context["preview"] is None
    answer = client.post(address, choices(crs=""))
    assert answer.status_code == 200 and answer.context["form"].errors["crs"]


def test_a_file_that_is_no_map_is_refused_and_not_kept(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.programme_leader)
    for data in (b"{}", b"not json", content()):
        assert upload(client, data).status_code == 200
    assert not StoredFile.objects.exists()


def test_looking_again_stores_nothing(cast: Cast, sign_in: SignIn) -> None:
    Elvestad(cast.operator, zones=1, filled=False)
    client = sign_in(cast.programme_leader)
    address = upload(client, content("90010101"))["location"]
    assert client.post(address, choices(step="look", code="navn")).status_code == 200
    assert not AuditRow.objects.filter(action="municipality.outlines_stored").exists()


def test_only_those_who_may_edit_figures_bring_in_outlines(cast: Cast, sign_in: SignIn) -> None:
    Elvestad(cast.operator, zones=1, filled=False)
    address = upload(sign_in(cast.programme_leader), content("90010101"))["location"]
    for where in (NEW, address):
        assert sign_in(cast.coordinator).get(where).status_code == 200
        assert sign_in(cast.board_member).get(where).status_code == 403
        assert sign_in(cast.ministry_adviser).get(where).status_code == 403
        assert sign_in(cast.outsider).get(where).status_code == 404


def test_the_action_refuses_what_would_change_nothing_and_areas_without_a_name(
    cast: Cast, in_english: None
) -> None:
    place = Elvestad(cast.operator, zones=1, filled=False)
    unknown = [Outline(1, "90010177", "", outline(3), False)]
    for kind, words in (("", "No code"), ("municipality", "kind"), ("zone", "no name")):
        with pytest.raises(RuleBroken, match=words):
            actions.store(municipality=place.row, values=OutlineValues(unknown, kind), by=cast.programme_leader)
    assert not AuditRow.objects.filter(action="municipality.outlines_stored").exists()
