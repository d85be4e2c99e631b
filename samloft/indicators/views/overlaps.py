"""Which living conditions pile up in which areas, as a table, on a map and for a spreadsheet (F6)."""

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samloft.core import downloads
from samloft.core.maps import draw_map
from samloft.indicators.documents import area_maps, area_tables
from samloft.indicators.forms.weights import WeightsForm
from samloft.indicators.queries import programme_places
from samloft.indicators.queries.overlap import FEWEST, Overlap, overlap, weighed
from samloft.indicators.views.areas import chosen_kind, kind_links
from samloft.places.models import AreaKind
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.models import Programme

# More areas than these are not laid over each other at once.
MOST = 300
# A row has a cell for each indicator.
ON_A_PAGE = 50


@require_safe
@access(Permission.FIGURE_VIEW)
def area_overlap(request: Request, programme: Programme) -> HttpResponse:
    counted = _kinds(programme)
    kind = chosen_kind(request.GET.get("kind", ""), counted)
    found, form = _weighed(request, _overlap(request, programme))
    areas = [row.area for row in found.rows]
    page = Paginator(found.rows, ON_A_PAGE).get_page(request.GET.get("page"))
    address = programme_places.address_in(programme)
    context = {
        "programme": programme,
        "overlap": found,
        "page": page,
        "rows": [(row, address(row.area)) for row in page.object_list],
        "by_index": [(row, address(row.area)) for row in found.by_index],
        "form": form,
        "is_weighed": form.is_bound,
        "kinds": kind_links(request, counted, kind),
        "kind": kind,
        "fewest": FEWEST,
        "most": MOST,
        "is_cut": bool(kind and counted[kind] > MOST),
        "is_synthetic": any(area.is_synthetic for area in areas),
        "map": draw_map(area_maps.of_overlap(found, programme_places.outlines(areas), address)),
    }
    return render(request, "indicators/area_overlap.html", context)


@require_safe
@access(Permission.FIGURE_VIEW)
def area_overlap_file(request: Request, programme: Programme, ending: str) -> HttpResponseBase:
    found, _form = _weighed(request, _overlap(request, programme))
    return downloads.table(
        ending,
        name=f"{programme.slug}-{_('overlap')}",
        title=_("Overlap"),
        header=area_tables.overlap_header(found),
        rows=area_tables.overlap_cells(found),
    )


def _kinds(programme: Programme) -> dict[AreaKind, int]:
    """The kinds that lie side by side; a municipality alone overlaps with nothing."""
    counted = programme_places.kinds(programme, timezone.localdate())
    return {kind: number for kind, number in counted.items() if kind in programme_places.inside(programme)}


def _weighed(request: Request, found: Overlap) -> tuple[Overlap, WeightsForm]:
    """With the weights of the address, as long as they make sense."""
    form = WeightsForm(request.GET if WeightsForm.asked(request.GET) else None, columns=found.counted)
    return (weighed(found, form.weights) if form.is_valid() else found), form


def _overlap(request: Request, programme: Programme) -> Overlap:
    kind = chosen_kind(request.GET.get("kind", ""), _kinds(programme))
    found = programme_places.areas_today(programme, timezone.localdate()).filter(kind=kind)
    return overlap(list(found[:MOST]))
