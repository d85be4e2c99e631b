"""Making, changing, closing and deleting measures. What hangs on a measure has its own files beside this one."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.core.models import AuditRow
from samloft.plans.models import (
    ExitRoute,
    ImportLine,
    MandateStatus,
    Measure,
    MeasureGoal,
    MeasureName,
    Origin,
    Partner,
    Phase,
    PhaseInStep,
    PlanMeasure,
    Reach,
)
from samloft.programmes.models import FocusArea, Programme


@dataclass(frozen=True)
class MeasureValues:
    """All that a measure says about itself. "" and None mean unknown."""

    name: str
    description: str = ""
    purpose: str = ""
    target_groups: str = ""
    reach: Reach | str = ""
    meeting_place: str = ""
    focus_area: FocusArea | None = None
    parent: Measure | None = None
    lead_unit: str = ""
    responsible_role: str = ""
    external_funding: str = ""
    phase: Phase | str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    first_plan_year: int | None = None
    mandate_status: MandateStatus | str = ""
    evaluation_question: str = ""
    gate_due_on: date | None = None
    exit_route: ExitRoute | str = ""
    exit_plan: str = ""
    exit_owner: str = ""

    def fields(self) -> dict[str, Any]:
        """The values by the name of the model's field, with the name's spaces collapsed."""
        return {**vars(self), "name": " ".join(self.name.split())}


@transaction.atomic
def create(*, programme: Programme, values: MeasureValues, by: User) -> Measure:
    """A new measure with the programme's next number. Numbers are never used twice, also not after a delete."""
    fields = values.fields()
    _require_sound(fields, programme)
    editing.locked(programme)
    measure = Measure.objects.create(programme=programme, number=_next_number(programme), **fields)
    audit.record(
        "measure.created",
        measure,
        by=by,
        about=_about(measure),
        data={"number": measure.number, "phase": str(measure.phase)},
    )
    return measure


@transaction.atomic
def change(*, measure: Measure, values: MeasureValues, version: int | None, by: User) -> Measure:
    """Give the measure these values; a name that it had is kept. Raises StaleEdit."""
    fields = values.fields()
    _require_sound(fields, measure.programme, measure)
    # A form that was bound to the row has already given it the new values; what stands is in the database.
    name_before, phase_before = Measure.objects.values_list("name", "phase").get(pk=measure.pk)
    stored, changed = editing.change(measure, fields, version=version)
    if "name" in changed:
        MeasureName.objects.get_or_create(measure=stored, name=name_before)
    if changed:
        data: dict[str, audit.AuditValue] = {"fields": sorted(changed)}
        if "phase" in changed:
            data |= {"phase_before": str(phase_before), "phase": str(stored.phase)}
        audit.record("measure.changed", stored, by=by, about=_about(stored), data=data)
    return stored


@transaction.atomic
def remember_name(*, measure: Measure, name: str, by: User) -> None:
    """Keep a name that a document uses for the measure, so that the next reading knows it again."""
    name = " ".join(name.split())
    if not name or name == measure.name:
        return
    kept, is_new = MeasureName.objects.get_or_create(measure=measure, name=name)
    if is_new:
        audit.record("measure.name_kept", measure, by=by, data={"name": kept.pk})


@transaction.atomic
def forget_name(*, measure: Measure, name: MeasureName, by: User) -> None:
    """Drop a former name that was a mistake."""
    if name.measure_id != measure.pk:
        raise RuleBroken(_("That name belongs to another measure."))
    pk = name.pk
    name.delete()
    audit.record("measure.name_dropped", measure, by=by, data={"name": pk})


@transaction.atomic
def close(*, measure: Measure, on: date | None, version: int | None, by: User) -> Measure:
    """End the measure; it stays in every plan it has been in. `on` is the last day, if known."""
    stored = editing.locked(measure)
    if stored.phase == Phase.CLOSED:
        raise RuleBroken(_("The measure is already closed."))
    last_day = on or stored.ends_on
    _require_period(stored.starts_on, last_day)
    stored, changed = editing.change(stored, {"phase": Phase.CLOSED, "ends_on": last_day}, version=version)
    audit.record("measure.closed", stored, by=by, about=_about(stored), data={"fields": sorted(changed)})
    return stored


@transaction.atomic
def delete(*, measure: Measure, by: User) -> None:
    """Remove a measure that was entered by mistake. One that anything else speaks of is closed instead."""
    stored = editing.locked(measure)
    if reason := what_holds(stored):
        raise RuleBroken(reason)
    audit.record("measure.deleted", stored, by=by, about=_about(stored), data={"number": stored.number})
    for part in (MeasureName, Partner, MeasureGoal, Origin, PhaseInStep):
        part._default_manager.filter(measure=stored).delete()
    stored.national_goals.clear()
    stored.delete()


def what_holds(measure: Measure) -> str | None:
    """Why the measure cannot be deleted, and what to do instead; None when nothing else speaks of it."""
    if PlanMeasure.objects.filter(measure=measure).exists():
        return _("The measure is or has been in an action plan. Close it instead.")
    if measure.children.exists():
        return _("The measure has child measures. Give them another parent first, or close this one.")
    if measure.later_origins.exists():
        return _("A later measure tells that it grew out of this one. Close it instead.")
    if measure.follow_up_answers.exists() or measure.gap_acceptances.exists():
        return _("Decisions point to this measure. Close it instead.")
    if ImportLine.objects.filter(measure=measure).exists():
        return _("A plan read from a file points to this measure. Close it instead.")
    return None


def _next_number(programme: Programme) -> int:
    """One more than any number given: also deleted measures count, and the trail remembers them."""
    last = Measure.objects.filter(programme=programme).aggregate(last=Max("number"))["last"] or 0
    deleted = AuditRow.objects.filter(programme_id=programme.pk, action="measure.deleted").values_list(
        "data", flat=True
    )
    return max([int(last), *(int(data["number"]) for data in deleted)]) + 1


def _about(measure: Measure) -> list[Any]:
    return [thing for thing in (measure.focus_area, measure.parent) if thing is not None]


def _require_sound(fields: dict[str, Any], programme: Programme, measure: Measure | None = None) -> None:
    if not fields["name"]:
        raise RuleBroken(_("Give the measure a name."))
    area, parent = fields["focus_area"], fields["parent"]
    if area is not None and area.programme_id != programme.pk:
        raise RuleBroken(_("The focus area belongs to another programme. Choose one of this programme's."))
    _require_period(fields["starts_on"], fields["ends_on"])
    if parent is None:
        return
    if parent.programme_id != programme.pk:
        raise RuleBroken(_("The parent measure belongs to another programme. Choose one of this programme's."))
    while parent is not None:
        if measure is not None and parent.pk == measure.pk:
            raise RuleBroken(_("A measure cannot stand under itself. Choose another parent measure."))
        parent = parent.parent


def _require_period(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on and ends_on and ends_on < starts_on:
        raise RuleBroken(_("The measure ends before it starts. Correct one of the dates."))
