"""The programme description as a document, chapter by chapter (B2).

A chapter has what people write and what Samløft holds already, so that nobody types a goal or a body twice.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import formats, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samloft.core.documents.blocks import (
    Block,
    BulletList,
    Column,
    Contents,
    Document,
    Fact,
    Facts,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    Run,
    Table,
    Text,
)
from samloft.core.documents.plain_text import paragraphs_from_text
from samloft.programmes.documents.covers import covered, front_facts, language_of
from samloft.programmes.documents.parts import Part, written
from samloft.programmes.models import (
    ChapterKey,
    Decision,
    DecisionRight,
    DescriptionChapter,
    GoalState,
    ProgrammeDescription,
    Seat,
)
from samloft.programmes.queries.bodies import RIGHT_NOW, BodyRow
from samloft.programmes.queries.goals import GoalNode
from samloft.programmes.queries.programme_descriptions import DescriptionContent, load


@dataclass(frozen=True)
class ChapterPart(Part):
    """A chapter; `recorded` are the blocks at its end that come from records, not from its text."""

    chapter: DescriptionChapter | None = None
    recorded: tuple[Block, ...] = ()

    @property
    def all_blocks(self) -> tuple[Block, ...]:
        return (*super().all_blocks, *self.recorded)


@dataclass(frozen=True)
class PageDescription:
    """The whole document with every chapter, blank ones too: what the page shows and lets people edit."""

    document: Document
    parts: tuple[ChapterPart, ...]
    content: DescriptionContent


def build(
    description: ProgrammeDescription,
    *,
    language: str | None = None,
    edition_number: int | None = None,
    adopted: Decision | None = None,
    today: date | None = None,
) -> Document:
    """The description as it stands, in the owner's language form unless another is given.

    With the decision that adopted it, it is an edition; without, it carries the mark of a draft. Chapters that
    say nothing are left out. The number of queries does not depend on how much the programme holds.
    """
    programme = description.programme
    wanted = language_of(programme, language)
    with translation.override(wanted):
        body = [block for part in written(_parts(load(description, today=today))) for block in part.all_blocks]
        return covered(
            programme,
            (*front_facts(programme, adopted), Contents(), PageBreak(), *body),
            title=_("Programme description"),
            keywords=(_("programme description"),),
            language=wanted,
            edition_number=edition_number,
            adopted=adopted,
        )


def page_description(description: ProgrammeDescription, *, today: date | None = None) -> PageDescription:
    """Every chapter, and one document of them all that gives the page its numbers and words."""
    programme, content = description.programme, load(description, today=today)
    language = language_of(programme, None)
    with translation.override(language):
        parts = _parts(content)
        body = tuple(block for part in parts for block in part.all_blocks)
        document = covered(programme, body, title=_("Programme description"), keywords=(), language=language)
        return PageDescription(document, parts, content)


def chapter_name(chapter: DescriptionChapter) -> str:
    """The chapter's id on the page."""
    return f"chapter-{chapter.pk}"


def _parts(content: DescriptionContent) -> tuple[ChapterPart, ...]:
    """Every chapter in order, in the language that is active."""
    return tuple(_part(content, chapter) for chapter in content.chapters)


def _part(content: DescriptionContent, chapter: DescriptionChapter) -> ChapterPart:
    # The anchor is the same in every edition, so that two of them can be compared whatever a chapter is called.
    anchor = f"own-chapter-{chapter.pk}" if chapter.key == ChapterKey.OWN else f"chapter-of-{chapter.key}"
    text = paragraphs_from_text(chapter.text)
    recorded = tuple(_RECORDED[chapter.key](content)) if chapter.key in _RECORDED else ()
    is_blank = not text and not recorded
    # What an issued document leaves out takes no number here either.
    is_numbered = chapter.key != ChapterKey.INTRODUCTION and (content.is_required(chapter) or not is_blank)
    return ChapterPart(
        chapter_name(chapter),
        Heading(1, str(chapter), anchor=anchor, numbered=is_numbered),
        text,
        is_blank=is_blank,
        chapter=chapter,
        recorded=recorded,
    )


def _goals(content: DescriptionContent) -> Iterator[Block]:
    """The tree of goals: a heading for each overall goal, and the sub-goals in two tracks below it."""
    for main in content.goals:
        yield Paragraph.of(Run(main.goal.get_level_display() + ": ", strong=True), *_said(main))
        yield from _tracks(main)
        for overall in main.overall:
            area = overall.goal.focus_area
            title = area.name if area else overall.goal.get_level_display()
            yield Heading(2, title, anchor=f"goal-{overall.goal.pk}")
            yield Paragraph.of(Run(overall.goal.get_level_display() + ": ", strong=True), *_said(overall))
            yield from _tracks(overall)


