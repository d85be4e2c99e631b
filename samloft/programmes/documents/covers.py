"""What every governing document has around its chapters: issuer, logo, edition, and what adopted it."""

from pathlib import PurePath
from typing import cast

from django.utils import formats
from django.utils.translation import gettext as _

from samloft.core.documents.blocks import (
    Block,
    Document,
    Fact,
    Facts,
    ImageType,
    Language,
    Logo,
    Note,
)
from samloft.places.models import County, Municipality
from samloft.programmes.models import Decision, Programme

_IMAGE_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


def language_of(programme: Programme, wanted: str | None) -> Language:
    """The wanted language form, else the owner's own."""
    return cast(Language, wanted or programme.owner.language_form)


def covered(
    programme: Programme,
    blocks: tuple[Block, ...],
    *,
    title: str,
    keywords: tuple[str, ...],
    language: Language,
    edition_number: int | None = None,
    adopted: Decision | None = None,
) -> Document:
    """The blocks as a document of the programme, in the language that is active.

    With the decision that adopted it, it is an edition; without, it carries the mark of a draft.
    """
    owner = programme.owner
    return Document(
        title=title,
        language=language,
        blocks=blocks,
        subtitle=programme.name,
        issuer=owner.authority,
        issued=adopted.decided_on.isoformat() if adopted and adopted.decided_on else "",
        mark="" if adopted else _("Draft"),
        number=_("Edition %(number)s") % {"number": edition_number} if edition_number else "",
        keywords=(*keywords, programme.name),
        logo=_logo(owner),
        numbered=True,
    )


def front_facts(programme: Programme, adopted: Decision | None) -> list[Block]:
    """What the front page's lines leave out: where the programme works, and what adopted the document."""
    areas = ", ".join(area.name for area in programme.areas.all())
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
        blocks.append(Note("assumed", _("No document shows when and by whom it was adopted.")))
    return blocks


def _logo(owner: Municipality | County) -> Logo | None:
    """The owner's logo; none when the file is gone or of a kind that documents cannot show."""
    name = owner.logo.name or ""
    mime = _IMAGE_TYPES.get(PurePath(name).suffix.lower())
    if mime is None or not owner.logo.storage.exists(name):
        return None
    with owner.logo.open("rb") as file:
        image = file.read()
    alt = _("The logo of %(municipality)s") % {"municipality": owner.authority}
    return Logo(image, cast(ImageType, mime), alt) if image else None
