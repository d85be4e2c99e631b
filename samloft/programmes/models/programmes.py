"""The programme: a long joint effort of state and municipality in areas where living conditions are hardest."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samloft.core.models import Versioned
from samloft.places.models import Area, Municipality


class Basis(models.TextChoices):
    """What the programme rests on (B1)."""

    AGREEMENT = "agreement", _("Agreement of intent with the state")
    COUNCIL_STRATEGY = "council_strategy", _("Strategy adopted by the council")
    ASSIGNMENT_LETTER = "assignment_letter", _("Assignment letter")


class Programme(Versioned):
    slug = models.SlugField(_("short name in addresses"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=150, db_collation="norwegian")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="programmes")
    areas = models.ManyToManyField(Area, related_name="programmes", blank=True)
    basis = models.CharField(_("basis"), max_length=20, choices=Basis.choices)
    basis_on = models.DateField(_("date of the basis"), null=True, blank=True)
    purpose = models.TextField(_("purpose"), blank=True)
    target_groups = models.TextField(_("target groups"), blank=True)
    starts_on = models.DateField(_("starts"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="programme_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programmes:programme", args=[self.slug])


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
