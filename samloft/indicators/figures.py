"""How figures and their periods are written for people."""

import re

from django.utils import formats
from django.utils.translation import gettext as _

from samloft.core.charts import Mark
from samloft.core.money import NBSP
from samloft.indicators.models import Indicator, Missing
from samloft.indicators.queries.series import Point

_PARTS = re.compile(r"(?P<year>\d{4})(?P<kind>[KHMU])(?P<number>\d+)")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def bare(value: float, decimals: int) -> str:
    """`12,9`, `8 412`: for table columns whose heading says the unit."""
    return formats.number_format(round(value, decimals), decimals, force_grouping=True)


def figure(value: float, indicator: Indicator) -> str:
    """`12,9 %`, `8 412 personer`."""
    return f"{bare(value, indicator.decimals)}{NBSP}{indicator.unit}".strip()


def signed(change: float, decimals: int) -> str:
    """`+1,4`, `−0,3`, `0,0`."""
    rounded = round(change, decimals)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return sign + bare(abs(rounded), decimals)


def period(code: str) -> str:
    """`2024`, `2019–2021`, `1. kvartal 2024`: the period as people say it."""
    if day := _DAY.fullmatch(code):
        return f"{day[3]}.{day[2]}.{day[1]}"
    found = _PARTS.fullmatch(code)
    if not found:
        return code.replace("-", "–")
    words = {"number": int(found["number"]), "year": found["year"]}
    match found["kind"]:
        case "K":
            return _("Quarter %(number)d of %(year)s") % words
        case "H":
            return _("Half-year %(number)d of %(year)s") % words
        case "U":
            return _("Week %(number)d of %(year)s") % words
    return f"{found['number']}.{found['year']}"


def mark(point: Point) -> Mark:
    """The point as a chart wants it."""
    missing = str(Missing(point.missing).label) if point.missing else ""
    return Mark(float(point.year), period(point.period), point.value, missing, point.after_break)


def year_of(code: str) -> int:
    """The last year of a period."""
    return int(re.findall(r"\d{4}", code)[-1])
