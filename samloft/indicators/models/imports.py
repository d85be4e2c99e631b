"""A delivery of figures: where it came from, how it was read, and whether it counts."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samloft.core.models import Versioned
from samloft.places.models import Municipality
from samloft.programmes.models import Programme


class ImportState(models.TextChoices):
    WAITING = "waiting", _("Waiting to be read")
    READ = "read", _("Read, not accepted")
    UNREADABLE = "unreadable", _("Could not be read")
    STORING = "storing", _("Being stored")
    FAILED = "failed", _("Could not be stored")
    VISIBLE = "visible", _("In use")
    WITHDRAWN = "withdrawn", _("Withdrawn")


ALLOWED: dict[str, frozenset[str]] = {
    ImportState.WAITING: frozenset({ImportState.READ, ImportState.UNREADABLE, ImportState.WITHDRAWN}),
    ImportState.READ: frozenset({ImportState.STORING, ImportState.WAITING, ImportState.WITHDRAWN}),
    ImportState.UNREADABLE: frozenset({ImportState.WITHDRAWN}),
    ImportState.STORING: frozenset({ImportState.VISIBLE, ImportState.FAILED, ImportState.WITHDRAWN}),
    ImportState.FAILED: frozenset({ImportState.STORING, ImportState.WITHDRAWN}),
    ImportState.VISIBLE: frozenset({ImportState.WITHDRAWN}),
    ImportState.WITHDRAWN: frozenset(),
}

# After this without a sign of work, whoever worked on a delivery has stopped.
PATIENCE = timedelta(minutes=2)


class StatisticsImportQuerySet(models.QuerySet["StatisticsImport"]):
    def visible(self) -> "StatisticsImportQuerySet":
        """Those that count."""
        return self.filter(state=ImportState.VISIBLE)

    def seen_by(self, owners: Collection[int]) -> "StatisticsImportQuerySet":
        """Those that count and are open, and these municipalities' own."""
        return self.visible().filter(Q(municipality__isnull=True) | Q(municipality__in=owners))


class StatisticsImport(Versioned):
    """`municipality` owns the figures, and only its readers see them (L1, ADR 16); None means open to all.

    `dimensions`, `mapping` and `missing` are what `samloft import-statistics --json` prints under those names;
    `problems` are pairs of messages (`core.said`), so that everybody reads them in their own language. `preview`
    is what the pages show of the file without opening it. `read` and `stored` tell how far the worker has come,
    and the two counts after them what was new in the delivery. `is_settled`: the latest figures have been made
    anew since it came or went.
    """

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="statistics_imports"
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="statistics_imports"
    )
    content = models.FileField(_("file"), upload_to="statistics", blank=True)
    file_name = models.CharField(_("file name"), max_length=200, blank=True)
    sha256 = models.CharField(_("checksum"), max_length=64, blank=True)
    title = models.CharField(_("title"), max_length=250, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    table_id = models.CharField(_("table"), max_length=60, blank=True)
    licence = models.CharField(_("licence"), max_length=60, blank=True)
    retrieved_at = models.DateTimeField(_("retrieved"), null=True, blank=True)
    is_synthetic = models.BooleanField(
        _("synthetic"), default=False, help_text=_("Made up for the demo; nothing official.")
    )
    state = models.CharField(_("state"), max_length=12, choices=ImportState.choices, default=ImportState.WAITING)
    dimensions = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    missing = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    preview = models.JSONField(default=dict)
    observations = models.PositiveIntegerField(_("figures"), default=0)
    read = models.PositiveIntegerField(_("read so far"), default=0)
    stored = models.PositiveIntegerField(_("stored so far"), default=0)
    added = models.PositiveIntegerField(_("new figures"), default=0)
    revised = models.PositiveIntegerField(_("changed figures"), default=0)
    is_settled = models.BooleanField(_("rankings are up to date with it"), default=True)
    worked_at = models.DateTimeField(_("last sign of work"), null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = StatisticsImportQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    @property
    def is_being_read_or_stored(self) -> bool:
        return self.state in (ImportState.WAITING, ImportState.STORING)

    def has_stopped(self, now: datetime) -> bool:
        """Whether there is work to do, and nobody has shown a sign of doing it for a while."""
        is_open = self.is_being_read_or_stored or not self.is_settled
        return is_open and (self.worked_at or self.made_at) < now - PATIENCE

    def __str__(self) -> str:
        return self.title or self.file_name or str(self.pk)
