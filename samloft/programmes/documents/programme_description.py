"""The programme description as a document, chapter by chapter (B2).

A chapter has what people write and what Samløft holds already, so that nobody types a goal or a body twice.
"""

from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from samloft.core.documents.blocks import (
    Block,
    Contents,
    Document,
    Heading,
    PageBreak,
)
from samloft.core.documents.plain_text import paragraphs_from_text
from samloft.programmes.documents.covers import covered, front_facts, language_of
from samloft.programmes.documents.description_records import RECORDED
from samloft.programmes.documents.parts import Part, written
from samloft.programmes.models import (
    ChapterKey,
    Decision,
    DescriptionChapter,
    ProgrammeDescription,
)
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
    recorded = tuple(RECORDED[chapter.key](content)) if chapter.key in RECORDED else ()
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
