"""Which areas add up to which, year by year: what anybody with a map and the list of codes knows (F7, ADR 9)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from samloft.indicators.queries.lineage import Lineage, lineages
from samloft.places.models import Area, AreaKind, AreaSuccession, SuccessionKind

INSIDE = (AreaKind.DISTRICT, AreaKind.ZONE, AreaKind.BASIC_UNIT)
LARGER = (AreaKind.COUNTRY, AreaKind.COUNTY, AreaKind.MUNICIPALITY)
# Each kind divides the whole, and each is a sum of its own.
_DIVIDED_BY = {
    AreaKind.COUNTRY: (AreaKind.COUNTY, AreaKind.MUNICIPALITY),
    AreaKind.COUNTY: (AreaKind.MUNICIPALITY,),
}


@dataclass(frozen=True)
class AreaSum:
    """Areas by their ids. `by` is the kind of the parts, "" for what the area was made of before it had its code.
    `knows_rest`: what other parts there are, readers know; a county has too many to have them all here."""

    total: int
    parts: tuple[int, ...]
    by: str
    knows_rest: bool


class AreaSums:
    """The sums that bind the areas of a table to those of earlier tables and to what lies around and inside."""

    def __init__(
        self, chosen: Iterable[Area], printed_before: Collection[int], seen_before: Collection[int]
    ) -> None:
        """`seen_before` stood in earlier tables or behind them, `printed_before` stood in them."""
        chosen = list(chosen)
        self._areas, self._lineages = _load(chosen, printed_before, seen_before)
        self._ended = _ended(self._areas)
        self._kin = _kin(self._lineages)
        self._parents = _parents(self._areas)
        self._children: dict[int, list[int]] = defaultdict(list)
        for child, parent in sorted(self._parents.items()):
            self._children[parent].append(child)
        larger = {pk for pk in seen_before if pk in self._areas and self._areas[pk].kind in LARGER}
        concerned = {*(area.pk for area in chosen), *larger, *(set(printed_before) & self._areas.keys())}
        self._above = {pk: frozenset(self._up(pk)) for pk in self._areas}
        self._concerned = concerned | {kin for pk in concerned for kin in self._kin[pk]}
        self._divisions = list(self._divide())
        self.ids = frozenset(self._areas)
        self.around_chosen = self._around([area.pk for area in chosen])

    def in_year(self, year: int, given: Collection[int]) -> Iterator[AreaSum]:
        """The sums of that year. `given` are the areas that have a figure of their own for it.

        An area is divided when one of its parts stands in the tables, or in another sum here: all the others tell
        nothing more.
        """
        found: dict[tuple[int, str], tuple[int, ...]] = {}
        waiting = [(total, by, self._of_time(parts, year, given)) for total, by, parts in self._divisions]
        involved, is_new = {*self._concerned, *self._over(self._concerned)}, True
        while is_new:
            is_new = False
            for total, by, parts in waiting:
                if (
                    (total, by) not in found
                    and involved.intersection(parts)
                    and not self._is_told(total, parts, found)
                ):
                    found[total, by], is_new = parts, True
                    involved |= {*parts, *self._over(parts)}
        for (total, by), parts in found.items():
            yield AreaSum(total, parts, by, knows_rest=self._areas[total].kind in _DIVIDED_BY)
        for pk in sorted(involved):
            for segment in self._lineages[pk].segments[1:]:
                came_from = tuple(area.pk for area in segment.areas)
                if segment.covers(year) and pk not in came_from:
                    yield AreaSum(pk, came_from, "", knows_rest=False)

    def _divide(self) -> Iterator[tuple[int, str, tuple[int, ...]]]:
        """Every area with all of its parts of one kind; counties with those that the tables have to do with."""
        here = self._concerned | self._over(self._concerned)
        for total, area in sorted(self._areas.items()):
            for kind in _DIVIDED_BY.get(AreaKind(area.kind), INSIDE):
                parts = tuple(pk for pk in self._below(total, kind) if area.kind not in _DIVIDED_BY or pk in here)
                if parts:
                    yield total, kind, parts

    def _is_told(self, total: int, parts: Sequence[int], found: Mapping[tuple[int, str], Sequence[int]]) -> bool:
        """Whether the parts all lie in larger ones that make up the same total: zones in districts."""
        if self._areas[total].kind in _DIVIDED_BY:
            return False
        larger = {pk for (divided, _by), others in found.items() if divided == total for pk in others}
        return all(larger & self._above[pk] for pk in parts)

    def _over(self, pks: Iterable[int]) -> set[int]:
        return {above for pk in pks for above in self._above[pk]}

    def _below(self, pk: int, kind: AreaKind) -> Iterator[int]:
        for child in self._children[pk]:
            if self._areas[child].kind == kind:
                yield child
            else:
                yield from self._below(child, kind)

    def _up(self, pk: int) -> Iterator[int]:
        parent = self._parents.get(pk)
        if parent is not None:
            yield parent
            yield from self._up(parent)

    def _around(self, chosen: Sequence[int]) -> frozenset[int]:
        """What the chosen areas lie in up to the municipality, and what that was before."""
        above = {pk for one in chosen for pk in self._above[one]}
        whole = {pk for pk in above if self._areas[pk].kind in (*INSIDE, AreaKind.MUNICIPALITY)}
        return frozenset(whole | {kin for pk in whole for kin in self._kin[pk]})

    def _of_time(self, parts: Sequence[int], year: int, given: Collection[int]) -> tuple[int, ...]:
        """The parts that there were. Where the source gives the figure of another year's code, that one."""
        there = [pk for pk in parts if self._existed(pk, year)]
        found = [pk for pk in there if pk in given]
        for pk in parts:
            if pk in given and pk not in there and not self._kin[pk].intersection(found):
                found.append(pk)
        stood_for = {kin for pk in found for kin in self._kin[pk]}
        return (*found, *(pk for pk in there if pk not in given and pk not in stood_for))

    def _existed(self, pk: int, year: int) -> bool:
        if year > self._ended.get(pk, year):
            return False
        segments = self._lineages[pk].segments
        return any(segment.covers(year) and any(area.pk == pk for area in segment.areas) for segment in segments)


