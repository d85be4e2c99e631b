"""A county can run a programme: every document goes its whole way without a municipality (A6, B2, C6)."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from samloft.accounts.models import User
from samloft.programmes.models import Edition, Programme
from tests.cast import Cast
from tests.plans import elvestad
from tests.programmes import describing

SignIn = Callable[[User], Client]


@pytest.fixture
def county(cast: Cast) -> Cast:
    """The cast's programme, run by the county in which its municipality lies."""
    Programme.objects.filter(pk=cast.programme.pk).update(
        municipality=None, county=cast.programme.municipality.county
    )
    cast.programme.refresh_from_db()
    return cast


def test_description_and_plan_are_adopted_dispatched_and_given_out(county: Cast, sign_in: SignIn) -> None:
    describing.dispatch(describing.make(county))
    plan = elvestad.make(county)
    elvestad.dispatch(plan)

    reader = sign_in(county.programme_leader)
    for edition in Edition.objects.filter(programme=county.programme):
        page = reader.get(reverse("programmes:edition", args=["elvestad", edition.pk]))
        assert "Prøvefylket" in page.content.decode()
        for ending, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
            file = reader.get(reverse("programmes:edition_file", args=["elvestad", edition.pk, ending]))
            assert b"".join(file).startswith(begins)
    assert {str(edition.kind) for edition in Edition.objects.all()} == {"programme_description", "action_plan"}


PAGES = [
    ("programmes:programme", []),
    ("programmes:programme_description", []),
    ("programmes:goals", []),
    ("programmes:agreements", []),
    ("programmes:bodies", []),
    ("programmes:overarching_plans", []),
    ("plans:measures", []),
    ("plans:plans", []),
    ("plans:plan", [2025]),
    ("plans:goal_coverage", []),
    ("plans:goal_national", []),
    ("indicators:areas", []),
    ("indicators:statistics", []),
    ("indicators:baselines", []),
    ("indicators:releases", []),
    ("overview:year_wheel", []),
]


@pytest.mark.parametrize(("name", "args"), PAGES)
def test_every_page_of_the_programme_opens(county: Cast, sign_in: SignIn, name: str, args: list[object]) -> None:
    describing.make(county)
    elvestad.make(county)
    assert sign_in(county.programme_leader).get(reverse(name, args=["elvestad", *args])).status_code == 200
    assert sign_in(county.outsider).get(reverse(name, args=["elvestad", *args])).status_code == 404
