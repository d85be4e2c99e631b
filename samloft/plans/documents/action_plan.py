"""The action plan as a document: the municipality sends it as it comes out of here (C9)."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import cast

from django.utils import formats, translation
from django.utils.translation import gettext as _

from samloft.core.documents.blocks import (
    Block,
    Contents,
    Document,
    Fact,
    Facts,
    ImageType,
    Language,
    Logo,
    Note,
    PageBreak,
)
from samloft.places.models import Municipality
from samloft.plans.documents.action_plan_parts import Part, parts, written
from samloft.plans.models import ActionPlan
from samloft.plans.queries.figures import Figure, figures
from samloft.plans.queries.plan_content import PlanContent, load
from samloft.programmes.models import Decision

__all__ = ["Figure", "PagePlan", "build", "figures", "page_plan"]

_IMAGE_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


@dataclass(frozen=True)
class PagePlan:
    """The whole document with its parts, blank ones too: what the plan's page shows and lets people edit."""

    document: Document
    parts: tuple[Part, ...]
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
    wanted = _language(plan, language)
    with translation.override(wanted):
        body = [block for part in written(parts(load(plan))) for block in part.all_blocks]
        front: list[Block] = [*_facts(plan, adopted), Contents(), PageBreak()]
        return _document(plan, wanted, (*front, *body), edition_number, adopted)


def page_plan(plan: ActionPlan, content: PlanContent) -> PagePlan:
    """The plan's parts, and one document of them all that gives the page its numbers and words."""
    language = _language(plan, None)
    with translation.override(language):
        every_part = parts(content)
        body = tuple(block for part in every_part for block in part.all_blocks)
        return PagePlan(_document(plan, language, body, None, None), every_part, content)


def _language(plan: ActionPlan, wanted: str | None) -> Language:
    return cast(Language, wanted or plan.programme.municipality.language_form)


def _document(
    plan: ActionPlan,
    language: Language,
    blocks: tuple[Block, ...],
    edition_number: int | None,
    adopted: Decision | None,
) -> Document:
    municipality = plan.programme.municipality
    return Document(
        title=_("Action plan and budget %(year)s") % {"year": plan.year},
        language=language,
        blocks=blocks,
        subtitle=plan.programme.name,
        issuer=issuer(municipality),
        issued=adopted.decided_on.isoformat() if adopted and adopted.decided_on else "",
        mark="" if adopted else _("Draft"),
        number=_("Edition %(number)s") % {"number": edition_number} if edition_number else "",
        keywords=(_("action plan"), _("budget"), plan.programme.name),
        logo=_logo(municipality),
        numbered=True,
    )


def issuer(municipality: Municipality) -> str:
    """`Elvestad kommune`: the municipality as it signs its documents; the same word in both language forms."""
    name = municipality.name
    return name if name.lower().endswith("kommune") else f"{name} kommune"


def _facts(plan: ActionPlan, adopted: Decision | None) -> list[Block]:
    """What the front page's lines leave out: where the programme works, and what adopted the plan."""
    areas = ", ".join(area.name for area in plan.programme.areas.all())
    facts = [Fact(_("Area"), areas)] if areas else []
    if adopted is None:
        facts.append(Fact(_("Status"), _("Draft, not adopted")))
        return [Facts(tuple(facts))]
    day = formats.date_format(adopted.decided_on, "DATE_FORMAT") if adopted.decided_on else _("unknown")
    facts.append(Fact(_("Adopted by"), adopted.body.name if adopted.body else _("unknown")))
    facts.append(Fact(_("Adopted on"), day))
    if adopted.case_number:
        facts.append(Fact(_("Case number"), adopted.case_number))
    blocks: list[Block] = [Facts(tuple(facts))]
    if adopted.is_assumed:
        blocks.append(Note("assumed", _("No document shows when and by whom the plan was adopted.")))
    return blocks


def _logo(municipality: Municipality) -> Logo | None:
    """The municipality's logo; none when the file is gone or of a kind that documents cannot show."""
    name = municipality.logo.name or ""
    mime = _IMAGE_TYPES.get(PurePath(name).suffix.lower())
    if mime is None or not municipality.logo.storage.exists(name):
        return None
    with municipality.logo.open("rb") as file:
        image = file.read()
    alt = _("The logo of %(municipality)s") % {"municipality": issuer(municipality)}
    return Logo(image, cast(ImageType, mime), alt) if image else None
