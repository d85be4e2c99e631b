"""Which source of money a text names."""

import re

from samloft.core.amounts import plain_spaces

_I = re.IGNORECASE
_CARRY_OVER = re.compile(
    r"\boverfør(?:t|te|ing|inger|ast)\b|\bubrukt\w*|\bubenytt\w*|\bunytt\w*|mindreforbruk|"
    r"\brestmid\w*|\bfra fjor|\bfrå i fjor|"
    r"\bbundne? (?:drifts)?fond|\bfondsmid\w*|\bavsatt\w*|\bgjenstående midler",
    _I,
)
_PROGRAMME = re.compile(
    r"\bkdd\b|kommunal-? ?og (?:distrikts|moderniserings|regional)\w*|områdesatsings?(?:midler|"
    r"midlar|tilskudd|tilskot)|"
    r"områdeløfts?(?:midler|midlar|tilskudd|tilskot)|programmidler|programtilskudd|programtilskot|"
    r"\btilskudd(?:et)? (?:til|fra) områdesatsing\w*|\bområde(?:løft|satsing)(?:en|a)?$|^\W*områdeløft\b",
    _I,
)
_OTHER_STATE = re.compile(
    r"\bimdi\b|integrerings- og mangfold\w*|helsedirektorat\w*|\bhdir\b|husbank\w*|\bbufdir\b|"
    r"barne-?,? (?:ungdoms-? )?og familie\w*|"
    r"\bnav\b|\barbeids- og velferd\w*|\bavdir\b|utdanningsdirektorat\w*|\budir\b|statsforvalt\w*|"
    r"fylkesmann\w*|kulturdirektorat\w*|"
    r"\bkulturråd\w*|kulturdepartement\w*|\bdirektorat\w*|\bdepartement\w*|miljødirektorat\w*|"
    r"\bdoga\b|innovasjon norge|"
    r"andre statl\w*|annen? statl\w*|øvrige statl\w*|anna statl\w*|skjønnsmid\w*|"
    r"prosjektskjønn\w*|\bhk-?dir\b|\bdibk\b|forskningsråd\w*|"
    r"\bkompetanse norge\b|\bjustis\w*|\bpoliti\w*|konfliktråd\w*|\benova\b|\bstatped\b|spillemid\w*|spelemid\w*",
    _I,
)
_COUNTY = re.compile(r"fylkeskommun\w*|\bfylket?\b|fylkeskommunal\w*|\bfylkestilskudd|\bfk\b", _I)
_MUNICIPALITY = re.compile(
    r"\bkommun(?:e|en|ens|ene|al|ale|alt|a)\b(?!-)|kommunebudsjett|kommunekasse|egenfinans\w*|eigenfinans\w*|egenandel\w*|"
    r"eigendel\w*|egenkapital|egne midler|eigne midlar|egeninnsats|ordinær drift|ordinært budsjett|driftsbudsjett|"
    r"investeringsbudsjett|\bbydel(?:en|ens|smidler)?\b|\b[a-zæøå]+ kommune\b",
    _I,
)
_PRIVATE = re.compile(
    r"\bprivat\w*|\bfrivillig\w*|næringsliv\w*|\bstiftelse\w*|\bstifting\w*|sparebank\w*|\bgave\w*|\bgåve\w*|\bsponsor\w*|"
    r"gjensidigestift\w*|lag og foren\w*|borettslag\w*|\bfond(?:ation)?\b|kavlifond\w*|"
    r"bymisjon\w*|røde kors|raude kors|"
    r"frelsesarm\w*|egenbetaling|deltakerbetaling|brukerbetaling",
    _I,
)
# The order matters: "Kommunal- og distriktsdepartementet" holds "kommunal", "fylkeskommunen" holds "kommun".
_IN_ORDER = (
    ("carry_over", _CARRY_OVER),
    ("programme_grant", _PROGRAMME),
    ("county", _COUNTY),
    ("other_state", _OTHER_STATE),
    ("private", _PRIVATE),
    ("municipality", _MUNICIPALITY),
)
_GRANT_ALONE = re.compile(
    r"^\W*(?:statlig |statleg )?(?:tilskudd|tilskot|tilskott)(?:et|smidler|smidlar|"
    r"sbeløp)?(?: ?20[0-9]{2})?\W*(?:\(?(?:kr|nok|kroner|1 ?000|tkr)[^)]*\)?)?\W*$",
    _I,
)


def source_of(text: str) -> str | None:
    """The source that the text names; None when it names none, or several."""
    plain = plain_spaces(text)[:300]
    if not plain:
        return None
    rest, found = plain, []
    for source, pattern in _IN_ORDER:
        if pattern.search(rest):
            found.append(source)
            rest = pattern.sub(" ", rest)
    if found[:1] == ["carry_over"]:
        return "carry_over"  # "Overført tilskudd fra KDD" is carried over all the same
    return found[0] if len(found) == 1 else None


def is_grant_alone(text: str) -> bool:
    """Whether a heading is "Tilskudd" and nothing more: the programme's grant when other sources are named."""
    return _GRANT_ALONE.match(plain_spaces(text)) is not None


_NAMES_SOURCE = re.compile(
    r"^\W*(?:(?:søkt |tildelt |omsøkt |forventet )?(?:tilskudd|tilskot|støtte|midler|midlar|"
    r"bidrag|finansiering|egenandel|egenfinansiering|"
    r"egne midler|overført\w*|overføring\w*|ubrukte?\w*|ubenyttede?\w*|restmidler|"
    r"kommunale? midler|statlige? midler|andre midler)\b|"
    r"(?:kdd|imdi|husbanken|helsedirektoratet|bufdir|fylkeskommunen|kommunen|statsforvalteren|private|næringsliv\w*|frivillige?)\W*$|"
    r"[a-zæøå]+ (?:fylkes)?kommune\W*$|andre (?:statlige )?(?:tilskudd|kilder|midler)|kommunal- og distriktsdep)",
    _I,
)


def is_source_name(text: str) -> bool:
    """Whether a row is named after where money comes from, and not after what it is used for."""
    plain = plain_spaces(text)
    words = plain.lower()
    if (" til " in words and " fra " not in words) or (
        words.startswith("overfør") and not re.search(r"20[0-9]{2}|mid[dl]|fjor|tilsk", words)
    ):
        return False  # "Tilskudd til frivillige lag" is what the money is for
    return _NAMES_SOURCE.match(plain) is not None and (source_of(plain) is not None or is_grant_alone(plain))
