"""Deadlines in a calendar program, at a private address that can be withdrawn (A5, L1)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from samloft.accounts.models import User
from samloft.core.errors import RuleBroken
from samloft.core.models import AuditRow
from samloft.overview.actions import calendar_feeds
from samloft.overview.models import CalendarFeed, NoticePreference
from samloft.programmes.actions import proofs
from samloft.programmes.actions.proofs import ProofValues
from samloft.programmes.models import FulfillingEvent, Programme, Seat
from tests.cast import Cast
from tests.overview.duties import agree, owe

SignIn = Callable[[User], Client]
URL = reverse("overview:calendars")


@pytest.fixture(autouse=True)
def _in_autumn_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: date(2026, 10, 1))


def make(user: User, programme: Programme | None = None) -> str:
    """The path of a new address."""
    made = calendar_feeds.make(label="Outlook", programme=programme, by=user)
    return reverse("overview:calendar_file", args=[made.token])


def events(client: Client, path: str) -> list:  # type: ignore[type-arg]
    answer = client.get(path)
    assert answer.status_code == 200
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


@pytest.fixture
def plan(cast: Cast):  # type: ignore[no-untyped-def]
    return owe(cast, agree(cast), "Sende handlingsplanen", due_on=date(2026, 12, 1), clause="punkt 5")


def test_a_deadline_is_an_event_of_a_whole_day_that_rings_at_the_days_set(
    cast: Cast, client: Client, plan: object
) -> None:
    (event,) = events(client, make(cast.evaluator))
    assert event["dtstart"].dt == date(2026, 12, 1)
    assert event["dtend"].dt == date(2026, 12, 2)
    assert event["summary"] == "Områdeløft Elvestad: Sende handlingsplanen"
    assert "Elvestad kommune" in event["description"]
    assert "punkt 5" in event["description"]
    assert str(event["url"]).startswith("http://testserver/programmes/elvestad/")
    rings = [alarm["trigger"].dt for alarm in event.walk("VALARM")]
    assert rings == [timedelta(hours=9) - timedelta(days=days) for days in (90, 30, 7)]


def test_an_event_keeps_its_name_and_follows_along_when_the_deadline_is_met(
    cast: Cast, client: Client, plan: object
) -> None:
    path = make(cast.programme_leader, cast.programme)
    (before,) = events(client, path)
    occurrence = cast.programme.agreements.get().obligations.get().occurrences.get()
    values = ProofValues(event=FulfillingEvent.ADOPTED, on=date(2026, 9, 20), text="Hemmelig notat")
    proofs.record(occurrence=occurrence, values=values, by=cast.programme_leader)
    (after,) = events(client, path)
    assert after["uid"] == before["uid"]
    assert "Oppfylt" in after["description"]
    assert not after.walk("VALARM")
    assert b"Hemmelig" not in client.get(path).content


def test_the_calendar_can_be_in_another_language(cast: Cast, client: Client, plan: object) -> None:
    NoticePreference.objects.create(user=cast.evaluator, language="en")
    (event,) = events(client, make(cast.evaluator))
    assert "Owed by:" in event["description"]


def test_only_the_hash_of_the_address_is_kept(cast: Cast, sign_in: SignIn, plan: object) -> None:
    client = sign_in(cast.coordinator)
    answer = client.post(URL, {"label": "Telefonen", "programme": cast.programme.pk})
    address = answer.context["address"]
    token = address.rpartition("/")[2].removesuffix(".ics")
    assert len(token) > 40
    assert token in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    feed = CalendarFeed.objects.get()
    assert token not in str(vars(feed))
    assert token not in client.get(URL).content.decode()
    assert AuditRow.objects.filter(action="calendar_feed.made").count() == 1
    assert client.get(address).status_code == 200


def test_a_withdrawn_address_and_an_unknown_one_do_not_exist(cast: Cast, sign_in: SignIn, plan: object) -> None:
    path = make(cast.coordinator)
    client = sign_in(cast.coordinator)
    feed = CalendarFeed.objects.get()
    assert client.post(reverse("overview:calendar_revoke", args=[feed.pk])).status_code == 302
    assert client.get(path).status_code == 404
    assert client.get(reverse("overview:calendar_file", args=["x" * 43])).status_code == 404
    assert AuditRow.objects.filter(action="calendar_feed.revoked").count() == 1
    calendar_feeds.revoke(feed=feed, now=timezone.now(), by=cast.coordinator)
    assert AuditRow.objects.filter(action="calendar_feed.revoked").count() == 1


def test_the_address_shows_what_its_owner_may_see_today(cast: Cast, client: Client, plan: object) -> None:
    """L1: rights are judged at each fetch."""
    path = make(cast.coordinator)
    assert len(events(client, path)) == 1
    Seat.objects.filter(user=cast.coordinator).update(ends_on=date(2026, 9, 30))
    assert client.get(path).status_code == 404
    other = make(cast.evaluator)
    User.objects.filter(pk=cast.evaluator.pk).update(is_active=False)
    assert client.get(other).status_code == 404


def test_nobody_gets_a_calendar_of_a_programme_that_they_do_not_see(
    cast: Cast, sign_in: SignIn, plan: object
) -> None:
    assert events(sign_in(cast.outsider), make(cast.outsider)) == []
    answer = sign_in(cast.outsider).post(URL, {"label": "x", "programme": cast.programme.pk})
    assert answer.context["form"].errors
    assert sign_in(cast.outsider).get(make(cast.outsider, cast.programme)).status_code == 404


def test_the_page_of_addresses_is_ones_own(cast: Cast, sign_in: SignIn, client: Client) -> None:
    assert client.get(URL).status_code == 302
    make(cast.coordinator)
    feed = CalendarFeed.objects.get()
    assert "Outlook" in sign_in(cast.coordinator).get(URL).content.decode()
    for who in (cast.programme_leader, cast.outsider):
        assert "Outlook<" not in sign_in(who).get(URL).content.decode()
        assert sign_in(who).post(reverse("overview:calendar_revoke", args=[feed.pk])).status_code == 404
    assert sign_in(cast.coordinator).get(reverse("overview:calendar_revoke", args=[feed.pk])).status_code == 405


def test_a_calendar_program_that_has_the_newest_is_told_so(cast: Cast, client: Client, plan: object) -> None:
    path = make(cast.evaluator)
    first = client.get(path)
    assert first["Content-Type"].startswith("text/calendar")
    assert "private" in first["Cache-Control"]
    assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert CalendarFeed.objects.get().last_used_on == date(2026, 10, 1)


def test_there_is_an_end_to_how_many_addresses_one_has(cast: Cast) -> None:
    for _number in range(calendar_feeds.AT_MOST):
        make(cast.coordinator)
    with pytest.raises(RuleBroken, match="20"):
        make(cast.coordinator)


def test_a_fetch_asks_no_more_with_more_deadlines(cast: Cast, client: Client) -> None:
    agreement = agree(cast)
    path = make(cast.evaluator)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(path).status_code == 200
        return len(found)

    owe(cast, agreement, "Første", due_on=date(2026, 12, 1))
    queries()
    few = queries()
    for number in range(10):
        owe(cast, agreement, f"Plan {number}", due_on=date(2026, 11, 1))
    assert queries() == few
