"""The yearly action plan: its state, its frame, its texts and the measures in it."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samloft.core.models import Versioned
from samloft.core.money import MoneyField
from samloft.plans.models.measures import Measure
from samloft.programmes.models import DocumentState as S
from samloft.programmes.models import (
    DocumentStep,
    Edition,
    EditionKind,
    FocusArea,
    GoverningDocument,
    Programme,
    Step,
)

DECISION_TITLES = {
    Step.RECOMMEND_PLAN: _("Recommendation of the action plan for %(year)d"),
    Step.ADOPT_PLAN: _("Action plan for %(year)d"),
    Step.DISPATCH_PLAN: _("Dispatch of the action plan for %(year)d"),
    Step.ANSWER_PLAN: _("Answer to the action plan for %(year)d"),
}


class FrameKind(models.TextChoices):
    """What the frame rests on: the expectation until the grant letter comes, then the award (C8)."""

    EXPECTED = "expected", _("Expected frame")
    AWARD = "award", _("Award in grant letter")


class ActionPlan(GoverningDocument):
    """One per programme and year."""

    # A revision begins again from draft while the last edition stays in force.
    ALLOWED: ClassVar[Mapping[S, frozenset[S]]] = {
        S.DRAFT: frozenset({S.RECOMMENDED}),
        S.RECOMMENDED: frozenset({S.ADOPTED, S.RETURNED}),
        S.ADOPTED: frozenset({S.DISPATCHED, S.DRAFT}),
        S.DISPATCHED: frozenset({S.ANSWERED, S.RETURNED, S.DRAFT}),
        S.ANSWERED: frozenset({S.DRAFT}),
        S.RETURNED: frozenset({S.RECOMMENDED}),
    }
    STEPS: ClassVar[Mapping[S, Step]] = {
        S.RECOMMENDED: Step.RECOMMEND_PLAN,
        S.ADOPTED: Step.ADOPT_PLAN,
        S.DISPATCHED: Step.DISPATCH_PLAN,
        S.ANSWERED: Step.ANSWER_PLAN,
    }
    noun = _("the plan")
    trail = "plan"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField(_("year"))
    frame_kind = models.CharField(_("what the frame is"), max_length=10, choices=FrameKind.choices, blank=True)
    frame_amount = MoneyField(_("frame"), null=True, blank=True)
    frame_carry_over = MoneyField(_("approved carry-over in addition"), null=True, blank=True)
    frame_source = models.CharField(_("who gives it"), max_length=150, blank=True)
    frame_letter = models.CharField(_("letter reference"), max_length=120, blank=True)
    frame_is_assumed = models.BooleanField(_("assumed"), default=False)

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "year"], name="plan_once_a_year"),
            models.CheckConstraint(
                condition=(Q(frame_amount__isnull=True) & Q(frame_kind="") & Q(frame_carry_over__isnull=True))
                | (Q(frame_amount__gte=0) & ~Q(frame_kind="")),
                name="plan_frame_pair",
            ),
            models.CheckConstraint(
                condition=Q(frame_carry_over__isnull=True) | Q(frame_carry_over__gte=0),
                name="plan_carry_over_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("plans:plan", args=[self.programme.slug, self.year])

    def get_step_url(self, move: str) -> str:
        return reverse(f"plans:plan_{move.replace('-', '_')}", args=[self.programme.slug, self.year])

    @property
    def title(self) -> str:
        return _("Action plan and budget %(year)d") % {"year": self.year}

    @property
    def trail_data(self) -> dict[str, int]:
        return {"year": self.year}

    def editions(self) -> models.QuerySet[Edition]:
        return Edition.objects.filter(
            programme_id=self.programme_id, kind=EditionKind.ACTION_PLAN, period=self.year
        )

    def is_source_of(self, edition: Edition) -> bool:
        mine = (self.programme_id, EditionKind.ACTION_PLAN, self.year)
        return (edition.programme_id, edition.kind, edition.period) == mine

    def decision_title(self, step: Step) -> str:
        return DECISION_TITLES[step] % {"year": self.year}

    @property
    def frame_total(self) -> int | None:
        """The frame with approved carry-over, in øre; None when the frame is unknown."""
        if self.frame_amount is None:
            return None
        return int(self.frame_amount) + int(self.frame_carry_over or 0)


class SectionKey(models.TextChoices):
    """The texts of the plan, in the order of the document (C6)."""

    INTRODUCTION = "introduction", _("Introduction")
    PRIORITIES = "priorities", _("Priorities")
    FOCUS_AREA = "focus_area", _("Priorities of a focus area")
    NEW_MEASURES = "new_measures", _("New measures")
    ADMINISTRATION = "administration", _("Administrative costs")
    BUDGET = "budget", _("Budget and finances")
    OWN_EFFORT = "own_effort", _("Own effort")
    GOAL_FIT = "goal_fit", _("Fit with national goals")


class PlanSection(Versioned):
    """A text of the plan. A focus area's text is a part that may be delivered with its own deadline."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="sections")
    key = models.CharField(_("section"), max_length=20, choices=SectionKey.choices)
    focus_area = models.ForeignKey(FocusArea, on_delete=models.PROTECT, null=True, blank=True)
    text = models.TextField(_("text"), blank=True)
    due_on = models.DateField(_("to be delivered by"), null=True, blank=True)
    delivered_on = models.DateField(_("delivered"), null=True, blank=True)
    delivered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["plan", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "key"], condition=Q(focus_area__isnull=True), name="plan_section_once"
            ),
            models.UniqueConstraint(fields=["plan", "focus_area"], name="plan_focus_area_section_once"),
            models.CheckConstraint(
                condition=Q(key="focus_area", focus_area__isnull=False)
                | (~Q(key="focus_area") & Q(focus_area__isnull=True)),
                name="plan_section_focus_area",
            ),
            models.CheckConstraint(
                condition=Q(delivered_on__isnull=True, delivered_by__isnull=True)
                | Q(delivered_on__isnull=False, delivered_by__isnull=False),
                name="plan_section_delivered_pair",
            ),
        ]

    def __str__(self) -> str:
        return str(self.focus_area or self.get_key_display())

    @property
    def programme_id(self) -> int:
        """Whose audit trail the row belongs to."""
        return self.plan.programme_id


class PlanMeasure(Versioned):
    """A measure's place in one year's plan, with what is said about it that year."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="plan_measures")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="plan_measures")
    text = models.TextField(_("what happens this year"), blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["plan", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "measure"], name="plan_measure_once")]

    def __str__(self) -> str:
        return str(self.measure)

    @property
    def programme_id(self) -> int:
        """Whose audit trail the row belongs to."""
        return self.plan.programme_id


class PlanStep(DocumentStep):
    """One move of a plan from state to state."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="steps")

    class Meta:
        ordering = ["plan", "pk"]

    def __str__(self) -> str:
        return f"{self.plan} {self.from_state} → {self.to_state}"
