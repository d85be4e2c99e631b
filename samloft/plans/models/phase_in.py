"""The phase-in ladder: how a measure goes from grant to ordinary operation, year by year."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from samloft.core.models import Versioned
from samloft.plans.models.measures import Measure


class StepStatus(models.TextChoices):
    INTENDED = "intended", _("Intended")
    PROPOSED = "proposed", _("Proposed in the economic plan")
    ADOPTED = "adopted", _("Adopted")


class PhaseInStep(Versioned):
    """Shares in whole percent of the year's cost. A share that nobody has stated is unknown, not 0 (C3)."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="phase_in_steps")
    year = models.PositiveSmallIntegerField(_("year"))
    grant_share = models.PositiveSmallIntegerField(
        _("from the grant (%)"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    ordinary_share = models.PositiveSmallIntegerField(
        _("from the ordinary budget (%)"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    other_share = models.PositiveSmallIntegerField(
        _("from others (%)"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    status = models.CharField(_("status"), max_length=10, choices=StepStatus.choices, default=StepStatus.INTENDED)

    class Meta:
        ordering = ["measure", "year"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "year"], name="phase_in_step_once"),
            models.CheckConstraint(
                condition=Q(
                    grant_share__lte=Value(100)
                    - Coalesce(F("ordinary_share"), Value(0))
                    - Coalesce(F("other_share"), Value(0))
                )
                | Q(grant_share__isnull=True),
                name="phase_in_shares_within_100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.year}"
