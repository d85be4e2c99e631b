"""Others go on working while figures are stored (L-aim: nobody waits for an import)."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from samloft.indicators.actions import import_storing, imports, pacing
from samloft.indicators.actions.imports import FileOrigin, Owner
from samloft.indicators.models import ImportState, Observation, StatisticsImport
from samloft.indicators.reading.mapping import StatisticsMapping
from samloft.programmes.models import Programme
from tests.at_once import at_once
from tests.cast import Cast, assemble
from tests.indicators.figures import make_indicator, make_zone
from tests.indicators.reading.stat_files import Stat, written

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def waiting() -> tuple[Cast, list[StatisticsImport]]:
    """Two files of the same figures, read and understood."""
    cast = assemble()
    make_indicator()
    zones = [make_zone(cast.programme.municipality, f"9001-{number}").code for number in range(6)]
    shape = {"Sone": zones, "Tid": ["2023", "2024"]}
    table = written(Stat(shape, dict.fromkeys(Stat(shape, {}).places, 5)))

    def ready() -> StatisticsImport:
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

    return cast, [ready(), ready()]


def test_another_save_succeeds_between_two_chunks(
    waiting: tuple[Cast, list[StatisticsImport]], monkeypatch: pytest.MonkeyPatch
) -> None:
    cast, (batch, _other) = waiting
    monkeypatch.setattr(pacing, "MOST", 3)
    half_way, saved = Event(), Event()
    step = pacing.Pace.step

    @contextmanager
    def pausing(pace: pacing.Pace) -> Iterator[None]:
        with step(pace):
            yield
        if not half_way.is_set():
            half_way.set()
            assert saved.wait(timeout=10)

    monkeypatch.setattr(pacing.Pace, "step", pausing)

    def store() -> str:
        begun = import_storing.accept(batch=batch, by=cast.programme_leader)
        return import_storing.store_file(batch=begun, by=cast.programme_leader).state

    def save() -> int:
        assert half_way.wait(timeout=10)
        try:
            # What has been stored so far does not count yet, and the other save does not wait for the rest.
            assert Observation.objects.count() == 3
            assert not Observation.objects.in_use([cast.programme.municipality_id]).exists()
            return Programme.objects.filter(pk=cast.programme.pk).update(purpose="Lagret imens")
        finally:
            saved.set()

    assert at_once(store, save) == [ImportState.VISIBLE, 1]
    assert Observation.objects.in_use([cast.programme.municipality_id]).count() == 12
    assert Programme.objects.get(pk=cast.programme.pk).purpose == "Lagret imens"


def test_two_who_accept_at_once_do_not_store_at_once(waiting: tuple[Cast, list[StatisticsImport]]) -> None:
    cast, batches = waiting

    def accept(batch: StatisticsImport) -> object:
        return import_storing.accept(batch=batch, by=cast.programme_leader).state

    results = at_once(*(lambda batch=batch: accept(batch) for batch in batches))

    assert sorted(str(result) == ImportState.STORING for result in results) == [False, True]
