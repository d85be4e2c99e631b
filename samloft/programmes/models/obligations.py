"""What an agreement's parties owe, when, and what shows that it was done (A3); and what limits it (A8)."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samloft.core.models import Versioned
from samloft.programmes.models.agreements import Agreement, AgreementParty
from samloft.programmes.models.decisions import Decision
from samloft.programmes.models.editions import Edition, EditionKind
from samloft.programmes.models.files import StoredFile


class ObligationKind(models.TextChoices):
    DOCUMENT = "document", _("Document")
    REPORT = "report", _("Report")
    MEETING = "meeting", _("Meeting")
    EVALUATION = "evaluation", _("Evaluation")
    SHARING = "sharing", _("Sharing of experience")
    COORDINATION = "coordination", _("Coordination")
    WORKING_METHOD = "working_method", _("Way of working")


class Rhythm(models.TextChoices):
    ONCE = "once", _("Once")
    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")
    EVERY_SECOND_MONTH = "every_second_month", _("Every second month")
    TIMES_A_YEAR = "times_a_year", _("A number of times a year")
    YEARLY = "yearly", _("Every year")
    CONTINUOUS = "continuous", _("All the time")


class FulfillingEvent(models.TextChoices):
    FINISHED = "finished", _("finished")
    ADOPTED = "adopted", _("adopted")
    PUT_BEFORE = "put_before", _("put before the recipient")
    APPROVED = "approved", _("approved")
    DONE = "done", _("done")


# What cannot have happened without the event, though it does not say when that was.
PRESUPPOSED_BY: dict[FulfillingEvent, tuple[FulfillingEvent, ...]] = {
    FulfillingEvent.FINISHED: (FulfillingEvent.ADOPTED, FulfillingEvent.PUT_BEFORE, FulfillingEvent.APPROVED),
    FulfillingEvent.PUT_BEFORE: (FulfillingEvent.APPROVED,),
}

# Days before the due date: long enough for a municipality to take a matter through its bodies.
USUAL_REMINDERS = (90, 30, 7)
MOST_TIMES = 366  # a year


class Obligation(Versioned):
    """A clause that one or more parties owe. Its occurrences are laid out by `actions/occurrences.py`.

    `due_on` is the due date of what is done once, and the first one of a rhythm; None is unknown. Without own
    dates it runs through the agreement's period. `min_times` and `max_times` bound a number of times a year; with
    only the latter it is "at most". `fulfilling_event` says which event fulfils a document.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="obligations")
    clause = models.CharField(_("place in the agreement"), max_length=60, blank=True)
    text = models.TextField(_("obligation"))
    kind = models.CharField(_("kind"), max_length=20, choices=ObligationKind.choices)
    rhythm = models.CharField(_("how often"), max_length=20, choices=Rhythm.choices)
    due_on = models.DateField(_("due, or first due"), null=True, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    min_times = models.PositiveSmallIntegerField(
        _("at least, times a year"), null=True, blank=True, validators=[MaxValueValidator(MOST_TIMES)]
    )
    max_times = models.PositiveSmallIntegerField(
        _("at most, times a year"), null=True, blank=True, validators=[MaxValueValidator(MOST_TIMES)]
    )
    fulfilling_event = models.CharField(
        _("fulfilled when"), max_length=12, choices=FulfillingEvent.choices, blank=True
    )
    document_kind = models.CharField(
        _("fulfilled by the document"), max_length=30, choices=EditionKind.choices, blank=True
    )
    responsible_role = models.CharField(_("who follows it up"), max_length=120, blank=True)
    reminder_days = models.JSONField(_("reminders, days before"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rhythm="times_a_year", max_times__isnull=False)
                | Q(rhythm="times_a_year", min_times__isnull=False)
                | (~Q(rhythm="times_a_year") & Q(min_times__isnull=True, max_times__isnull=True)),
                name="obligation_times_with_rhythm",
            ),
            models.CheckConstraint(
                condition=Q(min_times__isnull=True)
                | Q(max_times__isnull=True)
                | Q(max_times__gte=models.F("min_times")),
                name="obligation_times_in_order",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gte=models.F("starts_on")),
                name="obligation_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("programmes:obligation", args=[self.agreement.programme.slug, self.pk])

    @property
    def reminders(self) -> tuple[int, ...]:
        """Days before the due date at which to remind, most first; None stored means the usual ones."""
        return USUAL_REMINDERS if self.reminder_days is None else tuple(sorted(self.reminder_days, reverse=True))


class ObligationParty(models.Model):
    """A party that owes the obligation; its share or cap may differ from the others'."""

    obligation = models.ForeignKey(Obligation, on_delete=models.CASCADE, related_name="owed_by")
    party = models.ForeignKey(AgreementParty, on_delete=models.PROTECT, related_name="obligations")
    share = models.CharField(_("this party's part"), max_length=150, blank=True)
    max_times = models.PositiveSmallIntegerField(_("at most, for this party"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["obligation", "party"], name="obligation_party_once")]

    def __str__(self) -> str:
        return str(self.party)


class Reservation(Versioned):
    """A clause that limits what the parties have bound themselves to: shown, never due (A8)."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="reservations")
    clause = models.CharField(_("place in the agreement"), max_length=60, blank=True)
    text = models.TextField(_("reservation"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    """The same judgement as `queries/obligation_statuses.py`, where it must be made in the database."""

    def met(self, on: date) -> "OccurrenceQuerySet":
        """Done often enough by that day, on days that are known, in time or late."""
        met: OccurrenceQuerySet = self._with_times(on).filter(times__gte=models.F("needed"))
        return met

    def unmet(self, on: date) -> "OccurrenceQuerySet":
        """Not done by that day, and nothing else is agreed."""
        deviations = Deviation.objects.filter(occurrence=OuterRef("pk"), agreed_on__lte=on)
        later = Q()
        for event, presuppose_it in PRESUPPOSED_BY.items():
            later |= Q(occurrence__obligation__fulfilling_event=event, event__in=presuppose_it)
        presupposed = Proof.objects.filter(later, occurrence=OuterRef("pk"), on__lte=on)
        unmet: OccurrenceQuerySet = self._with_times(on).filter(
            ~Exists(deviations), ~Exists(presupposed) | Q(times__gt=0), times__lt=models.F("needed")
        )
        return unmet

    def overdue(self, on: date) -> "OccurrenceQuerySet":
        return self.unmet(on).filter(due_on__lt=on)

    def _with_times(self, on: date) -> Any:
        event = "obligation__fulfilling_event"
        counted = (
            Proof.objects.filter(occurrence=OuterRef("pk"), on__lte=on)
            .filter(Q(event=OuterRef(event)) | Q(occurrence__obligation__fulfilling_event=""))
            .order_by()
            .values("occurrence")
            .annotate(times=Count("pk"))
        )
        return self.alias(
            times=Coalesce(Subquery(counted.values("times")), 0),
            needed=Greatest(Coalesce("obligation__min_times", 1), 1),
        )


class Occurrence(Versioned):
    """One time that an obligation is to be met. A due date that has passed never moves (A5).

    `key` names it within the obligation: `once`, `2026`, `2026-03`, `2026-W05`. Without a due date nothing is due.
    """

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="occurrences")
    key = models.CharField(_("period"), max_length=10)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    due_on = models.DateField(_("due"), null=True, blank=True)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        ordering = ["ends_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["obligation", "key"], name="occurrence_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="occurrence_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["due_on"], name="occurrence_due")]

    def __str__(self) -> str:
        return f"{self.obligation} {self.key}"


class ProofKind(models.TextChoices):
    EDITION = "edition", _("Issued document")
    DECISION = "decision", _("Decision")
    FILE = "file", _("File")
    MEETING = "meeting", _("Meeting")
    NOTE = "note", _("Dated note")


class Proof(models.Model):
    """Something happened that counts towards an occurrence: which event, when, and what shows it.

    All events are kept; an event without a row has no known date. `text` tells what a meeting or a note was about.
    """

    occurrence = models.ForeignKey(Occurrence, on_delete=models.PROTECT, related_name="proofs")
    event = models.CharField(_("what happened"), max_length=12, choices=FulfillingEvent.choices)
    on = models.DateField(_("date"))
    kind = models.CharField(_("shown by"), max_length=10, choices=ProofKind.choices)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="fulfils")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="fulfils")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True)
    party = models.ForeignKey(
        AgreementParty, on_delete=models.PROTECT, null=True, blank=True, related_name="proofs"
    )
    text = models.CharField(_("about"), max_length=250, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="edition", edition__isnull=False, decision__isnull=True, file__isnull=True)
                | Q(kind="decision", edition__isnull=True, decision__isnull=False, file__isnull=True)
                | Q(kind="file", edition__isnull=True, decision__isnull=True, file__isnull=False)
                | Q(kind__in=["meeting", "note"], edition__isnull=True, decision__isnull=True, file__isnull=True),
                name="proof_is_what_its_kind_says",
            ),
        ]

    def __str__(self) -> str:
        return str(self.edition or self.decision or self.file or self.text or self.get_kind_display())


class Deviation(models.Model):
    """The parties agreed that an occurrence is met in another way or not at all."""

    occurrence = models.ForeignKey(Occurrence, on_delete=models.PROTECT, related_name="deviations")
    agreed_on = models.DateField(_("agreed"))
    agreed_with = models.CharField(_("agreed with"), max_length=150)
    reason = models.TextField(_("what was agreed, and why"))
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="deviations"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["agreed_on", "pk"]

    def __str__(self) -> str:
        return self.reason
