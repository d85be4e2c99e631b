"""Lists of decisions and of what they ask to have followed up."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, QuerySet
from django.utils.translation import gettext_lazy as _

from samloft.core.statuses import Status
from samloft.programmes.models import Decision, FollowUpPoint, Programme

ASSUMED = Status(
    _("Assumed"),
    "warning",
    "question",
    meaning=_("No document shows this decision; it is entered so that the work can go on."),
)
OVERDUE = Status(_("Overdue"), "danger", meaning=_("The due date has passed."))
DUE = Status(_("Due"), "info", "clock", meaning=_("The due date lies ahead."))
NO_DATE = Status(_("No due date"), "neutral", meaning=_("The decision names no date."))


def decisions(programme: Programme) -> QuerySet[Decision]:
    """The programme's decisions, latest first, each with `points`: how many follow-up points it has."""
    return (
        programme.decisions.select_related("programme", "body", "letter", "recorded_by")
        .annotate(points=Count("follow_up_points"))
        # Grouping drops the model's own order.
        .order_by(F("decided_on").desc(nulls_last=True), "-pk")
    )


@dataclass(frozen=True)
class PointRow:
    point: FollowUpPoint
    status: Status


def point_status(point: FollowUpPoint, today: date) -> Status:
    """By date alone: what answers a point is known to the apps that answer it."""
    if point.due_on is None:
        return NO_DATE
    return OVERDUE if point.due_on < today else DUE


def follow_up_points(programme: Programme, today: date) -> tuple[PointRow, ...]:
    """All that the programme's decisions ask for, earliest due date first. One query."""
    points = (
        FollowUpPoint.objects.filter(decision__programme=programme)
        .select_related("decision__programme", "decision__body")
        .order_by(F("due_on").asc(nulls_last=True), "decision", "position")
    )
    return tuple(PointRow(point, point_status(point, today)) for point in points)
