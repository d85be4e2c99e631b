"""Two people do something with one programme description at the same moment, on two real connections."""

import pytest

from samloft.core.errors import RuleBroken
from samloft.core.models import AuditRow
from samloft.programmes.actions import description_chapters, programme_descriptions
from samloft.programmes.actions.steps import StepDecision
from samloft.programmes.models import (
    ChapterKey,
    Decision,
    DescriptionStep,
    DocumentState,
    Edition,
    ProgrammeDescription,
    Step,
)
from tests.at_once import at_once
from tests.cast import assemble
from tests.programmes import describing


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_of_two_simultaneous_adoptions_exactly_one_succeeds() -> None:
    described = describing.make(assemble())
    cast = described.cast

    def adopt() -> object:
        return programme_descriptions.adopt(
            description=described.description, decision=StepDecision(body=cast.council), by=cast.secretary
        )

    results = at_once(adopt, adopt)
    assert sum(isinstance(result, RuleBroken) for result in results) == 1
    assert described.fresh().state == DocumentState.ADOPTED
    assert Edition.objects.count() == 1
    assert DescriptionStep.objects.count() == 1
    assert Decision.objects.filter(step=Step.ADOPT_DESCRIPTION).count() == 1
    assert AuditRow.objects.filter(action="description.adopted").count() == 1


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_a_chapter_emptied_while_it_is_adopted_is_in_the_edition_or_stops_it() -> None:
    described = describing.make(assemble())
    cast, chapter = described.cast, described.chapter(ChapterKey.STRATEGIES)
    results = at_once(
        lambda: programme_descriptions.adopt(
            description=described.description, decision=StepDecision(body=cast.council), by=cast.secretary
        ),
        lambda: description_chapters.write(chapter=chapter, text="", version=None, by=cast.programme_leader),
    )
    assert sum(isinstance(result, RuleBroken) for result in results) == 1
    chapter.refresh_from_db()
    assert (described.fresh().state == DocumentState.ADOPTED) == bool(chapter.text)
    assert Edition.objects.exists() == bool(chapter.text)


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_two_who_begin_it_at_once_begin_one() -> None:
    cast = assemble()

    def start() -> object:
        return programme_descriptions.start(programme=cast.programme, by=cast.programme_leader)

    results = at_once(start, start)
    assert sum(isinstance(result, RuleBroken) for result in results) == 1
    assert ProgrammeDescription.objects.count() == 1
