"""What an area consisted of year by year, as codes were renumbered and municipalities merged (F4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from samloft.places.models import Area, AreaSuccession, SuccessionKind

# 0122 → 3014 → 3118 is two steps; more than this is a mistake in the data.
FURTHEST_BACK = 12


@dataclass(frozen=True)
class Segment:
    """The areas that made up the area from the year `first` to `last`; None is open. Newest segment first.

    `breaks` is true when the series has a break between these years and the newer ones.
    """

    areas: tuple[Area, ...]
    first: int | None
    last: int | None
    breaks: bool = False

    def covers(self, year: int) -> bool:
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last)


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
    last = area.valid_to.year if area.valid_to else None
    breaks = False
    for _step in range(FURTHEST_BACK):
        earlier = [row for one in areas for row in before.get(one.pk, []) if last is None or row.on.year <= last]
        if not earlier:
            break
        start = max(row.on.year for row in earlier)
        segments.append(Segment(tuple(areas), start, last, breaks))
        steps = [row for row in earlier if row.on.year == start]
        areas, breaks = _stepped_back(areas, steps), any(row.kind != SuccessionKind.RENUMBERED for row in steps)
        last = start - 1
    if areas:
        begun = [one.valid_from.year for one in areas if one.valid_from]
        first = None if segments or not begun else max(begun)
        segments.append(Segment(tuple(areas), first, last, breaks))
    return tuple(segments)


def _stepped_back(areas: Sequence[Area], steps: Sequence[AreaSuccession]) -> list[Area]:
    """What these areas were before the steps. The whole does not stand in for a part split off."""
    start = steps[0].on.year
    stepped = {row.successor_id for row in steps}
    # An area that took in another without a new code was itself there before.
    kept = [
        one
        for one in areas
        if one.pk not in stepped or (one.valid_from is not None and one.valid_from.year < start)
    ]
    older = {row.predecessor_id: row.predecessor for row in steps if row.kind != SuccessionKind.SPLIT}
    return [*older.values(), *(one for one in kept if one.pk not in older)]
