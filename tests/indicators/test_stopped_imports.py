"""F3: a worker may be gone at any moment. What it left never counts, blocks nobody, and can be taken up again."""

import json
import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing.synchronize import Event
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samloft.accounts.models import User
from samloft.core.models import AuditRow
from samloft.indicators import jobs
from samloft.indicators.actions import deliveries, import_storing, imports, latest_figures, pacing
from samloft.indicators.actions.imports import FileOrigin, Owner
from samloft.indicators.models import ImportState, LatestFigure, Observation, StatisticsImport
from samloft.indicators.reading.mapping import StatisticsMapping
from samloft.places.models import Municipality
from tests.cast import Cast, assemble
from tests.indicators.figures import make_indicator, make_zone
from tests.indicators.reading.stat_files import Stat, written

SignIn = Callable[[User], Client]
ZONES = [f"9001-{number}" for number in range(6)]
ROWS = 2 * len(ZONES)


def read_file(cast: Cast, value: float = 5) -> StatisticsImport:
    """A file of twelve figures, read and understood."""
    shape = {"Sone": ZONES, "Tid": ["2023", "2024"]}
    table = written(Stat(shape, dict.fromkeys(Stat(shape, {}).places, value)))
    batch = imports.start(
        upload=SimpleUploadedFile("t.json", json.dumps(table).encode()),
        owner=Owner(cast.programme.municipality, cast.programme),
        origin=FileOrigin(),
        by=cast.programme_leader,
    )
    said = StatisticsMapping.model_validate({"indicator": {"key": "low_income"}})
    mapped = imports.change_mapping(
        batch=imports.read_file(batch=batch), mapping=said, version=None, by=cast.programme_leader
    )
    return imports.read_file(batch=mapped)


def known_places(cast: Cast) -> Cast:
    make_indicator()
    for code in ZONES:
        make_zone(cast.programme.municipality, code)
    return cast


@pytest.fixture
def ready(cast: Cast) -> Cast:
    return known_places(cast)


def long_ago(batch: StatisticsImport) -> None:
    StatisticsImport.objects.filter(pk=batch.pk).update(worked_at=timezone.now() - timedelta(minutes=10))
    batch.refresh_from_db()


def page_of(batch: StatisticsImport, name: str = "statistics_import") -> str:
    return reverse(f"indicators:{name}", args=["elvestad", batch.pk])


def store(batch: StatisticsImport, cast: Cast) -> StatisticsImport:
    begun = import_storing.accept(batch=batch, by=cast.programme_leader)
    return import_storing.store_file(batch=begun, by=cast.programme_leader)


class Killed(BaseException):
    """What is left when a worker dies here is what is stored by then."""


@contextmanager
def dying(patch: pytest.MonkeyPatch, place: object, name: str) -> Iterator[None]:
    """Whoever comes by the function for the second time is gone at once, and leaves everything as it is."""
    real: Any = getattr(place, name)
    passed: list[int] = []

    def fatal(*args: Any, **words: Any) -> Any:
        passed.append(1)
        if len(passed) > 1:
            raise Killed
        return real(*args, **words)

    with patch.context() as here:
        here.setattr(place, name, fatal)
        here.setattr(import_storing, "_give_up", lambda *args: None)
        yield


