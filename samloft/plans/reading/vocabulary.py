"""The words that Norwegian plans use for their columns, sources, totals and years."""

import re

from samloft.core.amounts import MILLION, THOUSAND, plain_spaces

_I = re.IGNORECASE
NAME = re.compile(
    r"\b(?:del)?(?:tiltak|prosjekt|aktivitet)\w*|\b(?:navn|namn|tittel|post|poster|formål|føremål|hva|kva|linje|tekst|"
    r"budsjettpost\w*|kostnadspost\w*|budsjettlinje\w*|satsing\w*|utgift|utgifter|kostnad|kostnader|innhold|innhald)\b",
    _I,
)
BEST_NAME = re.compile(r"^\W*(?:navn på |namn på |del)?(?:tiltak\w*|prosjekt(?:navn|er)?|aktivitet\w*)\b", _I)
FOCUS = re.compile(
    r"(?:innsats|satsings|fokus|program|hoved|hovud|tema|prioriterings)\s?-?omr(?:åd\w*|\.)|\btema\w*|\bdelprogram\w*|"
    r"\bområde\b|\bdelsatsing\w*|\binnsatsfelt\w*|\binnsatsomr",
    _I,
)
NUMBERING = re.compile(r"^\W*(?:nr|nummer|tiltaksnr|tiltaksnummer|lnr|løpenr|løpenummer|id|pkt|#|no)\W*$|^#$", _I)
SOURCE_COLUMN = re.compile(
    r"kilde|kjelde|finansier|tilskuddsgiver|tilskotsgivar|midler fra|midlar frå|betaler|bidragsyter", _I
)
MONEY = re.compile(
    r"beløp|\bmnok\b|\btnok\b|\bmkr\b|bevilg|løyv|budsj|økonomi|\bkr\b|kroner|\bnok\b|\bsum\b|\btotal|kostn|tilskud|tilskot|tilskott|ramme|"
    r"finansier|midler|midlar|utgift|støtte|stønad|egenandel|eigendel|egenfinans|1 ?000|\bmill\b|"
    r"tkr|\bsamla|\bsamlet\b|"
    r"til ?sammen|til ?saman|\bi alt\b|søkt|tildel|tilsagn|regnskap|rekneskap|forbruk|prognose|"
    r"behov|overført|overføring|"
    r"\bsum\w*\b|\bramme\w*|lønn|løn\b|innkjøp|utstyr|drift",
    _I,
)
CERTAINLY_MONEY = re.compile(
    r"beløp|\bmnok\b|\bkr\b|kroner|\bnok\b|budsjett(?!ansvar|post|linj|kap)|\btkr\b|1 ?000", _I
)
NOT_MONEY = re.compile(
    r"%|prosent|\bantall\b|\btal på\b|\btalet på\b|stilling|årsverk|\btimer\b|\btimar\b|delta[kg]|"
    r"\bside|\balder|frist|dato|"
    r"\bstart|oppstart|\bslutt|periode|tidsrom|kapittel|\bkap\b|konto|ansvar|\bart\b|prosjektn(?:r|um)|status|"
    r"prioritet|^\W*år\W*$|\buke|\bveke|\bnr\b|telefon|innbygg|indikator|\bmål\b|\bdelmål|måltall|resultat|nullpunkt|"
    r"kommentar|merknad|beskriv|skildring|målgrupp|samarbeid|partner|utfør|\bhvem\b|\bnår\b|begrunn|effekt|vurdering|epost|e-post",
    _I,
)
COST_KIND = re.compile(
    r"\bløn|lønn|sosiale|\bdrift|innkjøp|varer|tjenester|tenester|utstyr|investering|reise|møte|informasjon|servering|bevertning|"
    r"materiell|videretilskudd|honorar|\bleie|konsulent|annet|anna\b|øvrig|diverse|kurs|materiale",
    _I,
)
PERIOD = re.compile(
    r"\b(?:[1-4]\.?|i{1,3}v?)\s*(?:kvartal|tertial|halvår|halvdel|kv|tert)\b|\bq[1-4]\b|\bh[12]\b|\b(?:første|andre|andre|fyrste|tredje|fjerde)\s+"
    r"(?:halvår|kvartal|tertial)|\bvår\w*\b|\bhøst\w*\b|\bhaust\w*\b|"
    r"^(?:jan|feb|mar|apr|mai|jun|jul|aug|sep|okt|nov|des)\w*\.?(?:\s*[-–]\s*\w+)?$",
    _I,
)
ROW_SUM = re.compile(
    r"^\W*(?:sum\b|sum$|total|til ?sammen|til ?saman|i alt|ialt|samlet|samla|brutto|totalt|hele|"
    r"alle kilder)|\b(?:sum|totalt?|til sammen|i alt|samlet)\W*(?:\(.*\))?$",
    _I,
)
ASIDE = re.compile(r"^\W*(?:hvorav|herav|derav|av dette|av det|inkludert i|inngår i)\b", _I)
ACCOUNTS = re.compile(
    r"regnskap|rekneskap|forbruk|prognose|revidert|avvik|endring|differanse|\bdiff\b|\brest\b|resterende|opprinnelig|"
    r"justert|fjorår|i fjor|brukt|påløpt|hittil",
    _I,
)
BUDGET = re.compile(r"budsj|økonomi|finansiering|kostnad", _I)
BALANCE = re.compile(
    r"^\W*(?:differanse|balanse|saldo|avvik|kontroll|kontrollsum|rest|restbeløp|gjenstår|gjenstående|overskudd|underskudd|"
    r"netto|resultat|mer-?/?mindreforbruk)\b(?:\s+(?:sum|beløp|mot ramme|i forhold til ramme|20[0-9]{2}|kr))*\W*$",
    _I,
)
FRAME = re.compile(
    r"^\W*(?:(?:økonomisk|budsjett|tilskudds|samlet|total|disponibel)\s*-?)?ramme(?:n|r)?\b|^\W*til disposisjon|"
    r"^\W*disponibelt|^\W*tilgjengelige midler|^\W*(?:sum )?inntekt(?:er)?\b|^\W*sum finansiering",
    _I,
)
FINANCING = re.compile(
    r"^\W*(?:finansiering(?:splan|skilder)?|finansieres av|finansieringskilder?|inntekter|inntekt|"
    r"inndekning|inndekking|dekkes av|kilder)\b\W*(?:20[0-9]{2})?\W*$",
    _I,
)
EXPENSES = re.compile(r"^\W*(?:utgifter|kostnader|utgiftsside|tiltak)\W*(?:20[0-9]{2})?\W*$", _I)

