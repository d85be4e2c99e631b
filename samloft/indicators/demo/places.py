"""The areas of the demo: those that every installation begins with, and made-up zones in Indre Østfold."""

from pathlib import Path

from django.utils import timezone

from samloft.accounts.models import User
from samloft.indicators.demo.codes import NEW, ZONES
from samloft.places import geojson
from samloft.places.actions import area_files, areas, outlines
from samloft.places.actions.areas import AreaValues
from samloft.places.actions.outlines import OutlineValues
from samloft.places.geojson import read
from samloft.places.models import Area, AreaKind, Municipality

_OUTLINES = Path(__file__).parent / "zones.geojson"
# Of each zone, those it is held up against on its page.
_COMPARED = {
    "31180112": ("31180107", "31180105"),
    "31180111": ("31180108",),
    "31180107": ("31180112", "31180105"),
}


def enter(*, by: User) -> dict[str, Area]:
    """Make what is missing, and give back the zones by their codes."""
    area_files.enter_missing(today=timezone.localdate())
    found = {NEW: Area.objects.get(kind=AreaKind.MUNICIPALITY, code=NEW)}
    own = Municipality.objects.get(code=NEW)
    for zones in ZONES.values():
        for code, name in zones:
            values = AreaValues(
                AreaKind.ZONE, code, f"{name} (syntetisk)", own, parent=found[NEW], is_synthetic=True
            )
            found[code] = areas.ensure(values=values, by=by)
    _draw(own, by)
    for code, others in _COMPARED.items():
        if not found[code].comparisons.exists():
            areas.set_comparisons(area=found[code], compared_with=[found[other] for other in others], by=by)
    return found


def _draw(own: Municipality, by: User) -> None:
    if Area.objects.filter(municipality=own, kind=AreaKind.ZONE, geometry__isnull=True).exists():
        file = read(_OUTLINES.read_bytes())
        made_up = geojson.outlines(file, code="code", name="name", crs=geojson.LATITUDE_LONGITUDE)
        outlines.store(territory=own, values=OutlineValues(made_up.outlines), by=by)
