"""Areas as SVG that works without script, on paper, in the PDF and in Word.

A class is told by its shade, by the value written in the area, and by the name and value of its title. What has no
figure is hatched. Nothing here has a style attribute, so the strict content policy lets it stand in the page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samloft.core.charts.looks import FONT, QUIET, TEXT
from samloft.core.charts.scales import width_of
from samloft.core.maps.descriptions import AreaMap, MapArea, MapClass, classes, map_words

WIDTH = 640
TALLEST = 560
EDGE = 8
LETTERS = 12
# Light to dark, each darker than the one before by eye and in grey; text on the last two is white.
SHADES = ("#eaf2fa", "#bfd8ee", "#86b4db", "#3f7fb8", "#0b4f8a")
PLAIN = "#d5e3f0"
LINE = "#33475b"
# UTM zone 33, which the country's maps are drawn in.
PROJECTION = "EPSG:25833"


@dataclass(frozen=True, slots=True)
class _Placed:
    area: MapArea
    path: str
    at: tuple[float, float]
    room: float


def draw_map(shown: AreaMap, *, number: int = 1, linked: bool = True) -> SafeString:
    """The map; nothing when no outline is known. `number` tells two maps of a page apart.

    `linked` lets each area lead to its page; a map in a document is a picture instead.
    """
    placed, height = _place([area for area in shown.areas if area.geometry])
    if not placed:
        return SafeString("")
    groups = classes(shown)
    hatched = f"hatch-{number}"
    legend, below = _legend(groups, shown, height + 2 * EDGE, hatched)
    # The main area last, so that its border lies over those of its neighbours.
    order = sorted(placed, key=lambda one: one.area.is_main)
    drawn = format_html_join(
        "", "{}", ((_area(one, _fill(one.area, groups, shown, hatched), linked),) for one in order)
    )
    labels = format_html_join("", "{}", ((label,) for label in _labels(placed, groups, shown)))
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="area-map" width="{w}" height="{h}" viewBox="0 0 {w} {h}" '
        'role="{role}" aria-label="{words}" font-family="{font}" font-size="{size}" fill="{text}">{defs}'
        '<rect width="{w}" height="{h}" fill="#ffffff"/>{drawn}{labels}{legend}</svg>',
        w=WIDTH,
        h=round(below),
        role="group" if linked else "img",
        words=map_words(shown),
        font=FONT,
        size=LETTERS,
        text=TEXT,
        defs=_hatching(hatched),
        drawn=drawn,
        labels=labels,
        legend=legend,
    )


def _place(areas: list[MapArea]) -> tuple[list[_Placed], float]:
    """Each area as a path on the picture, and how high the picture is."""
    if not areas:
        return [], 0.0
    import shapely

    flat = [_flat(shapely.geometry.shape(area.geometry or {})) for area in areas]
    west, south, east, north = shapely.total_bounds(flat)
    scale = min((WIDTH - 2 * EDGE) / max(east - west, 1.0), (TALLEST - 2 * EDGE) / max(north - south, 1.0))
    left = (WIDTH - (east - west) * scale) / 2

    def onto(points: Any) -> Any:
        return (points - (west, north)) * (scale, -scale) + (left, EDGE)

    placed = []
    for area, shape in zip(areas, flat, strict=True):
        on_picture = shapely.simplify(shapely.transform(shape, onto), 0.4)
        middle = shapely.point_on_surface(on_picture)
        bounds = on_picture.bounds
        placed.append(_Placed(area, _path(on_picture), (middle.x, middle.y), bounds[2] - bounds[0]))
    return placed, (north - south) * scale


def _flat(shape: Any) -> Any:
    import shapely

    def projected(points: Any) -> Any:
        east, north = _projection().transform(points[:, 0], points[:, 1])
        moved = points.copy()
        moved[:, 0], moved[:, 1] = east, north
        return moved

    return shapely.transform(shape, projected)


@cache
def _projection() -> Any:
    import pyproj

    return pyproj.Transformer.from_crs("EPSG:4326", PROJECTION, always_xy=True)


def _path(shape: Any) -> str:
    parts = shape.geoms if shape.geom_type == "MultiPolygon" else [shape]
    rings = [ring for part in parts if not part.is_empty for ring in (part.exterior, *part.interiors)]
    return "".join(f"M{' '.join(f'{x:.1f},{y:.1f}' for x, y in ring.coords[:-1])}Z" for ring in rings)


def _class_of(area: MapArea, groups: Iterable[MapClass]) -> MapClass | None:
    if area.value is None:
        return None
    return next((one for one in groups if one.holds(area.value)), None)


def _shade(one: MapClass, groups: tuple[MapClass, ...]) -> str:
    """The shades are spread over the classes there are, so that three classes are light, middle and dark."""
    last = len(groups) - 1
    return SHADES[round(one.number * (len(SHADES) - 1) / last)] if last else SHADES[2]


def _fill(area: MapArea, groups: tuple[MapClass, ...], shown: AreaMap, hatched: str) -> str:
    if shown.is_plain:
        return SHADES[3] if area.is_main else PLAIN
    one = _class_of(area, groups)
    return _shade(one, groups) if one else f"url(#{hatched})"


def _area(one: _Placed, fill: str, linked: bool) -> SafeString:
    area = one.area
    told = f"{area.name}: {area.text}" if area.text else area.name
    shape = format_html(
        '<path d="{}" fill="{}" fill-rule="evenodd" stroke="{}" stroke-width="{}" stroke-linejoin="round">'
        "<title>{}</title></path>",
        one.path,
        fill,
        "#000000" if area.is_main else LINE,
        "3" if area.is_main else "1",
        told,
    )
    if not (linked and area.url):
        return shape
    return format_html('<a href="{}" aria-label="{}">{}</a>', area.url, told, shape)


def _labels(placed: list[_Placed], groups: tuple[MapClass, ...], shown: AreaMap) -> Iterator[SafeString]:
    for one in placed:
        words = one.area.label
        if not words or width_of(words, LETTERS) > one.room:
            continue
        group = _class_of(one.area, groups)
        shade = _shade(group, groups) if group else ""
        is_dark = shade in SHADES[3:] or (shown.is_plain and one.area.is_main)
        # A hatched area has a white halo behind its words.
        halo = SafeString(' stroke="#ffffff" stroke-width="4" paint-order="stroke"')
        yield format_html(
            '<text x="{}" y="{}" text-anchor="middle" aria-hidden="true" pointer-events="none" '
            'fill="{}"{}>{}</text>',
            f"{one.at[0]:.1f}",
            f"{one.at[1] + LETTERS / 3:.1f}",
            "#ffffff" if is_dark else TEXT,
            "" if group or is_dark else halo,
            words,
        )


def _hatching(name: str) -> SafeString:
    return format_html(
        '<defs><pattern id="{}" width="7" height="7" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="7" height="7" fill="#ffffff"/>'
        '<rect width="2" height="7" fill="#8a8a8a"/></pattern></defs>',
        name,
    )


def _legend(groups: tuple[MapClass, ...], shown: AreaMap, top: float, hatched: str) -> tuple[SafeString, float]:
    """What the shades mean, beneath the map, and how far down it reaches."""
    entries = [(_shade(one, groups), one.text) for one in groups]
    if not shown.is_plain and any(area.value is None for area in shown.areas if area.geometry):
        entries.append((f"url(#{hatched})", _("No figure")))
    pieces: list[SafeString] = []
    x, y = float(EDGE), top
    for fill, text in entries:
        needed = 24 + width_of(text, LETTERS) + 18
        if x > EDGE and x + needed > WIDTH:
            x, y = float(EDGE), y + 22
        pieces.append(
            format_html(
                '<rect x="{}" y="{}" width="18" height="14" fill="{}" stroke="{}"/><text x="{}" y="{}">{}</text>',
                f"{x:.0f}",
                f"{y:.0f}",
                fill,
                LINE,
                f"{x + 24:.0f}",
                f"{y + 11:.0f}",
                text,
            )
        )
        x += needed
    if entries:
        y += 24
    if shown.note:
        pieces.append(
            format_html('<text x="{}" y="{}" fill="{}">{}</text>', EDGE, f"{y + 11:.0f}", QUIET, shown.note)
        )
        y += 22
    return format_html_join("", "{}", ((piece,) for piece in pieces)), y
