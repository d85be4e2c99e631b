"""Storing the figures of a delivery.

Figures are stored in committed chunks under a delivery that does not count yet, so that millions of them keep
nobody from saving. Each row that brings another figure than the one in use marks that one as superseded, which
takes effect in the moment the delivery becomes visible, and only then (`Observation.superseded_by`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from samloft.core.errors import RuleBroken
from samloft.indicators.actions import deliveries
from samloft.indicators.actions.pacing import Pace
from samloft.indicators.models import Observation, StatisticsImport
from samloft.places.models import Area


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


def store(*, batch: StatisticsImport, rows: Iterable[Row]) -> StatisticsImport:
    """Store the rows of a delivery that has begun. What is already in use with the same value is passed over.

    A municipality's figures are kept beside the open ones and replace only its own (ADR 16). A delivery of which
    some is stored goes on behind that: the same file gives the same rows in the same order. Raises RuleBroken when
    two rows are for one place, or one for a place that is not the owner's, and TakenOver when it is no longer ours
    to store.
    """
    if not batch.stored:
        deliveries.clear(batch)
    is_first = not Observation.objects.in_use_of(batch.municipality_id).exists()
    stream, pace, allowed = islice(rows, batch.stored, None), Pace(), _own_areas(batch)
    while chunk := list(islice(stream, pace.size)):
        if allowed is not None and any(row.area_id not in allowed for row in chunk):
            raise RuleBroken(_("The file has figures for areas that are not the municipality's own."))
        fresh, superseded = _compared(batch, chunk, {} if is_first else _in_use(batch, chunk))
        progress = {
            "stored": F("stored") + len(chunk),
            "added": F("added") + len(fresh) - len(superseded),
            "revised": F("revised") + len(superseded),
        }
        try:
            with pace.step(), transaction.atomic():
                deliveries.note(batch, **progress)
                _insert(fresh)
                Observation.objects.filter(pk__in=superseded).update(superseded_by=batch)
        except IntegrityError as twice:
            raise RuleBroken(
                _("The file gives two figures for the same place. Correct it, and read it again.")
            ) from twice
    batch.refresh_from_db()
    return batch


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


def _own_areas(batch: StatisticsImport) -> frozenset[int] | None:
    """Where a municipality's delivery may have figures; None for an open one, which may be about all areas."""
    if batch.municipality_id is None:
        return None
    own = Area.objects.filter(municipality=batch.municipality_id).order_by()
    return frozenset(own.values_list("pk", flat=True))


def _in_use(batch: StatisticsImport, chunk: list[Row]) -> dict[Key, _Known]:
    """The owner's figures in use at the places of these rows. One query."""
    found = (
        Observation.objects.in_use_of(batch.municipality_id)
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


def _compared(
    batch: StatisticsImport, chunk: list[Row], known: dict[Key, _Known]
) -> tuple[list[tuple[Stored, ...]], list[int]]:
    """The rows that are new or changed, ready to be inserted, and the figures that these supersede."""
    if not known:
        return [(*row, 1, batch.pk) for row in chunk], []
    fresh: list[tuple[Stored, ...]] = []
    superseded: list[int] = []
    for row in chunk:
        before = known.get(_key(row))
        if before is None:
            fresh.append((*row, 1, batch.pk))
        elif not before.says(row):
            fresh.append((*row, before.revision + 1, batch.pk))
            superseded.append(before.pk)
    return fresh, superseded


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
