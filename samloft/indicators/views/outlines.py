"""Bringing in the outlines of areas from a map file: upload, look, store.

A municipality brings in those of its areas, a county those of its municipalities, and those who operate the
installation either.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samloft.core.errors import RuleBroken
from samloft.core.maps import draw_map
from samloft.indicators.actions import outlines as actions
from samloft.indicators.documents import area_maps
from samloft.indicators.forms.outlines import OperatorOutlineFileForm, OutlineFileForm, OutlineMappingForm
from samloft.indicators.models import OutlineUpload
from samloft.indicators.queries.outline_previews import OutlinePreview, preview
from samloft.indicators.views.imports import Desk
from samloft.places.actions.outlines import OutlineValues, Stored, Territory
from samloft.places.geojson import Collection, OutlinesRefused, outlines, read
from samloft.places.models import Municipality
from samloft.programmes.access import Request
from samloft.programmes.views.pages import Back, posted


def outlines_new(request: Request, desk: Desk) -> HttpResponse:
    kind = OutlineFileForm if desk.programme else OperatorOutlineFileForm
    form = kind(posted(request), request.FILES or None)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken, OutlinesRefused):
            territory = _territory(desk, form)
            held = actions.hold(
                upload=form.cleaned_data["file"], territory=territory, programme=desk.programme, by=request.user
            )
            return redirect(desk.url("outlines", held.pk))
    context = {"programme": desk.programme, "form": form, "back": _back(desk)}
    return render(request, "indicators/outlines_new.html", context)


def outlines_page(request: Request, desk: Desk, pk: int) -> HttpResponse:
    """What the file would do; “Store” does it, the other button looks again with other choices."""
    upload = _find(desk, pk)
    with upload.content.open("rb") as opened:
        collection = read(opened.read())
    may_add = upload.municipality is not None
    form = OutlineMappingForm(posted(request), collection=collection, may_add=may_add)
    ready = form.is_valid() if form.is_bound else True
    found = _preview(upload.territory, collection, form) if ready else None
    if found and form.is_bound and request.POST.get("step") == "store":
        with form.refusing(RuleBroken):
            _refuse_problems(found)
            stored = actions.store(upload=upload, values=_values(form, found), by=request.user)
            messages.success(request, _said(stored))
            return redirect(_back(desk).url)
    context = {
        "programme": desk.programme,
        "file": upload,
        "form": form,
        "preview": found,
        "map": draw_map(area_maps.of_outlines(found.ours)) if found else "",
        "count": len(collection.features),
        "back": _back(desk),
        "new_url": desk.url("outlines_new"),
        "discard_url": desk.url("outlines_discard", pk),
    }
    return render(request, "indicators/outlines.html", context)


@require_POST
def outlines_discard(request: Request, desk: Desk, pk: int) -> HttpResponse:
    actions.discard(upload=_find(desk, pk), by=request.user)
    messages.success(request, _("The map file is let go. No outline was changed."))
    return redirect(_back(desk).url)


def _find(desk: Desk, pk: int) -> OutlineUpload:
    held = OutlineUpload.objects.select_related("municipality", "county")
    return get_object_or_404(held, pk=pk, programme=desk.programme)


def _territory(desk: Desk, form: Any) -> Territory:
    if desk.programme is None:
        chosen: Municipality | None = form.cleaned_data["municipality"]
        return chosen
    return desk.programme.municipality or desk.programme.county


def _back(desk: Desk) -> Back:
    if desk.programme is None:
        return Back(_("Areas"), desk.url("areas"))
    return Back(_("The areas in figures"), desk.url("areas"))


def _preview(territory: Territory, collection: Collection, form: OutlineMappingForm) -> OutlinePreview | None:
    asked = form.asked
    if not asked["code"] or not asked["crs"]:
        return None
    return preview(territory, outlines(collection, **asked))


def _refuse_problems(found: OutlinePreview) -> None:
    if found.found.problems:
        raise RuleBroken(
            _("Some areas in the file cannot be used, so nothing is stored. Correct them and upload it again.")
        )


def _values(form: OutlineMappingForm, found: OutlinePreview) -> OutlineValues:
    chosen = form.cleaned_data
    return OutlineValues(found.ours, chosen.get("new_kind", ""), chosen.get("is_synthetic", False))


def _said(stored: Stored) -> str:
    changed = ngettext("%(number)d area has its outline.", "%(number)d areas have their outlines.", stored.changed)
    added = ngettext("%(number)d area is new.", "%(number)d areas are new.", stored.added)
    return f"{changed % {'number': stored.changed}} {added % {'number': stored.added}}"
