"""The chapters of a programme description: writing one, adding the programme's own, moving and removing."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samloft.core.errors import RuleBroken
from samloft.core.forms import Form
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.actions import description_chapters as actions
from samloft.programmes.documents.programme_description import chapter_name
from samloft.programmes.forms.texts import TextForm, TitledTextForm
from samloft.programmes.models import ChapterKey, DescriptionChapter, Programme, ProgrammeDescription
from samloft.programmes.views import parts
from samloft.programmes.views.pages import ConfirmForm, direction_of, posted
from samloft.programmes.views.programme_descriptions import find, show

# What changes elsewhere on the page when a chapter is saved; a chapter that comes, goes or moves changes it all.
BESIDE = "#description-lacks,#messages"
WHOLE = "paper"


@access(Permission.PLAN_EDIT)
def description_chapter_new(request: Request, programme: Programme) -> HttpResponse:
    """A chapter of the programme's own."""
    description = find(programme)
    form = TitledTextForm(posted(request), auto_id="chapter-new-%s")
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            title, text = form.cleaned_data["title"], form.cleaned_data["text"]
            chapter = actions.add(description=description, title=title, text=text, by=request.user)
            messages.success(request, _("The chapter “%(chapter)s” is added.") % {"chapter": chapter})
            return _saved(request, description, WHOLE, focus=chapter_name(chapter))
    return _editor(request, description, form, "chapter-new", _("A chapter of your own"), submit=_("Add"))


@access(Permission.PLAN_EDIT)
def description_chapter(request: Request, programme: Programme, pk: int) -> HttpResponse:
    description = find(programme)
    chapter = _chapter(description, pk)
    part = chapter_name(chapter)
    form_class = TitledTextForm if chapter.key == ChapterKey.OWN else TextForm
    initial = {"title": chapter.title, "text": chapter.text, "version": chapter.version}
    form: Form = form_class(posted(request), initial=initial, auto_id=f"{part}-%s")
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            stored = actions.write(chapter=chapter, **form.cleaned_data, by=request.user)
            messages.success(request, _("“%(section)s” is saved.") % {"section": stored})
            return _saved(request, description, part, focus=part)
    return _editor(request, description, form, part, str(chapter))


@require_POST
@access(Permission.PLAN_EDIT)
def description_chapter_move(request: Request, programme: Programme, pk: int) -> HttpResponse:
    description = find(programme)
    chapter = _chapter(description, pk)
    try:
        actions.move(chapter=chapter, direction=direction_of(request), by=request.user)
    except RuleBroken as refused:
        messages.error(request, str(refused))
    return _saved(request, description, WHOLE, focus=chapter_name(chapter))


@access(Permission.PLAN_EDIT)
def description_chapter_remove(request: Request, programme: Programme, pk: int) -> HttpResponse:
    description = find(programme)
    chapter = _chapter(description, pk)
    form = ConfirmForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.remove(chapter=chapter, by=request.user)
            messages.success(request, _("The chapter “%(chapter)s” is removed.") % {"chapter": chapter})
            return _saved(request, description, WHOLE, focus="chapter-new")
    return _editor(
        request,
        description,
        form,
        chapter_name(chapter),
        _("Remove the chapter “%(chapter)s”?") % {"chapter": chapter},
        lead=_("Its text is deleted. Editions that have the chapter keep it."),
        submit=_("Remove"),
        danger=True,
    )


def _chapter(description: ProgrammeDescription, pk: int) -> DescriptionChapter:
    chapter = get_object_or_404(description.chapters, pk=pk)
    chapter.description = description
    return chapter


def _editor(
    request: Request, description: ProgrammeDescription, form: Form, part: str, title: str, **more: object
) -> HttpResponse:
    return parts.editor(request, description, form, part=part, title=title, beside=BESIDE, **more)


def _saved(request: Request, description: ProgrammeDescription, part: str, *, focus: str) -> HttpResponse:
    programme = description.programme
    return parts.saved(request, description, part, lambda: show(request, find(programme), focus=focus))
