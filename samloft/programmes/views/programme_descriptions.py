"""The programme description's page: the document itself, chapter by chapter, with what it lacks beside it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samloft.core import downloads
from samloft.core.documents.frozen import from_data
from samloft.core.documents.html import render_pieces, render_sections
from samloft.core.documents.text_comparison import compare_texts
from samloft.core.errors import RuleBroken
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.access import editions as readable
from samloft.programmes.actions import programme_descriptions as actions
from samloft.programmes.documents import description_versions
from samloft.programmes.documents import programme_description as documents
from samloft.programmes.documents.programme_description import ChapterPart
from samloft.programmes.models import (
    ChapterKey,
    DescriptionChapter,
    Edition,
    EditionKind,
    Programme,
    ProgrammeDescription,
)
from samloft.programmes.queries import programme_descriptions as queries
from samloft.programmes.queries import steps
from samloft.programmes.queries.editions import listed
from samloft.programmes.queries.versions import chosen


@dataclass(frozen=True)
class Source:
    """The page that changes a chapter's records, and what to say when it should have some and has none."""

    empty: str | Promise
    label: str | Promise
    url_name: str


SOURCES: dict[str, Source] = {
    ChapterKey.GOALS: Source(
        gettext_lazy("No goals are recorded yet."), gettext_lazy("Open the goals"), "programmes:goals"
    ),
    ChapterKey.FOCUS_AREAS: Source(
        gettext_lazy("No focus areas are recorded yet."),
        gettext_lazy("Open the focus areas"),
        "programmes:focus_areas",
    ),
    ChapterKey.STRATEGIES: Source("", gettext_lazy("Open the agreement"), "programmes:agreements"),
    ChapterKey.ORGANISATION: Source(
        gettext_lazy("No bodies are recorded yet."), gettext_lazy("Open bodies and roles"), "programmes:bodies"
    ),
    ChapterKey.STATE_ROLES: Source(
        gettext_lazy("The agreement has one party of the state, or none, so this chapter may be left empty."),
        gettext_lazy("Open the agreement"),
        "programmes:agreements",
    ),
    ChapterKey.IMPLEMENTATION: Source("", gettext_lazy("Open the programme"), "programmes:programme"),
    ChapterKey.EVALUATION: Source("", gettext_lazy("Open the agreement"), "programmes:agreements"),
}


@dataclass(frozen=True)
class ShownChapter:
    """A chapter as HTML: its heading and text, and apart from them what its records say."""

    part: ChapterPart
    chapter: DescriptionChapter
    words: SafeString
    recorded: SafeString
    is_required: bool
    is_missing: bool
    is_first: bool
    is_last: bool
    source: Source | None
    source_url: str


@access(Permission.PROGRAMME_VIEW)
def programme_description(request: Request, programme: Programme) -> HttpResponse:
    """For those who see no drafts it is the last edition that was sent to them or published."""
    if Permission.PLAN_VIEW not in request.allowed:
        sent = readable(request.allowed, programme).filter(kind=EditionKind.PROGRAMME_DESCRIPTION)
        last = sent.defer("blocks", "blocks_other").order_by("-number").first()
        if last is not None:
            return redirect("programmes:edition", programme.slug, last.pk)
    description = queries.of(programme) if Permission.PLAN_VIEW in request.allowed else None
    if description is None:
        return render(request, "programmes/programme_description_none.html", {"programme": programme})
    return show(request, description)


@require_POST
@access(Permission.PLAN_EDIT)
def description_start(request: Request, programme: Programme) -> HttpResponse:
    try:
        description = actions.start(programme=programme, by=request.user)
    except RuleBroken as refused:
        messages.error(request, str(refused))
        return redirect("programmes:programme_description", programme.slug)
    messages.success(request, _("The programme description is begun. Write it chapter by chapter."))
    return redirect(description)


@access(Permission.PLAN_VIEW)
def description_document(request: Request, programme: Programme, ending: str) -> HttpResponse:
    """The description as it stands now, marked as a draft; adopted editions have files of their own."""
    description = find(programme)
    name = _("draft-programme-description-%(programme)s") % {"programme": programme.slug}
    return downloads.document(ending, name=name, build=lambda: documents.build(description))


@access(Permission.EDITION_VIEW)
def description_compare(request: Request, programme: Programme) -> HttpResponse:
    """Two versions side by side; without a wish in the address, the latest and the one before it."""
    offered = description_versions.choices(programme, request.allowed)
    pair = chosen(offered, request.GET.get("left", ""), request.GET.get("right", ""))
    context = {"programme": programme, "choices": offered, "pair": pair}
    if pair is not None:
        left, right = (description_versions.load(choice) for choice in pair)
        context |= {"left": pair[0], "right": pair[1], "texts": compare_texts(left, right)}
    return render(request, "programmes/description_comparison.html", context)


def find(programme: Programme) -> ProgrammeDescription:
    found = queries.of(programme)
    if found is None:
        raise Http404
    return found


def show(request: Request, description: ProgrammeDescription, *, focus: str = "") -> HttpResponse:
    """The page; `focus` names the part whose edit button gets the focus.

    While the description is closed it shows what was adopted, for goals and bodies may have changed since.
    """
    way = steps.way(description, user=request.user, allowed=request.allowed)
    adopted = way.in_force if way.is_frozen else None
    editions = list(listed(description.editions()))
    version, versions = (f"edition-{adopted.pk}", len(editions)) if adopted else ("draft", len(editions) + 1)
    compare = reverse("programmes:description_compare", args=[description.programme.slug])
    context = {
        "programme": description.programme,
        "description": description,
        "status": steps.status_of(description),
        "way": way,
        "compare_url": f"{compare}?right={version}" if versions > 1 else "",
        "editions": editions,
        "may_edit": description.is_open and Permission.PLAN_EDIT in request.allowed,
        "focus": focus,
        **(_as_adopted(adopted, description) if adopted else _as_written(description)),
    }
    return render(request, "programmes/programme_description.html", context)


def _as_adopted(edition: Edition, description: ProgrammeDescription) -> dict[str, Any]:
    sections = render_sections(from_data(edition.blocks))
    return {
        "adopted": [section for section in sections if section.title],
        "changed_since": description_versions.changed_since(edition, description),
    }


def _as_written(description: ProgrammeDescription) -> dict[str, Any]:
    page = documents.page_description(description)
    return {"chapters": _chapters(page, description.programme), "missing": page.content.missing}


def _chapters(page: documents.PageDescription, programme: Programme) -> list[ShownChapter]:
    sizes = [
        size for part in page.parts for size in (len(part.all_blocks) - len(part.recorded), len(part.recorded))
    ]
    pieces = render_pieces(page.document, sizes)
    shown: list[ShownChapter] = []
    for place, part in enumerate(page.parts):
        chapter = part.chapter
        assert chapter is not None  # noqa: S101 -- every part of a description is a chapter
        source = SOURCES.get(chapter.key)
        required = page.content.is_required(chapter)
        shown.append(
            ShownChapter(
                part,
                chapter,
                words=pieces[2 * place],
                recorded=pieces[2 * place + 1],
                is_required=required,
                is_missing=required and not page.content.is_written(chapter),
                is_first=place == 1,
                is_last=place == len(page.parts) - 1,
                source=source,
                source_url=reverse(source.url_name, args=[programme.slug]) if source else "",
            )
        )
    return shown
