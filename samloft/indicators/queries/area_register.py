"""The areas that figures are about, as those who keep them see them (F4)."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from samloft.indicators.models import LatestFigure
from samloft.places.models import Area, AreaKind, AreaSuccession


@dataclass(frozen=True)
class Entry:
    """An area with what it was and what it became, and how many indicators have a figure of it."""

    area: Area
    was: tuple[AreaSuccession, ...]
    became: tuple[AreaSuccession, ...]
    figures: int


def register(text: str, kind: str) -> Any:
    """The areas whose code or name begins or goes on with the text, the largest first."""
    found = Area.objects.select_related("parent", "municipality").defer("geometry", "parent__geometry")
    if kind in AreaKind.values:
        found = found.filter(kind=kind)
    if text:
        found = found.filter(Q(code__startswith=text) | Q(name__icontains=text))
    return found.order_by("code", "valid_from", "pk")


def kinds() -> dict[AreaKind, int]:
    counted = dict(Area.objects.order_by().values_list("kind").annotate(number=Count("pk")))
    return {kind: counted[kind] for kind in AreaKind if kind in counted}


def entry(area: Area) -> Entry:
    """Three queries."""
    was = area.predecessions.select_related("predecessor").defer("predecessor__geometry")
    became = area.successions.select_related("successor").defer("successor__geometry")
    return Entry(area, tuple(was), tuple(became), LatestFigure.objects.filter(area=area).count())
