"""Storing the figures of a delivery, letting them count, and taking them back.

Figures are stored in committed chunks under a delivery that does not count yet, so that millions of them keep
nobody from saving. Each row that brings another figure than the one in use marks that one as superseded, which
takes effect in the moment the delivery becomes visible, and only then (`Observation.superseded_by`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from django.db import IntegrityError, connection, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit
from samloft.core.errors import RuleBroken
from samloft.indicators.models import ALLOWED, ImportState, Observation, StatisticsImport

# A larger chunk would keep others waiting longer, and is no quicker.
CHUNK = 2000


class Row(NamedTuple):
    """One figure to be stored, or why there is none: exactly one of `value` and `missing` says something."""

    indicator_id: int
    area_id: int
    period: str
    year: int
    sex: str = ""
    age: str = ""
    value: float | None = None
    missing: str = ""
    numerator: float | None = None
    denominator: float | None = None
    is_provisional: bool = False


Key = tuple[int, int, str, str, str]
Stored = int | str | float | bool | None

_COLUMNS = (
    "indicator_id",
    "area_id",
    "period",
    "year",
    "sex",
    "age",
    "value",
    "missing",
    "numerator",
    "denominator",
    "is_provisional",
    "revision",
    "batch_id",
)
_TABLE = Observation._meta.db_table


def begin(*, batch: StatisticsImport, by: User) -> StatisticsImport:
    """Claim the delivery for storing. One is stored at a time, so that two cannot supersede the same figure."""
    with transaction.atomic():
        stored = _locked(batch, ImportState.STORING)
        _refuse_while_another_is_stored()
        stored.state, stored.stored = ImportState.STORING, 0
        stored.save(update_fields=["state", "stored"])
    clear(stored)
    return stored


def store(
    *, batch: StatisticsImport, rows: Iterable[Row], told: Callable[[int], None] | None = None
) -> StatisticsImport:
    """Store the rows of a delivery that has begun. What is already in use with the same value is passed over.

    `told` hears after each chunk how many rows have gone by. Raises RuleBroken when two rows are for one place;
    the caller then calls `fail`.
    """
    added = revised = seen = 0
    is_first = not Observation.objects.in_use().exists()
    stream = iter(rows)
    while chunk := list(islice(stream, CHUNK)):
        known = {} if is_first else _in_use(chunk)
        try:
            with transaction.atomic():
                new, changed = _write(batch, chunk, known)
        except IntegrityError as twice:
            raise RuleBroken(
                _("The file gives two figures for the same place. Correct it, and read it again.")
            ) from twice
        added, revised, seen = added + new, revised + changed, seen + len(chunk)
        StatisticsImport.objects.filter(pk=batch.pk).update(stored=seen)
        if told:
            told(seen)
    StatisticsImport.objects.filter(pk=batch.pk).update(added=added, revised=revised)
    batch.refresh_from_db()
    return batch


@transaction.atomic
def make_visible(*, batch: StatisticsImport, by: User) -> StatisticsImport:
    """From this moment the delivery's figures count, all of them. Rebuild the latest figures afterwards."""
    stored = _locked(batch, ImportState.VISIBLE)
    stored.state = ImportState.VISIBLE
    stored.retrieved_at = stored.retrieved_at or timezone.now()
    stored.save(update_fields=["state", "retrieved_at"])
    audit.record(
        "statistics.made_visible",
        stored,
        by=by,
        data={"figures": stored.observations, "added": stored.added, "revised": stored.revised},
    )
    return stored


@transaction.atomic
def fail(*, batch: StatisticsImport, by: User) -> StatisticsImport:
    """The delivery could not be stored whole, so nothing of it counts."""
    stored = _locked(batch, ImportState.FAILED)
    stored.state = ImportState.FAILED
    stored.save(update_fields=["state"])
    audit.record("statistics.failed", stored, by=by)
    return stored


def withdraw(*, batch: StatisticsImport, by: User) -> StatisticsImport:
    """Take a delivery back; what it superseded counts again, except where a later delivery has superseded both."""
    _hand_on(batch)
    with transaction.atomic():
        stored = _locked(batch, ImportState.WITHDRAWN)
        _refuse_while_another_is_stored()
        stored.state = ImportState.WITHDRAWN
        stored.save(update_fields=["state"])
        audit.record("statistics.withdrawn", stored, by=by)
    return stored


def clear(batch: StatisticsImport) -> None:
    """Remove what an earlier attempt left of a delivery that does not count."""
    while pks := list(Observation.objects.filter(batch=batch).values_list("pk", flat=True)[:CHUNK]):
        Observation.objects.filter(pk__in=pks).delete()
    while pks := list(Observation.objects.filter(superseded_by=batch).values_list("pk", flat=True)[:CHUNK]):
        Observation.objects.filter(pk__in=pks).update(superseded_by=None)


