"""Bringing in the outlines of a municipality's areas from a map file: upload, look, store."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samloft.core.errors import RuleBroken
from samloft.indicators.forms.outlines import OutlineFileForm, OutlineMappingForm
from samloft.indicators.queries.outline_previews import OutlinePreview, preview
from samloft.places.actions import outlines as actions
from samloft.places.actions.outlines import OutlineValues
from samloft.places.geojson import Collection, OutlinesRefused, outlines, read
from samloft.places.models import Municipality
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.actions import files
from samloft.programmes.models import Programme
from samloft.programmes.views.pages import posted


@access(Permission.FIGURE_EDIT)
def outlines_new(request: Request, programme: Programme) -> HttpResponse:
    _municipality(programme)
    form = OutlineFileForm(posted(request), request.FILES or None)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken, OutlinesRefused):
            upload = form.cleaned_data["file"]
            read(files.read_limited(upload))
            stored = files.store(programme=programme, upload=upload, by=request.user)
            return redirect("indicators:outlines", programme.slug, stored.pk)
    return render(request, "indicators/outlines_new.html", {"programme": programme, "form": form})


@access(Permission.FIGURE_EDIT)
def outlines_page(request: Request, programme: Programme, pk: int) -> HttpResponse:
    """What the file would do; “Store” does it, the other button looks again with other choices."""
    municipality = _municipality(programme)
    file = get_object_or_404(programme.files, pk=pk, media_type=files.GEOJSON)
    with file.content.open("rb") as opened:
        collection = read(opened.read())
    form = OutlineMappingForm(posted(request), collection=collection)
    ready = form.is_valid() if form.is_bound else True
    found = _preview(municipality, collection, form) if ready else None
    if found and form.is_bound and request.POST.get("step") == "store":
        with form.refusing(RuleBroken):
            _refuse_problems(found)
            stored = actions.store(municipality=municipality, values=_values(form, found), by=request.user)
            messages.success(request, _said(stored))
            return redirect("indicators:areas", programme.slug)
    context = {
        "programme": programme,
        "file": file,
        "form": form,
        "preview": found,
        "count": len(collection.features),
        "back": reverse("indicators:areas", args=[programme.slug]),
    }
    return render(request, "indicators/outlines.html", context)


def _municipality(programme: Programme) -> Municipality:
    """A county's programme has no areas of its own to draw; its municipalities bring in theirs."""
    if programme.municipality is None:
        raise Http404
    return programme.municipality


def _preview(
    municipality: Municipality, collection: Collection, form: OutlineMappingForm
) -> OutlinePreview | None:
    asked = form.asked
    if not asked["code"] or not asked["crs"]:
        return None
    return preview(municipality, outlines(collection, **asked))


def _refuse_problems(found: OutlinePreview) -> None:
    if found.found.problems:
        raise RuleBroken(
            _("Some areas in the file cannot be used, so nothing is stored. Correct them and upload it again.")
        )


def _values(form: OutlineMappingForm, found: OutlinePreview) -> OutlineValues:
    return OutlineValues(found.ours, form.cleaned_data["new_kind"], form.cleaned_data["is_synthetic"])


def _said(stored: actions.Stored) -> str:
    changed = ngettext("%(number)d area has its outline.", "%(number)d areas have their outlines.", stored.changed)
    added = ngettext("%(number)d area is new.", "%(number)d areas are new.", stored.added)
    return f"{changed % {'number': stored.changed}} {added % {'number': stored.added}}"
