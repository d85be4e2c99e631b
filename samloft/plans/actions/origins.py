"""Where a measure came from: the beginning of its story (C4)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.plans.models import Measure, Origin, OriginKind
from samloft.programmes.models import Decision


@dataclass(frozen=True)
class OriginValues:
    """`year` is for when the date is unknown; both None means that nobody knows when."""

    kind: OriginKind | str
    text: str
    happened_on: date | None = None
    year: int | None = None
    decision: Decision | None = None
    earlier_measure: Measure | None = None

    def fields(self) -> dict[str, Any]:
        """The values by the name of the model's field; the year is dropped where the date says it."""
        return {**vars(self), "year": None if self.happened_on else self.year}


@transaction.atomic
def add(*, measure: Measure, values: OriginValues, by: User) -> Origin:
    stored = editing.locked(measure)
    _require_sound(stored, values)
    origin = Origin.objects.create(measure=stored, **values.fields())
    audit.record("measure.origin_added", stored, by=by, about=_about(origin), data=_data(origin))
    return origin


@transaction.atomic
def change(*, origin: Origin, values: OriginValues, version: int | None, by: User) -> Origin:
    """Raises StaleEdit."""
    _require_sound(origin.measure, values)
    stored, changed = editing.change(origin, values.fields(), version=version)
    if changed:
        data = {**_data(stored), "fields": sorted(changed)}
        audit.record("measure.origin_changed", origin.measure, by=by, about=_about(stored), data=data)
    return stored


@transaction.atomic
def remove(*, origin: Origin, by: User) -> None:
    measure, about, data = origin.measure, _about(origin), _data(origin)
    origin.delete()
    audit.record("measure.origin_removed", measure, by=by, about=about, data=data)


def _about(origin: Origin) -> list[Any]:
    return [thing for thing in (origin.decision, origin.earlier_measure) if thing is not None]


def _data(origin: Origin) -> dict[str, audit.AuditValue]:
    return {"origin": origin.pk, "kind": str(origin.kind)}


def _require_sound(measure: Measure, values: OriginValues) -> None:
    if not values.text.strip():
        raise RuleBroken(_("Write in a sentence what happened."))
    if values.decision is not None and values.decision.programme_id != measure.programme_id:
        raise RuleBroken(_("The decision belongs to another programme. Choose one of this programme's."))
    earlier = values.earlier_measure
    if earlier is not None and earlier.programme_id != measure.programme_id:
        raise RuleBroken(_("The earlier measure belongs to another programme. Choose one of this programme's."))
    if earlier is not None and earlier.pk == measure.pk:
        raise RuleBroken(_("A measure cannot come from itself. Choose the earlier measure."))
