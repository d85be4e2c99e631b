"""How far the programme description has come, on my page and on the programme's (L1, L12)."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from samloft.accounts.models import User
from samloft.programmes import access
from samloft.programmes.access import Permission
from samloft.programmes.models import Basis, DocumentState, Programme, ProgrammeDescription, Role, Seat
from samloft.programmes.queries.programme_descriptions import in_short
from samloft.programmes.queries.waiting_documents import WaitingDocument, waiting_descriptions
from tests.cast import Cast
from tests.programmes import describing
from tests.programmes.filled import queries_do_not_grow

SignIn = Callable[[User], Client]
TODAY = date(2026, 6, 1)
HOME = reverse("overview:my_page")


def waiting(user: User) -> tuple[WaitingDocument, ...]:
    return waiting_descriptions(user, list(access.programmes(user, Permission.PROGRAMME_VIEW, today=TODAY)), TODAY)


def test_a_draft_waits_for_those_who_write_it(cast: Cast) -> None:
    described = describing.make(cast)
    (mine,), (theirs,) = waiting(cast.coordinator), waiting(cast.board_member)
    assert (mine.is_mine, theirs.is_mine) == (True, False)
    assert mine.url == described.description.get_absolute_url()


def test_what_is_adopted_waits_for_its_dispatch_and_what_is_sent_for_its_answer(cast: Cast) -> None:
    described = describing.make(cast)
    describing.adopt(described)
    (mine,) = waiting(cast.programme_leader)
    assert mine.is_mine
    assert mine.url == reverse("programmes:description_dispatch", args=["elvestad"])
    assert not waiting(cast.ministry_adviser)


def test_what_is_sent_waits_only_for_those_who_answer_it(cast: Cast) -> None:
    described = describing.make(cast)
    describing.dispatch(described)
    assert not waiting(cast.programme_leader)
    (answer,) = waiting(cast.ministry_adviser)
    assert answer.url == described.edition().get_absolute_url()


@pytest.mark.parametrize("who", ["ministry_adviser", "county_governor", "evaluator", "outsider", "resident"])
def test_a_draft_is_never_told_to_those_outside(who: str, cast: Cast, sign_in: SignIn) -> None:
    describing.make(cast)
    person = getattr(cast, who)
    assert not waiting(person)
    allowed = access.permissions(person, cast.programme)
    assert in_short(cast.programme, allowed).edition is None
    assert reverse("programmes:programme_description", args=["elvestad"]) not in sign_in(person).get(HOME).text


def test_the_programmes_page_tells_how_far_it_has_come(cast: Cast, sign_in: SignIn) -> None:
    url = cast.programme.get_absolute_url()
    client = sign_in(cast.coordinator)
    assert client.get(url).context["description"].edition is None
    described = describing.make(cast)
    describing.adopt(described)
    shown = client.get(url).context["description"]
    assert (shown.state, shown.edition) == (DocumentState.ADOPTED.label, described.edition())
    assert sign_in(cast.ministry_adviser).get(url).context["description"].edition is None


def test_my_page_shows_it_and_asks_no_more_with_many_programmes(cast: Cast, sign_in: SignIn) -> None:
    describing.make(cast)
    client = sign_in(cast.coordinator)
    assert reverse("programmes:programme_description", args=["elvestad"]) in client.get(HOME).text

    def add(number: int) -> None:
        programme = Programme.objects.create(
            slug=f"p{number}",
            name=f"Program {number}",
            municipality=cast.programme.municipality,
            basis=Basis.AGREEMENT,
        )
        Seat.objects.create(programme=programme, user=cast.coordinator, role=Role.PROGRAMME_LEADER)
        ProgrammeDescription.objects.create(programme=programme)

    queries_do_not_grow(client, HOME, add)