def _locked(batch: StatisticsImport, to: ImportState) -> StatisticsImport:
    # All that may be stored next are locked together, so that two cannot begin at once.
    list(
        StatisticsImport.objects.select_for_update()
        .exclude(state=ImportState.WITHDRAWN)
        .order_by("pk")
        .values("pk")
    )
    stored = StatisticsImport.objects.get(pk=batch.pk)
    if to not in ALLOWED[stored.state]:
        raise RuleBroken(
            _("The delivery is “%(state)s” now, and cannot become “%(to)s”. Open the page again.")
            % {"state": stored.get_state_display(), "to": to.label}
        )
    return stored


def _refuse_while_another_is_stored() -> None:
    if StatisticsImport.objects.filter(state=ImportState.STORING).exists():
        raise RuleBroken(_("Another delivery is being stored. Try again when it is finished."))


def _hand_on(batch: StatisticsImport) -> None:
    """What the delivery superseded is now superseded by whatever superseded the delivery's own row.

    Neither counts before or after, so it is done in committed chunks.
    """
    place = {name: OuterRef(name) for name in ("area", "indicator", "period", "sex", "age")}
    later = Observation.objects.filter(batch=batch, superseded_by__state=ImportState.VISIBLE, **place)
    superseded = Observation.objects.filter(superseded_by=batch)
    handed = superseded.annotate(later=Subquery(later.values("superseded_by")[:1])).filter(later__isnull=False)
    last = 0
    while chunk := list(handed.filter(pk__gt=last).order_by("pk").values_list("pk", "later")[:CHUNK]):
        by_delivery: dict[int, list[int]] = {}
        for pk, delivery in chunk:
            by_delivery.setdefault(delivery, []).append(pk)
        for delivery, pks in by_delivery.items():
            Observation.objects.filter(pk__in=pks).update(superseded_by=delivery)
        last = chunk[-1][0]


class _Known(NamedTuple):
    pk: int
    value: float | None
    missing: str
    numerator: float | None
    denominator: float | None
    is_provisional: bool
    revision: int

    def says(self, row: Row) -> bool:
        """True when the stored figure is the same as the row's."""
        return (self.value, self.missing, self.numerator, self.denominator, self.is_provisional) == (
            row.value,
            row.missing,
            row.numerator,
            row.denominator,
            row.is_provisional,
        )


def _in_use(chunk: list[Row]) -> dict[Key, _Known]:
    """The figures in use at the places of these rows. One query."""
    found = (
        Observation.objects.in_use()
        .filter(
            area_id__in={row.area_id for row in chunk},
            indicator_id__in={row.indicator_id for row in chunk},
            period__in={row.period for row in chunk},
        )
        .order_by()
        .values_list(
            "indicator_id",
            "area_id",
            "period",
            "sex",
            "age",
            "pk",
            "value",
            "missing",
            "numerator",
            "denominator",
            "is_provisional",
            "revision",
        )
    )
    return {row[:5]: _Known._make(row[5:]) for row in found}


def _key(row: Row) -> Key:
    return (row.indicator_id, row.area_id, row.period, row.sex, row.age)


def _write(batch: StatisticsImport, chunk: list[Row], known: dict[Key, _Known]) -> tuple[int, int]:
    """Insert what is new or changed, and mark what is superseded. Returns how many of each."""
    fresh: list[tuple[Stored, ...]] = []
    superseded: list[int] = []
    for row in chunk:
        before = known.get(_key(row)) if known else None
        if before is None:
            fresh.append((*row, 1, batch.pk))
        elif not before.says(row):
            fresh.append((*row, before.revision + 1, batch.pk))
            superseded.append(before.pk)
    _insert(fresh)
    Observation.objects.filter(pk__in=superseded).update(superseded_by=batch)
    return len(fresh) - len(superseded), len(superseded)


def _insert(rows: list[tuple[Stored, ...]]) -> None:
    """The database's own bulk way: a model object for each of millions of figures would cost ten times as much."""
    if not rows:
        return
    columns = ", ".join(_COLUMNS)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Django passes copy() on but leaves its errors as the driver's own.
            with connection.wrap_database_errors, cursor.copy(f"COPY {_TABLE} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(_COLUMNS))
            cursor.executemany(f"INSERT INTO {_TABLE} ({columns}) VALUES ({marks})", rows)  # noqa: S608


@dataclass(frozen=True)
class Affected:
    """The indicators and areas whose latest figures a delivery may have changed."""

    indicator_ids: frozenset[int]
    area_ids: frozenset[int]


def affected(batch: StatisticsImport) -> Affected:
    rows = Observation.objects.filter(batch=batch).order_by()
    return Affected(
        frozenset(rows.values_list("indicator_id", flat=True).distinct()),
        frozenset(rows.values_list("area_id", flat=True).distinct()),
    )
