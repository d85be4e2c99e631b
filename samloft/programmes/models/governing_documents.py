"""What the action plan and the programme description share: a way through decisions, and editions on that way."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samloft.core.models import Versioned
from samloft.programmes.models.decisions import Decision, Step
from samloft.programmes.models.editions import Edition
from samloft.programmes.models.programmes import Programme


class DocumentState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    RECOMMENDED = "recommended", _("Recommended")
    ADOPTED = "adopted", _("Adopted")
    DISPATCHED = "dispatched", _("Dispatched")
    ANSWERED = "answered", _("Answered")
    RETURNED = "returned", _("Returned")


S = DocumentState

# A returned document may be worked on as it is; everything else that is not a draft is closed.
OPEN_STATES = frozenset({S.DRAFT, S.RETURNED})


class GoverningDocument(Versioned):
    """`revision` counts the rounds towards an edition, from 1.

    What a document says of its own stands in the class: where it may go from each state, the step that brings it
    into a state, what it is called in a sentence, and the first word of its rows in the audit trail.
    """

    ALLOWED: ClassVar[Mapping[DocumentState, frozenset[DocumentState]]]
    STEPS: ClassVar[Mapping[DocumentState, Step]]
    noun: ClassVar[Promise]
    trail: ClassVar[str]
    steps: Any

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=12, choices=DocumentState.choices, default=DocumentState.DRAFT)
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    revision_reason = models.TextField(_("why it is revised"), blank=True)

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        """True while its content may be changed."""
        return self.state in OPEN_STATES

    @property
    def title(self) -> str:
        """What stands at the top of its pages."""
        raise NotImplementedError

    @property
    def trail_data(self) -> dict[str, int]:
        """What the rows of its steps in the audit trail tell beside its id."""
        return {}

    def editions(self) -> models.QuerySet[Edition]:
        """The editions that were made of this document."""
        raise NotImplementedError

    def is_source_of(self, edition: Edition) -> bool:
        """True for an edition that was made of this document; asks no database."""
        raise NotImplementedError

    def decision_title(self, step: Step) -> str:
        """What a decision that takes the step is about."""
        raise NotImplementedError

    def get_absolute_url(self) -> str:
        raise NotImplementedError

    def get_step_url(self, move: str) -> str:
        """The page where the move is recorded; `queries/steps.py` lists the moves."""
        raise NotImplementedError


class DocumentStep(models.Model):
    """One move of a document from state to state, with the decision that carried it."""

    revision = models.PositiveSmallIntegerField()
    from_state = models.CharField(max_length=12, choices=DocumentState.choices)
    to_state = models.CharField(max_length=12, choices=DocumentState.choices)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
