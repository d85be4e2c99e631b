"""Where things stood at the start: figures chosen, and then frozen for good (F5, G1)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samloft.core.models import Versioned
from samloft.indicators.models.indicators import Indicator, IndicatorDefinition
from samloft.indicators.models.observations import Missing
from samloft.places.models import Area
from samloft.programmes.models import Decision, Programme


class BaselineQuerySet(models.QuerySet["Baseline"]):
    def frozen(self) -> "BaselineQuerySet":
        return self.filter(frozen_on__isnull=False)


class Baseline(Versioned):
    """A draft shows the figures as they are now. Freezing copies them, and nothing changes afterwards.

    `sha256` is the checksum of the frozen figures, which the audit row carries too.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="baselines")
    title = models.CharField(_("title"), max_length=150)
    introduction = models.TextField(_("introduction"), blank=True)
    first_year = models.PositiveSmallIntegerField(_("from year"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("to year"), null=True, blank=True)
    areas = models.ManyToManyField(Area, related_name="+", verbose_name=_("areas"))
    indicators = models.ManyToManyField(Indicator, related_name="+", verbose_name=_("indicators"))
    frozen_on = models.DateField(_("frozen"), null=True, blank=True)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)

    objects = BaselineQuerySet.as_manager()

    class Meta:
        ordering = [models.F("frozen_on").desc(nulls_first=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(frozen_on__isnull=True, frozen_by__isnull=True, decision__isnull=True, sha256="")
                | Q(frozen_on__isnull=False, frozen_by__isnull=False) & ~Q(sha256=""),
                name="baseline_frozen_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(first_year__isnull=True)
                | Q(last_year__isnull=True)
                | Q(last_year__gte=models.F("first_year")),
                name="baseline_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("indicators:baseline", args=[self.programme.slug, self.pk])

    @property
    def is_frozen(self) -> bool:
        return self.frozen_on is not None


class BaselineFigure(models.Model):
    """A figure as it was when the baseline was frozen, with its definition, source and the area's name then; never
    written again."""

    baseline = models.ForeignKey(Baseline, on_delete=models.PROTECT, related_name="figures")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    definition = models.ForeignKey(IndicatorDefinition, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    area_name = models.CharField(_("name of the area"), max_length=200, blank=True)
    period = models.CharField(_("period"), max_length=10)
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.FloatField(_("value"), null=True)
    missing = models.CharField(_("why it is missing"), max_length=7, choices=Missing.choices, blank=True)
    numerator = models.FloatField(_("numerator"), null=True)
    denominator = models.FloatField(_("denominator"), null=True)
    is_provisional = models.BooleanField(_("provisional"), default=False)
    after_break = models.BooleanField(_("after a break"), default=False)
    contributors = models.JSONField(_("put together from"), default=list)  # names of areas
    source = models.CharField(_("source"), max_length=200, blank=True)
    table_id = models.CharField(_("table"), max_length=60, blank=True)
    licence = models.CharField(_("licence"), max_length=60, blank=True)
    retrieved_at = models.DateTimeField(_("retrieved"), null=True)
    is_synthetic = models.BooleanField(_("synthetic"), default=False)

    class Meta:
        ordering = ["indicator", "area", "year", "period"]
        constraints = [
            models.UniqueConstraint(
                fields=["baseline", "indicator", "area", "period"], name="baseline_figure_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.area_id} {self.period}"
