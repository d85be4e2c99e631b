"""All that a programme description says, read in a constant number of queries, and what it still lacks."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samloft.accounts.models import OrganisationKind
from samloft.programmes import access
from samloft.programmes.access import Permission
from samloft.programmes.models import (
    Agreement,
    AgreementParty,
    ChapterKey,
    DescriptionChapter,
    DocumentState,
    Edition,
    EditionKind,
    FocusArea,
    Obligation,
    OverarchingPlan,
    Programme,
    ProgrammeDescription,
)
from samloft.programmes.queries import agreement_terms
from samloft.programmes.queries.bodies import BodyRow, StepRow, body_rows, decision_table
from samloft.programmes.queries.goals import GoalNode, goal_tree

S = DocumentState

REQUIRED = (
    ChapterKey.GOALS,
    ChapterKey.FOCUS_AREAS,
    ChapterKey.STRATEGIES,
    ChapterKey.ORGANISATION,
    ChapterKey.IMPLEMENTATION,
    ChapterKey.EVALUATION,
)
# Parties of the state: with more than one of them the description says what each does.
_STATE = (OrganisationKind.MINISTRY, OrganisationKind.DIRECTORATE)


@dataclass(frozen=True)
class DescriptionContent:
    """`bodies` and `decision_table` are as of the day that was asked about."""

    description: ProgrammeDescription
    chapters: tuple[DescriptionChapter, ...]
    goals: tuple[GoalNode, ...]
    focus_areas: tuple[FocusArea, ...]
    bodies: tuple[BodyRow, ...]
    decision_table: tuple[StepRow, ...]
    builds_on: tuple[OverarchingPlan, ...]
    agreement: Agreement | None
    agreement_ends_on: date | None
    obligations: tuple[Obligation, ...]
    state_parties: tuple[AgreementParty, ...]
    areas: tuple[str, ...]

    @property
    def has_several_state_parties(self) -> bool:
        return len(self.state_parties) > 1

    def is_required(self, chapter: DescriptionChapter) -> bool:
        if chapter.key == ChapterKey.STATE_ROLES:
            return self.has_several_state_parties
        return chapter.key in REQUIRED

    def is_written(self, chapter: DescriptionChapter) -> bool:
        """True when it has a text. Goals and focus areas are also said by what is recorded of them."""
        if chapter.text.strip():
            return True
        if chapter.key == ChapterKey.GOALS:
            return bool(self.goals)
        return chapter.key == ChapterKey.FOCUS_AREAS and bool(self.focus_areas)

    @property
    def missing(self) -> tuple[DescriptionChapter, ...]:
        """The required chapters that are empty; with any of them the description cannot be adopted."""
        return tuple(
            chapter for chapter in self.chapters if self.is_required(chapter) and not self.is_written(chapter)
        )


def load(description: ProgrammeDescription, *, today: date | None = None) -> DescriptionContent:
    """The number of queries does not depend on how much the programme holds."""
    today, programme = today or timezone.localdate(), description.programme
    chapters = tuple(description.chapters.all())
    for chapter in chapters:
        chapter.description = description
    agreement = agreement_terms.in_force(programme, today)
    parties = agreement.parties.select_related("organisation") if agreement else ()
    owed = agreement.obligations.prefetch_related("owed_by__party__organisation") if agreement else ()
    plans = programme.overarching_plans.select_related("municipality", "county").prefetch_related("goals")
    return DescriptionContent(
        description=description,
        chapters=chapters,
        goals=goal_tree(programme),
        focus_areas=tuple(programme.focus_areas.all()),
        bodies=body_rows(programme, today),
        decision_table=decision_table(programme, today),
        builds_on=tuple(plans),
        agreement=agreement,
        agreement_ends_on=agreement_terms.ends_on(agreement, today) if agreement else None,
        obligations=tuple(owed),
        state_parties=tuple(party for party in parties if party.organisation.kind in _STATE),
        areas=tuple(area.name for area in programme.areas.all()),
    )


def of(programme: Programme) -> ProgrammeDescription | None:
    """The programme's description; None before anyone has begun it. One query."""
    found = ProgrammeDescription.objects.filter(programme=programme).first()
    if found is not None:
        found.programme = programme
    return found


@dataclass(frozen=True)
class InShort:
    """How far the description has come, as the reader may know it; `edition` is the last one they may read."""

    state: str | Promise
    edition: Edition | None


def in_short(programme: Programme, allowed: frozenset[Permission]) -> InShort:
    """Two queries, one for those who see no drafts."""
    readable = access.editions(allowed, programme).filter(kind=EditionKind.PROGRAMME_DESCRIPTION)
    edition = readable.defer("blocks", "blocks_other").order_by("-number").first()
    if Permission.PLAN_VIEW not in allowed:
        return InShort(_("Sent") if edition else _("Not sent"), edition)
    description = of(programme)
    return InShort(S(description.state).label if description else _("Not begun"), edition)


def description_of(edition: Edition) -> ProgrammeDescription | None:
    """The description that the edition was made of; None for other documents. One query at most."""
    return of(edition.programme) if edition.kind == EditionKind.PROGRAMME_DESCRIPTION else None
