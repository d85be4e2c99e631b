"""Bringing in outlines: a preview first, then all of them or none (F4)."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samloft.accounts.models import User
from samloft.core.audit import AuditRow
from samloft.core.errors import RuleBroken
from samloft.indicators.models import OutlineUpload
from samloft.places.actions import outlines as actions
from samloft.places.actions.outlines import OutlineValues
from samloft.places.geojson import Outline
from samloft.places.models import Area, AreaKind
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
    assert client.get(address).status_code == 404, "What was stored is let go."
    address = upload(client, content("90010101", "90010199"))["location"]
    client.post(address, choices(new_kind="zone", is_synthetic="on"))
    made = Area.objects.get(code="90010199")
    assert (made.kind, made.name, made.parent, made.is_synthetic) == (
        AreaKind.ZONE,
        "Navn 90010199",
        place.municipality,
        True,
    )
    rows = AuditRow.objects.filter(action="outlines.stored")
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
    assert not OutlineUpload.objects.exists()


def test_looking_again_stores_nothing(cast: Cast, sign_in: SignIn) -> None:
    Elvestad(cast.operator, zones=1, filled=False)
    client = sign_in(cast.programme_leader)
    address = upload(client, content("90010101"))["location"]
    assert client.post(address, choices(step="look", code="navn")).status_code == 200
    assert not AuditRow.objects.filter(action="outlines.stored").exists()


def test_a_file_that_nobody_stores_is_let_go_by_the_button_or_after_a_day(
    cast: Cast, sign_in: SignIn, django_capture_on_commit_callbacks: Any
) -> None:
    Elvestad(cast.operator, zones=1, filled=False)
    client = sign_in(cast.programme_leader)
    first = upload(client, content("90010101"))["location"]
    held = OutlineUpload.objects.get()
    storage, name = held.content.storage, held.content.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"{first}discard/").status_code == 302
    assert not storage.exists(name) and not OutlineUpload.objects.exists()
    assert AuditRow.objects.filter(action="outlines.discarded").exists()

    upload(client, content("90010101"))
    OutlineUpload.objects.update(uploaded_at=timezone.now() - timedelta(days=2))
    upload(client, content("90010101"))
    assert OutlineUpload.objects.count() == 1


def test_the_preview_draws_what_the_file_would_draw_and_says_when_a_code_stands_twice(
    cast: Cast, sign_in: SignIn
) -> None:
    Elvestad(cast.operator, zones=1, filled=False)
    client = sign_in(cast.programme_leader)
    shown = client.get(upload(client, content("90010101", "90010101"))["location"]).content.decode()
    for words in ("area-map", "Koder som står flere ganger", "2 deler"):
        assert words in shown


def test_a_county_brings_in_the_outlines_of_its_municipalities_and_no_zones(cast: Cast, sign_in: SignIn) -> None:
    place = Elvestad(cast.operator, zones=1, filled=False)
    programme = cast.programme
    programme.municipality, programme.county = None, place.row.county
    programme.save()
    client = sign_in(cast.programme_leader)
    address = upload(client, content("9001", "90010101"))["location"]
    shown = client.get(address)
    assert [area.code for area, _outline in shown.context["preview"].matched] == ["9001"]
    assert "new_kind" not in shown.context["form"].fields and shown.context["preview"].elsewhere == 1
    assert client.post(address, choices()).status_code == 302
    place.municipality.refresh_from_db()
    assert place.municipality.geometry is not None
    assert Area.objects.get(code="90010101").geometry == outline(1)


def test_operators_bring_in_counties_and_municipalities_or_the_zones_of_one(cast: Cast, sign_in: SignIn) -> None:
    place = Elvestad(cast.operator, zones=1, filled=False)
    client = sign_in(cast.operator)
    new = reverse("indicators:operator_outlines_new")
    for chosen, codes in (("", ["9001", "90"]), (str(place.row.pk), ["90010101"])):
        data = {"file": SimpleUploadedFile("kart.geojson", content(*codes)), "municipality": chosen}
        address = client.post(new, data)["location"]
        matched = client.get(address).context["preview"].matched
        assert {area.code for area, _outline in matched} == set(codes)
        assert client.post(address, choices())["location"] == reverse("indicators:operator_areas")
    assert not Area.objects.filter(code="9001", geometry__isnull=True).exists()
    assert sign_in(cast.programme_leader).get(new).status_code == 404


def test_a_file_of_one_programme_is_not_found_in_another(cast: Cast, sign_in: SignIn) -> None:
    Elvestad(cast.operator, zones=1, filled=False)
    address = upload(sign_in(cast.programme_leader), content("90010101"))["location"]
    pk = OutlineUpload.objects.get().pk
    assert sign_in(cast.operator).get(reverse("indicators:operator_outlines", args=[pk])).status_code == 404
    elsewhere = address.replace("elvestad", "asmark")
    assert sign_in(cast.outsider).get(elsewhere).status_code == 404


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
            actions.store(territory=place.row, values=OutlineValues(unknown, kind), by=cast.programme_leader)
    assert not AuditRow.objects.filter(action="outlines.stored").exists()


def test_a_code_that_is_another_municipalitys_is_refused_with_what_to_do(cast: Cast, sign_in: SignIn) -> None:
    Elvestad(cast.operator, zones=2, filled=False)
    Area.objects.create(kind=AreaKind.ZONE, code="1", name="Sone 1 et annet sted")
    client = sign_in(cast.programme_leader)
    page = upload(client, content("1"))["location"]
    answer = client.post(page, choices(new_kind=AreaKind.ZONE))
    assert answer.status_code == 200
    assert "9001-1" in answer.content.decode()
    assert Area.objects.filter(code="1").count() == 1


def test_areas_that_share_a_code_all_get_the_outline(cast: Cast) -> None:
    place = Elvestad(cast.operator, zones=1, filled=False)
    shared = [
        Area.objects.create(kind=kind, code="7", name=f"Sju {kind}", municipality=place.row)
        for kind in (AreaKind.ZONE, AreaKind.DISTRICT)
    ]
    values = OutlineValues([Outline(1, "7", "Sju", outline(7), False, 1)])
    assert actions.store(territory=place.row, values=values, by=cast.programme_leader).changed == 1
    assert all(Area.objects.get(pk=area.pk).geometry == outline(7) for area in shared)
