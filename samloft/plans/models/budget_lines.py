"""The plan's money: lines by source, split by kind of cost."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samloft.core.models import Versioned
from samloft.core.money import MoneyField
from samloft.plans.models.plans import ActionPlan, PlanMeasure


class LinePurpose(models.TextChoices):
    MEASURE = "measure", _("Measure")
    ADMINISTRATION = "administration", _("Administrative costs")
    COMPETENCE = "competence", _("Competence building")
    OPEN_POT = "open_pot", _("Open pot")
    EVALUATION = "evaluation", _("Evaluation")


class Source(models.TextChoices):
    """Who pays (D2)."""

    PROGRAMME_GRANT = "programme_grant", _("Programme grant")
    CARRY_OVER = "carry_over", _("Carried over from earlier years")
    OTHER_STATE = "other_state", _("Other state grant")
    COUNTY = "county", _("County authority")
    MUNICIPALITY = "municipality", _("The municipality's own funds")
    PRIVATE = "private", _("Private or voluntary")


class BudgetLine(Versioned):
    """An empty source is unknown. A measure line without a measure is legal; the plan check asks about it."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="lines")
    purpose = models.CharField(
        _("purpose"), max_length=15, choices=LinePurpose.choices, default=LinePurpose.MEASURE
    )
    plan_measure = models.ForeignKey(
        PlanMeasure, on_delete=models.PROTECT, null=True, blank=True, related_name="lines"
    )
    name = models.CharField(_("name in the budget table"), max_length=200)
    source = models.CharField(_("source"), max_length=20, choices=Source.choices, blank=True)
    amount = MoneyField(_("amount"))
    note = models.TextField(_("note"), blank=True)
    posts = models.PositiveSmallIntegerField(_("number of posts"), null=True, blank=True)
    salary_percent = models.PositiveSmallIntegerField(
        _("share of each salary (%)"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    # The line of an earlier year that this one was first carried forward from, however often renamed since.
    first_line = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="later_lines", editable=False
    )

    class Meta:
        ordering = ["plan", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="line_amount_not_negative"),
            models.CheckConstraint(
                condition=Q(purpose="measure") | Q(plan_measure__isnull=True),
                name="line_measure_only_for_measures",
            ),
            models.CheckConstraint(
                condition=Q(posts__isnull=True, salary_percent__isnull=True)
                | Q(posts__gte=1, salary_percent__gte=1, salary_percent__lte=100),
                name="line_salary_share_pair",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def programme_id(self) -> int:
        """Whose audit trail the line belongs to."""
        return self.plan.programme_id


class CostKind(models.TextChoices):
    SALARY = "salary", _("Salary")
    PURCHASE = "purchase", _("Purchase of services")
    EQUIPMENT = "equipment", _("Equipment")
    ONWARD_GRANT = "onward_grant", _("Onward grant")
    HOSPITALITY = "hospitality", _("Hospitality")
    TRAVEL = "travel", _("Travel")
    INFORMATION = "information", _("Information")


class CostSplit(models.Model):
    """A part of a line by kind of cost. The parts never exceed the line; what is left is not split."""

    line = models.ForeignKey(BudgetLine, on_delete=models.CASCADE, related_name="splits")
    kind = models.CharField(_("kind of cost"), max_length=15, choices=CostKind.choices)
    amount = MoneyField(_("amount"))

    class Meta:
        ordering = ["line", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["line", "kind"], name="cost_split_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="cost_split_positive"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
