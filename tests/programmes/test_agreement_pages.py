"""Agreements with parties, related agreements and conditions."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from samloft.accounts.models import Organisation, OrganisationKind, User
from samloft.core.errors import RuleBroken
from samloft.programmes.actions import agreement_parties, agreements, conditions
from samloft.programmes.actions.agreement_parties import PartyValues
from samloft.programmes.actions.agreements import AgreementValues, end_of_period
from samloft.programmes.actions.conditions import ConditionValues
from samloft.programmes.models import Agreement, Condition, ConditionKind
from samloft.programmes.queries.agreements import EXPIRED, IN_FORCE, TO_COME, UNKNOWN, agreement_status
from tests.cast import Cast
from tests.programmes.filled import fill, pdf, queries_do_not_grow

SignIn = Callable[[User], Client]


def page(name: str, *args: object) -> str:
    return reverse(f"programmes:{name}", args=["elvestad", *args])


def add(cast: Cast, **values: object) -> Agreement:
    return agreements.add(
        programme=cast.programme,
        values=AgreementValues(title="Avtale", **values),  # type: ignore[arg-type]
        by=cast.programme_leader,
    )


def test_five_years_from_and_including_2024_end_on_the_last_day_of_2028() -> None:
    assert end_of_period(2024, 5) == date(2028, 12, 31)


@given(first=st.integers(1990, 2100), years=st.integers(1, 50))
def test_a_period_of_whole_years_ends_the_day_before_a_new_year(first: int, years: int) -> None:
    end = end_of_period(first, years)
    assert end is not None
    assert (end.month, end.day) == (12, 31)
    assert end.year - first + 1 == years


@given(known=st.integers(1990, 2100))
def test_an_end_that_cannot_be_known_is_unknown(known: int) -> None:
    assert end_of_period(known, None) is None
    assert end_of_period(None, known) is None


def test_an_agreement_without_duration_keeps_the_end_that_it_states(cast: Cast) -> None:
    assert add(cast, first_year=2024, valid_to=date(2026, 6, 30)).valid_to == date(2026, 6, 30)
    assert add(cast, first_year=2027).valid_to is None


def test_a_stated_end_that_contradicts_the_duration_is_refused(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match=r"31\.12\.2028"):
        add(cast, first_year=2024, duration_years=5, valid_to=date(2029, 12, 31))


@pytest.mark.parametrize(
    "values",
    [{"first_year": 2024, "duration_years": 0}, {"first_year": 2024, "valid_to": date(2023, 1, 1)}],
)
def test_impossible_periods_are_refused(cast: Cast, values: dict[str, object]) -> None:
    with pytest.raises(RuleBroken):
        add(cast, **values)


def test_decisions_and_areas_of_others_are_refused(cast: Cast) -> None:
    filled = fill(cast)
    for values in (AgreementValues("A", decisions=(filled.decision,)), AgreementValues("A", document=filled.file)):
        with pytest.raises(RuleBroken):
            agreements.add(programme=cast.other_programme, values=values, by=cast.outsider)


def test_the_state_follows_from_the_period() -> None:
    today = date(2026, 6, 1)
    assert agreement_status(Agreement(first_year=2024, valid_to=date(2028, 12, 31)), today) is IN_FORCE
    assert agreement_status(Agreement(first_year=2024), today) is IN_FORCE
    assert agreement_status(Agreement(first_year=2027), today) is TO_COME
    assert agreement_status(Agreement(valid_to=date(2025, 12, 31)), today) is EXPIRED
    assert agreement_status(Agreement(), today) is UNKNOWN


def test_the_leader_records_an_agreement_with_its_file(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.programme_leader)
    form = {
        "title": "Intensjonsavtale",
        "first_year": "2024",
        "duration_years": "5",
        "may_be_extended": "",
        "focus_areas": [cast.focus_areas[0].pk],
        "upload": pdf("avtale.pdf"),
    }
    answer = client.post(page("agreement_new"), form)
    made = Agreement.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    assert made.valid_to == date(2028, 12, 31)
    assert made.may_be_extended is None
    assert made.document is not None
    assert made.document.name == "avtale.pdf"
    assert list(made.focus_areas.all()) == [cast.focus_areas[0]]


def test_a_changed_duration_moves_the_end_and_keeps_the_file(cast: Cast, sign_in: SignIn) -> None:
    filled = fill(cast)
    Agreement.objects.update(document=filled.file)
    client = sign_in(cast.programme_leader)
    form = {"title": "Intensjonsavtale", "first_year": "2024", "duration_years": "10", "version": "1"}
    assert client.post(page("agreement_edit", filled.agreement.pk), form).status_code == 302
    stored = Agreement.objects.get()
    assert stored.valid_to == date(2033, 12, 31)
    assert stored.document == filled.file


def test_a_refused_file_stores_nothing_and_says_why(cast: Cast, sign_in: SignIn) -> None:
    form = {"title": "Avtale", "upload": pdf("avtale.exe")}
    answer = sign_in(cast.programme_leader).post(page("agreement_new"), form)
    assert "of another kind" in answer.content.decode()
    assert not Agreement.objects.exists()


def test_a_party_stands_once_and_can_be_changed_and_removed(cast: Cast, sign_in: SignIn) -> None:
    filled = fill(cast)
    client = sign_in(cast.programme_leader)
    form = {"organisation": filled.party.organisation_id, "role": "Kommune", "responsibility": "Leder"}
    again = client.post(page("party_new", filled.agreement.pk), form)
    assert "is a party already" in again.content.decode()
    client.post(page("party_edit", filled.party.pk), {**form, "version": "1"})
    assert filled.agreement.parties.get().role == "Kommune"
    refused = client.post(page("party_remove", filled.party.pk)).content.decode()
    assert "rests on this party" in refused
    other = Organisation.objects.create(name="Fylket", kind=OrganisationKind.OTHER)
    client.post(page("party_new", filled.agreement.pk), {"organisation": other.pk})
    client.post(page("party_remove", filled.agreement.parties.get(organisation=other).pk))
    assert filled.agreement.parties.get() == filled.party


def test_a_condition_gets_its_proof_and_then_counts_as_shown(cast: Cast, sign_in: SignIn) -> None:
    filled = fill(cast)
    client = sign_in(cast.programme_leader)
    assert "Proof is missing" in client.get(page("agreement", filled.agreement.pk)).content.decode()
    form = {
        "kind": ConditionKind.NOT_ORDINARY_OPERATIONS,
        "text": "Ikke til drift",
        "needs_proof": "on",
        "proof": "Kontrollert av økonomi",
        "proved_on": "2026-01-15",
        "version": "1",
    }
    assert client.post(page("condition_edit", filled.condition.pk), form).status_code == 302
    assert Condition.objects.get().is_proved
    assert "Proof is missing" not in client.get(page("agreement", filled.agreement.pk)).content.decode()


def test_a_date_of_proof_without_proof_is_refused(cast: Cast) -> None:
    filled = fill(cast)
    with pytest.raises(RuleBroken):
        conditions.add(
            agreement=filled.agreement,
            values=ConditionValues(ConditionKind.OTHER, "Noe", proved_on=date(2026, 1, 1)),
            by=cast.programme_leader,
        )


def test_proof_from_another_programme_is_refused(cast: Cast) -> None:
    filled = fill(cast)
    foreign = agreements.add(programme=cast.other_programme, values=AgreementValues("B"), by=cast.outsider)
    with pytest.raises(RuleBroken):
        conditions.add(
            agreement=foreign,
            values=ConditionValues(ConditionKind.OTHER, "Noe", proof_decision=filled.decision),
            by=cast.outsider,
        )


def test_related_agreements_are_added_changed_and_removed(cast: Cast, sign_in: SignIn) -> None:
    filled = fill(cast)
    client = sign_in(cast.programme_leader)
    wrong = {"kind": "predecessor", "title": "Før", "first_year": "2020", "last_year": "2019"}
    assert "is before the first" in client.post(page("related_new", filled.agreement.pk), wrong).content.decode()
    client.post(page("related_new", filled.agreement.pk), {**wrong, "last_year": "2023"})
    shown = client.get(page("agreement", filled.agreement.pk)).content.decode()
    assert "<td>2020</td><td>2023</td>" in shown
    client.post(page("related_edit", filled.related.pk), {"kind": "sister", "title": "Nytt", "version": "1"})
    client.post(page("related_remove", filled.related.pk))
    assert [related.title for related in filled.agreement.related.all()] == ["Før"]


def test_queries_do_not_grow_with_agreements_or_with_what_is_in_them(cast: Cast, sign_in: SignIn) -> None:
    filled = fill(cast)
    client = sign_in(cast.programme_leader)

    def add_parts(number: int) -> None:
        organisation = Organisation.objects.create(name=f"Part {number}", kind=OrganisationKind.OTHER)
        agreement_parties.add(
            agreement=filled.agreement, values=PartyValues(organisation), by=cast.programme_leader
        )
        conditions.add(
            agreement=filled.agreement,
            values=ConditionValues(ConditionKind.OTHER, f"{number}", proof_decision=filled.decision),
            by=cast.programme_leader,
        )

    queries_do_not_grow(client, page("agreement", filled.agreement.pk), add_parts)
    queries_do_not_grow(client, page("agreements"), lambda number: add(cast, first_year=2000 + number))
