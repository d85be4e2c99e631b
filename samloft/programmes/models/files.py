"""Files that people upload: letters, plans, attachments. Sent out only after the access check, never inline."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samloft.programmes.models.programmes import Programme


class StoredFile(models.Model):
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(_("type"), max_length=120)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("checksum"), max_length=64)
    content = models.FileField(upload_to="programmes")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.name
