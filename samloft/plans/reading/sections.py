"""The texts of a plan: what stands under each heading, and the texts that describe one measure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from samloft.plans.reading.document import LEAD_LEVEL, Document, Heading, Paragraph, Table
from samloft.plans.reading.interpretation import Section
from samloft.plans.reading.names import without_numbering
from samloft.plans.reading.wording import plain_words

_KINDS = (
    ("own_effort", re.compile(r"egen-?innsats|eigen-?innsats", re.I)),
    ("goal_fit", re.compile(r"måloppn|prop\.? ?1 ?s|nasjonale mål|statlige mål|nasjonale føring", re.I)),
    ("budget", re.compile(r"budsj|økonomi|finansiering", re.I)),
    ("new_measures", re.compile(r"\bnye tiltak|\bnye prosjekt", re.I)),
    ("administration", re.compile(r"administra|programledelse", re.I)),
    ("introduction", re.compile(r"innledning|innleiing|bakgrunn|om planen|sammendrag|samandrag", re.I)),
    ("priorities", re.compile(r"priorit|(?:innsats|satsings)områd(?:er|a|ene)\b", re.I)),
)
_GENERIC_WORDS = """
    tiltak tiltakene tiltaka tiltaksdel tiltaksliste tiltaksoversikt tiltakstabell tiltaksplan
    handlingsdel handlingsplan handlingsplanen handlingsprogram plan planen budsjett budsjettet
    budsjettoversikt budsjettabell økonomi økonomisk økonomiplan kostnader kostnad kostnadsoversikt
    finansiering finansieringsplan tabell tabeller oversikt over fordeling fordelt ramme rammer
    innledning innleiing bakgrunn innhold innhald vedlegg sammendrag samandrag oppsummering
    innsatsområder innsatsområdene satsingsområder satsingsområdene satsingsområda områder områdene
    delprogrammer prioriteringer prioriterte prioritering mål målene hovedmål delmål prosjekter prosjekt
    prosjektene aktiviteter beskrivelse beskriving av per pr i og for til på med den det de enkelte
    samlet totalt total sum innen områdeløft områdeløftet områdesatsing områdesatsingen program
    programmet satsing satsingen ark ark1 ark2 ark3 sheet sheet1 sheet2 sheet3 del kapittel kap kr kroner
    år året midler midlene tilskudd tilskuddsmidler bruk 2026 tall nok kommune våre vår
"""
_GENERIC = frozenset(_GENERIC_WORDS.split())
_NOT_AN_AREA = re.compile(
    r"^(?:innledning|innleiing|innhold|bakgrunn|sammendrag|egen-?innsats|måloppn|budsj|økonomi|"
    r"vedlegg|organisering|medvirkning$|evaluering og|forord|risiko)",
    re.I,
)
_LABELS_WORDS = """
    mål målet målgruppe målgrupper ansvar ansvarlig status tiltak beskrivelse kommentar budsjett kostnad
    kostnader frist periode samarbeid samarbeidspartnere partnere resultat resultater effekt nb obs merk
    bakgrunn indikator indikatorer finansiering oppfølging tabell figur økonomi hvorfor hva hvem hvordan
    når formål delmål forankring gjennomføring exit
"""
_LABELS = frozenset(_LABELS_WORDS.split())


@dataclass(frozen=True)
class MeasureText:
    """A text in the plan that describes one measure."""

    title: str
    area: str | None
    row: int
    body: str = ""
    is_sure: bool = True  # a bold lead-in or heading; a list item may be anything


@dataclass
class _Open:
    heading: str
    level: int
    row: int
    kind: str = ""
    area: str | None = None
    body: list[str] = field(default_factory=list)
    sure: bool = False


def is_generic(heading: str) -> bool:
    """Whether a heading names no subject of its own: "Tiltak 2026", "3. Budsjett og økonomi"."""
    words = [word for word in plain_words(without_numbering(heading)) if not word.isdigit()]
    return not words or all(word in _GENERIC for word in words)


def find_sections(document: Document) -> list[Section]:
    """Every heading with its text; measures get a section of their own under their focus area's heading."""
    opened = _walk(document)
    with_measures = {section.area for section in opened if section.kind == "measure"}
    return [
        Section(
            heading=section.heading,
            level=section.level,
            body="\n\n".join(section.body),
            kind=section.kind or ("focus_area" if section.heading in with_measures else ""),
            focus_area=section.area,
            row=section.row,
        )
        for section in opened
    ]


