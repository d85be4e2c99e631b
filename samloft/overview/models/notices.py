"""Reminders of deadlines by e-mail: how each person wants them, and which have been sent (A5, L13)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samloft.programmes.models import Occurrence


class NoticeTime(models.TextChoices):
    AT_ONCE = "at_once", _("One e-mail for each deadline")
    DAILY = "daily", _("One e-mail a day with all of them")
    NONE = "none", _("No e-mail")


# In their own words, so that a reader finds hers whatever the page's language is.
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]


class NoticePreference(models.Model):
    """Who has none gets one e-mail a day, in bokmål."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preference"
    )
    when = models.CharField(
        _("reminders by e-mail"), max_length=8, choices=NoticeTime.choices, default=NoticeTime.DAILY
    )
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="nb")

    class Meta:
        ordering = ["user"]

    def __str__(self) -> str:
        return self.get_when_display()


# In place of a number of days: the due date has passed.
OVERDUE = -1


class Notice(models.Model):
    """One reminder to one person of one due date; stored before it is sent, so that it is sent once.

    When the due date moves, it is another thing to be reminded of.
    """

    occurrence = models.ForeignKey(Occurrence, on_delete=models.CASCADE, related_name="notices")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    due_on = models.DateField(_("due"))
    days_before = models.SmallIntegerField(_("days before the due date"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        ordering = ["occurrence__due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["occurrence", "due_on", "days_before", "user"], name="notice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.occurrence} {self.days_before}"
