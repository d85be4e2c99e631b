"""What answers the points that decisions ask to have followed up: measures, and written answers (B7)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from samloft.core.statuses import Status
from samloft.plans.models import FollowUpAnswer
from samloft.programmes.models import FollowUpPoint, Programme
from samloft.programmes.queries.decisions import ANSWERED, days_late

UNANSWERED = Status(
    _("Unanswered"), "warning", meaning=_("No measure answers the point, and nobody has written an answer.")
)
OVERDUE = Status(
    _("Overdue, unanswered"), "danger", meaning=_("The due date has passed, and nothing answers the point.")
)


@dataclass(frozen=True)
class AnsweredPoint:
    """A point with what answers it. `days_late` counts to the first written answer; 0 when in time or unknown."""

    point: FollowUpPoint
    answers: tuple[FollowUpAnswer, ...]
    status: Status
    days_late: int

    @property
    def is_answered(self) -> bool:
        return self.status is ANSWERED


def answered(points: Iterable[FollowUpPoint], today: date) -> list[AnsweredPoint]:
    """The points in the same order, their written answers read with them. One query."""
    points = list(points)
    answers: dict[int, list[FollowUpAnswer]] = {}
    stored = FollowUpAnswer.objects.filter(point__in=points).select_related("measure__programme").order_by("pk")
    for answer in stored:
        answers.setdefault(answer.point_id, []).append(answer)
    return [_row(point, tuple(answers.get(point.pk, ())), today) for point in points]


def _row(point: FollowUpPoint, answers: tuple[FollowUpAnswer, ...], today: date) -> AnsweredPoint:
    if answers or point.written_answers.all():
        return AnsweredPoint(point, answers, ANSWERED, days_late(point))
    is_overdue = point.due_on is not None and point.due_on < today
    return AnsweredPoint(point, answers, OVERDUE if is_overdue else UNANSWERED, 0)


def unanswered(programme: Programme) -> QuerySet[FollowUpPoint]:
    return unanswered_in([programme.pk])


def unanswered_in(programmes: Sequence[int]) -> QuerySet[FollowUpPoint]:
    """Points in these programmes that neither a measure nor words answer, the most pressing first."""
    return (
        FollowUpPoint.objects.filter(
            decision__programme__in=programmes, measure_answers__isnull=True, written_answers__isnull=True
        )
        .select_related("decision__body", "decision__programme")
        .order_by(F("due_on").asc(nulls_last=True), "decision_id", "position", "pk")
    )
