"""The programme description: its chapters, what it must hold, and its way to editions (B2, C6, C7, H2)."""

from datetime import date
from typing import Any

import pytest

from samloft.accounts.models import Organisation, OrganisationKind
from samloft.core.errors import RuleBroken, StaleEdit
from samloft.core.models import AuditAbout, AuditRow
from samloft.programmes.actions import (
    agreement_parties,
    agreements,
    description_chapters,
    editions,
    goals,
    obligations,
    programme_descriptions,
    steps,
)
from samloft.programmes.actions.agreement_parties import PartyValues
from samloft.programmes.actions.agreements import AgreementValues
from samloft.programmes.actions.goals import GoalValues
from samloft.programmes.actions.obligations import ObligationValues, OwedBy
from samloft.programmes.actions.steps import DispatchValues, StepDecision
from samloft.programmes.models import (
    AnswerKind,
    Channel,
    ChapterKey,
    DecisionRight,
    DocumentState,
    Edition,
    EditionKind,
    FulfillingEvent,
    Goal,
    ObligationKind,
    Rhythm,
    Step,
)
from samloft.programmes.queries import programme_descriptions as queries
from samloft.programmes.queries.proof_suggestions import suggestions
from samloft.programmes.queries.steps import in_force
from tests.cast import Cast
from tests.programmes import describing
from tests.programmes.describing import Described


@pytest.fixture
def described(cast: Cast) -> Described:
    return describing.make(cast)


def audited(action: str) -> AuditRow:
    return AuditRow.objects.filter(action=action).latest("number")


def missing(described: Described) -> set[str]:
    return {chapter.key for chapter in queries.load(described.fresh()).missing}


# Chapters


def test_a_programme_has_one_description_with_every_chapter_empty(cast: Cast) -> None:
    described = describing.start(cast)
    chapters = list(described.description.chapters.all())
    assert [chapter.key for chapter in chapters] == [key for key in ChapterKey if key != ChapterKey.OWN]
    assert not any(chapter.text for chapter in chapters)
    assert audited("description.started").programme_id == cast.programme.pk
    with pytest.raises(RuleBroken):
        programme_descriptions.start(programme=cast.programme, by=cast.programme_leader)


def test_writing_a_chapter_leaves_its_length_and_never_its_words_in_the_trail(described: Described) -> None:
    row = audited("description_chapter.written")
    assert row.data == {"key": "evaluation", "length": 44, "fields": ["text"]}
    assert "evalueres" not in str(row.data)


def test_two_who_write_the_same_chapter_both_keep_their_words(described: Described) -> None:
    chapter, by = described.chapter(ChapterKey.STRATEGIES), described.cast.programme_leader
    opened = chapter.version
    description_chapters.write(chapter=chapter, text="Først", version=opened, by=by)
    with pytest.raises(StaleEdit) as stale:
        description_chapters.write(chapter=chapter, text="Sist", version=opened, by=by)
    assert stale.value.current == {"text": "Først"}


def test_own_chapters_are_added_named_moved_and_removed(described: Described) -> None:
    by = described.cast.programme_leader
    own = description_chapters.add(
        description=described.description, title="  Medvirkning ", text="Innbyggerne er med.", by=by
    )
    assert str(own) == "Medvirkning"
    description_chapters.write(chapter=own, title="Medvirkning fra starten", text="Nytt.", version=1, by=by)
    description_chapters.move(chapter=own, direction="up", by=by)
    order = [str(chapter.key) for chapter in described.description.chapters.all()]
    assert order[-2:] == ["own", "evaluation"]
    assert audited("description_chapter.moved").data == {"direction": "up"}
    own.refresh_from_db()
    assert str(own) == "Medvirkning fra starten"
    description_chapters.remove(chapter=own, by=by)
    assert audited("description_chapter.removed").data == {"chapter": own.pk}
    assert not described.description.chapters.filter(key=ChapterKey.OWN).exists()


@pytest.mark.parametrize("title", ["", "   ", "mål", "MEDVIRKNING"])
def test_a_chapter_needs_a_title_of_its_own(described: Described, title: str) -> None:
    by = described.cast.programme_leader
    description_chapters.add(description=described.description, title="Medvirkning", by=by)
    with pytest.raises(RuleBroken):
        description_chapters.add(description=described.description, title=title, by=by)


