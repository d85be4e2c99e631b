"""The audit chain finds every change made behind its back."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, connections, transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samloft.core import audit
from samloft.core.models import AuditAbout, AuditHead, AuditRow
from samloft.places.models import County

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(db: None) -> County:
    return County.objects.create(code="91", name="Prøvefylket")


@pytest.fixture
def chain(county: County) -> list[AuditRow]:
    """Five rows, each with something of its own."""
    return [_record(county, n) for n in range(1, 6)]


def _record(county: County, n: int) -> AuditRow:
    with transaction.atomic():
        return audit.record(
            "county.tested", county, by=None, about=[County(pk=n), County(pk=n + 100)], data={"amount": n * 100}
        )


def _overwrite_head(rows: int) -> None:
    hash_ = AuditRow.objects.get(number=rows).hash if rows else ""
    AuditHead.objects.update(rows=rows, hash=hash_)


def _delete(number: int) -> None:
    AuditAbout.objects.filter(row=number).delete()
    AuditRow.objects.filter(number=number).delete()


def test_an_empty_chain_is_whole(db: None) -> None:
    assert audit.verify() == audit.Verdict(True, 0, None, "")


def test_an_untouched_chain_is_whole(chain: list[AuditRow]) -> None:
    assert audit.verify() == audit.Verdict(True, 5, None, chain[-1].hash)
    assert audit.head() == chain[-1].hash
    assert [row.number for row in chain] == [1, 2, 3, 4, 5]
    assert [row.previous for row in chain] == ["", *(row.hash for row in chain[:-1])]


def test_a_chain_longer_than_one_batch_is_whole(chain: list[AuditRow], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "BATCH", 2)
    assert audit.verify().ok
    _delete(3)
    assert audit.verify().first_bad == 3


@pytest.mark.parametrize(
    "change",
    [
        {"at": F("at") + timedelta(microseconds=1)},
        {"actor_id": 7},
        {"action": "county.forged"},
        {"subject": "places.county:999"},
        {"programme_id": 1},
        {"data": {"amount": 301}},
        {"data": {"amount": "100"}},
        {"data": {}},
        {"previous": "0" * 64},
        {"hash": "0" * 64},
    ],
    ids=lambda change: " ".join(change),
)
@pytest.mark.parametrize("number", [1, 3, 5])
def test_a_changed_row_is_found(chain: list[AuditRow], change: dict[str, object], number: int) -> None:
    AuditRow.objects.filter(number=number).update(**change)
    assert audit.verify() == audit.Verdict(False, 5, number, chain[-1].hash)


def test_a_removed_concern_is_found(chain: list[AuditRow]) -> None:
    AuditAbout.objects.filter(row=2).order_by("pk").first().delete()  # type: ignore[union-attr]
    assert audit.verify().first_bad == 2


def test_an_added_concern_is_found(chain: list[AuditRow]) -> None:
    AuditAbout.objects.create(row=chain[3], subject="places.county:77")
    assert audit.verify().first_bad == 4


@pytest.mark.parametrize("number", [1, 3])
def test_a_removed_row_is_found(chain: list[AuditRow], number: int) -> None:
    _delete(number)
    assert audit.verify() == audit.Verdict(False, 4, number, chain[-1].hash)


def test_a_removed_last_row_is_found_by_the_head(chain: list[AuditRow]) -> None:
    _delete(5)
    assert audit.verify() == audit.Verdict(False, 4, 5, chain[-1].hash)


def test_a_cut_off_end_with_a_rewritten_head_is_found_by_the_printed_hash(chain: list[AuditRow]) -> None:
    _delete(5)
    _overwrite_head(4)
    assert audit.verify().ok
    assert audit.verify(expected_head=chain[3].hash).ok
    verdict = audit.verify(expected_head=chain[4].hash)
    assert (verdict.ok, verdict.rows, verdict.first_bad) == (False, 4, 5)


def test_a_chain_emptied_with_its_head_is_found_by_the_printed_hash(chain: list[AuditRow]) -> None:
    AuditAbout.objects.all().delete()
    AuditRow.objects.all().delete()
    _overwrite_head(0)
    assert not audit.verify(expected_head=chain[0].hash).ok


def test_a_printed_hash_from_earlier_still_stands_in_the_chain(chain: list[AuditRow]) -> None:
    for row in chain:
        assert audit.verify(expected_head=row.hash).ok
    assert not audit.verify(expected_head="f" * 64).ok


def test_a_row_put_in_at_the_end_is_found(chain: list[AuditRow]) -> None:
    forged = AuditRow(number=6, at=chain[-1].at, action="x", subject="x:1", previous=chain[-1].hash)
    forged.hash = audit._hash(forged, [])
    forged.save(force_insert=True)
    assert audit.verify() == audit.Verdict(False, 6, 7, chain[-1].hash)


def test_a_row_put_in_the_middle_with_the_later_ones_renumbered_is_found(chain: list[AuditRow]) -> None:
    AuditAbout.objects.filter(row__gte=4).delete()
    for row in sorted(chain[3:], key=lambda row: -row.number):
        AuditRow.objects.filter(number=row.number).update(number=row.number + 1)
    AuditRow.objects.create(number=4, at=chain[2].at, action="x", subject="x:1", previous=chain[2].hash, hash="x")
    _overwrite_head(6)
    assert audit.verify().first_bad == 4


def test_a_row_before_the_first_is_found(chain: list[AuditRow]) -> None:
    AuditRow.objects.create(number=0, at=chain[0].at, action="x", subject="x:1", previous="", hash="x")
    assert audit.verify() == audit.Verdict(False, 6, 0, chain[-1].hash)


def test_two_swapped_rows_are_found(chain: list[AuditRow]) -> None:
    second, fourth = chain[1], chain[3]
    for number, other in ((2, fourth), (4, second)):
        AuditRow.objects.filter(number=number).update(
            at=other.at, action=other.action, data=other.data, previous=other.previous, hash=other.hash
        )
    assert audit.verify().first_bad == 2


def test_a_head_that_was_changed_alone_is_found(chain: list[AuditRow]) -> None:
    AuditHead.objects.update(rows=4)
    assert not audit.verify().ok
    AuditHead.objects.update(rows=5, hash="0" * 64)
    assert not audit.verify().ok
    AuditHead.objects.all().delete()
    assert not audit.verify().ok


def test_a_row_is_refused_outside_a_transaction(transactional_db: None) -> None:
    county = County.objects.create(code="91", name="Prøvefylket")
    with pytest.raises(RuntimeError, match="inside the transaction"):
        audit.record("county.tested", county, by=None)
    assert audit.verify().rows == 0


def test_a_row_goes_with_the_write_that_failed(chain: list[AuditRow], county: County) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record("county.tested", county, by=None)
        raise ZeroDivisionError
    assert audit.verify() == audit.Verdict(True, 5, None, chain[-1].hash)


VALUES = st.one_of(
    st.integers(min_value=-(2**62), max_value=2**62),
    st.booleans(),
    st.none(),
    # PostgreSQL stores neither NUL nor half a surrogate pair, and no code of ours has them.
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20),
    st.lists(st.integers(min_value=0, max_value=2**40), max_size=4),
)


@given(rows=st.lists(st.dictionaries(st.sampled_from("abcæøå"), VALUES, max_size=4), min_size=1, max_size=6))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_recorded_reads_back_as_the_same_chain(county: County, rows: list[dict[str, object]]) -> None:
    for data in rows:
        with transaction.atomic():
            audit.record("county.tested", county, by=None, data=data)  # type: ignore[arg-type]
    assert audit.verify().ok


@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whichever_rows_are_removed_the_first_gap_is_named(chain: list[AuditRow], data: st.DataObject) -> None:
    removed = data.draw(st.sets(st.integers(1, 5), min_size=1))
    with transaction.atomic():
        for number in removed:
            _delete(number)
        verdict = audit.verify()
        transaction.set_rollback(True)
    assert not verdict.ok
    assert verdict.first_bad == min(removed)


@pytest.fixture
def at_once() -> Iterator[Callable[[Callable[[int], object], int], list[object]]]:
    """`at_once(work, 4)` calls `work(0)` … `work(3)` in threads that start together, each with its connection."""

    def run(work: Callable[[int], object], count: int) -> list[object]:
        barrier = Barrier(count)

        def one(n: int) -> object:
            with closing(connection):
                barrier.wait(timeout=20)
                return work(n)

        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(one, range(count)))

    yield run
    connections.close_all()


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_take_turns(
    at_once: Callable[[Callable[[int], object], int], list[object]],
) -> None:
    county = County.objects.create(code="91", name="Prøvefylket")
    written = at_once(lambda n: [_record(county, n).number for _ in range(10)], 4)
    numbers = sorted(number for part in written for number in part)  # type: ignore[attr-defined]
    assert numbers == list(range(1, 41))
    assert audit.verify().ok


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_the_chain_can_be_verified_while_others_write(
    at_once: Callable[[Callable[[int], object], int], list[object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "BATCH", 3)
    county = County.objects.create(code="91", name="Prøvefylket")
    _record(county, 0)

    def work(n: int) -> list[bool]:
        if n == 0:
            return [audit.verify().ok for _ in range(30)]
        return [bool(_record(county, n)) for _ in range(15)]

    assert all(ok for part in at_once(work, 3) for ok in part)  # type: ignore[attr-defined]
    assert audit.verify().rows == 31
