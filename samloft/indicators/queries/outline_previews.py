"""What a map file would do to the areas it is meant for, before anything is stored."""

from dataclasses import dataclass

from samloft.places.actions.outlines import Territory, within
from samloft.places.geojson import Outline, Outlines
from samloft.places.models import Area, Municipality

SHORTEST_OFFICIAL = 6


@dataclass(frozen=True)
class OutlinePreview:
    """`matched` are the areas that get an outline, `new` the codes nobody has, `not_found` the areas left without.

    `elsewhere` counts codes that belong to others, which are passed over.
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
    def several(self) -> tuple[Outline, ...]:
        """Those of its own that the file has in several parts."""
        return tuple(one for one in self.ours if one.parts > 1)

    @property
    def ours(self) -> tuple[Outline, ...]:
        return (*(outline for _area, outline in self.matched), *self.new)


def preview(territory: Territory, found: Outlines) -> OutlinePreview:
    """Only a municipality has areas that nobody knew. One query."""
    known = {area.code: area for area in within(territory).order_by("kind", "code")}
    matched = tuple((known[one.code], one) for one in found.outlines if one.code in known)
    others = [one for one in found.outlines if one.code not in known]
    own = territory if isinstance(territory, Municipality) else None
    new = tuple(one for one in others if own and not _is_elsewhere(one.code, own))
    in_file = {one.code for one in found.outlines}
    not_found = tuple(area for code, area in known.items() if code not in in_file)
    return OutlinePreview(found, matched, new, not_found, len(others) - len(new))


def _is_elsewhere(code: str, municipality: Municipality) -> bool:
    """An official code begins with that of its municipality."""
    return code.isdecimal() and len(code) >= SHORTEST_OFFICIAL and not code.startswith(municipality.code)
