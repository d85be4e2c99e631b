"""How plain numbers are written for people, with their unit and with no break inside them."""

from functools import lru_cache

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samloft.core.kroner import NBSP

MINUS = "−"


def number_text(value: float, decimals: int = 0, *, signed: bool = False) -> str:
    """`1 234,5`; with `signed` also a plus: `+1,2`. What rounds to nothing has no sign."""
    rounded = round(value, decimals)
    digits = f"{abs(rounded):,.{decimals}f}".translate(_marks(get_language() or ""))
    if rounded < 0:
        return f"{MINUS}{digits}"
    return f"+{digits}" if signed and rounded > 0 else digits


@lru_cache
def _marks(language: str) -> dict[int, str]:
    """What stands for Python's marks in a language; a page of hundreds of figures asks for each of them."""
    thousands, decimal = (
        formats.get_format(name, language) for name in ("THOUSAND_SEPARATOR", "DECIMAL_SEPARATOR")
    )
    return str.maketrans({",": thousands, ".": decimal})


def figure_text(value: float, unit: str, decimals: int = 0, *, signed: bool = False) -> str:
    """`12,4 %`, `350 000 kr`; the unit stays beside its number."""
    unit = unit.replace(" ", NBSP)
    number = number_text(value, decimals, signed=signed)
    return f"{number}{NBSP}{unit}" if unit else number


def difference_unit(unit: str) -> str:
    """The unit of the distance between two figures: of two shares, percentage points."""
    return _("percentage points") if unit == "%" else unit
