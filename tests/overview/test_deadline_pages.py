"""The year wheel of a programme, and the list of deadlines across programmes (A5)."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from samloft.accounts.models import User
from samloft.programmes.actions import proofs
from samloft.programmes.actions.proofs import ProofValues
from samloft.programmes.models import FulfillingEvent, Rhythm
from tests.cast import Cast
from tests.overview.duties import STATE, agree, many, owe

SignIn = Callable[[User], Client]
WHEEL = "/programmes/elvestad/year-wheel/"
WHEEL_CSV = "/programmes/elvestad/year-wheel/deadlines.csv"
LIST = "/deadlines/"
INSIDERS = ["programme_leader", "coordinator", "board_member", "ministry_adviser", "county_governor", "evaluator"]


@pytest.fixture(autouse=True)
def _in_autumn_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: date(2026, 10, 1))


@pytest.fixture
def year(cast: Cast) -> None:
    """2026: one that was late, one overdue, one ahead, one all the time; and one due in 2027."""
    agreement = agree(cast)
    late = owe(cast, agreement, "Beskrivelsen", due_on=date(2026, 3, 1), fulfilling_event=FulfillingEvent.ADOPTED)
    values = ProofValues(event=FulfillingEvent.ADOPTED, on=date(2026, 3, 11), text="Protokoll")
    proofs.record(occurrence=late.occurrences.get(), values=values, by=cast.programme_leader)
    owe(cast, agreement, "Rapporten", due_on=date(2026, 9, 1), by=STATE)
    owe(cast, agreement, "Handlingsplanen", due_on=date(2026, 12, 1))
    owe(cast, agreement, "Samordningen", rhythm=Rhythm.CONTINUOUS)
    owe(cast, agreement, "Sluttrapporten", due_on=date(2027, 12, 1))


@pytest.mark.parametrize("who", INSIDERS)
@pytest.mark.parametrize("url", [WHEEL, WHEEL_CSV, LIST])
def test_everyone_with_a_seat_sees_what_is_due(
    cast: Cast, sign_in: SignIn, year: None, url: str, who: str
) -> None:
    assert sign_in(getattr(cast, who)).get(url).status_code == 200


@pytest.mark.parametrize("url", [WHEEL, WHEEL_CSV])
def test_others_do_not_learn_that_the_programme_exists(
    cast: Cast, sign_in: SignIn, client: Client, year: None, url: str
) -> None:
    assert client.get(url).status_code == 302
    for who in (cast.outsider, cast.resident, cast.operator):
        assert sign_in(who).get(url).status_code == 404


@pytest.mark.parametrize("url", [LIST, "/deadlines/deadlines.csv"])
def test_the_list_holds_only_programmes_that_one_sees(
    cast: Cast, sign_in: SignIn, client: Client, year: None, url: str
) -> None:
    """L1."""
    assert client.get(url).status_code == 302
    for who in (cast.outsider, cast.resident):
        answer = sign_in(who).get(url, {"group": "all"})
        assert answer.status_code == 200
        assert "Rapporten" not in b"".join(answer).decode()
    assert "ikke plass" in sign_in(cast.resident).get(LIST).content.decode()


def test_the_wheel_shows_one_year_with_its_list(cast: Cast, sign_in: SignIn, year: None) -> None:
    page = sign_in(cast.programme_leader).get(WHEEL).content.decode()
    assert page.count('class="dot dot-fulfilled_late"') == 2  # on the wheel and in the key
    assert page.count('class="dot dot-overdue"') == 2
    assert "10 dager" in page
    assert "30 dager" in page
    assert page.index("Beskrivelsen") < page.index("Rapporten") < page.index("Handlingsplanen")
    assert page.index("Uten dato") < page.rindex("Samordningen")
    assert "Sluttrapporten" not in page
    assert "style=" not in page


@pytest.mark.parametrize(("asked", "shown"), [("2027", 2027), ("1900", 2024), ("9999", 2028), ("x", 2026)])
def test_a_year_that_nobody_owes_anything_in_gives_the_nearest(
    cast: Cast, sign_in: SignIn, year: None, asked: str, shown: int
) -> None:
    page = sign_in(cast.evaluator).get(WHEEL, {"year": asked}).content.decode()
    assert f'<h1 class="ds-heading" data-size="md">Årshjul {shown}</h1>' in page


def test_a_programme_that_owes_nothing_is_told_where_to_begin(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.programme_leader).get(WHEEL).content.decode()
    assert "Ingen forpliktelser ennå" in page
    assert "Gå til avtalen" in page
    assert sign_in(cast.programme_leader).get(WHEEL_CSV).status_code == 404


def test_a_year_without_dates_has_its_list_and_no_empty_wheel(cast: Cast, sign_in: SignIn) -> None:
    owe(cast, agree(cast), "Samordningen", rhythm=Rhythm.CONTINUOUS)
    page = sign_in(cast.programme_leader).get(WHEEL).content.decode()
    assert "Samordningen" in page
    assert "Ingenting har frist dette året" in page
    assert "<figure" not in page


def test_when_nothing_is_urgent_the_list_says_so(cast: Cast, sign_in: SignIn) -> None:
    assert "Ingenting haster" in sign_in(cast.programme_leader).get(LIST).content.decode()
    assert "Ingenting passer" in sign_in(cast.programme_leader).get(LIST, {"year": "2026"}).content.decode()


def test_the_next_action_is_to_show_it_for_those_who_may(cast: Cast, sign_in: SignIn, year: None) -> None:
    assert "Vis at det er gjort" in sign_in(cast.programme_leader).get(WHEEL).content.decode()
    assert "Vis at det er gjort" not in sign_in(cast.evaluator).get(WHEEL).content.decode()


def test_the_list_begins_with_what_is_overdue_or_near(cast: Cast, sign_in: SignIn, year: None) -> None:
    page = sign_in(cast.ministry_adviser).get(LIST).content.decode()
    assert page.index("Rapporten") < page.index("Handlingsplanen")
    assert "Beskrivelsen" not in page
    assert "Sluttrapporten" not in page


@pytest.mark.parametrize(
    ("conditions", "texts"),
    [
        ({"group": "overdue"}, {"Rapporten"}),
        ({"group": "next"}, {"Handlingsplanen"}),
        ({"group": "all"}, {"Beskrivelsen", "Rapporten", "Handlingsplanen", "Sluttrapporten"}),
        ({"group": "all", "year": "2027"}, {"Sluttrapporten"}),
        ({"group": "nonsense", "year": "x"}, {"Rapporten", "Handlingsplanen"}),
    ],
)
def test_the_list_can_be_narrowed(
    cast: Cast, sign_in: SignIn, year: None, conditions: dict[str, str], texts: set[str]
) -> None:
    answer = sign_in(cast.county_governor).get(LIST, conditions)
    assert {row.obligation.text for row in answer.context["rows"]} == texts


def test_the_list_can_be_narrowed_to_a_programme_and_to_who_owes(cast: Cast, sign_in: SignIn, year: None) -> None:
    many(cast, agreements=1, times=3)
    client = sign_in(cast.ministry_adviser)
    state = cast.ministry.organisation_id
    rows = client.get(LIST, {"group": "all", "organisation": str(state)}).context["rows"]
    assert [row.obligation.text for row in rows] == ["Rapporten"]
    rows = client.get(LIST, {"group": "all", "programme": str(cast.programme.pk)}).context["rows"]
    assert {row.programme for row in rows} == {cast.programme}


def test_the_lists_go_to_a_spreadsheet(cast: Cast, sign_in: SignIn, year: None) -> None:
    client = sign_in(cast.county_governor)
    text = b"".join(client.get(WHEEL_CSV)).decode("utf-8-sig")
    assert "Rapporten;;Prøvedepartementet;2026-09-01;Over fristen;30;;" in text
    assert "Samordningen" in text
    book = load_workbook(BytesIO(client.get("/deadlines/deadlines.xlsx", {"group": "overdue"}).content))
    assert [row[3] for row in book.worksheets[0].values][1:] == ["Rapporten"]
    assert client.get("/deadlines/deadlines.pdf").status_code == 404


def test_a_hundred_agreements_cost_no_more_queries_than_two(cast: Cast, sign_in: SignIn) -> None:
    """A5, M1: the ministry's list with 100 agreements and 3 000 deadlines."""
    client = sign_in(cast.ministry_adviser)

    def queries(conditions: dict[str, str]) -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(LIST, conditions).status_code == 200
        return len(found)

    asked = [{"group": group} for group in ("now", "overdue", "all")]
    many(cast, agreements=2, times=30)
    few = [queries(conditions) for conditions in asked]
    many(cast, agreements=98, times=30, start=2)
    assert [queries(conditions) for conditions in asked] == few


def test_the_wheel_costs_no_more_queries_with_more_deadlines(cast: Cast, sign_in: SignIn) -> None:
    agreement = agree(cast)
    client = sign_in(cast.programme_leader)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(WHEEL).status_code == 200
        return len(found)

    for number in range(2):
        owe(cast, agreement, f"Møte {number}", due_on=date(2026, 5, 1))
    few = queries()
    for number in range(10):
        owe(cast, agreement, f"Rapport {number}", due_on=date(2026, 6, 1), by=STATE)
    assert queries() == few