def test_a_chapter_of_every_description_is_not_removed(described: Described) -> None:
    with pytest.raises(RuleBroken):
        description_chapters.remove(
            chapter=described.chapter(ChapterKey.STATE_ROLES), by=described.cast.programme_leader
        )


def test_the_introduction_stays_first_and_the_ends_of_the_list_hold(described: Described) -> None:
    by = described.cast.programme_leader
    before = list(described.description.chapters.values_list("key", flat=True))
    for key, direction in (("introduction", "down"), ("goals", "up"), ("evaluation", "down")):
        description_chapters.move(
            chapter=described.chapter(ChapterKey(key)),
            direction=direction,  # type: ignore[arg-type]
            by=by,
        )
    assert list(described.description.chapters.values_list("key", flat=True)) == before


@pytest.mark.parametrize("act", ["write", "add", "move", "remove"])
def test_an_adopted_description_is_closed_for_changes(described: Described, act: str) -> None:
    by = described.cast.programme_leader
    own = description_chapters.add(description=described.description, title="Medvirkning", by=by)
    describing.adopt(described)
    calls: dict[str, Any] = {
        "write": lambda: description_chapters.write(chapter=own, title="x", text="x", version=None, by=by),
        "add": lambda: description_chapters.add(description=described.description, title="Nytt", by=by),
        "move": lambda: description_chapters.move(chapter=own, direction="up", by=by),
        "remove": lambda: description_chapters.remove(chapter=own, by=by),
    }
    with pytest.raises(RuleBroken):
        calls[act]()


# What it must hold


def test_an_empty_description_lacks_every_required_chapter_that_no_record_fills(cast: Cast) -> None:
    described = describing.start(cast)
    # The cast's programme has its focus areas already, and they are not typed twice.
    assert missing(described) == {"goals", "strategies", "organisation", "implementation", "evaluation"}


@pytest.mark.parametrize("key", ["strategies", "organisation", "implementation", "evaluation"])
def test_it_is_not_adopted_while_a_required_chapter_is_empty(described: Described, key: str) -> None:
    chapter = described.chapter(ChapterKey(key))
    description_chapters.write(chapter=chapter, text=" \n", version=None, by=described.cast.programme_leader)
    with pytest.raises(RuleBroken) as refused:
        describing.adopt(described)
    assert str(chapter) in str(refused.value)
    assert not Edition.objects.exists()
    assert described.fresh().state == DocumentState.DRAFT


def test_recorded_goals_are_the_chapter_of_goals_and_without_them_it_needs_words(described: Described) -> None:
    Goal.objects.filter(level="sub").delete()
    Goal.objects.filter(level="overall").delete()
    Goal.objects.all().delete()
    assert missing(described) == {"goals"}
    by = described.cast.programme_leader
    description_chapters.write(chapter=described.chapter(ChapterKey.GOALS), text="Målene.", version=None, by=by)
    assert missing(described) == set()


def test_with_several_parties_of_the_state_their_roles_must_be_told(described: Described) -> None:
    cast = described.cast
    agreement = agreements.add(
        programme=cast.programme, values=AgreementValues(title="Avtale"), by=cast.programme_leader
    )
    for name, kind in (
        ("Ett departement", OrganisationKind.MINISTRY),
        ("Et direktorat", OrganisationKind.DIRECTORATE),
    ):
        assert missing(described) == set()
        organisation = Organisation.objects.create(name=name, kind=kind)
        agreement_parties.add(agreement=agreement, values=PartyValues(organisation), by=cast.programme_leader)
    assert missing(described) == {"state_roles"}


def test_an_own_chapter_and_the_introduction_may_be_empty(described: Described) -> None:
    by = described.cast.programme_leader
    description_chapters.add(description=described.description, title="Medvirkning", by=by)
    description_chapters.write(chapter=described.chapter(ChapterKey.INTRODUCTION), text="", version=None, by=by)
    assert missing(described) == set()
    assert describing.adopt(described).state == DocumentState.ADOPTED


# The way to editions


