"""What this app adds to the pages of the apps below."""

from collections.abc import Sequence
from typing import cast

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from samloft.plans.queries import coverage, follow_up, goal_measures, measures
from samloft.plans.queries.edition_plans import plan_of
from samloft.programmes.access import Permission, Request
from samloft.programmes.models import Agreement, Edition, FollowUpPoint, Goal, Programme
from samloft.programmes.queries.decisions import with_answers
from samloft.programmes.queries.steps import moves_about


def edition_steps(request: HttpRequest, edition: Edition) -> SafeString | None:
    """On an issued plan: record the dispatch or the answer, and compare it with another version."""
    allowed: frozenset[Permission] = getattr(request, "allowed", frozenset())
    plan = plan_of(edition) if Permission.EDITION_VIEW in allowed else None
    if plan is None:
        return None
    context = {
        "compare_url": f"{reverse('plans:compare', args=[edition.programme.slug])}?right=edition-{edition.pk}",
        "moves": moves_about(edition, plan, user=cast(Request, request).user, allowed=allowed),
    }
    return render_to_string("programmes/_edition_moves.html", context, request=request)


def thread_measures(request: HttpRequest, programme: Programme) -> SafeString | None:
    """In the thread of a programme: how many measures there are, and how many lack something."""
    if not _sees_plans(request):
        return None
    today = timezone.localdate()
    rows = measures.measure_rows(programme, year=today.year, today=today)
    running = [row for row in rows if row.phase not in measures.ENDED]
    context = {
        "programme": programme,
        "count": len(running),
        "with_gaps": sum(1 for row in running if row.gaps),
    }
    return render_to_string("plans/_thread_measures.html", context, request=request)


def programme_measures(request: HttpRequest, programme: Programme) -> SafeString | None:
    """On a programme's page: what decisions ask for that no measure answers, and ways to the overviews."""
    if not _sees_plans(request):
        return None
    context = {"programme": programme, "points": list(follow_up.unanswered(programme))}
    return render_to_string("plans/_programme_measures.html", context, request=request)


def goals_coverage(request: HttpRequest, programme: Programme) -> SafeString | None:
    """On the page of goals: what the measures do not serve, and where the money falls."""
    if not _sees_plans(request):
        return None
    plan = programme.plans.order_by("-year").first()
    found = coverage.coverage(programme, plan)
    if not found.goals:
        return None
    context = {"programme": programme, "coverage": found}
    return render_to_string("plans/_goals_coverage.html", context, request=request)


def goal_notes(request: HttpRequest, goals: Sequence[Goal]) -> dict[int, SafeString]:
    """At each goal in the tree: how many measures serve it, or that none does."""
    if not goals or not _sees_plans(request):
        return {}
    programme = cast(Request, request).programme
    counts = goal_measures.measure_counts(programme)
    return {
        goal.pk: render_to_string(
            "plans/_goal_note.html", {"programme": programme, "goal": goal, "count": counts.get(goal.pk, 0)}
        )
        for goal in goals
    }


def goal_page_measures(request: HttpRequest, goal: Goal) -> SafeString | None:
    """On the page of a goal: the measures that serve it, and how their money falls on it."""
    if not _sees_plans(request):
        return None
    context = {
        "programme": goal.programme,
        "goal": goal,
        "found": goal_measures.goal_measures(goal),
        # Rows add only their number to it: reversing an address for each of a thousand rows takes its time.
        "base": reverse("plans:measures", args=[goal.programme.slug]),
    }
    return render_to_string("plans/_goal_measures.html", context, request=request)


def agreement_points(request: HttpRequest, agreement: Agreement) -> SafeString | None:
    """On an agreement: what its decisions ask for, and what answers each point."""
    if not _sees_plans(request):
        return None
    points = with_answers(FollowUpPoint.objects.filter(decision__agreements=agreement))
    rows = follow_up.answered(points.order_by("decision", "position", "pk"), timezone.localdate())
    if not rows:
        return None
    context = {"programme": agreement.programme, "rows": rows}
    return render_to_string("plans/_agreement_points.html", context, request=request)


def point_notes(request: HttpRequest, points: Sequence[FollowUpPoint]) -> dict[int, SafeString]:
    """At each point of a decision: whether it is answered, and the measures that answer it."""
    if not points or not _sees_plans(request):
        return {}
    programme = cast(Request, request).programme
    return {
        row.point.pk: render_to_string(
            "plans/_point_note.html", {"programme": programme, "row": row}, request=request
        )
        for row in follow_up.answered(points, timezone.localdate())
    }


def follow_up_answers(request: HttpRequest, points: Sequence[FollowUpPoint]) -> SafeString | None:
    """On the page of all follow-up points: those that nothing answers first, then those that are answered."""
    if not points or not _sees_plans(request):
        return None
    rows = follow_up.answered(points, timezone.localdate())
    context = {
        "programme": cast(Request, request).programme,
        "unanswered": [row for row in rows if not row.is_answered],
        "answered": [row for row in rows if row.is_answered],
    }
    return render_to_string("plans/_follow_up_answers.html", context, request=request)


def _sees_plans(request: HttpRequest) -> bool:
    return Permission.PLAN_VIEW in getattr(request, "allowed", frozenset())