def measure_texts(document: Document, sections: Sequence[Section]) -> list[MeasureText]:
    """The texts that may describe a measure: bold lead-ins, headings under a focus area's heading, list items."""
    texts = [
        MeasureText(section.heading, section.focus_area, section.row, section.body)
        for section in sections
        if section.kind == "measure"
    ]
    stack: list[Heading] = []
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    parents = _parents(headings)
    for heading in headings:
        parent = parents.get(id(heading))
        is_parent = any(other is heading for other in parents.values())
        if parent is not None and not is_parent and not _NOT_AN_AREA.match(without_numbering(parent.text)):
            area = None if is_generic(parent.text) else without_numbering(parent.text)
            own = without_numbering(heading.text)
            if area is not None and not is_generic(own) and not _NOT_AN_AREA.match(own):
                texts.append(MeasureText(without_numbering(heading.text), area, heading.row))
    for block in document.blocks:
        if isinstance(block, Heading):
            stack = [*(one for one in stack if one.level < block.level), block]
        elif isinstance(block, Paragraph) and block.is_item and not block.lead and stack:
            title = re.split(r":\s|\s[–—-]\s|\.\s", block.text, maxsplit=1)[0]
            area = _area_of(stack)
            if len(plain_words(title)) <= 8 and area:
                texts.append(MeasureText(title, area, block.row, is_sure=False))
    return texts


def _parents(headings: Sequence[Heading]) -> dict[int, Heading]:
    parents: dict[int, Heading] = {}
    stack: list[Heading] = []
    for heading in headings:
        stack = [one for one in stack if one.level < heading.level]
        if stack:
            parents[id(heading)] = stack[-1]
        stack.append(heading)
    return parents


def _area_of(stack: Sequence[Heading]) -> str | None:
    for heading in reversed(stack):
        text = without_numbering(heading.text)
        if _NOT_AN_AREA.match(text):
            return None
        if not is_generic(text):
            return text
    return None


def _walk(document: Document) -> list[_Open]:
    opened: list[_Open] = []
    stack: list[Heading] = []
    for block in document.blocks:
        if isinstance(block, Heading):
            stack = [*(heading for heading in stack if heading.level < block.level), block]
            opened.append(_Open(without_numbering(block.text), block.level, block.row, _kind(block.text)))
        elif isinstance(block, Paragraph):
            if block.lead and _names_measure(block.lead) and stack:
                opened.append(_measure(block, stack))
            elif opened:
                opened[-1].body.append(f"• {block.text}" if block.is_item else block.text)
        elif isinstance(block, Table) and opened and opened[-1].kind == "measure":
            # What follows a table is no longer about the measure above it.
            opened.append(_Open(stack[-1].text if stack else "", LEAD_LEVEL, 0))
    return [section for section in opened if section.heading]


def _measure(block: Paragraph, stack: Sequence[Heading]) -> _Open:
    rest = block.text.removeprefix(block.lead).lstrip(" .:–-")
    return _Open(block.lead, LEAD_LEVEL, block.row, "measure", _area_of(stack[-1:]), [rest] if rest else [])


def _names_measure(lead: str) -> bool:
    words = plain_words(lead)
    return bool(words) and len(words) <= 14 and not all(word in _LABELS or word.isdigit() for word in words)


def _kind(heading: str) -> str:
    return next((kind for kind, pattern in _KINDS if pattern.search(heading)), "")
