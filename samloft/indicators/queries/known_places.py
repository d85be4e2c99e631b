"""What a file of statistics may speak of: the areas and the indicators that this installation has."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import F, Q

from samloft.indicators.models import Indicator
from samloft.indicators.reading.categories import area_codes, area_name, may_be_named, names_country
from samloft.indicators.reading.resolution import Doubt, Pair, Target
from samloft.places.models import Area, AreaKind, Municipality
from samloft.places.models.areas import AreaQuerySet

# What Statistics Norway writes before the code of an area, and how many digits the code has.
_BY_PREFIX = {"K": AreaKind.MUNICIPALITY, "F": AreaKind.COUNTY, "B": AreaKind.DISTRICT, "G": AreaKind.BASIC_UNIT}
_BY_LENGTH = {2: AreaKind.COUNTY, 4: AreaKind.MUNICIPALITY, 6: AreaKind.DISTRICT, 8: AreaKind.BASIC_UNIT}
_INSIDE = (AreaKind.DISTRICT, AreaKind.ZONE, AreaKind.BASIC_UNIT, AreaKind.PLACE)
_NUMBERED_LOCALLY = (AreaKind.ZONE, AreaKind.PLACE)


class KnownPlaces:
    """For a municipality its own areas; without one all. Remembers which area each name is.

    What is everybody's, and what is others', no municipality brings in figures for (L1).
    """

    def __init__(self, municipality: Municipality | None) -> None:
        self._municipality = municipality
        self._doubts: dict[Pair, Doubt] = {}
        self.named: dict[str, Area] = {}

    @property
    def owner_id(self) -> int | None:
        """Whose figures they are; None for open ones."""
        return self._municipality.pk if self._municipality else None

    def areas(self, pairs: Sequence[Pair]) -> list[Target]:
        """Two queries, however many pairs."""
        codes = {pair: area_codes(*pair) for pair in pairs}
        by_code: defaultdict[str, list[Area]] = defaultdict(list)
        wanted = {code for candidates in codes.values() for code in candidates}
        for area in self._seen().filter(Q(code__in=wanted) | Q(kind=AreaKind.COUNTRY)).exclude(code=""):
            by_code["country" if area.kind == AreaKind.COUNTRY else area.code].append(area)
        by_name = self._by_name()
        return [self._name(self._find(pair, codes[pair], by_code, by_name)) for pair in pairs]

    def doubt(self, pair: Pair) -> Doubt | None:
        return self._doubts.get(pair)

    def units(self, keys: Sequence[str]) -> Mapping[str, str]:
        return dict(Indicator.objects.filter(key__in=set(keys)).values_list("key", "unit"))

    def _seen(self) -> AreaQuerySet:
        areas: AreaQuerySet = Area.objects.order_by(F("valid_from").asc(nulls_first=True), "pk").defer("geometry")
        if self._municipality is None:
            return areas
        return areas.filter(~Q(kind__in=_INSIDE) | Q(municipality=self._municipality))

    def _by_name(self) -> dict[str, Area]:
        """The municipality's own areas by name, where only one goes by it. Names elsewhere are not unique."""
        if self._municipality is None:
            return {}
        found: defaultdict[str, list[Area]] = defaultdict(list)
        for area in self._seen().filter(municipality=self._municipality):
            for name in {area.name, f"{area.code} {area.name}".strip()}:
                found[name.casefold()].append(area)
        return {name: areas[0] for name, areas in found.items() if len(areas) == 1}

    def _find(
        self, pair: Pair, codes: Sequence[str], by_code: Mapping[str, list[Area]], by_name: Mapping[str, Area]
    ) -> Area | None:
        code, label = pair
        found: list[tuple[str, Sequence[Area]]] = [(one, by_code[one]) for one in codes if by_code.get(one)]
        if names_country(code, label) and by_code.get("country"):
            found = [("country", by_code["country"])]
        for candidate, with_code in found:
            # The kind may be written before the code.
            kind = _BY_PREFIX.get(code[:1].upper()) if code != candidate else None
            areas = [area for area in with_code if area.kind == kind] or with_code
            if own := [area for area in areas if self._may_have(area)]:
                likeliest = _likeliest(own, pair, candidate, may_be_guessed=self._municipality is None)
                if likeliest is None:
                    self._doubts[pair] = Doubt.UNCLEAR
                return likeliest
        by_its_name = by_name.get(area_name(label).casefold()) or by_name.get(label.casefold())
        if found and by_its_name is None:
            self._doubts[pair] = Doubt.FOREIGN
        return by_its_name

    def _may_have(self, area: Area) -> bool:
        return self._municipality is None or area.municipality_id == self._municipality.pk

    def _name(self, area: Area | None) -> Target:
        """A name for the area that no other has, and that a person understands."""
        if area is None:
            return None
        name = f"{area.code} {area.name}".strip()
        if self.named.setdefault(name, area) != area:
            name = f"{name} ({area.pk})"
            self.named[name] = area
        return name


def _likeliest(areas: Sequence[Area], pair: Pair, code: str, *, may_be_guessed: bool) -> Area | None:
    """Of areas with the same code the one that is written; None when they cannot be told apart.

    The name tells. The length of a code tells the kind in the national register, but not among a municipality's
    own areas, which are numbered as it likes.
    """
    written, label = pair
    name = area_name(label).casefold()
    likely = (
        [area for area in areas if area.name.casefold() == name]
        or [area for area in areas if may_be_named(area.name, written, label)]
        or areas
    )
    if may_be_guessed:
        likely = [area for area in likely if area.kind == _BY_LENGTH.get(len(code))] or likely
    # A code that was taken into use again is the same place for the register; the area in use last comes last.
    different = {(area.kind, area.municipality_id if area.kind in _NUMBERED_LOCALLY else None) for area in likely}
    return likely[-1] if len(different) == 1 else None
