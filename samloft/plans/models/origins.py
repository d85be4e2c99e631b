"""Where a measure came from, and which decisions it answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samloft.core.models import Versioned
from samloft.plans.models.measures import Measure
from samloft.programmes.models import Decision, FollowUpPoint


class OriginKind(models.TextChoices):
    RESIDENTS = "residents", _("Residents' input")
    MAPPING = "mapping", _("Recommendation from a mapping")
    COUNCIL_DECISION = "council_decision", _("Council decision")
    EVALUATION = "evaluation", _("Recommendation from an evaluation")
    STATISTICS = "statistics", _("Statistics")
    EARLIER_MEASURE = "earlier_measure", _("Earlier measure")
    OTHER = "other", _("Other")


class Origin(Versioned):
    """One source of a measure, told as a step in its story (C4)."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="origins")
    kind = models.CharField(_("kind"), max_length=20, choices=OriginKind.choices)
    happened_on = models.DateField(_("date"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("year, when the date is unknown"), null=True, blank=True)
    text = models.TextField(_("what happened"))
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="origins")
    earlier_measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, null=True, blank=True, related_name="later_origins"
    )

    class Meta:
        ordering = [models.F("happened_on").asc(nulls_last=True), "year", "pk"]

    def __str__(self) -> str:
        return self.text


class FollowUpAnswer(Versioned):
    """This measure answers that point of a decision (B7)."""

    point = models.ForeignKey(FollowUpPoint, on_delete=models.PROTECT, related_name="measure_answers")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="follow_up_answers")
    text = models.TextField(_("how it answers"), blank=True)

    class Meta:
        ordering = ["point", "pk"]
        constraints = [models.UniqueConstraint(fields=["point", "measure"], name="follow_up_answer_once")]

    def __str__(self) -> str:
        return f"{self.measure} → {self.point}"
