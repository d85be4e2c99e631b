"""Outlines of areas from GeoJSON files that people have: read, judged, and brought into one form (F4)."""

from samloft.places.geojson.outlines import Outline, Outlines, Problem, outlines
from samloft.places.geojson.reading import LATITUDE_LONGITUDE, UTM_33, Collection, OutlinesRefused, read

__all__ = [
    "LATITUDE_LONGITUDE",
    "UTM_33",
    "Collection",
    "Outline",
    "Outlines",
    "OutlinesRefused",
    "Problem",
    "outlines",
    "read",
]
