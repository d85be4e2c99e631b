"""What a map file would do to the areas of a municipality, before anything is stored."""

from dataclasses import dataclass

from samloft.places.actions.outlines import of_municipality
from samloft.places.geojson import Outline, Outlines
from samloft.places.models import Area, Municipality

SHORTEST_OFFICIAL = 6


@dataclass(frozen=True)
class OutlinePreview:
    """`matched` are the areas that get an outline, `new` the codes nobody has, `not_found` the areas left without.

    `elsewhere` counts codes of other municipalities, which are passed over.
    """

    found: Outlines
    matched: tuple[tuple[Area, Outline], ...]
    new: tuple[Outline, ...]
    not_found: tuple[Area, ...]
    elsewhere: int

    @property
    def repaired(self) -> tuple[Outline, ...]:
        """Those of its own whose border crossed itself."""
        return tuple(one for one in self.ours if one.repaired)

    @property
    def ours(self) -> tuple[Outline, ...]:
        return (*(outline for _area, outline in self.matched), *self.new)


def preview(municipality: Municipality, found: Outlines) -> OutlinePreview:
    """One query."""
    known = {area.code: area for area in of_municipality(municipality).order_by("kind", "code")}
    matched = tuple((known[one.code], one) for one in found.outlines if one.code in known)
    others = [one for one in found.outlines if one.code not in known]
    new = tuple(one for one in others if not _is_elsewhere(one.code, municipality))
    in_file = {one.code for one in found.outlines}
    not_found = tuple(area for code, area in known.items() if code not in in_file)
    return OutlinePreview(found, matched, new, not_found, len(others) - len(new))


def _is_elsewhere(code: str, municipality: Municipality) -> bool:
    """An official code begins with that of its municipality."""
    return code.isdecimal() and len(code) >= SHORTEST_OFFICIAL and not code.startswith(municipality.code)
