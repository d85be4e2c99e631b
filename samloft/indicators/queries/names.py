"""What people write for areas and indicators, and the codes and keys that they stand for."""

from collections import Counter

from samloft.indicators.models import IndicatorDefinition
from samloft.indicators.queries.programme_areas import programme_areas
from samloft.places.models import Area, AreaKind
from samloft.programmes.models import Programme

_MOST = 400  # of each, so that a list to choose from stays one
_ABOVE = (AreaKind.COUNTRY, AreaKind.COUNTY, AreaKind.MUNICIPALITY)


class Names:
    """For a programme the areas that it may bring in figures for; for everybody's figures all with a code.

    Three queries at most.
    """

    def __init__(self, programme: Programme | None) -> None:
        definitions = IndicatorDefinition.objects.latest().select_related("indicator")
        self.indicators = {
            definition.name: definition.indicator.key
            for definition in definitions.order_by("indicator__position", "indicator__key")
        }
        listed = _of_programme(programme) if programme else _of_all()
        times = Counter(area.code for area in listed)
        # A code that several areas have says nothing without the name.
        self.areas: dict[str, str] = {
            (shown := f"{area.code} {area.name}".strip()): shown
            if times[area.code] > 1
            else area.code or area.name
            for area in listed
        }

    def key(self, text: str) -> str | None:
        """The key of the indicator that goes by this name or key."""
        by_name = {name.casefold(): key for name, key in self.indicators.items()}
        key = by_name.get(text.casefold(), text)
        return key if key in by_name.values() else None

    def shown_indicator(self, key: str) -> str:
        return next((name for name, known in self.indicators.items() if known == key), key)

    def area(self, text: str) -> str:
        """The code of an area that was chosen from the list; anything else as it is."""
        return self.areas.get(text, text)

    def shown_area(self, code: str) -> str:
        return next((shown for shown, known in self.areas.items() if known == code), code)


def _of_programme(programme: Programme) -> list[Area]:
    return list(programme_areas(programme).filter(municipality__isnull=False)[:_MOST])


def _of_all() -> list[Area]:
    inside = Area.objects.exclude(code="").exclude(kind__in=_ABOVE)
    above = Area.objects.filter(kind__in=_ABOVE)
    return [*inside[:_MOST], *above[:_MOST]]
