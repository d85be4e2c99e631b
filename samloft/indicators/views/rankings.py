"""One indicator in all areas of a kind, on a map and in order; for those who have a seat, never in public (F6)."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samloft.core import downloads
from samloft.core.maps import draw_map
from samloft.indicators.documents import area_maps, area_tables
from samloft.indicators.forms.rankings import RankingForm
from samloft.indicators.models import Indicator
from samloft.indicators.queries import programme_places
from samloft.indicators.queries.figures import indicators_in
from samloft.indicators.queries.owners import owners_for
from samloft.indicators.queries.rankings import Ranking, ranking
from samloft.indicators.views.areas import ON_A_PAGE, chosen_kind, kind_links
from samloft.places.models import AreaKind
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.models import Programme


@require_safe
@access(Permission.FIGURE_VIEW)
def area_rankings(request: Request, programme: Programme) -> HttpResponse:
    """Leads to the indicator that is chosen, or to the first."""
    _counted, _kind, areas = _areas(request, programme)
    offer = indicators_in(areas, owners_for(programme))
    form = RankingForm(request.GET if "indicator" in request.GET else None, offer=offer)
    keys = [one.indicator.key for one in offer.definitions if one.indicator_id in offer.known]
    keys += [one.indicator.key for one in offer.definitions]
    if not keys:
        raise Http404
    key = form.cleaned_data["indicator"] if form.is_valid() else keys[0]
    return redirect("indicators:area_ranking", programme.slug, key)


@require_safe
@access(Permission.FIGURE_VIEW)
def area_ranking(request: Request, programme: Programme, key: str) -> HttpResponse:
    indicator = get_object_or_404(Indicator, key=key)
    counted, kind, areas = _areas(request, programme)
    offer = indicators_in(areas, owners_for(programme))
    definition = next((one for one in offer.definitions if one.indicator_id == indicator.pk), None)
    if definition is None:
        raise Http404
    found = ranking(indicator, areas)
    page = Paginator(found.areas, ON_A_PAGE).get_page(request.GET.get("page"))
    address = programme_places.address_in(programme)
    context = {
        "programme": programme,
        "definition": definition,
        "ranking": found,
        "page": page,
        "rows": [(one, address(one.area)) for one in page.object_list],
        "form": RankingForm({"indicator": key}, offer=offer),
        "kinds": kind_links(request, counted, kind),
        "kind": kind,
        "map": draw_map(area_maps.of_ranking(found, definition.name, _outlines(found), address)),
    }
    return render(request, "indicators/area_ranking.html", context)


@require_safe
@access(Permission.FIGURE_VIEW)
def area_ranking_file(request: Request, programme: Programme, key: str, ending: str) -> HttpResponseBase:
    indicator = get_object_or_404(Indicator, key=key)
    _counted, _kind, areas = _areas(request, programme)
    return downloads.table(
        ending,
        name=f"{programme.slug}-{_('ranking')}-{key}",
        title=key,
        header=area_tables.ranking_header(),
        rows=area_tables.ranking_cells(ranking(indicator, areas)),
    )


def _areas(request: Request, programme: Programme) -> tuple[dict[AreaKind, int], AreaKind | None, Any]:
    """How many areas there are of each kind, the kind in the address, and the areas of it."""
    today = timezone.localdate()
    counted = programme_places.kinds(programme, today)
    kind = chosen_kind(request.GET.get("kind", ""), counted)
    return counted, kind, programme_places.areas_today(programme, today).filter(kind=kind)


def _outlines(found: Ranking) -> area_maps.Outlines:
    """None when there are too many areas for one map."""
    areas = [one.area for one in found.areas]
    return programme_places.outlines(areas) if len(areas) <= area_maps.MOST else {}
