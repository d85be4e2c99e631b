"""F2, F3, L1: figures come in through the browser, are understood, stored whole, and taken back."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samloft.accounts.models import User
from samloft.core.errors import RuleBroken
from samloft.core.models import AuditRow
from samloft.indicators import jobs
from samloft.indicators.actions import deliveries, import_storing, imports, pacing
from samloft.indicators.actions.imports import FileOrigin, Owner
from samloft.indicators.models import ImportState, Observation, StatisticsImport
from samloft.indicators.reading.limits import LARGEST_FILE
from samloft.indicators.reading.mapping import StatisticsMapping
from samloft.programmes.models import Programme
from tests.cast import Cast
from tests.indicators.figures import make_indicator, make_zone
from tests.indicators.reading.stat_files import Stat, written

SignIn = Callable[[User], Client]
ZONES = ["9001-1", "9001-2"]


def table(values: list[Any], **dimensions: list[str]) -> bytes:
    shape = dimensions or {"Sone": ZONES, "Tid": ["2023", "2024"]}
    places = Stat(shape, {}).places
    stat = written(Stat(shape, dict(zip(places, values, strict=True))))
    return json.dumps(stat | {"label": "12345: Lavinntekt", "source": "Elvestad kommune"}).encode()


@pytest.fixture
def ready(cast: Cast) -> Cast:
    """The programme's municipality has two zones, and the catalogue two indicators."""
    for code in ZONES:
        make_zone(cast.programme.municipality, code)
    make_indicator("low_income")
    make_indicator("people", unit="personer")
    return cast


def upload(content: bytes, name: str = "tabell.json") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def brought_in(cast: Cast, content: bytes, programme: Programme | None = None) -> StatisticsImport:
    """An uploaded file, read by the worker."""
    programme = programme or cast.programme
    batch = imports.start(
        upload=upload(content),
        owner=Owner(programme.municipality, programme),
        origin=FileOrigin(),
        by=cast.programme_leader,
    )
    return imports.read_file(batch=batch)


def understood(cast: Cast, content: bytes, **mapping: Any) -> StatisticsImport:
    batch = brought_in(cast, content)
    said = StatisticsMapping.model_validate(batch.mapping | (mapping or {"indicator": {"key": "low_income"}}))
    waiting = imports.change_mapping(batch=batch, mapping=said, version=batch.version, by=cast.programme_leader)
    return imports.read_file(batch=waiting)


def accepted(cast: Cast, content: bytes) -> StatisticsImport:
    batch = import_storing.accept(batch=understood(cast, content), by=cast.programme_leader)
    return import_storing.store_file(batch=batch, by=cast.programme_leader)


def page_of(batch: StatisticsImport, name: str = "statistics_import") -> str:
    return reverse(f"indicators:{name}", args=[batch.programme.slug, batch.pk])  # type: ignore[union-attr]


def answers(page: Any, **changes: Any) -> dict[str, Any]:
    """What the browser would send back from the mapping page, with some answers changed."""
    sent: dict[str, Any] = {}
    for form in page.context["forms"].all:
        for field in form:
            value = field.value()
            if value not in (None, False):
                sent[field.html_name] = value
    return sent | changes


def test_a_file_goes_all_the_way_from_upload_to_figures_in_use(ready: Cast, sign_in: SignIn) -> None:
    client = sign_in(ready.programme_leader)
    home = reverse("indicators:statistics", args=["elvestad"])
    answer = client.post(home, {"file": upload(table([12.5, ":", None, 9]))}, follow=True)
    batch = StatisticsImport.objects.get()

    assert batch.state == ImportState.READ
    assert "Filen sier ikke hvilken indikator" in answer.content.decode()
    assert not Observation.objects.exists()

    answer = client.post(page_of(batch), answers(answer, indicator="Lavinntekt low_income"), follow=True)
    assert "Alt er forstått" in answer.content.decode()

    answer = client.post(page_of(batch, "statistics_accept"), follow=True)
    batch.refresh_from_db()
    assert (batch.state, batch.added, batch.revised, batch.stored) == (ImportState.VISIBLE, 4, 0, 4)
    assert (batch.title, batch.table_id, batch.source) == ("12345: Lavinntekt", "12345", "Elvestad kommune")
    assert "Nye tall" in answer.content.decode()
    in_use = Observation.objects.in_use([ready.programme.municipality_id]).order_by("area__code", "period")
    assert list(in_use.values_list("value", "missing")) == [(12.5, ""), (None, ":"), (None, "unknown"), (9, "")]
    assert "4 nye, 0 endret, 0 som før" in client.get(home).content.decode()


