"""On my page: the plans on their way, and whom each waits for."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from samloft.accounts.models import User
from samloft.plans.models import ActionPlan
from samloft.plans.queries.plans import waiting_plans
from samloft.programmes import access
from samloft.programmes.access import Permission
from samloft.programmes.models import Basis, Programme, Role, Seat
from samloft.programmes.queries.waiting_documents import WaitingDocument
from tests.cast import Cast
from tests.plans import elvestad as making
from tests.programmes.filled import queries_do_not_grow

SignIn = Callable[[User], Client]
TODAY = date(2026, 6, 1)
HOME = reverse("overview:my_page")

pytestmark = pytest.mark.usefixtures("english")


def waiting(user: User) -> tuple[WaitingDocument, ...]:
    programmes = list(access.programmes(user, Permission.PROGRAMME_VIEW, today=TODAY))
    return waiting_plans(user, programmes, TODAY)


def test_a_draft_waits_for_those_who_write_it(cast: Cast) -> None:
    making.make(cast)
    (mine,), (theirs,) = waiting(cast.coordinator), waiting(cast.board_member)
    assert (mine.is_mine, theirs.is_mine) == (True, False)
    assert mine.url == mine.document.get_absolute_url()


def test_a_recommended_plan_waits_for_the_body_that_adopts(cast: Cast) -> None:
    plan = making.recommend(making.make(cast))
    (mine,), (theirs,) = waiting(cast.secretary), waiting(cast.programme_leader)
    assert mine.url == reverse("plans:plan_adopt", args=["elvestad", plan.year])
    assert (theirs.is_mine, theirs.holder) == (False, cast.council.name)


def test_an_adopted_plan_waits_for_its_dispatch(cast: Cast) -> None:
    making.adopt(making.make(cast))
    (mine,) = waiting(cast.programme_leader)
    assert mine.is_mine
    assert not waiting(cast.ministry_adviser)


def test_a_plan_that_is_sent_waits_only_for_those_who_answer_it(cast: Cast) -> None:
    elvestad = making.make(cast)
    making.dispatch(elvestad)
    assert not waiting(cast.programme_leader)
    (answer,) = waiting(cast.ministry_adviser)
    assert answer.url == elvestad.edition().get_absolute_url()


@pytest.mark.parametrize("who", ["ministry_adviser", "county_governor", "evaluator", "outsider", "resident"])
def test_a_draft_is_never_seen_by_those_outside(who: str, cast: Cast, sign_in: SignIn) -> None:
    making.make(cast)
    person = getattr(cast, who)
    assert not waiting(person)
    assert "Documents on their way" not in sign_in(person).get(HOME).content.decode()


def test_my_page_shows_what_waits_for_me(cast: Cast, sign_in: SignIn) -> None:
    making.recommend(making.make(cast))
    text = sign_in(cast.secretary).get(HOME).content.decode()
    assert "Waits for you" in text
    assert "Waits for you" not in sign_in(cast.programme_leader).get(HOME).content.decode()


def test_queries_do_not_grow_with_programmes_and_plans(cast: Cast, sign_in: SignIn) -> None:
    def add(number: int) -> None:
        programme = Programme.objects.create(
            slug=f"p{number}",
            name=f"Program {number}",
            municipality=cast.programme.municipality,
            basis=Basis.AGREEMENT,
        )
        Seat.objects.create(programme=programme, user=cast.coordinator, role=Role.PROGRAMME_LEADER)
        ActionPlan.objects.create(programme=programme, year=2026)

    queries_do_not_grow(sign_in(cast.coordinator), HOME, add)
