"""What a file of statistics may speak of: the areas and the indicators that this installation has."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import Q

from samloft.indicators.models import Indicator
from samloft.indicators.reading.categories import area_codes, area_name, names_country
from samloft.indicators.reading.resolution import Pair, Target
from samloft.places.models import Area, AreaKind, Municipality
from samloft.places.models.areas import AreaQuerySet

# What Statistics Norway writes before the code of an area, and how many digits the code has.
_BY_PREFIX = {"K": AreaKind.MUNICIPALITY, "F": AreaKind.COUNTY, "B": AreaKind.DISTRICT, "G": AreaKind.BASIC_UNIT}
_BY_LENGTH = {2: AreaKind.COUNTY, 4: AreaKind.MUNICIPALITY, 6: AreaKind.DISTRICT, 8: AreaKind.BASIC_UNIT}
_INSIDE = (AreaKind.DISTRICT, AreaKind.ZONE, AreaKind.BASIC_UNIT, AreaKind.PLACE)


class KnownPlaces:
    """For a municipality: everybody's areas and its own; without one: all. Remembers which area each name is."""

    def __init__(self, municipality: Municipality | None) -> None:
        self._municipality = municipality
        self.named: dict[str, Area] = {}

    def areas(self, pairs: Sequence[Pair]) -> list[Target]:
        """Two queries, however many pairs."""
        codes = {pair: area_codes(*pair) for pair in pairs}
        by_code: defaultdict[str, list[Area]] = defaultdict(list)
        wanted = {code for candidates in codes.values() for code in candidates}
        for area in self._seen().filter(Q(code__in=wanted) | Q(kind=AreaKind.COUNTRY)).exclude(code=""):
            by_code["country" if area.kind == AreaKind.COUNTRY else area.code].append(area)
        by_name = self._by_name()
        return [self._name(self._find(pair, codes[pair], by_code, by_name)) for pair in pairs]

    def units(self, keys: Sequence[str]) -> Mapping[str, str]:
        return dict(Indicator.objects.filter(key__in=set(keys)).values_list("key", "unit"))

    def _seen(self) -> AreaQuerySet:
        areas: AreaQuerySet = Area.objects.order_by("valid_from", "pk")
        if self._municipality is None:
            return areas
        return areas.filter(~Q(kind__in=_INSIDE) | Q(municipality=self._municipality))

    def _by_name(self) -> dict[str, Area]:
        """The municipality's own areas by name, where only one goes by it. Names elsewhere are not unique."""
        if self._municipality is None:
            return {}
        found: defaultdict[str, list[Area]] = defaultdict(list)
        for area in self._seen().filter(municipality=self._municipality):
            found[area.name.casefold()].append(area)
        return {name: areas[0] for name, areas in found.items() if len(areas) == 1}

    def _find(
        self, pair: Pair, codes: Sequence[str], by_code: Mapping[str, list[Area]], by_name: Mapping[str, Area]
    ) -> Area | None:
        code, label = pair
        if names_country(code, label) and by_code.get("country"):
            return by_code["country"][-1]
        for candidate in codes:
            if areas := by_code.get(candidate):
                return _likeliest(areas, code, candidate)
        return by_name.get(area_name(label).casefold())

    def _name(self, area: Area | None) -> Target:
        """A name for the area that no other has, and that a person understands."""
        if area is None:
            return None
        name = f"{area.code} {area.name}".strip()
        if self.named.setdefault(name, area) != area:
            name = f"{name} ({area.pk})"
            self.named[name] = area
        return name


def _likeliest(areas: Sequence[Area], written: str, code: str) -> Area:
    """Of areas with the same code: the kind that the way it is written tells, then the one in use last."""
    kind = _BY_PREFIX.get(written[:1].upper()) if written != code else None
    kind = kind or _BY_LENGTH.get(len(code))
    return next((area for area in reversed(areas) if area.kind == kind), areas[-1])
