"""Private addresses at which a person's calendar program fetches deadlines (A5)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samloft.programmes.models import Programme


class CalendarFeed(models.Model):
    """An address with a secret in it, of which only the hash is kept. Without a programme: all of the user's."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    label = models.CharField(_("name"), max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    last_used_on = models.DateField(_("last fetched"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.label
