"""The chapters of a programme description: writing them, adding the programme's own, and their order."""

from typing import Literal

from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.programmes.models import ChapterKey, DescriptionChapter, ProgrammeDescription


@transaction.atomic
def write(
    *, chapter: DescriptionChapter, text: str, title: str = "", version: int | None, by: User
) -> DescriptionChapter:
    """Store the chapter's text, and the title of a chapter of the programme's own."""
    description = _open(chapter.description)
    values = {"text": text}
    if chapter.key == ChapterKey.OWN:
        values["title"] = _sound_title(description, title, chapter.pk)
    stored, changed = editing.change(chapter, values, version=version)
    if changed:
        audit.record(
            "description_chapter.written",
            stored,
            by=by,
            about=[description],
            data={"key": stored.key, "length": len(text), "fields": sorted(changed)},
        )
    return stored


@transaction.atomic
def add(*, description: ProgrammeDescription, title: str, text: str = "", by: User) -> DescriptionChapter:
    """A chapter of the programme's own; it comes last."""
    description = _open(description)
    last = description.chapters.aggregate(last=Max("position"))["last"] or 0
    chapter = DescriptionChapter.objects.create(
        description=description,
        key=ChapterKey.OWN,
        title=_sound_title(description, title, 0),
        text=text,
        position=last + 1,
    )
    audit.record("description_chapter.added", chapter, by=by, about=[description], data={"length": len(text)})
    return chapter


@transaction.atomic
def move(*, chapter: DescriptionChapter, direction: Literal["up", "down"], by: User) -> None:
    """Change places with the neighbour. The introduction stays first; at the ends nothing happens."""
    description = _open(chapter.description)
    rows = list(description.chapters.exclude(key=ChapterKey.INTRODUCTION))
    here = next((index for index, row in enumerate(rows) if row.pk == chapter.pk), -1)
    there = here + (-1 if direction == "up" else 1)
    if here < 0 or not 0 <= there < len(rows):
        return
    rows[here], rows[there] = rows[there], rows[here]
    for position, row in enumerate(rows, 1):
        row.position = position
    DescriptionChapter.objects.bulk_update(rows, ["position"])
    audit.record("description_chapter.moved", chapter, by=by, about=[description], data={"direction": direction})


@transaction.atomic
def remove(*, chapter: DescriptionChapter, by: User) -> None:
    """Take out a chapter of the programme's own. Editions that have it keep it."""
    description = _open(chapter.description)
    if chapter.key != ChapterKey.OWN:
        raise RuleBroken(
            _("“%(chapter)s” belongs to every programme description. Leave it empty instead.")
            % {"chapter": chapter}
        )
    removed, _kinds = description.chapters.filter(pk=chapter.pk).delete()
    if removed:
        audit.record("description_chapter.removed", description, by=by, data={"chapter": chapter.pk})


def _open(description: ProgrammeDescription) -> ProgrammeDescription:
    """The description as it is stored now, locked until the transaction ends. Refused when it is closed."""
    stored = editing.locked(description)
    if not stored.is_open:
        raise RuleBroken(
            _(
                "The programme description is %(state)s and closed for changes. Start a revision if something "
                "must be changed."
            )
            % {"state": stored.get_state_display().lower()}
        )
    return stored


def _sound_title(description: ProgrammeDescription, title: str, pk: int) -> str:
    title = " ".join(title.split())
    if not title:
        raise RuleBroken(_("Give the chapter a title."))
    others = description.chapters.exclude(pk=pk)
    # The document is in the owner's language form, whatever language its writer reads the pages in.
    with translation.override(description.programme.owner.language_form):
        is_taken = any(str(other).casefold() == title.casefold() for other in others)
    if is_taken:
        raise RuleBroken(
            _("There is already a chapter called “%(title)s”. Choose another title.") % {"title": title}
        )
    return title
