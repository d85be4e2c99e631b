"""Lists of decisions and of what they ask to have followed up."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from samloft.core.statuses import Status
from samloft.programmes.models import Decision, FollowUpPoint, Programme, WrittenAnswer

ASSUMED = Status(
    _("Assumed"),
    "warning",
    "question",
    meaning=_("No document shows this decision; it is entered so that the work can go on."),
)
ANSWERED = Status(
    _("Answered"), "success", meaning=_("A measure answers the point, or somebody has written an answer.")
)
PASSED = Status(
    _("The date has passed"),
    "neutral",
    "clock",
    meaning=_("No written answer is recorded. Answers by measures are shown to those who see the measures."),
)
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
    """A point as those see it who do not see the measures that may answer it."""

    point: FollowUpPoint
    status: Status


def point_row(point: FollowUpPoint, today: date) -> PointRow:
    """By written answers and date alone: what else answers is known to the apps above. See `with_answers`."""
    if point.written_answers.all():
        return PointRow(point, ANSWERED)
    if point.due_on is None:
        return PointRow(point, NO_DATE)
    return PointRow(point, PASSED if point.due_on < today else DUE)


def days_late(point: FollowUpPoint) -> int:
    """How many days after the due date the first written answer came; 0 when it came in time or nobody knows."""
    days = [answer.answered_on for answer in point.written_answers.all() if answer.answered_on]
    if not days or point.due_on is None:
        return 0
    return max((min(days) - point.due_on).days, 0)


def with_answers(points: QuerySet[FollowUpPoint]) -> QuerySet[FollowUpPoint]:
    """The points with all that a page says about them. Two queries."""
    written = WrittenAnswer.objects.select_related("decision__programme", "edition__programme").defer(
        "edition__blocks", "edition__blocks_other"
    )
    return points.select_related("decision__programme", "decision__body").prefetch_related(
        Prefetch("written_answers", written)
    )


def follow_up_points(programme: Programme, today: date) -> tuple[PointRow, ...]:
    """All that the programme's decisions ask for, earliest due date first. Two queries."""
    points = with_answers(FollowUpPoint.objects.filter(decision__programme=programme))
    ordered = points.order_by(F("due_on").asc(nulls_last=True), "decision", "position")
    return tuple(point_row(point, today) for point in ordered)
