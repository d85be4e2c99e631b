"""The texts of the plan, and the parts that focus areas deliver by their own deadline."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.plans.actions.plans import open_plan
from samloft.plans.models import ActionPlan, PlanSection, SectionKey
from samloft.programmes.models import FocusArea


@transaction.atomic
def find_or_make(*, plan: ActionPlan, key: SectionKey, focus_area: FocusArea | None = None) -> PlanSection:
    """The plan's section, made when it lacks, as for a focus area that is younger than the plan."""
    plan = open_plan(plan)
    if focus_area is not None and focus_area.programme_id != plan.programme_id:
        raise RuleBroken(_("The focus area belongs to another programme."))
    section, _made = PlanSection.objects.get_or_create(plan=plan, key=key, focus_area=focus_area)
    return section


@transaction.atomic
def write(*, section: PlanSection, text: str, version: int | None, by: User) -> PlanSection:
    plan = open_plan(section.plan)
    stored, changed = editing.change(section, {"text": text}, version=version)
    if changed:
        audit.record("section.written", stored, by=by, about=[plan], data={"key": stored.key, "length": len(text)})
    return stored


@transaction.atomic
def deliver(*, section: PlanSection, on: date, by: User) -> PlanSection:
    """Note that a focus area's part is ready, from which day. Only a part with text can be delivered."""
    plan = open_plan(section.plan)
    stored = editing.locked(section)
    if stored.key != SectionKey.FOCUS_AREA:
        raise RuleBroken(_("Only the parts of focus areas and sub-programmes are delivered."))
    if not stored.text.strip():
        raise RuleBroken(_("There is nothing to deliver yet. Write the text first."))
    if on > timezone.localdate():
        raise RuleBroken(_("A part cannot be delivered on a day that has not come yet. Check the date."))
    stored, changed = editing.change(stored, {"delivered_on": on, "delivered_by": by}, version=None)
    if changed:
        audit.record(
            "section.delivered",
            stored,
            by=by,
            about=[plan],
            data={
                "on": on.isoformat(),
                "due_on": stored.due_on.isoformat() if stored.due_on else None,
                "focus_area": stored.focus_area_id,
            },
        )
    return stored


@transaction.atomic
def take_back(*, section: PlanSection, by: User) -> PlanSection:
    """The part was not ready after all; its deadline stays."""
    plan = open_plan(section.plan)
    stored, changed = editing.change(section, {"delivered_on": None, "delivered_by": None}, version=None)
    if changed:
        audit.record("section.taken_back", stored, by=by, about=[plan], data={"focus_area": stored.focus_area_id})
    return stored


@transaction.atomic
def set_due(*, section: PlanSection, due_on: date | None, version: int | None, by: User) -> PlanSection:
    plan = open_plan(section.plan)
    if section.key != SectionKey.FOCUS_AREA:
        raise RuleBroken(_("Only the parts of focus areas and sub-programmes have a deadline of their own."))
    stored, changed = editing.change(section, {"due_on": due_on}, version=version)
    if changed:
        audit.record(
            "section.due_set",
            stored,
            by=by,
            about=[plan],
            data={"due_on": due_on.isoformat() if due_on else None, "focus_area": stored.focus_area_id},
        )
    return stored


@transaction.atomic
def set_delivery(*, section: PlanSection, due_on: date | None, delivered_on: date | None, by: User) -> PlanSection:
    """Deadline and delivery at once, as a form has them; each is told in the trail by itself."""
    section = set_due(section=section, due_on=due_on, version=None, by=by)
    if delivered_on is None:
        return take_back(section=section, by=by)
    return deliver(section=section, on=delivered_on, by=by) if delivered_on != section.delivered_on else section
