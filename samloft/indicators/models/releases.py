"""Figures that everybody may read, as they were published: small numbers hidden (F7)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samloft.indicators.models.indicators import Indicator, IndicatorDefinition
from samloft.programmes.models import Programme


class ReleaseQuerySet(models.QuerySet["Release"]):
    def public(self) -> "ReleaseQuerySet":
        """The newest table of each indicator in each programme, unless it was withdrawn."""
        newest = (
            Release.objects.filter(
                programme=models.OuterRef("programme"),
                indicator=models.OuterRef("indicator"),
                withdrawn_on__isnull=True,
            )
            .order_by("-number")
            .values("pk")[:1]
        )
        return self.filter(pk=models.Subquery(newest))


class Release(models.Model):
    """`table` is what everybody sees, and holds nothing that is hidden. `counts` is what later releases are held
    against, hidden numbers too; no public page reads it. Neither is ever written again: what was shown once
    stays known.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="releases")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="releases")
    definition = models.ForeignKey(IndicatorDefinition, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("release"))
    threshold = models.PositiveSmallIntegerField(_("threshold for small counts"))
    table = models.JSONField()
    counts = models.JSONField()
    published_on = models.DateField(_("published"))
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "indicator", "number"], name="release_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_on__isnull=False, withdrawn_by__isnull=False),
                name="release_withdrawn_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.number}"

    def get_public_url(self) -> str:
        """Where everyone reads the newest release of this indicator."""
        return reverse("indicators:published_figure", args=[self.programme.slug, self.indicator.key])
