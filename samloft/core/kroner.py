"""How øre are written as kroner. Needs nothing of Django, so that what only writes amounts starts quickly."""

from decimal import Decimal

NBSP = "\u00a0"


def format_kroner(ore: int | None, *, unit: bool = True) -> str:
    """`7 795 000 kr` from øre, with no-break spaces; øre are shown only when there are any. None gives ""."""
    if ore is None:
        return ""
    whole, rest = divmod(abs(ore), 100)
    text = f"{whole:,}".replace(",", NBSP)
    if rest:
        text += f",{rest:02d}"
    if ore < 0:
        text = "\u2212" + text
    return f"{text}{NBSP}kr" if unit else text


def kroner_text(ore: int) -> str:
    """`7795000.00` from øre: the exact form for files and scripts."""
    return str((Decimal(ore) / 100).quantize(Decimal("0.01")))
