"""What decisions ask for, answered by measures or in words, or by nothing (B7)."""

import csv
from collections.abc import Callable
from datetime import date
from io import StringIO

from django.test import Client
from django.urls import reverse

from samloft.accounts.models import User
from samloft.plans.actions import follow_up_answers
from samloft.plans.queries import follow_up
from samloft.plans.queries.plan_check import check
from samloft.programmes.actions import written_answers
from samloft.programmes.actions.written_answers import WrittenAnswerValues
from samloft.programmes.models import Decision, FollowUpPoint
from tests.cast import Cast
from tests.plans import drafting
from tests.plans.measure_factory import make_measure

SignIn = Callable[[User], Client]
TODAY = date(2026, 1, 1)


def make_point(cast: Cast, text: str, due_on: date | None = None) -> FollowUpPoint:
    decision = Decision.objects.create(
        programme=cast.programme, title="Programbeskrivelsen", body=cast.council, recorded_by=cast.secretary
    )
    return FollowUpPoint.objects.create(decision=decision, text=text, due_on=due_on)


def write(cast: Cast, point: FollowUpPoint, on: date | None = None) -> None:
    written_answers.add(point=point, values=WrittenAnswerValues("Gjort", on), by=cast.programme_leader)


def test_a_point_is_answered_by_a_measure_or_in_words(cast: Cast) -> None:
    by_measure, in_words, late, overdue, waiting = (
        make_point(cast, text, due_on)
        for text, due_on in (
            ("A", None),
            ("B", date(2026, 6, 1)),
            ("C", date(2024, 12, 31)),
            ("D", date(2025, 12, 31)),
            ("E", None),
        )
    )
    follow_up_answers.answer(point=by_measure, measure=make_measure(cast), by=cast.coordinator)
    write(cast, in_words)
    write(cast, late, date(2025, 2, 11))
    points = [by_measure, in_words, late, overdue, waiting]
    rows = follow_up.answered(points, TODAY)
    assert [row.is_answered for row in rows] == [True, True, True, False, False]
    assert [row.days_late for row in rows] == [0, 0, 42, 0, 0]
    assert [row.status for row in rows[3:]] == [follow_up.OVERDUE, follow_up.UNANSWERED]
    assert list(follow_up.unanswered(cast.programme)) == [overdue, waiting]


def test_the_plan_check_asks_no_more_about_a_point_that_is_answered_in_words(cast: Cast) -> None:
    plan = drafting.whole(cast)
    point = make_point(cast, "Legg fram en sak", date(2026, 1, 1))

    def asks() -> bool:
        return any(found.subject == f"programmes.followuppoint:{point.pk}" for found in check(plan))

    assert asks()
    write(cast, point)
    assert not asks()


def test_the_page_lists_what_nothing_answers_first_and_the_table_has_all(
    cast: Cast, sign_in: SignIn, english: None
) -> None:
    answered = make_point(cast, "Bedre fritidstilbud", date(2024, 1, 1))
    make_point(cast, "Sak om skolebibliotek", date(2025, 1, 1))
    write(cast, answered, date(2024, 1, 3))
    client = sign_in(cast.board_member)
    text = client.get(reverse("programmes:follow_up", args=["elvestad"])).content.decode()
    assert text.index("Sak om skolebibliotek") < text.index("Bedre fritidstilbud")
    assert "Overdue, unanswered" in text and "2 days late" in text and "Gjort" in text
    answer = client.get(reverse("plans:follow_up_file", args=["elvestad", "csv"]))
    rows = list(csv.DictReader(StringIO(b"".join(answer).decode("utf-8-sig")), delimiter=";"))  # type: ignore[arg-type]
    assert [(row["Due"], row["State"], row["Days late"], row["Written answers"]) for row in rows] == [
        ("2024-01-01", "Answered", "2", "Gjort"),
        ("2025-01-01", "Overdue, unanswered", "", ""),
    ]
    assert client.get(reverse("plans:follow_up_file", args=["elvestad", "xlsx"])).status_code == 200
    assert client.get(reverse("plans:follow_up_file", args=["elvestad", "exe"])).status_code == 404


def test_the_table_is_for_those_who_see_plans(cast: Cast, sign_in: SignIn) -> None:
    address = reverse("plans:follow_up_file", args=["elvestad", "csv"])
    for person in (cast.programme_leader, cast.coordinator, cast.secretary):
        assert sign_in(person).get(address).status_code == 200
    for person in (cast.ministry_adviser, cast.county_governor, cast.evaluator):
        assert sign_in(person).get(address).status_code == 403
    for person in (cast.outsider, cast.resident, cast.operator):
        assert sign_in(person).get(address).status_code == 404
