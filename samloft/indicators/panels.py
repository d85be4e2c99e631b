"""What this app adds to the pages of the apps below."""

from collections.abc import Sequence
from typing import cast

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from samloft.indicators.queries import goal_targets
from samloft.programmes.access import Permission, Request
from samloft.programmes.models import Goal, GoalLevel


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


def _sees_figures(request: HttpRequest) -> bool:
    return Permission.FIGURE_VIEW in getattr(request, "allowed", frozenset())
