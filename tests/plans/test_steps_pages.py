"""The pages of the plan's way: who meets which, what they say before, and what they do (C6, H2, L1)."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samloft.accounts.models import User
from samloft.plans.actions import steps
from samloft.programmes.access import permissions
from samloft.programmes.models import (
    Answer,
    AnswerKind,
    DecisionRight,
    DocumentState,
    FocusAreaKind,
    Step,
    StoredFile,
)
from samloft.programmes.queries.steps import Move, way
from tests.cast import Cast
from tests.plans import elvestad as making
from tests.plans.elvestad import Elvestad

SignIn = Callable[[User], Client]


@pytest.fixture
def elvestad(cast: Cast) -> Elvestad:
    return making.make(cast)


def address(elvestad: Elvestad, step: str) -> str:
    return reverse(f"plans:plan_{step}", args=[elvestad.cast.programme.slug, elvestad.plan.year])


def letter() -> SimpleUploadedFile:
    return SimpleUploadedFile("brev.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n")


def moves(elvestad: Elvestad, who: str) -> dict[Move, bool]:
    user = getattr(elvestad.cast, who)
    allowed = permissions(user, elvestad.cast.programme)
    return {move.move: move.may for move in way(elvestad.fresh(), user=user, allowed=allowed).moves}


def test_the_whole_way_is_gone_through_the_pages(elvestad: Elvestad, sign_in: SignIn) -> None:
    cast = elvestad.cast
    board = sign_in(cast.board_member)
    answer = board.post(
        address(elvestad, "recommend"), {"body": cast.board.pk, "decided_on": "2025-01-20", "unanimous": "yes"}
    )
    assert answer.status_code == 302
    secretary = sign_in(cast.secretary)
    secretary.post(
        address(elvestad, "adopt"),
        {
            "body": cast.council.pk,
            "decided_on": "2025-02-11",
            "case_number": "25/11",
            "follow_up_points": "- Utred skolemat\n\n- Meld tilbake",
        },
    )
    edition = elvestad.edition()
    assert [point.text for point in edition.decision.follow_up_points.all()] == ["Utred skolemat", "Meld tilbake"]
    leader = sign_in(cast.programme_leader)
    leader.post(
        address(elvestad, "dispatch"),
        {
            "body": cast.management.pk,
            "recipient": cast.ministry.pk,
            "sent_on": "2025-02-14",
            "channel": "email",
        },
    )
    ministry = sign_in(cast.ministry_adviser)
    assert ministry.get(edition.get_absolute_url()).status_code == 200
    answer = ministry.post(address(elvestad, "answer"), {"body": cast.ministry.pk, "kind": "taken_note"})
    assert answer["Location"] == edition.get_absolute_url()
    assert elvestad.fresh().state == DocumentState.ANSWERED
    leader = sign_in(cast.programme_leader)
    leader.post(address(elvestad, "revise"), {"reason": "Ny ramme"})
    assert elvestad.fresh().state == DocumentState.DRAFT
    assert leader.get(elvestad.plan.get_absolute_url()).status_code == 200


def test_the_adoption_page_lists_open_findings_and_missing_parts(elvestad: Elvestad, sign_in: SignIn) -> None:
    area = elvestad.cast.focus_areas[1]
    area.kind = FocusAreaKind.SUB_PROGRAMME
    area.save()
    making.recommend(elvestad)
    page = sign_in(elvestad.cast.secretary).get(address(elvestad, "adopt"))
    assert page.status_code == 200
    assert page.context["check"].open_count
    assert area.name in page.text
    assert page.context["next_number"] == 1


def test_the_answer_page_offers_the_municipality_the_ministrys_body_and_asks_for_the_letter(
    elvestad: Elvestad, sign_in: SignIn
) -> None:
    cast = elvestad.cast
    making.dispatch(elvestad)
    client = sign_in(cast.programme_leader)
    data = {"body": cast.ministry.pk, "kind": AnswerKind.GRANT_LETTER}
    assert client.post(address(elvestad, "answer"), data).status_code == 200
    assert not Answer.objects.exists()
    assert client.post(address(elvestad, "answer"), {**data, "letter": letter()}).status_code == 302
    stored = Answer.objects.get()
    assert stored.letter is not None
    assert stored.letter.name == "brev.pdf"


def test_no_answer_is_recorded_without_a_letter(elvestad: Elvestad, sign_in: SignIn) -> None:
    cast = elvestad.cast
    making.dispatch(elvestad)
    sign_in(cast.programme_leader).post(
        address(elvestad, "answer"), {"body": cast.ministry.pk, "kind": AnswerKind.NO_ANSWER}
    )
    assert Answer.objects.get().kind == AnswerKind.NO_ANSWER


def test_a_letter_that_came_too_late_is_not_kept(elvestad: Elvestad, sign_in: SignIn) -> None:
    cast = elvestad.cast
    making.dispatch(elvestad)
    steps.answer(
        plan=elvestad.plan,
        decision=steps.StepDecision(body=cast.ministry),
        kind=AnswerKind.APPROVED,
        by=cast.ministry_adviser,
    )
    answer = sign_in(cast.programme_leader).post(
        address(elvestad, "answer"),
        {"body": cast.ministry.pk, "kind": AnswerKind.GRANT_LETTER, "letter": letter()},
    )
    assert answer.status_code == 200
    assert not StoredFile.objects.exists()


def test_the_ministry_returns_the_plan_from_the_edition_it_was_sent(elvestad: Elvestad, sign_in: SignIn) -> None:
    making.dispatch(elvestad)
    client = sign_in(elvestad.cast.ministry_adviser)
    edition = elvestad.edition()
    page = client.get(edition.get_absolute_url()).text
    assert address(elvestad, "answer") in page
    assert address(elvestad, "send_back") in page
    client.post(address(elvestad, "send_back"), {"body": elvestad.cast.ministry.pk, "reason": "Mangler innfasing"})
    plan = elvestad.fresh()
    assert plan.state == DocumentState.RETURNED
    assert plan.steps.last().reason == "Mangler innfasing"  # type: ignore[union-attr]


def test_a_date_in_the_future_is_an_error_at_the_field_and_what_was_typed_stays(
    elvestad: Elvestad, sign_in: SignIn
) -> None:
    answer = sign_in(elvestad.cast.board_member).post(
        address(elvestad, "recommend"),
        {"body": elvestad.cast.board.pk, "decided_on": "2999-01-01", "wording": "Styret tilrår"},
    )
    assert answer.status_code == 200
    assert "decided_on" in answer.context["form"].errors
    assert "Styret tilrår" in answer.text


def test_a_step_that_is_not_next_is_explained_and_offers_no_form(elvestad: Elvestad, sign_in: SignIn) -> None:
    page = sign_in(elvestad.cast.secretary).get(address(elvestad, "adopt"))
    assert page.status_code == 200
    assert 'name="decided_on"' not in page.text


def test_someone_who_does_not_record_for_the_body_is_told_so(elvestad: Elvestad, sign_in: SignIn) -> None:
    page = sign_in(elvestad.cast.programme_leader).get(address(elvestad, "recommend"))
    assert page.status_code == 200
    assert not page.context["may"]
    assert 'name="decided_on"' not in page.text


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("programme_leader", 200),
        ("board_member", 200),
        ("secretary", 200),
        ("municipal_director", 200),
        ("coordinator", 403),
        ("ministry_adviser", 403),
        ("county_governor", 403),
        ("evaluator", 403),
        ("resident", 404),
        ("outsider", 404),
    ],
)
@pytest.mark.parametrize("step", ["recommend", "adopt", "dispatch"])
def test_who_meets_the_municipalitys_own_steps(
    elvestad: Elvestad, sign_in: SignIn, step: str, who: str, status: int
) -> None:
    assert sign_in(getattr(elvestad.cast, who)).get(address(elvestad, step)).status_code == status


@pytest.mark.parametrize("step", ["answer", "send_back"])
def test_the_ministry_meets_no_plan_before_an_edition_was_sent_to_it(
    elvestad: Elvestad, sign_in: SignIn, step: str
) -> None:
    client = sign_in(elvestad.cast.ministry_adviser)
    making.adopt(elvestad)
    assert client.get(address(elvestad, step)).status_code == 404
    steps.revise(plan=elvestad.plan, reason="x", by=elvestad.cast.programme_leader)
    making.dispatch(elvestad)
    assert client.get(address(elvestad, step)).status_code == 200


def test_the_ministry_sees_nothing_of_an_edition_that_was_not_sent(elvestad: Elvestad, sign_in: SignIn) -> None:
    making.dispatch(elvestad)
    sent = elvestad.edition()
    steps.revise(plan=elvestad.plan, reason="x", by=elvestad.cast.programme_leader)
    making.adopt(elvestad)
    client = sign_in(elvestad.cast.ministry_adviser)
    page = client.get(address(elvestad, "answer"))
    assert page.context["edition"] == sent
    assert elvestad.edition().get_absolute_url() not in page.text
    assert not page.context["is_open"]
    assert address(elvestad, "answer") not in client.get(sent.get_absolute_url()).text


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("programme_leader", 200),
        ("coordinator", 403),
        ("board_member", 403),
        ("ministry_adviser", 403),
        ("outsider", 404),
    ],
)
def test_only_the_programme_leader_revises(elvestad: Elvestad, sign_in: SignIn, who: str, status: int) -> None:
    making.adopt(elvestad)
    client = sign_in(getattr(elvestad.cast, who))
    assert client.get(address(elvestad, "revise")).status_code == status
    client.post(address(elvestad, "revise"), {"reason": "Ny ramme"})
    assert (elvestad.fresh().state == DocumentState.DRAFT) == (status == 200)


def test_the_plans_page_offers_each_what_they_may_record_and_tells_whom_it_waits_for(
    elvestad: Elvestad, sign_in: SignIn
) -> None:
    making.recommend(elvestad)
    assert moves(elvestad, "secretary") == {Move.ADOPT: True, Move.SEND_BACK: True}
    assert moves(elvestad, "board_member") == {Move.ADOPT: False, Move.SEND_BACK: False}
    page = sign_in(elvestad.cast.board_member).get(elvestad.plan.get_absolute_url())
    assert page.status_code == 200
    assert address(elvestad, "adopt") not in page.text
    assert elvestad.cast.council.name in page.text
    page = sign_in(elvestad.cast.secretary).get(elvestad.plan.get_absolute_url())
    assert address(elvestad, "adopt") in page.text


def test_a_step_that_no_body_takes_yet_says_so(elvestad: Elvestad) -> None:
    DecisionRight.objects.filter(step=Step.RECOMMEND_PLAN).delete()
    cast = elvestad.cast
    allowed = permissions(cast.programme_leader, cast.programme)
    (move,) = way(elvestad.plan, user=cast.programme_leader, allowed=allowed).waiting
    assert (move.move, move.bodies) == (Move.RECOMMEND, ())


def test_the_line_shows_who_and_when_and_an_unknown_date_as_unknown(elvestad: Elvestad) -> None:
    cast = elvestad.cast
    making.recommend(elvestad)
    steps.adopt(
        plan=elvestad.plan,
        decision=steps.StepDecision(body=cast.council, is_assumed=True),
        by=cast.secretary,
    )
    allowed = permissions(cast.coordinator, cast.programme)
    line = way(elvestad.fresh(), user=cast.coordinator, allowed=allowed).line
    assert [step.state for step in line] == ["done", "done", "current", "upcoming", "upcoming"]
    assert "Programstyret, 20.01.2025" in str(line[1].detail)
    assert "Kommunestyret" in str(line[2].detail)
    assert "2025" not in str(line[2].detail)


def test_a_returned_plan_stands_where_it_was_returned_from(elvestad: Elvestad) -> None:
    cast = elvestad.cast
    making.recommend(elvestad)
    steps.send_back(
        plan=elvestad.plan,
        decision=steps.StepDecision(body=cast.council, decided_on=date(2025, 2, 1)),
        reason="x",
        by=cast.secretary,
    )
    allowed = permissions(cast.coordinator, cast.programme)
    line = way(elvestad.fresh(), user=cast.coordinator, allowed=allowed).line
    assert [step.state for step in line] == ["done", "stopped", "upcoming", "upcoming", "upcoming"]


def test_the_way_asks_as_many_questions_after_many_rounds_as_after_one(elvestad: Elvestad) -> None:
    cast = elvestad.cast
    allowed = permissions(cast.programme_leader, cast.programme)

    def queries() -> int:
        plan = elvestad.fresh()
        with CaptureQueriesContext(connection) as asked:
            found = way(plan, user=cast.programme_leader, allowed=allowed)
            for step in found.history:
                assert step.decision is None or step.decision.get_absolute_url()
                assert step.edition is None or step.edition.get_absolute_url()
        return len(asked)

    making.adopt(elvestad)
    steps.revise(plan=elvestad.plan, reason="x", by=cast.programme_leader)
    few = queries()
    for _round in range(3):
        making.adopt(elvestad)
        steps.revise(plan=elvestad.plan, reason="x", by=cast.programme_leader)
    assert queries() == few


def test_a_closed_plan_is_taken_along_as_its_edition_and_a_draft_as_a_draft(
    elvestad: Elvestad, sign_in: SignIn
) -> None:
    client = sign_in(elvestad.cast.coordinator)
    draft = reverse("plans:plan_document", args=["elvestad", 2025, "pdf"])
    assert draft in client.get(elvestad.plan.get_absolute_url()).text
    making.adopt(elvestad)
    page = client.get(elvestad.plan.get_absolute_url()).text
    assert draft not in page
    assert reverse("programmes:edition_file", args=["elvestad", elvestad.edition().pk, "pdf"]) in page


def test_the_ministry_does_not_record_its_own_silence(elvestad: Elvestad, sign_in: SignIn) -> None:
    making.dispatch(elvestad)
    page = sign_in(elvestad.cast.ministry_adviser).get(address(elvestad, "answer"))
    assert AnswerKind.NO_ANSWER not in [kind for kind, _label in page.context["form"].fields["kind"].choices]


def test_those_who_read_the_edition_reach_the_letter_of_its_answer(elvestad: Elvestad, sign_in: SignIn) -> None:
    cast = elvestad.cast
    making.dispatch(elvestad)
    sign_in(cast.programme_leader).post(
        address(elvestad, "answer"),
        {"body": cast.ministry.pk, "kind": AnswerKind.GRANT_LETTER, "letter": letter()},
    )
    file = reverse("programmes:file", args=["elvestad", StoredFile.objects.get().pk])
    client = sign_in(cast.evaluator)
    assert file in client.get(elvestad.edition().get_absolute_url()).text
    assert client.get(file).status_code == 200
