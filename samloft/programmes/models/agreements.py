"""Agreements of intent: parties, period, purpose, and the conditions on the money."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samloft.accounts.models import Organisation
from samloft.core.models import Versioned
from samloft.places.models import Area
from samloft.programmes.models.decisions import Decision
from samloft.programmes.models.files import StoredFile
from samloft.programmes.models.programmes import FocusArea, Programme

MOST_YEARS = 60  # that an agreement lasts


class Agreement(Versioned):
    """The end date follows from a stated duration in whole years (A2); see `actions/agreements.py`."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="agreements")
    title = models.CharField(_("title"), max_length=200)
    purpose = models.TextField(_("purpose"), blank=True)
    areas = models.ManyToManyField(Area, related_name="agreements", blank=True, verbose_name=_("areas"))
    focus_areas = models.ManyToManyField(
        FocusArea, related_name="agreements", blank=True, verbose_name=_("focus areas")
    )
    decisions = models.ManyToManyField(
        Decision, related_name="agreements", blank=True, verbose_name=_("decisions about the agreement")
    )
    signed_on = models.DateField(_("signed"), null=True, blank=True)
    first_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    duration_years = models.PositiveSmallIntegerField(
        _("duration in years"), null=True, blank=True, validators=[MaxValueValidator(MOST_YEARS)]
    )
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    may_be_extended = models.BooleanField(_("may be extended"), null=True, blank=True)
    extension_text = models.TextField(_("about extension"), blank=True)
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["-first_year", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("programmes:agreement", args=[self.programme.slug, self.pk])


class AgreementParty(Versioned):
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="agreements")
    role = models.CharField(_("role"), max_length=150, blank=True)
    responsibility = models.TextField(_("responsibility"), blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["agreement", "organisation"], name="agreement_party_once")]

    def __str__(self) -> str:
        return str(self.organisation)


class RelatedAgreementKind(models.TextChoices):
    PREDECESSOR = "predecessor", _("Predecessor")
    SISTER = "sister", _("Sister agreement")


class RelatedAgreement(Versioned):
    """An agreement that came before or runs beside; often one that Samløft holds nothing more about."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="related")
    kind = models.CharField(_("kind"), max_length=20, choices=RelatedAgreementKind.choices)
    title = models.CharField(_("title"), max_length=200)
    first_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)

    class Meta:
        ordering = ["first_year", "pk"]

    def __str__(self) -> str:
        return self.title


class ConditionKind(models.TextChoices):
    NOT_ORDINARY_OPERATIONS = "not_ordinary_operations", _("Not for ordinary operations")
    YEARLY_BUDGET = "yearly_budget", _("Subject to the yearly budget")
    AREA_PRIORITISED = "area_prioritised", _("The area is given priority in municipal plans and budgets")
    OTHER = "other", _("Other condition")


class Condition(Versioned):
    """A clause on the use of money, with what proves it kept (A4)."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="conditions")
    kind = models.CharField(_("kind"), max_length=30, choices=ConditionKind.choices)
    text = models.TextField(_("condition"))
    needs_proof = models.BooleanField(
        _("needs proof"), default=True, help_text=_("The plan check asks for it when it is missing.")
    )
    proof = models.TextField(_("what shows that it is kept"), blank=True)
    proved_on = models.DateField(_("shown on"), null=True, blank=True)
    proof_decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="proves"
    )
    proof_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_proved(self) -> bool:
        return bool(self.proof or self.proof_decision_id or self.proof_file_id)
