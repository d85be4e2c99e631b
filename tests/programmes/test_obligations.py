"""What the parties owe, when, and how it stands on a day (A2, A3, A5, A6, A9)."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samloft.accounts.models import Organisation, OrganisationKind
from samloft.config.cli.frame import main
from samloft.core.errors import RuleBroken
from samloft.core.models import AuditRow
from samloft.programmes.actions import agreement_parties, agreement_terms, agreements, obligations, proofs
from samloft.programmes.actions.agreement_parties import PartyValues
from samloft.programmes.actions.agreement_terms import EndReviewValues, ExtensionValues
from samloft.programmes.actions.agreements import AgreementValues
from samloft.programmes.actions.obligations import ObligationValues, OwedBy
from samloft.programmes.actions.proofs import DeviationValues, ProofValues
from samloft.programmes.models import (
    Agreement,
    AgreementParty,
    EndChoice,
    FulfillingEvent,
    Obligation,
    ObligationKind,
    Occurrence,
    Proof,
    ProofKind,
    Rhythm,
)
from samloft.programmes.queries import agreement_terms as terms
from samloft.programmes.queries.obligation_statuses import OVER_THE_LIMIT, Standing, judge
from samloft.programmes.queries.obligations import obligation_rows, occurrence_rows, occurrences_of, owed_by
from tests.cast import Cast


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    """Five years from and including 2024, between the state and the municipality."""
    return make_agreement(cast)


def make_agreement(cast: Cast, *, first_year: int = 2024, years: int = 5) -> Agreement:
    made = agreements.add(
        programme=cast.programme,
        values=AgreementValues(
            title=f"Avtale {first_year}",
            first_year=first_year,
            duration_years=years,
            signed_on=date(first_year, 6, 10),
        ),
        by=cast.programme_leader,
    )
    for name in ("Prøvedepartementet", "Elvestad kommune"):
        party(cast, made, Organisation.objects.get(name=name))
    return made


def party(cast: Cast, agreement: Agreement, organisation: Organisation) -> AgreementParty:
    return agreement_parties.add(agreement=agreement, values=PartyValues(organisation), by=cast.programme_leader)


def owe(cast: Cast, agreement: Agreement, rhythm: Rhythm = Rhythm.ONCE, **more: object) -> Obligation:
    municipality = agreement.parties.get(organisation__name="Elvestad kommune")
    values = {"text": "Lage en programbeskrivelse", "kind": ObligationKind.DOCUMENT, "rhythm": rhythm}
    values["owed_by"] = [OwedBy(municipality)]  # type: ignore[assignment]
    return obligations.add(
        agreement=agreement,
        values=ObligationValues(**{**values, **more}),  # type: ignore[arg-type]
        by=cast.programme_leader,
    )


def happen(cast: Cast, occurrence: Occurrence, on: date, event: str = "adopted", **more: object) -> Proof:
    values = ProofValues(**{"event": event, "on": on, "text": "Sett i protokollen", **more})  # type: ignore[arg-type]
    return proofs.record(occurrence=occurrence, values=values, by=cast.programme_leader)


def standing(obligation: Obligation, on: date, key: str | None = None) -> Standing:
    rows = obligation.occurrences.all()
    return judge(obligation, rows.get(key=key) if key else rows.get(), on).standing


def test_due_at_the_end_of_2024_and_adopted_in_february_is_fulfilled_42_days_late(
    cast: Cast, agreement: Agreement
) -> None:
    """S0 and S1: finished is unknown, adopted is known, and the deadline does not move."""
    duty = owe(cast, agreement, due_on=date(2024, 12, 31), fulfilling_event=FulfillingEvent.ADOPTED)
    occurrence = duty.occurrences.get()
    happen(cast, occurrence, date(2025, 2, 11))
    found = judge(duty, occurrence, date(2026, 1, 1))
    assert (found.standing, found.days_late, found.fulfilled_on) == ("fulfilled_late", 42, date(2025, 2, 11))
    assert occurrence.due_on == date(2024, 12, 31)
    assert not occurrence.proofs.filter(event=FulfillingEvent.FINISHED).exists()


def test_what_is_dated_later_is_not_known_yet(cast: Cast, agreement: Agreement) -> None:
    duty = owe(cast, agreement, due_on=date(2024, 12, 31), fulfilling_event=FulfillingEvent.ADOPTED)
    happen(cast, duty.occurrences.get(), date(2025, 2, 11))
    found = judge(duty, duty.occurrences.get(), date(2025, 1, 15))
    assert (found.standing, found.days_late, found.fulfilled_on) == ("overdue", 15, None)
    assert standing(duty, date(2024, 12, 31)) == Standing.DUE


def test_another_event_than_the_fulfilling_one_is_kept_and_does_not_fulfil(
    cast: Cast, agreement: Agreement
) -> None:
    duty = owe(cast, agreement, due_on=date(2024, 12, 31), fulfilling_event=FulfillingEvent.ADOPTED)
    happen(cast, duty.occurrences.get(), date(2024, 12, 1), event="finished")
    assert standing(duty, date(2025, 1, 1)) == Standing.OVERDUE
    assert duty.occurrences.get().proofs.count() == 1


def test_without_a_due_date_nothing_is_late_and_nothing_is_assumed(cast: Cast, agreement: Agreement) -> None:
    duty = owe(cast, agreement, Rhythm.YEARLY)
    found = judge(duty, duty.occurrences.get(key="2025"), date(2027, 1, 1))
    assert (found.standing, found.due_on, found.days_late) == ("unknown", None, None)
    happen(cast, duty.occurrences.get(key="2025"), date(2025, 2, 1))
    assert standing(duty, date(2027, 1, 1), "2025") == Standing.FULFILLED


def test_an_agreed_deviation_stands_instead_of_overdue(cast: Cast, agreement: Agreement) -> None:
    duty = owe(cast, agreement, due_on=date(2024, 12, 31))
    proofs.agree_deviation(
        occurrence=duty.occurrences.get(),
        values=DeviationValues(date(2025, 1, 20), "Prøvedepartementet", "Leveres sammen med planen."),
        by=cast.programme_leader,
    )
    assert standing(duty, date(2025, 1, 10)) == Standing.OVERDUE
    found = judge(duty, duty.occurrences.get(), date(2025, 2, 1))
    assert found.standing == Standing.DEVIATION_AGREED
    assert "Prøvedepartementet" in found.detail


def test_at_most_two_meetings_a_year_counts_and_shows_when_there_are_more(
    cast: Cast, agreement: Agreement
) -> None:
    duty = owe(cast, agreement, Rhythm.TIMES_A_YEAR, kind=ObligationKind.MEETING, max_times=2)
    year = duty.occurrences.get(key="2025")
    assert standing(duty, date(2026, 1, 1), "2025") == Standing.UNKNOWN
    for month in (3, 9):
        happen(cast, year, date(2025, month, 1), event="done", is_meeting=True, text=f"Møte {month}")
    assert standing(duty, date(2026, 1, 1), "2025") == Standing.FULFILLED
    happen(cast, year, date(2025, 11, 1), event="done", is_meeting=True, text="Møte 11")
    found = judge(duty, duty.occurrences.get(key="2025"), date(2026, 1, 1))
    assert found.status == OVER_THE_LIMIT
    assert found.count == 3


def test_a_cap_may_differ_for_one_party(cast: Cast, agreement: Agreement) -> None:
    """A6: the working group meets at most six times a year, one of the parties at most twice."""
    one = agreement.parties.get(organisation__name="Prøvedepartementet")
    both = [OwedBy(row, max_times=2 if row == one else None) for row in agreement.parties.all()]
    duty = owe(cast, agreement, Rhythm.TIMES_A_YEAR, max_times=6, owed_by=both)
    year = duty.occurrences.get(key="2025")
    for month in (2, 4, 6):
        happen(cast, year, date(2025, month, 1), event="done", is_meeting=True, party=one, text=f"Møte {month}")
    assert judge(duty, year, date(2025, 12, 1)).is_over_limit


def test_at_least_two_a_year_is_fulfilled_by_the_second(cast: Cast, agreement: Agreement) -> None:
    duty = owe(cast, agreement, Rhythm.TIMES_A_YEAR, kind=ObligationKind.MEETING, min_times=2, max_times=4)
    year = duty.occurrences.get(key="2025")
    happen(cast, year, date(2025, 3, 1), event="done", text="Første")
    assert standing(duty, date(2026, 1, 1), "2025") == Standing.OVERDUE
    happen(cast, year, date(2026, 1, 10), event="done", text="Andre")
    found = judge(duty, duty.occurrences.get(key="2025"), date(2026, 2, 1))
    assert (found.standing, found.days_late) == ("fulfilled_late", 10)


def test_a_continuous_duty_is_reviewed_yearly_and_never_overdue(cast: Cast, agreement: Agreement) -> None:
    duty = owe(cast, agreement, Rhythm.CONTINUOUS, kind=ObligationKind.SHARING)
    assert [row.key for row in duty.occurrences.all()] == ["2024", "2025", "2026", "2027", "2028"]
    assert standing(duty, date(2025, 6, 1), "2025") == Standing.DUE
    assert standing(duty, date(2026, 6, 1), "2025") == Standing.UNKNOWN


def test_an_extension_keeps_the_old_end_and_adds_times(cast: Cast, agreement: Agreement) -> None:
    """A2: a new version, never an overwrite; before it was signed the old end holds."""
    duty = owe(cast, agreement, Rhythm.YEARLY, due_on=date(2024, 12, 1))
    before = {row.key: row.pk for row in duty.occurrences.all()}
    signed = timezone.localdate() - timedelta(days=1)
    agreement_terms.extend(
        agreement=agreement,
        values=ExtensionValues(signed_on=signed, valid_to=date(2030, 6, 30)),
        by=cast.programme_leader,
    )
    agreement.refresh_from_db()
    assert agreement.valid_to == date(2028, 12, 31)
    assert terms.ends_on(agreement, signed - timedelta(days=1)) == date(2028, 12, 31)
    assert terms.ends_on(agreement, signed) == date(2030, 6, 30)
    after = {row.key: row.pk for row in duty.occurrences.all()}
    assert before.items() <= after.items()
    assert set(after) - set(before) == {"2029"}
    assert len(occurrence_rows(agreement, signed - timedelta(days=1))) == len(before)
    assert AuditRow.objects.filter(action="agreement.extended").exists()


@pytest.mark.parametrize("end", [date(2028, 12, 31), date(2027, 1, 1)])
def test_an_extension_that_does_not_extend_is_refused(cast: Cast, agreement: Agreement, end: date) -> None:
    values = ExtensionValues(signed_on=date(2026, 1, 1), valid_to=end)
    with pytest.raises(RuleBroken, match=r"31\.12\.2028"):
        agreement_terms.extend(agreement=agreement, values=values, by=cast.programme_leader)


def test_a_programme_runs_under_one_agreement_at_a_time(cast: Cast, agreement: Agreement) -> None:
    with pytest.raises(RuleBroken):
        make_agreement(cast, first_year=2028)
    later = make_agreement(cast, first_year=2029, years=2)
    with pytest.raises(RuleBroken):
        agreement_terms.extend(
            agreement=agreement,
            values=ExtensionValues(signed_on=date(2026, 1, 1), valid_to=date(2029, 6, 30)),
            by=cast.programme_leader,
        )
    for on, expected in (
        (date(2020, 1, 1), agreement),
        (date(2026, 1, 1), agreement),
        (date(2030, 1, 1), later),
        (date(2040, 1, 1), later),
    ):
        assert terms.in_force(cast.programme, on) == expected


def test_what_has_passed_stays_when_the_rhythm_is_changed(cast: Cast, agreement: Agreement) -> None:
    duty = owe(cast, agreement, Rhythm.YEARLY, due_on=date(2024, 3, 1))
    values = ObligationValues(
        text=duty.text,
        kind=duty.kind,
        rhythm=duty.rhythm,
        owed_by=[OwedBy(row.party) for row in duty.owed_by.all()],
        due_on=date(2024, 10, 1),
    )
    obligations.change(obligation=duty, values=values, version=duty.version, by=cast.programme_leader)
    dues = {row.key: row.due_on for row in duty.occurrences.all()}
    assert dues["2024"] == date(2024, 3, 1)
    assert dues["2028"] == date(2028, 10, 1)


def test_an_obligation_with_history_is_not_removed(cast: Cast, agreement: Agreement) -> None:
    duty = owe(cast, agreement, due_on=date(2024, 12, 31))
    proof = happen(cast, duty.occurrences.get(), date(2025, 1, 5), event="done")
    with pytest.raises(RuleBroken):
        obligations.remove(obligation=duty, by=cast.programme_leader)
    proofs.withdraw(proof=proof, by=cast.programme_leader)
    obligations.remove(obligation=duty, by=cast.programme_leader)
    assert not Obligation.objects.exists()
    assert list(AuditRow.objects.order_by("-number").values_list("action", flat=True)[:2]) == [
        "obligation.removed",
        "proof.withdrawn",
    ]


@pytest.mark.parametrize(
    "more",
    [
        {"owed_by": []},
        {"rhythm": Rhythm.TIMES_A_YEAR},
        {"rhythm": Rhythm.TIMES_A_YEAR, "min_times": 3, "max_times": 2},
        {"max_times": 2},
        {"starts_on": date(2025, 1, 1), "ends_on": date(2024, 1, 1)},
        {"reminder_days": [-1]},
    ],
)
def test_obligations_that_make_no_sense_are_refused(
    cast: Cast, agreement: Agreement, more: dict[str, object]
) -> None:
    with pytest.raises(RuleBroken):
        owe(cast, agreement, **more)
    assert not Obligation.objects.exists()


def test_proof_of_the_future_without_words_or_of_another_programme_is_refused(
    cast: Cast, agreement: Agreement
) -> None:
    occurrence = owe(cast, agreement, due_on=date(2024, 12, 31)).occurrences.get()
    with pytest.raises(RuleBroken):
        happen(cast, occurrence, timezone.localdate() + timedelta(days=1))
    with pytest.raises(RuleBroken):
        happen(cast, occurrence, date(2025, 1, 1), text=" ")
    happen(cast, occurrence, date(2025, 1, 1))
    with pytest.raises(RuleBroken):
        happen(cast, occurrence, date(2025, 1, 1))
    assert Proof.objects.get().kind == ProofKind.NOTE


def test_who_owes_it_is_said_in_one_word_between_state_and_municipality(cast: Cast, agreement: Agreement) -> None:
    parties = list(agreement.parties.select_related("organisation"))
    state = next(row for row in parties if row.organisation.kind == OrganisationKind.MINISTRY)
    assert owed_by(owe(cast, agreement), parties) == "municipality"
    assert owed_by(owe(cast, agreement, owed_by=[OwedBy(state)]), parties) == "state"
    assert owed_by(owe(cast, agreement, owed_by=[OwedBy(row) for row in parties]), parties) == "both"
    third = party(cast, agreement, Organisation.objects.get(name="Statsforvalteren"))
    assert owed_by(owe(cast, agreement, owed_by=[OwedBy(third)]), [*parties, third]) == "Statsforvalteren"


def test_the_end_asks_24_and_12_months_before(cast: Cast, agreement: Agreement) -> None:
    """A9: extend, renew or close."""
    rows = [agreement]
    assert terms.open_end_reviews(rows, date(2026, 12, 30)) == []
    first = terms.open_end_reviews(rows, date(2026, 12, 31))
    assert [(row.months_before, row.since) for row in first] == [(24, date(2026, 12, 31))]
    assert [row.months_before for row in terms.open_end_reviews(rows, date(2028, 1, 1))] == [12]
    agreement_terms.review_end(
        agreement=agreement,
        values=EndReviewValues(24, EndChoice.EXTEND, timezone.localdate()),
        by=cast.programme_leader,
    )
    assert terms.open_end_reviews(rows, date(2027, 1, 1)) == []
    assert [row.months_before for row in terms.open_end_reviews(rows, date(2028, 1, 1))] == [12]


def test_queries_do_not_grow_with_obligations_times_or_proofs(cast: Cast, agreement: Agreement) -> None:
    def count(read: Callable[[], object]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            read()
        return len(seen)

    def across() -> list[str]:
        rows = occurrences_of([cast.programme])
        return [f"{row.obligation.agreement.programme.owner} {row.proofs.all()}" for row in rows]

    owe(cast, agreement, Rhythm.YEARLY)
    few = count(lambda: obligation_rows(agreement, date(2026, 1, 1))), count(across)
    for _number in range(5):
        duty = owe(cast, agreement, Rhythm.YEARLY, due_on=date(2024, 5, 1))
        happen(cast, duty.occurrences.all()[0], date(2024, 4, 1))
    assert (count(lambda: obligation_rows(agreement, date(2026, 1, 1))), count(across)) == few


def test_the_command_prints_every_time_with_exactly_these_keys(
    cast: Cast, agreement: Agreement, capsys: pytest.CaptureFixture[str]
) -> None:
    duty = owe(cast, agreement, due_on=date(2024, 12, 31), fulfilling_event=FulfillingEvent.ADOPTED)
    happen(cast, duty.occurrences.get(), date(2025, 2, 11))
    assert main(["obligations", "--programme", "elvestad", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {
            "text": "Lage en programbeskrivelse",
            "owed_by": "municipality",
            "due": "2024-12-31",
            "fulfilled": "2025-02-11",
            "event": "adopted",
            "status": "fulfilled_late",
            "days_late": 42,
            "proof": "Sett i protokollen",
        }
    ]
    assert main(["obligations", "--programme", "elvestad", "--on", "2025-01-15"]) == 0
    assert "31.12.2024" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["--programme", "nowhere"], ["--programme", "elvestad", "--on", "31.12.2024"]])
def test_the_command_refuses_unknown_programmes_and_dates(
    cast: Cast, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["obligations", *words]) == 64
    assert capsys.readouterr().out == ""


def test_a_programme_without_an_agreement_owes_nothing(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["obligations", "--programme", "elvestad", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
