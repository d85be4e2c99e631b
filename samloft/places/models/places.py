"""Municipalities, counties and the areas that programmes work in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LanguageForm(models.TextChoices):
    """The written standard a municipality has chosen for its letters and documents (målform)."""

    BOKMAL = "nb", _("Bokmål")
    NYNORSK = "nn", _("Nynorsk")


class County(models.Model):
    code = models.CharField(_("county code"), max_length=2, unique=True)
    name = models.CharField(_("name"), max_length=100, db_collation="norwegian")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    code = models.CharField(_("municipality code"), max_length=4, unique=True)
    name = models.CharField(_("name"), max_length=100, db_collation="norwegian")
    county = models.ForeignKey(County, on_delete=models.PROTECT, related_name="municipalities")
    language_form = models.CharField(
        _("language form"), max_length=2, choices=LanguageForm.choices, default=LanguageForm.BOKMAL
    )
    logo = models.FileField(_("logo"), upload_to="logos", blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """A named place inside a municipality: a town centre, a neighbourhood, a city district."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="areas")
    name = models.CharField(_("name"), max_length=120, db_collation="norwegian")

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["municipality", "name"], name="area_once")]

    def __str__(self) -> str:
        return self.name
