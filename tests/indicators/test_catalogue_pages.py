"""F1: operators keep the catalogue of indicators; to others its pages do not exist."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from samloft.accounts.models import User
from samloft.indicators.models import Indicator
from tests.cast import Cast
from tests.indicators.figures import make_indicator
from tests.programmes.filled import queries_do_not_grow

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
LIST, NEW = reverse("indicators:catalogue"), reverse("indicators:catalogue_new")
FORM = {
    "name_nb": "Lesevenner",
    "name_nn": "Lesevener",
    "name_en": "Reading friends",
    "unit": "antall",
    "decimals": "0",
    "direction": "higher_is_better",
    "levels": ["programme"],
    "aggregation": "sum",
    "counts_people": "True",
    "may_be_public": "on",
}


def _entry(key: str, page: str = "catalogue_entry") -> str:
    return reverse(f"indicators:{page}", args=[key])


def test_an_operator_adds_an_indicator_and_sees_it(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.operator)
    answer = client.post(NEW, {**FORM, "key": "reading_friends"}, follow=True)
    assert answer.redirect_chain[-1][0] == _entry("reading_friends")
    assert Indicator.objects.get().levels == ["programme"]
    page = client.get(LIST).content.decode()
    assert "Lesevenner" in page
    assert "Ingen tall ennå" in page


def test_another_meaning_becomes_a_version_that_says_what_is_new(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.operator)
    client.post(NEW, {**FORM, "key": "reading_friends"})
    edit = _entry("reading_friends", "catalogue_edit")
    changed = {**FORM, "numerator": "Par som leser", "version": "1"}
    assert "Skriv hva som er nytt" in client.post(edit, changed).content.decode()
    client.post(edit, {**changed, "change_note": "Teller par."})
    page = client.get(_entry("reading_friends")).content.decode()
    assert "Par som leser" in page
    assert "Teller par." in page
    assert Indicator.objects.get().definitions.count() == 2


def test_who_saves_last_sees_what_the_other_saved(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.operator)
    client.post(NEW, {**FORM, "key": "reading_friends"})
    edit = _entry("reading_friends", "catalogue_edit")
    for note in ("Første.", "Andre."):
        answer = client.post(edit, {**FORM, "source": note, "change_note": note, "version": "1"})
    page = answer.content.decode()
    assert "Noen andre" in page
    assert "Første." in page


def test_a_programme_leader_finds_no_catalogue(cast: Cast, sign_in: SignIn) -> None:
    make_indicator()
    client = sign_in(cast.programme_leader)
    pages = [LIST, NEW, _entry("low_income"), _entry("low_income", "catalogue_edit")]
    for address in [*pages, reverse("indicators:catalogue_file", args=["csv"])]:
        assert client.get(address).status_code == 404


def test_the_catalogue_goes_to_a_spreadsheet(cast: Cast, sign_in: SignIn) -> None:
    make_indicator()
    answer = sign_in(cast.operator).get(reverse("indicators:catalogue_file", args=["csv"]))
    text = answer.content.decode("utf-8-sig")
    assert text.splitlines()[1].startswith("low_income")


def test_an_empty_catalogue_offers_the_first_step(cast: Cast, sign_in: SignIn) -> None:
    assert "Legg til" in sign_in(cast.operator).get(LIST).content.decode()


def test_the_list_asks_as_often_with_twelve_as_with_two(cast: Cast, sign_in: SignIn) -> None:
    def add(number: int) -> None:
        make_indicator(f"number_{number}")

    queries_do_not_grow(sign_in(cast.operator), LIST, add)
