"""What answers the points that decisions ask to have followed up (B7)."""

from collections.abc import Sequence
from dataclasses import dataclass

from samloft.plans.models import FollowUpAnswer
from samloft.programmes.models import FollowUpPoint


@dataclass(frozen=True)
class AnsweredPoint:
    """A point with the measures that answer it; none means that it is unanswered."""

    point: FollowUpPoint
    answers: tuple[FollowUpAnswer, ...]


def answered(points: Sequence[FollowUpPoint]) -> list[AnsweredPoint]:
    """The points in the same order. One query."""
    answers: dict[int, list[FollowUpAnswer]] = {}
    stored = FollowUpAnswer.objects.filter(point__in=points).select_related("measure__programme").order_by("pk")
    for answer in stored:
        answers.setdefault(answer.point_id, []).append(answer)
    return [AnsweredPoint(point, tuple(answers.get(point.pk, ()))) for point in points]
