"""Issued documents: list, page, files and publishing; and the public pages of what is published."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samloft.accounts.middleware import public
from samloft.core import downloads
from samloft.core.documents.html import render_html
from samloft.core.errors import RuleBroken
from samloft.core.forms import Form
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.access import editions as readable
from samloft.programmes.actions import editions as actions
from samloft.programmes.models import Edition, Programme
from samloft.programmes.queries import editions as queries
from samloft.programmes.queries.programme_descriptions import description_of
from samloft.programmes.queries.steps import moves_about


@access(Permission.EDITION_VIEW)
def editions(request: Request, programme: Programme) -> HttpResponse:
    """Every issued document that this person may read, the latest first."""
    listed = queries.listed(readable(request.allowed, programme))
    return render(request, "programmes/edition_list.html", {"programme": programme, "editions": listed})


@access(Permission.EDITION_VIEW)
def edition(request: Request, programme: Programme, pk: int) -> HttpResponse:
    """One issued document as it was frozen, with what has happened to it since."""
    found = _find(request, programme, pk)
    context = {**_page(request, found), "programme": programme, "is_unchanged": actions.is_unchanged(found)}
    if (description := description_of(found)) is not None:
        compare = reverse("programmes:description_compare", args=[programme.slug])
        moves = moves_about(found, description, user=request.user, allowed=request.allowed)
        context |= {"compare_url": f"{compare}?right=edition-{found.pk}", "moves": moves}
    return render(request, "programmes/edition.html", context)


@access(Permission.EDITION_VIEW)
def edition_file(request: Request, programme: Programme, pk: int, ending: str) -> HttpResponse:
    return _file(request, _find(request, programme, pk), ending)


@access(Permission.EDITION_PUBLISH)
def edition_publish(request: Request, programme: Programme, pk: int) -> HttpResponse:
    found = _find(request, programme, pk)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusing(RuleBroken):
            actions.publish(edition=found, on=timezone.localdate(), by=request.user)
            messages.success(request, _("The document is published. Everyone can read it now."))
            return redirect(found)
    context = {"programme": programme, "edition": found, "form": form, "earlier": _published_now(found)}
    return render(request, "programmes/edition_publish.html", context)


@access(Permission.EDITION_PUBLISH)
def edition_withdraw(request: Request, programme: Programme, pk: int) -> HttpResponse:
    found = _find(request, programme, pk)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusing(RuleBroken):
            actions.withdraw(edition=found, by=request.user)
            messages.success(request, _("The document is no longer on the public pages."))
            return redirect(found)
    context = {"programme": programme, "edition": found, "form": form}
    return render(request, "programmes/edition_withdraw.html", context)


@public
def published(request: HttpRequest) -> HttpResponse:
    """All that is published, for everyone."""
    found = queries.listed(Edition.objects.published()).order_by("programme__name", "-kind", "-period", "-number")
    return render(request, "programmes/published_list.html", {"editions": found})


@public
def published_edition(request: HttpRequest, slug: str, kind: str, year: int) -> HttpResponse:
    """The last published edition of a year's document, and its date."""
    found = _published(slug, kind, year)
    return render(request, "programmes/published_edition.html", _page(request, found))


@public
def published_file(request: HttpRequest, slug: str, kind: str, year: int, ending: str) -> HttpResponse:
    return _file(request, _published(slug, kind, year), ending)


def _find(request: Request, programme: Programme, pk: int) -> Edition:
    found: Edition = get_object_or_404(queries.with_facts(readable(request.allowed, programme)), pk=pk)
    return found


def _published(slug: str, kind: str, year: int) -> Edition:
    found = queries.published(slug, kind.replace("-", "_"), year)
    if found is None:
        raise Http404
    return found


def _published_now(edition: Edition) -> Edition | None:
    """The edition that readers of the public page see today, which this one would take the place of."""
    return queries.published(edition.programme.slug, edition.kind, edition.period)


def _page(request: HttpRequest, edition: Edition) -> dict[str, object]:
    language = queries.chosen_language(edition, request.GET.get("language", ""))
    return {
        "edition": edition,
        "language": language,
        "languages": queries.languages(edition, language),
        "document": render_html(queries.document(edition, language), heading_offset=1),
    }


def _file(request: HttpRequest, edition: Edition, ending: str) -> HttpResponse:
    language = queries.chosen_language(edition, request.GET.get("language", ""))
    name = queries.file_name(edition)
    return downloads.document(ending, name=name, build=lambda: queries.document(edition, language))
