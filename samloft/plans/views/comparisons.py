"""Two versions of a programme's plans side by side."""

from django.http import HttpResponse
from django.shortcuts import render

from samloft.core.documents.text_comparison import compare_texts
from samloft.plans.documents import plan_versions
from samloft.plans.queries.comparison import compare as compare_figures
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.models import Programme
from samloft.programmes.queries.versions import chosen


@access(Permission.EDITION_VIEW)
def compare(request: Request, programme: Programme) -> HttpResponse:
    """The address names the two versions; without, it is the latest and the one before it."""
    offered = plan_versions.choices(programme, request.allowed)
    pair = chosen(offered, request.GET.get("left", ""), request.GET.get("right", ""))
    context = {"programme": programme, "choices": offered, "pair": pair}
    if pair is not None:
        left, right = (plan_versions.load(choice) for choice in pair)
        context |= {
            "left": pair[0],
            "right": pair[1],
            "comparison": compare_figures(
                left.figures, right.figures, left_names=left.names, right_names=right.names
            ),
            "texts": compare_texts(left.document, right.document),
        }
    return render(request, "plans/comparison.html", context)
