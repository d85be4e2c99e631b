"""Maps drawn on the server: areas in classes, with names, values and what is missing."""

from samloft.core.maps.descriptions import AreaMap, MapArea, MapClass, classes, map_words
from samloft.core.maps.drawing import draw_map

__all__ = ["AreaMap", "MapArea", "MapClass", "classes", "draw_map", "map_words"]
