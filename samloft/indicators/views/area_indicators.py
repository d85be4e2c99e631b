"""One indicator of an area: through the years, beside other areas, and as a table."""

from collections.abc import Callable

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from samloft.core import downloads
from samloft.core.charts import Chart, alt_text, chart_answer, chart_table
from samloft.indicators.documents import area_charts, area_tables
from samloft.indicators.documents.area_rows import shown_profile
from samloft.indicators.models import Indicator
from samloft.indicators.queries.area_profile import AreaProfile, area_profile
from samloft.indicators.queries.owners import owners_for
from samloft.indicators.queries.profile_rows import ProfileRow
from samloft.indicators.views.areas import the_area
from samloft.places.models import Area
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.models import Programme

CHARTS: dict[str, Callable[[ProfileRow, Area], Chart]] = {
    "over-time": area_charts.over_time,
    "compared": area_charts.at_period,
}


@require_safe
@access(Permission.FIGURE_VIEW)
def area_indicator(request: Request, programme: Programme, code: str, key: str) -> HttpResponse:
    profile = _profile(programme, code, key)
    (row,) = profile.rows
    area = profile.circle.area
    over_time, at_period = area_charts.over_time(row, area), area_charts.at_period(row, area)
    shown = shown_profile(profile, timezone.localdate())
    context = {
        "programme": programme,
        "area": area,
        "code": code,
        "row": row,
        "shown": next(iter(shown.rows), None),
        "over_time": over_time,
        "over_time_words": alt_text(over_time),
        "over_time_table": chart_table(over_time),
        "at_period": at_period,
        "at_period_words": alt_text(at_period),
        "at_period_table": chart_table(at_period),
        "is_synthetic": profile.is_synthetic,
        "population": profile.population,
        "versions": list(row.indicator.definitions.all()),
    }
    return render(request, "indicators/area_indicator.html", context)


@require_safe
@access(Permission.FIGURE_VIEW)
def area_indicator_chart(request: Request, programme: Programme, code: str, key: str, which: str) -> HttpResponse:
    if which not in CHARTS:
        raise Http404
    profile = _profile(programme, code, key)
    return chart_answer(request, CHARTS[which](profile.rows[0], profile.circle.area))


@require_safe
@access(Permission.FIGURE_VIEW)
def area_indicator_file(
    request: Request, programme: Programme, code: str, key: str, ending: str
) -> HttpResponseBase:
    row = _profile(programme, code, key).rows[0]
    return downloads.table(
        ending,
        name=f"{programme.slug}-{code}-{key}",
        title=row.indicator.key,
        header=area_tables.series_header(),
        rows=area_tables.series_cells(row),
    )


def _profile(programme: Programme, code: str, key: str) -> AreaProfile:
    indicator = get_object_or_404(Indicator, key=key, definitions__number=1)
    return area_profile(the_area(programme, code), owners=owners_for(programme), indicators=[indicator])
