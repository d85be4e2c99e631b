"""Which focus area a line belongs to when the table does not say: its text's place in the plan does.

A wrong area is worse than none, so two texts that fit equally well under different headings give none.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from samloft.plans.reading.sections import MeasureText
from samloft.plans.reading.wording import SHORTEST_SHARED, key, plain_words, same_stem, stems

SAME = 1_000
_WHOLE, _PARTLY = 60, 40
_SHARED_ENOUGH = 0.6
MOST_TEXTS = 4_000
MOST_ALIKE = 150


@dataclass(frozen=True)
class _Worded:
    """A name taken apart once, because every line is compared with many texts."""

    name: str
    key: str
    stems: tuple[str, ...]
    numbers: tuple[str, ...]

    @classmethod
    def of(cls, name: str) -> "_Worded":
        return cls(name, key(name), tuple(stems(name)), tuple(re.findall(r"(?<![0-9])[0-9]{1,3}(?![0-9])", name)))


def match_texts(names: Sequence[str], texts: Sequence[MeasureText]) -> dict[str, MeasureText]:
    """The text that describes each named line, for those where it is clear."""
    prepared = [(text, _Worded.of(text.title)) for text in texts[:MOST_TEXTS]]
    common = _common_stems([worded.stems for _text, worded in prepared])
    index = _index(prepared)
    found: dict[str, MeasureText] = {}
    for name in dict.fromkeys(names):
        mine = _Worded.of(name)
        near = _near(mine, index)
        scored = [(_likeness(mine, *prepared[at], common), prepared[at][0]) for at in near]
        best = max((score for score, _text in scored), default=0)
        winners = [text for score, text in scored if score == best]
        if best and len({text.area for text in winners}) == 1:
            found[name] = winners[0]
    return found


def _hints(word: str) -> tuple[str, str]:
    """What two words that can be the same have in common: how they begin, or how a compound ends."""
    return f"^{word[:4]}", f"{word[-SHORTEST_SHARED:]}$"


def _index(prepared: Sequence[tuple[MeasureText, _Worded]]) -> defaultdict[str, list[int]]:
    index: defaultdict[str, list[int]] = defaultdict(list)
    for at, (_text, worded) in enumerate(prepared):
        for hint in {hint for word in worded.stems for hint in _hints(word)}:
            index[hint].append(at)
        index[f"={worded.key}"].append(at)
    return index


def _near(mine: _Worded, index: defaultdict[str, list[int]]) -> list[int]:
    """The texts worth comparing with; what very many texts share tells nothing and would cost much."""
    same = index[f"={mine.key}"]
    if same:
        return same
    postings = [index[hint] for word in mine.stems for hint in _hints(word)]
    return sorted({at for posting in postings if len(posting) <= MOST_ALIKE for at in posting})


def _common_stems(parts: Iterable[Sequence[str]]) -> frozenset[str]:
    """Words that stand in so many titles that they tell nothing, such as the name of the place."""
    titles = list(parts)
    counted = Counter(word for words in titles for word in set(words))
    return frozenset(word for word, count in counted.items() if count > max(2, len(titles) // 5))


def _likeness(mine: _Worded, text: MeasureText, theirs: _Worded, common: frozenset[str]) -> int:
    """How surely a line's name and a text's title mean the same measure; 0 when they do not."""
    if mine.key == theirs.key:
        return SAME
    if mine.numbers and theirs.numbers and mine.numbers != theirs.numbers:
        return 0  # "Trinn 1" and "Trinn 2" are two measures however alike their words are
    shared = [word for word in mine.stems if any(same_stem(word, other) for other in theirs.stems)]
    telling = [word for word in shared if word not in common and not word.isdigit()]
    if not telling:
        return 0
    fewest = min(len(mine.stems), len(theirs.stems))
    sure = 5 if text.is_sure else 0
    if len(shared) >= fewest:
        if len(shared) == 1 and not _stands_alone(shared[0], mine.stems, theirs.stems):
            return 0
        return _WHOLE + 10 * len(shared) + sure
    if len(telling) >= 2 and len(shared) / fewest >= _SHARED_ENOUGH:
        return _PARTLY + 10 * len(shared) + sure
    if text.is_sure and _is_quoted(mine.name, text.body):
        return _PARTLY + sure
    return 0


def _stands_alone(word: str, mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """One shared word is enough only when it opens both and is a word of some length."""
    opens_both = same_stem(mine[0], theirs[0]) and same_stem(word, mine[0])
    return opens_both and len(word) >= 5 and mine[0][:5] == theirs[0][:5]


def _is_quoted(name: str, body: str) -> bool:
    head = key(re.split(r"\s[–—-]\s|:", name, maxsplit=1)[0])
    quotes = [" ".join(plain_words(quote)) for quote in re.findall(r"[«“\"]([^»”\"]{3,80})[»”\"]", body)]
    return bool(head) and head in quotes
