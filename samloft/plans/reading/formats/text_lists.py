"""Budgets written as a plain list: `Ungdom i arbeid: 800 000 kr`."""

import re
from collections.abc import Sequence

from samloft.core.amounts import AmountUnclear, is_blank_amount, plain_spaces, read_amount
from samloft.plans.reading.formats.aligned import looks_like_amount
from samloft.plans.reading.names import without_markup

BULLET = re.compile(r"^\s*(?:[-*+•·▪–—]|[0-9]{1,2}[.)]|[a-zæøå]\))\s+")
_SEPARATOR = re.compile(
    r"\s*[:=]\s*|\s*\.{3,}\s*|\s*…+\s*|\s+[–—-]\s+|\t+|\s{2,}|,\s+(?=kr\b|nok\b)|\s+(?=(?:kr|nok)\b\.?\s*[0-9(])",
    re.I,
)
_IN_BRACKETS = re.compile(
    r"^(.{2,150}?)\s*\(\s*((?:kr\.?|nok)\s*[0-9][0-9 .,]*(?:,-)?|[0-9][0-9 .,]*\s*(?:kr\.?|kroner|"
    r",-|mill\.?(?:\s*kr\.?|\s*kroner)?))\s*\)\.?$",
    re.I,
)
_MONEY = re.compile(r"\bkr\b|kroner|\bnok\b|\bmill\b|million|\btkr\b|,[-–]|:-|\btusen\b", re.I)
_AMOUNT_LIKE = re.compile(
    r"(?:(?:ca\.?|cirka|inntil|opptil|maks|anslagsvis|rundt|omtrent)\s+)?(?:kr\.?:?|nok|mnok)?\s*[(\-−–]?\s*[0-9][0-9\s.,'’/+\-–−]*"
    r"\)?(?:[,.:]\s?[-–—])?\s*(?:mill\.?|million(?:er)?|mnok|tkr|tusen|k|')?\s*(?:kr\.?|kroner|nok)?[?*¹²³]*\.?",
    re.I,
)


def name_and_amount(line: str) -> tuple[str, str] | None:
    """The name and the text of its amount, if the line is one of a list of amounts."""
    plain = without_markup(BULLET.sub("", line.strip(), count=1)).strip()
    if len(plain) > 220 or not re.search(r"[0-9]", plain):
        return None
    bracketed = _IN_BRACKETS.match(plain)
    if bracketed:
        return bracketed[1], bracketed[2]
    for separator in _SEPARATOR.finditer(plain):
        name, amount = plain[: separator.start()].strip(), plain[separator.end() :].strip()
        if _is_amount(amount) and re.search(r"[A-Za-zÆØÅæøå]{2}", name) and not _is_prose(name):
            return name, amount.rstrip(".") if not amount.endswith((",-.", "kr.")) else amount
        if _is_amount(name) and _MONEY.search(name) and re.match(r"[A-ZÆØÅa-zæøå«]", amount) and len(amount) < 100:
            return amount, name
    return None


def next_filled(lines: Sequence[str], at: int) -> int:
    """The next line with anything on it; the number of lines when there is none."""
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at


def stacked_pair(lines: Sequence[str], at: int) -> int | None:
    """Where the amount is that stands alone below a name, when the line is a name with an amount below it."""
    if at >= len(lines) or not re.search(r"[A-Za-zÆØÅæøå]{2}", lines[at]) or len(lines[at]) > 150:
        return None
    below = next_filled(lines, at + 1)
    if below >= len(lines) or looks_like_amount(lines[at]) or not looks_like_amount(lines[below]):
        return None
    return below


def _is_prose(name: str) -> bool:
    return len(name) > 130 or bool(
        re.search(
            r"[.!?]\s+[A-ZÆØÅ]|\b(?:er|var|blir|vart|ble|på|koster|kostar|utgjør|utgjer|med|lik|av|har|fikk|får)$",
            name,
        )
    )


def _is_amount(text: str) -> bool:
    if not _AMOUNT_LIKE.fullmatch(text) or len(text) > 50:
        return False
    if _MONEY.search(text):
        return True
    plain = plain_spaces(text)
    if re.fullmatch(r"(?:19|20)[0-9]{2}", plain) or is_blank_amount(plain):
        return False
    # Eight digits in pairs are a telephone number; a bare figure below one thousand may be anything.
    if re.fullmatch(r"[0-9]{2}(?: [0-9]{2}){3}|[0-9]{3} [0-9]{2} [0-9]{3}", plain):
        return False
    try:
        return read_amount(plain) >= 100_000
    except AmountUnclear:
        return bool(re.search(r"[0-9]{3}", plain)) and not re.search(
            r"[0-9]\.[0-9]{1,2}\.|[0-9]/[0-9]|(?:19|20)[0-9]{2}\s?[-–]", plain
        )
