"""Rows that add up other rows: which they are, and whether they are right."""

import re
from collections.abc import Sequence
from enum import StrEnum

from samloft.plans.reading.wording import key, plain_words, stems


class TotalKind(StrEnum):
    WHOLE = "whole"  # says that it is the total of everything
    BARE = "bare"  # "Sum", "Totalt": of its group or of everything
    PART = "part"  # "Sum oppvekst", "Delsum"
    MAYBE = "maybe"  # "Samlet innsats for unge": a sum only if the figures say so


_I = re.IGNORECASE
_WORD = (
    r"(?:sum|total|totalt|totalen|totale|totalsum|totalbeløp|til ?sammen|til ?saman|i ?alt|samlet|samla|samlede|"
    r"summert|summen|sum:)"
)
_OPENS = re.compile(rf"^{_WORD}\b[\s:,–—-]*(.*)$", _I)
_CLOSES = re.compile(
    r"^(.*?)[\s:,–—(-]+(?:sum|totalt|total|til ?sammen|til ?saman|i alt|samlet|samla|delsum)\W*$", _I
)
_WHOLE = re.compile(
    r"^(?:sum total\w*|total\w*sum|totalsum\w*|hoved-?sum|hovud-?sum|grand total|sluttsum|"
    r"totalbudsjett\w*|totalramme|totalbeløp|totalkostnad\w*|"
    r"totale kostnader|sum totalt|sum sum)\W*(?:20[0-9]{2})?\W*$",
    _I,
)
_PART = re.compile(r"^(?:del-?sum|sub-?total|del-?total|mellomsum)\b", _I)
_ABOUT_EVERYTHING_WORDS = """
    ca cirka omtrent om lag anslått
    sum total totalt totalsum totale alle alt tiltak tiltakene tiltaka tiltakspakke prosjekt prosjekter
    prosjekta prosjektene budsjett budsjettet budsjettert kostnad kostnader kostnadar kostnadene utgift
    utgifter utgiftene ramme rammen økonomisk økonomi beløp bevilgning forbruk behov finansiering
    handlingsplan handlingsplanen handlingsdel plan planen program programmet områdeløft områdeløftet
    områdeløfta områdesatsing områdesatsingen områdesatsinga satsing satsingen satsinga tilskudd
    tilskuddet tilskot tilskottet midler midlar hele heile for i av til på og inkl inkludert kr kroner
    nok mill tusen tkr 1000 år året innsatsområder innsatsområdene innsatsområda satsingsområder
    satsingsområdene områder områdene områda delprogrammer aktiviteter linjer poster mva eks planlagt
    vedtatt disponert disponering fordelt anslag sammen samlet samla kdd søknad søknadssum søkt
"""
_ABOUT_EVERYTHING = frozenset(_ABOUT_EVERYTHING_WORDS.split())
_NUMBERED_AREA = re.compile(
    r"\b(?:innsats|satsings|fokus|program|hoved|tema)?(?:område|omr|delprogram|tema|del|kapittel|kap|gruppe|post|pkt)\.?\s*(?:[0-9]+(?:\.[0-9]+)*|[a-z]|[ivx]+)\b",
    _I,
)


def opens_total(text: str) -> bool:
    """Whether the text begins or ends with a word for a sum."""
    return bool(_OPENS.match(text.strip()) or _PART.match(text.strip()) or _CLOSES.match(text.strip()))


def says_total(text: str) -> bool:
    """Whether the text begins with a word for a total that no measure's name begins with."""
    return bool(re.match(r"^(?:sum|totalt?|total|til ?sammen|til ?saman|i ?alt)\b", text.strip(), _I))


def total_kind(label: str, *, bold: bool, areas: Sequence[str]) -> TotalKind | None:
    """What sort of total the label names; None when it is the name of a measure.

    `areas` are the focus areas and headings known so far: "Sum oppvekst" sums the lines of "Oppvekst".
    """
    text = label.strip().strip("*_ ").rstrip(":. ")
    if not text or len(text) > 120:
        return None
    if _WHOLE.match(text):
        return TotalKind.WHOLE
    if _PART.match(text):
        return TotalKind.PART
    opening, closing = _OPENS.match(text), _CLOSES.match(text)
    found = opening or closing
    if found is None:
        return None
    rest = found[1].strip()
    if not rest:
        return TotalKind.BARE
    words = [word for word in plain_words(rest) if not re.fullmatch(r"20[0-9]{2}|[0-9]", word)]
    if all(word in _ABOUT_EVERYTHING for word in words):
        return TotalKind.BARE if closing and not opening else TotalKind.WHOLE
    if _NUMBERED_AREA.search(rest) or key(rest) in {key(area) for area in areas}:
        return TotalKind.PART
    says_sum = re.match(r"^(?:sum|summen|sum:|til ?sammen|til ?saman|i ?alt)\b", text, _I) or re.search(
        r"\b(?:sum|delsum|i alt)\W*$", text, _I
    )
    if says_sum and (bold or names_area(rest, areas) or re.match(r"^sum\b", text, _I) or closing):
        return TotalKind.PART
    return TotalKind.MAYBE


def names_area(text: str, areas: Sequence[str]) -> bool:
    """Whether the text is, or shortens, one of the areas."""
    own = key(re.sub(r"^(?:for|i|av|på|innen)\s+", "", text.strip(), flags=_I))
    mine = stems(own)
    for area in areas:
        other = stems(key(area))
        if own == key(area) or (mine and other and (set(mine) <= set(other) or set(other) <= set(mine))):
            return True
    return False
