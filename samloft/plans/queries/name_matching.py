"""Which of the programme's measures a name in a document means.

A wrong match is worse than none: it would put one measure's money on another. So a match is sure only when the
names are nearly the same and no second measure is close; what lies between is the user's choice.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from samloft.plans.models import LinePurpose, Measure, MeasureName
from samloft.programmes.models import FocusArea, Programme

SURE = 82
POSSIBLE = 58
CLEAR_LEAD = 6

_PURPOSES: tuple[tuple[LinePurpose, re.Pattern[str]], ...] = (
    (LinePurpose.ADMINISTRATION, re.compile(r"^(administra\w+|adm\b|programledelse|prosjektledelse)")),
    (LinePurpose.COMPETENCE, re.compile(r"^kompetanse(heving|utvikling|bygging|tiltak)?$")),
    (
        LinePurpose.OPEN_POT,
        re.compile(r"^(åpen|open|opne|åpne) (post|pott|midlar|midler)\b|^(uspesifisert|ufordelt|reserve)"),
    ),
    (LinePurpose.EVALUATION, re.compile(r"^(\w*evaluering)\b")),
)


@dataclass(frozen=True)
class Match:
    """The measure that a name most likely means. `likeness` is 0–100; not `is_sure` needs the user's choice."""

    measure: Measure
    likeness: int
    is_sure: bool


def plain(name: str) -> str:
    """The name without case, punctuation and double spaces; letters keep their accents."""
    text = unicodedata.normalize("NFC", name).casefold()
    return " ".join(re.sub(r"[^\w]+", " ", text).split())


def likeness(left: str, right: str) -> int:
    """0–100 for two plain names. Different numbers in them ("trinn 1", "trinn 2") are never alike."""
    if left == right:
        return 100
    if re.findall(r"\d+", left) != re.findall(r"\d+", right):
        return 0
    score = max(fuzz.ratio(left, right), fuzz.token_sort_ratio(left, right))
    shorter, longer = sorted((left, right), key=len)
    if len(shorter) >= 6 and (longer.startswith(shorter) or f" {shorter} " in f" {longer} "):
        # One name is the other with something added: likely, but for a person to say.
        score = max(score, 75)
    return min(99, int(score))


def purpose_of(name: str) -> LinePurpose:
    """Whether a line is a measure or one of the plan's common costs, by the words it begins with."""
    text = plain(name)
    return next((purpose for purpose, pattern in _PURPOSES if pattern.search(text)), LinePurpose.MEASURE)


def known_names(programme: Programme) -> dict[Measure, set[str]]:
    """Every plain name each measure has or has had. Two queries."""
    names = {measure: {plain(measure.name)} for measure in programme.measures.order_by("number")}
    for measure_id, name in MeasureName.objects.filter(measure__programme=programme).values_list(
        "measure_id", "name"
    ):
        next(known for measure, known in names.items() if measure.pk == measure_id).add(plain(name))
    return names


def match_names(wanted: Iterable[str], names: dict[Measure, set[str]]) -> dict[str, Match]:
    """The best match of each wanted name that has any. A measure surely meant by one name goes to no other."""
    scores: dict[str, list[tuple[int, Measure]]] = {}
    for name in dict.fromkeys(wanted):
        text = plain(name)
        ranked = sorted(
            ((max(likeness(text, known) for known in own), measure) for measure, own in names.items()),
            key=lambda pair: -pair[0],
        )
        scores[name] = [pair for pair in ranked[:3] if pair[0] >= POSSIBLE]
    taken = {best[0][1] for best in scores.values() if best and best[0][0] == 100}
    matches: dict[str, Match] = {}
    for name, ranked in scores.items():
        ranked = [pair for pair in ranked if pair[0] == 100 or pair[1] not in taken]
        if not ranked:
            continue
        best = ranked[0]
        runner_up = ranked[1][0] if len(ranked) > 1 else 0
        sure = best[0] == 100 or (best[0] >= SURE and best[0] - runner_up >= CLEAR_LEAD)
        matches[name] = Match(best[1], best[0], sure)
    return _one_to_one(matches)


def _one_to_one(matches: dict[str, Match]) -> dict[str, Match]:
    """Two different names that point at one measure are both unsure, unless one of them is its exact name."""
    by_measure: dict[Measure, set[str]] = {}
    for name, match in matches.items():
        if match.likeness < 100:
            by_measure.setdefault(match.measure, set()).add(plain(name))
    return {
        name: match
        if match.likeness == 100 or len(by_measure[match.measure]) == 1
        else Match(match.measure, match.likeness, False)
        for name, match in matches.items()
    }


def match_focus_area(text: str | None, focus_areas: Iterable[FocusArea]) -> FocusArea | None:
    """The focus area that a heading or column text names, whatever the order of its words; None when unsure."""
    if not text:
        return None
    wanted = plain(re.sub(r"^[\d.\s]+", "", text))
    ranked = sorted(
        ((fuzz.token_sort_ratio(wanted, plain(area.name)), area) for area in focus_areas),
        key=lambda pair: -pair[0],
    )
    return ranked[0][1] if ranked and ranked[0][0] >= SURE else None
