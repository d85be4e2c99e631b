"""Amounts of Norwegian kroner as people write them, read into whole øre.

Forms and imports share this parser. What cannot be known is refused with `AmountUnclear`, never guessed:
`1.250` may be 1 250 kr or 1,25 of something, `ca. 300 000` is not a sum of money.
"""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

THOUSAND = 1_000
MILLION = 1_000_000
BILLION = 1_000_000_000

# Above this the figure is a slip of the hand or an account number; it also keeps øre far inside 64 bits.
LARGEST_KRONER = Decimal(100_000_000_000)
LONGEST_TEXT = 120

SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_MINUS_SIGNS = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_MINUS = rf"[{re.escape(_MINUS_SIGNS)}]"
_CURRENCY = r"(?:kroner|kroner\.|kr\.?:?|nok\.?:?)"
_PREFIX_UNIT = r"(?:mnok|mkr\.?|tnok|tkr\.?)"
_SUFFIX_UNIT = (
    r"(?:mnok|mkr\.?|tnok|tkr\.?|t\.\s?kr\.?|millioner|millionar|million|mill\.?|tusen|k|['’´]"
    r"|milliarder|milliardar|milliard|mrd\.?)"
)
_ENDING = rf"(?:\s?[,.:]\s?{_MINUS}{{1,2}})"
_DIGITS = r"[0-9][0-9 .,'’]*[0-9]|[0-9]"

_AMOUNT = re.compile(
    rf"(?P<before>{_MINUS}\s?)?(?P<currency>{_CURRENCY})?\s?(?P<prefix>{_PREFIX_UNIT})?\s?"
    rf"(?P<sign>{_MINUS}\s?)?(?P<number>{_DIGITS})(?P<ending>{_ENDING})?"
    rf"\s?(?P<unit>{_SUFFIX_UNIT})?\s?(?P<currency_after>{_CURRENCY})?(?P<late_ending>{_ENDING})?"
)
_BLANK = re.compile(
    rf"{_CURRENCY}?\s?(?:{_MINUS}*[.,]?{_MINUS}{{1,2}}|0(?:[.,]0{{1,2}})?{_ENDING}?|)\s?{_CURRENCY}?"
)
_FOOTNOTE = re.compile(
    rf"^[*†‡]+\s?|\s?(?:[{SUPERSCRIPT}]+|\[\^?[0-9a-z]{{1,2}}\]|[*†‡]+\)?|(?<=[\s\-])[0-9]\))+$"
)
_APPROXIMATE = re.compile(
    r"\b(?:ca|cirka|circa|omtrent|omlag|om lag|rundt|anslag|anslått|anslagsvis|estimat|estimert|inntil|opptil|"
    r"opp til|inn til|maks|maksimalt|minst|minimum|foreløpig|førebels|nesten|over|under)\b|[~≈<>≤≥±]"
)
_LATER = re.compile(
    r"\b(?:avklares|avklarast|avklart|kommer|tbd|tba|uavklart|ukjent|ikke fastsatt|vurderes|ikke bestemt)\b"
)
_FOREIGN = re.compile(r"[€$£¥]|\b(?:eur|euro|usd|sek|dkk|gbp)\b")
_RANGE = re.compile(rf"[0-9]\s?(?:{_MINUS}|/|til|eller)\s?(?:{_CURRENCY}\s?)?[0-9]")
_SEVERAL = re.compile(r"[0-9][^0-9]*[+x×*=&;][^0-9]*[0-9]|[0-9]\D*\bog\b\D*[0-9]")
_EVEN_GROUPS = re.compile(r"[0-9]{1,3}(?:(?: |\. ?| \.)[0-9]{3})+")


class AmountUnclear(ValueError):
    """The text does not say one amount; `message` tells a person what to do, in the active language."""

    def __init__(self, message_id: str, **values: str) -> None:
        self.message_id = message_id
        self.values = values
        super().__init__(message_id % values)

    @property
    def message(self) -> str:
        """The translated message; needs Django's settings."""
        return gettext(self.message_id) % self.values


class _Number(NamedTuple):
    value: Decimal
    decimals: int


def plain_spaces(text: str) -> str:
    """The text with every kind of space as one ordinary space and invisible characters gone."""
    return re.sub(r"\s+", " ", _INVISIBLE.sub("", text)).strip()


