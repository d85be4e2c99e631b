"""How long an agreement lasts in the end: its extensions (A2), and what was chosen as the end drew near (A9)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samloft.programmes.models.agreements import Agreement
from samloft.programmes.models.decisions import Decision
from samloft.programmes.models.files import StoredFile


class Extension(models.Model):
    """A new version of the agreement's period. The agreement keeps the end that it was signed with."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="extensions")
    number = models.PositiveSmallIntegerField(_("number"))
    signed_on = models.DateField(_("signed"))
    valid_to = models.DateField(_("valid to"))
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="extensions"
    )
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True)
    text = models.TextField(_("about the extension"), blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["agreement", "number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="extension_once")]

    def __str__(self) -> str:
        return f"{self.agreement} {self.valid_to}"


class EndChoice(models.TextChoices):
    EXTEND = "extend", _("Extend the agreement")
    RENEW = "renew", _("Make a new agreement")
    CLOSE = "close", _("Let it end")


# Months before the end at which the question is put.
END_REVIEWS = (24, 12)


class EndReview(models.Model):
    """The answer to the question that is put 24 and 12 months before the end: extend, renew, or close?"""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="end_reviews")
    months_before = models.PositiveSmallIntegerField(_("months before the end"))
    valid_to = models.DateField(_("the end that it is about"))
    choice = models.CharField(_("choice"), max_length=10, choices=EndChoice.choices)
    decided_on = models.DateField(_("date"))
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="end_reviews"
    )
    note = models.TextField(_("why"), blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["agreement", "-months_before"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "valid_to", "months_before"], name="end_review_once"),
            models.CheckConstraint(condition=Q(months_before__in=[12, 24]), name="end_review_months"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} {self.get_choice_display()}"