def test_the_next_file_of_the_table_is_understood_at_once(ready: Cast) -> None:
    accepted(ready, table([1, 2, 3, 4]))

    assert brought_in(ready, table([1, 2, 3, 5])).problems == []


def test_changed_figures_are_revisions_and_a_withdrawn_file_gives_the_old_ones_back(
    ready: Cast, sign_in: SignIn
) -> None:
    accepted(ready, table([1, 2, 3, 4]))
    second = accepted(ready, table([1, 2.5, 3, ":"]))
    assert (second.added, second.revised) == (0, 2)

    client = sign_in(ready.programme_leader)
    asked = client.get(page_of(second, "statistics_withdraw")).content.decode()
    assert "2 tall" in asked
    client.post(page_of(second, "statistics_withdraw"))

    in_use = Observation.objects.in_use([ready.programme.municipality_id]).order_by("area__code", "period")
    assert list(in_use.values_list("value", flat=True)) == [1, 2, 3, 4]
    second.refresh_from_db()
    assert second.state == ImportState.WITHDRAWN


def test_the_same_file_again_changes_nothing(ready: Cast) -> None:
    accepted(ready, table([1, 2, 3, 4]))
    again = accepted(ready, table([1, 2, 3, 4]))

    assert (again.added, again.revised, again.stored) == (0, 0, 4)
    assert Observation.objects.count() == 4


def test_errors_in_rows_are_shown_by_place_and_nothing_can_be_stored(ready: Cast, sign_in: SignIn) -> None:
    text = "Sone;År;Andel\n9001-1;2023;12,5\n9001-1;2024;1.250\n9001-2;2023;omtrent 4\n"
    batch = brought_in(ready, text.encode())
    said = StatisticsMapping.model_validate(batch.mapping | {"indicator": {"key": "low_income"}})
    batch = imports.read_file(
        batch=imports.change_mapping(batch=batch, mapping=said, version=None, by=ready.programme_leader)
    )
    shown = sign_in(ready.programme_leader).get(page_of(batch)).content.decode()

    assert "Rad 4, kolonne 3" in shown
    assert "1.250" not in [problem[1][1].get("text") for problem in batch.problems]  # 12,5 proves the comma
    assert "omtrent 4" in shown
    with pytest.raises(RuleBroken):
        import_storing.accept(batch=batch, by=ready.programme_leader)
    assert not Observation.objects.exists()


def test_nothing_counts_when_storing_fails_on_the_way(ready: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "MOST", 1)
    batch = understood(ready, table([1, 2, 3, 4]))
    stored: list[int] = []

    def broken(*args: Any, **words: Any) -> Any:
        stored.append(1)
        if len(stored) > 2:
            raise RuntimeError("the disk is full")
        return note(*args, **words)

    note = deliveries.note
    monkeypatch.setattr(deliveries, "note", broken)
    begun = import_storing.accept(batch=batch, by=ready.programme_leader)
    with pytest.raises(RuntimeError):
        import_storing.store_file(batch=begun, by=ready.programme_leader)

    batch.refresh_from_db()
    assert batch.state == ImportState.FAILED
    assert not Observation.objects.in_use([ready.programme.municipality_id]).exists()

    monkeypatch.setattr(deliveries, "note", note)
    begun = import_storing.accept(batch=batch, by=ready.programme_leader)
    assert import_storing.store_file(batch=begun, by=ready.programme_leader).state == ImportState.VISIBLE
    assert Observation.objects.in_use([ready.programme.municipality_id]).count() == 4


def test_an_area_that_disappears_between_reading_and_storing_stops_it(ready: Cast) -> None:
    batch = understood(ready, table([1, 2, 3, 4]))
    begun = import_storing.accept(batch=batch, by=ready.programme_leader)
    ready.programme.municipality.areas.filter(code=ZONES[0]).delete()

    failed = import_storing.store_file(batch=begun, by=ready.programme_leader)
    assert failed.state == ImportState.FAILED
    assert failed.problems


def test_a_file_that_cannot_be_read_says_why(ready: Cast, sign_in: SignIn) -> None:
    batch = brought_in(ready, b"%PDF-1.7")
    shown = sign_in(ready.programme_leader).get(page_of(batch)).content.decode()

    assert batch.state == ImportState.UNREADABLE
    assert "verken JSON-stat, CSV eller Excel" in shown