def test_the_council_adopts_it_as_an_edition_with_its_decision(described: Described) -> None:
    cast = described.cast
    description = describing.adopt(described)
    edition = described.edition()
    assert description.state == DocumentState.ADOPTED
    assert (edition.kind, edition.period, edition.number) == (EditionKind.PROGRAMME_DESCRIPTION, 2025, 1)
    assert (edition.decision.body, edition.decision.decided_on) == (cast.council, describing.ADOPTED_ON)
    assert edition.decision.step == Step.ADOPT_DESCRIPTION
    assert edition.decision.title == "Programbeskrivelse for Områdeløft Elvestad"
    assert (edition.blocks["language"], edition.blocks_other["language"]) == ("nb", "nn")
    assert edition.blocks["mark"] == ""
    row = audited("description.adopted")
    about = set(AuditAbout.objects.filter(row=row).values_list("subject", flat=True))
    assert {f"programmes.edition:{edition.pk}", f"programmes.decision:{edition.decision_id}"} <= about


def test_where_a_body_recommends_it_that_comes_first(described: Described) -> None:
    cast = described.cast
    describing.recommending(cast)
    with pytest.raises(RuleBroken) as refused:
        describing.adopt(described)
    assert cast.board.name in str(refused.value)
    description = programme_descriptions.recommend(
        description=described.description, decision=StepDecision(body=cast.board), by=cast.board_member
    )
    assert description.state == DocumentState.RECOMMENDED
    assert describing.adopt(described).state == DocumentState.ADOPTED


def test_an_unfinished_description_is_not_recommended(cast: Cast) -> None:
    described = describing.start(cast)
    describing.recommending(cast)
    with pytest.raises(RuleBroken):
        programme_descriptions.recommend(
            description=described.description, decision=StepDecision(body=cast.board), by=cast.board_member
        )
    assert described.fresh().state == DocumentState.DRAFT


def test_the_council_returns_what_was_recommended_and_adopts_it_the_second_time(described: Described) -> None:
    cast = described.cast
    describing.recommending(cast)
    programme_descriptions.recommend(
        description=described.description, decision=StepDecision(body=cast.board), by=cast.board_member
    )
    returned = steps.send_back(
        document=described.description,
        decision=StepDecision(body=cast.council),
        reason="Si mer om medvirkning",
        by=cast.secretary,
    )
    assert (returned.state, returned.is_open, returned.revision) == (DocumentState.RETURNED, True, 1)
    with pytest.raises(RuleBroken):
        describing.adopt(described)
    programme_descriptions.recommend(
        description=described.description, decision=StepDecision(body=cast.board), by=cast.board_member
    )
    assert describing.adopt(described).state == DocumentState.ADOPTED


@pytest.mark.parametrize(
    "who", ["programme_leader", "coordinator", "board_member", "ministry_adviser", "evaluator", "outsider"]
)
def test_only_those_who_record_for_the_council_record_its_adoption(described: Described, who: str) -> None:
    cast = described.cast
    with pytest.raises(RuleBroken):
        programme_descriptions.adopt(
            description=described.description, decision=StepDecision(body=cast.council), by=getattr(cast, who)
        )
    row = audited("description.step_refused")
    assert row.actor_id == getattr(cast, who).pk
    assert row.data == {"step": "adopt_description", "body": cast.council.pk}
    assert not Edition.objects.exists()


def test_the_wrong_body_is_refused_and_the_refusal_logged(described: Described) -> None:
    cast = described.cast
    with pytest.raises(RuleBroken):
        programme_descriptions.adopt(
            description=described.description, decision=StepDecision(body=cast.board), by=cast.board_member
        )
    assert audited("description.step_refused").data["body"] == cast.board.pk


def test_the_right_to_adopt_plans_gives_no_right_to_adopt_the_description(described: Described) -> None:
    DecisionRight.objects.filter(step=Step.ADOPT_DESCRIPTION).delete()
    with pytest.raises(RuleBroken):
        describing.adopt(described)


def test_a_dispatch_is_dated_has_a_receipt_and_opens_the_edition_for_the_ministry(described: Described) -> None:
    cast = described.cast
    assert describing.dispatch(described).state == DocumentState.DISPATCHED
    sent = described.edition().dispatches.get()
    assert (sent.recipient, sent.channel, sent.receipt) == (cast.ministry, Channel.EMAIL, "25/99")
    assert audited("description.dispatched").actor_id == cast.programme_leader.pk


def test_it_is_not_sent_before_it_is_adopted(described: Described) -> None:
    cast = described.cast
    with pytest.raises(RuleBroken):
        steps.dispatch(
            document=described.description,
            decision=StepDecision(body=cast.management),
            sending=DispatchValues(cast.ministry, describing.ADOPTED_ON, Channel.ARCHIVE),
            by=cast.programme_leader,
        )


