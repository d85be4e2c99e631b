"""What shows that a sub-goal is reached: an indicator in an area, from a baseline to a target (B8)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samloft.core.models import Versioned
from samloft.indicators.models.indicators import Indicator, IndicatorDefinition
from samloft.places.models import Area
from samloft.programmes.models import Goal


class GoalTarget(Versioned):
    """What nobody has set or measured yet is None, and shows as unknown.

    `definition` is what the indicator meant when the baseline or the target was set; None for what was set before
    that was kept.
    """

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="targets")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    definition = models.ForeignKey(
        IndicatorDefinition, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    baseline_value = models.FloatField(_("baseline"), null=True, blank=True)
    baseline_period = models.CharField(_("period of the baseline"), max_length=10, blank=True)
    target_value = models.FloatField(_("target value"), null=True, blank=True)
    target_on = models.DateField(_("to be reached by"), null=True, blank=True)
    measured_by = models.CharField(_("who measures"), max_length=150, blank=True)

    class Meta:
        ordering = ["goal", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["goal", "indicator", "area"], name="goal_target_once"),
            models.CheckConstraint(
                condition=Q(baseline_value__isnull=True, baseline_period="")
                | Q(baseline_value__isnull=False) & ~Q(baseline_period=""),
                name="goal_target_baseline_has_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.indicator_id}"

    def get_absolute_url(self) -> str:
        """Where it is changed; the page of the goal shows it."""
        return reverse("indicators:goal_target", args=[self.goal.programme.slug, self.pk])
