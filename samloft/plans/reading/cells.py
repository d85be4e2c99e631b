"""What one cell says about money."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext_noop as _

from samloft.core.amounts import (
    AmountUnclear,
    is_blank_amount,
    number_in_ore,
    plain_spaces,
    read_amount,
)
from samloft.core.said import Said, said, said_of
from samloft.plans.reading.document import Cell, CellKind


class Says(StrEnum):
    NOTHING = "nothing"  # empty
    NO_AMOUNT = "no amount"  # a dash or 0
    AMOUNT = "amount"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Money:
    """The reading of a cell: `ore` when it says an amount, `why` when a person must decide."""

    says: Says
    ore: int = 0
    why: Said | None = None


NOTHING = Money(Says.NOTHING)
NO_AMOUNT = Money(Says.NO_AMOUNT)
_HUNDRED_KRONER = 100_00


def read_cell(cell: Cell, *, unit: int | None, grouping: str | None) -> Money:
    """Read a cell of a money column; `unit` is None when neither column nor table says one."""
    if cell.kind is CellKind.UNCOMPUTED:
        return _unclear(
            _(
                "The cell holds a formula whose result is not saved in the file. Open it in Excel and save "
                "it again."
            )
        )
    if cell.kind is CellKind.ERROR:
        return _unclear(_("The cell shows the error %(text)s. Correct the formula."), text=cell.text[:20])
    if cell.kind is CellKind.DATE:
        return _unclear(_("“%(text)s” is a date, not an amount."), text=cell.text[:30])
    if cell.kind is CellKind.SHARE:
        return _unclear(_("“%(text)s” is a share, not an amount. Write it in kroner."), text=cell.text[:30])
    try:
        return _number(cell.number, unit) if cell.number is not None else _text(cell.text, unit, grouping)
    except AmountUnclear as unclear:
        return Money(Says.UNCLEAR, why=said_of(unclear))


def _text(text: str, unit: int | None, grouping: str | None) -> Money:
    if not text:
        return NOTHING
    if is_blank_amount(text):
        return NO_AMOUNT
    ore = read_amount(text, unit=unit or 1, grouping=grouping)
    if ore == 0:
        return NO_AMOUNT
    if unit is None and re.fullmatch(r"[0-9]{1,2}[.,][0-9]{2}", plain_spaces(text)):
        return _too_small(text)
    return Money(Says.AMOUNT, ore)


def _number(number: Decimal, unit: int | None) -> Money:
    ore = number_in_ore(number, unit=unit or 1)
    if ore == 0:
        return NO_AMOUNT
    if unit is None and abs(ore) < _HUNDRED_KRONER and number != number.to_integral_value():
        return _too_small(f"{number.normalize():f}".replace(".", ","))
    return Money(Says.AMOUNT, ore)


def _too_small(text: str) -> Money:
    return _unclear(
        _("“%(text)s” does not say whether it is kroner, thousands or millions. Write the whole amount."),
        text=text.strip(),
    )


def _unclear(message_id: str, **values: str) -> Money:
    return Money(Says.UNCLEAR, why=said(message_id, **values))


def looks_like_money(cell: Cell) -> bool:
    """Whether an amount stands in the cell; used to find the money columns, so no years, dates or shares."""
    if cell.kind is not CellKind.TEXT and cell.kind is not CellKind.NUMBER:
        return cell.kind is CellKind.UNCOMPUTED
    if cell.number is not None:
        return (
            not (2000 <= cell.number <= 2050 and cell.number == cell.number.to_integral_value())
            and cell.number != 0
        )
    text = plain_spaces(cell.text)
    if not re.search(r"[0-9]", text) or (
        re.fullmatch(r"20[0-9]{2}|[0-9.\-/]{6,10}", text) and not re.search(r"[0-9]{5}|\.[0-9]{3}", text)
    ):
        return False
    try:
        return read_amount(text) != 0
    except AmountUnclear:
        return bool(
            re.fullmatch(
                r"\W*(?:(?:kr|nok|mnok|tkr|ca|cirka|inntil|opptil|maks|rundt|omtrent|"
                r"anslag)\b\W*){0,2}[0-9][0-9 .,'’\-–/+?()x*]*"
                r"\s*(?:mill\.?|tkr|mnok|,-)?\s*(?:kr\.?|kroner)?\W*",
                text,
                re.I,
            )
            and not re.search(r"%|[0-9]{1,2}\.[0-9]{1,2}\.", text)
        )
