"""Measures: concrete actions with a stable identity through years and renamings."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samloft.core.models import Versioned
from samloft.programmes.models import FocusArea, Goal, NationalGoal, Programme


class Reach(models.TextChoices):
    AREA = "area", _("The programme's area")
    MUNICIPALITY = "municipality", _("The whole municipality")
    REGION = "region", _("Several municipalities")


class Phase(models.TextChoices):
    IDEA = "idea", _("Idea")
    PREPARATION = "preparation", _("Preparation")
    PILOT = "pilot", _("Pilot")
    RUNNING = "running", _("Running")
    SCALED_UP = "scaled_up", _("Scaled up")
    MAINSTREAMED = "mainstreamed", _("Part of ordinary operations")
    CLOSED = "closed", _("Closed")


class MandateStatus(models.TextChoices):
    NONE = "none", _("No mandate yet")
    DRAFTED = "drafted", _("Mandate drafted")
    ADOPTED = "adopted", _("Mandate adopted")


class ExitRoute(models.TextChoices):
    """How the measure lives on, or ends, when the programme's money stops (C3)."""

    ORDINARY_BUDGET = "ordinary_budget", _("Into the ordinary budget")
    VOLUNTARY = "voluntary", _("Taken over by a voluntary organisation")
    OTHER_AUTHORITY = "other_authority", _("Taken over by another authority")
    SOCIAL_ENTERPRISE = "social_enterprise", _("Taken over by a social enterprise")
    PLANNED_END = "planned_end", _("Ends as planned")
    ONE_OFF = "one_off", _("One-off purchase")


class Measure(Versioned):
    """What is unknown is left empty; nothing is assumed from another field."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="measures")
    number = models.PositiveIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=200, db_collation="norwegian")
    description = models.TextField(_("description"), blank=True)
    purpose = models.TextField(_("purpose"), blank=True)
    target_groups = models.TextField(_("target groups"), blank=True)
    reach = models.CharField(_("reach"), max_length=20, choices=Reach.choices, blank=True)
    meeting_place = models.CharField(_("meeting place"), max_length=150, blank=True)
    focus_area = models.ForeignKey(
        FocusArea, on_delete=models.PROTECT, null=True, blank=True, related_name="measures"
    )
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    lead_unit = models.CharField(_("lead unit"), max_length=150, blank=True)
    responsible_role = models.CharField(_("responsible role"), max_length=150, blank=True)
    external_funding = models.CharField(
        _("funded from outside the programme by"),
        max_length=200,
        blank=True,
        help_text=_("Fill in when others pay, so that the plan check does not ask for a budget line."),
    )
    phase = models.CharField(_("phase"), max_length=20, choices=Phase.choices, blank=True)
    starts_on = models.DateField(_("starts"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    first_plan_year = models.PositiveSmallIntegerField(_("first year in a plan"), null=True, blank=True)
    mandate_status = models.CharField(_("mandate"), max_length=10, choices=MandateStatus.choices, blank=True)
    evaluation_question = models.TextField(_("evaluation question"), blank=True)
    gate_due_on = models.DateField(
        _("what is missing is due"),
        null=True,
        blank=True,
        help_text=_("When mandate and goals are to be ready."),
    )
    exit_route = models.CharField(_("exit route"), max_length=20, choices=ExitRoute.choices, blank=True)
    exit_plan = models.TextField(_("exit plan"), blank=True)
    exit_owner = models.CharField(_("who takes over"), max_length=150, blank=True)
    goals = models.ManyToManyField(Goal, through="MeasureGoal", related_name="measures")
    national_goals = models.ManyToManyField(NationalGoal, blank=True, related_name="measures")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="measure_number_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="measure_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("plans:measure", args=[self.programme.slug, self.pk])


class MeasureName(models.Model):
    """A name that the measure has had or is written with elsewhere; re-import finds the measure by it (C10)."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        ordering = ["measure", "pk"]
        constraints = [models.UniqueConstraint(fields=["measure", "name"], name="measure_name_once")]

    def __str__(self) -> str:
        return self.name


class Sector(models.TextChoices):
    MUNICIPALITY = "municipality", _("Municipality")
    NAV = "nav", _("NAV")
    STATE = "state", pgettext_lazy("sector", "State")
    COUNTY = "county", _("County authority")
    VOLUNTARY = "voluntary", _("Voluntary sector")
    FAITH = "faith", _("Faith and belief communities")
    BUSINESS = "business", pgettext_lazy("sector", "Business")
    SOCIAL_ENTREPRENEUR = "social_entrepreneur", _("Social entrepreneur")
    EDUCATION = "education", _("Education and research")


class Partner(Versioned):
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="partners")
    name = models.CharField(_("partner"), max_length=150)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector.choices, blank=True)
    contribution = models.CharField(_("contributes with"), max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class MeasureGoal(models.Model):
    """A measure serves a sub-goal; the weight, in percent of its money, is optional and equal when unset (B5)."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="goal_links")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="measure_links")
    weight = models.PositiveSmallIntegerField(_("weight (%)"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "goal"], name="measure_goal_once"),
            models.CheckConstraint(
                condition=Q(weight__isnull=True) | Q(weight__gte=1, weight__lte=100),
                name="measure_goal_weight_percent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} → {self.goal}"
