"""What an area consisted of year by year, as codes were renumbered and municipalities merged (F4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from samloft.places.models import Area, AreaSuccession, SuccessionKind
from samloft.places.models.areas import first_year

# 0122 → 3014 → 3118 is two steps; more than this is a mistake in the data.
FURTHEST_BACK = 12


@dataclass(frozen=True)
class Segment:
    """The areas that made up the area from the year `first` to `last`; None is open. Newest segment first.

    `breaks` is true when the series has a break between these years and the newer ones. Of `lacking` only a part
    went into the area; since nobody knows how much of their figures, the sum of the others is not the whole.
    """

    areas: tuple[Area, ...]
    first: int | None
    last: int | None
    breaks: bool = False
    lacking: tuple[Area, ...] = ()

    def covers(self, year: int) -> bool:
        return self.touches(year, year)

    def touches(self, first: int, last: int) -> bool:
        """Whether some of these years are the segment's."""
        return (self.first is None or self.first <= last) and (self.last is None or first <= self.last)

    def has_beside_others(self, area: Area) -> bool:
        """Whether the area was there already, but was not all that it is now."""
        return area in self.areas and bool(self.lacking or len(self.areas) > 1)


@dataclass(frozen=True)
class Lineage:
    area: Area
    segments: tuple[Segment, ...]

    @property
    def area_ids(self) -> frozenset[int]:
        return frozenset(area.pk for segment in self.segments for area in segment.areas)


def lineages(areas: Iterable[Area]) -> dict[int, Lineage]:
    """The lineage of each area, by its id. One query for each step back in time, whatever the number of areas."""
    wanted = {area.pk: area for area in areas}
    before = _predecessors(wanted)
    return {pk: Lineage(area, _segments(area, before)) for pk, area in wanted.items()}


def _predecessors(areas: Mapping[int, Area]) -> dict[int, list[AreaSuccession]]:
    found: dict[int, list[AreaSuccession]] = {}
    newest = set(areas)
    for _step in range(FURTHEST_BACK):
        rows = list(
            AreaSuccession.objects.filter(successor__in=newest)
            .select_related("predecessor__parent")
            .order_by("on", "predecessor__code")
        )
        newest = {row.predecessor_id for row in rows} - set(found)
        for row in rows:
            found.setdefault(row.successor_id, []).append(row)
        if not newest:
            break
    return found


def _segments(area: Area, before: Mapping[int, list[AreaSuccession]]) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    areas: Sequence[Area] = [area]
    last = area.last_year
    lacking: tuple[Area, ...] = ()
    breaks = False
    for _step in range(FURTHEST_BACK):
        rows = [row for one in areas for row in before.get(one.pk, [])]
        earlier = [row for row in rows if last is None or first_year(row.on) <= last]
        if not earlier:
            break
        start = max(first_year(row.on) for row in earlier)
        segments.append(Segment(tuple(areas), start, last, breaks, lacking))
        steps = [row for row in earlier if first_year(row.on) == start]
        areas, breaks = _stepped_back(areas, steps), any(row.kind != SuccessionKind.RENUMBERED for row in steps)
        lacking += tuple(row.predecessor for row in steps if row.kind == SuccessionKind.SPLIT)
        last = start - 1
    if areas:
        begun = [one.first_year for one in areas if one.first_year is not None]
        first = None if segments or not begun else max(begun)
        segments.append(Segment(tuple(areas), first, last, breaks, lacking))
    return tuple(segments)


def _stepped_back(areas: Sequence[Area], steps: Sequence[AreaSuccession]) -> list[Area]:
    """What these areas were before the steps, without those that only a part of went into them."""
    start = first_year(steps[0].on)
    stepped = {row.successor_id for row in steps}
    # An area that took in another without a new code was itself there before.
    kept = [
        one for one in areas if one.pk not in stepped or (one.first_year is not None and one.first_year < start)
    ]
    older = {row.predecessor_id: row.predecessor for row in steps if row.kind != SuccessionKind.SPLIT}
    return [*older.values(), *(one for one in kept if one.pk not in older)]
