"""A programme's year: the picture, and the list that it numbers."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samloft.core import downloads
from samloft.overview.documents import deadline_table
from samloft.overview.queries.year_wheels import YearWheel
from samloft.overview.queries.year_wheels import year_wheel as find_year
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.models import Programme


@require_safe
@access(Permission.PROGRAMME_VIEW)
def year_wheel(request: Request, programme: Programme) -> HttpResponse:
    found = _found(request, programme)
    context = {"programme": programme, "wheel": found, "today": timezone.localdate()}
    return render(request, "overview/year_wheel.html", context)


@require_safe
@access(Permission.PROGRAMME_VIEW)
def year_wheel_file(request: Request, programme: Programme, ending: str) -> HttpResponseBase:
    """The year's list for a spreadsheet: what has a date, then what has none."""
    found = _found(request, programme)
    if found is None:
        raise Http404
    return downloads.table(
        ending,
        name=f"{programme.slug}-{_('year-wheel')}-{found.year}",
        title=_("Year wheel %(year)s") % {"year": found.year},
        header=deadline_table.header(),
        rows=deadline_table.cells([*found.dated, *found.undated]),
    )


def _found(request: Request, programme: Programme) -> YearWheel | None:
    asked = request.GET.get("year", "")
    return find_year(
        programme,
        int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else None,
        timezone.localdate(),
        user=request.user,
        rights={programme.pk: request.allowed},
    )
