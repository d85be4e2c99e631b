"""Starting a year's action plan, setting its frame, and keeping closed plans closed."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.plans.models import ActionPlan, FrameKind, PlanSection, SectionKey
from samloft.programmes.models import Programme

FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True)
class Frame:
    """What the plan is made within, in øre. Without kind and amount the frame is unknown."""

    kind: FrameKind | None = None
    amount: int | None = None
    carry_over: int | None = None
    source: str = ""
    letter: str = ""
    is_assumed: bool = False


def open_plan(plan: ActionPlan) -> ActionPlan:
    """The plan as it is stored now, locked until the transaction ends. Refused when the plan is closed."""
    stored = ActionPlan.objects.select_for_update().get(pk=plan.pk)
    if not stored.is_open:
        raise RuleBroken(
            _(
                "The plan for %(year)s is %(state)s and closed for changes. Start a revision if something must "
                "be changed."
            )
            % {"year": stored.year, "state": stored.get_state_display().lower()}
        )
    return stored


@transaction.atomic
def start(*, programme: Programme, year: int, by: User) -> ActionPlan:
    """Make the year's plan with every section empty, one for each focus area too."""
    editing.locked(programme)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise RuleBroken(_("%(year)s is no year for a plan. Write the year with four digits.") % {"year": year})
    if ActionPlan.objects.filter(programme=programme, year=year).exists():
        raise RuleBroken(_("There is a plan for %(year)s already. Open it from the list.") % {"year": year})
    plan = ActionPlan.objects.create(programme=programme, year=year)
    PlanSection.objects.bulk_create(
        [
            *(PlanSection(plan=plan, key=key) for key in SectionKey if key != SectionKey.FOCUS_AREA),
            *(
                PlanSection(plan=plan, key=SectionKey.FOCUS_AREA, focus_area=area)
                for area in programme.focus_areas.all()
            ),
        ]
    )
    audit.record("plan.started", plan, by=by, about=[programme], data={"year": year})
    return plan


@transaction.atomic
def set_frame(*, plan: ActionPlan, frame: Frame, version: int | None, by: User) -> ActionPlan:
    """Say what the plan is made within: an expectation, an award, or unknown."""
    open_plan(plan)
    _check(frame)
    stored, changed = editing.change(
        plan,
        {
            "frame_kind": frame.kind or "",
            "frame_amount": frame.amount,
            "frame_carry_over": frame.carry_over,
            "frame_source": frame.source,
            "frame_letter": frame.letter,
            "frame_is_assumed": frame.is_assumed,
        },
        version=version,
    )
    if changed:
        audit.record(
            "plan.frame_set",
            stored,
            by=by,
            about=[stored.programme],
            data={
                "kind": stored.frame_kind,
                "amount": stored.frame_amount,
                "carry_over": stored.frame_carry_over,
                "is_assumed": stored.frame_is_assumed,
                "fields": sorted(changed),
            },
        )
    return stored


def _check(frame: Frame) -> None:
    if frame.amount is None and frame.kind:
        raise RuleBroken(_("Write the amount of the frame, or choose that the frame is unknown."))
    if frame.amount is not None and not frame.kind:
        raise RuleBroken(_("Say whether the amount is expected or awarded."))
    if frame.amount is None and (frame.carry_over is not None or frame.is_assumed):
        raise RuleBroken(_("An unknown frame has no carry-over and cannot be assumed. Write the amount first."))
    if (frame.amount or 0) < 0 or (frame.carry_over or 0) < 0:
        raise RuleBroken(_("A frame cannot be less than zero."))
