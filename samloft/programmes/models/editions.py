"""Issued documents, frozen as they were when adopted; what was sent, and what was answered."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samloft.core.money import MoneyField
from samloft.places.models import LanguageForm
from samloft.programmes.models.bodies import Body
from samloft.programmes.models.decisions import Decision
from samloft.programmes.models.files import StoredFile
from samloft.programmes.models.programmes import Programme


class EditionKind(models.TextChoices):
    ACTION_PLAN = "action_plan", _("Action plan")
    PROGRAMME_DESCRIPTION = "programme_description", _("Programme description")


class EditionQuerySet(models.QuerySet["Edition"]):
    def dispatched(self) -> "EditionQuerySet":
        return self.filter(dispatches__isnull=False).distinct()

    def published(self) -> "EditionQuerySet":
        return self.filter(published_on__isnull=False)


class Edition(models.Model):
    """`blocks` is the document as `core.documents.blocks.to_data` gives it; it is never written again."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="editions")
    kind = models.CharField(_("kind"), max_length=30, choices=EditionKind.choices)
    period = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("edition"))
    language_form = models.CharField(_("language form"), max_length=2, choices=LanguageForm.choices)
    title = models.CharField(_("title"), max_length=200)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="editions")
    # The document in the municipality's language form, and the same one with frame texts in the other form.
    blocks = models.JSONField()
    blocks_other = models.JSONField(null=True)
    sha256 = models.CharField(max_length=64)
    # The audit chain's last hash when the edition was made: whoever holds it can check the chain up to here.
    audit_head = models.CharField(max_length=64, blank=True)
    published_on = models.DateField(_("published"), null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-period", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "kind", "period", "number"], name="edition_once")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("programmes:edition", args=[self.programme.slug, self.pk])

    def get_public_url(self) -> str:
        """Where everyone reads the last published edition of this kind and year."""
        return reverse(
            "programmes:published_edition",
            args=[self.programme.slug, self.kind.replace("_", "-"), self.period],
        )


class EditionFigure(models.Model):
    """One amount in an edition, kept as a row so that editions can be compared."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="figures")
    key = models.CharField(_("key"), max_length=120)
    label = models.CharField(_("label"), max_length=250)
    group = models.CharField(_("group"), max_length=150, blank=True)
    funding_source = models.CharField(_("source"), max_length=20, blank=True)
    amount = MoneyField(_("amount"))
    reference = models.CharField(_("record"), max_length=80)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["edition", "position"]
        constraints = [models.UniqueConstraint(fields=["edition", "key"], name="edition_figure_once")]

    def __str__(self) -> str:
        return self.label


class Channel(models.TextChoices):
    ARCHIVE = "archive", _("Archive system")
    EFORMIDLING = "eformidling", _("eFormidling")
    EMAIL = "email", _("E-mail")
    OTHER = "other", _("Other")


class Dispatch(models.Model):
    """A dated sending with what shows that it arrived; the ministry may never sign in (C6)."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="dispatches")
    recipient = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="received")
    sent_on = models.DateField(_("sent"))
    channel = models.CharField(_("channel"), max_length=20, choices=Channel.choices)
    receipt = models.CharField(_("receipt or journal number"), max_length=120, blank=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="dispatches")

    class Meta:
        ordering = ["sent_on", "pk"]

    def __str__(self) -> str:
        return f"{self.edition} {self.sent_on}"


class AnswerKind(models.TextChoices):
    TAKEN_NOTE = "taken_note", _("Taken note of")
    GRANT_LETTER = "grant_letter", _("Answered by grant letter")
    APPROVED = "approved", _("Approved")
    REMARKS = "remarks", _("Answered with remarks")
    NO_ANSWER = "no_answer", _("No answer")


class Answer(models.Model):
    """What the recipient said. "No answer" is a legal answer, and nothing waits for it (C6)."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(_("answer"), max_length=20, choices=AnswerKind.choices)
    letter = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="answers")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_kind_display()
