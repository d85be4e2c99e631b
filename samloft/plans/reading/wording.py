"""How names and headings are compared: without case, endings, numbering and small words."""

import re
import unicodedata

from samloft.plans.reading.names import without_numbering

_SMALL_WORDS = """
    og i på av for med til den det de en et ei ein eit som ved fra frå om å er the of samt eller mot hos
    innen under over vår våre sin sitt nye ny nytt kr
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_ENDINGS = (
    "satsingene",
    "satsingen",
    "satsinga",
    "satsing",
    "stillingen",
    "stillinga",
    "stilling",
    "prosjektet",
    "tiltaket",
    "ordningen",
    "ordninga",
    "tilbudet",
    "tilbodet",
)
_INFLECTIONS = (
    "ingene",
    "ingen",
    "inga",
    "ane",
    "ene",
    "ens",
    "ets",
    "ers",
    "et",
    "en",
    "er",
    "ar",
    "a",
    "e",
    "s",
    "t",
)
_SHORTEST_STEM = 4
SHORTEST_SHARED = 7  # letters at the end of a compound that make it the same word


def plain_words(text: str) -> list[str]:
    """The words in lower case; a hyphen splits, so that "Sosionom-stillingen" holds "sosionom"."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.findall(r"[a-zæøåäöéèüáà0-9]+", folded)


def key(text: str) -> str:
    """A text's own key: two headings with the same key are the same heading."""
    return " ".join(plain_words(without_numbering(text)))


def stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return (
                word.removesuffix(ending).rstrip("s") if len(word) - len(ending) > 5 else word.removesuffix(ending)
            )
    for ending in _INFLECTIONS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def stems(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order, each once."""
    found = [stem(word) for word in plain_words(text) if word not in _SMALL and stem(word) not in _ENDINGS]
    return list(dict.fromkeys(found)) or list(dict.fromkeys(plain_words(text)))


def same_stem(one: str, other: str) -> bool:
    """Whether two stems are one word; the end of a compound counts ("folkebibliotek", "bibliotek")."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) >= 5 and long.startswith(short) and len(long) - len(short) <= 2:
        return True
    return len(short) >= SHORTEST_SHARED and long.endswith(short)
