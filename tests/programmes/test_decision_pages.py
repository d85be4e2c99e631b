"""Decisions on their pages, follow-up points, and the files that show them."""

from collections.abc import Callable
from datetime import date

from django.test import Client
from django.urls import reverse

from samloft.accounts.models import User
from samloft.core.models import AuditRow
from samloft.programmes.actions import decisions, files
from samloft.programmes.actions.decisions import DecisionValues, FollowUpPointValues
from samloft.programmes.models import Decision, FollowUpPoint, Step, StoredFile
from tests.cast import Cast
from tests.programmes.filled import PDF, fill, pdf, queries_do_not_grow

SignIn = Callable[[User], Client]


def page(name: str, *args: object) -> str:
    return reverse(f"programmes:{name}", args=["elvestad", *args])


def form(cast: Cast, **others: object) -> dict[str, object]:
    return {
        "title": "Handlingsplan",
        "body": cast.council.pk,
        "unanimous": "yes",
        "points-TOTAL_FORMS": "3",
        "points-INITIAL_FORMS": "0",
        **others,
    }


def test_a_secretary_records_a_decision_with_letter_and_points(cast: Cast, sign_in: SignIn) -> None:
    data = form(
        cast,
        step=Step.ADOPT_PLAN,
        decided_on="2026-02-10",
        upload=pdf("protokoll.pdf"),
        **{"points-0-text": "Evaluer", "points-0-due_on": "2027-01-01", "points-2-text": "Rapporter"},
    )
    answer = sign_in(cast.secretary).post(page("decision_new"), data)
    decision = Decision.objects.get()
    assert answer["Location"] == decision.get_absolute_url()
    assert decision.unanimous is True
    assert decision.letter is not None
    assert [point.text for point in decision.follow_up_points.all()] == ["Evaluer", "Rapporter"]
    text = sign_in(cast.evaluator).get(decision.get_absolute_url()).content.decode()
    assert "1 January 2027" in text or "Jan. 1, 2027" in text
    assert reverse("programmes:file", args=["elvestad", decision.letter.pk]) in text


def test_a_body_that_was_not_offered_is_refused_and_logged_and_leaves_no_file(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.board_member)
    assert f'value="{cast.council.pk}"' not in client.get(page("decision_new")).content.decode()
    answer = client.post(page("decision_new"), form(cast, upload=pdf()))
    assert "You do not record decisions for Kommunestyret" in answer.content.decode()
    assert not Decision.objects.exists()
    assert not StoredFile.objects.exists()
    assert AuditRow.objects.get(action="decision.refused").actor_id == cast.board_member.pk


def test_a_due_date_needs_a_text(cast: Cast, sign_in: SignIn) -> None:
    data = form(cast, **{"points-0-due_on": "2027-01-01"})
    answer = sign_in(cast.secretary).post(page("decision_new"), data)
    assert "Write what is asked for" in answer.content.decode()
    assert not Decision.objects.exists()


def test_only_the_leader_is_offered_an_unknown_body(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.programme_leader)
    client.post(page("decision_new"), form(cast, body="", is_assumed="on"))
    decision = Decision.objects.get()
    assert decision.is_assumed
    assert "This decision is assumed" in client.get(decision.get_absolute_url()).content.decode()
    answer = sign_in(cast.secretary).post(page("decision_new"), form(cast, body=""))
    assert answer.status_code == 200
    assert Decision.objects.count() == 1


def test_a_correction_keeps_body_step_and_letter(cast: Cast, sign_in: SignIn) -> None:
    filled = fill(cast)
    url = page("decision_edit", filled.decision.pk)
    client = sign_in(cast.secretary)
    assert client.post(url, {"title": "Ny tittel", "version": "1", "unanimous": ""}).status_code == 302
    stored = Decision.objects.get()
    assert (stored.title, stored.body, stored.letter) == ("Ny tittel", cast.council, filled.file)


