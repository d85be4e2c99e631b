"""What measures add to the pages of the programme."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samloft.accounts.models import User
from samloft.plans.actions import follow_up_answers
from samloft.programmes.models import Agreement, Decision, FollowUpPoint
from tests.cast import Cast
from tests.plans.measure_factory import make_goal, make_measure

SignIn = Callable[[User], Client]


def make_point(cast: Cast, text: str, due_on: date | None = None) -> FollowUpPoint:
    decision = Decision.objects.create(
        programme=cast.programme, title="Innsatsområder", body=cast.council, recorded_by=cast.secretary
    )
    return FollowUpPoint.objects.create(decision=decision, text=text, due_on=due_on)


def page(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(f"programmes:{name}", args=["elvestad", *args])).content.decode()


def test_the_programmes_page_counts_measures_and_lists_unanswered_points(cast: Cast, sign_in: SignIn) -> None:
    answered, open_point = make_point(cast, "Bedre fritidstilbud"), make_point(cast, "Sak om skolebibliotek")
    follow_up_answers.answer(point=answered, measure=make_measure(cast), by=cast.coordinator)
    text = page(sign_in(cast.board_member), "programme")
    assert "Sak om skolebibliotek" in text and open_point.decision.title in text
    assert reverse("plans:measures", args=["elvestad"]) in text


def test_a_decision_shows_what_answers_its_points(cast: Cast, sign_in: SignIn) -> None:
    point = make_point(cast, "Bedre fritidstilbud")
    measure = make_measure(cast, "Åpen hall")
    follow_up_answers.answer(point=point, measure=measure, text="Hver fredag", by=cast.coordinator)
    text = page(sign_in(cast.board_member), "decision", point.decision_id)
    assert "Åpen hall" in text and "Hver fredag" in text
    assert measure.get_absolute_url() in text


def test_the_agreement_shows_what_its_decisions_ask_for(cast: Cast, sign_in: SignIn) -> None:
    point = make_point(cast, "Bedre fritidstilbud")
    agreement = Agreement.objects.create(programme=cast.programme, title="Avtalen")
    agreement.decisions.add(point.decision)
    follow_up_answers.answer(point=point, measure=make_measure(cast, "Åpen hall"), by=cast.coordinator)
    text = page(sign_in(cast.board_member), "agreement", agreement.pk)
    assert "Bedre fritidstilbud" in text and "Åpen hall" in text
    assert "Åpen hall" not in page(sign_in(cast.county_governor), "agreement", agreement.pk)


def test_the_page_of_points_shows_answers_and_what_is_overdue(cast: Cast, sign_in: SignIn) -> None:
    point = make_point(cast, "Bedre fritidstilbud")
    make_point(cast, "Sak om skolebibliotek", due_on=date(2025, 1, 1))
    follow_up_answers.answer(point=point, measure=make_measure(cast, "Åpen hall"), by=cast.coordinator)
    text = page(sign_in(cast.board_member), "follow_up")
    assert "Åpen hall" in text
    assert text.count('data-color="danger"') == 1


@pytest.mark.parametrize("name", ["programme", "decision", "follow_up", "goals"])
def test_someone_who_may_not_see_plans_sees_no_measures(cast: Cast, sign_in: SignIn, name: str) -> None:
    make_goal(cast)
    point = make_point(cast, "Bedre fritidstilbud")
    follow_up_answers.answer(point=point, measure=make_measure(cast, "Åpen hall"), by=cast.coordinator)
    text = page(sign_in(cast.county_governor), name, *([point.decision_id] if name == "decision" else []))
    assert "Åpen hall" not in text and "/measures/" not in text and "/coverage/" not in text


def test_the_page_of_goals_shows_coverage(cast: Cast, sign_in: SignIn) -> None:
    make_goal(cast)
    assert reverse("plans:goal_coverage", args=["elvestad"]) in page(sign_in(cast.board_member), "goals")


@pytest.mark.parametrize("name", ["programme", "follow_up", "goals"])
def test_the_queries_of_the_panels_do_not_grow(cast: Cast, sign_in: SignIn, name: str) -> None:
    client = sign_in(cast.programme_leader)
    counts = []
    for number in (2, 12):
        for one in range(number):
            make_goal(cast, f"Mål {number} {one}")
            point = make_point(cast, f"Punkt {number} {one}")
            make_point(cast, f"Åpent {number} {one}")
            measure = make_measure(cast, f"Tiltak {number} {one}")
            follow_up_answers.answer(point=point, measure=measure, by=cast.coordinator)
        page(client, name)
        with CaptureQueriesContext(connection) as queries:
            page(client, name)
        counts.append(len(queries))
    assert counts[0] == counts[1], [query["sql"] for query in queries.captured_queries]
