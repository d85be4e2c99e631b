"""`{% load figures %}`: figures and periods in templates."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samloft.core.templatetags.formats import unknown
from samloft.indicators import figures
from samloft.indicators.documents.published_table import SYMBOLS
from samloft.indicators.models import Indicator, Missing
from samloft.indicators.queries.published_figures import HIDDEN, WITHHELD

register = template.Library()

_FEW = gettext_lazy("Hidden because it is about few people, or to protect a figure that is")
_WHY = {
    HIDDEN: _FEW,
    Missing.HIDDEN: _FEW,  # by the source; readers need not know which cells were hidden by whom
    WITHHELD: gettext_lazy("Held back because nobody knows how many people it is about"),
}


@register.filter
def figure(value: float | None, indicator: Indicator) -> str:
    """`{{ 12.94|figure:indicator }}`: `12,9 %`; unknown when None."""
    return unknown() if value is None else figures.figure(value, indicator)


@register.filter
def change(value: float | None, indicator: Indicator) -> str:
    """`{{ -0.3|change:indicator }}`: `−0,3`; a dash when None, for there is nothing to compare."""
    return "–" if value is None else figures.signed(value, indicator.decimals)


@register.filter
def bare_figure(value: float, indicator: Indicator) -> str:
    """`{{ 12.94|bare_figure:indicator }}`: `12,9`, where the unit stands elsewhere."""
    return figures.bare(value, indicator.decimals)


@register.filter
def symbol(state: str) -> str:
    """What stands where a published figure is left out: `:` for what is hidden."""
    return SYMBOLS.get(state, state)


@register.filter
def why_left_out(state: str) -> str:
    """The reason in words."""
    return str(_WHY.get(state) or Missing(state).label)


@register.filter
def legend(states: Iterable[str]) -> list[tuple[str, str]]:
    """Each symbol with its reason, once."""
    return list(dict.fromkeys((symbol(state), why_left_out(state)) for state in states))


@register.filter
def period(code: str) -> str:
    """`{{ "2019-2021"|period }}`: `2019–2021`; unknown when empty."""
    return figures.period(code) if code else unknown()


@register.filter
def bare(value: float | None, indicator: Indicator) -> str:
    """`{{ 12.94|bare:indicator }}`: `12,9`, for columns whose heading says the unit; unknown when None."""
    return unknown() if value is None else figures.bare(value, indicator.decimals)


@register.filter
def whole(value: float | None) -> str:
    """`{{ 8412.0|whole }}`: `8 412`; unknown when None."""
    return unknown() if value is None else figures.bare(value, 0)


@register.filter
def beside(cells: Sequence[Any], columns: Sequence[Any]) -> list[tuple[Any, Any]]:
    """`{% for cell, column in row.cells|beside:table.columns %}`."""
    return list(zip(cells, columns, strict=True))


@register.filter
def until(last: str, first: str) -> str:
    """`{{ "2024"|until:"2020" }}`: `to 2024`; nothing when both are the same."""
    return "" if last == first else _("to %(period)s") % {"period": figures.period(last)}


@register.filter
def plain_figure(value: float) -> str:
    """`{{ 12.5|plain_figure }}`: `12,5`, with the decimals that it has and no unit."""
    decimals = len(f"{value:.6f}".rstrip("0").partition(".")[2])
    return figures.bare(value, decimals)
