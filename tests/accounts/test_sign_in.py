"""Signing in, out, and what happens to those who guess."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from samloft.accounts.models import User
from tests.cast import PASSWORD
from tests.core.sound_html import faults

pytestmark = pytest.mark.django_db
EMAIL = "leder@example.no"


@pytest.fixture(autouse=True)
def fresh_counters() -> None:
    cache.clear()


@pytest.fixture
def leader() -> User:
    return User.objects.create_user(EMAIL, PASSWORD, name="Programleder")


def attempt(client: Client, password: str, *, to: str = "/account/login/") -> object:
    return client.post(to, {"login": EMAIL, "password": password}, HTTP_ACCEPT_LANGUAGE="nb")


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_right_password_signs_in_and_leads_back_to_where_one_was(client: Client, leader: User) -> None:
    answer = client.get("/account/")
    assert answer["Location"] == "/account/login/?next=/account/"
    page = client.get(answer["Location"]).content.decode()
    assert '<input type="hidden" name="next" value="/account/">' in page
    answer = client.post("/account/login/", {"login": EMAIL, "password": PASSWORD, "next": "/account/"})
    assert answer["Location"] == "/account/"
    assert is_in(client)


def test_nobody_is_led_to_another_site_after_signing_in(client: Client, leader: User) -> None:
    answer = client.post(
        "/account/login/", {"login": EMAIL, "password": PASSWORD, "next": "https://evil.example/"}
    )
    assert "evil" not in answer["Location"]


def test_a_wrong_password_keeps_the_address_and_tells_no_secret(client: Client, leader: User) -> None:
    known = attempt(client, "feil").content.decode()
    assert f'value="{EMAIL}"' in known
    assert 'class="ds-error-summary"' in known
    assert not is_in(client)
    unknown = client.post("/account/login/", {"login": "ukjent@example.no", "password": "feil"}).content.decode()
    summary = re.compile(r'<ul class="ds-list">.*?</ul>', re.S)
    assert summary.search(known)[0] == summary.search(unknown)[0]  # type: ignore[index]


def test_after_five_wrong_passwords_the_right_one_is_refused_for_a_while(client: Client, leader: User) -> None:
    for _ in range(5):
        attempt(client, "feil")
    page = attempt(client, PASSWORD)
    assert not is_in(client)
    assert page.status_code == 200
    assert "fem minutter" in page.content.decode()
    cache.clear()  # as when the five minutes have passed
    attempt(client, PASSWORD)
    assert is_in(client)


def test_the_block_counts_the_account_also_when_the_guesser_changes_place(leader: User) -> None:
    for number in range(5):
        Client(REMOTE_ADDR=f"10.0.0.{number}").post("/account/login/", {"login": EMAIL, "password": "feil"})
    other = Client(REMOTE_ADDR="10.0.0.99")
    other.post("/account/login/", {"login": EMAIL, "password": PASSWORD})
    assert not is_in(other)


def test_one_place_cannot_try_many_accounts(client: Client, leader: User) -> None:
    for number in range(10):
        client.post("/account/login/", {"login": f"en{number}@example.no", "password": "feil"})
    attempt(client, PASSWORD)
    assert not is_in(client)


def test_a_closed_account_cannot_sign_in(client: Client, leader: User) -> None:
    leader.is_active = False
    leader.save()
    attempt(client, PASSWORD)
    assert not is_in(client)


def test_a_session_ends_with_the_browser_and_within_a_working_day(client: Client, leader: User) -> None:
    answer = attempt(client, PASSWORD)
    assert answer.cookies["sessionid"]["max-age"] == ""
    assert answer.cookies["sessionid"]["httponly"]
    assert client.session.get_expiry_date() <= timezone.now() + timezone.timedelta(hours=12, minutes=1)


def test_signing_out_asks_first_and_ends_the_session(client: Client, leader: User) -> None:
    attempt(client, PASSWORD)
    assert client.get("/account/logout/").status_code == 200
    assert is_in(client)
    client.post("/account/logout/")
    assert not is_in(client)


def test_a_fragment_asked_for_after_the_session_ended_answers_401_in_words(client: Client) -> None:
    answer = client.get("/account/", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer["Content-Type"].startswith("text/plain")
    assert 20 < len(answer.content.decode()) < 300


@pytest.mark.parametrize("address", ["signup", "email", "reauthenticate", "confirm-email", "password/set"])
def test_pages_of_allauth_that_are_not_in_use_do_not_exist(client: Client, leader: User, address: str) -> None:
    client.force_login(leader)
    assert client.get(f"/account/{address}/").status_code == 404


def test_a_forgotten_password_is_replaced_through_the_link_in_the_mail_once(client: Client, leader: User) -> None:
    answer = client.post("/account/password/reset/", {"email": EMAIL}, follow=True)
    assert answer.status_code == 200
    link = re.search(r"https?://\S+", mail.outbox[0].body)[0]  # type: ignore[index]
    page = client.get(link, follow=True)
    address = page.request["PATH_INFO"]
    new = "fem grå sauer i fjellet"
    done = client.post(address, {"password1": new, "password2": new}, follow=True)
    assert done.status_code == 200
    leader.refresh_from_db()
    assert leader.check_password(new)
    assert "account/password/reset/" in Client().get(link, follow=True).content.decode()


def test_an_unknown_address_gets_no_mail_and_the_same_answer(client: Client, leader: User) -> None:
    known = client.post("/account/password/reset/", {"email": EMAIL})
    unknown = client.post("/account/password/reset/", {"email": "ukjent@example.no"})
    assert known["Location"] == unknown["Location"]
    assert [message.to for message in mail.outbox] == [[EMAIL]]


@pytest.mark.parametrize("weak", ["kort", "password1234", "leder@example.no"])
def test_a_weak_password_is_refused(client: Client, leader: User, weak: str) -> None:
    client.force_login(leader)
    given = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    assert client.post("/account/password/", given).status_code == 200
    leader.refresh_from_db()
    assert leader.check_password(PASSWORD)


def test_two_different_passwords_are_refused_at_the_second_field(client: Client, leader: User) -> None:
    client.force_login(leader)
    given = {"oldpassword": PASSWORD, "password1": "fem grå sauer", "password2": "seks grå sauer"}
    page = client.post("/account/password/", given).content.decode()
    assert 'id="id_password2_error"' in page
    assert page.count("ds-validation-message") == 1


def test_someone_changes_the_password_and_stays_signed_in(client: Client, leader: User) -> None:
    client.force_login(leader)
    new = "fem grå sauer i fjellet"
    answer = client.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer["Location"] == "/account/"
    leader.refresh_from_db()
    assert leader.check_password(new)
    assert is_in(client)


def test_asking_for_many_links_is_stopped_with_a_page_in_plain_words(client: Client, leader: User) -> None:
    answers = [client.post("/account/password/reset/", {"email": EMAIL}) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert faults(answers[-1].content.decode()) == []
    assert len(mail.outbox) == 5
