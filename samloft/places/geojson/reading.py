"""A GeoJSON file as features: what it holds, in which coordinates, and which properties could be code and name.

Files come from anybody. What is read is bounded in bytes, features and points before any geometry is built.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NoReturn

from django.utils.translation import gettext as _

LARGEST = 20 * 1024 * 1024
MOST_FEATURES = 20_000
MOST_POINTS = 500_000
MOST_PROPERTIES = 100
LONGEST_VALUE = 200

LATITUDE_LONGITUDE = "EPSG:4326"
UTM_33 = "EPSG:25833"

_EPSG = re.compile(r"EPSG:+(?:\d*:)*(\d+)", re.I)
_SHAPES = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection")
_LIKELY_CODE = ("code", "kode", "nr", "nummer", "number", "id")
_LIKELY_NAME = ("name", "navn", "namn")


class OutlinesRefused(Exception):
    """The file cannot be used. The message is for the user and says what to do."""


@dataclass(frozen=True)
class Feature:
    """One feature as it stands in the file; `number` begins with 1. `points` are all its coordinates, in order."""

    number: int
    properties: dict[str, str]
    geometry: Any


@dataclass(frozen=True)
class Collection:
    """`crs` is "EPSG:4326" or "EPSG:25833", or None when the file does not say and its numbers leave a doubt.

    `properties` has each property name with an example of its values, in the order of the file.
    """

    features: tuple[Feature, ...]
    crs: str | None
    properties: dict[str, str]

    @property
    def likely_code(self) -> str:
        return _likeliest(self.properties, _LIKELY_CODE)

    @property
    def likely_name(self) -> str:
        return _likeliest(self.properties, _LIKELY_NAME)


def read(content: bytes) -> Collection:
    """The features of the file. Raises OutlinesRefused."""
    if len(content) > LARGEST:
        raise OutlinesRefused(
            _("The file is larger than %(limit)d MB. Simplify the outlines, or divide the file.")
            % {"limit": LARGEST // (1024 * 1024)}
        )
    data = _parsed(content)
    rows = _rows(data)
    if not isinstance(rows, list) or not rows:
        raise OutlinesRefused(_("The file holds no areas. Export it again with the areas selected."))
    if len(rows) > MOST_FEATURES:
        raise OutlinesRefused(
            _("The file holds %(count)d areas, and Samløft reads at most %(most)d at a time. Divide it.")
            % {"count": len(rows), "most": MOST_FEATURES}
        )
    features = tuple(_feature(number, row) for number, row in enumerate(rows, 1))
    extent = _extent(features)
    properties = {
        name: value for feature in reversed(features) for name, value in feature.properties.items() if value
    }
    return Collection(features, _crs(data, extent), dict(reversed(properties.items())))


def _rows(data: Any) -> Any:
    """The features of a collection; a feature alone is a collection of one."""
    kind = data.get("type") if isinstance(data, dict) else None
    if kind == "FeatureCollection":
        return data.get("features")
    if kind == "Feature":
        return [data]
    if kind in _SHAPES:
        raise OutlinesRefused(
            _("The file holds a shape and no code. Export it as features, with the area's code as a property.")
        )
    raise OutlinesRefused(
        _("The file is not a GeoJSON FeatureCollection. Export the areas as GeoJSON from the map system.")
    )


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as unreadable:
        raise OutlinesRefused(
            _("The file is not valid JSON. Export it again as GeoJSON, in UTF-8.")
        ) from unreadable


def _no_constant(word: str) -> NoReturn:
    raise ValueError(word)


def _feature(number: int, row: Any) -> Feature:
    if not isinstance(row, dict) or row.get("type") != "Feature":
        raise OutlinesRefused(
            _("Number %(number)d in the file is not an area. Export the file again.") % {"number": number}
        )
    found = row.get("properties") or {}
    if not isinstance(found, dict) or len(found) > MOST_PROPERTIES:
        found = {}
    properties = {
        str(name)[:LONGEST_VALUE]: _as_text(value)
        for name, value in found.items()
        if isinstance(value, str | int | float) and not isinstance(value, bool)
    }
    return Feature(number, properties, row.get("geometry"))


def _as_text(value: str | int | float) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())[:LONGEST_VALUE]


def _extent(features: Iterable[Feature]) -> tuple[float, float, float, float] | None:
    """The lowest and highest first and second coordinate of all points; stops at too many."""
    low, high, count = [math.inf, math.inf], [-math.inf, -math.inf], 0
    for feature in features:
        geometry = feature.geometry
        coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
        for x, y in _points(coordinates):
            count += 1
            if count > MOST_POINTS:
                raise OutlinesRefused(
                    _("The outlines have more than %(most)d points. Simplify them in the map system first.")
                    % {"most": MOST_POINTS}
                )
            low = [min(low[0], x), min(low[1], y)]
            high = [max(high[0], x), max(high[1], y)]
    return (low[0], low[1], high[0], high[1]) if count else None


def _points(coordinates: Any) -> Iterable[tuple[float, float]]:
    waiting = [coordinates]
    while waiting:
        found = waiting.pop()
        if not isinstance(found, list) or not found:
            continue
        if isinstance(found[0], int | float) and not isinstance(found[0], bool):
            if len(found) >= 2 and isinstance(found[1], int | float):
                yield float(found[0]), float(found[1])
        else:
            waiting.extend(found)


def _crs(data: dict[str, Any], extent: tuple[float, float, float, float] | None) -> str | None:
    """What the file says its coordinates are; else what their size tells; None when neither does."""
    said = data.get("crs")
    properties = said.get("properties") if isinstance(said, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if "CRS84" in name.upper():
        return LATITUDE_LONGITUDE
    if name:
        found = _EPSG.search(name)
        known = {"4326": LATITUDE_LONGITUDE, "4258": LATITUDE_LONGITUDE, "25833": UTM_33, "32633": UTM_33}
        if found and found[1] in known:
            return known[found[1]]
        raise OutlinesRefused(
            _("The coordinates are in %(name)s. Export the file in EPSG:4326 or EPSG:25833.")
            % {"name": name[:LONGEST_VALUE]}
        )
    if extent is None:
        return LATITUDE_LONGITUDE
    west, south, east, north = extent
    if is_in_norway(west, south, east, north):
        return LATITUDE_LONGITUDE
    if is_in_norway(south, west, north, east):
        raise OutlinesRefused(
            _("The coordinates stand with latitude first. Export the file again with longitude first.")
        )
    if west >= -100_000 and east <= 1_200_000 and south >= 6_300_000 and north <= 9_000_000:
        return UTM_33
    return None


def is_in_norway(west: float, south: float, east: float, north: float) -> bool:
    """In degrees, with Jan Mayen and Svalbard."""
    return -10 <= west <= east <= 35 and 57 <= south <= north <= 81


def _likeliest(properties: dict[str, str], words: tuple[str, ...]) -> str:
    """The property whose name is or ends with one of the words, the first word first; "" when none is."""
    for matches in (str.__eq__, str.endswith, str.__contains__):
        for word in words:
            for name in properties:
                if matches(name.casefold(), word):
                    return name
    return ""
