"""When a person was last here, so that My page can say what has happened since."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Visit(models.Model):
    """`before` is the end of the visit before this one, if there was one; `latest` the last time in this one."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="visit")
    before = models.DateTimeField(_("last visit"), null=True, blank=True)
    latest = models.DateTimeField(_("last seen"))

    class Meta:
        ordering = ["user"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.latest:%Y-%m-%d}"
