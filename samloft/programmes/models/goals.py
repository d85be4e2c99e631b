"""Goals: main goal, overall goal per focus area, sub-goals in two tracks; and the state's yearly goals."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samloft.core.models import Versioned
from samloft.programmes.models.decisions import Decision
from samloft.programmes.models.overarching_plans import OverarchingGoal
from samloft.programmes.models.programmes import FocusArea, Programme


class NationalGoal(Versioned):
    """A goal in the state budget for one year, shared by all programmes (B4)."""

    year = models.PositiveSmallIntegerField(_("budget year"))
    position = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("goal"))
    source = models.CharField(_("source"), max_length=150)

    class Meta:
        ordering = ["-year", "position"]
        constraints = [models.UniqueConstraint(fields=["year", "position"], name="national_goal_once")]

    def __str__(self) -> str:
        return self.text


class GoalLevel(models.TextChoices):
    MAIN = "main", _("Main goal")
    OVERALL = "overall", _("Overall goal")
    SUB = "sub", _("Sub-goal")


class GoalTrack(models.TextChoices):
    RESIDENT = "resident", _("Better for residents")
    ORGANISATIONAL = "organisational", _("Better in the services")


class GoalState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    AGREED = "agreed", _("Agreed")
    ADOPTED = "adopted", _("Adopted")


class Goal(Versioned):
    """A node in a plain tree. Only sub-goals have a track; only main goals have no parent (B3)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="goals")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    focus_area = models.ForeignKey(
        FocusArea, on_delete=models.PROTECT, null=True, blank=True, related_name="goals"
    )
    level = models.CharField(_("level"), max_length=10, choices=GoalLevel.choices)
    track = models.CharField(_("track"), max_length=20, choices=GoalTrack.choices, blank=True)
    text = models.TextField(_("goal"))
    state = models.CharField(_("state"), max_length=10, choices=GoalState.choices, default=GoalState.PROPOSED)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="goals")
    national_goals = models.ManyToManyField(NationalGoal, blank=True, related_name="goals")
    overarching_goals = models.ManyToManyField(OverarchingGoal, blank=True, related_name="goals")
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(level="sub") & ~Q(track="")) | (~Q(level="sub") & Q(track="")),
                name="goal_track_on_sub_goals",
            ),
            models.CheckConstraint(
                condition=Q(level="main", parent__isnull=True) | ~Q(level="main"),
                name="goal_main_has_no_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("programmes:goal", args=[self.programme.slug, self.pk])
