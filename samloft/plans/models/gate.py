"""The mandate gate: what a measure still lacks, and the gaps that a decision has accepted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samloft.core.models import Versioned
from samloft.plans.models.measures import Measure
from samloft.programmes.models import Decision


class Gap(models.TextChoices):
    """What a measure must have before it is whole (C5)."""

    MANDATE = "mandate", _("Mandate")
    RESIDENT_GOAL = "resident_goal", _("Goal for residents")
    ORGANISATIONAL_GOAL = "organisational_goal", _("Goal for the services")
    INDICATOR = "indicator", _("Indicator")
    OWNER = "owner", _("Owner")
    TARGET_GROUP = "target_group", _("Target group")
    EVALUATION_QUESTION = "evaluation_question", _("Evaluation question")
    EXIT_PLAN = "exit_plan", _("Exit plan")


class GapAcceptance(Versioned):
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="gap_acceptances")
    gap = models.CharField(_("gap"), max_length=20, choices=Gap.choices)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="gap_acceptances")
    reason = models.TextField(_("reason"))

    class Meta:
        ordering = ["measure", "gap"]
        constraints = [models.UniqueConstraint(fields=["measure", "gap"], name="gap_acceptance_once")]

    def __str__(self) -> str:
        return self.get_gap_display()
