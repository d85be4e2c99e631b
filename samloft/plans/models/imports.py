"""A plan that is being read from a file, until someone has looked at it and accepted it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samloft.core.models import Versioned
from samloft.core.money import MoneyField
from samloft.plans.models.budget_lines import LinePurpose, Source
from samloft.plans.models.measures import Measure
from samloft.plans.models.plans import ActionPlan
from samloft.programmes.models import FocusArea, Programme, StoredFile


class ImportState(models.TextChoices):
    WAITING = "waiting", _("Waiting to be read")
    READ = "read", _("Read, waits for you")
    REFUSED = "refused", _("Could not be read")
    ACCEPTED = "accepted", _("Accepted")
    DISCARDED = "discarded", _("Discarded")


class PlanImport(Versioned):
    """`remarks` holds the reader's problems and notes, `sections` the texts it found."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="plan_imports")
    year = models.PositiveSmallIntegerField(_("year"))
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="plan_imports")
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.WAITING)
    refusal = models.TextField(blank=True)
    stated_total = MoneyField(_("total stated in the document"), null=True, blank=True)
    remarks = models.JSONField(default=dict)
    sections = models.JSONField(default=list)
    total_reason = models.TextField(_("why the total differs"), blank=True)
    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, null=True, blank=True, related_name="imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.file} {self.year}"


class Mapping(models.TextChoices):
    """What a line that was read becomes."""

    SAME = "same", _("The same measure")
    NEW = "new", _("A new measure")
    NO_MEASURE = "no_measure", _("A line without measure")
    LEFT_OUT = "left_out", _("Left out")
    UNDECIDED = "undecided", _("Needs your choice")


class ImportLine(Versioned):
    """A line as it was read and as the user has corrected it. An amount that could not be read is empty."""

    plan_import = models.ForeignKey(PlanImport, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    row = models.PositiveIntegerField(_("row in the file"), null=True)
    name = models.CharField(_("name"), max_length=200)
    read_amount = models.CharField(_("amount as written"), max_length=120, blank=True)
    amount = MoneyField(_("amount"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=20, choices=Source.choices, blank=True)
    purpose = models.CharField(
        _("purpose"), max_length=15, choices=LinePurpose.choices, default=LinePurpose.MEASURE
    )
    read_focus_area = models.CharField(_("focus area as written"), max_length=200, blank=True)
    focus_area = models.ForeignKey(FocusArea, on_delete=models.PROTECT, null=True, blank=True)
    mapping = models.CharField(_("becomes"), max_length=10, choices=Mapping.choices, default=Mapping.UNDECIDED)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, null=True, blank=True)
    likeness = models.PositiveSmallIntegerField(_("likeness (%)"), null=True)

    class Meta:
        ordering = ["plan_import", "position"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(mapping="same") | models.Q(measure__isnull=False),
                name="import_line_same_has_measure",
            )
        ]

    def __str__(self) -> str:
        return self.name
