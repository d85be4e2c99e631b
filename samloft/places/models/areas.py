"""Places with figures: from the country down to the basic unit, as they were at each time (F4)."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samloft.places.models.places import County, Municipality


class AreaKind(models.TextChoices):
    COUNTRY = "country", _("Country")
    COUNTY = "county", _("County")
    MUNICIPALITY = "municipality", _("Municipality")
    DISTRICT = "district", _("City district")
    ZONE = "zone", _("Living-conditions zone")
    BASIC_UNIT = "basic_unit", _("Basic unit")
    PLACE = "place", _("Named place")


class AreaQuerySet(models.QuerySet["Area"]):
    def valid(self, on: date) -> "AreaQuerySet":
        """Areas whose code is in use on that day; an open start or end is in use."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on), Q(valid_to__isnull=True) | Q(valid_to__gte=on)
        )

    def within(self, municipality: Municipality) -> "AreaQuerySet":
        """What lies inside the municipality, not the municipality itself."""
        return self.filter(municipality=municipality).exclude(kind=AreaKind.MUNICIPALITY)


class Area(models.Model):
    """A place that a programme works in or that figures are about.

    A new code is a new area, and `AreaSuccession` says what became of the old one. So `parent` needs no dates:
    the municipality with code 3014 always lay in county 30, and its successor 3118 in county 31. `geometry` is
    a GeoJSON Polygon or MultiPolygon in EPSG:4326.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=AreaKind.choices, default=AreaKind.PLACE)
    code = models.CharField(_("code"), max_length=20, blank=True)
    name = models.CharField(_("name"), max_length=120, db_collation="norwegian")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="areas"
    )
    county = models.ForeignKey(County, on_delete=models.PROTECT, null=True, blank=True, related_name="areas")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    valid_from = models.DateField(_("code in use from"), null=True, blank=True)
    valid_to = models.DateField(_("code in use to"), null=True, blank=True)
    is_divided = models.BooleanField(
        _("fully divided"),
        default=False,
        help_text=_("Its parts are all recorded here, so that their figures together are those of the whole."),
    )
    geometry = models.JSONField(_("outline"), null=True, blank=True)
    is_synthetic = models.BooleanField(
        _("synthetic"), default=False, help_text=_("Made up for the demo; nothing official.")
    )

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], condition=Q(kind="place"), name="area_once"),
            models.UniqueConstraint(
                fields=["county", "name"],
                condition=Q(kind="place", municipality__isnull=True),
                name="area_once_in_county",
            ),
            models.UniqueConstraint(
                fields=["kind", "code"], condition=~Q(code="") & Q(valid_from__isnull=True), name="area_code_once"
            ),
            models.UniqueConstraint(
                fields=["kind", "code", "valid_from"], condition=~Q(code=""), name="area_code_once_from"
            ),
            models.CheckConstraint(condition=Q(kind="place") | ~Q(code=""), name="area_has_code"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=models.F("valid_from")),
                name="area_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def first_year(self) -> int | None:
        """The first year that figures of the area are about; None is open."""
        return first_year(self.valid_from) if self.valid_from else None

    @property
    def last_year(self) -> int | None:
        """The last year that figures of the area are about, also where its end is written as the day after."""
        return first_year(self.valid_to) - 1 if self.valid_to else None


def first_year(day: date) -> int:
    """The first year that is mostly after this day."""
    return day.year if day.month <= 6 else day.year + 1


class SuccessionKind(models.TextChoices):
    RENUMBERED = "renumbered", _("New code, same area")
    MERGED = "merged", _("Merged into")
    SPLIT = "split", _("Split off")
    BOUNDARY_CHANGE = "boundary_change", _("New boundary")


class AreaSuccession(models.Model):
    """What an area became. Only a new code for the same area leaves the series of figures without a break."""

    predecessor = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="predecessions")
    kind = models.CharField(_("kind"), max_length=20, choices=SuccessionKind.choices)
    on = models.DateField(_("from"))

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="area_succession_once"),
            models.CheckConstraint(
                condition=~Q(predecessor=models.F("successor")), name="area_succession_of_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class ComparisonArea(models.Model):
    """An area that another is held up against."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="comparisons")
    compared_with = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="compared_by")

    class Meta:
        ordering = ["compared_with__name"]
        constraints = [
            models.UniqueConstraint(fields=["area", "compared_with"], name="comparison_area_once"),
            models.CheckConstraint(
                condition=~Q(area=models.F("compared_with")), name="comparison_area_is_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} – {self.compared_with}"
