"""Fields for figures, their periods, indicators and areas, as people write and choose them."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samloft.indicators.queries.figures import Offer
from samloft.indicators.reading.figures import FigureUnclear, read_figure
from samloft.indicators.reading.periods import read_period
from samloft.places.models import Area, AreaKind

Words = Any  # a text, or one to be translated when it is shown

NO_PERIOD = gettext_lazy("Write a year, such as 2024, or a period, such as 2019–2021 or 2024K1.")
# What stands in a list before anything is chosen.
NOT_CHOSEN = ("", gettext_lazy("Choose from the list"))


class FigureField(forms.CharField):
    """A figure as people write it (`12,9`, `8 412`). Cleans to a number, or None when left empty."""

    def __init__(self, *, label: Words, help_text: Words = "") -> None:
        super().__init__(label=label, help_text=help_text, required=False, max_length=40)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:.12g}".replace(".", ",") if isinstance(value, int | float) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip()
        if not text:
            return None
        try:
            number, _mark = read_figure(text, decimal=None)
        except FigureUnclear as unclear:
            raise ValidationError(unclear.reason.text, code="figure") from unclear
        return float(number)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class PeriodField(forms.CharField):
    """A period as people write it. Cleans to its one form, or "" when left empty."""

    def __init__(self, *, label: Words, help_text: Words = "") -> None:
        super().__init__(label=label, help_text=help_text, required=False, max_length=40)

    def clean(self, value: Any) -> str:
        text = super().clean(value).strip()
        period = read_period(text) if text else ""
        if period is None:
            raise ValidationError(NO_PERIOD)
        return period


def indicator_choices(offer: Offer) -> list[tuple[str, list[tuple[str, str]]]]:
    """Keys and names in the order of the catalogue; those with figures in the areas first."""
    named = [(each.indicator, f"{each.name} ({each.indicator.unit})") for each in offer.definitions]
    groups = {
        _("With figures"): [(one.key, name) for one, name in named if one.pk in offer.known],
        _("Without figures yet"): [(one.key, name) for one, name in named if one.pk not in offer.known],
    }
    return [(words, choices) for words, choices in groups.items() if choices]


def area_choices(areas: Iterable[Area]) -> list[tuple[str, list[tuple[int, str]]]]:
    """The areas below the word for their kind, in the order they come."""
    return [
        (str(AreaKind(kind).label), [(area.pk, area.name) for area in of_kind])
        for kind, of_kind in groupby(areas, key=lambda area: area.kind)
    ]
