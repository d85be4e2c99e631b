"""What is measured: an indicator, and its definition as it has been through the years (F1)."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samloft.core.models import Versioned


class Direction(models.TextChoices):
    """Composition of the population is always neutral: nobody is scored by origin."""

    HIGHER_IS_WORSE = "higher_is_worse", _("Higher is worse")
    HIGHER_IS_BETTER = "higher_is_better", _("Higher is better")
    NEUTRAL = "neutral", _("Neither better nor worse")


class Aggregation(models.TextChoices):
    """How the figure of a larger area follows from those of its parts."""

    SUM = "sum", _("Sum of the parts")
    LAST = "last", _("The last figure of the period")
    POPULATION_WEIGHTED_MEAN = "population_weighted_mean", _("Mean weighted by population")
    RATIO_OF_SUMS = "ratio_of_sums", _("Sum of numerators over sum of denominators")
    NOT_AGGREGABLE = "not_aggregable", _("Cannot be put together from parts")


class Level(models.TextChoices):
    """Where the figure exists. The programme's own counts stand outside every statistics bank."""

    MUNICIPALITY = "municipality", _("Municipality")
    ZONE = "zone", _("Zone or basic unit")
    DISTRICT = "district", _("City district")
    PROGRAMME = "programme", _("The programme's own counts")


# Counts below this are small when the indicator does not say otherwise.
SMALL_COUNT = 5


class Indicator(Versioned):
    key = models.SlugField(_("key"), max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    unit = models.CharField(_("unit"), max_length=40)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=1)
    direction = models.CharField(_("direction"), max_length=20, choices=Direction.choices)
    levels = models.JSONField(_("levels"), default=list)  # values of Level
    aggregation = models.CharField(
        _("aggregation"), max_length=30, choices=Aggregation.choices, default=Aggregation.NOT_AGGREGABLE
    )
    counts_people = models.BooleanField(_("the figure is a number of people or households"), default=False)
    small_count = models.PositiveSmallIntegerField(
        _("threshold for small counts"),
        null=True,
        blank=True,
        help_text=_("Counts from 1 and below this are hidden from the public. Empty: 5."),
    )
    may_be_public = models.BooleanField(_("may be published"), default=True)

    class Meta:
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.key

    @property
    def threshold(self) -> int:
        """Counts from 1 up to but not including this are small."""
        return SMALL_COUNT if self.small_count is None else self.small_count


class IndicatorDefinitionQuerySet(models.QuerySet["IndicatorDefinition"]):
    def latest(self) -> "IndicatorDefinitionQuerySet":  # type: ignore[override]
        """The newest definition of each indicator."""
        newest = (
            IndicatorDefinition.objects.filter(indicator=models.OuterRef("indicator"))
            .order_by("-number")
            .values("pk")[:1]
        )
        return self.filter(pk=models.Subquery(newest))


class IndicatorDefinition(models.Model):
    """One version of what an indicator means. A change is a new version; figures know which they were made by."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="definitions")
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    name_nb = models.CharField(_("name in bokmål"), max_length=200)
    name_nn = models.CharField(_("name in nynorsk"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    description = models.TextField(_("what it tells"), blank=True)
    numerator = models.CharField(_("numerator"), max_length=250, blank=True)
    denominator = models.CharField(_("denominator"), max_length=250, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    table_id = models.CharField(_("table"), max_length=60, blank=True)
    lag_months = models.PositiveSmallIntegerField(_("months from period to figure"), null=True, blank=True)
    update_rhythm = models.CharField(_("how often it comes"), max_length=60, blank=True)
    licence = models.CharField(_("licence"), max_length=60, blank=True)
    change_note = models.TextField(_("what is new in this version"), blank=True)

    objects = IndicatorDefinitionQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "-number"]
        constraints = [models.UniqueConstraint(fields=["indicator", "number"], name="indicator_definition_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        by_language = {"nn": self.name_nn, "en": self.name_en}
        return by_language.get(get_language() or "nb", "") or self.name_nb
