"""My page."""

from collections.abc import Callable
from datetime import date

from django.test import Client
from django.urls import reverse

from samloft.accounts.models import User
from samloft.programmes.actions import decisions, editions
from samloft.programmes.actions.decisions import DecisionValues
from samloft.programmes.models import Basis, EditionKind, Programme, Role, Seat, Step
from tests.cast import Cast
from tests.programmes.filled import fill, queries_do_not_grow

SignIn = Callable[[User], Client]
URL = reverse("overview:my_page")


def test_it_lists_my_programmes_with_my_role_and_no_others(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.coordinator).get(URL).content.decode()
    assert cast.programme.name in page
    assert "· Koordinator ·" in page
    assert cast.other_programme.name not in page


def test_a_leader_is_shown_what_is_missing_first_along_the_thread(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.programme_leader)
    assert "Registrer avtalen" in client.get(URL).content.decode()
    fill(cast)
    assert "Åpne programmet" in client.get(URL).content.decode()


def test_those_who_cannot_write_it_are_not_asked_to(cast: Cast, sign_in: SignIn) -> None:
    assert "Registrer avtalen" not in sign_in(cast.evaluator).get(URL).content.decode()


def test_a_resident_meets_published_documents_only(cast: Cast, sign_in: SignIn) -> None:
    decision = decisions.record(
        programme=cast.programme,
        values=DecisionValues("Plan", cast.council, Step.ADOPT_PLAN, date(2026, 1, 1)),
        by=cast.secretary,
    )
    made = [
        editions.make(
            programme=cast.programme,
            kind=EditionKind.ACTION_PLAN,
            period=year,
            language_form="nb",
            title=f"Handlingsplan {year}",
            decision=decision,
            blocks={},
            blocks_other=None,
            figures=(),
            by=cast.secretary,
        )
        for year in (2025, 2026)
    ]
    editions.publish(edition=made[0], on=date(2026, 2, 1), by=cast.municipal_director)
    page = sign_in(cast.resident).get(URL).content.decode()
    assert "Handlingsplan 2025" in page
    assert "Handlingsplan 2026" not in page
    assert "ikke plass" in page


def test_an_ended_seat_no_longer_leads_to_the_programme(cast: Cast, sign_in: SignIn) -> None:
    Seat.objects.filter(user=cast.coordinator).update(ends_on=date(2024, 12, 31))
    assert cast.programme.name not in sign_in(cast.coordinator).get(URL).content.decode()


def test_queries_do_not_grow_with_programmes(cast: Cast, sign_in: SignIn) -> None:
    def add(number: int) -> None:
        programme = Programme.objects.create(
            slug=f"p{number}",
            name=f"Program {number}",
            municipality=cast.programme.municipality,
            basis=Basis.AGREEMENT,
        )
        Seat.objects.create(programme=programme, user=cast.coordinator, role=Role.PROGRAMME_LEADER)

    queries_do_not_grow(sign_in(cast.coordinator), URL, add)
