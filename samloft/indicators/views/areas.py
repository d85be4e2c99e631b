"""The areas of a programme in figures: the list, the page of one, and the same as a table."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samloft.core import downloads
from samloft.core.charts import alt_text, chart_answer, chart_table
from samloft.core.maps import draw_map
from samloft.core.navigation import Link
from samloft.indicators.documents import area_charts, area_maps, area_tables
from samloft.indicators.documents.area_rows import shown_profile
from samloft.indicators.queries import programme_places
from samloft.indicators.queries.area_profile import area_profile
from samloft.indicators.queries.owners import owners_for
from samloft.places.models import Area, AreaKind
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.models import Programme

ON_A_PAGE = 100


@require_safe
@access(Permission.FIGURE_VIEW)
def areas(request: Request, programme: Programme) -> HttpResponse:
    today = timezone.localdate()
    counted = programme_places.kinds(programme, today)
    kind = chosen_kind(request.GET.get("kind", ""), counted)
    found = programme_places.areas_today(programme, today).filter(kind=kind) if kind else Area.objects.none()
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    outlines, rows = programme_places.outlines(shown), programme_places.area_rows(shown)
    title = _("The areas of %(programme)s") % {"programme": programme.name}
    context = {
        "programme": programme,
        "page": page,
        "rows": rows,
        "is_without_figures": not any(row.figures for row in rows),
        "kinds": kind_links(request, counted, kind),
        "map": draw_map(area_maps.where(shown, outlines, programme_places.address_in(programme), title=title)),
        "may_draw": Permission.FIGURE_EDIT in request.allowed,
        "without_outline": [area for area in shown if area.pk not in outlines] if outlines else [],
    }
    return render(request, "indicators/area_list.html", context)


@require_safe
@access(Permission.FIGURE_VIEW)
def areas_file(request: Request, programme: Programme, ending: str) -> HttpResponseBase:
    """All kinds, as the list has them."""
    found = list(programme_places.areas_today(programme, timezone.localdate()))
    return downloads.table(
        ending,
        name=f"{programme.slug}-{_('areas')}",
        title=_("Areas"),
        header=area_tables.list_header(),
        rows=area_tables.list_cells(programme_places.area_rows(found)),
    )


@require_safe
@access(Permission.FIGURE_VIEW)
def area(request: Request, programme: Programme, code: str) -> HttpResponse:
    today = timezone.localdate()
    found = the_area(programme, code)
    profile = area_profile(found, owners=owners_for(programme))
    shares = area_charts.shares(profile)
    context = {
        "programme": programme,
        "area": found,
        "key": code,
        "profile": profile,
        "shown": shown_profile(profile, today),
        "map": _map_around(programme, found),
    }
    if shares:
        context |= {
            "shares": shares,
            "shares_words": alt_text(shares),
            "shares_table": chart_table(shares),
            "shares_source": shares.source,
        }
    return render(request, "indicators/area.html", context)


@require_safe
@access(Permission.FIGURE_VIEW)
def area_chart(request: Request, programme: Programme, code: str) -> HttpResponse:
    chart = area_charts.shares(area_profile(the_area(programme, code), owners=owners_for(programme)))
    if chart is None:
        raise Http404
    return chart_answer(request, chart)


@require_safe
@access(Permission.FIGURE_VIEW)
def area_file(request: Request, programme: Programme, code: str, ending: str) -> HttpResponseBase:
    found = the_area(programme, code)
    profile = area_profile(found, owners=owners_for(programme))
    return downloads.table(
        ending,
        name=f"{programme.slug}-{code}",
        title=found.name,
        header=area_tables.profile_header(profile),
        rows=area_tables.profile_cells(profile),
    )


def the_area(programme: Programme, code: str) -> Area:
    found = programme_places.find(programme, code, timezone.localdate())
    if found is None:
        raise Http404
    return found


def chosen_kind(asked: str, counted: dict[AreaKind, int]) -> AreaKind | None:
    """The kind in the address, else the first there is."""
    return next((kind for kind in counted if kind == asked), next(iter(counted), None))


def kind_links(request: Request, counted: dict[AreaKind, int], kind: AreaKind | None) -> list[Link]:
    return [
        Link(f"{one.label} ({number})", f"{request.path}?kind={one.value}", "", one == kind)
        for one, number in counted.items()
    ]


def _map_around(programme: Programme, found: Area) -> str:
    """The area among those of its kind; nothing when its outline is unknown."""
    if not found.geometry:
        return ""
    alike = list(
        programme_places.areas_today(programme, timezone.localdate()).filter(kind=found.kind)[: area_maps.MOST]
    )
    outlines = programme_places.outlines(alike) | {found.pk: found.geometry}
    around = [found, *(one for one in alike if one.pk != found.pk and one.pk in outlines)]
    title = _("Where %(area)s lies") % {"area": found.name}
    return draw_map(
        area_maps.where(around, outlines, programme_places.address_in(programme), title=title, main=found)
    )
