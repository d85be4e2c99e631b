"""What this app adds to the pages of the apps below."""

from collections.abc import Sequence
from typing import cast

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samloft.core.maps import draw_map
from samloft.indicators.documents import area_maps
from samloft.indicators.models import Release
from samloft.indicators.queries import goal_targets, programme_places
from samloft.programmes.access import Permission, Request
from samloft.programmes.models import Goal, GoalLevel, Programme


def goal_page_targets(request: HttpRequest, goal: Goal) -> SafeString | None:
    """On the page of a sub-goal: what it aims at, and how far it has come."""
    if goal.level != GoalLevel.SUB or not _sees_figures(request):
        return None
    views = goal_targets.of_goals([goal]).get(goal.pk, ())
    context = {"programme": goal.programme, "goal": goal, "views": views}
    return render_to_string("indicators/_goal_targets.html", context, request=request)


def goal_notes(request: HttpRequest, goals: Sequence[Goal]) -> dict[int, SafeString]:
    """At each sub-goal in the tree: how its indicators stand, or that it has none."""
    subs = [goal for goal in goals if goal.level == GoalLevel.SUB]
    if not subs or not _sees_figures(request):
        return {}
    programme, found = cast(Request, request).programme, goal_targets.of_goals(subs)
    return {
        goal.pk: render_to_string(
            "indicators/_goal_note.html", {"programme": programme, "goal": goal, "views": found.get(goal.pk, ())}
        )
        for goal in subs
    }


def thread_need(request: HttpRequest, programme: Programme) -> SafeString | None:
    """In the thread of a programme: how many areas have figures, and of which year the newest are.

    Others than those who work in it are led to what is published.
    """
    if not _sees_figures(request):
        number = Release.objects.public().filter(programme=programme).count()
        context = {"programme": programme, "number": number}
        return render_to_string("indicators/_thread_published.html", context) if number else None
    known = programme_places.known(programme, timezone.localdate())
    return render_to_string("indicators/_thread_need.html", {"programme": programme, "known": known})


def programme_map(request: HttpRequest, programme: Programme) -> SafeString | None:
    """On a programme's page: where its areas lie, with the way to their figures. Nothing without outlines."""
    if not _sees_figures(request):
        return None
    areas = programme_places.drawn(programme, timezone.localdate(), area_maps.MOST)
    if not areas:
        return None
    title = _("The areas of %(programme)s") % {"programme": programme.name}
    outlines = {area.pk: area.geometry for area in areas if area.geometry}
    shown = draw_map(area_maps.where(areas, outlines, programme_places.address_in(programme), title=title))
    return render_to_string("indicators/_programme_map.html", {"programme": programme, "map": shown})


def published_figures(request: HttpRequest, editions: object) -> SafeString | None:
    """On the page of everything published: the programmes that have published figures."""
    programmes = Programme.objects.filter(pk__in=Release.objects.public().values("programme")).order_by("name")
    if not programmes:
        return None
    return render_to_string("indicators/_published_figures.html", {"programmes": programmes}, request=request)


def _sees_figures(request: HttpRequest) -> bool:
    return Permission.FIGURE_VIEW in getattr(request, "allowed", frozenset())