def _load(
    chosen: Sequence[Area], printed_before: Collection[int], seen_before: Collection[int]
) -> tuple[dict[int, Area], dict[int, Lineage]]:
    """The areas with what they lie in, what they were, and all that lies in municipalities that the tables look
    into. A few queries for each step up or back in time, whatever the number of areas."""
    # Municipalities are looked into when something inside them is chosen, or was printed before.
    own = {area.municipality_id for area in chosen}
    looked_into = {area.municipality_id for area in chosen if area.kind not in LARGER}
    before = Area.objects.filter(pk__in=list(printed_before)).exclude(kind__in=LARGER)
    looked_into |= own & set(before.order_by().values_list("municipality_id", flat=True))
    wanted = Q(pk__in=[area.pk for area in chosen]) | Q(pk__in=list(seen_before), kind__in=LARGER)
    areas: dict[int, Area] = {}
    opened: set[int] = set()
    while True:
        new = {pk for pk in looked_into if pk is not None} - opened
        opened |= new
        wanted |= Q(municipality__in=new)
        areas |= {area.pk: area for area in Area.objects.filter(wanted).defer("geometry").order_by("pk")}
        known = lineages(areas.values())
        members = {area.pk: area for one in known.values() for part in one.segments for area in part.areas}
        looked_into = {area.municipality_id for area in members.values() if area.kind not in LARGER}
        near = {area.parent_id for area in areas.values() if area.parent_id} | members.keys()
        if near <= areas.keys() and not {pk for pk in looked_into if pk is not None} - opened:
            return areas, known
        wanted = Q(pk__in=near - areas.keys())


def _parents(areas: Mapping[int, Area]) -> dict[int, int]:
    """What each area lies in; a place or zone that says nothing lies in its municipality."""
    municipalities = {
        area.municipality_id: area.pk
        for area in sorted(areas.values(), key=lambda area: (area.valid_from is not None, str(area.valid_from)))
        if area.kind == AreaKind.MUNICIPALITY and area.municipality_id
    }
    found = {}
    for area in areas.values():
        parent = area.parent_id
        if parent is None and area.kind not in LARGER:
            parent = municipalities.get(area.municipality_id or 0)
        if parent is not None:
            found[area.pk] = parent
    return found


def _ended(areas: Mapping[int, Area]) -> dict[int, int]:
    """The last year of areas that became others; those that another was split off go on."""
    rows = AreaSuccession.objects.filter(predecessor__in=areas.keys()).exclude(kind=SuccessionKind.SPLIT)
    last = {pk: on.year - 1 for pk, on in rows.order_by("-on").values_list("predecessor_id", "on")}
    return {pk: year for pk, year in last.items() if areas[pk].valid_to is None}


def _kin(known: Mapping[int, Lineage]) -> Mapping[int, set[int]]:
    """The areas that each has become or come from."""
    found: dict[int, set[int]] = defaultdict(set)
    for pk, lineage in known.items():
        for other in lineage.area_ids - {pk}:
            found[pk].add(other)
            found[other].add(pk)
    return found
