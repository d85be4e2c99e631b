"""Periods as Norwegian statistics write them, brought to one form.

`2024`, `2019-2021` (several years together, also a school year), `2024H1`, `2024K1`, `2024M01`, `2024U05`, and a
date, `2024-01-01`.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date

_YEAR = r"((?:18|19|20|21)[0-9]{2})"
_MONTHS = ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des")
_ENGLISH = {"may": "mai", "oct": "okt", "dec": "des"}
_LEAD = r"(?:år(?:et)?|skoleår(?:et)?|per|pr\.?)?\s*"


def read_period(text: str) -> str | None:
    """The period that the text names, in its one form; None when it names none."""
    plain = re.sub(r"\s+", " ", text).strip().removesuffix("*").strip().lower()
    if len(plain) > 40:
        return None
    for pattern, form in _FORMS:
        if found := pattern.fullmatch(plain):
            return form(*found.groups())
    return None


def read_periods(pairs: Sequence[tuple[str, str]]) -> list[str | None]:
    """What the categories of one dimension are, by code and label; `2010-11` is known by its company.

    Beside `2010-01` it is a month, beside `2012-13` two years together; else nobody knows, and it is None.
    """
    shaped = [_YEAR_AND_TWO.fullmatch(code.strip()) for code, _label in pairs]
    found = [(one[1], one[2]) for one in shaped if one]
    are_months = any(_span(*one) is None for one in found) and all(_month_of(*one) for one in found)
    are_spans = any(_month_of(*one) is None for one in found)
    periods = []
    for (code, label), one in zip(pairs, shaped, strict=True):
        if one and are_months:
            periods.append(_month_of(one[1], one[2]))
        elif one and not are_spans:
            periods.append(read_period(label) if label.strip() != code.strip() else None)
        else:
            periods.append(read_period(code) or read_period(label))
    return periods


def _span(first: str, last: str) -> str | None:
    whole = last if len(last) == 4 else first[:2] + last
    if len(last) == 2 and whole == first[:2] + "00":
        whole = f"{int(first[:2]) + 1}00"
    return f"{first}-{whole}" if int(first) < int(whole) <= int(first) + 30 else None


def _part(letter: str, most: int, width: int = 1) -> Callable[[str, str], str | None]:
    def form(year: str, number: str) -> str | None:
        return f"{year}{letter}{int(number):0{width}}" if 1 <= int(number) <= most else None

    return form


def _swapped(form: Callable[[str, str], str | None]) -> Callable[[str, str], str | None]:
    return lambda number, year: form(year, number)


def _month(name: str, year: str) -> str:
    return f"{year}M{_MONTHS.index(_ENGLISH.get(name, name)) + 1:02}"


def _date(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


_YEAR_AND_TWO = re.compile(_YEAR + "-([0-9]{2})")
_month_of = _part("M", 12, 2)
_quarter = _part("K", 4)
_half = _part("H", 2)
_FORMS: tuple[tuple[re.Pattern[str], Callable[..., str | None]], ...] = tuple(
    (re.compile(_LEAD + pattern), form)
    for pattern, form in (
        (_YEAR, lambda year: year),
        (_YEAR + r"\s?[-–/_]\s?((?:[0-9]{2}){1,2})", _span),
        (_YEAR + r"\s?[kq]([0-9])", _quarter),
        (_YEAR + r",? ([0-9])\. ?kv(?:artal)?\.?", _quarter),
        (r"([0-9])\. ?kv(?:artal)?\.? " + _YEAR, _swapped(_quarter)),
        (_YEAR + r"\s?h([0-9])", _half),
        (r"([0-9])\. ?halvår " + _YEAR, _swapped(_half)),
        (_YEAR + r"\s?m([0-9]{1,2})", _part("M", 12, 2)),
        (_YEAR + r"\s?[uw]([0-9]{1,2})", _part("U", 53, 2)),
        (rf"({'|'.join((*_MONTHS, *_ENGLISH))})[a-z]*\.? " + _YEAR, _month),
        (_YEAR + "-([0-9]{2})-([0-9]{2})", _date),
        (r"([0-9]{1,2})\.([0-9]{1,2})\." + _YEAR, lambda day, month, year: _date(year, month, day)),
    )
)
