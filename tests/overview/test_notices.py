"""Reminders by e-mail: the right people, on the right days, once (A5, L13)."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samloft.accounts.models import User
from samloft.config.cli.frame import main
from samloft.core.models import AuditRow
from samloft.overview.actions import notices
from samloft.overview.actions.notices import Letter
from samloft.overview.models import Notice, NoticePreference, NoticeTime
from samloft.programmes.actions import proofs
from samloft.programmes.actions.proofs import ProofValues
from samloft.programmes.models import Agreement, FulfillingEvent, Seat
from tests.cast import Cast
from tests.overview.duties import HOME, STATE, agree, many, owe

SignIn = Callable[[User], Client]
URL = reverse("overview:notices")
DUE = date(2026, 12, 1)


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return agree(cast)


def run(on: str) -> list[str]:
    """Who got mail that day."""
    mail.outbox.clear()
    assert main(["send-notices", "--on", on]) == 0
    return sorted(letter.to[0].removesuffix("@example.no") for letter in mail.outbox)


MUNICIPAL = ["direktor", "koordinator", "leder", "sekretar", "styremedlem"]


def test_those_who_owe_it_and_those_who_lead_are_reminded(cast: Cast, agreement: Agreement) -> None:
    owe(cast, agreement, "Planen", due_on=DUE, by=HOME)
    assert run("2026-11-24") == MUNICIPAL
    assert run("2026-11-24") == []


def test_the_state_is_reminded_of_what_it_owes_and_no_outsider_of_anything(
    cast: Cast, agreement: Agreement
) -> None:
    owe(cast, agreement, "Svaret", due_on=DUE, by=STATE)
    assert run("2026-11-24") == ["departement", "leder"]


def test_nobody_without_a_seat_gets_mail(cast: Cast, agreement: Agreement) -> None:
    owe(cast, agreement, "Planen", due_on=DUE)
    Seat.objects.filter(user=cast.coordinator).update(ends_on=date(2026, 11, 1))
    User.objects.filter(pk=cast.secretary.pk).update(is_active=False)
    assert run("2026-11-24") == ["direktor", "leder", "styremedlem"]


def test_it_is_said_on_each_day_set_and_once_when_overdue(cast: Cast, agreement: Agreement) -> None:
    owe(cast, agreement, "Svaret", due_on=DUE, by=STATE)
    days = [
        "2026-08-01",
        "2026-09-02",
        "2026-09-03",
        "2026-11-01",
        "2026-11-24",
        "2026-12-01",
        "2026-12-02",
        "2026-12-03",
    ]
    assert [day for day in days if run(day)] == ["2026-09-02", "2026-11-01", "2026-11-24", "2026-12-02"]


def test_a_day_without_a_run_loses_no_reminder(cast: Cast, agreement: Agreement) -> None:
    owe(cast, agreement, "Svaret", due_on=DUE, by=STATE)
    assert run("2026-11-27") == ["departement", "leder"]
    assert set(Notice.objects.values_list("days_before", flat=True)) == {7}


def test_old_history_reminds_nobody(cast: Cast, agreement: Agreement) -> None:
    owe(cast, agreement, "Planen", due_on=date(2024, 12, 31))
    assert run("2026-11-24") == []


def test_what_is_done_reminds_nobody(cast: Cast, agreement: Agreement) -> None:
    duty = owe(cast, agreement, "Planen", due_on=DUE, fulfilling_event=FulfillingEvent.ADOPTED)
    values = ProofValues(event=FulfillingEvent.ADOPTED, on=date(2025, 11, 1), text="Protokoll")
    proofs.record(occurrence=duty.occurrences.get(), values=values, by=cast.programme_leader)
    assert run("2026-11-24") == []


def test_one_letter_a_day_or_one_for_each_or_none(cast: Cast, agreement: Agreement) -> None:
    for text in ("Planen", "Rapporten"):
        owe(cast, agreement, text, due_on=DUE, by=STATE)
    notices.choose(when=NoticeTime.AT_ONCE, language="nb", by=cast.ministry_adviser)
    notices.choose(when=NoticeTime.NONE, language="nb", by=cast.programme_leader)
    assert run("2026-11-24") == ["departement", "departement"]
    notices.choose(when=NoticeTime.DAILY, language="nn", by=cast.ministry_adviser)
    assert run("2026-12-02") == ["departement"]
    (letter,) = mail.outbox
    assert letter.subject == "2 fristar å passe på"


def test_the_letter_says_what_who_when_and_where(cast: Cast, agreement: Agreement) -> None:
    owe(cast, agreement, "Sende <svaret>", due_on=DUE, by=STATE)
    run("2026-11-24")
    letter = mail.outbox[0]
    assert letter.subject == "Frist 01.12.2026: Områdeløft Elvestad"
    for part in ("Sende <svaret>", "1. desember 2026", STATE, "http://localhost:8000/programmes/elvestad/", URL):
        assert part in letter.body
    assert not letter.alternatives  # type: ignore[attr-defined]
    run("2026-12-02")
    assert "1 dag" in mail.outbox[0].body


def test_a_letter_that_could_not_be_sent_is_sent_the_next_time(
    cast: Cast, agreement: Agreement, monkeypatch: pytest.MonkeyPatch
) -> None:
    owe(cast, agreement, "Planen", due_on=DUE, by=STATE)
    (letter, *_others) = notices.prepare(on=date(2026, 11, 24))

    def refuse(*_args: object) -> None:
        raise OSError("the mail server does not answer")

    with monkeypatch.context() as broken:
        broken.setattr("samloft.overview.actions.notices.send_mail", refuse)
        with pytest.raises(OSError, match="mail server"):
            notices.send(letter=letter, today=date(2026, 11, 24), now=timezone.now())
    assert not Notice.objects.filter(sent_at__isnull=False).exists()
    assert run("2026-11-25") == ["departement", "leder"]


def test_what_was_done_meanwhile_or_is_no_longer_ones_own_is_not_mailed(cast: Cast, agreement: Agreement) -> None:
    owe(cast, agreement, "Planen", due_on=DUE, by=STATE)
    letters = {letter.user: letter for letter in notices.prepare(on=date(2026, 11, 24))}
    Seat.objects.filter(user=cast.ministry_adviser).delete()
    letter = letters[cast.ministry_adviser.pk]
    assert notices.send(letter=letter, today=date(2026, 11, 24), now=timezone.now()) is False
    assert notices.send(letter=Letter(cast.outsider.pk, letter.notices), today=DUE, now=timezone.now()) is False
    assert not mail.outbox


def test_preparing_asks_no_more_with_more_deadlines(cast: Cast) -> None:
    def queries() -> int:
        Notice.objects.all().delete()
        with CaptureQueriesContext(connection) as found:
            notices.prepare(on=date(2026, 1, 25))
        return len(found)

    many(cast, agreements=2, times=30, reader="evaluator")
    few = queries()
    many(cast, agreements=10, times=30, reader="evaluator", start=2)
    assert queries() == few


def test_the_command_says_how_many(cast: Cast, agreement: Agreement, capsys: pytest.CaptureFixture[str]) -> None:
    owe(cast, agreement, "Svaret", due_on=DUE, by=STATE)
    assert main(["send-notices", "--on", "2026-11-24", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"letters": 2}
    assert main(["send-notices", "--on", "i morgen"]) == 64


def test_everyone_chooses_for_themselves(cast: Cast, sign_in: SignIn, client: Client) -> None:
    """L13."""
    assert client.get(URL).status_code == 302
    client = sign_in(cast.resident)
    assert client.get(URL).status_code == 200
    assert client.post(URL, {"when": "sometimes", "language": "nb"}).status_code == 200
    assert client.post(URL, {"when": "at_once", "language": "nn"}).status_code == 302
    chosen = NoticePreference.objects.get()
    assert (chosen.user, chosen.when, chosen.language) == (cast.resident, "at_once", "nn")
    assert AuditRow.objects.filter(action="notice_preference.chosen").count() == 1
    assert URL in client.get(reverse("my_account")).content.decode()
