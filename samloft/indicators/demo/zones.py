"""Twelve made-up zones for the demo municipality: neighbours with uneven borders, nothing official.

`zones.geojson` is what `text()` gives; `tests/indicators/test_demo_zones.py` compares them. A border between two
zones is made once, so that both have the same points.
"""

import json
import math
from typing import Any

NAMES = (
    ("Spydeberg nord", "Båstad", "Skjønhaug", "Havnås"),
    ("Spydeberg sentrum", "Askim vest", "Askim sentrum", "Askim øst"),
    ("Knapstad", "Slitu", "Mysen nord", "Mysen sentrum"),
)
WEST, SOUTH, EAST, NORTH = 11.02, 59.42, 11.58, 59.69
# Points on each border, the two ends not counted.
BENDS = 7

Point = tuple[float, float]


def text() -> str:
    """The zones as GeoJSON in EPSG:4326, one line for each."""
    rows, columns = len(NAMES), len(NAMES[0])
    lines = []
    for number, (row, column) in enumerate(((r, c) for r in range(rows) for c in range(columns)), 1):
        zone = {
            "type": "Feature",
            "properties": {
                "code": f"311801{number:02d}",
                "name": f"{NAMES[row][column]} (syntetisk)",
                "synthetic": True,
            },
            "geometry": {"type": "Polygon", "coordinates": [_ring(row, column)]},
        }
        lines.append(json.dumps(zone, ensure_ascii=False))
    features = ",\n".join(lines)
    return f'{{"type": "FeatureCollection", "name": "synthetic zones", "features": [\n{features}\n]}}\n'


def _ring(row: int, column: int) -> list[list[float]]:
    """Counter-clockwise, as the standard wants outer rings: south side, east, north, west."""
    south = _border((row + 1, column), (row + 1, column + 1))
    east = _border((row, column + 1), (row + 1, column + 1))[::-1]
    north = _border((row, column), (row, column + 1))[::-1]
    west = _border((row, column), (row + 1, column))
    points: list[Any] = [*south[:-1], *east[:-1], *north[:-1], *west]
    return [[round(longitude, 5), round(latitude, 5)] for longitude, latitude in points]


def _border(start: tuple[int, int], end: tuple[int, int]) -> list[Point]:
    """The points from one corner to another, always made in the same direction."""
    (x1, y1), (x2, y2) = _corner(*start), _corner(*end)
    length = math.hypot(x2 - x1, y2 - y1)
    across = ((y1 - y2) / length, (x2 - x1) / length)
    points = [(x1, y1)]
    for step in range(1, BENDS + 1):
        share = step / (BENDS + 1)
        aside = length * 0.07 * _uneven(*start, *end, step) * math.sin(math.pi * share)
        points.append((x1 + (x2 - x1) * share + across[0] * aside, y1 + (y2 - y1) * share + across[1] * aside))
    return [*points, (x2, y2)]


def _corner(row: int, column: int) -> Point:
    wide, high = (EAST - WEST) / len(NAMES[0]), (NORTH - SOUTH) / len(NAMES)
    return (
        WEST + column * wide + 0.18 * wide * _uneven(row, column, 1),
        NORTH - row * high + 0.18 * high * _uneven(row, column, 2),
    )


def _uneven(*seed: int) -> float:
    """A number between -1 and 1 that looks like chance and is always the same."""
    mixed = sum(part * prime for part, prime in zip(seed, (12.9898, 78.233, 37.719, 53.147, 91.37), strict=False))
    return (math.sin(mixed + 1.5) * 43758.5453) % 2 - 1