def _tracks(node: GoalNode) -> Iterator[Block]:
    for title, goals in (
        (_("What gets better for residents:"), node.resident),
        (_("What gets better in the services:"), node.organisational),
    ):
        if goals:
            yield Paragraph.of(title)
            yield BulletList(tuple(_said(goal) for goal in goals))


def _said(node: GoalNode) -> Text:
    """The goal's words, and its state unless a body has adopted it."""
    if node.goal.state == GoalState.ADOPTED:
        return (Run(node.goal.text),)
    state = Run(f" ({str(node.status.label).lower()})", emphasis=True)
    return (Run(node.goal.text), state)


def _focus_areas(content: DescriptionContent) -> Iterator[Block]:
    if not any(area.description.strip() for area in content.focus_areas):
        if content.focus_areas:
            yield BulletList.of(*(area.name for area in content.focus_areas))
        return
    for area in content.focus_areas:
        yield Heading(2, area.name, anchor=f"focus-area-{area.pk}")
        yield from paragraphs_from_text(area.description)


def _organisation(content: DescriptionContent) -> Iterator[Block]:
    """The bodies with what they are for, and who decides what; functions, never persons."""
    rows = [_body(row) for row in content.bodies if row.body is not None]
    if rows:
        columns = (Column(_("Body")), Column(_("Mandate and tasks")), Column(_("Seats")))
        yield Table(columns, tuple(rows), caption=_("Bodies of the programme"))
    decided = [
        Row.of(capfirst(step.label), ", ".join(dict.fromkeys(deciders)))
        for step in content.decision_table
        if (deciders := [_decider(row.right) for row in step.rights if row.status is RIGHT_NOW])
    ]
    if decided:
        yield Table((Column(_("Step")), Column(_("Body"))), tuple(decided), caption=_("Who decides what"))


def _body(row: BodyRow) -> Row:
    seats = ", ".join(dict.fromkeys(_seat(one.seat) for one in row.seats))
    mandate = row.body.mandate.strip() if row.body else ""
    return Row.of(str(row.body), mandate or _("unknown"), seats or _("none recorded"))


def _seat(seat: Seat) -> str:
    return f"{seat} ({seat.percent} %)" if seat.percent else str(seat)


def _decider(right: DecisionRight) -> str:
    if right.delegated_from is None:
        return right.body.name
    return _("%(body)s, on behalf of %(other)s") % {"body": right.body.name, "other": right.delegated_from.name}


def _implementation(content: DescriptionContent) -> Iterator[Block]:
    programme, agreement = content.description.programme, content.agreement
    facts = [Fact(_("Period of the programme"), _period(programme.starts_on, programme.ends_on))]
    if content.areas:
        facts.append(Fact(_("Area"), ", ".join(content.areas)))
    if agreement is not None:
        until = _("to %(day)s") % {"day": _day(agreement.valid_to)}
        facts.append(Fact(_("Agreement"), f"{agreement.title}, {until}"))
    yield Facts(tuple(facts))


def _period(starts_on: date | None, ends_on: date | None) -> str:
    return _("from %(start)s to %(end)s") % {"start": _day(starts_on), "end": _day(ends_on)}


def _day(day: date | None) -> str:
    return formats.date_format(day, "DATE_FORMAT") if day else _("unknown")


def _state_roles(content: DescriptionContent) -> Iterator[Block]:
    if not content.has_several_state_parties:
        return
    columns = (Column(_("Party")), Column(_("Role")), Column(_("Responsibility")))
    rows = tuple(
        Row.of(party.organisation.name, party.role or _("unknown"), party.responsibility or _("unknown"))
        for party in content.state_parties
    )
    yield Table(columns, rows, caption=_("Parties of the state in the agreement"))


_RECORDED: dict[str, Callable[[DescriptionContent], Iterable[Block]]] = {
    ChapterKey.GOALS: _goals,
    ChapterKey.FOCUS_AREAS: _focus_areas,
    ChapterKey.ORGANISATION: _organisation,
    ChapterKey.STATE_ROLES: _state_roles,
    ChapterKey.IMPLEMENTATION: _implementation,
}
