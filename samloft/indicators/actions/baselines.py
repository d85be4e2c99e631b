"""Baselines: drafted, and frozen with date and signature (F5)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.indicators.models import Baseline, BaselineFigure, Indicator
from samloft.indicators.queries import baselines as queries
from samloft.indicators.queries.baselines import Reading
from samloft.indicators.queries.figures import deliveries
from samloft.indicators.queries.programme_areas import comparable_areas
from samloft.places.models import Area
from samloft.programmes.models import Decision, Programme

BATCH = 2000
_CHANGED_MEANWHILE = gettext_lazy("Someone else changed the draft meanwhile. Open it once more.")


@dataclass(frozen=True)
class BaselineValues:
    """Without years the baseline holds everything known; its figure is then the newest."""

    title: str
    areas: Sequence[Area]
    indicators: Sequence[Indicator]
    introduction: str = ""
    first_year: int | None = None
    last_year: int | None = None


@transaction.atomic
def draft(*, programme: Programme, values: BaselineValues, by: User) -> Baseline:
    editing.locked(programme)
    _require_sound(programme, values)
    made = Baseline.objects.create(programme=programme, **_fields(values))
    made.areas.set(values.areas)
    made.indicators.set(values.indicators)
    audit.record("baseline.drafted", made, by=by, about=[programme], data=_size(values))
    return made


@transaction.atomic
def change(*, baseline: Baseline, values: BaselineValues, version: int | None, by: User) -> Baseline:
    """A frozen baseline stays as it is. Raises StaleEdit."""
    _require_draft(editing.locked(baseline))
    _require_sound(baseline.programme, values)
    stored, changed = editing.change(baseline, _fields(values), version=version)
    wanted = {"areas": values.areas, "indicators": values.indicators}
    others = [name for name, rows in wanted.items() if set(getattr(stored, name).all()) != set(rows)]
    if others and not changed:
        if version is not None and version != stored.version:
            raise RuleBroken(str(_CHANGED_MEANWHILE))
        stored.version += 1
        stored.save(update_fields=["version"])
    if not changed and not others:
        return stored
    stored.areas.set(values.areas)
    stored.indicators.set(values.indicators)
    data = {**_size(values), "fields": sorted([*changed, *others])}
    audit.record("baseline.changed", stored, by=by, about=[stored.programme], data=data)
    return stored


@transaction.atomic
def discard(*, baseline: Baseline, by: User) -> None:
    stored = editing.locked(baseline)
    _require_draft(stored)
    programme, pk = stored.programme, stored.pk
    stored.delete()
    audit.record("baseline.discarded", programme, by=by, data={"baseline": pk})


def freeze(*, baseline: Baseline, on: date, decision: Decision | None, version: int | None, by: User) -> Baseline:
    """Copy the figures as they are now. From here on nothing of the baseline changes.

    `version` is that of the draft which the person has seen.
    """
    if decision and decision.programme_id != baseline.programme_id:
        raise RuleBroken(_("The decision belongs to another programme."))
    if not baseline.is_frozen:
        found = queries.readings(baseline)
    with transaction.atomic():
        stored = editing.locked(baseline)
        _require_draft(stored)
        if version is not None and version != stored.version:
            raise RuleBroken(str(_CHANGED_MEANWHILE))
        rows = list(_rows(stored, found))
        if not any(row.value is not None for row in rows):
            raise RuleBroken(_("There are no figures to freeze. Choose other areas, indicators or years."))
        BaselineFigure.objects.bulk_create(rows, batch_size=BATCH)
        stored.frozen_on, stored.frozen_by, stored.decision = on, by, decision
        stored.sha256, stored.version = queries.checksum(rows), stored.version + 1
        stored.save(update_fields=["frozen_on", "frozen_by", "decision", "sha256", "version"])
        audit.record(
            "baseline.frozen",
            stored,
            by=by,
            about=[stored.programme, *([decision] if decision else [])],
            data={"figures": len(rows), "sha256": stored.sha256, "on": on.isoformat()},
        )
    return stored


def _rows(baseline: Baseline, found: Sequence[Reading]) -> Iterator[BaselineFigure]:
    batches = deliveries(point for reading in found for point in reading.points)
    for reading in found:
        for point in reading.points:
            source = queries.source_of(batches.get(point.batch_id or 0), reading.definition)
            yield BaselineFigure(
                baseline=baseline,
                indicator=reading.indicator,
                definition=reading.definition,
                area=reading.area,
                area_name=reading.area.name,
                period=point.period,
                year=point.year,
                value=point.value,
                missing=point.missing,
                numerator=point.numerator,
                denominator=point.denominator,
                is_provisional=point.is_provisional,
                after_break=point.after_break,
                contributors=list(point.contributors),
                source=source.source,
                table_id=source.table_id,
                licence=source.licence,
                retrieved_at=source.retrieved_at,
                is_synthetic=source.is_synthetic,
            )


def _require_draft(baseline: Baseline) -> None:
    if baseline.is_frozen:
        raise RuleBroken(
            _("The baseline is frozen and stays as it is. Make a new one when the world has moved on.")
        )


def _require_sound(programme: Programme, values: BaselineValues) -> None:
    if not values.areas or not values.indicators:
        raise RuleBroken(_("Choose at least one area and one indicator."))
    if values.first_year and values.last_year and values.last_year < values.first_year:
        raise RuleBroken(_("The last year comes before the first."))
    chosen = {area.pk for area in values.areas}
    if chosen - set(comparable_areas(programme).filter(pk__in=chosen).values_list("pk", flat=True)):
        raise RuleBroken(_("Some of the areas are neither in the programme nor compared with it."))


def _fields(values: BaselineValues) -> dict[str, object]:
    return {
        "title": values.title,
        "introduction": values.introduction,
        "first_year": values.first_year,
        "last_year": values.last_year,
    }


def _size(values: BaselineValues) -> dict[str, audit.AuditValue]:
    return {"areas": len(values.areas), "indicators": len(values.indicators)}
