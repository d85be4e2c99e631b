"""My page: what waits for one's roles, and what has changed (A9, L12)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samloft.accounts.models import Organisation, User
from samloft.overview.actions import visits
from samloft.overview.models import Visit
from samloft.programmes.actions import agreement_terms, decisions
from samloft.programmes.actions.agreement_terms import EndReviewValues
from samloft.programmes.actions.decisions import DecisionValues, FollowUpPointValues
from samloft.programmes.models import Decision, EndChoice, FollowUpPoint, Rhythm
from tests.cast import Cast
from tests.overview.duties import HOME, STATE, agree, many, owe

SignIn = Callable[[User], Client]
URL = reverse("overview:my_page")
NOON = datetime(2026, 10, 1, 12, tzinfo=timezone.get_fixed_timezone(60))


@pytest.fixture(autouse=True)
def _in_autumn_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: date(2026, 10, 1))


def told(client: Client) -> list[str]:
    return [task.what for task in client.get(URL).context["mine"].tasks]


def test_overdue_stands_first_and_what_is_far_away_is_left_out(cast: Cast, sign_in: SignIn) -> None:
    agreement = agree(cast)
    owe(cast, agreement, "Planen", due_on=date(2026, 12, 1))
    owe(cast, agreement, "Rapporten", due_on=date(2026, 9, 1))
    owe(cast, agreement, "Evalueringen", due_on=date(2028, 9, 1))
    assert told(sign_in(cast.programme_leader)) == ["Rapporten", "Planen"]


def test_what_comes_every_month_is_one_task_about_its_first_time(cast: Cast, sign_in: SignIn) -> None:
    owe(cast, agree(cast), "Møtet", rhythm=Rhythm.MONTHLY, due_on=date(2026, 7, 15))
    (task,) = sign_in(cast.programme_leader).get(URL).context["mine"].tasks
    assert task.due_on == date(2026, 7, 15)
    assert task.detail.endswith("og 5 frister til")


def test_a_frequent_duty_hides_no_other(cast: Cast, sign_in: SignIn) -> None:
    agreement = agree(cast)
    owe(cast, agreement, "Ukentlig", rhythm=Rhythm.WEEKLY, due_on=date(2026, 1, 5))
    owe(cast, agreement, "Snart", due_on=date(2026, 10, 4))
    mine = sign_in(cast.programme_leader).get(URL).context["mine"]
    assert [task.what for task in mine.tasks] == ["Ukentlig", "Snart"]
    assert mine.left_out == 0


def test_a_point_of_a_decision_whose_body_nobody_knows_says_nothing_of_it(cast: Cast, sign_in: SignIn) -> None:
    decision = Decision.objects.create(programme=cast.programme, title="Vedtak", recorded_by=cast.secretary)
    FollowUpPoint.objects.create(decision=decision, text="Svar", due_on=date(2026, 10, 5))
    (task,) = sign_in(cast.programme_leader).get(URL).context["mine"].tasks
    assert task.detail == ""


def test_a_task_is_seen_by_those_whose_organisation_owes_it(cast: Cast, sign_in: SignIn) -> None:
    agreement = agree(cast)
    owe(cast, agreement, "Kommunens plan", due_on=date(2026, 9, 1), by=HOME)
    owe(cast, agreement, "Statens svar", due_on=date(2026, 9, 2), by=STATE)
    assert told(sign_in(cast.programme_leader)) == ["Kommunens plan", "Statens svar"]
    for who in (cast.coordinator, cast.municipal_director):
        assert "Kommunens plan" in told(sign_in(who))
    assert told(sign_in(cast.ministry_adviser)) == ["Statens svar"]
    assert told(sign_in(cast.evaluator)) == []


def test_an_end_that_draws_near_asks_those_who_lead_until_it_is_answered(cast: Cast, sign_in: SignIn) -> None:
    """A9."""
    agreement = agree(cast, years=4)
    (asked,) = told(sign_in(cast.programme_leader))
    assert "forleng" in asked.lower()
    assert told(sign_in(cast.ministry_adviser)) == []
    agreement_terms.review_end(
        agreement=agreement,
        values=EndReviewValues(choice=EndChoice.EXTEND, decided_on=date(2026, 9, 1), months_before=24),
        by=cast.programme_leader,
    )
    assert told(sign_in(cast.programme_leader)) == []


def test_a_point_of_a_decision_waits_for_those_who_can_answer_it(cast: Cast, sign_in: SignIn) -> None:
    decisions.record(
        programme=cast.programme,
        values=DecisionValues("Sak 12/26", cast.council, None, date(2026, 6, 1)),
        follow_up_points=[FollowUpPointValues("Se på belysningen", date(2026, 9, 1))],
        by=cast.secretary,
    )
    assert told(sign_in(cast.coordinator)) == ["Se på belysningen"]
    assert told(sign_in(cast.board_member)) == []


def test_my_page_says_what_others_have_done_since_my_last_visit(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)
    assert client.get(URL).context["since"] is None
    Visit.objects.update(before=NOON - timedelta(days=400), latest=NOON - timedelta(days=400))
    agree(cast)
    answer = client.get(URL)
    assert [str(change.label) for change in answer.context["changes"]] == ["Avtale"]
    assert "av andre" in answer.content.decode()
    assert sign_in(cast.outsider).get(URL).context["changes"] == []


def test_a_pause_begins_a_new_visit(cast: Cast) -> None:
    user = cast.coordinator
    assert visits.note(by=user, now=NOON) is None
    assert visits.note(by=user, now=NOON + timedelta(minutes=30)) is None
    back = visits.note(by=user, now=NOON + timedelta(days=1))
    assert back == NOON + timedelta(minutes=30)
    assert visits.note(by=user, now=NOON + timedelta(days=1, minutes=1)) == back


def test_my_page_asks_no_more_with_more_tasks(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.ministry_adviser)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(URL).status_code == 200
        return len(found)

    many(cast, agreements=2, times=30)
    cast.ministry_adviser.organisation = Organisation.objects.get(name="Part 0")
    cast.ministry_adviser.save()
    queries()
    few = queries()
    many(cast, agreements=10, times=30, start=2)
    assert queries() == few
