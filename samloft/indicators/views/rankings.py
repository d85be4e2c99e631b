"""One indicator in all areas of a kind, on a map and in order; for those who have a seat, never in public (F6)."""

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
from samloft.indicators.queries.figures import offer_of
from samloft.indicators.queries.rankings import ranking
from samloft.indicators.views.areas import chosen_kind, kind_links
from samloft.places.models import Area
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.models import Programme


@require_safe
@access(Permission.FIGURE_VIEW)
def area_rankings(request: Request, programme: Programme) -> HttpResponse:
    """Leads to the indicator that is chosen, or to the first."""
    offer = offer_of(_areas(request, programme))
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
    areas = _areas(request, programme)
    offer = offer_of(areas)
    definition = next((one for one in offer.definitions if one.indicator_id == indicator.pk), None)
    if definition is None:
        raise Http404
    counted = programme_places.kinds(programme, timezone.localdate())
    kind = chosen_kind(request.GET.get("kind", ""), counted)
    found = ranking(indicator, areas)
    outlines = programme_places.outlines(areas) if len(areas) <= area_maps.MOST else {}
    address = programme_places.address_in(programme)
    context = {
        "programme": programme,
        "definition": definition,
        "ranking": found,
        "rows": [(one, address(one.area)) for one in found.areas],
        "form": RankingForm({"indicator": key}, offer=offer),
        "kinds": kind_links(request, counted, kind),
        "kind": kind,
        "map": draw_map(area_maps.of_ranking(found, definition.name, outlines, address)),
    }
    return render(request, "indicators/area_ranking.html", context)


@require_safe
@access(Permission.FIGURE_VIEW)
def area_ranking_file(request: Request, programme: Programme, key: str, ending: str) -> HttpResponseBase:
    indicator = get_object_or_404(Indicator, key=key)
    return downloads.table(
        ending,
        name=f"{programme.slug}-{_('ranking')}-{key}",
        title=key,
        header=area_tables.ranking_header(),
        rows=area_tables.ranking_cells(ranking(indicator, _areas(request, programme))),
    )


def _areas(request: Request, programme: Programme) -> list[Area]:
    """Those of the kind in the address."""
    today = timezone.localdate()
    kind = chosen_kind(request.GET.get("kind", ""), programme_places.kinds(programme, today))
    return list(programme_places.areas_today(programme, today).filter(kind=kind))
