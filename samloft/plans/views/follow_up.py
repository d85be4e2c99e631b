"""The points of decisions with what answers them, as a table for a spreadsheet."""

from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samloft.core import downloads
from samloft.plans.documents import follow_up_table
from samloft.plans.queries import follow_up
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.models import Programme
from samloft.programmes.queries.decisions import follow_up_points


@require_safe
@access(Permission.PLAN_VIEW)
def follow_up_file(request: Request, programme: Programme, ending: str) -> HttpResponseBase:
    """Every point of the programme's decisions, in the order of their due dates."""
    today = timezone.localdate()
    points = [row.point for row in follow_up_points(programme, today)]
    return downloads.table(
        ending,
        name=f"{programme.slug}-{_('follow-up-points')}",
        title=_("Follow-up points"),
        header=follow_up_table.header(),
        rows=follow_up_table.cells(follow_up.answered(points, today)),
    )