def half_stored(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> StatisticsImport:
    """A delivery whose worker died when three of its figures were stored."""
    monkeypatch.setattr(pacing, "MOST", 3)
    batch = read_file(cast)
    with dying(monkeypatch, deliveries, "note"), pytest.raises(Killed):
        store(batch, cast)
    batch.refresh_from_db()
    assert (batch.state, batch.stored, Observation.objects.count()) == (ImportState.STORING, 3, 3)
    return batch


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("in_the_middle_of_writing", [True, False])
def test_what_a_killed_worker_left_never_counts_and_is_taken_up_where_it_was(
    in_the_middle_of_writing: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = known_places(assemble())
    begun = import_storing.accept(batch=read_file(cast), by=cast.programme_leader)
    forked = multiprocessing.get_context("fork")
    there = forked.Event()

    connection.close()
    worker = forked.Process(target=_work_until_killed, args=(begun.pk, cast, there, in_the_middle_of_writing))
    worker.start()
    assert there.wait(timeout=20)
    worker.kill()
    worker.join(timeout=20)
    assert worker.exitcode == -9

    begun.refresh_from_db()
    assert (begun.state, begun.stored, Observation.objects.count()) == (ImportState.STORING, 3, 3)
    assert not Observation.objects.in_use(Municipality.objects.values_list("pk")).exists()
    long_ago(begun)
    client = Client()
    client.force_login(cast.programme_leader, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Ingen arbeider med filen nå" in client.get(page_of(begun)).content.decode()

    client.post(page_of(begun, "statistics_resume"))

    begun.refresh_from_db()
    assert (begun.state, begun.stored, begun.added) == (ImportState.VISIBLE, ROWS, ROWS)
    assert (
        Observation.objects.in_use(Municipality.objects.values_list("pk")).count()
        == Observation.objects.count()
        == ROWS
    )
    assert begun.is_settled and LatestFigure.objects.count() == len(ZONES)


def _work_until_killed(pk: int, cast: Cast, there: Event, in_the_middle: bool) -> None:
    """In a process of its own: store three figures, say so, and wait for the end, with or without more begun."""
    pacing.MOST = 3
    note, step, passed = deliveries.note, pacing.Pace.step, [0]

    def wait() -> None:
        there.set()
        time.sleep(60)

    def noting(*args: Any, **words: Any) -> None:
        note(*args, **words)
        passed[0] += 1
        if passed[0] == 2:
            wait()

    @contextmanager
    def stepping(pace: pacing.Pace) -> Iterator[None]:
        with step(pace):
            yield
        wait()

    if in_the_middle:
        deliveries.note = noting
    else:
        pacing.Pace.step = stepping  # type: ignore[method-assign]
    import_storing.store_file(batch=StatisticsImport.objects.get(pk=pk), by=cast.programme_leader)


def test_a_worker_that_comes_back_after_another_took_over_writes_nothing(
    ready: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = half_stored(ready, monkeypatch)
    long_ago(slow)
    deliveries.go_on(batch=slow, by=ready.programme_leader)

    with pytest.raises(deliveries.TakenOver):
        deliveries.note(slow, stored=9)
    with pytest.raises(deliveries.TakenOver):
        deliveries.make_visible(batch=slow, by=ready.programme_leader)
    with pytest.raises(deliveries.TakenOver):
        deliveries.fail(batch=slow, by=ready.programme_leader)
    assert import_storing.store_file(batch=slow, by=ready.programme_leader).state == ImportState.STORING
    assert Observation.objects.count() == 3


def test_a_job_that_waited_in_the_queue_leaves_the_work_to_the_one_that_took_over(
    ready: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = half_stored(ready, monkeypatch)
    jobs.store_statistics.call(batch.pk, ready.programme_leader.pk, batch.version - 1)
    assert Observation.objects.count() == 3


def test_work_that_goes_on_is_neither_taken_over_nor_set_aside(
    ready: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = half_stored(ready, monkeypatch)
    client = sign_in(ready.programme_leader)
    shown = client.post(page_of(batch, "statistics_resume"), follow=True).content.decode()
    assert "Arbeidet med filen er i gang" in shown and "Ingen arbeider" not in shown
    assert "Filen er under arbeid" in client.post(page_of(batch, "statistics_withdraw")).content.decode()
    batch.refresh_from_db()
    assert (batch.state, batch.stored) == (ImportState.STORING, 3)


def test_another_file_is_not_blocked_by_one_whose_worker_is_gone(
    ready: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = half_stored(ready, monkeypatch)
    long_ago(first)
    second = store(read_file(ready, value=6), ready)
    assert second.state == ImportState.VISIBLE

    first.refresh_from_db()
    assert first.state == ImportState.FAILED
    shown = sign_in(ready.programme_leader).get(page_of(first)).content.decode()
    assert "Lagringen stoppet halvveis" in shown
    again = store(first, ready)
    assert (again.state, again.added, again.revised) == (ImportState.VISIBLE, 0, ROWS)
    assert set(
        Observation.objects.in_use(Municipality.objects.values_list("pk")).values_list("value", "revision")
    ) == {(5.0, 2)}


def test_what_stopped_is_shown_in_the_list_and_can_be_set_aside(
    ready: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = half_stored(ready, monkeypatch)
    long_ago(batch)
    client = sign_in(ready.programme_leader)
    assert "Stoppet" in client.get(reverse("indicators:statistics", args=["elvestad"])).content.decode()
    client.post(page_of(batch, "statistics_withdraw"))
    batch.refresh_from_db()
    assert (
        batch.state == ImportState.WITHDRAWN
        and not Observation.objects.in_use(Municipality.objects.values_list("pk")).exists()
    )


def test_a_file_that_nobody_came_to_read_is_read_when_asked_again(
    ready: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = imports.start(
        upload=SimpleUploadedFile("t.csv", b"Sone;2023\n9001-0;1\n"),
        owner=Owner(ready.programme.municipality, ready.programme),
        origin=FileOrigin(),
        by=ready.programme_leader,
    )
    long_ago(batch)
    sign_in(ready.programme_leader).post(page_of(batch, "statistics_resume"))
    batch.refresh_from_db()
    assert batch.state == ImportState.READ
    assert AuditRow.objects.filter(action="statistics.resumed").count() == 1


@pytest.mark.parametrize("withdrawn", [False, True])
def test_rankings_that_a_dead_worker_left_behind_are_brought_up_to_date(
    ready: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, withdrawn: bool
) -> None:
    batch = read_file(ready)
    if withdrawn:
        batch = deliveries.withdraw(batch=store(batch, ready), by=ready.programme_leader)
    else:
        monkeypatch.setattr(latest_figures, "AREAS", 1)
        with dying(monkeypatch, latest_figures, "_rebuild_areas"), pytest.raises(Killed):
            store(batch, ready)
    batch.refresh_from_db()
    assert not batch.is_settled
    client = sign_in(ready.programme_leader)
    assert "blir oppdatert" in client.get(page_of(batch)).content.decode()
    long_ago(batch)
    assert "er ikke oppdatert" in client.get(page_of(batch)).content.decode()

    client.post(page_of(batch, "statistics_resume"))

    batch.refresh_from_db()
    assert batch.is_settled and LatestFigure.objects.count() == (0 if withdrawn else len(ZONES))
