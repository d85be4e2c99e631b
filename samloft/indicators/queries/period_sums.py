"""Which periods add up to which: several years, a year, its halves, quarters and months (F7, ADR 9)."""

import re
from collections.abc import Collection, Iterable, Iterator

_FORM = re.compile(r"(?P<year>\d{4})(?:(?P<kind>[HKM])(?P<number>\d+)|-(?P<last>\d{4}))?")
_IN_A_YEAR = {"H": 2, "K": 4, "M": 12}


def divided(code: str) -> Iterator[tuple[str, ...]]:
    """Each way in which the period is divided into shorter ones, in order of time."""
    found = _FORM.fullmatch(code)
    if not found:
        return  # weeks cross the ends of years, and a day has no parts
    year, kind = int(found["year"]), found["kind"]
    if found["last"]:
        yield tuple(str(each) for each in range(year, int(found["last"]) + 1))
        return
    of_whole, place = (_IN_A_YEAR[kind], int(found["number"]) - 1) if kind else (1, 0)
    for shorter, number in _IN_A_YEAR.items():
        if number > of_whole:
            each = number // of_whole
            width = 2 if shorter == "M" else 1
            yield tuple(f"{year}{shorter}{place * each + at + 1:0{width}}" for at in range(each))


def related(chosen: Iterable[str], known: Collection[str]) -> frozenset[str]:
    """Those chosen, and the known periods that are part of them or that they are part of, and so on."""
    parts = {code: {part for division in divided(code) for part in division} for code in known}
    found, is_new = set(chosen), True
    while is_new:
        near = {code for code in known if parts[code] & found}
        near |= {part for code in found & parts.keys() for part in parts[code] if part in parts}
        is_new = not near <= found
        found |= near
    return frozenset(found)
