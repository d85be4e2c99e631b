"""The bodies that people work for and that sign agreements."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from samloft.places.models import County, Municipality


class OrganisationKind(models.TextChoices):
    MUNICIPALITY = "municipality", _("Municipality")
    MINISTRY = "ministry", _("Ministry")
    DIRECTORATE = "directorate", _("Directorate or other state agency")
    COUNTY_GOVERNOR = "county_governor", _("County governor")
    COUNTY_AUTHORITY = "county_authority", _("County authority")
    EVALUATOR = "evaluator", _("Evaluator")
    VOLUNTARY = "voluntary", _("Voluntary organisation")
    BUSINESS = "business", _("Business")
    OTHER = "other", _("Other")


class Organisation(models.Model):
    name = models.CharField(_("name"), max_length=150, unique=True, db_collation="norwegian")
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="organisations"
    )
    county = models.ForeignKey(County, on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
