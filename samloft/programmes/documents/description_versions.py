"""The versions of a programme description that one may compare: its editions, and what is being worked on."""

from django.utils.translation import gettext as _

from samloft.core.documents.blocks import Document
from samloft.core.documents.frozen import from_data
from samloft.core.documents.text_comparison import compare_texts
from samloft.programmes import access
from samloft.programmes.access import Permission
from samloft.programmes.documents import programme_description
from samloft.programmes.models import Edition, EditionKind, Programme, ProgrammeDescription
from samloft.programmes.queries import programme_descriptions as queries
from samloft.programmes.queries.versions import BEING_WORKED_ON, VersionChoice, edition_choice


def choices(programme: Programme, allowed: frozenset[Permission]) -> list[VersionChoice]:
    """What the person may compare, the latest first; the draft only for those who see drafts. Two queries."""
    found: list[VersionChoice] = []
    draft = queries.of(programme) if Permission.PLAN_VIEW in allowed else None
    if draft is not None and draft.state in BEING_WORKED_ON:
        label = _("As it stands now (%(state)s)") % {"state": str(draft.get_state_display()).lower()}
        found.append(VersionChoice("draft", label, draft.get_absolute_url(), draft=draft))
    issued = access.editions(allowed, programme).filter(kind=EditionKind.PROGRAMME_DESCRIPTION)
    for edition in issued.defer("blocks", "blocks_other").order_by("-number"):
        edition.programme = programme
        found.append(edition_choice(edition, _("Edition %(number)s") % {"number": edition.number}))
    return found


def changed_since(edition: Edition, description: ProgrammeDescription) -> tuple[str, ...]:
    """The headings under which the records say something else now than in the edition; tables are left out."""
    now = programme_description.build(description, language=edition.language_form)
    return tuple(text.title for text in compare_texts(from_data(edition.blocks), now))


def load(choice: VersionChoice) -> Document:
    if choice.edition is not None:
        return from_data(Edition.objects.get(pk=choice.edition.pk).blocks)
    draft = choice.draft
    assert isinstance(draft, ProgrammeDescription)  # noqa: S101 -- a choice is one of the two
    return programme_description.build(draft)
