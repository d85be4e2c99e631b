"""The measures of one year's plan: adding, describing, ordering and taking them out."""

from typing import Literal

from django.db import transaction
from django.db.models import Max, Min
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.plans.actions.plans import open_plan
from samloft.plans.models import ActionPlan, Measure, PlanMeasure


@transaction.atomic
def add(*, plan: ActionPlan, measure: Measure, text: str = "", by: User) -> PlanMeasure:
    """Take a measure into the plan, last among those that are there."""
    plan = open_plan(plan)
    if measure.programme_id != plan.programme_id:
        raise RuleBroken(_("The measure belongs to another programme and cannot stand in this plan."))
    if plan.plan_measures.filter(measure=measure).exists():
        raise RuleBroken(
            _("“%(measure)s” is in the plan for %(year)s already.") % {"measure": measure, "year": plan.year}
        )
    last = plan.plan_measures.aggregate(last=Max("position"))["last"] or 0
    plan_measure = PlanMeasure.objects.create(plan=plan, measure=measure, text=text, position=last + 1)
    _note_first_year(measure)
    audit.record("plan_measure.added", plan_measure, by=by, about=[plan, measure], data={"year": plan.year})
    return plan_measure


@transaction.atomic
def edit(*, plan_measure: PlanMeasure, text: str, version: int | None, by: User) -> PlanMeasure:
    """Write what happens in the measure this year."""
    plan = open_plan(plan_measure.plan)
    stored, changed = editing.change(plan_measure, {"text": text}, version=version)
    if changed:
        audit.record("plan_measure.changed", stored, by=by, about=[plan, stored.measure], data={"fields": changed})
    return stored


@transaction.atomic
def remove(*, plan_measure: PlanMeasure, by: User) -> None:
    """Take a measure out of the plan; the measure itself stays. Refused while it has budget lines here."""
    plan = open_plan(plan_measure.plan)
    lines = plan_measure.lines.count()
    if lines:
        raise RuleBroken(
            ngettext(
                "“%(measure)s” has a line in the budget. Remove the line, or tie it to another measure, first.",
                "“%(measure)s” has %(count)s lines in the budget. Remove them, or tie them to other measures, "
                "first.",
                lines,
            )
            % {"measure": plan_measure.measure, "count": lines}
        )
    pk, measure = plan_measure.pk, plan_measure.measure
    PlanMeasure.objects.filter(pk=pk).delete()
    audit.record("plan_measure.removed", plan, by=by, about=[measure], data={"plan_measure": pk})


@transaction.atomic
def move(*, plan_measure: PlanMeasure, direction: Literal["up", "down"], by: User) -> PlanMeasure:
    """Change places with the nearest measure of the same focus area. At the end of the list nothing happens."""
    plan = open_plan(plan_measure.plan)
    rows = list(plan.plan_measures.select_related("measure"))
    place = next((index for index, row in enumerate(rows) if row.pk == plan_measure.pk), None)
    if place is None:
        raise RuleBroken(_("The measure is no longer in the plan. Load the page again."))
    area = rows[place].measure.focus_area_id
    beyond = range(place - 1, -1, -1) if direction == "up" else range(place + 1, len(rows))
    other = next((index for index in beyond if rows[index].measure.focus_area_id == area), None)
    if other is None:
        return rows[place]
    rows[place], rows[other] = rows[other], rows[place]
    for position, row in enumerate(rows, 1):
        row.position = position
    PlanMeasure.objects.bulk_update(rows, ["position"])
    audit.record(
        "plan_measure.moved",
        rows[other],
        by=by,
        about=[plan, rows[other].measure],
        data={"direction": direction, "position": rows[other].position},
    )
    return rows[other]


def _note_first_year(measure: Measure) -> None:
    """The first plan year is the earliest year whose plan holds the measure, or an earlier one that was stated."""
    stored = editing.locked(measure)
    first = PlanMeasure.objects.filter(measure=measure).aggregate(first=Min("plan__year"))["first"]
    if stored.first_plan_year is None or first < stored.first_plan_year:
        editing.change(stored, {"first_plan_year": first}, version=None)
    measure.refresh_from_db(fields=["first_plan_year", "version"])
