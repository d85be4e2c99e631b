"""The programme: a long joint effort of state and municipality in areas where living conditions are hardest.

A county may own one too, as when it leads an effort that all its municipalities take part in (A6).
"""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samloft.accounts.models import Organisation, OrganisationKind
from samloft.core.models import Versioned
from samloft.places.models import Area, County, Municipality


class Basis(models.TextChoices):
    """What the programme rests on (B1)."""

    AGREEMENT = "agreement", _("Agreement of intent with the state")
    COUNCIL_STRATEGY = "council_strategy", _("Strategy adopted by the council")
    ASSIGNMENT_LETTER = "assignment_letter", _("Assignment letter")


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def with_owner(self) -> "ProgrammeQuerySet":
        return self.select_related("municipality", "county")


class Programme(Versioned):
    slug = models.SlugField(_("short name in addresses"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=150, db_collation="norwegian")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="programmes"
    )
    county = models.ForeignKey(County, on_delete=models.PROTECT, null=True, blank=True, related_name="programmes")
    areas = models.ManyToManyField(Area, related_name="programmes", blank=True)
    basis = models.CharField(_("basis"), max_length=20, choices=Basis.choices)
    basis_on = models.DateField(_("date of the basis"), null=True, blank=True)
    purpose = models.TextField(_("purpose"), blank=True)
    target_groups = models.TextField(_("target groups"), blank=True)
    starts_on = models.DateField(_("starts"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(municipality__isnull=False, county__isnull=True)
                | models.Q(municipality__isnull=True, county__isnull=False),
                name="programme_has_one_owner",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="programme_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programmes:programme", args=[self.slug])

    @property
    def owner(self) -> Municipality | County:
        """Who runs the programme and signs its documents. Load it with `with_owner()`."""
        owner = self.municipality or self.county
        assert owner is not None  # noqa: S101  (the constraint above)
        return owner

    def is_run_by(self, organisation: Organisation | None) -> bool:
        """True for the municipality, or the county authority, that owns the programme."""
        if organisation is None:
            return False
        if self.municipality_id:
            return organisation.municipality_id == self.municipality_id
        return organisation.kind == OrganisationKind.COUNTY_AUTHORITY and organisation.county_id == self.county_id

    def has_area(self, area: Area) -> bool:
        """True for places inside what the owner governs."""
        if self.municipality_id:
            return area.municipality_id == self.municipality_id
        if area.municipality is not None:
            return self.covers(area.municipality)
        return area.county_id == self.county_id

    def covers(self, municipality: Municipality) -> bool:
        """True for the municipality that owns the programme, and for those of the county that does."""
        if self.municipality_id:
            return self.municipality_id == municipality.pk
        return self.county_id == municipality.county_id


class FocusAreaKind(models.TextChoices):
    FOCUS_AREA = "focus_area", _("Focus area")
    SUB_PROGRAMME = "sub_programme", _("Sub-programme")


class FocusArea(Versioned):
    """An adopted priority theme or a sub-programme; free in number and name (B1)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="focus_areas")
    kind = models.CharField(
        _("kind"), max_length=20, choices=FocusAreaKind.choices, default=FocusAreaKind.FOCUS_AREA
    )
    name = models.CharField(_("name"), max_length=150)
    description = models.TextField(_("description"), blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["programme", "name"], name="focus_area_once")]

    def __str__(self) -> str:
        return self.name
