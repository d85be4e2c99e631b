"""Finds amounts of kroner in running text, for comparing a plan's words with its table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from samloft.core.amounts import AmountUnclear, plain_spaces, read_amount

_NUMBER = r"[0-9]{1,3}(?:[ .][0-9]{3})+(?:,[0-9]{1,2})?|[0-9]+(?:,[0-9]{1,2})?"
_SCALE = r"(?:millioner|millionar|mill\.?|mnok|tusen)"
# A number is an amount when it says so: by kr, by its ending, or by a scale with kroner after it.
_AMOUNT = re.compile(
    rf"(?<![0-9.,])(?:"
    rf"kr\.? ?(?:{_NUMBER})(?: ?{_SCALE})?(?: ?,-)?"
    rf"|(?:{_NUMBER})(?: ?{_SCALE})? ?(?:kroner|kr\b|,-)"
    rf")(?![0-9])",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class WrittenAmount:
    """`written` as it stands in the text, `amount` in øre."""

    written: str
    amount: int


def amounts_in(text: str) -> Iterator[WrittenAmount]:
    """Every amount that can be read for certain; what is unclear is passed over, never guessed."""
    for found in _AMOUNT.finditer(plain_spaces(text)):
        written = found.group().strip()
        try:
            yield WrittenAmount(written, read_amount(written))
        except AmountUnclear:
            continue
