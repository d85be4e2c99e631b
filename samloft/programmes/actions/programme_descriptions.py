"""The programme description as a whole: begun, recommended, and adopted when nothing required is missing (B2).

What follows after adoption is the same for every governing document: see `actions/steps.py`.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.documents.blocks import Document
from samloft.core.errors import RuleBroken
from samloft.programmes.access import bodies_that_decide
from samloft.programmes.actions import editions, steps
from samloft.programmes.actions.steps import StepDecision
from samloft.programmes.documents import programme_description as document
from samloft.programmes.models import (
    OPEN_STATES,
    ChapterKey,
    Decision,
    DescriptionChapter,
    DocumentState,
    Edition,
    EditionKind,
    Programme,
    ProgrammeDescription,
    Step,
)
from samloft.programmes.queries import programme_descriptions as queries


@transaction.atomic
def start(*, programme: Programme, by: User) -> ProgrammeDescription:
    """Begin the programme's description with every chapter empty."""
    editing.locked(programme)
    if ProgrammeDescription.objects.filter(programme=programme).exists():
        raise RuleBroken(_("The programme description has been begun already. Open it and write on."))
    description = ProgrammeDescription.objects.create(programme=programme)
    DescriptionChapter.objects.bulk_create(
        DescriptionChapter(description=description, key=key, position=position)
        for position, key in enumerate(key for key in ChapterKey if key != ChapterKey.OWN)
    )
    audit.record("description.started", description, by=by, about=[programme])
    return description


def recommend(*, description: ProgrammeDescription, decision: StepDecision, by: User) -> ProgrammeDescription:
    """Put the description forward to the body that adopts it, once it says all that is required."""
    return steps.recommend(document=description, decision=decision, check=_require_whole, by=by)


def adopt(*, description: ProgrammeDescription, decision: StepDecision, by: User) -> ProgrammeDescription:
    """Adopt the description and freeze it as the next edition, in both language forms."""

    def freeze(stored: ProgrammeDescription, made: Decision) -> Edition:
        _require_whole(stored)
        _require_recommendation(stored, made)
        return _freeze(stored, made, by=by)

    return steps.adopt(document=description, decision=decision, freeze=freeze, by=by)


def _require_whole(description: ProgrammeDescription) -> None:
    missing = queries.load(description).missing
    if missing:
        raise RuleBroken(
            _("These chapters must be written first: %(chapters)s.")
            % {"chapters": ", ".join(str(chapter) for chapter in missing)}
        )


def _require_recommendation(description: ProgrammeDescription, adopted: Decision) -> None:
    """Where a body recommends the description, it does so before the description is adopted."""
    if DocumentState(description.state) not in OPEN_STATES:
        return
    on = adopted.decided_on or timezone.localdate()
    body = bodies_that_decide(description.programme, Step.RECOMMEND_DESCRIPTION, on=on).first()
    if body is not None:
        raise RuleBroken(
            _("%(body)s recommends the programme description before it is adopted. Record that first.")
            % {"body": body}
        )


def _freeze(description: ProgrammeDescription, decision: Decision, *, by: User) -> Edition:
    """Keep the description as it stands now. Its lock is held: edits wait for it, so nothing slips in.

    All editions carry the year of the first one: the description is one series, whose last edition is in force.
    """
    first = description.editions().order_by("number").first()

    def build(language: str, number: int) -> Document:
        return document.build(description, language=language, edition_number=number, adopted=decision)

    return editions.freeze(
        programme=description.programme,
        kind=EditionKind.PROGRAMME_DESCRIPTION,
        period=first.period if first else (decision.decided_on or timezone.localdate()).year,
        decision=decision,
        build=build,
        by=by,
    )
