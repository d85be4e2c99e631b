"""The table of an indicator that everybody may see, small numbers hidden, and what proves it safe (F7)."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _

from samloft.core.errors import RuleBroken
from samloft.indicators.figures import year_of
from samloft.indicators.models import Indicator, IndicatorDefinition, Missing, StatisticsImport
from samloft.indicators.queries.baselines import source_of
from samloft.indicators.queries.circles import parts_of
from samloft.indicators.queries.figures import definitions, deliveries, series
from samloft.indicators.queries.published_figures import HIDDEN, WITHHELD
from samloft.indicators.queries.series import Point, Series, existed
from samloft.indicators.suppression.blanks import counts_behind
from samloft.indicators.suppression.counts import Counts, Key, Shown, Sum, shares
from samloft.places.models import Area

LEAST_THRESHOLD = 3  # what the method takes: with 2, a hidden count could only be 1


@dataclass(frozen=True)
class Prepared:
    """A table ready to be published. `checksum` says which: what a person has looked at is what is published.

    `hidden` cells are left out, `small` of them because they are small and the others to protect those and the
    cells that are hidden `by_source`; of `withheld` nobody knows how many people they are about. `already_public`
    are small counts that earlier releases have given away; they cannot be called back.
    """

    indicator: Indicator
    definition: IndicatorDefinition
    threshold: int
    table: dict[str, Any]
    counts: dict[str, Any]
    hidden: int
    small: int
    by_source: int
    withheld: int
    already_public: int

    @property
    def checksum(self) -> str:
        return hashlib.sha256(json.dumps(self.table, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class _Found:
    """The figures of the areas in the table, and of the parts that some of those are put together from."""

    indicator: Indicator
    areas: tuple[Area, ...]
    parts: Mapping[int, tuple[Area, ...]]
    periods: tuple[str, ...]
    series: Mapping[int, Series]
    deliveries: Mapping[int, StatisticsImport]

    def everywhere(self) -> Iterable[Area]:
        return {area.pk: area for area in (*self.areas, *chain(*self.parts.values()))}.values()

    def points(self) -> Iterator[tuple[Area, Point]]:
        for area in self.everywhere():
            for point in self.series[area.pk].points:
                if point.period in self.periods:
                    yield area, point

    def is_open(self, point: Point) -> bool:
        """Whether everybody may read all that the figure comes from: one owned part closes the whole."""
        came_in = [self.deliveries.get(batch) for batch in point.came_in]
        return bool(came_in) and all(one is not None and one.municipality_id is None for one in came_in)

    def blank(self) -> dict[Key, str]:
        """The places without a figure, and why there is none as far as the source says."""
        return {
            (str(area.pk), period): point.missing if point else ""
            for area in self.everywhere()
            for period in self.periods
            if (point := self.series[area.pk].at(period)) is None or point.value is None
        }


def prepare(
    indicator: Indicator, areas: Sequence[Area], *, first_year: int | None = None, last_year: int | None = None
) -> Prepared:
    """The table of the indicator in the areas. Raises RuleBroken when it cannot be published."""
    if not indicator.may_be_public:
        raise RuleBroken(_("This indicator is marked as not for publishing."))
    found = _find(indicator, areas, first_year, last_year)
    threshold = max(indicator.threshold, LEAST_THRESHOLD)
    counts, known = _counts(found)
    protected, hides_zeros = _protect(counts, threshold, [known, *earlier(indicator)])
    hidden = {key for key in protected.hidden if key[0] != "rest"}
    table = _table(found, {key[1:] for key in hidden}, {key[1:] for key in counts.values})
    whole = replace(counts, values={**counts.values, **known.counts.values})
    states = [cell.get("state") for row in table["cells"] for cell in row]
    return Prepared(
        indicator=indicator,
        definition=definitions([indicator.pk])[indicator.pk],
        threshold=threshold,
        table=table,
        counts=_to_data(Shown(whole, frozenset(hidden), threshold, hides_zeros)),
        hidden=states.count(HIDDEN),
        small=sum(1 for key in protected.small if key in hidden),
        by_source=states.count(Missing.HIDDEN),
        withheld=states.count(WITHHELD),
        already_public=len([key for key in protected.already_public if key[0] != "rest"]),
    )


def earlier(indicator: Indicator) -> list[Shown]:
    """All releases of the indicator, whoever published them, withdrawn ones too: they have been seen."""
    return [_from_data(counts) for counts in indicator.releases.order_by("pk").values_list("counts", flat=True)]


def _find(indicator: Indicator, areas: Sequence[Area], first_year: int | None, last_year: int | None) -> _Found:
    parts = parts_of(areas)
    found = series([indicator], [*areas, *(part for of_area in parts.values() for part in of_area)])
    own = {area: one for (_indicator, area), one in found.items()}
    years = {
        (point.year, point.period)
        for area in areas
        for point in own[area.pk].points
        if (first_year is None or point.year >= first_year) and (last_year is None or point.year <= last_year)
    }
    periods = tuple(period for _year, period in sorted(years))
    if not any(own[area.pk].at(period) for area in areas for period in periods):
        raise RuleBroken(_("There are no figures to publish. Choose other areas or years."))
    batches = deliveries(point for one in own.values() for point in one.points)
    return _Found(indicator, tuple(areas), parts, periods, own, batches)


def _counts(found: _Found) -> tuple[Counts, Shown]:
    """The people behind the figures, as far as they are known, and what readers know before they see any."""
    numerators: dict[Key, int] = {}
    denominators: dict[Key, int] = {}
    is_count = found.indicator.counts_people
    for area, point in found.points():
        key = (str(area.pk), point.period)
        count = _whole(point.value if is_count else point.numerator)
        if count is not None:
            numerators[key] = count
            whole = None if is_count else _whole(point.denominator)
            if whole is not None and whole >= count:
                denominators[key] = whole
    sums = [
        Sum(
            (str(area), period),
            tuple((str(part.pk), period) for part in of_area if existed(part, year_of(period))),
        )
        for area, of_area in found.parts.items()
        for period in found.periods
    ]
    blank = found.blank()
    behind = counts_behind(numerators, blank, sums)
    wholes = counts_behind(denominators, blank, sums, only_certain=True)
    denominators |= {key: whole for key, whole in wholes.items() if whole >= behind.get(key, whole + 1)}
    counts, known = shares({**numerators, **behind}, denominators, sums)
    printed = {str(area.pk) for area in found.areas}
    apart = frozenset(key for key in counts.values if key[1] not in printed or key[1:] in behind)
    secret = frozenset(key for key in counts.values if key[0] == "in" and blank.get(key[1:]) == Missing.HIDDEN)
    return replace(counts, unprinted=counts.unprinted | apart, secret=secret), known


def _whole(number: float | None) -> int | None:
    """The number as a count of people; None when it is none, such as an estimate."""
    return int(number) if number is not None and number >= 0 and number == int(number) else None


def _protect(counts: Counts, threshold: int, before: Sequence[Shown]) -> tuple[Any, bool]:
    """What must be hidden, and whether zeros had to be hidden with the rest."""
    from samloft.indicators.suppression.protect import CannotProtect, protect

    for hides_zeros in (False, True):
        try:
            protected = protect(counts, threshold=threshold, hide_zeros=hides_zeros, earlier=before)
        except CannotProtect:
            continue
        return protected, hides_zeros
    raise RuleBroken(
        _(
            "Whatever is hidden in this table, readers could work out small numbers in it or in a table that was "
            "published before. Choose fewer areas or years."
        )
    )


def _table(found: _Found, hidden: set[Key], counted: set[Key]) -> dict[str, Any]:
    """What everybody sees: nothing in it tells more than it shows."""
    definition = definitions([found.indicator.pk])[found.indicator.pk]
    shown = (point for area in found.areas for point in found.series[area.pk].points)
    used = {batch for point in shown if point.period in found.periods for batch in point.came_in}
    sources = {source_of(found.deliveries.get(batch), definition) for batch in sorted(used)}
    return {
        "areas": [{"code": area.code, "name": area.name} for area in found.areas],
        "periods": list(found.periods),
        "cells": [
            [_cell(found, area, period, hidden, counted) for period in found.periods] for area in found.areas
        ],
        "sources": [
            {
                "source": source.source,
                "table": source.table_id,
                "licence": source.licence,
                "retrieved": source.retrieved_at.date().isoformat() if source.retrieved_at else "",
            }
            for source in sorted(sources, key=repr)
        ],
        "is_synthetic": any(source.is_synthetic for source in sources),
    }


def _cell(found: _Found, area: Area, period: str, hidden: set[Key], counted: set[Key]) -> dict[str, Any]:
    point, key = found.series[area.pk].at(period), (str(area.pk), period)
    if point is None:
        return {"state": ".."}
    if point.value is None:
        return {"state": point.missing or "unknown"}
    if key in hidden:
        return {"state": HIDDEN}
    if key not in counted and not found.is_open(point):
        return {"state": WITHHELD}
    shown: dict[str, Any] = {"value": round(point.value, found.indicator.decimals)}
    if point.is_provisional:
        shown["provisional"] = True
    if point.after_break:
        shown["after_break"] = True
    return shown


def _to_data(shown: Shown) -> dict[str, Any]:
    counts = shown.counts
    return {
        "values": [[*key, value] for key, value in counts.values.items()],
        "sums": [[list(each.total), [list(part) for part in each.parts]] for each in counts.sums],
        "unprinted": sorted(map(list, counts.unprinted)),
        "secret": sorted(map(list, counts.secret)),
        "hidden": sorted(map(list, shown.hidden)),
        "threshold": shown.threshold,
        "hides_zeros": shown.hides_zeros,
    }


def _from_data(data: Mapping[str, Any]) -> Shown:
    counts = Counts(
        {tuple(key): value for *key, value in data["values"]},
        tuple(Sum(tuple(total), tuple(tuple(part) for part in parts)) for total, parts in data["sums"]),
        frozenset(map(tuple, data["unprinted"])),
        frozenset(map(tuple, data.get("secret", ()))),
    )
    return Shown(counts, frozenset(map(tuple, data["hidden"])), data["threshold"], data["hides_zeros"])