def test_a_lost_file_is_told_as_damaged(ready: Cast) -> None:
    batch = imports.start(
        upload=upload(table([1, 2, 3, 4])), owner=Owner(), origin=FileOrigin(), by=ready.programme_leader
    )
    batch.content.storage.delete(str(batch.content.name))

    assert imports.read_file(batch=batch).state == ImportState.UNREADABLE


@pytest.mark.parametrize("size", [0, LARGEST_FILE + 1])
def test_empty_and_too_large_files_are_refused(ready: Cast, size: int) -> None:
    file = upload(b"")
    file.size = size

    with pytest.raises(RuleBroken):
        imports.start(upload=file, owner=Owner(), origin=FileOrigin(), by=ready.programme_leader)
    assert not StatisticsImport.objects.exists()


def test_the_mapping_page_takes_every_kind_of_answer(ready: Cast, sign_in: SignIn) -> None:
    values = list(range(1, 33))
    values[0], values[2], values[16], values[18] = 56, 64, 84, 85  # the shares of the numbers that follow
    content = table(
        values,
        Bydel=["A", "B"],
        Hva=["andel", "n", "d", "annet"],
        Kj=["1", "2"],
        Sivil=["alle", "gift"],
        Tid=["2024"],
    )
    batch = brought_in(ready, content)
    client = sign_in(ready.programme_leader)
    page = client.get(page_of(batch))
    kinds = {"d0-kind": "area", "d1-kind": "indicator", "d2-kind": "sex", "d3-kind": "only", "d3-only": "alle"}
    page = client.post(page_of(batch), answers(page, **kinds), follow=True)

    zones = [f"{code} Sone {code}" for code in ZONES]
    said = {
        "d0-c0-to": zones[0],
        "d0-c1-to": zones[1],
        "d1-c0-to": "Lavinntekt low_income",
        "d1-c1-to": "low_income",
        "d1-c1-part": "numerator",
        "d1-c2-to": "low_income",
        "d1-c2-part": "denominator",
        "d1-c3-left_out": "on",
        "d2-c0-to": "m",
        "d2-c1-to": "f",
    }
    page = client.post(page_of(batch), answers(page, **said), follow=True)
    batch.refresh_from_db()

    assert batch.problems == []
    assert batch.mapping["indicator"]["codes"] == {
        "andel": "low_income",
        "n": "low_income/numerator",
        "d": "low_income/denominator",
    }
    client.post(page_of(batch, "statistics_accept"))
    figures = Observation.objects.in_use([ready.programme.municipality_id]).order_by("area__code", "sex")
    assert list(figures.values_list("sex", "value", "numerator", "denominator")) == [
        ("f", 64, 7, 11),
        ("m", 56, 5, 9),
        ("f", 85, 23, 27),
        ("m", 84, 21, 25),
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"indicator": "finnes ikke"}, "Det er ingen indikator som heter «finnes ikke»"),
        ({"d0-kind": "period"}, "En annen dimensjon er det fra før"),
        ({"d0-kind": "only", "d0-only": ""}, "Velg kategorien som skal brukes"),
        ({"version": "999"}, "Noen andre har endret dette"),
    ],
)
def test_answers_that_make_no_sense_are_told_and_kept(
    ready: Cast, sign_in: SignIn, changes: dict[str, str], words: str
) -> None:
    batch = brought_in(ready, table([1, 2, 3, 4]))
    client = sign_in(ready.programme_leader)
    answer = client.post(page_of(batch), answers(client.get(page_of(batch)), source="Vår egen", **changes))

    assert words in answer.content.decode()
    assert "Vår egen" in answer.content.decode()
    batch.refresh_from_db()
    assert batch.state == ImportState.READ


def test_a_table_asks_how_decimals_are_written_and_which_columns_count(ready: Cast, sign_in: SignIn) -> None:
    batch = brought_in(ready, b"Sone;Trinn;\xc3\x85r;Andel\n9001-1;5;2024;1.250\n9001-2;5;2024;2.000\n")
    client = sign_in(ready.programme_leader)
    page = client.get(page_of(batch))
    assert len(batch.problems) >= 2

    page = client.post(page_of(batch), answers(page, decimal=",", figures=["Andel"]), follow=True)
    page = client.post(page_of(batch), answers(page, indicator="people", **{"d1-kind": "only", "d1-only": "5"}))
    batch.refresh_from_db()
    assert [dimension["id"] for dimension in batch.dimensions] == ["Sone", "Trinn", "År"]
    assert batch.problems == []


