"""The maps of a programme's areas: where they lie, how an indicator stands in each, how much piles up."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samloft.core.figures import number_text
from samloft.core.maps import AreaMap, MapArea
from samloft.indicators import figures
from samloft.indicators.queries.overlap import Overlap
from samloft.indicators.queries.rankings import RankedArea, Ranking
from samloft.places.geojson import Outline
from samloft.places.models import Area

# More than these cannot be told apart on one map.
MOST = 400

Outlines = Mapping[int, dict[str, Any]]
Address = Callable[[Area], str]


def where(
    areas: Sequence[Area], outlines: Outlines, address: Address, *, title: str, main: Area | None = None
) -> AreaMap:
    """Only where the areas lie, the main one marked."""
    shown = (
        MapArea(
            area.name,
            outlines.get(area.pk),
            label=area.name.partition(" (")[0],
            url=address(area),
            is_main=area == main,
        )
        for area in areas
    )
    return AreaMap(title, tuple(shown), is_plain=True, note=_synthetic(areas))


def of_outlines(found: Sequence[Outline]) -> AreaMap:
    """What a map file would draw."""
    shown = (MapArea(f"{one.code} {one.name}".strip(), one.geometry, label=one.name or one.code) for one in found)
    return AreaMap(_("The outlines of the file"), tuple(shown)[:MOST], is_plain=True)


def of_ranking(ranking: Ranking, title: str, outlines: Outlines, address: Address) -> AreaMap:
    """The indicator in each area that is compared; the others have no figure here."""
    indicator = ranking.indicator

    def area(one: RankedArea) -> MapArea:
        value = one.value if one.place is not None else None
        if value is not None:
            text, label = figures.figure(value, indicator), number_text(value, indicator.decimals)
        else:
            text, label = (figures.why_missing(one.figure.missing) if one.figure else "") or _("No figure"), ""
        return MapArea(one.area.name, outlines.get(one.area.pk), value, text, label, address(one.area))

    areas = sorted(ranking.areas, key=lambda one: one.area.name)
    note = _synthetic([one.area for one in areas])
    return AreaMap(title, tuple(map(area, areas)), indicator.unit, indicator.decimals, note)


def of_overlap(overlap: Overlap, outlines: Outlines, address: Address) -> AreaMap:
    """How many indicators put each area in the worst fifth."""
    shown = []
    for row in sorted(overlap.rows, key=lambda row: row.area.name):
        value = float(row.count) if row.known else None
        text = (
            ngettext(
                "in the worst fifth for %(count)d of %(known)d indicator",
                "in the worst fifth for %(count)d of %(known)d indicators",
                row.known,
            )
            % {"count": row.count, "known": row.known}
            if row.known
            else _("No figure")
        )
        label = str(row.count) if row.known else ""
        shown.append(MapArea(row.area.name, outlines.get(row.area.pk), value, text, label, address(row.area)))
    title = _("Number of indicators in the worst fifth")
    return AreaMap(title, tuple(shown), decimals=0, note=_synthetic([row.area for row in overlap.rows]))


def _synthetic(areas: Iterable[Area]) -> str:
    return _("Synthetic areas: made up, nothing official.") if any(area.is_synthetic for area in areas) else ""
