"""The pages of obligations, of what shows that they were met, and of the agreement's end (A1–A6, A8, A9)."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from samloft.accounts.models import Organisation, OrganisationKind, User
from samloft.core.errors import RuleBroken
from samloft.core.models import AuditRow
from samloft.programmes.actions import agreement_parties, agreement_terms, obligations, proofs, related_agreements
from samloft.programmes.actions.agreement_parties import PartyValues
from samloft.programmes.actions.agreement_terms import ExtensionValues
from samloft.programmes.actions.obligations import ObligationValues, OwedBy
from samloft.programmes.actions.proofs import ProofValues
from samloft.programmes.actions.related_agreements import RelatedAgreementValues
from samloft.programmes.models import (
    Agreement,
    AgreementParty,
    Decision,
    Edition,
    EditionKind,
    FulfillingEvent,
    Obligation,
    ObligationKind,
    Occurrence,
    Proof,
    ProofKind,
    RelatedAgreementKind,
    Rhythm,
)
from samloft.programmes.queries.agreement_timeline import timeline
from samloft.programmes.queries.obligation_details import obligation_detail
from samloft.programmes.queries.obligation_words import how_often, period
from samloft.programmes.queries.obligations import obligation_rows
from samloft.programmes.queries.obligations_by_party import Chosen, alone, cards, chosen, counts, together
from tests.cast import Cast
from tests.programmes.filled import fill, pdf, queries_do_not_grow
from tests.programmes.test_obligations import happen, make_agreement, owe

SignIn = Callable[[User], Client]


def page(name: str, *args: object) -> str:
    return reverse(f"programmes:{name}", args=["elvestad", *args])


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    """Between the state and the municipality; it runs from two years ago to two years ahead."""
    return make_agreement(cast, first_year=timezone.localdate().year - 2)


def state(agreement: Agreement) -> AgreementParty:
    return agreement.parties.get(organisation__name="Prøvedepartementet")


def edition(cast: Cast, **more: object) -> Edition:
    decision = Decision.objects.create(
        programme=cast.programme,
        body=cast.council,
        title="Vedtatt",
        decided_on=date(2025, 2, 11),
        recorded_by=cast.secretary,
    )
    values = {
        "programme": cast.programme,
        "kind": EditionKind.PROGRAMME_DESCRIPTION,
        "period": 2025,
        "number": 1,
        "language_form": "nb",
        "title": "Programbeskrivelse 2025",
        "decision": decision,
        "blocks": [],
        "sha256": "0" * 64,
        "made_by": cast.secretary,
    }
    return Edition.objects.create(**{**values, **more})


# When it is owed, in words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"rhythm": Rhythm.YEARLY, "due_on": date(2025, 2, 1)}, "hvert år innen 1. februar"),
        ({"rhythm": Rhythm.TIMES_A_YEAR, "max_times": 6}, "høyst seks ganger i året"),
        ({"rhythm": Rhythm.TIMES_A_YEAR, "max_times": 1, "min_times": 1}, "én gang i året"),
        ({"rhythm": Rhythm.TIMES_A_YEAR, "min_times": 2}, "minst to ganger i året"),
        ({"rhythm": Rhythm.TIMES_A_YEAR, "min_times": 2, "max_times": 15}, "to til 15 ganger i året"),
        ({"rhythm": Rhythm.ONCE, "due_on": date(2024, 12, 31)}, "én gang, innen 31. desember 2024"),
        ({"rhythm": Rhythm.ONCE}, "én gang, men ingen har registrert når"),
        ({"rhythm": Rhythm.WEEKLY, "due_on": date(2025, 1, 6)}, "hver uke innen mandag"),
        ({"rhythm": Rhythm.MONTHLY, "due_on": date(2025, 1, 31)}, "hver måned innen siste dag i måneden"),
        ({"rhythm": Rhythm.EVERY_SECOND_MONTH}, "annenhver måned"),
        ({"rhythm": Rhythm.CONTINUOUS}, "hele tiden, med gjennomgang én gang i året"),
    ],
)
def test_how_often_reads_as_people_say_it(values: dict[str, object], words: str) -> None:
    with translation.override("nb"):
        assert how_often(Obligation(**values)) == words


@pytest.mark.parametrize(
    ("key", "first", "last", "words"),
    [
        ("once", date(2024, 1, 1), date(2028, 12, 31), "Én gang"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026"),
        ("2026-03", date(2026, 3, 1), date(2026, 3, 31), "mars 2026"),
        ("2026-03", date(2026, 3, 1), date(2026, 4, 30), "mars–april 2026"),
        ("2026-W05", date(2026, 1, 26), date(2026, 2, 1), "uke 5, 2026"),
    ],
)
def test_a_period_has_a_name(key: str, first: date, last: date, words: str) -> None:
    with translation.override("nb"):
        assert period(Occurrence(key=key, starts_on=first, ends_on=last)) == words


# The agreement page


def test_each_partys_duties_stand_beside_the_others_and_common_ones_first(
    cast: Cast, agreement: Agreement
) -> None:
    owe(cast, agreement, text="Kommunens")
    owe(cast, agreement, text="Statens", owed_by=[OwedBy(state(agreement))])
    owe(cast, agreement, text="Felles", owed_by=[OwedBy(row) for row in agreement.parties.all()])
    found = cards(
        obligation_rows(agreement, timezone.localdate()), Edition.objects.all(), timezone.localdate(), set()
    )
    assert [card.row.obligation.text for card in together(found).cards] == ["Felles"]
    assert [
        [card.row.obligation.text for card in side.cards] for side in alone(found, agreement.parties.all())
    ] == [
        ["Statens"],
        ["Kommunens"],
    ]


def test_of_six_parties_only_those_who_owe_something_alone_have_a_side(cast: Cast, agreement: Agreement) -> None:
    """A6: six parties side by side would be four empty columns."""
    for number in range(4):
        organisation = Organisation.objects.create(name=f"Part {number}", kind=OrganisationKind.OTHER)
        agreement_parties.add(agreement=agreement, values=PartyValues(organisation), by=cast.programme_leader)
    owe(cast, agreement)
    found = cards(
        obligation_rows(agreement, timezone.localdate()), Edition.objects.all(), timezone.localdate(), set()
    )
    assert [str(side.party) for side in alone(found, agreement.parties.all())] == ["Elvestad kommune"]


def test_the_page_says_how_each_stands_and_what_to_do(cast: Cast, agreement: Agreement, sign_in: SignIn) -> None:
    past = timezone.localdate() - timedelta(days=10)
    late = owe(cast, agreement, due_on=past, text="Sende rapport", kind=ObligationKind.REPORT)
    shown = sign_in(cast.programme_leader).get(page("agreement", agreement.pk)).content.decode()
    assert "10 days overdue" in shown
    assert page("proof_new", late.occurrences.get().pk) in shown
    shown = sign_in(cast.evaluator).get(page("agreement", agreement.pk)).content.decode()
    assert "Sende rapport" in shown
    assert page("proof_new", late.occurrences.get().pk) not in shown


def test_the_filter_shows_one_party_or_one_state_and_nonsense_counts_as_none(
    cast: Cast, agreement: Agreement, sign_in: SignIn
) -> None:
    today = timezone.localdate()
    owe(cast, agreement, due_on=today - timedelta(days=1), text="Forsinket")
    owe(cast, agreement, text="Statens", owed_by=[OwedBy(state(agreement))])
    rows = obligation_rows(agreement, today)
    assert [row.obligation.text for row in chosen(rows, Chosen(state(agreement), ""))] == ["Statens"]
    assert {(count.standing, count.number) for count in counts(rows)} == {("overdue", 1), ("unknown", 1)}
    client = sign_in(cast.programme_leader)
    url = page("agreement", agreement.pk)
    for query, expected in (("standing=overdue", 1), ("party=x&standing=y", 2), ("standing=fulfilled", 0)):
        answer = client.get(f"{url}?{query}")
        assert len(answer.context["picked"]) == expected


def test_reservations_are_shown_and_never_due(cast: Cast, agreement: Agreement, sign_in: SignIn) -> None:
    """A8"""
    client = sign_in(cast.programme_leader)
    client.post(page("reservation_new", agreement.pk), {"text": "Ansvaret ligger fast", "clause": "Punkt 2"})
    made = agreement.reservations.get()
    assert "Ansvaret ligger fast" in client.get(page("agreement", agreement.pk)).content.decode()
    client.post(page("reservation_edit", made.pk), {"text": "Nytt", "version": "1"})
    stale = client.post(page("reservation_edit", made.pk), {"text": "Gammelt", "version": "1"}).content.decode()
    assert "Saved by someone else: Nytt" in stale
    client.post(page("reservation_remove", made.pk))
    assert not agreement.reservations.exists()


def test_all_obligations_go_to_a_spreadsheet_time_by_time(
    cast: Cast, agreement: Agreement, sign_in: SignIn
) -> None:
    duty = owe(cast, agreement, Rhythm.YEARLY, due_on=date(agreement.first_year, 2, 1))
    happen(cast, duty.occurrences.get(key=str(agreement.first_year)), date(agreement.first_year, 2, 11))
    answer = sign_in(cast.evaluator).get(page("obligations_file", agreement.pk, "csv"))
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 1 + 5
    assert rows[1][5:11] == [
        str(agreement.first_year),
        f"{agreement.first_year}-02-01",
        f"{agreement.first_year}-02-11",
        "adopted",
        "Fulfilled late",
        "10",
    ]
    assert sign_in(cast.evaluator).get(page("obligations_file", agreement.pk, "xlsx")).status_code == 200
    assert sign_in(cast.evaluator).get(page("obligations_file", agreement.pk, "doc")).status_code == 404


def test_the_spreadsheet_holds_what_the_filter_shows(cast: Cast, agreement: Agreement, sign_in: SignIn) -> None:
    owe(cast, agreement, text="Kommunens")
    owe(cast, agreement, text="Statens", owed_by=[OwedBy(state(agreement))])
    url = page("obligations_file", agreement.pk, "csv")
    held = sign_in(cast.evaluator).get(url, {"party": state(agreement).pk}).getvalue().decode("utf-8-sig")
    assert "Statens" in held
    assert "Kommunens" not in held


def test_an_agreement_without_a_known_period_says_why_there_are_no_dates(
    cast: Cast, agreement: Agreement, sign_in: SignIn
) -> None:
    Agreement.objects.filter(pk=agreement.pk).update(
        first_year=None, duration_years=None, valid_to=None, signed_on=None
    )
    agreement.refresh_from_db()
    duty = owe(cast, agreement, Rhythm.YEARLY)
    client = sign_in(cast.programme_leader)
    assert "period is unknown" in client.get(page("agreement", agreement.pk)).content.decode()
    assert "No dates yet" in client.get(page("obligation", duty.pk)).content.decode()
    assert client.get(page("obligations_file", agreement.pk, "csv")).status_code == 200


def test_the_programme_page_counts_what_is_overdue_and_soon_and_lists_it_among_the_next_deadlines(
    cast: Cast, agreement: Agreement, sign_in: SignIn
) -> None:
    today = timezone.localdate()
    owe(cast, agreement, due_on=today - timedelta(days=10), text="Forsinket")
    owe(cast, agreement, due_on=today, text="I dag")
    owe(cast, agreement, due_on=today + timedelta(days=90), text="Snart")
    owe(cast, agreement, due_on=today + timedelta(days=91), text="Senere")
    done = owe(cast, agreement, due_on=today - timedelta(days=300), text="Gjort")
    happen(cast, done.occurrences.get(), today - timedelta(days=290))
    client = sign_in(cast.evaluator)
    shown = client.get(cast.programme.get_absolute_url())
    overview = shown.context["overview"]
    counts_of = overview.obligations
    assert (counts_of.obligations, counts_of.overdue, counts_of.soon) == (5, 1, 2)
    assert [(row.text, row.is_overdue) for row in overview.deadlines] == [
        ("Forsinket", True),
        ("I dag", False),
        ("Snart", False),
        ("Senere", False),
    ]
    assert "1 overdue, 2 due within 90 days" in shown.content.decode()
    queries_do_not_grow(
        client,
        cast.programme.get_absolute_url(),
        lambda number: owe(cast, agreement, due_on=today, text=str(number)),
    )


def test_a_programme_without_agreement_owes_nothing(cast: Cast, sign_in: SignIn) -> None:
    shown = sign_in(cast.evaluator).get(cast.programme.get_absolute_url())
    assert "The agreement asks for nothing by a date ahead" in shown.content.decode()


# Entering obligations


def form(agreement: Agreement, **more: object) -> dict[str, object]:
    owing = [agreement.parties.get(organisation__name="Elvestad kommune").pk]
    values = {"text": "Årlig rapport", "kind": "report", "rhythm": "yearly", "reminder_days": "90, 30, 7"}
    return {**values, "owed_by": owing, **more}


def test_the_leader_enters_a_duty_with_parts_that_differ(
    cast: Cast, agreement: Agreement, sign_in: SignIn
) -> None:
    """A3, A6: at most six times a year, at most two of them for one of the parties."""
    both, one = list(agreement.parties.all()), state(agreement)
    values = form(agreement, rhythm="times_a_year", max_times="6", owed_by=[row.pk for row in both])
    values |= {f"share_{one.pk}": "kaller inn", f"cap_{one.pk}": "2", "reminder_days": "14; 3"}
    answer = sign_in(cast.programme_leader).post(page("obligation_new", agreement.pk), values)
    assert answer["Location"].startswith(agreement.get_absolute_url())
    made = agreement.obligations.get()
    assert {(row.share, row.max_times) for row in made.owed_by.all()} == {("kaller inn", 2), ("", None)}
    assert made.reminders == (14, 3)
    shown = sign_in(cast.evaluator).get(page("agreement", agreement.pk)).content.decode()
    assert "At most six times a year" in shown
    assert "at most 2 times a year" in shown


def test_usual_reminders_stay_the_usual_ones_and_none_are_possible(
    cast: Cast, agreement: Agreement, sign_in: SignIn
) -> None:
    client = sign_in(cast.programme_leader)
    client.post(page("obligation_new", agreement.pk), form(agreement))
    made = agreement.obligations.get()
    assert made.reminder_days is None
    client.post(page("obligation_edit", made.pk), form(agreement, reminder_days="", version="1"))
    made.refresh_from_db()
    assert made.reminders == ()
    wrong = client.post(page("obligation_edit", made.pk), form(agreement, reminder_days="snart", version="2"))
    assert "Write days as numbers" in wrong.content.decode()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"owed_by": []}, "Choose from the list"),
        ({"rhythm": "times_a_year"}, "Say how many times a year"),
        ({"max_times": "2"}, "only for what is done a number of times a year"),
        ({"starts_on": "2026-01-01", "ends_on": "2025-01-01"}, "ends before it begins"),
    ],
)
def test_what_cannot_be_is_refused_with_words(
    values: dict[str, object], words: str, cast: Cast, agreement: Agreement, sign_in: SignIn
) -> None:
    answer = sign_in(cast.programme_leader).post(page("obligation_new", agreement.pk), form(agreement, **values))
    assert words in answer.content.decode()
    assert not agreement.obligations.exists()


def test_a_party_to_another_agreement_cannot_be_chosen(cast: Cast, agreement: Agreement, sign_in: SignIn) -> None:
    foreign = make_agreement(cast, first_year=2001, years=2)
    values = form(agreement, owed_by=[foreign.parties.all()[0].pk])
    sign_in(cast.programme_leader).post(page("obligation_new", agreement.pk), values)
    assert not agreement.obligations.exists()


def test_a_stale_save_is_refused_and_shows_both_texts(cast: Cast, agreement: Agreement, sign_in: SignIn) -> None:
    duty = owe(cast, agreement, text="Først")
    client = sign_in(cast.programme_leader)
    url = page("obligation_edit", duty.pk)
    client.post(url, form(agreement, text="Den andres", version="1"))
    refused = client.post(url, form(agreement, text="Min", kind="meeting", version="1")).content.decode()
    assert "Saved by someone else: Den andres" in refused
    assert "Saved by someone else: Report" in refused
    assert "Min" in refused
    duty.refresh_from_db()
    assert duty.text == "Den andres"


def test_a_stale_save_of_who_owes_it_is_refused_too(cast: Cast, agreement: Agreement, sign_in: SignIn) -> None:
    client = sign_in(cast.programme_leader)
    client.post(page("obligation_new", agreement.pk), form(agreement))
    url = page("obligation_edit", agreement.obligations.get().pk)
    client.post(url, form(agreement, owed_by=[state(agreement).pk], version="1"))
    everyone = [row.pk for row in agreement.parties.all()]
    refused = client.post(url, form(agreement, owed_by=everyone, version="1")).content.decode()
    assert "Saved by someone else: Prøvedepartementet" in refused
    assert [str(row) for row in agreement.obligations.get().owed_by.all()] == ["Prøvedepartementet"]


def test_an_obligation_goes_when_nothing_is_recorded_about_it_and_stays_as_history_otherwise(
    cast: Cast, agreement: Agreement, sign_in: SignIn
) -> None:
    duty, other = owe(cast, agreement), owe(cast, agreement)
    happen(cast, duty.occurrences.get(), date(2025, 2, 11))
    client = sign_in(cast.programme_leader)
    refused = client.post(page("obligation_remove", duty.pk))
    assert "stays as history" in refused.content.decode()
    assert client.post(page("obligation_remove", other.pk))["Location"] == agreement.get_absolute_url()
    assert list(agreement.obligations.all()) == [duty]


# What shows that it was done


def test_a_document_shows_the_date_of_every_event_and_unknown_where_nobody_knows(
    cast: Cast, sign_in: SignIn
) -> None:
    """S0, S1: due 31.12.2024, adopted 11.02.2025; finished: unknown."""
    filled = fill(cast)
    shown = sign_in(cast.evaluator).get(page("obligation", filled.obligation.pk)).content.decode()
    assert "42 days late" in shown
    assert "11.02.2025" in shown
    events = obligation_detail(filled.obligation, date(2026, 1, 1), editions=Edition.objects.all()).now[0].events
    assert [(str(event.event), len(event.proofs)) for event in events] == [
        ("finished", 0),
        ("adopted", 1),
        ("put_before", 0),
        ("approved", 0),
    ]


def test_times_that_lie_ahead_stand_apart_and_the_latest_stands_first(cast: Cast, agreement: Agreement) -> None:
    duty = owe(cast, agreement, Rhythm.YEARLY)
    year = timezone.localdate().year
    found = obligation_detail(duty, timezone.localdate(), editions=Edition.objects.all())
    assert [time.period for time in found.now] == [str(year), str(year - 1), str(year - 2)]
    assert [time.period for time in found.ahead] == [str(year + 1), str(year + 2)]


@pytest.mark.parametrize(
    ("shown_by", "kind"),
    [
        ({"text": "Møtereferat", "is_meeting": "on"}, ProofKind.MEETING),
        ({"text": "Brev av 11. februar"}, ProofKind.NOTE),
        ({"upload": True}, ProofKind.FILE),
        ({"decision": True}, ProofKind.DECISION),
        ({"edition": True}, ProofKind.EDITION),
    ],
)
def test_the_coordinator_records_what_happened_and_what_shows_it(
    shown_by: dict[str, object], kind: ProofKind, cast: Cast, agreement: Agreement, sign_in: SignIn
) -> None:
    time = owe(cast, agreement, fulfilling_event=FulfillingEvent.ADOPTED).occurrences.get()
    issued = edition(cast)
    known = {"upload": pdf(), "decision": issued.decision.pk, "edition": issued.pk}
    values = {name: known.get(name, value) for name, value in shown_by.items()}
    answer = sign_in(cast.coordinator).post(
        page("proof_new", time.pk), {"event": "adopted", "on": "2025-02-11", **values}
    )
    assert answer.status_code == 302
    assert Proof.objects.get().kind == kind
    assert AuditRow.objects.filter(action="proof.recorded").exists()
    assert sign_in(cast.evaluator).get(page("obligation", time.obligation_id)).status_code == 200


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"on": "2025-02-11"}, "Say in a few words"),
        ({"on": "2099-02-11", "text": "x"}, "lies in the future"),
        ({"text": "x"}, "Choose a date"),
    ],
)
def test_proof_that_shows_nothing_is_refused(
    values: dict[str, str], words: str, cast: Cast, agreement: Agreement, sign_in: SignIn
) -> None:
    time = owe(cast, agreement).occurrences.get()
    answer = sign_in(cast.coordinator).post(page("proof_new", time.pk), {"event": "adopted", **values})
    assert words in answer.content.decode()
    assert not Proof.objects.exists()


def test_a_file_is_not_stored_when_the_proof_is_refused(cast: Cast, agreement: Agreement, sign_in: SignIn) -> None:
    time = owe(cast, agreement).occurrences.get()
    values = {"event": "adopted", "on": "2099-01-01", "upload": pdf()}
    sign_in(cast.coordinator).post(page("proof_new", time.pk), values)
    assert not cast.programme.files.exists()


def test_the_state_records_what_it_owes_itself_and_nothing_else(
    cast: Cast, agreement: Agreement, sign_in: SignIn
) -> None:
    theirs = owe(cast, agreement, Rhythm.CONTINUOUS, owed_by=[OwedBy(state(agreement))], kind="sharing")
    ours = owe(cast, agreement)
    client = sign_in(cast.ministry_adviser)
    values = {"event": "done", "on": f"{agreement.first_year}-05-05", "text": "Samling", "is_meeting": "on"}
    assert client.post(page("proof_new", theirs.occurrences.all()[0].pk), values).status_code == 302
    assert client.post(page("proof_new", ours.occurrences.get().pk), values).status_code == 403
    assert client.get(page("deviation_new", ours.occurrences.get().pk)).status_code == 403
    assert [row.occurrence.obligation for row in Proof.objects.all()] == [theirs]


def test_a_suggestion_is_accepted_with_one_press_and_then_gone(
    cast: Cast, agreement: Agreement, sign_in: SignIn
) -> None:
    duty = owe(
        cast,
        agreement,
        due_on=date(2024, 12, 31),
        fulfilling_event=FulfillingEvent.ADOPTED,
        document_kind=EditionKind.PROGRAMME_DESCRIPTION,
    )
    issued = edition(cast)
    client, time = sign_in(cast.coordinator), duty.occurrences.get()
    assert "#suggested" in client.get(page("agreement", agreement.pk)).content.decode()
    assert "Record this" in client.get(page("obligation", duty.pk)).content.decode()
    assert "Record this" not in sign_in(cast.evaluator).get(page("obligation", duty.pk)).content.decode()
    press = {"event": "adopted", "edition": issued.pk}
    client = sign_in(cast.coordinator)
    assert client.post(page("proof_accept", time.pk), press)["Location"] == duty.get_absolute_url()
    assert Proof.objects.get().edition == issued
    again = client.post(page("proof_accept", time.pk), press, follow=True).content.decode()
    assert "not suggested any more" in again
    assert Proof.objects.count() == 1
    assert client.get(page("proof_accept", time.pk)).status_code == 405


def test_what_fits_no_suggestion_is_not_recorded(cast: Cast, agreement: Agreement, sign_in: SignIn) -> None:
    time = owe(cast, agreement).occurrences.get()
    press = {"event": "adopted", "edition": edition(cast).pk}
    sign_in(cast.coordinator).post(page("proof_accept", time.pk), press)
    assert not Proof.objects.exists()
    assert sign_in(cast.evaluator).post(page("proof_accept", time.pk), press).status_code == 403
    assert sign_in(cast.outsider).post(page("proof_accept", time.pk), press).status_code == 404


def test_what_was_recorded_by_mistake_is_taken_back(cast: Cast, sign_in: SignIn) -> None:
    filled = fill(cast)
    client = sign_in(cast.coordinator)
    assert "Protokollen" in client.get(page("proof_withdraw", filled.proof.pk)).content.decode()
    client.post(page("proof_withdraw", filled.proof.pk))
    assert not Proof.objects.exists()
    assert AuditRow.objects.filter(action="proof.withdrawn").exists()


def test_a_deviation_is_recorded_with_who_agreed(cast: Cast, agreement: Agreement, sign_in: SignIn) -> None:
    past = timezone.localdate() - timedelta(days=30)
    duty = owe(cast, agreement, due_on=past)
    client, url = sign_in(cast.coordinator), page("deviation_new", duty.occurrences.get().pk)
    assert "Prøvedepartementet" in client.get(url).content.decode()
    values = {"agreed_on": past.isoformat(), "agreed_with": "Prøvedepartementet", "reason": "Leveres med planen."}
    assert client.post(url, values).status_code == 302
    shown = client.get(page("obligation", duty.pk)).content.decode()
    assert "Leveres med planen." in shown
    assert "agreed with Prøvedepartementet" in shown
    future = {**values, "agreed_on": "2099-01-01"}
    assert "lies in the future" in client.post(url, future).content.decode()
    withdraw = page("deviation_withdraw", duty.occurrences.get().deviations.get().pk)
    assert "Leveres med planen." in client.get(withdraw).content.decode()
    assert client.post(withdraw).status_code == 302
    assert "agreed with" not in client.get(page("obligation", duty.pk)).content.decode()
    assert client.post(withdraw).status_code == 404


# How long it lasts


def test_an_extension_keeps_the_end_that_was_signed_first(
    cast: Cast, agreement: Agreement, sign_in: SignIn
) -> None:
    """A2"""
    duty = owe(cast, agreement, Rhythm.YEARLY)
    end, last = agreement.valid_to, duty.occurrences.count()
    assert end is not None
    client = sign_in(cast.programme_leader)
    values = {
        "signed_on": timezone.localdate().isoformat(),
        "valid_to": f"{end.year + 2}-12-31",
        "upload": pdf("forlengelse.pdf"),
        "text": "To år til",
    }
    assert client.post(page("agreement_extend", agreement.pk), values).status_code == 302
    shown = client.get(page("agreement", agreement.pk)).content.decode()
    assert f"31 December {end.year + 2}" in shown or f"{end.year + 2}" in shown
    assert "Signed to run to" in shown
    assert "forlengelse.pdf" in shown
    assert duty.occurrences.count() == last + 2
    agreement.refresh_from_db()
    assert agreement.valid_to == end
    shorter = client.post(page("agreement_extend", agreement.pk), {**values, "upload": pdf()}).content.decode()
    assert "must end later" in shorter
    withdraw = page("extension_withdraw", agreement.extensions.get().pk)
    assert withdraw in shown
    assert sign_in(cast.coordinator).post(withdraw).status_code == 403
    assert sign_in(cast.outsider).post(withdraw).status_code == 404
    assert sign_in(cast.programme_leader).post(withdraw).status_code == 302
    assert duty.occurrences.count() == last


def test_only_the_last_extension_is_taken_back(cast: Cast, agreement: Agreement) -> None:
    end, today = agreement.valid_to, timezone.localdate()
    first, second = (
        agreement_terms.extend(
            agreement=agreement,
            values=ExtensionValues(today, end.replace(year=end.year + years)),
            by=cast.programme_leader,
        )
        for years in (1, 2)
    )
    with pytest.raises(RuleBroken, match="later extension"):
        agreement_terms.withdraw_extension(extension=first, by=cast.programme_leader)
    for extension in (second, first):
        agreement_terms.withdraw_extension(extension=extension, by=cast.programme_leader)
    assert not agreement.extensions.exists()
    assert AuditRow.objects.filter(action="agreement.extension_withdrawn").count() == 2


def test_the_end_asks_and_is_answered_once(cast: Cast, agreement: Agreement, sign_in: SignIn) -> None:
    """A9"""
    client, url = sign_in(cast.programme_leader), page("agreement_end", agreement.pk)
    Agreement.objects.filter(pk=agreement.pk).update(valid_to=timezone.localdate() + timedelta(days=700))
    assert "What happens when the agreement ends?" in client.get(page("agreement", agreement.pk)).content.decode()
    values = {"choice": "extend", "decided_on": timezone.localdate().isoformat(), "note": "Mye gjenstår"}
    assert "Choose from the list" in client.post(url, {**values, "choice": ""}).content.decode()
    assert client.post(url, values).status_code == 302
    shown = client.get(page("agreement", agreement.pk)).content.decode()
    assert "What happens when the agreement ends?" not in shown
    assert "Mye gjenstår" in shown
    withdraw = page("end_review_withdraw", agreement.end_reviews.get().pk)
    assert sign_in(cast.coordinator).post(withdraw).status_code == 403
    client = sign_in(cast.programme_leader)
    assert client.post(withdraw).status_code == 302
    assert "What happens when the agreement ends?" in client.get(page("agreement", agreement.pk)).content.decode()
    client.post(url, values)
    assert client.get(url).status_code == 404


def test_only_the_leader_answers_what_the_end_asks(cast: Cast, agreement: Agreement, sign_in: SignIn) -> None:
    Agreement.objects.filter(pk=agreement.pk).update(valid_to=timezone.localdate() + timedelta(days=100))
    url = page("agreement_end", agreement.pk)
    assert sign_in(cast.programme_leader).get(url).status_code == 200
    for person, code in ((cast.coordinator, 403), (cast.outsider, 404), (cast.resident, 404)):
        assert sign_in(person).get(url).status_code == code


def test_the_ends_of_other_agreements_stand_beside_this_ones(cast: Cast, agreement: Agreement) -> None:
    end = agreement.valid_to
    assert end is not None
    for title, first, last in (
        ("Før", end.year - 9, end.year - 5),
        ("Søster", end.year - 4, end.year + 1),
        ("?", None, 0),
    ):
        related_agreements.add(
            agreement=agreement,
            values=RelatedAgreementValues(RelatedAgreementKind.SISTER, title, first, last or None),
            by=cast.programme_leader,
        )
    line = timeline(agreement, agreement.related.all(), date(end.year - 1, 3, 15))
    told = [(str(bar.related or "denne"), bar.compared, bar.start, bar.width) for bar in line.bars]
    assert told == [
        ("Før", "ends 5 years before", 0, 60),
        ("denne", "", 60, 60),
        ("Søster", "ends 1 year after", 60, 72),
        ("?", "", 0, 0),
    ]
    assert (line.length, line.today) == (132, 98)


def test_nothing_known_makes_no_line() -> None:
    found = timeline(Agreement(), [], date(2026, 1, 1))
    assert (found.length, found.today, found.bars[0].width) == (0, None, 0)


# The number of queries


def test_queries_do_not_grow_with_obligations_or_their_times(
    cast: Cast, agreement: Agreement, sign_in: SignIn
) -> None:
    client = sign_in(cast.programme_leader)
    issued = edition(cast)

    def add(number: int) -> None:
        duty = owe(cast, agreement, Rhythm.YEARLY, text=f"Nr. {number}", document_kind=EditionKind.ACTION_PLAN)
        time = duty.occurrences.all()[0]
        happen(cast, time, date(agreement.first_year or 0, 7, 1), decision=issued.decision, text="")

    queries_do_not_grow(client, page("agreement", agreement.pk), add)
    queries_do_not_grow(client, page("obligations_file", agreement.pk, "csv"), add)
    duty = owe(cast, agreement, Rhythm.WEEKLY)
    times = list(duty.occurrences.all())

    def record(number: int) -> None:
        happen(cast, times[number], date(2024, 7, number + 1), edition=issued, text="")

    queries_do_not_grow(client, page("obligation", duty.pk), record)


@pytest.mark.parametrize(
    "values", [{"due_on": "0202-02-01"}, {"rhythm": "times_a_year", "max_times": "99999999999"}]
)
def test_a_slip_of_the_finger_is_told_at_its_field(
    cast: Cast, agreement: Agreement, sign_in: SignIn, values: dict[str, str]
) -> None:
    client = sign_in(cast.programme_leader)
    answer = client.post(page("obligation_new", agreement.pk), form(agreement, **values))
    assert answer.status_code == 200
    assert not agreement.obligations.exists()
    assert set(answer.context["form"].errors) == set(values) - {"rhythm"}


def test_more_times_than_allowed_is_told_apart_from_what_is_overdue(
    cast: Cast, agreement: Agreement, sign_in: SignIn
) -> None:
    today = timezone.localdate()
    duty = owe(cast, agreement, Rhythm.TIMES_A_YEAR, max_times=1, kind=ObligationKind.MEETING, fulfilling_event="")
    now = duty.occurrences.get(key=str(today.year))
    for text in ("Første", "Andre"):
        values = ProofValues(event=FulfillingEvent.DONE, on=today, is_meeting=True, text=text)
        proofs.record(occurrence=now, values=values, by=cast.programme_leader)
    rows = obligation_rows(agreement, today)
    assert [(count.standing, count.number) for count in counts(rows)] == [("over_limit", 1)]
    assert chosen(rows, Chosen(None, "over_limit")) == rows
    assert chosen(rows, Chosen(None, "overdue")) == ()


def test_the_database_agrees_that_one_of_two_required_times_leaves_it_unmet(
    cast: Cast, agreement: Agreement
) -> None:
    """5.b of a review: an event that presupposes the counted one says nothing once something is counted."""
    today = timezone.localdate()
    duty = owe(
        cast,
        agreement,
        Rhythm.TIMES_A_YEAR,
        min_times=2,
        kind=ObligationKind.DOCUMENT,
        fulfilling_event=FulfillingEvent.FINISHED,
    )
    first = duty.occurrences.get(key=str(agreement.first_year))
    for event in (FulfillingEvent.FINISHED, FulfillingEvent.ADOPTED):
        happen(cast, first, date(agreement.first_year, 3, 1), event=event)
    [row] = [row for row in obligation_rows(agreement, today)[0].occurrences if row.occurrence == first]
    unmet = Occurrence.objects.unmet(today).filter(pk=first.pk).exists()
    assert unmet == (row.judgement.standing in ("overdue", "due", "unknown"))
    assert unmet


def test_what_has_an_end_of_its_own_is_shown_also_after_the_agreement(cast: Cast, agreement: Agreement) -> None:
    end = agreement.valid_to
    duty = owe(
        cast,
        agreement,
        Rhythm.YEARLY,
        due_on=date(agreement.first_year, 2, 1),
        ends_on=end.replace(year=end.year + 1),
    )
    last = duty.occurrences.get(key=str(end.year + 1))
    assert last in [row.occurrence for row in obligation_rows(agreement, timezone.localdate())[0].occurrences]


def test_once_that_becomes_a_rhythm_gets_its_times_after_what_stays(cast: Cast, agreement: Agreement) -> None:
    duty = owe(cast, agreement, due_on=date(agreement.first_year, 2, 1))
    values = ObligationValues(
        text=duty.text,
        kind=duty.kind,
        rhythm=Rhythm.YEARLY,
        due_on=date(agreement.first_year, 2, 1),
        owed_by=[OwedBy(row.party) for row in duty.owed_by.all()],
    )
    obligations.change(obligation=duty, values=values, version=None, by=cast.programme_leader)
    years = range(agreement.first_year + 1, agreement.valid_to.year + 1)
    assert list(duty.occurrences.order_by("starts_on").values_list("key", flat=True)) == [
        "once",
        *(str(year) for year in years),
    ]


def test_a_new_obligation_stands_last_also_after_others_have_gone(cast: Cast, agreement: Agreement) -> None:
    first, _second, third = (owe(cast, agreement, text=text) for text in ("A", "B", "C"))
    obligations.remove(obligation=first, by=cast.programme_leader)
    owe(cast, agreement, text="Ny")
    assert [row.text for row in agreement.obligations.all()] == ["B", "C", "Ny"]
    assert third.position == 3


def test_the_audit_row_of_an_obligation_belongs_to_its_programme(cast: Cast, agreement: Agreement) -> None:
    owe(cast, agreement)
    row = AuditRow.objects.filter(action="obligation.added").latest("number")
    assert row.programme_id == cast.programme.pk
