"""How figures and their periods are written for people."""

import re
from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samloft.core.charts import Mark
from samloft.core.figures import figure_text, number_text
from samloft.indicators.models import Indicator, Missing
from samloft.indicators.queries.series import Point

# More names than these are counted instead.
NAMED = 3

_PARTS = re.compile(r"(?P<year>\d{4})(?P<kind>[KHMU])(?P<number>\d+)")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def bare(value: float, decimals: int) -> str:
    """`12,9`, `8 412`: for table columns whose heading says the unit."""
    return number_text(value, decimals)


def figure(value: float, indicator: Indicator) -> str:
    """`12,9 %`, `8 412 personer`."""
    return figure_text(value, indicator.unit, indicator.decimals)


def signed(change: float, decimals: int) -> str:
    """`+1,4`, `−0,3`, `0,0`."""
    return number_text(change, decimals, signed=True)


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
    missing = why_missing(point.missing)
    if point.lacking and point.value is None:
        missing = lacks(point.lacking)
    return Mark(place_in_time(point.period), period(point.period), point.value, missing, point.after_break)


def lacks(names: Sequence[str]) -> str:
    """Whose figures are missing, where there is room for a few names."""
    if len(names) > NAMED:
        return ngettext(
            "Lacks figures from %(number)d area", "Lacks figures from %(number)d areas", len(names)
        ) % {"number": len(names)}
    return _("Lacks figures from %(names)s") % {"names": ", ".join(names)}


def why_missing(reason: str) -> str:
    """The word for why there is no figure; "" when there is one."""
    label = str(Missing(reason).label) if reason else ""
    return f"– ({label[:1].lower()}{label[1:]})" if reason == Missing.NONE else label


def year_of(code: str) -> int:
    """The last year of a period."""
    return int(re.findall(r"\d{4}", code)[-1])


def place_in_time(code: str) -> float:
    """Where a period ends on an axis of years, where the last quarter stands beside the year itself."""
    found = _PARTS.fullmatch(code)
    if not found:
        return float(year_of(code))
    in_a_year = {"K": 4, "H": 2, "M": 12, "U": 53}[found["kind"]]
    return int(found["year"]) - 1 + int(found["number"]) / in_a_year


def day(at: datetime) -> str:
    """`31.12.2026`, in Norwegian time."""
    return date_format(timezone.localtime(at), "d.m.Y")
