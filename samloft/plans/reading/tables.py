"""Which of a document's tables is the budget."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop as _

from samloft.core.said import SaidAbout, said
from samloft.plans.reading import vocabulary
from samloft.plans.reading.candidates import Candidate, is_financing
from samloft.plans.reading.document import place, whole_file
from samloft.plans.reading.wording import key

_ANOTHER_MATTER = re.compile(
    r"indikator|måltall|nullpunkt|milepæl|bemanning|stillinger|årsverk|innbyggere|statistikk|folketall|levekår(?:sdata|sindeks)|risiko|innhold",
    re.I,
)
_ACCOUNTS = re.compile(r"regnskap|rekneskap|forbruk|brukt i|resultat|årsrapport|status økonomi", re.I)
_EXAMPLE = re.compile(r"\beksempel|\bmal\b|\bveiledning til utfylling", re.I)
_BUDGET_WORD = re.compile(r"budsj|økonomi|finansiering|kostnad|tilskudd|tilskot", re.I)


@dataclass
class Choice:
    budget: list[Candidate] = field(default_factory=list)
    stated: tuple[int, SaidAbout | None] | None = None  # a total that a summary table states, øre
    problems: list[SaidAbout] = field(default_factory=list)
    notes: list[SaidAbout] = field(default_factory=list)


def choose_budget(candidates: Sequence[Candidate], year: int | None) -> Choice:
    """Pick the budget: one table, or several alike that stand under a heading each."""
    choice = Choice()
    drawn = [candidate for candidate in candidates if not candidate.table.is_list]
    left = _without_lists(drawn, candidates, choice)
    left = _drop(left, is_financing, choice, _("A table of where the money comes from is not read as lines."))
    left = _drop(
        left,
        lambda c: _is_of_another_year(c, year),
        choice,
        _("A table for another year, or with accounts, is not read."),
    )
    left = _drop(left, _is_about_something_else, choice, _("A table that is not a budget is not read."))
    left = _without_summaries(left, choice)
    left = _without_repeats(left, choice)
    if len(left) > 1:
        left = _best_or_all(left, choice)
    choice.budget = left
    if not left:
        choice.problems.append(
            SaidAbout(
                whole_file(),
                said(_("No budget table was found. The table needs a column with measures and one with amounts.")),
            )
        )
    return choice


def _without_lists(drawn: list[Candidate], candidates: Sequence[Candidate], choice: Choice) -> list[Candidate]:
    """Amounts in running lists count only when no table was drawn."""
    good = [c for c in drawn if len(c.lines) >= 2 or _BUDGET_WORD.search(c.words) or c.sums.whole is not None]
    lists = [c for c in candidates if c.table.is_list]
    if not good or all(is_financing(c) or _is_about_something_else(c) for c in good):
        return [*drawn, *lists]
    for candidate in lists:
        choice.notes.append(
            _about(candidate, _("Amounts in a list outside the budget table are not read as lines."))
        )
    return drawn


def _about(candidate: Candidate, message_id: str) -> SaidAbout:
    return SaidAbout(place(candidate.table, candidate.lines[0].number), said(message_id))


def _drop(
    candidates: list[Candidate], is_other: Callable[[Candidate], bool], choice: Choice, message_id: str
) -> list[Candidate]:
    kept = [candidate for candidate in candidates if not is_other(candidate)]
    for candidate in candidates:
        if candidate not in kept:
            choice.notes.append(_about(candidate, message_id))
    return kept


def _is_of_another_year(candidate: Candidate, year: int | None) -> bool:
    money = candidate.layout.money
    if all(column.is_accounts for column in money):
        return True
    years = {column.year for column in money if column.year}
    if year and years and year not in years:
        return True
    if years:
        return False
    words = " ".join(
        [candidate.table.sheet, candidate.around.heading, *candidate.around.captions, *candidate.preamble]
    )
    named = set(vocabulary.years_in(words))
    if year and named and year not in named:
        return True
    return bool(_ACCOUNTS.search(words)) and not re.search(r"budsjett|økonomi", words, re.I)


def _is_about_something_else(candidate: Candidate) -> bool:
    words = " ".join(
        [candidate.table.sheet, candidate.around.heading, *candidate.around.captions, *candidate.preamble]
    )
    labels = " ".join(candidate.layout.columns.labels)
    if _EXAMPLE.search(words):
        return True
    about_money = (
        _BUDGET_WORD.search(words) or vocabulary.CERTAINLY_MONEY.search(labels) or _has_currency(candidate)
    )
    return bool(_ANOTHER_MATTER.search(f"{words} {labels}")) and not about_money


def _has_currency(candidate: Candidate) -> bool:
    texts = [row.cells[c.index].text for row in candidate.table.rows for c in candidate.layout.money]
    return any(re.search(r"\bkr\b|kroner|,-|\bnok\b", text, re.I) for text in texts)


def _without_summaries(candidates: list[Candidate], choice: Choice) -> list[Candidate]:
    """A table whose figures are the sums of other tables, or of a table's own groups, repeats them."""
    kept = []
    for candidate in candidates:
        others = [other for other in candidates if other is not candidate and len(other.lines) >= 1]
        if _summarises(candidate, others):
            choice.notes.append(_about(candidate, _("A table that sums up other tables is not read as lines.")))
            if candidate.sums.whole is not None:
                choice.stated = (candidate.sums.whole, None)
        else:
            kept.append(candidate)
    return kept or candidates