def test_work_that_waits_is_shown_with_how_far_it_has_come(
    ready: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = understood(ready, table([1, 2, 3, 4]))
    client = sign_in(ready.programme_leader)
    for state, words in ((ImportState.WAITING, "300 000"), (ImportState.STORING, "2 av 4")):
        StatisticsImport.objects.filter(pk=batch.pk).update(
            state=state, read=300_000, stored=2, worked_at=timezone.now()
        )
        shown = client.get(page_of(batch)).content.decode().replace("\u00a0", " ")
        assert words in shown
        assert "Ingen arbeider med filen nå" not in shown
        StatisticsImport.objects.filter(pk=batch.pk).update(worked_at=timezone.now() - timedelta(minutes=10))
        assert "Ingen arbeider med filen nå" in client.get(page_of(batch)).content.decode()


def test_one_file_is_stored_at_a_time(ready: Cast, sign_in: SignIn) -> None:
    first, second = understood(ready, table([1, 2, 3, 4])), understood(ready, table([4, 3, 2, 1]))
    import_storing.accept(batch=first, by=ready.programme_leader)
    answer = sign_in(ready.programme_leader).post(page_of(second, "statistics_accept"), follow=True)

    second.refresh_from_db()
    assert second.state == ImportState.READ
    assert "En annen" in answer.content.decode()


def test_jobs_do_nothing_twice(ready: Cast) -> None:
    batch = accepted(ready, table([1, 2, 3, 4]))
    jobs.read_statistics.call(batch.pk)
    jobs.store_statistics.call(batch.pk, ready.programme_leader.pk, batch.version)

    batch.refresh_from_db()
    assert (batch.state, Observation.objects.count()) == (ImportState.VISIBLE, 4)


def test_the_audit_trail_tells_of_each_step_without_names(ready: Cast) -> None:
    batch = accepted(ready, table([1, 2, 3, 4]))
    deliveries.withdraw(batch=batch, by=ready.programme_leader)

    rows = AuditRow.objects.filter(action__startswith="statistics.").order_by("pk")
    assert [row.action for row in rows] == [
        "statistics.uploaded",
        "statistics.mapped",
        "statistics.made_visible",
        "statistics.withdrawn",
    ]
    assert "Lavinntekt" not in json.dumps([row.data for row in rows])


def test_the_file_can_be_downloaded_as_it_was(ready: Cast, sign_in: SignIn) -> None:
    content = table([1, 2, 3, 4])
    answer = sign_in(ready.programme_leader).get(page_of(brought_in(ready, content), "statistics_file"))

    assert b"".join(answer.streaming_content) == content  # type: ignore[attr-defined]
    assert "attachment" in answer.headers["Content-Disposition"]


PAGES = ["statistics_import", "statistics_withdraw", "statistics_file"]


def test_leaders_see_the_pages_others_in_the_programme_may_not_and_outsiders_find_nothing(
    ready: Cast, sign_in: SignIn
) -> None:
    batch = brought_in(ready, table([1, 2, 3, 4]))
    pages = [reverse("indicators:statistics", args=["elvestad"]), *(page_of(batch, name) for name in PAGES)]
    for url in pages:
        assert sign_in(ready.programme_leader).get(url).status_code == 200
        assert sign_in(ready.coordinator).get(url).status_code == 403
        assert sign_in(ready.ministry_adviser).get(url).status_code == 403
        assert sign_in(ready.outsider).get(url).status_code == 404
        assert sign_in(ready.operator).get(url).status_code == 404


def test_a_file_of_another_programme_is_not_found(ready: Cast, sign_in: SignIn) -> None:
    batch = brought_in(ready, table([1, 2, 3, 4]), ready.other_programme)
    client = sign_in(ready.programme_leader)
    for name in [*PAGES, "statistics_accept", "statistics_resume"]:
        url = reverse(f"indicators:{name}", args=["elvestad", batch.pk])
        assert client.post(url).status_code == 404


def test_operators_bring_in_everybodys_figures_and_leaders_see_that_they_are_there(
    ready: Cast, sign_in: SignIn
) -> None:
    client = sign_in(ready.operator)
    home = reverse("indicators:operator_statistics")
    client.post(home, {"file": upload(table([1, 2, 3, 4])), "licence": "NLOD", "retrieved_on": date(2025, 5, 1)})
    batch = StatisticsImport.objects.get()
    assert (batch.municipality, batch.programme, batch.licence) == (None, None, "NLOD")

    url = reverse("indicators:operator_statistics_import", args=[batch.pk])
    client.post(url, answers(client.get(url), indicator="people"))
    client.post(reverse("indicators:operator_statistics_accept", args=[batch.pk]))
    batch.refresh_from_db()
    assert batch.state == ImportState.VISIBLE

    shown = (
        sign_in(ready.programme_leader).get(reverse("indicators:statistics", args=["elvestad"])).content.decode()
    )
    assert "12345: Lavinntekt" in shown
    assert "NLOD" in shown
    for name in ("operator_statistics", "operator_statistics_import"):
        args = [batch.pk] if name.endswith("import") else []
        assert sign_in(ready.programme_leader).get(reverse(f"indicators:{name}", args=args)).status_code == 404


def test_a_municipality_cannot_bring_in_figures_for_the_zones_of_another(ready: Cast) -> None:
    make_zone(ready.other_programme.municipality, "9002-1")
    batch = understood(ready, table([1, 2], Sone=["9002-1"], Tid=["2023", "2024"]))

    assert any("9002-1" in json.dumps(problem) for problem in batch.problems)


def test_the_leader_of_a_county_programme_says_which_municipality_owns_the_figures(
    ready: Cast, sign_in: SignIn
) -> None:
    county = ready.programme.municipality.county
    Programme.objects.filter(pk=ready.programme.pk).update(municipality=None, county=county)
    client = sign_in(ready.programme_leader)
    home = reverse("indicators:statistics", args=["elvestad"])

    assert "Velg fra listen" in client.post(home, {"file": upload(table([1, 2, 3, 4]))}).content.decode()
    municipality = ready.other_programme.municipality
    client.post(home, {"file": upload(table([1, 2, 3, 4])), "municipality": municipality.pk})
    assert StatisticsImport.objects.get().municipality == municipality


def test_the_pages_ask_the_database_as_often_with_many_as_with_few(
    ready: Cast, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    client = sign_in(ready.programme_leader)
    home = reverse("indicators:statistics", args=["elvestad"])

    def queries(url: str) -> int:
        with django_assert_max_num_queries(50) as counted:
            client.get(url)
        return len(counted)

    batch = understood(ready, table([1, 2, 3, 4]))
    brought_in(ready, table([1, 2, 3, 4]))
    few = queries(home), queries(page_of(batch))
    for number in range(10):
        brought_in(ready, table([1, 2, 3, 4]))
        make_zone(ready.programme.municipality, f"9001-{number + 10}")
        make_indicator(f"more_{number}")
    batch = understood(ready, table([1, 2, 3, 4]))

    assert (queries(home), queries(page_of(batch))) == few


def test_the_code_written_once_more_settles_an_area_that_goes_by_another_name(
    ready: Cast, sign_in: SignIn
) -> None:
    stat = json.loads(table([1, 2, 3, 4]))
    stat["dimension"]["Sone"]["category"]["label"][ZONES[0]] = "Columbia"
    batch = brought_in(ready, json.dumps(stat).encode())
    client = sign_in(ready.programme_leader)
    page = client.get(page_of(batch))

    assert "«Columbia» har koden" in page.content.decode()
    page = client.post(
        page_of(batch), answers(page, indicator="low_income", **{"d0-c0-to": ZONES[0]}), follow=True
    )
    assert "Alt er forstått" in page.content.decode()


def test_figures_that_go_missing_are_shown_before_and_kept_after(ready: Cast, sign_in: SignIn) -> None:
    """An empty place without a reason is a revision like any other: it is told, and the old figure is kept."""
    accepted(ready, table([1, 2, 3, 4]))
    later = understood(ready, table([1, None, 3, 4]))
    client = sign_in(ready.programme_leader)
    shown = client.get(page_of(later)).content.decode()
    assert "1 tall som gjelder nå, blir borte" in shown and "Sone 9001-1, 2024: 2" in shown
    batch = import_storing.accept(batch=later, by=ready.programme_leader)
    stored = import_storing.store_file(batch=batch, by=ready.programme_leader)
    assert (stored.added, stored.revised) == (0, 1)
    found = Observation.objects.filter(area__code="9001-1", period="2024").order_by("revision")
    assert [(one.value, one.missing, one.revision) for one in found] == [(2.0, "", 1), (None, "unknown", 2)]
    deliveries.withdraw(batch=stored, by=ready.programme_leader)
    assert found.in_use([ready.programme.municipality_id]).get().value == 2.0
