"""A map file while somebody looks at what it would change."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samloft.places.models import County, Municipality
from samloft.programmes.models import Programme


class OutlineUpload(models.Model):
    """Kept until the outlines are stored, or for a day. Neither municipality nor county: it is everybody's."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    county = models.ForeignKey(County, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(_("file name"), max_length=200)
    content = models.FileField(_("file"), upload_to="outlines")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(municipality__isnull=True) | models.Q(county__isnull=True),
                name="outline_upload_of_one",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def territory(self) -> Municipality | County | None:
        """Whose areas the outlines are."""
        return self.municipality or self.county