def _summarises(candidate: Candidate, others: Sequence[Candidate]) -> bool:
    figures = [line.ore for line in candidate.lines]
    if len(figures) < 2:
        return False
    by_table = {other.ore for other in others}
    if len(others) > 1 and sum(figure in by_table for figure in figures) >= max(2, 0.7 * len(figures)):
        return True
    for other in others:
        groups: dict[str, int] = {}
        for line in other.lines:
            groups[line.focus_area or ""] = groups.get(line.focus_area or "", 0) + line.ore
        if (
            len(other.lines) > len(figures)
            and len(groups) > 1
            and len(set(figures) & set(groups.values())) >= max(2, 0.7 * len(figures))
        ):
            return True
    return False


def _without_repeats(candidates: list[Candidate], choice: Choice) -> list[Candidate]:
    """The same lines told twice are one budget; the fuller table is kept."""
    kept: list[Candidate] = []
    for candidate in candidates:
        mine = _line_keys(candidate)
        twin = next((other for other in kept if mine <= _line_keys(other) or _line_keys(other) <= mine), None)
        if twin is None:
            kept.append(candidate)
            continue
        fuller, other = (candidate, twin) if len(mine) > len(_line_keys(twin)) else (twin, candidate)
        kept[kept.index(twin)] = fuller
        choice.notes.append(_about(other, _("A table that repeats lines of the budget is not read again.")))
    return kept


def _line_keys(candidate: Candidate) -> set[tuple[str, int]]:
    return {(key(line.name), line.ore) for line in candidate.lines}


def _best_or_all(candidates: list[Candidate], choice: Choice) -> list[Candidate]:
    ranked = sorted(candidates, key=_budget_likeness, reverse=True)
    best = ranked[0]
    alike = [c for c in candidates if _belongs_with(c, best)]
    if len(alike) > 1 and _are_apart(alike):
        _leave([c for c in candidates if c not in alike], choice)
        return alike
    if _budget_likeness(best) - _budget_likeness(ranked[1]) >= 2:
        _leave(ranked[1:], choice)
        return [best]
    choice.problems.append(
        SaidAbout(
            place(ranked[1].table, ranked[1].lines[0].number),
            said(_("More than one table can be the budget. Keep one of them, or give each its own heading.")),
        )
    )
    return [best]


def _leave(candidates: Sequence[Candidate], choice: Choice) -> None:
    for candidate in candidates:
        choice.notes.append(_about(candidate, _("A table with amounts beside the budget is not read.")))


def _belongs_with(candidate: Candidate, best: Candidate) -> bool:
    """Tables of one budget: the same columns, or lists of the same document."""
    if candidate is best:
        return True
    if candidate.table.is_list or best.table.is_list:
        return candidate.table.is_list and best.table.is_list
    if candidate.shape == best.shape:
        return True
    # A first column is often headed by the focus area itself.
    return (
        len(candidate.shape) == len(best.shape) and candidate.shape[1:] == best.shape[1:] and any(best.shape[1:])
    )


def _are_apart(candidates: Sequence[Candidate]) -> bool:
    """Whether the tables hold different measures, so that together they are one budget."""
    seen: set[str] = set()
    for candidate in candidates:
        names = {key(line.name) for line in candidate.lines}
        if len(names & seen) > 0.25 * len(names):
            return False
        seen |= names
    return True


def _budget_likeness(candidate: Candidate) -> int:
    labels = " ".join(candidate.layout.columns.labels)
    score = 0
    score += 2 if re.search(r"budsjett|økonomi", candidate.words, re.I) else 0
    score += (
        1 if vocabulary.BEST_NAME.search(candidate.layout.columns.labels[candidate.layout.columns.name]) else 0
    )
    score += 1 if vocabulary.CERTAINLY_MONEY.search(labels) or _has_currency(candidate) else 0
    score += 1 if candidate.sums.whole is not None else 0
    score += 1 if len(candidate.lines) >= 3 else 0
    score -= 2 if _ANOTHER_MATTER.search(candidate.words) else 0
    return score
