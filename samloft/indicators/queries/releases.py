"""The table of an indicator that everybody may see, small numbers hidden, and what proves it safe (F7)."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from samloft.core.errors import RuleBroken
from samloft.indicators.models import Indicator, IndicatorDefinition, Missing, StatisticsImport
from samloft.indicators.queries.baselines import source_of
from samloft.indicators.queries.figures import definitions, deliveries, series
from samloft.indicators.queries.owners import NOBODY, Owners
from samloft.indicators.queries.published_figures import HIDDEN, WITHHELD
from samloft.indicators.queries.release_counts import counts_behind_table
from samloft.indicators.queries.series import Point, Series
from samloft.indicators.suppression.counts import Counts, Key, Shown, Sum
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
    """The figures of the areas in the table."""

    indicator: Indicator
    areas: tuple[Area, ...]
    periods: tuple[str, ...]
    series: Mapping[int, Series]
    deliveries: Mapping[int, StatisticsImport]

    def printed(self) -> dict[Key, Point]:
        """The figures in the table, by area and period."""
        return {
            (str(area.pk), point.period): point
            for area in self.areas
            for point in self.series[area.pk].points
            if point.period in self.periods
        }

    def is_open(self, point: Point) -> bool:
        """Whether everybody may read all that the figure comes from: one owned part closes the whole."""
        came_in = [self.deliveries.get(batch) for batch in point.came_in]
        return bool(came_in) and all(one is not None and one.municipality_id is None for one in came_in)


def prepare(
    indicator: Indicator,
    areas: Sequence[Area],
    owners: Owners = NOBODY,
    *,
    first_year: int | None = None,
    last_year: int | None = None,
) -> Prepared:
    """The table of the indicator in the areas. Raises RuleBroken when it cannot be published."""
    if not indicator.may_be_public:
        raise RuleBroken(_("This indicator is marked as not for publishing."))
    found = _find(indicator, areas, owners, (first_year, last_year))
    threshold = max(indicator.threshold, LEAST_THRESHOLD)
    before = earlier(indicator)
    counts, known = counts_behind_table(indicator, areas, owners, found.printed(), before, threshold)
    counts, protected, hides_zeros = _protect(counts, threshold, [known, *before])
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


def _find(
    indicator: Indicator, areas: Sequence[Area], owners: Owners, years: tuple[int | None, int | None]
) -> _Found:
    first_year, last_year = years
    found = series([indicator], areas, owners)
    own = {area: one for (_indicator, area), one in found.items()}
    of_years = {
        (point.year, point.period)
        for area in areas
        for point in own[area.pk].points
        if (first_year is None or point.year >= first_year) and (last_year is None or point.year <= last_year)
    }
    periods = tuple(period for _year, period in sorted(of_years))
    if not any(own[area.pk].at(period) for area in areas for period in periods):
        raise RuleBroken(_("There are no figures to publish. Choose other areas or years."))
    batches = deliveries(point for one in own.values() for point in one.points)
    return _Found(indicator, tuple(areas), periods, own, batches)


def _protect(counts: Counts, threshold: int, before: Sequence[Shown]) -> tuple[Counts, Any, bool]:
    """What must be hidden, and whether zeros had to be hidden with the rest; and the counts as they were taken.

    Where the figures of larger areas that stand elsewhere leave too little room, they would give small counts away
    on their own, and no table of ours can help that: then those are left out of the reckoning.
    """
    from samloft.indicators.suppression.protect import CannotProtect, protect

    while True:
        given_away: tuple[Key, ...] = ()
        for hides_zeros in (False, True):
            try:
                return (
                    counts,
                    protect(counts, threshold=threshold, hide_zeros=hides_zeros, earlier=before),
                    hides_zeros,
                )
            except CannotProtect as refused:
                given_away = refused.keys
        if not counts.elsewhere:
            raise RuleBroken(
                _(
                    "Whatever is hidden in this table, readers could work out small numbers in it or in a table "
                    "that was published before. Choose fewer areas or years."
                )
            )
        periods = {key[-1] for key in given_away}
        left_out = {key for key in counts.elsewhere if key[-1] in periods} or counts.elsewhere
        counts = replace(
            counts, elsewhere=counts.elsewhere - left_out, unprinted=counts.unprinted | frozenset(left_out)
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
    if key in hidden:
        return {"state": HIDDEN}
    if point.value is None:
        return {"state": point.missing or "unknown"}
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
