"""What categories are called in Norwegian statistics: sex, age, totals and areas."""

import re

_BOTH = re.compile(r"begge( kjønn)?|kjønn (?:samlet|samla|i alt)|alle( kjønn)?|i alt|totalt?|both( sexes)?|all")
_MALE = re.compile(r"menn|mann|gutt(er|ar)?|men|males?|boys?|m")
_FEMALE = re.compile(r"kvinner|kvinne|jenter?|women|females?|girls?|k|f")
_BY_NUMBER = {"0": "", "1": "m", "2": "f"}

_SUM = r"(?:i alt|ialt|totalt?|samlet|samla)"
_TOTAL = re.compile(rf"(?:{_SUM}|alt|sum|alle|all)(?: .*)?|.* {_SUM}")
_YEARS = r"(?:\s*(?:år|years?|year old))?"
_AGE_FORMS = (
    (re.compile(r"0*([0-9]{1,3})\s*[-–]\s*0*([0-9]{1,3})" + _YEARS), lambda low, high: f"{low}-{high}"),
    (re.compile(r"0*([0-9]{1,3})\+" + _YEARS), lambda low: f"{low}+"),
    (
        re.compile(r"0*([0-9]{1,3})(?:\s*år)?\s*(?:og|eller|and|or)\s*(?:eldre|over|mer|older|more)"),
        lambda low: f"{low}+",
    ),
    (re.compile(r"0*([0-9]{1,3})" + _YEARS), lambda age: age),
)


def read_sex(code: str, label: str) -> str | None:
    """`m`, `f` or empty for both together; None for what is none of them."""
    for text in (label, code):
        plain = text.strip().lower()
        for pattern, sex in ((_BOTH, ""), (_MALE, "m"), (_FEMALE, "f")):
            if pattern.fullmatch(plain):
                return sex
    return _BY_NUMBER.get(code.strip()) if label == code else None


def read_age(code: str, label: str) -> str | None:
    """`0-17`, `67+`, `5` or empty for all ages together; None for what is no age."""
    for text in (label, code):
        plain = re.sub(r"\s+", " ", text.strip().lower())
        if is_total(plain):
            return ""
        for pattern, form in _AGE_FORMS:
            if found := pattern.fullmatch(plain):
                return form(*found.groups())
    return None


def is_total(text: str) -> bool:
    """Whether a label says that the category is all the others together."""
    return bool(_TOTAL.fullmatch(text.strip().lower()))


_PREFIXED = re.compile(r"[A-Za-zÆØÅæøå]{1,3}[-_ ]?([0-9]{1,10}[a-z]?)")
_LEADING = re.compile(r"(?:[A-Z][-_ ])?([0-9]{1,10})[:.]?\s+(?:[-–]\s+)?([^\W\d].*)")
_NAMED_AREA = re.compile(r"(?:[A-Z][-_ ])?(?:[0-9]{4}|[0-9]{6}|[0-9]{8})[:.]?\s+(?:[-–]\s+)?[^\W\d].*")
_COUNTRY = frozenset(
    {"0", "00", "no", "nor", "land", "landet", "hele landet", "heile landet", "norge", "noreg", "norway"}
)
_STEM = 4  # letters that are enough to know a word by: Indre Ø. and Indre Østfold, Sone and Sonen
_VALIDITY = re.compile(r"\s*\((?:[0-9]{4})?\s*[-–]\s*(?:[0-9]{4})?\)$")


def area_codes(code: str, label: str) -> list[str]:
    """The codes that a category may mean, the likeliest first: `K-3118`, `3118 Indre Østfold`, `301` for 0301."""
    found = [code]
    for text in (code, label):
        if match := _PREFIXED.fullmatch(text):
            found.append(match[1])
        if match := _LEADING.fullmatch(text):
            found.append(match[1])
    # A spreadsheet takes the zero in front of a number away.
    found += [f"0{digits}" for digits in found if digits.isdecimal() and len(digits) in (3, 7)]
    return list(dict.fromkeys(found))


def area_name(label: str) -> str:
    """The name of the area without its code and the years it was valid."""
    match = _LEADING.fullmatch(label)
    return _VALIDITY.sub("", match[2] if match else label).strip()


def names_country(code: str, label: str) -> bool:
    """Whether the category is the whole of Norway."""
    return bool({code.casefold(), area_name(label).casefold()} & _COUNTRY)


def may_be_named(ours: str, code: str, label: str) -> bool:
    """Whether a label can be another way to write our area's name: they share a word, or the start of one."""
    theirs = _words(area_name(label)) - _words(code)
    starts = {word[:_STEM] for word in _words(ours) if not word.isdigit()}
    says_nothing = not theirs or not starts
    return says_nothing or any(word[:_STEM] in starts for word in theirs) or names_country(code, label)


def is_area_with_code(text: str) -> bool:
    """Whether a category is written as only areas are: `3118 Indre Østfold`, `K-3118 Indre Østfold`."""
    return bool(_NAMED_AREA.fullmatch(text))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
