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
    language_form = models.CharField(
        _("language form"), max_length=2, choices=LanguageForm.choices, default=LanguageForm.BOKMAL
    )
    logo = models.FileField(_("logo"), upload_to="logos", blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def authority(self) -> str:
        """`Østfold fylkeskommune`: as the county signs its documents."""
        return _signed_as(self.name, "fylkeskommune")


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

    @property
    def authority(self) -> str:
        """`Elvestad kommune`: as the municipality signs its documents; the same word in both language forms."""
        return _signed_as(self.name, "kommune")


def _signed_as(name: str, kind: str) -> str:
    return name if name.lower().endswith(kind) else f"{name} {kind}"
