"""The list of deadlines across all programmes that a person sees."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samloft.core import downloads
from samloft.overview.documents import deadline_table
from samloft.overview.forms.deadlines import DeadlineFilterForm
from samloft.overview.queries import deadlines as queries
from samloft.programmes.access import Permission, Request, access_across, permissions_everywhere

ROWS_ON_A_PAGE = 50


@require_safe
@access_across(Permission.PROGRAMME_VIEW)
def deadlines(request: Request, programmes: Any) -> HttpResponse:
    today = timezone.localdate()
    form = _form(request, programmes)
    found = queries.chosen(programmes, form.wanted(), today)
    page = Paginator(found, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    rights = permissions_everywhere(request.user, today=today)
    context = {
        "form": form,
        "page": page,
        "rows": queries.deadlines(page, today, user=request.user, rights=rights, first=page.start_index()),
        "has_programmes": bool(rights),
    }
    return render(request, "overview/deadline_list.html", context)


@require_safe
@access_across(Permission.PROGRAMME_VIEW)
def deadlines_file(request: Request, programmes: Any, ending: str) -> HttpResponseBase:
    """The list as it is filtered, for a spreadsheet."""
    today = timezone.localdate()
    found = queries.chosen(programmes, _form(request, programmes).wanted(), today)
    rights = permissions_everywhere(request.user, today=today)
    return downloads.table(
        ending,
        name=_("deadlines"),
        title=_("Deadlines"),
        header=deadline_table.header(),
        rows=deadline_table.cells(queries.deadlines(found, today, user=request.user, rights=rights)),
    )


def _form(request: Request, programmes: Any) -> DeadlineFilterForm:
    return DeadlineFilterForm(
        request.GET or None,
        programmes=list(programmes.order_by("name").values_list("pk", "name")),
        organisations=queries.owing(programmes),
        years=queries.years_of(programmes),
    )
