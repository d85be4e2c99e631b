"""A total said in running text: "Samlet budsjett for 2026 er 7 795 000 kr"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from samloft.core.amounts import AmountUnclear, read_amount
from samloft.plans.reading import vocabulary
from samloft.plans.reading.document import Document, Paragraph, Table

_SAYS_TOTAL = re.compile(
    r"\b(?:samlet|samla|total|totale|totalt|sum)\s+(?:budsjett|ramme|økonomisk ramme|"
    r"kostnads?ramme|budsjettramme|kostnad|beløp|sum)\w*|"
    r"\b(?:totalbudsjett|totalramme|totalkostnad|totalsum|budsjettramm|budsjettsum)\w*|"
    r"\bbudsjettet\b[^.]{0,60}\b(?:samlet|totalt|til sammen|i alt)\b|"
    r"\btotalt budsjett",
    re.I,
)
_AMOUNT = re.compile(
    r"(?:kr\.?|nok)\s*[0-9][0-9 .,\u00a0]*[0-9](?:,-)?(?:\s*(?:mill\.?|millioner))?|"
    r"[0-9][0-9 .,\u00a0]*\s*(?:,-|kr\b|kroner|mill\.?(?:\s*(?:kr\b|kroner))?|"
    r"millioner(?: kroner)?)",
    re.I,
)
_APPROXIMATE = re.compile(
    r"\b(?:ca|cirka|omtrent|rundt|inntil|opptil|nesten|over|under|minst|om lag|maks)\.?\s*$", re.I
)


@dataclass(frozen=True)
class SpokenTotal:
    ore: int
    row: int


def spoken_total(document: Document, year: int | None) -> SpokenTotal | None:
    """The one total that the text states for the plan's year; None when it states none or several."""
    found: dict[int, SpokenTotal] = {}
    for sentence, row in _sentences(document):
        total = _total_in(sentence, year)
        if total:
            found.setdefault(total, SpokenTotal(total, row))
    return next(iter(found.values())) if len(found) == 1 else None


def _sentences(document: Document) -> Iterator[tuple[str, int]]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            for sentence in re.split(r"(?<=[a-zæøå0-9»)]{2})\.\s+(?=[A-ZÆØÅ])", block.text[:3_000]):
                yield sentence, block.row
        elif isinstance(block, Table) and block.is_list:
            for row in block.rows:
                yield ": ".join(cell.text for cell in row.cells), row.number


def _total_in(sentence: str, year: int | None) -> int | None:
    said = _SAYS_TOTAL.search(sentence)
    years = set(vocabulary.years_in(sentence))
    if said is None or (years and year and years != {year}):
        return None
    amounts = list(_AMOUNT.finditer(sentence))
    if len(amounts) != 1 or _APPROXIMATE.search(sentence[: amounts[0].start()]):
        return None
    try:
        ore = read_amount(amounts[0][0].strip().rstrip("."))
    except AmountUnclear:
        return None
    return ore or None
