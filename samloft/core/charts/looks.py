"""The look of each line and mark. Colours keep 3:1 on white; shape and dash tell lines apart without colour."""

from dataclasses import dataclass

TEXT = "#2b2b2b"
QUIET = "#595959"
GRID = "#dcdcdc"
FONT = "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif"
FONT_SIZE = 13


@dataclass(frozen=True, slots=True)
class Look:
    """`shape` is a number of lets-plot's, `dash` a name of its; `size` is the line's width."""

    colour: str
    shape: int
    dash: str
    size: float = 0.8
    fill: str = "#ffffff"


MAIN = Look("#0b4f8a", 21, "solid", 1.3, "#0b4f8a")
OTHERS = (
    Look("#a84600", 22, "dashed"),
    Look("#5d2a8c", 24, "dotted"),
    Look("#3d3d3d", 23, "dotdash"),
    Look("#00664f", 25, "longdash"),
    Look("#a0145a", 22, "twodash"),
    Look("#6a5400", 24, "dashed"),
    Look("#1f6f8b", 23, "longdash"),
)


def look(place: int) -> Look:
    """The look of the line at this place; the first is the main one, and the last ones repeat."""
    return MAIN if place == 0 else OTHERS[(place - 1) % len(OTHERS)]
