"""Findings of the plan check that someone has set aside, with the reason."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samloft.plans.models.plans import ActionPlan


class FindingOverride(models.Model):
    """Holds for the finding with this code about this subject, in this plan (C8)."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="overrides")
    code = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["plan", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "code", "subject"], name="override_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.subject}"
