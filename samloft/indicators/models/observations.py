"""The figures themselves, millions of them, and the newest of each ready to be read (F2)."""

from collections.abc import Collection

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samloft.indicators.models.imports import StatisticsImport
from samloft.indicators.models.indicators import Indicator
from samloft.places.models import Area


class Missing(models.TextChoices):
    """Statistics Norway's symbols. Only `-` is a number, none; a hidden figure is never 0 and never summed."""

    CANNOT_OCCUR = ".", _("Cannot occur")
    NOT_AVAILABLE = "..", _("Not available")
    NOT_YET = "...", _("Not yet available")
    HIDDEN = ":", _("Not shown, to protect people")
    NONE = "-", _("None")
    UNKNOWN = "unknown", _("Missing, reason unknown")


class Sex(models.TextChoices):
    WOMEN = "f", _("Women")
    MEN = "m", _("Men")


class ObservationQuerySet(models.QuerySet["Observation"]):
    def in_use(self, owners: Collection[int] = ()) -> "ObservationQuerySet":
        """The latest revision of each open figure, and of the own figures of these municipalities.

        A place may have one of each: a municipality's delivery replaces nothing but its own.
        """
        seen = StatisticsImport.objects.seen_by(owners).values("pk")
        return self.filter(batch__in=seen).exclude(superseded_by__in=seen)

    def in_use_of(self, owner_id: int | None) -> "ObservationQuerySet":
        """The latest revision of each figure of this municipality alone; without one, of the open figures."""
        own = StatisticsImport.objects.visible().filter(municipality=owner_id).values("pk")
        return self.filter(batch__in=own).exclude(superseded_by__in=own)

    def whole(self) -> "ObservationQuerySet":
        """Figures for everybody: not broken down by sex or age."""
        return self.filter(sex="", age="")


class Observation(models.Model):
    """One figure, or why there is none. A figure that changes is a new row, and the old one is kept.

    `superseded_by` is the delivery that brought another figure for the same place. It is set while that delivery
    is being stored and takes effect when it becomes visible, so that millions of figures change in one moment,
    and come back if the delivery is withdrawn. `year` is the last year of `period`, for sorting.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+", db_index=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    period = models.CharField(_("period"), max_length=10)
    year = models.PositiveSmallIntegerField(_("year"))
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices, blank=True)
    age = models.CharField(_("age"), max_length=10, blank=True)
    value = models.FloatField(_("value"), null=True)
    missing = models.CharField(_("why it is missing"), max_length=7, choices=Missing.choices, blank=True)
    numerator = models.FloatField(_("numerator"), null=True)
    denominator = models.FloatField(_("denominator"), null=True)
    is_provisional = models.BooleanField(_("provisional"), default=False)
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    batch = models.ForeignKey(StatisticsImport, on_delete=models.PROTECT, related_name="figures")
    superseded_by = models.ForeignKey(
        StatisticsImport, on_delete=models.SET_NULL, null=True, blank=True, related_name="superseded"
    )

    objects = ObservationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=True) & ~Q(missing="") | Q(value__isnull=False, missing=""),
                name="observation_value_or_reason",
            ),
            # In this order it also finds all figures of an area.
            models.UniqueConstraint(
                fields=["area", "indicator", "period", "sex", "age", "batch"], name="observation_once"
            ),
        ]
        indexes = [models.Index(fields=["indicator", "period", "area"], name="observation_ranked")]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.area_id} {self.period}"


class LatestFigure(models.Model):
    """The newest whole figure of an indicator in an area, beside what it is compared with; remade by imports.

    `municipality_value`, `county_value` and `country_value` are of the same period, the county being the one that
    the area lay in then. None is unknown.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="+", db_index=False)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+")
    period = models.CharField(_("period"), max_length=10)
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.FloatField(_("value"), null=True)
    missing = models.CharField(_("why it is missing"), max_length=7, choices=Missing.choices, blank=True)
    municipality_value = models.FloatField(_("municipality"), null=True)
    county_value = models.FloatField(_("county"), null=True)
    country_value = models.FloatField(_("country"), null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["indicator", "area"], name="latest_figure_once")]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.area_id} {self.period}"

    @property
    def amount(self) -> float | None:
        """The value to compare with: `-` says none, which is a number."""
        return 0.0 if self.missing == Missing.NONE else self.value
