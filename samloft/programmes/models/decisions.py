"""Decisions by bodies, what they ask to have followed up and what answers it, and who may decide what."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samloft.core.models import Versioned
from samloft.programmes.models.bodies import Body
from samloft.programmes.models.files import StoredFile
from samloft.programmes.models.programmes import Programme


class Step(models.TextChoices):
    """What bodies decide in a programme (H2)."""

    ADOPT_GOALS = "adopt_goals", _("adopts goals")
    PRIORITISE = "prioritise", _("sets priorities")
    RECOMMEND_DESCRIPTION = "recommend_description", _("recommends the programme description")
    ADOPT_DESCRIPTION = "adopt_description", _("adopts the programme description")
    DISPATCH_DESCRIPTION = "dispatch_description", _("dispatches the programme description")
    ANSWER_DESCRIPTION = "answer_description", _("answers the programme description")
    RECOMMEND_PLAN = "recommend_plan", _("recommends the action plan")
    ADOPT_PLAN = "adopt_plan", _("adopts the action plan")
    DISPATCH_PLAN = "dispatch_plan", _("dispatches the action plan")
    ANSWER_PLAN = "answer_plan", _("answers the action plan")
    ACCEPT_GAP = "accept_gap", _("accepts a gap in a measure's mandate")
    SET_BOARD = "set_board", _("sets the board's composition and mandate")
    SET_FUNDING = "set_funding", _("decides the overall funding")
    APPOINT_MEMBERS = "appoint_members", _("appoints members")
    SETTLE_CONFLICTS = "settle_conflicts", _("settles conflicts")


class Decision(Versioned):
    """What a body has decided. A date or body that nobody recorded is unknown; an assumed one says so."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="decisions")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="decisions", null=True, blank=True)
    step = models.CharField(_("decides"), max_length=30, choices=Step.choices, blank=True)
    title = models.CharField(_("about"), max_length=200)
    decided_on = models.DateField(_("date"), null=True, blank=True)
    case_number = models.CharField(_("case number"), max_length=60, blank=True)
    wording = models.TextField(_("wording"), blank=True)
    unanimous = models.BooleanField(_("unanimous"), null=True, blank=True)
    is_assumed = models.BooleanField(
        _("assumed"),
        default=False,
        help_text=_("No document shows this; it is entered so that the work can go on."),
    )
    letter = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = [models.F("decided_on").desc(nulls_last=True), "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("programmes:decision", args=[self.programme.slug, self.pk])


class FollowUpPoint(Versioned):
    """One thing that a decision asks for. Answers are stored by the apps that give them (B7)."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="follow_up_points")
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    text = models.TextField(_("what is asked for"))
    due_on = models.DateField(_("due"), null=True, blank=True)

    class Meta:
        ordering = ["decision", "position", "pk"]

    def __str__(self) -> str:
        return self.text


class WrittenAnswer(Versioned):
    """What answers a point when no measure does: words, and the decision or document that they rest on (B7).

    A date that nobody knows is unknown.
    """

    point = models.ForeignKey(FollowUpPoint, on_delete=models.PROTECT, related_name="written_answers")
    text = models.TextField(_("answer"))
    answered_on = models.DateField(_("answered"), null=True, blank=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    edition = models.ForeignKey(
        "programmes.Edition", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["point", "pk"]

    def __str__(self) -> str:
        return self.text


class DecisionRightQuerySet(models.QuerySet["DecisionRight"]):
    def in_force(self, on: date) -> "DecisionRightQuerySet":
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gte=on)
        )


class DecisionRight(Versioned):
    """A row of the role–decision table: this body takes this step, by itself or delegated (H2)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="decision_rights")
    step = models.CharField(_("step"), max_length=30, choices=Step.choices)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="decision_rights")
    delegated_from = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="delegated_rights"
    )
    basis = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="rights")
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = DecisionRightQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "step", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=models.F("starts_on")),
                name="decision_right_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.get_step_display()}"
