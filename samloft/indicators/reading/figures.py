"""Figures as Norwegian tables write them. What can be read in two ways is refused, never guessed."""

import re
from typing import Literal

from django.utils.translation import gettext_noop as _

from samloft.core.amounts import SUPERSCRIPT, plain_spaces
from samloft.core.said import Said, said
from samloft.indicators.reading.cube import MISSING_SYMBOLS, UNKNOWN, Number
from samloft.indicators.reading.limits import LARGEST_FIGURE, LONGEST_NUMBER

DecimalMark = Literal[",", "."]

_SYMBOLS = {symbol: symbol for symbol in MISSING_SYMBOLS} | {
    "…": "...",
    "‥": "..",
    "–": "-",
    "—": "-",
    "": UNKNOWN,
}
_MINUS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_PLAIN = re.compile(r"-?[0-9]+")
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(?: [0-9]{3})+")
_WHOLE = rf"(?:{_GROUPED.pattern}|{_PLAIN.pattern})"
_DECIMAL = re.compile(rf"({_WHOLE})([.,])([0-9]+)")
_GROUPS = {
    mark: re.compile(rf"(-?[1-9][0-9]{{0,2}}(?:\{mark}[0-9]{{3}})+)(?:[{'.,'.replace(mark, '')}]([0-9]+))?")
    for mark in ".,"
}
_UNCLEAR = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")
_ENDING = re.compile(rf" ?(?:%|[{SUPERSCRIPT}]+)$")
_JSON = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
PROVISIONAL = "*"


class FigureUnclear(ValueError):
    """The text does not say one figure; `reason` tells a person why and what to do."""

    def __init__(self, reason: Said) -> None:
        self.reason = reason
        super().__init__(reason.id)


def is_sound(number: Number) -> bool:
    """Whether the number can be a figure at all; false for infinity."""
    return -LARGEST_FIGURE <= number <= LARGEST_FIGURE


def missing_reason(text: str) -> str | None:
    """The reason when the text is one of the symbols for a figure that is not there, or empty; else None."""
    return _SYMBOLS.get(text)


def read_figure(text: str, *, decimal: DecimalMark | None) -> tuple[Number, str]:
    """The figure and its mark (`*` for provisional). `decimal` is the mark that the file is known to use.

    Raises FigureUnclear.
    """
    seen = plain_spaces(text)
    if len(seen) > LONGEST_NUMBER:
        raise FigureUnclear(said(_("“%(text)s …” is longer than a figure."), text=seen[:40]))
    plain = _ENDING.sub("", seen.translate(_MINUS))
    mark = PROVISIONAL if plain.endswith(PROVISIONAL) else ""
    return _number(plain.removesuffix(PROVISIONAL).strip(), seen, decimal), mark


def read_json_figure(text: str) -> Number:
    """The figure that a text in a JSON file holds: as JSON writes numbers, else as Norwegian tables do."""
    if len(text) <= LONGEST_NUMBER and _JSON.fullmatch(text):
        return _converted(text)
    return read_figure(text, decimal=None)[0]


def decimal_proof(text: str) -> DecimalMark | None:
    """The decimal mark that this one text leaves no doubt about."""
    plain = _ENDING.sub("", plain_spaces(text[: LONGEST_NUMBER + 1]).translate(_MINUS))
    if _UNCLEAR.fullmatch(plain):
        return None
    if found := _DECIMAL.fullmatch(plain):
        return "," if found[2] == "," else "."
    for grouping, decimal in ((".", ","), (",", ".")):
        if _GROUPS[grouping].fullmatch(plain):
            return "," if decimal == "," else "."
    return None


def _number(plain: str, seen: str, decimal: DecimalMark | None) -> Number:
    if _PLAIN.fullmatch(plain) or _GROUPED.fullmatch(plain):
        return _converted(plain.replace(" ", ""))
    if _UNCLEAR.fullmatch(plain) and decimal is None:
        raise FigureUnclear(
            said(
                _("“%(text)s” can be read in two ways: thousands or decimals. Say which mark the decimals have."),
                text=seen,
            )
        )
    if (found := _DECIMAL.fullmatch(plain)) and decimal in (None, found[2]):
        return _converted(f"{found[1].replace(' ', '')}.{found[3]}")
    for grouping, mark in ((".", ","), (",", ".")):
        if (found := _GROUPS[grouping].fullmatch(plain)) and decimal in (None, mark):
            return _converted(found[1].replace(grouping, "") + (f".{found[2]}" if found[2] else ""))
    raise FigureUnclear(said(_("“%(text)s” is neither a figure nor a symbol for a missing one."), text=seen[:40]))


def _converted(text: str) -> Number:
    number: Number = int(text) if _PLAIN.fullmatch(text) else float(text)
    if not is_sound(number):
        raise FigureUnclear(said(_("“%(text)s” is too large to be a figure."), text=text[:40]))
    return number
