"""The made-up zones of the demo: neighbours without gaps, and marked as made up."""

import json
from pathlib import Path

from shapely.geometry import shape

from samloft.indicators import demo
from samloft.indicators.demo.zones import text
from samloft.places.geojson import LATITUDE_LONGITUDE, outlines, read

FILE = Path(demo.__file__).parent / "zones.geojson"


def test_the_file_is_what_the_generator_gives() -> None:
    assert FILE.read_text("utf-8") == text()


def test_the_zones_are_twelve_neighbours_that_say_they_are_synthetic() -> None:
    shapes = [shape(feature["geometry"]) for feature in json.loads(text())["features"]]
    found = outlines(read(FILE.read_bytes()), code="code", name="name", crs=LATITUDE_LONGITUDE)
    assert [one.code for one in found.outlines] == [f"311801{n:02d}" for n in range(1, 13)] and not found.problems
    assert all("(syntetisk)" in one.name and not one.repaired for one in found.outlines)
    assert all(one.is_valid for one in shapes)
    assert sum(a.intersection(b).area for a in shapes for b in shapes if a is not b) == 0
