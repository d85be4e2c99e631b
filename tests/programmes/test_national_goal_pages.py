"""The state's goals: read by everyone with a seat, kept by operators."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from samloft.accounts.models import User
from samloft.core.errors import RuleBroken
from samloft.programmes.actions import national_goals
from samloft.programmes.actions.national_goals import NationalGoalValues
from samloft.programmes.models import NationalGoal
from tests.cast import Cast
from tests.programmes.filled import fill, queries_do_not_grow

SignIn = Callable[[User], Client]
LIST = reverse("programmes:national_goals")
NEW = reverse("programmes:national_goal_new")
FORM = {"year": "2026", "position": "1", "text": "Flere i arbeid", "source": "Prop. 1 S"}


def made(cast: Cast, number: int = 1) -> NationalGoal:
    return national_goals.add(
        values=NationalGoalValues(2026, number, f"Mål {number}", "Prop. 1 S"), by=cast.operator
    )


def test_everyone_with_a_seat_reads_them_and_others_do_not(cast: Cast, sign_in: SignIn) -> None:
    made(cast)
    for person in (cast.evaluator, cast.outsider, cast.operator):
        assert "Mål 1" in sign_in(person).get(LIST).content.decode()
    assert sign_in(cast.resident).get(LIST).status_code == 404


def test_the_operator_adds_changes_and_removes_them(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.operator)
    assert client.post(NEW, FORM).status_code == 302
    goal = NationalGoal.objects.get()
    edit = reverse("programmes:national_goal_edit", args=[goal.pk])
    assert client.post(edit, {**FORM, "text": "Enda flere", "version": "1"}).status_code == 302
    goal.refresh_from_db()
    assert goal.text == "Enda flere"
    client.post(reverse("programmes:national_goal_remove", args=[goal.pk]))
    assert not NationalGoal.objects.exists()


def test_for_programme_leaders_the_forms_do_not_exist(cast: Cast, sign_in: SignIn) -> None:
    goal = made(cast)
    client = sign_in(cast.programme_leader)
    for name in ("national_goal_edit", "national_goal_remove"):
        assert client.get(reverse(f"programmes:{name}", args=[goal.pk])).status_code == 404
    assert client.post(NEW, FORM).status_code == 404
    with pytest.raises(RuleBroken):
        national_goals.add(values=NationalGoalValues(2026, 9, "X", "Y"), by=cast.programme_leader)


def test_a_number_is_used_once_a_year(cast: Cast, sign_in: SignIn) -> None:
    made(cast)
    assert "already a goal number 1 for 2026" in sign_in(cast.operator).post(NEW, FORM).content.decode()


def test_one_that_goals_point_at_stays(cast: Cast) -> None:
    goal = made(cast)
    fill(cast).sub_goal.national_goals.add(goal)
    with pytest.raises(RuleBroken, match="point at this goal"):
        national_goals.remove(goal=goal, by=cast.operator)


def test_queries_do_not_grow(cast: Cast, sign_in: SignIn) -> None:
    queries_do_not_grow(sign_in(cast.operator), LIST, lambda number: made(cast, number + 1))
