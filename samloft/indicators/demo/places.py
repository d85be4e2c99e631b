"""The areas of the demo: Indre Østfold through its mergers, larger areas around it, and made-up zones in it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from samloft.accounts.models import User
from samloft.indicators.demo.codes import COUNTRY, NEW, OLD, OSLO, OSTFOLD, SPLIT_COUNTY, VIKEN, ZONES
from samloft.places import geojson
from samloft.places.actions import areas, outlines
from samloft.places.actions.areas import AreaValues
from samloft.places.actions.outlines import OutlineValues
from samloft.places.geojson import read
from samloft.places.models import Area, AreaKind, County, Municipality, SuccessionKind

_OUTLINES = Path(__file__).parent / "zones.geojson"
MERGED_ON, RENUMBERED_ON = date(2020, 1, 1), date(2024, 1, 1)
_MERGED_NAMES = {"0122": "Trøgstad", "0123": "Spydeberg", "0124": "Askim", "0125": "Eidsberg", "0138": "Hobøl"}
# Of each zone, those it is held up against on its page.
_COMPARED = {
    "31180112": ("31180107", "31180105"),
    "31180111": ("31180108",),
    "31180107": ("31180112", "31180105"),
}


@dataclass(frozen=True)
class Place:
    kind: AreaKind
    code: str
    name: str
    parent: str | None = None
    start: date | None = None
    end: date | None = None


_LARGER = (
    Place(AreaKind.COUNTRY, COUNTRY, "Landet"),
    Place(AreaKind.COUNTY, SPLIT_COUNTY, "Østfold", COUNTRY, end=date(2019, 12, 31)),
    Place(AreaKind.COUNTY, VIKEN, "Viken", COUNTRY, MERGED_ON, date(2023, 12, 31)),
    Place(AreaKind.COUNTY, OSTFOLD, "Østfold", COUNTRY, RENUMBERED_ON),
    Place(AreaKind.COUNTY, OSLO, "Oslo", COUNTRY),
    *(
        Place(AreaKind.MUNICIPALITY, code, name, SPLIT_COUNTY, end=date(2019, 12, 31))
        for code, name in _MERGED_NAMES.items()
    ),
    Place(AreaKind.MUNICIPALITY, OLD, "Indre Østfold", VIKEN, MERGED_ON, date(2023, 12, 31)),
    Place(AreaKind.MUNICIPALITY, NEW, "Indre Østfold", OSTFOLD, RENUMBERED_ON),
    Place(AreaKind.MUNICIPALITY, "3107", "Fredrikstad", OSTFOLD, RENUMBERED_ON),
    Place(AreaKind.MUNICIPALITY, "0301", "Oslo", OSLO),
)


def enter(*, by: User) -> dict[str, Area]:
    """Make what is missing, and give back all areas by their codes."""
    found: dict[str, Area] = {}
    for place in _LARGER:
        found[place.code] = areas.ensure(values=_values(place, found), by=by)
    own = Municipality.objects.get(code=NEW)
    for zones in ZONES.values():
        for code, name in zones:
            values = AreaValues(
                AreaKind.ZONE, code, f"{name} (syntetisk)", own, parent=found[NEW], is_synthetic=True
            )
            found[code] = areas.ensure(values=values, by=by)
    _draw(own, by)
    _say_what_became(found, by)
    for code, others in _COMPARED.items():
        if not found[code].comparisons.exists():
            areas.set_comparisons(area=found[code], compared_with=[found[other] for other in others], by=by)
    return found


def _draw(own: Municipality, by: User) -> None:
    if Area.objects.filter(municipality=own, kind=AreaKind.ZONE, geometry__isnull=True).exists():
        file = read(_OUTLINES.read_bytes())
        made_up = geojson.outlines(file, code="code", name="name", crs=geojson.LATITUDE_LONGITUDE)
        outlines.store(territory=own, values=OutlineValues(made_up.outlines), by=by)


def _values(place: Place, found: dict[str, Area]) -> AreaValues:
    # Only codes in use belong to a municipality or county that programmes have.
    municipality = county = None
    if place.end is None and place.kind == AreaKind.MUNICIPALITY:
        municipality = Municipality.objects.filter(code=place.code).first()
    if place.end is None and place.kind == AreaKind.COUNTY:
        county = County.objects.filter(code=place.code).first()
    return AreaValues(
        place.kind,
        place.code,
        place.name,
        municipality,
        county,
        found[place.parent] if place.parent else None,
        place.start,
        place.end,
    )


def _say_what_became(found: dict[str, Area], by: User) -> None:
    for code in ZONES:
        areas.add_succession(
            predecessor=found[code], successor=found[OLD], kind=SuccessionKind.MERGED, on=MERGED_ON, by=by
        )
    areas.add_succession(
        predecessor=found[OLD], successor=found[NEW], kind=SuccessionKind.RENUMBERED, on=RENUMBERED_ON, by=by
    )
