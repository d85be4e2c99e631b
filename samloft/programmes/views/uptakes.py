"""Across programmes: which plans of which municipalities have taken up what the programmes work with."""

from collections import Counter
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samloft.core import downloads
from samloft.programmes.access import Permission, Request, access_across
from samloft.programmes.documents import uptake_table
from samloft.programmes.queries.overarching_plans import STATES, UNKNOWN, across


@require_safe
@access_across(Permission.PROGRAMME_VIEW)
def uptakes(request: Request, programmes: Any) -> HttpResponse:
    rows = across(programmes)
    if not rows:
        raise Http404
    counts = Counter(row.standing.status for row in rows)
    context = {
        "rows": rows,
        "counts": [(status, counts[status]) for status in (*STATES.values(), UNKNOWN)],
    }
    return render(request, "programmes/uptake_list.html", context)


@require_safe
@access_across(Permission.PROGRAMME_VIEW)
def uptakes_file(request: Request, programmes: Any, ending: str) -> HttpResponseBase:
    rows = across(programmes)
    if not rows:
        raise Http404
    return downloads.table(
        ending,
        name=_("uptake-in-plans"),
        title=_("Uptake in plans"),
        header=uptake_table.header(),
        rows=uptake_table.cells(rows),
    )
