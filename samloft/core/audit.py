"""Writes and checks the audit chain.

Each row's hash covers its content and the hash before it, and the head holds the count and the last hash.
So a changed, inserted, removed or cut-off row breaks the chain at a place that `verify` names. Someone who
rewrites every later row and the head is found by `expected_head`, which adopted documents and backups carry.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.utils import timezone

from samloft.core.models import AuditAbout, AuditHead, AuditRow

BATCH = 2000

AuditValue = int | str | bool | None | list[int] | list[str]


@dataclass(frozen=True)
class Verdict:
    """`ok`, how many `rows` there are, the number of the `first_bad` row if any, and the chain's `head`."""

    ok: bool
    rows: int
    first_bad: int | None
    head: str


def subject_of(instance: models.Model) -> str:
    """`plans.measure:12` — how audit rows and document figures point at a record."""
    return f"{instance._meta.label_lower}:{instance.pk}"


def record(
    action: str,
    subject: models.Model,
    *,
    by: models.Model | None,
    about: Iterable[models.Model] = (),
    data: Mapping[str, AuditValue] | None = None,
) -> AuditRow:
    """Append a row, inside the caller's transaction and as the last thing in it.

    The head row stays locked until the transaction ends. `data` takes ids, codes and amounts in øre only.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("audit.record() belongs inside the transaction of the write it tells about.")
    AuditHead.objects.get_or_create(pk=1)
    head = AuditHead.objects.select_for_update().get(pk=1)
    concerned = list(about)
    row = AuditRow(
        number=head.rows + 1,
        at=timezone.now(),
        actor_id=by.pk if by else None,
        action=action,
        subject=subject_of(subject),
        programme_id=_programme_id(subject, concerned),
        data=dict(data or {}),
        previous=head.hash,
    )
    others = sorted({subject_of(other) for other in concerned})
    row.hash = _hash(row, others)
    row.save(force_insert=True)
    AuditAbout.objects.bulk_create(AuditAbout(row=row, subject=other) for other in others)
    head.rows, head.hash = row.number, row.hash
    head.save()
    return row


def verify(*, expected_head: str | None = None) -> Verdict:
    """Walk the whole chain. With `expected_head`, that hash must stand somewhere in it.

    Rows that are recorded meanwhile do no harm: the head is read before the walk and again after it.
    """
    before = _head_row()
    count, previous, found = 0, "", not expected_head
    for row, others in _rows():
        count += 1
        if row.number != count or row.previous != previous or row.hash != _hash(row, others):
            return Verdict(False, AuditRow.objects.count(), min(row.number, count), head())
        previous = row.hash
        if count == before.rows and previous != before.hash:
            return Verdict(False, AuditRow.objects.count(), count, before.hash)
        found = found or previous == expected_head
    after = _head_row()
    if count < before.rows or count > after.rows or (count == after.rows and previous != after.hash):
        return Verdict(False, count, count + 1, after.hash)
    return Verdict(found, count, None if found else count + 1, after.hash)


def head() -> str:
    """The chain's last hash, or "" before anything has happened."""
    return _head_row().hash


def _head_row() -> AuditHead:
    return AuditHead.objects.filter(pk=1).first() or AuditHead()


def _rows() -> Iterator[tuple[AuditRow, list[str]]]:
    """Every row in order with the other subjects it concerns. They are read after their rows, so none lacks."""
    last: int | None = None
    while True:
        later = AuditRow.objects.order_by("number")
        rows = list((later if last is None else later.filter(number__gt=last))[:BATCH])
        if not rows:
            return
        others: dict[int, list[str]] = {}
        concerned = AuditAbout.objects.filter(row__gte=rows[0].number, row__lte=rows[-1].number)
        for number, subject in concerned.values_list("row_id", "subject"):
            others.setdefault(number, []).append(subject)
        for row in rows:
            yield row, sorted(others.get(row.number, []))
        last = rows[-1].number


def _programme_id(subject: models.Model, about: Iterable[models.Model]) -> int | None:
    """The programme that the row belongs to: the subject's own, else the one it is about, if there is just one."""
    if subject._meta.model_name == "programme":
        return int(subject.pk)
    value = getattr(subject, "programme_id", None)
    if value is not None:
        return int(value)
    found = {int(other.pk) for other in about if other._meta.model_name == "programme"}
    return found.pop() if len(found) == 1 else None


def _hash(row: AuditRow, others: list[str]) -> str:
    content = [
        row.number,
        _moment(row.at),
        row.actor_id,
        row.action,
        row.subject,
        row.programme_id,
        row.data,
        others,
        row.previous,
    ]
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _moment(at: datetime) -> str:
    return at.astimezone(timezone.get_fixed_timezone(0)).isoformat(timespec="microseconds")
