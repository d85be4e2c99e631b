"""Fetches from statistics banks as the pages show them, and what is sensible to ask for."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from samloft.core.statuses import Status
from samloft.indicators.models import PATIENCE, FetchState, StatisticsFetch
from samloft.indicators.pxweb.planning import cells
from samloft.indicators.pxweb.tables import Dimension, Table
from samloft.indicators.queries.known_places import KnownPlaces
from samloft.places.models import Area, AreaKind, Municipality
from samloft.programmes.models import Programme

NEWEST = 10  # years or other periods that are proposed
# What statistics banks call dimensions of areas; ages and sexes have codes that look like those of areas.
_AREA_WORDS = ("region", "kommune", "fylke", "bydel", "krets", "område", "sone")

STATES: dict[str, Status] = {
    FetchState.CHOOSING: Status(
        FetchState.CHOOSING.label, "warning", meaning=_("Somebody has to say what is to be fetched.")
    ),
    FetchState.FETCHING: Status(
        FetchState.FETCHING.label, "info", meaning=_("The worker asks the statistics bank, part by part.")
    ),
    FetchState.STOPPED: Status(
        FetchState.STOPPED.label,
        "danger",
        meaning=_("The bank did not answer, or refused. What has come is kept."),
    ),
    FetchState.FETCHED: Status(
        FetchState.FETCHED.label, "success", meaning=_("The table is here, and is read like any other file.")
    ),
}


@dataclass(frozen=True)
class FetchPage:
    fetch: StatisticsFetch
    status: Status
    table: Table
    cells: int
    is_left: bool


def fetch_page(fetch: StatisticsFetch, *, now: datetime) -> FetchPage:
    """No query."""
    return FetchPage(
        fetch=fetch,
        status=STATES[fetch.state],
        table=from_data(fetch.table, fetch.about),
        cells=cells(fetch.selection) if fetch.selection else 0,
        is_left=is_left(fetch, now=now),
    )


def is_left(fetch: StatisticsFetch, *, now: datetime) -> bool:
    """Whether nobody seems to work on it any more. A fetch that waits for the bank is not left."""
    last = max(filter(None, (fetch.worked_at or fetch.made_at, fetch.next_at)))
    return last < now - 2 * PATIENCE


def fetches_of(programme: Programme | None) -> Any:
    """A programme's own fetches; without one, those of everybody's figures."""
    return StatisticsFetch.objects.filter(programme=programme).select_related("bank", "municipality", "delivery")


def open_fetches(programme: Programme | None) -> list[tuple[StatisticsFetch, Status]]:
    """Those that have not arrived. One query."""
    found = fetches_of(programme).exclude(state=FetchState.FETCHED)
    return [(fetch, STATES[fetch.state]) for fetch in found]


def to_data(table: Table) -> dict[str, Any]:
    """As it is kept with the fetch."""
    return {
        "title": table.title,
        "updated": table.updated,
        "dimensions": [asdict(dimension) for dimension in table.dimensions],
    }


def from_data(table: str, data: Mapping[str, Any]) -> Table:
    dimensions = tuple(
        Dimension(**{**told, "values": tuple((code, label) for code, label in told["values"])})
        for told in data["dimensions"]
    )
    return Table(table, data["title"], dimensions, data["updated"])


def proposed(table: Table, municipality: Municipality | None) -> dict[str, list[str]]:
    """The newest periods, the areas that we have, all of what must be chosen, and nothing of the rest."""
    places = KnownPlaces(municipality)
    found = {}
    for dimension in table.dimensions:
        codes = [code for code, _label in dimension.values]
        if dimension.is_time:
            found[dimension.code] = codes[-NEWEST:]
        elif ours := _our_areas(dimension, places, municipality):
            found[dimension.code] = ours
        elif not dimension.is_optional:
            found[dimension.code] = codes
    return found


def _our_areas(dimension: Dimension, places: KnownPlaces, municipality: Municipality | None) -> list[str]:
    """The codes of areas that we have; for a municipality its own and those around it."""
    if not any(word in f"{dimension.code} {dimension.label}".lower() for word in _AREA_WORDS):
        return []
    targets = places.areas(list(dimension.values))
    return [
        code
        for (code, _label), target in zip(dimension.values, targets, strict=True)
        if target and (municipality is None or _is_near(places.named[target], municipality))
    ]


def _is_near(area: Area, municipality: Municipality) -> bool:
    """The municipality's own areas, its county and the country."""
    if area.kind == AreaKind.COUNTY:
        return area.code == municipality.county.code
    return area.kind == AreaKind.COUNTRY or area.municipality_id == municipality.pk
