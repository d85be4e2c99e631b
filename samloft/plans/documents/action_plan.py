"""The action plan as a document: the municipality sends it as it comes out of here (C9)."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from samloft.core.documents.blocks import Block, Contents, Document, Language, PageBreak
from samloft.plans.documents.action_plan_parts import PlanPart, parts
from samloft.plans.models import ActionPlan
from samloft.plans.queries.figures import Figure, figures
from samloft.plans.queries.plan_content import PlanContent, load
from samloft.programmes.documents.covers import covered, front_facts, language_of
from samloft.programmes.documents.parts import written
from samloft.programmes.models import Decision

__all__ = ["Figure", "PagePlan", "build", "figures", "page_plan"]


@dataclass(frozen=True)
class PagePlan:
    """The whole document with its parts, blank ones too: what the plan's page shows and lets people edit."""

    document: Document
    parts: tuple[PlanPart, ...]
    content: PlanContent


def build(
    plan: ActionPlan,
    *,
    language: str | None = None,
    edition_number: int | None = None,
    adopted: Decision | None = None,
) -> Document:
    """The plan as it stands, in the municipality's language form unless another is given.

    With the decision that adopted it, it is an edition; without, it carries the mark of a draft. Sections that
    nobody has written are left out. The number of queries does not depend on the plan's size.
    """
    wanted = language_of(plan.programme, language)
    with translation.override(wanted):
        body = [block for part in written(parts(load(plan))) for block in part.all_blocks]
        front: list[Block] = [*front_facts(plan.programme, adopted), Contents(), PageBreak()]
        return _document(plan, wanted, (*front, *body), edition_number, adopted)


def page_plan(plan: ActionPlan, content: PlanContent) -> PagePlan:
    """The plan's parts, and one document of them all that gives the page its numbers and words."""
    language = language_of(plan.programme, None)
    with translation.override(language):
        every_part = parts(content)
        body = tuple(block for part in every_part for block in part.all_blocks)
        return PagePlan(_document(plan, language, body, None, None), every_part, content)


def _document(
    plan: ActionPlan,
    language: Language,
    blocks: tuple[Block, ...],
    edition_number: int | None,
    adopted: Decision | None,
) -> Document:
    return covered(
        plan.programme,
        blocks,
        title=_("Action plan and budget %(year)s") % {"year": plan.year},
        keywords=(_("action plan"), _("budget")),
        language=language,
        edition_number=edition_number,
        adopted=adopted,
    )