YEAR = re.compile(r"(?<![0-9.,])(20[1-4][0-9])(?![0-9]|[.,][0-9]{3})")
UNIT_ONLY = re.compile(
    r"\(?\s*(?:i\s+)?(?:hele\s+)?(?:(?:1 ?000|1\.000)\s*(?:kr\.?|kroner|nok)?|(?:kr|"
    r"nok)\.?\s*(?:1 ?000|1\.000)?|kroner|tkr|tnok|"
    r"tusen(?: kroner| kr)?|mill\.?(?: kr\.?| kroner)?|mnok|%|antall|stk)\s*\)?",
    _I,
)

_THOUSAND = re.compile(
    r"\btkr\b|\btnok\b|\bt\.kr|\bi\s+(?:hele\s+|heile\s+)?(?:tusen|tusener|tusenlapper|tusental|1 ?000|1\.000)\b|"
    r"\b(?:tall|tal|beløp|beløpene|beløpa|sum|summer|kr|kroner|nok)\.?\s*(?:er\s+)?(?:oppgitt\s+|"
    r"vist\s+|angitt\s+|gitt\s+)?(?:i\s+)?(?:hele\s+|heile\s+)?(?:tusen|1 ?000|"
    r"1\.000)\b(?![ .,]?[0-9])|"
    r"\b(?:1 ?000|1\.000|tusen)\s*(?:kr\b|kroner|nok)|\(\s*(?:1 ?000|1\.000|tusen)\s*\)|^\s*(?:1 ?000|tusen)\s*$",
    _I,
)
_MILLION = re.compile(
    r"\bmnok\b|\bmkr\b|\bi\s+(?:hele\s+)?mill(?:\.|\b|ion)|\bmill\.?\s*(?:kr|kroner|nok)\b|\((?:mill\.?|millioner)\)|"
    r"\bmillioner\s+(?:kr|kroner)\b|^\s*mill\.?\s*$",
    _I,
)
_PLAIN = re.compile(r"\b(?:hele|heile)\s+kroner|\bi\s+kroner\b|\bi\s+kr\b", _I)
_ROUNDED = re.compile(r"avrund|nærmeste|nærmaste", _I)
_SPOKEN_UNIT = re.compile(
    r"\b(?:tall|tal|tallene|tala|beløp|beløpene|beløpa|alle|summer|oppgitt|oppgis|vist|angitt)\b|^\W*\(?\s*(?:i\s+)?(?:hele\s+)?"
    r"(?:nok|kr|kroner|mnok|tkr|tnok|mill|tusen|1 ?000|1\.000)\b|\((?:[^()]{0,30}\b)?(?:1 ?000|"
    r"1\.000|tusen|mill\.?|mnok|tkr)\b[^()]{0,20}\)",
    _I,
)


def unit_of_heading(text: str) -> int | None:
    """What a heading says that its amounts are counted in: 1, 1 000, 1 000 000; None when it is silent."""
    plain = plain_spaces(text)
    if _ROUNDED.search(plain):
        return None
    if _THOUSAND.search(plain):
        return THOUSAND
    if _MILLION.search(plain):
        return MILLION
    return 1 if _PLAIN.search(plain) or re.search(r"\bkr\b|kroner|\bnok\b", plain, _I) else None


def unit_of_sentence(text: str) -> int | None:
    """The unit that a caption or sentence near a table names; a sentence that just mentions a sum names none."""
    for part in re.split(r"(?<=[a-zæøå0-9)])[.;:]\s+", plain_spaces(text)[:2_000]):
        if not _SPOKEN_UNIT.search(part) or _ROUNDED.search(part):
            continue
        # "Vi søker 2 mill. kroner" names a sum, "Beløp i mill. kroner" names a unit.
        if re.search(r"(?<!1)[0-9][ .,]?[0-9]*\s*(?:mill|mnok|tkr|tusen)", part, _I):
            continue
        if _THOUSAND.search(part):
            return THOUSAND
        if _MILLION.search(part):
            return MILLION
        if _PLAIN.search(part):
            return 1
    return None


def years_in(text: str) -> list[int]:
    """The calendar years named; dates (`11.02.2025`) and ranges (`2024–2028`) name none."""
    text = re.sub(
        r"[0-9]{1,2}\.\s?(?:[0-9]{1,2}\.|[a-zæøå]+)\s?20[0-9]{2}|20[0-9]{2}-[0-9]{2}-[0-9]{2}", " ", text
    )
    text = re.sub(r"20[0-9]{2}\s?(?:[-–—/]|til)\s?(?:20)?[0-9]{2}\b", " ", text)
    return [int(year) for year in YEAR.findall(text)]
