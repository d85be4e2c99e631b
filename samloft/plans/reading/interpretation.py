"""What a document means as a plan, before anything is put in the reader's language."""

from dataclasses import dataclass

from samloft.core.said import SaidAbout


@dataclass(frozen=True)
class ReadLine:
    name: str
    amount: int  # øre, never 0
    focus_area: str | None
    source: str | None  # a value of the budget source, e.g. "programme_grant"; None when the file does not say
    row: int


@dataclass(frozen=True)
class UnreadLine:
    """A line whose amount a person must settle; `text` is the amount as it is written."""

    name: str
    text: str
    focus_area: str | None
    source: str | None
    row: int


@dataclass(frozen=True)
class Section:
    """A text of the plan: a heading's own text, or a measure's description.

    `kind` is introduction, priorities, focus_area, measure, new_measures, administration, budget, own_effort,
    goal_fit or "" when unknown; `focus_area` is the heading that a measure's text stands under.
    """

    heading: str
    level: int
    body: str
    kind: str
    focus_area: str | None
    row: int


@dataclass(frozen=True)
class Interpretation:
    lines: tuple[ReadLine, ...]
    unread: tuple[UnreadLine, ...]
    stated_total: int | None
    problems: tuple[SaidAbout, ...]
    notes: tuple[SaidAbout, ...]
    sections: tuple[Section, ...]
    year: int | None
    title: str
