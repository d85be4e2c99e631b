"""Features judged: each outline valid, in EPSG:4326 and no finer than it needs to be, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from samloft.places.geojson.reading import LATITUDE_LONGITUDE, UTM_33, Collection, Feature, is_in_norway

LONGEST_CODE = 20
LONGEST_NAME = 120
# About a metre: finer borders take room and are not seen.
FINEST = 0.00001
DECIMALS = 6


@dataclass(frozen=True)
class Problem:
    """`number` is that of the feature in the file."""

    number: int
    message: str


@dataclass(frozen=True)
class Outline:
    """One area: `geometry` is GeoJSON in EPSG:4326; `repaired` when its border crossed itself and was mended.

    `parts` is how many features of the file it was put together from.
    """

    number: int
    code: str
    name: str
    geometry: dict[str, Any]
    repaired: bool
    parts: int = 1


@dataclass(frozen=True)
class Outlines:
    outlines: tuple[Outline, ...]
    problems: tuple[Problem, ...]


class _Unusable(Exception):
    pass


class _Found(NamedTuple):
    number: int
    name: str
    shape: Any
    repaired: bool
    parts: int


def outlines(collection: Collection, *, code: str, name: str, crs: str) -> Outlines:
    """The outlines by the chosen properties. Features with one code are put together; that is how islands come."""
    found: dict[str, _Found] = {}
    problems: list[Problem] = []
    for feature in collection.features:
        try:
            key = _code(feature, code)
            shape, repaired = _shape(feature.geometry, crs)
        except _Unusable as unusable:
            problems.append(Problem(feature.number, str(unusable)))
            continue
        if before := found.get(key):
            found[key] = before._replace(
                shape=before.shape.union(shape), repaired=before.repaired or repaired, parts=before.parts + 1
            )
        else:
            called = feature.properties.get(name, "")[:LONGEST_NAME]
            found[key] = _Found(feature.number, called, shape, repaired, 1)
    made = tuple(_made(key, one) for key, one in found.items())
    return Outlines(made, tuple(problems))


def _code(feature: Feature, name: str) -> str:
    value = feature.properties.get(name, "")
    if not value:
        raise _Unusable(_("has no code in the property “%(name)s”.") % {"name": name})
    if len(value) > LONGEST_CODE:
        raise _Unusable(_("has a code of more than %(most)d characters.") % {"most": LONGEST_CODE})
    return value


def _shape(geometry: Any, crs: str) -> tuple[Any, bool]:
    """The polygon in EPSG:4326, and whether it had to be repaired."""
    import shapely

    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise _Unusable(_("has no surface; an area must be a Polygon or a MultiPolygon."))
    try:
        shape = shapely.force_2d(shapely.geometry.shape(geometry))
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, shapely.errors.ShapelyError) as broken:
        raise _Unusable(_("has coordinates that cannot be read.")) from broken
    if shape.is_empty:
        raise _Unusable(_("is empty."))
    repaired = not shape.is_valid
    if repaired:
        shape = _surface(shapely.make_valid(shape))
        if shape.is_empty:
            raise _Unusable(_("has a border that crosses itself and encloses nothing."))
    if crs == UTM_33:
        shape = _in_degrees(shape)
    if not is_in_norway(*shape.bounds):
        raise _Unusable(_("lies outside Norway. Were the right coordinates chosen?"))
    return shape, repaired


def _surface(shape: Any) -> Any:
    """Only the polygons: repairing can leave lines and points."""
    import shapely

    parts = [part for part in shapely.get_parts(shape) if part.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts)


def _in_degrees(shape: Any) -> Any:
    import shapely

    def changed(points: Any) -> Any:
        east, north = _from_utm().transform(points[:, 0], points[:, 1])
        moved = points.copy()
        moved[:, 0], moved[:, 1] = east, north
        return moved

    return shapely.transform(shape, changed)


@cache
def _from_utm() -> Any:
    import pyproj

    return pyproj.Transformer.from_crs(UTM_33, LATITUDE_LONGITUDE, always_xy=True)


def _made(code: str, found: _Found) -> Outline:
    import shapely

    fine = shapely.simplify(found.shape, FINEST)
    mapping = shapely.geometry.mapping(fine if fine.is_valid and not fine.is_empty else found.shape)
    geometry = {"type": mapping["type"], "coordinates": _rounded(mapping["coordinates"])}
    return Outline(found.number, code, found.name, geometry, found.repaired, found.parts)


def _rounded(coordinates: Any) -> Any:
    if coordinates and isinstance(coordinates[0], float):
        return [round(number, DECIMALS) for number in coordinates]
    return list(_each(coordinates))


def _each(coordinates: Any) -> Iterator[Any]:
    for part in coordinates:
        yield _rounded(part)