@pytest.mark.parametrize("kind", [AnswerKind.TAKEN_NOTE, AnswerKind.APPROVED])
def test_the_ministry_answers_for_itself(described: Described, kind: AnswerKind) -> None:
    cast = described.cast
    describing.dispatch(described)
    description = steps.answer(
        document=described.description,
        decision=StepDecision(body=cast.ministry),
        kind=kind,
        by=cast.ministry_adviser,
    )
    assert description.state == DocumentState.ANSWERED
    assert described.edition().answers.get().kind == kind
    assert audited("description.answered").actor_id == cast.ministry_adviser.pk


def test_the_municipality_records_an_answer_with_the_letter_and_silence_without(described: Described) -> None:
    cast = described.cast
    describing.dispatch(described)
    decision = StepDecision(body=cast.ministry)
    with pytest.raises(RuleBroken):
        steps.answer(
            document=described.description,
            decision=decision,
            kind=AnswerKind.TAKEN_NOTE,
            by=cast.programme_leader,
        )
    assert audited("description.step_refused").actor_id == cast.programme_leader.pk
    steps.answer(
        document=described.description, decision=decision, kind=AnswerKind.NO_ANSWER, by=cast.programme_leader
    )
    assert described.fresh().state == DocumentState.ANSWERED


def test_a_revision_becomes_edition_2_of_the_same_series_and_edition_1_stays_as_it_was(
    described: Described,
) -> None:
    cast = described.cast
    describing.adopt(described)
    first = described.edition()
    frozen = (first.blocks, first.blocks_other)
    with pytest.raises(RuleBroken):
        steps.revise(document=described.description, reason=" ", by=cast.programme_leader)
    revised = steps.revise(document=described.description, reason="Nytt område", by=cast.programme_leader)
    assert (revised.state, revised.revision, revised.revision_reason) == (DocumentState.DRAFT, 2, "Nytt område")
    description_chapters.write(
        chapter=described.chapter(ChapterKey.STRATEGIES), text="Alt nytt.", version=None, by=cast.programme_leader
    )
    goals.add(programme=cast.programme, values=GoalValues("Enda et mål", "main"), by=cast.programme_leader)
    still = in_force(revised)
    assert still is not None and still.number == 1
    describing.adopt(described, on=describing.ADOPTED_ON.replace(year=2026))
    second = described.edition()
    assert (second.number, second.period) == (2, 2025)
    first.refresh_from_db()
    assert (first.blocks, first.blocks_other) == frozen
    assert editions.is_unchanged(first)
    assert "Alt nytt." in str(second.blocks)


def test_the_first_edition_is_suggested_as_proof_of_what_the_agreement_asks_for(described: Described) -> None:
    """A3: by its adoption and its dispatch; a later edition is a revision and proves nothing again."""
    cast = described.cast
    by = cast.programme_leader
    agreement = agreements.add(
        programme=cast.programme,
        values=AgreementValues(title="Avtale", first_year=2024, duration_years=5),
        by=by,
    )
    assert by.organisation
    party = agreement_parties.add(agreement=agreement, values=PartyValues(by.organisation), by=by)
    owed = obligations.add(
        agreement=agreement,
        values=ObligationValues(
            "Lage en programbeskrivelse",
            ObligationKind.DOCUMENT,
            Rhythm.ONCE,
            (OwedBy(party),),
            due_on=date(2024, 12, 31),
            fulfilling_event=FulfillingEvent.ADOPTED,
            document_kind=EditionKind.PROGRAMME_DESCRIPTION,
        ),
        by=by,
    )
    describing.dispatch(described)
    first = described.edition()
    steps.revise(document=described.description, reason="Nytt", by=by)
    describing.adopt(described, on=date(2026, 2, 11))
    found = suggestions(Edition.objects.all(), owed.occurrences.all(), date(2026, 6, 1))
    assert [(one.event, one.on, one.edition) for one in found] == [
        (FulfillingEvent.ADOPTED, describing.ADOPTED_ON, first),
        (FulfillingEvent.PUT_BEFORE, date(2025, 2, 20), first),
    ]


def test_an_adoption_of_unknown_date_stays_of_unknown_date(described: Described) -> None:
    describing.adopt(described, on=None)
    assert described.edition().decision.decided_on is None
    assert described.edition().blocks["issued"] == ""