def test_who_does_not_record_for_the_body_cannot_correct_it(cast: Cast, sign_in: SignIn) -> None:
    filled = fill(cast)
    client = sign_in(cast.board_member)
    assert "Correct" not in client.get(filled.decision.get_absolute_url()).content.decode()
    answer = client.post(page("decision_edit", filled.decision.pk), {"title": "Kupp", "version": "1"})
    assert "You do not record" in answer.content.decode()
    answer = client.post(page("point_new", filled.decision.pk), {"text": "Kupp"})
    assert "You do not record" in answer.content.decode()


def test_points_are_added_changed_and_removed_on_their_pages(cast: Cast, sign_in: SignIn) -> None:
    filled = fill(cast)
    client = sign_in(cast.secretary)
    client.post(page("point_new", filled.decision.pk), {"text": "Nytt punkt"})
    client.post(page("point_edit", filled.point.pk), {"text": "Endret", "due_on": "2027-01-01", "version": "1"})
    assert [point.text for point in filled.decision.follow_up_points.all()] == ["Endret", "Nytt punkt"]
    assert "has been answered" in client.post(page("point_remove", filled.point.pk)).content.decode()
    client.post(page("point_remove", filled.decision.follow_up_points.get(text="Nytt punkt").pk))
    assert FollowUpPoint.objects.get() == filled.point


def test_what_decisions_ask_for_stands_with_its_due_date(cast: Cast, sign_in: SignIn) -> None:
    fill(cast)
    text = sign_in(cast.evaluator).get(page("follow_up")).content.decode()
    assert "Legg fram en plan" in text


def test_decisions_stand_latest_first_and_those_without_date_last(cast: Cast, sign_in: SignIn) -> None:
    for title, day in (("Eldst", date(2024, 1, 1)), ("Ukjent dato", None), ("Nyest", date(2026, 1, 1))):
        decisions.record(
            programme=cast.programme, values=DecisionValues(title, cast.council, decided_on=day), by=cast.secretary
        )
    text = sign_in(cast.evaluator).get(page("decisions")).content.decode()
    assert text.index("Nyest") < text.index("Eldst") < text.index("Ukjent dato")


def test_the_first_step_is_offered_to_those_who_can_take_it(cast: Cast, sign_in: SignIn) -> None:
    assert "Record the first decision" in sign_in(cast.secretary).get(page("decisions")).content.decode()
    assert "Record the first decision" not in sign_in(cast.evaluator).get(page("decisions")).content.decode()


def test_a_file_comes_as_an_attachment_that_no_browser_opens(cast: Cast, sign_in: SignIn) -> None:
    filled = fill(cast)
    answer = sign_in(cast.evaluator).get(page("file", filled.file.pk))
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == 'attachment; filename="brev.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_a_file_that_stands_nowhere_is_only_for_those_who_see_drafts(cast: Cast, sign_in: SignIn) -> None:
    draft = files.store(programme=cast.programme, upload=pdf("utkast.pdf"), by=cast.programme_leader)
    assert sign_in(cast.coordinator).get(page("file", draft.pk)).status_code == 200
    for person in (cast.ministry_adviser, cast.county_governor, cast.evaluator):
        assert sign_in(person).get(page("file", draft.pk)).status_code == 404


def test_queries_do_not_grow_with_decisions_and_points(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.secretary)

    def add(number: int) -> None:
        decisions.record(
            programme=cast.programme,
            values=DecisionValues(f"Sak {number}", cast.council),
            follow_up_points=[FollowUpPointValues("Punkt"), FollowUpPointValues("Nytt punkt")],
            by=cast.secretary,
        )

    queries_do_not_grow(client, page("decisions"), add)
    queries_do_not_grow(client, page("follow_up"), add)
    decision = Decision.objects.earliest("pk")

    def add_point(number: int) -> None:
        decisions.add_follow_up_point(
            decision=decision, values=FollowUpPointValues(f"Punkt {number}"), by=cast.secretary
        )

    queries_do_not_grow(client, decision.get_absolute_url(), add_point)
