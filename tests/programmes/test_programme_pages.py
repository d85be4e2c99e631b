"""The programme's page, its edit form and its focus areas."""

from collections.abc import Callable
from datetime import date, timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samloft.accounts.models import User
from samloft.core.models import AuditRow
from samloft.programmes.models import FocusArea
from samloft.programmes.queries.programmes import (
    ENDED,
    NOT_STARTED,
    PERIOD_UNKNOWN,
    RUNNING,
    my_programmes,
    period_status,
)
from tests.cast import Cast
from tests.programmes.filled import fill, queries, queries_do_not_grow

SignIn = Callable[[User], Client]


def page(name: str, *args: object) -> str:
    return reverse(f"programmes:{name}", args=["elvestad", *args])


def test_the_page_shows_the_thread_and_says_unknown_where_nobody_has_recorded(cast: Cast, sign_in: SignIn) -> None:
    filled = fill(cast)
    text = sign_in(cast.evaluator).get(page("programme")).content.decode()
    assert "31.12.2028" in text
    assert str(filled.agreement) in text
    assert "Unknown" in text
    assert cast.programme_leader.name in text


def test_the_leader_is_warned_when_no_body_takes_a_step_of_the_plan(cast: Cast, sign_in: SignIn) -> None:
    cast.programme.decision_rights.filter(step="adopt_plan").delete()
    leader, evaluator = cast.programme_leader, cast.evaluator
    assert "Nobody decides" in sign_in(leader).get(page("programme")).content.decode()
    assert "Nobody decides" not in sign_in(evaluator).get(page("programme")).content.decode()


def test_nobody_is_asked_to_begin_something_in_a_programme_that_has_ended(cast: Cast, sign_in: SignIn) -> None:
    cast.programme.decision_rights.all().delete()
    today = timezone.localdate()
    (before,) = my_programmes(cast.programme_leader, today)
    assert before.next_step.label == "Record the agreement"
    cast.programme.ends_on = today - timedelta(days=1)
    cast.programme.save()
    (after,) = my_programmes(cast.programme_leader, today)
    assert after.next_step.label == "Open the programme"
    assert "Nobody decides" not in sign_in(cast.programme_leader).get(page("programme")).content.decode()


def test_the_period_tells_where_today_lies() -> None:
    start, end = date(2024, 1, 1), date(2028, 12, 31)
    assert period_status(start, end, date(2026, 1, 1)) is RUNNING
    assert period_status(start, None, date(2040, 1, 1)) is RUNNING
    assert period_status(start, end, date(2029, 1, 1)) is ENDED
    assert period_status(start, end, date(2023, 1, 1)) is NOT_STARTED
    assert period_status(None, end, date(2026, 1, 1)) is PERIOD_UNKNOWN


def test_the_leader_edits_the_programme_and_its_areas(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.programme_leader)
    form = {
        "name": "Områdeløft Elvestad 2",
        "basis": "council_strategy",
        "areas": "Sentrum\n\nNord",
        "version": "1",
    }
    assert client.post(page("programme_edit"), form).status_code == 302
    cast.programme.refresh_from_db()
    assert cast.programme.name == "Områdeløft Elvestad 2"
    assert [str(area) for area in cast.programme.areas.all()] == ["Nord", "Sentrum"]
    assert AuditRow.objects.get(action="programme.changed").data["fields"] == ["areas", "basis", "name"]


def test_two_who_save_at_once_see_both_texts_and_can_save_again(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.programme_leader)
    form = {"name": "Første navn", "basis": "agreement", "areas": "", "version": "1"}
    client.post(page("programme_edit"), form)
    answer = client.post(page("programme_edit"), {**form, "name": "Andre navn"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Første navn" in text
    assert "Andre navn" in text
    assert 'name="version" value="2"' in text
    assert client.post(page("programme_edit"), {**form, "name": "Andre navn", "version": "2"}).status_code == 302


def test_the_dates_are_checked_in_words(cast: Cast, sign_in: SignIn) -> None:
    form = {
        "name": "X",
        "basis": "agreement",
        "starts_on": "2026-01-01",
        "ends_on": "2025-01-01",
        "version": "1",
    }
    answer = sign_in(cast.programme_leader).post(page("programme_edit"), form)
    assert "ends before it starts" in answer.content.decode()


def test_focus_areas_are_added_renamed_moved_and_removed(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.programme_leader)
    client.post(page("focus_area_new"), {"name": "Kultur", "kind": "sub_programme"})
    made = FocusArea.objects.get(name="Kultur")
    client.post(page("focus_area_edit", made.pk), {"name": "Kunst", "kind": "focus_area", "version": "1"})
    client.post(page("focus_area_move", made.pk), {"direction": "up"})
    assert [area.name for area in cast.programme.focus_areas.all()] == [
        "Oppvekst og utdanning",
        "Arbeid",
        "Kunst",
        "Bo- og nærmiljø",
    ]
    client.post(page("focus_area_remove", made.pk))
    assert not FocusArea.objects.filter(pk=made.pk).exists()


def test_a_focus_area_in_use_is_not_removed_and_the_page_says_why(cast: Cast, sign_in: SignIn) -> None:
    filled = fill(cast)
    area = cast.focus_areas[0]
    filled.sub_goal.focus_area = area
    filled.sub_goal.save()
    answer = sign_in(cast.programme_leader).post(page("focus_area_remove", area.pk))
    assert "is in use" in answer.content.decode()
    assert FocusArea.objects.filter(pk=area.pk).exists()


def test_two_focus_areas_cannot_share_a_name(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.programme_leader).post(page("focus_area_new"), {"name": "arbeid", "kind": "focus_area"})
    assert "already one called" in answer.content.decode()


def test_without_focus_areas_the_page_offers_the_first_step(cast: Cast, sign_in: SignIn) -> None:
    cast.programme.focus_areas.all().delete()
    assert "Add the first" in sign_in(cast.programme_leader).get(page("focus_areas")).content.decode()
    assert "Add the first" not in sign_in(cast.evaluator).get(page("focus_areas")).content.decode()


def test_queries_do_not_grow_with_focus_areas(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.programme_leader)

    def add(number: int) -> None:
        FocusArea.objects.create(programme=cast.programme, name=f"Tema {number}", position=number)

    queries_do_not_grow(client, page("focus_areas"), add)
    assert queries(client, page("programme")) < 30