def is_blank_amount(text: str) -> bool:
    """Whether the text says "no amount": empty, a dash, `0`, `0,-`, `kr 0`."""
    return _BLANK.fullmatch(_without_footnotes(plain_spaces(text).lower())) is not None


def read_amount(text: str, *, unit: int = 1, grouping: str | None = None) -> int:
    """Return the amount in whole øre; negative if the text says so.

    `unit` is what one counts in when the text names no unit itself (1 000 under "tall i hele tusen").
    `grouping` is "." or "," when the neighbouring amounts prove that this mark separates thousands.
    Raises `AmountUnclear` for what cannot be known, and for blank text.
    """
    seen = plain_spaces(text)
    if len(seen) > LONGEST_TEXT:
        raise AmountUnclear(_("“%(text)s …” is longer than an amount. Write the amount alone."), text=seen[:40])
    plain = _without_footnotes(seen.lower())
    inner = re.fullmatch(r"(kr\.? ?)?\( ?(.+?) ?\)( ?kr\.?)?", plain)
    if inner:
        return -abs(_read(inner[2], seen, unit, grouping))
    return _read(plain, seen, unit, grouping)


def number_in_ore(number: Decimal, *, unit: int = 1) -> int:
    """Return a spreadsheet's number as whole øre, rounded to the nearest øre. Raises `AmountUnclear`."""
    if not number.is_finite() or abs(number * unit) >= LARGEST_KRONER:
        raise AmountUnclear(_("“%(text)s” is too large to be an amount."), text=str(number)[:40])
    return int((number * unit * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def proven_grouping(texts: Iterable[str]) -> str | None:
    """The mark ("." or ",") that these texts prove to separate thousands, if they prove just one."""
    marks = set()
    for text in texts:
        plain = plain_spaces(text)[:LONGEST_TEXT]
        for mark in ".,":
            other = "," if mark == "." else "."
            escaped, escaped_other = re.escape(mark), re.escape(other)
            groups = rf"(?<![0-9.,])[0-9]{{1,3}}(?:{escaped}[0-9]{{3}})"
            if re.search(rf"{groups}{{2,}}(?![0-9.,][0-9])|{groups}+{escaped_other}[0-9]{{2}}(?![0-9])", plain):
                marks.add(mark)
    return marks.pop() if len(marks) == 1 else None


def _without_footnotes(plain: str) -> str:
    return _FOOTNOTE.sub("", plain).strip()


def _read(plain: str, seen: str, unit: int, grouping: str | None) -> int:
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        raise _why_not(plain, seen)
    own_unit = _unit_of(found["prefix"] or found["unit"])
    if (found["prefix"] and found["unit"]) or (found["before"] and found["sign"]):
        raise _why_not(plain, seen)
    has_ending = bool(found["ending"] or found["late_ending"])
    has_currency = bool(found["currency"] or found["currency_after"])
    number = _number(
        found["number"], seen, own_unit, unit, grouping, has_currency=has_currency, has_ending=has_ending
    )
    factor = own_unit or unit
    _check_scale(number, seen, own_unit, unit, has_currency or has_ending)
    ore = number.value * factor * 100
    if ore != ore.to_integral_value():
        raise AmountUnclear(_("“%(text)s” has parts smaller than one øre."), text=seen)
    if ore >= LARGEST_KRONER * 100:
        raise AmountUnclear(_("“%(text)s” is too large to be an amount."), text=seen)
    return -int(ore) if found["before"] or found["sign"] else int(ore)


def _check_scale(number: _Number, seen: str, own_unit: int | None, unit: int, says_kroner: bool) -> None:
    """Refuse what is readable digit by digit and still says nothing sure about its size."""
    if own_unit is None and unit == 1 and number.decimals == 1 and number.value < THOUSAND and not says_kroner:
        raise AmountUnclear(
            _("“%(text)s” does not say whether it is kroner, thousands or millions. Write the whole amount."),
            text=seen,
        )
    if own_unit is None and unit > 1 and says_kroner and number.value >= 10 * THOUSAND:
        raise AmountUnclear(
            _("“%(text)s” is in kroner, and the table says another unit. Write the whole amount."), text=seen
        )


def _unit_of(word: str | None) -> int | None:
    if not word:
        return None
    if word.startswith(("mrd", "milliard")):
        return BILLION
    return MILLION if word.startswith("m") else THOUSAND


def _number(
    digits: str,
    seen: str,
    own_unit: int | None,
    unit: int,
    grouping: str | None,
    *,
    has_currency: bool,
    has_ending: bool,
) -> _Number:
    if re.search(r"['’]", digits):
        if not re.fullmatch(r"[0-9]{1,3}(?:['’][0-9]{3})+", digits):
            raise _uneven(seen)
        return _Number(Decimal(re.sub(r"['’]", "", digits)), 0)
    if digits.isdigit():
        if len(digits) > 1 and digits.startswith("0"):
            raise _uneven(seen)
        return _Number(Decimal(digits), 0)
    single = re.fullmatch(r"([0-9]{1,3})(?:([.,])|(\. ?| \.))([0-9]{3})", digits)
    if single:
        mark = single[2] or "."
        whole, rest = single[1], single[4]
        if _groups(mark, whole, grouping, own_unit, unit, has_currency, has_ending):
            return _Number(Decimal(whole + rest), 0)
        if (own_unit or 0) >= MILLION and (mark == "," or whole == "0"):
            return _Number(Decimal(f"{whole}.{rest}"), 3)
        raise AmountUnclear(
            _("“%(text)s” can be read in two ways: thousands or decimals. Write the whole amount."), text=seen
        )
    return _grouped(digits, seen, own_unit or unit)


def _groups(
    mark: str,
    whole: str,
    grouping: str | None,
    own_unit: int | None,
    unit: int,
    has_currency: bool,
    has_ending: bool,
) -> bool:
    """Whether one mark before exactly three digits is known to separate thousands."""
    if whole.startswith("0") or own_unit is not None:
        return False
    if has_ending:
        return True
    if grouping == mark:
        return len(whole) > 1 or has_currency
    if mark == "," or unit != 1 or grouping is not None:
        return False
    # With the currency said there are at most two decimals. Three digits, a full stop and three more is how
    # Norwegian plans write hundreds of thousands; nobody writes kroner with three decimals.
    return has_currency or len(whole) == 3


def _grouped(digits: str, seen: str, factor: int) -> _Number:
    whole, decimals = digits, ""
    most = 9 if factor >= MILLION else 4 if factor == THOUSAND else 2
    tail = re.fullmatch(rf"(.*[0-9])([.,])([0-9]{{1,{most}}})", digits)
    if tail and not _even(digits) and tail[2] not in tail[1]:
        whole, decimals = tail[1], tail[3]
        if len(decimals) == 3 and re.fullmatch(r"[0-9]{1,3}", whole):
            raise _uneven(seen)
    if not (_even(whole) or whole.isdigit()):
        raise _uneven(seen)
    plain = re.sub(r"[ .,]", "", whole)
    if len(plain) > 1 and plain.startswith("0"):
        raise _uneven(seen)
    return _Number(Decimal(f"{plain}.{decimals}" if decimals else plain), len(decimals))


def _even(digits: str) -> bool:
    return bool(_EVEN_GROUPS.fullmatch(digits) or re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+", digits))


def _uneven(seen: str) -> AmountUnclear:
    return AmountUnclear(
        _("The digits in “%(text)s” are not grouped as one amount. Write the whole amount."), text=seen
    )


def _why_not(plain: str, seen: str) -> AmountUnclear:
    if not plain:
        return AmountUnclear(_("There is no amount here."))
    if "%" in plain:
        return AmountUnclear(_("“%(text)s” is a share, not an amount. Write it in kroner."), text=seen)
    if "?" in plain:
        return AmountUnclear(_("“%(text)s” is marked as uncertain. Write the amount to use."), text=seen)
    if _FOREIGN.search(plain):
        return AmountUnclear(_("“%(text)s” is not in Norwegian kroner. Write it in kroner."), text=seen)
    if _APPROXIMATE.search(plain):
        return AmountUnclear(_("“%(text)s” is approximate. Write the amount to use."), text=seen)
    if _LATER.search(plain):
        return AmountUnclear(_("“%(text)s” is not settled. Write the amount, or leave it empty."), text=seen)
    if _SEVERAL.search(plain):
        return AmountUnclear(_("“%(text)s” holds several amounts. Write one amount."), text=seen)
    if _RANGE.search(plain):
        return AmountUnclear(_("“%(text)s” is a range. Write the amount to use."), text=seen)
    return AmountUnclear(_("“%(text)s” is not an amount that can be read. Write it in kroner."), text=seen)
