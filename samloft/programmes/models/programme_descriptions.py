"""The programme description: what the programme is to reach in its whole period, and how (B2)."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samloft.core.models import Versioned
from samloft.programmes.models.decisions import Step
from samloft.programmes.models.editions import Edition, EditionKind
from samloft.programmes.models.governing_documents import DocumentState as S
from samloft.programmes.models.governing_documents import DocumentStep, GoverningDocument
from samloft.programmes.models.programmes import Programme

DECISION_TITLES = {
    Step.RECOMMEND_DESCRIPTION: _("Recommendation of the programme description for %(programme)s"),
    Step.ADOPT_DESCRIPTION: _("Programme description for %(programme)s"),
    Step.DISPATCH_DESCRIPTION: _("Dispatch of the programme description for %(programme)s"),
    Step.ANSWER_DESCRIPTION: _("Answer to the programme description for %(programme)s"),
}


class ProgrammeDescription(GoverningDocument):
    """One per programme."""

    # Not every programme has a body that recommends it; where none does, it goes straight to the one that adopts.
    ALLOWED: ClassVar[Mapping[S, frozenset[S]]] = {
        S.DRAFT: frozenset({S.RECOMMENDED, S.ADOPTED}),
        S.RECOMMENDED: frozenset({S.ADOPTED, S.RETURNED}),
        S.ADOPTED: frozenset({S.DISPATCHED, S.DRAFT}),
        S.DISPATCHED: frozenset({S.ANSWERED, S.RETURNED, S.DRAFT}),
        S.ANSWERED: frozenset({S.DRAFT}),
        S.RETURNED: frozenset({S.RECOMMENDED, S.ADOPTED}),
    }
    STEPS: ClassVar[Mapping[S, Step]] = {
        S.RECOMMENDED: Step.RECOMMEND_DESCRIPTION,
        S.ADOPTED: Step.ADOPT_DESCRIPTION,
        S.DISPATCHED: Step.DISPATCH_DESCRIPTION,
        S.ANSWERED: Step.ANSWER_DESCRIPTION,
    }
    noun = _("the programme description")
    trail = "description"

    programme = models.OneToOneField(Programme, on_delete=models.PROTECT, related_name="description")

    def __str__(self) -> str:
        return f"{self.title}, {self.programme}"

    def get_absolute_url(self) -> str:
        return reverse("programmes:programme_description", args=[self.programme.slug])

    def get_step_url(self, move: str) -> str:
        return reverse(f"programmes:description_{move.replace('-', '_')}", args=[self.programme.slug])

    @property
    def title(self) -> str:
        return str(_("Programme description"))

    def editions(self) -> models.QuerySet[Edition]:
        return Edition.objects.filter(programme_id=self.programme_id, kind=EditionKind.PROGRAMME_DESCRIPTION)

    def is_source_of(self, edition: Edition) -> bool:
        mine = (self.programme_id, EditionKind.PROGRAMME_DESCRIPTION)
        return (edition.programme_id, edition.kind) == mine

    def decision_title(self, step: Step) -> str:
        return DECISION_TITLES[step] % {"programme": self.programme.name}


class ChapterKey(models.TextChoices):
    """The chapters in the order they begin with; all but the introduction may change places."""

    INTRODUCTION = "introduction", _("Introduction")
    GOALS = "goals", _("Goals")
    FOCUS_AREAS = "focus_areas", _("Focus areas")
    STRATEGIES = "strategies", _("Strategies")
    ORGANISATION = "organisation", _("How the work is organised")
    STATE_ROLES = "state_roles", _("Roles of ministries and directorates")
    IMPLEMENTATION = "implementation", _("Implementation")
    EVALUATION = "evaluation", _("Evaluation")
    OWN = "own", _("Own chapter")


class DescriptionChapter(Versioned):
    """A text of the description. Only chapters of the programme's own have a title that somebody wrote."""

    description = models.ForeignKey(ProgrammeDescription, on_delete=models.PROTECT, related_name="chapters")
    key = models.CharField(_("chapter"), max_length=20, choices=ChapterKey.choices)
    title = models.CharField(_("title"), max_length=120, blank=True)
    text = models.TextField(_("text"), blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["description", "key"], condition=~Q(key="own"), name="description_chapter_once"
            ),
            models.CheckConstraint(
                condition=(Q(key="own") & ~Q(title="")) | (~Q(key="own") & Q(title="")),
                name="description_chapter_title",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(ChapterKey(self.key).label)

    @property
    def programme_id(self) -> int:
        """Whose audit trail the row belongs to."""
        return self.description.programme_id


class DescriptionStep(DocumentStep):
    """One move of a description from state to state."""

    description = models.ForeignKey(ProgrammeDescription, on_delete=models.PROTECT, related_name="steps")

    class Meta:
        ordering = ["description", "pk"]

    def __str__(self) -> str:
        return f"{self.description} {self.from_state} → {self.to_state}"
