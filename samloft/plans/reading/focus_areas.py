"""Which focus area a line belongs to when the table does not say: its text's place in the plan does.

A wrong area is worse than none, so two texts that fit equally well under different headings give none.
"""

import re
from collections import Counter
from collections.abc import Sequence

from samloft.plans.reading.sections import MeasureText
from samloft.plans.reading.wording import key, plain_words, same_stem, stems

SAME = 1_000
_WHOLE, _PARTLY = 60, 40
_SHARED_ENOUGH = 0.6
MOST_TEXTS = 600


def match_texts(names: Sequence[str], texts: Sequence[MeasureText]) -> dict[str, MeasureText]:
    """The text that describes each named line, for those where it is clear."""
    texts = texts[:MOST_TEXTS]
    prepared = [(text, stems(text.title)) for text in texts]
    common = _common_stems([parts for _text, parts in prepared])
    found: dict[str, MeasureText] = {}
    for name in dict.fromkeys(names):
        scored = [(likeness(name, text, parts, common), text) for text, parts in prepared]
        best = max((score for score, _text in scored), default=0)
        if best == 0:
            continue
        winners = [text for score, text in scored if score == best]
        if len({text.area for text in winners}) == 1:
            found[name] = winners[0]
    return found


def _common_stems(parts: Sequence[Sequence[str]]) -> frozenset[str]:
    """Words that stand in so many titles that they tell nothing, such as the name of the place."""
    counted = Counter(word for words in parts for word in set(words))
    return frozenset(word for word, count in counted.items() if count > max(2, len(parts) // 5))


def likeness(name: str, text: MeasureText, title: Sequence[str], common: frozenset[str]) -> int:
    """How surely a line's name and a text's title mean the same measure; 0 when they do not."""
    if key(name) == key(text.title):
        return SAME
    mine, theirs = stems(name), list(title)
    if _other_number(name, text.title):
        return 0
    shared = [word for word in mine if any(same_stem(word, other) for other in theirs)]
    telling = [word for word in shared if word not in common and not word.isdigit()]
    if not telling:
        return 0
    fewest = min(len(mine), len(theirs))
    sure = 5 if text.is_sure else 0
    if len(shared) >= fewest:
        if len(shared) == 1 and not _stands_alone(shared[0], mine, theirs):
            return 0
        return _WHOLE + 10 * len(shared) + sure
    if len(telling) >= 2 and len(shared) / fewest >= _SHARED_ENOUGH:
        return _PARTLY + 10 * len(shared) + sure
    if text.is_sure and telling and _is_quoted(name, text.body):
        return _PARTLY + sure
    return 0


def _other_number(name: str, title: str) -> bool:
    """ "Trinn 1" and "Trinn 2" are two measures however alike their words are."""
    mine, theirs = (re.findall(r"(?<![0-9])[0-9]{1,3}(?![0-9])", text) for text in (name, title))
    return bool(mine) and bool(theirs) and mine != theirs


def _stands_alone(word: str, mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """One shared word is enough only when it opens both and is a word of some length."""
    opens_both = same_stem(mine[0], theirs[0]) and same_stem(word, mine[0])
    return opens_both and len(word) >= 5 and mine[0][:5] == theirs[0][:5]


def _is_quoted(name: str, body: str) -> bool:
    head = key(re.split(r"\s[–—-]\s|:", name, maxsplit=1)[0])
    quotes = [" ".join(plain_words(quote)) for quote in re.findall(r"[«“\"]([^»”\"]{3,80})[»”\"]", body)]
    return bool(head) and head in quotes
