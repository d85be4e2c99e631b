"""Statistics banks that can be asked for figures, and what has been asked for (F3)."""

from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from samloft.core.models import Versioned
from samloft.indicators.models.imports import StatisticsImport
from samloft.places.models import Municipality
from samloft.programmes.models import Programme


class Interface(models.TextChoices):
    V1 = "v1", _("PxWebApi 1")
    V2 = "v2", _("PxWebApi 2")


class StatisticsBank(Versioned):
    """`recent_calls` are the moments of the latest calls, in seconds; all fetches together keep to the limit."""

    name = models.CharField(_("name"), max_length=120, unique=True, db_collation="norwegian")
    interface = models.CharField(_("interface"), max_length=4, choices=Interface.choices, default=Interface.V2)
    address = models.URLField(_("address"), max_length=300)
    language = models.CharField(
        _("language"),
        max_length=5,
        blank=True,
        default="no",
        validators=[RegexValidator(r"^[a-z-]{2,5}$")],
    )
    licence = models.CharField(_("licence"), max_length=60, blank=True)
    most_cells = models.PositiveIntegerField(
        _("figures in a call"), default=800_000, validators=[MinValueValidator(1)]
    )
    most_calls = models.PositiveSmallIntegerField(
        _("calls in a while"), default=30, validators=[MinValueValidator(1)]
    )
    seconds = models.PositiveSmallIntegerField(
        _("how long that while is, in seconds"), default=60, validators=[MinValueValidator(1)]
    )
    recent_calls = models.JSONField(default=list)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class FetchState(models.TextChoices):
    CHOOSING = "choosing", _("Being chosen")
    FETCHING = "fetching", _("Being fetched")
    STOPPED = "stopped", _("Stopped")
    FETCHED = "fetched", _("Fetched")


class StatisticsFetch(Versioned):
    """A table that is fetched part by part, and then read like any other file.

    `about` is what the bank told of the table: its title and dimensions. `selection` holds the codes that are
    asked for, by dimension. `message` says why it stopped, or why it waits. `failed` calls in a row have got no
    answer, and the next is made at `next_at`.
    """

    bank = models.ForeignKey(StatisticsBank, on_delete=models.PROTECT, related_name="fetches")
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="statistics_fetches"
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="statistics_fetches"
    )
    table = models.CharField(_("table"), max_length=120)
    about = models.JSONField(default=dict)
    selection = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=FetchState.choices, default=FetchState.CHOOSING)
    parts = models.PositiveIntegerField(_("parts"), default=0)
    done = models.PositiveIntegerField(_("parts that have come"), default=0)
    message = models.CharField(_("why it stopped"), max_length=500, blank=True)
    failed = models.PositiveSmallIntegerField(_("calls without an answer"), default=0)
    next_at = models.DateTimeField(_("goes on at"), null=True, blank=True)
    delivery = models.OneToOneField(
        StatisticsImport, on_delete=models.PROTECT, null=True, blank=True, related_name="fetch"
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    worked_at = models.DateTimeField(_("last sign of work"), null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return str(self.about.get("title") or self.table)
