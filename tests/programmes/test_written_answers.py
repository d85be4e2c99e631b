"""Points of decisions that are answered in words (B7)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samloft.accounts.models import User
from samloft.core.errors import RuleBroken, StaleEdit
from samloft.core.models import AuditRow
from samloft.programmes.actions import decisions, written_answers
from samloft.programmes.actions.decisions import DecisionValues, FollowUpPointValues
from samloft.programmes.actions.written_answers import WrittenAnswerValues
from samloft.programmes.models import Decision, FollowUpPoint, WrittenAnswer
from samloft.programmes.queries.decisions import days_late, follow_up_points
from tests.cast import Cast
from tests.programmes.filled import queries_do_not_grow

SignIn = Callable[[User], Client]


def page(name: str, *args: object) -> str:
    return reverse(f"programmes:{name}", args=["elvestad", *args])


def asked(cast: Cast, due_on: date | None = date(2024, 12, 31), text: str = "Legg fram en sak") -> FollowUpPoint:
    decision = decisions.record(
        programme=cast.programme,
        values=DecisionValues(title="Programbeskrivelsen", body=cast.council, decided_on=date(2024, 4, 23)),
        follow_up_points=[FollowUpPointValues(text, due_on)],
        by=cast.secretary,
    )
    return decision.follow_up_points.get()


def answer(
    cast: Cast, point: FollowUpPoint, text: str = "Saken er lagt fram", on: date | None = None
) -> WrittenAnswer:
    return written_answers.add(point=point, values=WrittenAnswerValues(text, on), by=cast.programme_leader)


def test_an_answer_is_written_changed_and_removed_with_its_traces(cast: Cast) -> None:
    point, leader = asked(cast), cast.programme_leader
    made = answer(cast, point)
    values = WrittenAnswerValues("Saken er lagt fram", date(2025, 2, 11))
    changed = written_answers.change(answer=made, values=values, version=made.version, by=leader)
    assert changed.answered_on == date(2025, 2, 11)
    with pytest.raises(StaleEdit):
        written_answers.change(
            answer=made, values=WrittenAnswerValues("Noe annet"), version=made.version, by=leader
        )
    written_answers.remove(answer=changed, by=leader)
    actions = AuditRow.objects.filter(action__startswith="decision.").order_by("number")
    assert [row.action for row in actions] == [
        "decision.recorded",
        "decision.point_answered",
        "decision.answer_changed",
        "decision.answer_removed",
    ]
    assert not WrittenAnswer.objects.exists()


def test_an_answer_has_happened_and_rests_on_another_decision_of_the_programme(cast: Cast) -> None:
    point = asked(cast)
    elsewhere = Decision.objects.create(
        programme=cast.other_programme, title="Annet sted", recorded_by=cast.outsider
    )
    for values in (
        WrittenAnswerValues("Gjort", timezone.localdate() + timedelta(days=1)),
        WrittenAnswerValues("Gjort", decision=elsewhere),
        WrittenAnswerValues("Gjort", decision=point.decision),
    ):
        with pytest.raises(RuleBroken):
            written_answers.add(point=point, values=values, by=cast.programme_leader)


def test_an_answered_point_stays(cast: Cast) -> None:
    point = asked(cast)
    answer(cast, point)
    with pytest.raises(RuleBroken, match="answered"):
        decisions.remove_follow_up_point(point=point, by=cast.secretary)


def test_days_late_count_to_the_first_answer_and_not_from_what_is_unknown(cast: Cast) -> None:
    late, undated, without_due = asked(cast), asked(cast), asked(cast, None)
    answer(cast, late, on=date(2025, 2, 11))
    answer(cast, late, on=date(2025, 6, 1))
    answer(cast, undated)
    answer(cast, without_due, on=date(2025, 2, 11))
    rows = {row.point: row for row in follow_up_points(cast.programme, date(2026, 1, 1))}
    assert [days_late(rows[point].point) for point in (late, undated, without_due)] == [42, 0, 0]


def test_those_who_do_not_see_measures_are_not_told_that_a_point_is_unanswered(
    cast: Cast, sign_in: SignIn
) -> None:
    point = asked(cast)
    client = sign_in(cast.county_governor)
    for address in (page("follow_up"), page("decision", point.decision_id)):
        text = client.get(address).content.decode()
        assert "The date has passed" in text and "Overdue" not in text and "Unanswered" not in text
    answer(cast, point, "Behandlet i februar", date(2025, 2, 11))
    for address in (page("follow_up"), page("decision", point.decision_id)):
        text = client.get(address).content.decode()
        assert "Behandlet i februar" in text and "11.02.2025" in text and "Answered" in text


def test_the_leader_answers_on_the_decision(cast: Cast, sign_in: SignIn) -> None:
    point, client = asked(cast), sign_in(cast.programme_leader)
    later = Decision.objects.create(
        programme=cast.programme, title="Skolefrokost", body=cast.council, recorded_by=cast.secretary
    )
    decision = client.get(page("decision", point.decision_id)).content.decode()
    assert page("written_answer_new", point.pk) in decision and "Overdue, unanswered" in decision
    form = client.get(page("written_answer_new", point.pk)).content.decode()
    assert "Skolefrokost" in form and "Legg fram en sak" in form
    client.post(
        page("written_answer_new", point.pk),
        {"text": "Vedtatt", "answered_on": "2025-02-11", "decision": later.pk},
    )
    stored = WrittenAnswer.objects.get()
    assert (stored.decision, stored.recorded_by) == (later, cast.programme_leader)
    text = client.get(page("decision", point.decision_id)).content.decode()
    assert "42 days late" in text and later.get_absolute_url() in text
    client.post(page("written_answer_edit", stored.pk), {"text": "Vedtatt i kommunestyret", "version": 1})
    client.post(page("written_answer_remove", stored.pk))
    assert not WrittenAnswer.objects.exists()


@pytest.mark.parametrize("name", ["decision", "follow_up"])
def test_queries_do_not_grow_with_answers(cast: Cast, sign_in: SignIn, name: str) -> None:
    first = asked(cast)

    def one_more(number: int) -> None:
        point = FollowUpPoint.objects.create(decision=first.decision, text=f"Punkt {number}")
        written_answers.add(
            point=point,
            values=WrittenAnswerValues("Gjort", decision=asked(cast).decision),
            by=cast.programme_leader,
        )

    for person in (cast.programme_leader, cast.county_governor):
        address = page(name, *([first.decision_id] if name == "decision" else []))
        queries_do_not_grow(sign_in(person), address, one_more)
