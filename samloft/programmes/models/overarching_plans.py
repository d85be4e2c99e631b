"""Plans of municipalities and counties that a programme builds on, and what they have taken up of it (A7)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samloft.core.models import Versioned
from samloft.places.models import County, Municipality
from samloft.programmes.models.programmes import Programme


class OverarchingPlanKind(models.TextChoices):
    SOCIETAL = "societal", _("Municipal master plan, societal part")
    UPBRINGING = "upbringing", _("Plan for children and upbringing")
    HOUSING = "housing", _("Housing plan")
    PUBLIC_HEALTH = "public_health", _("Public health plan")
    PLANNING_STRATEGY = "planning_strategy", _("Planning strategy")
    REGIONAL = "regional", _("Regional plan")
    OTHER = "other", _("Other plan")


class OverarchingPlan(Versioned):
    """A public plan of a municipality or a county, recorded once and shared by the programmes that build on it.

    `programme` is the one that keeps the record; only there may it be changed.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="kept_plans")
    built_on_by = models.ManyToManyField(Programme, related_name="overarching_plans")
    kind = models.CharField(_("kind"), max_length=20, choices=OverarchingPlanKind.choices)
    title = models.CharField(_("title"), max_length=200, db_collation="norwegian")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="overarching_plans"
    )
    county = models.ForeignKey(
        County, on_delete=models.PROTECT, null=True, blank=True, related_name="overarching_plans"
    )
    adopted_on = models.DateField(_("adopted"), null=True, blank=True)
    first_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    url = models.URLField(_("address of the plan"), max_length=500, blank=True)

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(municipality__isnull=False, county__isnull=True)
                | Q(municipality__isnull=True, county__isnull=False),
                name="overarching_plan_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(first_year__isnull=True)
                | Q(last_year__isnull=True)
                | Q(last_year__gte=F("first_year")),
                name="overarching_plan_ends_after_start",
            ),
            models.UniqueConstraint(fields=["municipality", "title"], name="overarching_plan_once_a_municipality"),
            models.UniqueConstraint(fields=["county", "title"], name="overarching_plan_once_a_county"),
        ]

    def __str__(self) -> str:
        return self.title

    def address_in(self, programme: Programme) -> str:
        """Its page under one of the programmes that build on it."""
        return reverse("programmes:overarching_plan", args=[programme.slug, self.pk])

    @property
    def owner(self) -> Municipality | County:
        """Whose plan it is; load it with the plan."""
        owner = self.municipality or self.county
        assert owner is not None  # noqa: S101  (the constraint above)
        return owner


class OverarchingGoal(Versioned):
    """A goal of an overarching plan, in the words of those who record it."""

    plan = models.ForeignKey(OverarchingPlan, on_delete=models.PROTECT, related_name="goals")
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    text = models.TextField(_("goal"))

    class Meta:
        ordering = ["plan", "position", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def programme_id(self) -> int:
        """Whose audit trail the goal belongs to."""
        return self.plan.programme_id


class UptakeState(models.TextChoices):
    """How far a plan has taken up what a programme is about. That nobody knows is no state: there is no row."""

    ABSENT = "absent", _("Not in the plan")
    INPUT_GIVEN = "input_given", _("Input given")
    ON_HEARING = "on_hearing", _("On hearing")
    ADOPTED = "adopted", pgettext_lazy("uptake", "Adopted")


class Uptake(models.Model):
    """A dated state of one plan, seen from one programme. A new state is a new row, so that history stays.

    `municipality` is for a county's plan as one municipality has taken it up; empty means the plan's owner.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="uptakes")
    plan = models.ForeignKey(OverarchingPlan, on_delete=models.PROTECT, related_name="uptakes")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="uptakes"
    )
    state = models.CharField(_("state"), max_length=15, choices=UptakeState.choices)
    on = models.DateField(_("date"), null=True, blank=True)
    place = models.CharField(_("place in the plan"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["plan", "pk"]

    def __str__(self) -> str:
        return f"{self.plan}: {self.get_state_display()}"
