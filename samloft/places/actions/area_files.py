"""Enters areas and what became of them from a file: what every installation begins with, and each year's changes.

All or nothing, and the same file twice changes nothing (F4).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import models, transaction
from django.utils.translation import gettext as _

from samloft.core import audit
from samloft.core.errors import RuleBroken
from samloft.places.actions import areas, in_step
from samloft.places.area_files import NORWAY, AreaEntry, read_areas
from samloft.places.models import Area, AreaKind, AreaSuccession

# From the largest, so that what an area lies within is there before it.
_ORDER = {kind: place for place, kind in enumerate(AreaKind)}
_CHANGEABLE = ("name", "parent", "valid_to")


@dataclass
class Entered:
    """What came of a file. `area_ids` are those whose figures may be others now."""

    added: int = 0
    changed: int = 0
    successions: int = 0
    area_ids: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class _Link:
    old: Area
    new: Area
    entry: AreaEntry
    on: date


@transaction.atomic
def enter_missing(*, today: date) -> Entered:
    """Enter the areas of Norway that are not there. Those that are there, and what they became, are kept."""
    return _enter(read_areas(NORWAY.name, NORWAY.read_bytes()), today, None, keep=True)


@transaction.atomic
def enter(*, entries: Sequence[AreaEntry], today: date, by: models.Model | None) -> Entered:
    """Enter what the file says that is new, and change names, ends and surroundings that it says are others."""
    return _enter(entries, today, by, keep=False)


def _enter(entries: Sequence[AreaEntry], today: date, by: models.Model | None, *, keep: bool) -> Entered:
    known, entered = _Known(), Entered()
    new: set[int] = set()
    by_kind: defaultdict[str, list[AreaEntry]] = defaultdict(list)
    for entry in {(one.kind, one.code, one.start): one for one in entries}.values():
        by_kind[entry.kind].append(entry)
    for kind in sorted(by_kind, key=lambda name: _ORDER[AreaKind(name)]):
        made = [_made(entry, known, entered, keep=keep) for entry in by_kind[kind]]
        rows = Area.objects.bulk_create([area for area in made if area is not None])
        known.add(rows)
        new |= {area.pk for area in rows}
    entered.added = len(new)
    _link(_links(entries, known), new, entered, keep=keep)
    entered.area_ids |= new
    in_step.keep(today=today, by=by)
    _tell(entered, by)
    return entered


class _Known:
    """All areas with a code, by kind and code. One query."""

    def __init__(self) -> None:
        self._areas: defaultdict[tuple[str, str], list[Area]] = defaultdict(list)
        coded = Area.objects.exclude(code="").select_related("municipality", "parent")
        self.add(coded.defer("geometry", "parent__geometry").order_by("pk"))

    def add(self, found: Iterable[Area]) -> None:
        for area in found:
            self._areas[area.kind, area.code].append(area)

    def same(self, entry: AreaEntry) -> Area | None:
        """The area that the entry is about: with its code, in use at some time when the entry's is."""
        found = [area for area in self._areas[entry.kind, entry.code] if _overlap(area, entry)]
        return next((area for area in found if area.valid_from == entry.start), found[-1] if found else None)

    def around(self, entry: AreaEntry) -> Area | None:
        """What the entry lies within: the nearest larger kind with that code, in use when the entry begins."""
        for kind in sorted(_ORDER, key=lambda one: -_ORDER[one]):
            if _ORDER[kind] < _ORDER[entry.kind]:
                for area in reversed(self._areas.get((kind, entry.within), [])):
                    if _overlap(area, entry):
                        return area
        return None

    def before(self, kind: str, code: str, on: date) -> Area | None:
        """The area with the code that was in use until that day, or will be."""
        found = [one for one in self._areas.get((kind, code), []) if one.valid_from is None or one.valid_from < on]
        return found[-1] if found else None


def _overlap(area: Area, entry: AreaEntry) -> bool:
    begins = area.valid_from is None or entry.end is None or area.valid_from <= entry.end
    return begins and (area.valid_to is None or entry.start is None or entry.start <= area.valid_to)


def _made(entry: AreaEntry, known: _Known, entered: Entered, *, keep: bool) -> Area | None:
    """The area to be made; None when there is one already, which is changed unless it is to be kept."""
    area = known.same(entry)
    if area is not None and keep:
        return None
    parent = known.around(entry) if entry.within else None
    if entry.within and parent is None:
        raise RuleBroken(
            _("%(code)s %(name)s lies within %(within)s, but there is no such area. Put it in the file as well.")
            % {"code": entry.code, "name": entry.name, "within": entry.within}
        )
    if area is None:
        values = areas.AreaValues(
            entry.kind,
            entry.code,
            entry.name,
            municipality=parent.municipality if parent else None,
            parent=parent,
            valid_from=entry.start,
            valid_to=entry.end,
        )
        areas.check_shape(values)
        return Area(**vars(values))
    wanted = {"name": entry.name, "parent": parent or area.parent, "valid_to": entry.end or area.valid_to}
    changed = [name for name in _CHANGEABLE if getattr(area, name) != wanted[name]]
    if changed:
        for name in changed:
            setattr(area, name, wanted[name])
        area.save(update_fields=changed)
        entered.changed += 1
        entered.area_ids.add(area.pk)
    return None


def _links(entries: Sequence[AreaEntry], known: _Known) -> list[_Link]:
    found = []
    for entry in entries:
        new, on = known.same(entry), entry.changed_on
        for code in entry.was if on and new else ():
            old = known.before(entry.kind, code, on) if on else None
            if old is None or new is None or on is None:
                words = {"code": entry.code, "old": code}
                raise RuleBroken(
                    _("%(code)s comes from %(old)s, but no such code was in use before. Put it in the file.")
                    % words
                )
            found.append(_Link(old, new, entry, on))
    return found


def _link(links: Sequence[_Link], new: set[int], entered: Entered, *, keep: bool) -> None:
    """Say what became of the areas. Where areas are to be kept, only what has to do with a new one is said."""
    said = set(AreaSuccession.objects.values_list("predecessor_id", "successor_id"))
    after: defaultdict[int, set[int]] = defaultdict(set)
    for predecessor, successor in said:
        after[predecessor].add(successor)
    made = []
    for link in links:
        pair = (link.old.pk, link.new.pk)
        if pair in said or (keep and not new & set(pair)):
            continue
        if link.old.pk in _reached(link.new.pk, after):
            raise RuleBroken(_("An area cannot become what it once was. Look at the codes and the dates."))
        said.add(pair)
        after[link.old.pk].add(link.new.pk)
        kind = str(link.entry.how)
        made.append(AreaSuccession(predecessor=link.old, successor=link.new, kind=kind, on=link.on))
        entered.area_ids |= set(pair)
    AreaSuccession.objects.bulk_create(made)
    for succession in made:
        areas.close(succession)
    entered.successions = len(made)


def _reached(start: int, after: dict[int, set[int]]) -> set[int]:
    found, newest = {start}, {start}
    while newest:
        newest = {later for one in newest for later in after.get(one, ())} - found
        found |= newest
    return found


def _tell(entered: Entered, by: models.Model | None) -> None:
    first = Area.objects.filter(pk__in=entered.area_ids).order_by("pk").first()
    if first is not None:
        audit.record(
            "areas.entered",
            first,
            by=by,
            data={
                "added": entered.added,
                "changed": entered.changed,
                "successions": entered.successions,
                "areas": sorted(entered.area_ids)[:500],
            },
        )
