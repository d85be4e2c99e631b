"""The public pages of figures. They read what was published, and nothing else."""

import json

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from samloft.accounts.middleware import public
from samloft.core import downloads
from samloft.indicators.documents import published_table
from samloft.indicators.models import Release
from samloft.indicators.queries import published_figures as queries


@require_safe
@public
def published_figures(request: HttpRequest, slug: str) -> HttpResponse:
    """What a programme has published; 404 for one that has published nothing."""
    found = list(queries.published(slug))
    if not found:
        raise Http404
    context = {"programme_name": found[0].programme.name, "slug": slug, "releases": found}
    return render(request, "indicators/published_figure_list.html", context)


@require_safe
@public
def published_figure(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    release = _find(slug, key)
    context = {
        "release": release,
        "slug": slug,
        "rows": list(queries.rows(release.table)),
        "states": queries.states(release.table),
        "marks": queries.marks(release.table),
    }
    return render(request, "indicators/published_figure.html", context)


@require_safe
@public
def published_figure_file(request: HttpRequest, slug: str, key: str, ending: str) -> HttpResponseBase:
    release = _find(slug, key)
    name = f"{slug}-{key}"
    if ending == "json":
        content = json.dumps(published_table.as_json(release), ensure_ascii=False, indent=1)
        headers = {"Content-Disposition": f'attachment; filename="{name}.json"'}
        return HttpResponse(content, content_type="application/json; charset=utf-8", headers=headers)
    return downloads.table(
        ending,
        name=name,
        title=release.definition.name,
        header=published_table.header(),
        rows=published_table.cells(release),
    )


def _find(slug: str, key: str) -> Release:
    found: Release = get_object_or_404(queries.published(slug), indicator__key=key)
    return found
