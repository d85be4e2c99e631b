"""The chooser of roles exists in the demo only, and for its made-up people only."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from samloft.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def made_up() -> User:
    return User.objects.create_user("rolle@demo.no", None, name="Programleder", is_demo=True)


def test_the_start_page_of_the_demo_lets_one_choose_a_role(client: Client, made_up: User) -> None:
    assert f'value="{made_up.pk}"' in client.get("/").content.decode()
    answer = client.post("/demo/enter/", {"user": made_up.pk})
    assert answer["Location"] == "/"
    assert client.session["_auth_user_id"] == str(made_up.pk)


def test_outside_the_demo_there_are_no_roles_to_choose(client: Client, made_up: User, settings: Settings) -> None:
    settings.DEMO = False
    assert "Programleder" not in client.get("/").content.decode()
    assert client.post("/demo/enter/", {"user": made_up.pk}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_real_person_cannot_be_entered(client: Client) -> None:
    real = User.objects.create_user("ekte@kommune.no", "x" * 20, name="Ekte")
    assert client.post("/demo/enter/", {"user": real.pk}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("user", ["", "abc", "-1", "0"])
def test_nonsense_is_not_found(client: Client, user: str) -> None:
    assert client.post("/demo/enter/", {"user": user}).status_code == 404


def test_entering_takes_a_post(client: Client, made_up: User) -> None:
    assert client.get("/demo/enter/", {"user": made_up.pk}).status_code == 405


def test_the_people_of_the_demo_have_no_password_to_change(client: Client, made_up: User) -> None:
    client.force_login(made_up)
    assert client.get("/account/").status_code == 200
    assert client.get("/account/password/").status_code == 404


def test_the_start_page_does_not_ask_more_for_more_roles(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (2, 12):
        User.objects.all().delete()
        for number in range(count):
            User.objects.create_user(f"r{number}@demo.no", None, name=f"Rolle {number}", is_demo=True)
        with django_assert_num_queries(1):
            client.get("/")
