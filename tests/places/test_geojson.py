"""Outlines from GeoJSON: two coordinate systems, bad geometry, and files that mean harm (F4)."""

import json
from typing import Any

import pytest
from pyproj import Transformer
from shapely.geometry import shape

from samloft.places.geojson import (
    LATITUDE_LONGITUDE,
    UTM_33,
    OutlinesRefused,
    outlines,
    read,
)
from samloft.places.geojson import reading as limits

pytestmark = pytest.mark.usefixtures("in_english")

SQUARE = [[[11.0, 59.5], [11.1, 59.5], [11.1, 59.6], [11.0, 59.6], [11.0, 59.5]]]
BOW_TIE = [[[11.0, 59.5], [11.1, 59.6], [11.1, 59.5], [11.0, 59.6], [11.0, 59.5]]]


def feature(coordinates: Any = SQUARE, kind: str = "Polygon", **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": properties or {"kode": "90010101", "navn": "Nord"},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def file(*features: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def judged(content: bytes, crs: str = LATITUDE_LONGITUDE) -> Any:
    return outlines(read(content), code="kode", name="navn", crs=crs)


def in_utm() -> list[list[list[float]]]:
    to = Transformer.from_crs(LATITUDE_LONGITUDE, UTM_33, always_xy=True)
    return [[list(to.transform(*point)) for point in SQUARE[0]]]


def test_an_area_comes_with_its_code_name_and_outline() -> None:
    (found,) = judged(file(feature())).outlines
    assert (found.code, found.name, found.repaired) == ("90010101", "Nord", False)
    assert shape(found.geometry).equals(shape({"type": "Polygon", "coordinates": SQUARE}))


def test_the_coordinates_are_known_from_the_file_or_from_their_size() -> None:
    named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25833"}}
    assert read(file(feature(in_utm()), crs=named)).crs == UTM_33
    assert read(file(feature(in_utm()))).crs == UTM_33
    assert read(file(feature())).crs == LATITUDE_LONGITUDE
    crs84 = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    assert read(file(feature(), crs=crs84)).crs == LATITUDE_LONGITUDE


def test_in_doubt_the_coordinates_are_asked_about_and_never_guessed() -> None:
    local = [[[100.0, 200.0], [300.0, 200.0], [300.0, 400.0], [100.0, 200.0]]]
    assert read(file(feature(local))).crs is None


def test_metres_become_degrees_at_the_same_place() -> None:
    (found,) = judged(file(feature(in_utm())), UTM_33).outlines
    there = shape({"type": "Polygon", "coordinates": SQUARE})
    assert shape(found.geometry).symmetric_difference(there).area < there.area / 10_000


def test_an_unknown_system_of_coordinates_is_refused_by_name() -> None:
    named = {"type": "name", "properties": {"name": "EPSG:3857"}}
    with pytest.raises(OutlinesRefused, match="EPSG:3857"):
        read(file(feature(), crs=named))


def test_a_border_that_crosses_itself_is_repaired_and_said() -> None:
    (found,) = judged(file(feature(BOW_TIE))).outlines
    assert found.repaired and shape(found.geometry).is_valid and found.geometry["type"] == "MultiPolygon"


@pytest.mark.parametrize(
    "bad",
    [
        feature([11.0, 59.5], "Point"),
        feature([], "Polygon"),
        feature([[[11.0, 59.5], [11.1]]]),
        feature([[[11.0, 59.5], ["a", "b"], [11.1, 59.5], [11.0, 59.5]]]),
        feature([[[11.0, 59.5], [11.1, 59.5], [11.0, 59.5], [11.0, 59.5]]]),
        feature(SQUARE, navn="Uten kode"),
        {**feature(), "geometry": None},
        feature({"a": 1}),
        feature([[[1e308, 1e308], [1e308, 0], [0, 0], [1e308, 1e308]]]),
    ],
)
def test_a_feature_that_cannot_be_used_is_named_by_its_number(bad: dict[str, Any]) -> None:
    found = judged(file(feature(), bad))
    assert [problem.number for problem in found.problems] == [2] and len(found.outlines) == 1


def test_a_feature_alone_is_read_like_a_collection_of_one() -> None:
    (found,) = judged(json.dumps(feature()).encode()).outlines
    assert found.code == "90010101"


def test_a_shape_without_a_code_is_refused_in_words() -> None:
    with pytest.raises(OutlinesRefused, match="no code"):
        read(json.dumps({"type": "Polygon", "coordinates": SQUARE}).encode())


def test_holes_and_several_parts_stay() -> None:
    hole = [[11.04, 59.54], [11.04, 59.56], [11.06, 59.56], [11.06, 59.54], [11.04, 59.54]]
    (found,) = judged(file(feature([[SQUARE[0], hole]], "MultiPolygon"))).outlines
    assert len(shape(found.geometry).interiors) == 1 and not found.repaired


def test_heights_are_left_out_and_a_byte_order_mark_does_no_harm() -> None:
    high = [[[*point, 120.5] for point in SQUARE[0]]]
    (found,) = judged(b"\xef\xbb\xbf" + file(feature(high))).outlines
    assert {len(point) for point in found.geometry["coordinates"][0]} == {2}


def test_latitude_first_is_refused_and_not_drawn_in_the_indian_ocean() -> None:
    swapped = [[[latitude, longitude] for longitude, latitude in SQUARE[0]]]
    with pytest.raises(OutlinesRefused, match="longitude first"):
        read(file(feature(swapped)))


def test_metres_taken_for_degrees_lie_outside_norway_and_are_named() -> None:
    found = judged(file(feature(in_utm())), LATITUDE_LONGITUDE)
    assert [(one.number, "outside Norway" in one.message) for one in found.problems] == [(1, True)]


def test_parts_with_one_code_are_one_area_that_says_how_many_they_were() -> None:
    island = [[[12.0, 59.5], [12.1, 59.5], [12.1, 59.6], [12.0, 59.5]]]
    (found,) = judged(file(feature(), feature(island, kode="90010101"))).outlines
    assert found.geometry["type"] == "MultiPolygon" and found.parts == 2


def test_codes_that_are_numbers_are_read_as_text_and_properties_are_offered() -> None:
    collection = read(file(feature(SQUARE, OBJECTID=7, grunnkretsnummer=90010101.0, grunnkretsnavn="Nord")))
    assert collection.likely_code == "grunnkretsnummer" and collection.likely_name == "grunnkretsnavn"
    assert collection.properties["grunnkretsnummer"] == "90010101"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01",
        b"[]",
        b"{}",
        b'{"type": "FeatureCollection", "features": []}',
        b'{"type": "FeatureCollection", "features": [1]}',
        b'{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": {"coordinates": [NaN]}}]}',
        b"[" * 200_000,
        b'{"type":' + b"1" * 10_000 + b"}",
        "æ".encode("cp1252"),
    ],
)
def test_what_is_no_geojson_is_refused(content: bytes) -> None:
    with pytest.raises(OutlinesRefused):
        read(content)


def test_too_much_is_refused_before_any_geometry_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_POINTS", 8)
    with pytest.raises(OutlinesRefused, match="8"):
        read(file(feature(), feature()))
    monkeypatch.setattr(limits, "MOST_FEATURES", 1)
    with pytest.raises(OutlinesRefused):
        read(file(feature(), feature()))
    monkeypatch.setattr(limits, "LARGEST", 10)
    with pytest.raises(OutlinesRefused):
        read(file(feature()))
