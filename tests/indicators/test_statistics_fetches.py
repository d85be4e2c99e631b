"""F3, L9: a table is fetched from a statistics bank, part by part, and then read like any other file."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samloft.accounts.models import User
from samloft.core.errors import RuleBroken, StaleEdit
from samloft.core.models import AuditRow
from samloft.indicators import jobs
from samloft.indicators.actions import statistics_banks, statistics_fetches
from samloft.indicators.actions.imports import Owner
from samloft.indicators.actions.statistics_banks import BankValues
from samloft.indicators.models import FetchState, ImportState, StatisticsBank, StatisticsFetch, StatisticsImport
from samloft.indicators.pxweb.calls import Clock, put_off
from samloft.places.models import Area, AreaKind, County, Municipality
from tests.cast import Cast
from tests.indicators.statistics_bank import DIMENSIONS, running
from tests.indicators.statistics_bank import StatisticsBank as There

pytestmark = pytest.mark.usefixtures("in_english")

SignIn = Callable[[User], Client]
EVERYTHING = {name: list(values) for name, values in DIMENSIONS.items()}


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[There]:
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path)  # tests beside this one have fetches of the same number
    with running() as bank:
        clock = Clock(now=lambda: bank.time.seconds, wait=put_off)
        monkeypatch.setattr(statistics_fetches, "CLOCK", clock)
        yield bank


@pytest.fixture
def bank(cast: Cast, there: There) -> StatisticsBank:
    values = BankValues("Prøvebanken", there.version_2, licence="CC BY 4.0", most_cells=there.most_cells)
    return statistics_banks.add(values=values, by=cast.operator)


@pytest.fixture
def fetch(cast: Cast, bank: StatisticsBank) -> StatisticsFetch:
    return statistics_fetches.begin(bank=bank, table="07459", owner=Owner(), by=cast.operator)


def choose(fetch: StatisticsFetch, selection: dict[str, list[str]] | None = None) -> StatisticsFetch:
    return statistics_fetches.choose(
        fetch=fetch, selection=selection or EVERYTHING, version=None, by=fetch.made_by
    )


def work(fetch: StatisticsFetch) -> bool:
    """Whether there is more to do, now or later."""
    return statistics_fetches.work(fetch=again(fetch)) is not None


def again(fetch: StatisticsFetch) -> StatisticsFetch:
    return StatisticsFetch.objects.select_related("bank").get(pk=fetch.pk)


def seconds_from_now(moment: datetime | None) -> float:
    assert moment
    return round((moment - timezone.now()).total_seconds())


def work_to_the_end(fetch: StatisticsFetch, there: There) -> list[float]:
    """As the queue does it, in time that passes at once; gives what it waited."""
    waits: list[float] = []
    while due := statistics_fetches.work(fetch=again(fetch)):
        waits.append(seconds_from_now(due))
        there.time.seconds += waits[-1]
    return waits


def folder(fetch: StatisticsFetch) -> Path:
    return Path(settings.MEDIA_ROOT) / "fetches" / str(fetch.pk)


def test_the_bank_is_asked_what_the_table_holds_and_a_choice_is_proposed(
    cast: Cast, fetch: StatisticsFetch, there: There
) -> None:
    assert str(fetch) == "07459: Befolkning" and fetch.state == FetchState.CHOOSING
    assert fetch.selection == {
        "Region": list(DIMENSIONS["Region"]),
        "ContentsCode": ["Personer"],
        "Tid": [str(year) for year in range(2015, 2025)],
    }
    assert len(there.calls) == 1
    row = AuditRow.objects.latest("number")
    assert row.action == "statistics_fetch.begun" and row.data == {"bank": fetch.bank_id}


def test_our_areas_are_proposed(cast: Cast, bank: StatisticsBank) -> None:
    county = County.objects.create(code="31", name="Østfold")
    home = Municipality.objects.create(code="3118", name="Indre Østfold", county=county)
    Area.objects.create(kind=AreaKind.MUNICIPALITY, code="3118", name="Indre Østfold", municipality=home)
    Area.objects.create(kind=AreaKind.MUNICIPALITY, code="0301", name="Oslo")
    begun = statistics_fetches.begin(bank=bank, table="07459", owner=Owner(home), by=cast.operator)
    assert begun.selection["Region"] == ["3014", "3118"], "The code it had before goes by the same name."
    begun = statistics_fetches.begin(bank=bank, table="07459", owner=Owner(), by=cast.operator)
    assert begun.selection["Region"] == ["3118", "0301"]


@pytest.mark.parametrize("table", ["", "../../etc", "07459?x=1", "07459 08"])
def test_what_is_no_table_number_is_refused(cast: Cast, bank: StatisticsBank, there: There, table: str) -> None:
    with pytest.raises(RuleBroken, match="number of the table"):
        statistics_fetches.begin(bank=bank, table=table, owner=Owner(), by=cast.operator)
    assert not there.calls


def test_a_table_that_is_not_there_is_said_at_once(cast: Cast, bank: StatisticsBank) -> None:
    with pytest.raises(RuleBroken, match="no such table"):
        statistics_fetches.begin(bank=bank, table="99999", owner=Owner(), by=cast.operator)
    assert not StatisticsFetch.objects.exists()


def test_a_fetched_table_becomes_a_file_to_be_read(cast: Cast, fetch: StatisticsFetch, there: There) -> None:
    chosen = choose(fetch)
    assert chosen.state == FetchState.FETCHING and chosen.parts == 4
    assert AuditRow.objects.latest("number").data == {"cells": 80, "calls": 4}
    assert work(fetch) is False
    fetch.refresh_from_db()
    delivery = fetch.delivery
    assert fetch.state == FetchState.FETCHED and delivery and fetch.done == 4
    assert (delivery.source, delivery.licence, delivery.state) == ("Prøvebanken", "CC BY 4.0", ImportState.WAITING)
    jobs.read_statistics.call(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.state == ImportState.READ and delivery.observations == 80
    assert not folder(fetch).exists()
    assert AuditRow.objects.filter(action="statistics_fetch.fetched").exists()


def test_a_fetch_that_stops_says_why_and_goes_on_later(cast: Cast, fetch: StatisticsFetch, there: There) -> None:
    choose(fetch)
    there.most_calls = 3
    there.retry_after = "1"
    assert work_to_the_end(fetch, there) == [1.0] * 5
    fetch.refresh_from_db()
    assert fetch.state == FetchState.STOPPED and "429" in fetch.message
    assert len(list(folder(fetch).iterdir())) == 2
    there.most_calls = 100
    statistics_fetches.resume(fetch=fetch, by=cast.operator)
    assert work(fetch) is False
    fetch.refresh_from_db()
    assert fetch.state == FetchState.FETCHED and not fetch.message
    assert len(there.cells_given) == 80, "Nothing was asked for twice."


def test_nobody_sleeps_while_the_bank_is_busy(cast: Cast, fetch: StatisticsFetch, there: There) -> None:
    """The worker is told when to come back, and does other things meanwhile."""
    choose(fetch)
    there.next_answers.extend([503, "hang up"])
    there.retry_after = "30"
    assert seconds_from_now(statistics_fetches.work(fetch=again(fetch))) == 30
    fetch.refresh_from_db()
    assert fetch.state == FetchState.FETCHING and (fetch.done, fetch.failed) == (0, 1)
    assert fetch.next_at and "503" in fetch.message
    assert seconds_from_now(statistics_fetches.work(fetch=again(fetch))) == 4, "The second failure in a row."
    assert work(fetch) is False
    fetch.refresh_from_db()
    assert fetch.state == FetchState.FETCHED and (fetch.failed, fetch.next_at) == (0, None)


def test_a_long_fetch_lets_others_have_their_turn(
    cast: Cast, fetch: StatisticsFetch, there: There, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(fetch)
    monkeypatch.setattr(statistics_fetches, "TURN", 0.0)
    assert seconds_from_now(statistics_fetches.work(fetch=again(fetch))) == 0
    fetch.refresh_from_db()
    assert fetch.state == FetchState.FETCHING and fetch.next_at is None


def test_all_fetches_together_keep_within_the_limit_of_the_bank(
    cast: Cast, fetch: StatisticsFetch, bank: StatisticsBank, there: There
) -> None:
    StatisticsBank.objects.filter(pk=bank.pk).update(most_calls=3)
    there.most_calls = 3
    other = statistics_fetches.begin(bank=bank, table="07459", owner=Owner(), by=cast.operator)
    choose(fetch, {**EVERYTHING, "Tid": ["2020"]})
    choose(other, {**EVERYTHING, "Tid": ["2021"]})
    assert work(fetch) is False
    assert work_to_the_end(other, there) == [60.0], "The fourth call of the minute waits, though it is another."
    bank.refresh_from_db()
    with pytest.raises(RuleBroken, match=r"takes no more calls just now. Try again in \d+ seconds"):
        for _ in range(3):
            statistics_fetches.begin(bank=bank, table="07459", owner=Owner(), by=cast.operator)


def test_a_fetch_whose_worker_died_is_taken_up_again(cast: Cast, fetch: StatisticsFetch, there: There) -> None:
    """The job is lost, the parts that came are not; and the old job, should it live, hands nothing over."""
    chosen = choose(fetch)
    there.most_calls = 3
    assert work(fetch) is True, "Two parts have come when the worker dies."
    with pytest.raises(RuleBroken, match="under way"):
        statistics_fetches.resume(fetch=fetch, by=cast.operator)
    long_ago = timezone.now() - timedelta(minutes=10)
    StatisticsFetch.objects.update(worked_at=long_ago, next_at=long_ago)
    there.most_calls = 100
    old = again(fetch)
    resumed = statistics_fetches.resume(fetch=fetch, by=cast.operator)
    assert resumed.version > chosen.version
    assert statistics_fetches.work(fetch=old) is None
    assert not StatisticsImport.objects.exists()
    jobs.fetch_statistics.call(fetch.pk, chosen.version)
    assert not StatisticsImport.objects.exists()
    jobs.fetch_statistics.call(fetch.pk, resumed.version)
    assert StatisticsImport.objects.get() == again(fetch).delivery
    assert len(there.cells_given) == 80, "Nothing was asked for twice."


def test_a_table_that_the_bank_updates_meanwhile_is_never_mixed(
    cast: Cast, fetch: StatisticsFetch, there: There
) -> None:
    choose(fetch)
    there.most_calls = 3
    assert work(fetch) is True
    there.most_calls, there.updated = 100, "2025-03-20T07:00:00Z"
    assert work(fetch) is False
    fetch.refresh_from_db()
    assert fetch.state == FetchState.STOPPED and "has updated the table" in fetch.message
    statistics_fetches.resume(fetch=fetch, by=cast.operator)
    assert work(fetch) is False
    fetch.refresh_from_db()
    assert fetch.state == FetchState.FETCHED
    assert len(there.cells_given) == 80 + 40, "Only the two parts of the old table came twice."


@pytest.mark.parametrize(
    ("selection", "words"),
    [
        ({"Region": ["0301", "9999"], "ContentsCode": ["Personer"], "Tid": ["2020"]}, "no code 9999"),
        ({"Region": ["0301"], "ContentsCode": ["Personer"]}, "Choose something of “tid”"),
    ],
)
def test_what_the_table_does_not_have_is_not_asked_for(
    cast: Cast, fetch: StatisticsFetch, there: There, selection: dict[str, list[str]], words: str
) -> None:
    with pytest.raises(RuleBroken, match=words):
        choose(fetch, selection)
    assert len(there.calls) == 1


def test_far_too_much_is_refused(cast: Cast, fetch: StatisticsFetch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics_fetches, "MOST_PARTS", 3)
    with pytest.raises(RuleBroken, match="80 figures in 4 calls"):
        choose(fetch)


def test_a_fetch_is_given_up_with_what_has_come(cast: Cast, fetch: StatisticsFetch, there: There) -> None:
    choose(fetch)
    with pytest.raises(RuleBroken, match="not waiting for you"):
        statistics_fetches.discard(fetch=fetch, by=cast.operator)
    there.next_answers.append(400)
    work(fetch)
    statistics_fetches.discard(fetch=fetch, by=cast.operator)
    assert not StatisticsFetch.objects.exists() and not folder(fetch).exists()
    assert AuditRow.objects.latest("number").action == "statistics_fetch.discarded"


def test_banks_are_kept_by_operators(cast: Cast, bank: StatisticsBank) -> None:
    with pytest.raises(RuleBroken, match="this name already"):
        statistics_banks.add(values=BankValues("prøvebanken", "https://example.no"), by=cast.operator)
    with pytest.raises(RuleBroken, match="must begin with"):
        statistics_banks.add(values=BankValues("Annen", "file:///etc"), by=cast.operator)
    values = BankValues("Prøvebanken", "https://example.no/api/", licence="NLOD")
    changed = statistics_banks.change(bank=bank, values=values, version=1, by=cast.operator)
    assert changed.address == "https://example.no/api"
    assert AuditRow.objects.latest("number").action == "statistics_bank.changed"
    with pytest.raises(StaleEdit):
        statistics_banks.change(
            bank=bank, values=BankValues("Tredje", "https://x.no"), version=1, by=cast.operator
        )


def test_an_installation_begins_with_statistics_norway_and_keeps_its_own_changes(cast: Cast) -> None:
    assert statistics_banks.enter_first() == 1
    first = StatisticsBank.objects.get()
    assert (first.name, first.most_cells, first.most_calls) == ("Statistisk sentralbyrå", 800_000, 30)
    StatisticsBank.objects.update(address="https://example.no")
    assert statistics_banks.enter_first() == 0


def at_programme(name: str, *args: object) -> str:
    return reverse(f"indicators:statistics_{name}", args=["elvestad", *args])


def at_operator(name: str, *args: object) -> str:
    return reverse(f"indicators:operator_statistics_{name}", args=args)


@pytest.mark.parametrize("desk", ["programme", "operator"])
def test_a_table_is_fetched_on_the_pages(
    cast: Cast, bank: StatisticsBank, there: There, sign_in: SignIn, desk: str
) -> None:
    address = at_programme if desk == "programme" else at_operator
    client = sign_in(cast.programme_leader if desk == "programme" else cast.operator)
    assert "Prøvebanken" in client.get(address("fetch_new")).content.decode()
    answer = client.post(address("fetch_new"), {"bank": bank.pk, "table": "07459"})
    fetch = StatisticsFetch.objects.get()
    assert answer.url == address("fetch", fetch.pk)
    shown = client.get(answer.url).content.decode()
    assert "07459: Befolkning" in shown and "Indre Østfold (2020–2023)" in shown
    sent = {"how_0": "some", "codes_0": "0301, 3118", "how_1": "together", "how_2": "all", "how_3": "newest"}
    assert "Skriv hvor mange" in client.post(answer.url, sent).content.decode()
    assert client.post(answer.url, {**sent, "codes_3": "3", "version": 1}).status_code == 302
    fetch.refresh_from_db()
    assert fetch.selection["Region"] == ["3118", "0301"] and fetch.selection["Tid"] == ["2022", "2023", "2024"]
    shown = client.get(answer.url).content.decode()
    delivery = StatisticsImport.objects.get()
    assert "Tabellen er her" in shown
    assert delivery.programme == (cast.programme if desk == "programme" else None)
    assert delivery.municipality == (cast.programme.municipality if desk == "programme" else None)


def test_a_bank_that_does_not_answer_is_told_on_the_page(
    cast: Cast, bank: StatisticsBank, there: There, sign_in: SignIn
) -> None:
    StatisticsBank.objects.update(address="http://127.0.0.1:9")
    client = sign_in(cast.programme_leader)
    shown = client.post(at_programme("fetch_new"), {"bank": bank.pk, "table": "07459"}).content.decode()
    assert "Prøvebanken svarer ikke" in shown and 'value="07459"' in shown


def test_a_stopped_fetch_is_resumed_or_given_up_on_its_page(
    cast: Cast, fetch: StatisticsFetch, there: There, sign_in: SignIn
) -> None:
    choose(fetch)
    there.next_answers.append(401)
    work(fetch)
    client = sign_in(cast.operator)
    shown = client.get(at_operator("fetch", fetch.pk)).content.decode()
    assert "asks for a password" in shown and "Fortsett der den stoppet" in shown
    assert "Gi opp" in client.get(at_operator("fetch_discard", fetch.pk)).content.decode()
    assert "07459: Befolkning" in client.get(reverse("indicators:operator_statistics")).content.decode()
    client.post(at_operator("fetch_resume", fetch.pk))
    fetch.refresh_from_db()
    assert fetch.state == FetchState.FETCHED
    StatisticsFetch.objects.update(state=FetchState.STOPPED, delivery=None)
    client.post(at_operator("fetch_discard", fetch.pk))
    assert not StatisticsFetch.objects.exists()


def test_a_fetch_under_way_shows_how_far_it_has_come(cast: Cast, fetch: StatisticsFetch, sign_in: SignIn) -> None:
    choose(fetch)
    shown = sign_in(cast.operator).get(at_operator("fetch", fetch.pk)).content.decode()
    assert "0 av 4 deler er kommet, av i alt 80 tall" in shown and "hx-get" in shown
    assert "Fortsett der den stoppet" not in shown


def test_the_page_says_when_the_bank_is_asked_again_and_offers_to_take_up_a_fetch_that_was_left(
    cast: Cast, fetch: StatisticsFetch, there: There, sign_in: SignIn
) -> None:
    choose(fetch)
    there.next_answers.append(503)
    work(fetch)
    client = sign_in(cast.operator)
    shown = client.get(at_operator("fetch", fetch.pk)).content.decode()
    assert "503" in shown and "fortsetter av seg selv klokka" in shown
    long_ago = timezone.now() - timedelta(minutes=10)
    StatisticsFetch.objects.update(worked_at=long_ago, next_at=long_ago)
    assert "Fortsett der den stoppet" in client.get(at_operator("fetch", fetch.pk)).content.decode()
    client.post(at_operator("fetch_resume", fetch.pk))
    assert again(fetch).state == FetchState.FETCHED


def test_operators_add_and_change_banks_on_pages(cast: Cast, bank: StatisticsBank, sign_in: SignIn) -> None:
    client = sign_in(cast.operator)
    assert "Prøvebanken" in client.get(reverse("indicators:statistics_banks")).content.decode()
    usual = {"interface": "v1", "language": "no", "most_cells": 1000, "most_calls": 10, "seconds": 60}
    client.post(
        reverse("indicators:statistics_bank_new"), {"name": "Oslo", "address": "https://example.no/oslo", **usual}
    )
    made = StatisticsBank.objects.get(name="Oslo")
    url = reverse("indicators:statistics_bank", args=[made.pk])
    client.post(url, {"name": "Oslo kommune", "address": made.address, "version": 1, **usual})
    assert StatisticsBank.objects.filter(name="Oslo kommune").exists()


def test_who_may_fetch(cast: Cast, bank: StatisticsBank, there: There, sign_in: SignIn) -> None:
    owner = Owner(cast.programme.municipality, cast.programme)
    own = statistics_fetches.begin(bank=bank, table="07459", owner=owner, by=cast.programme_leader)
    for url in (at_programme("fetch_new"), at_programme("fetch", own.pk)):
        assert sign_in(cast.programme_leader).get(url).status_code == 200
        assert sign_in(cast.board_member).get(url).status_code == 403
        assert sign_in(cast.outsider).get(url).status_code == 404
    for url in (at_operator("fetch_new"), reverse("indicators:statistics_banks")):
        assert sign_in(cast.operator).get(url).status_code == 200
        assert sign_in(cast.programme_leader).get(url).status_code == 404
    assert sign_in(cast.operator).get(at_operator("fetch", own.pk)).status_code == 404
