"""The pages of the programme description: who meets which, what they say, and what they do (B2, C6, H2, L1)."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from samloft.accounts.models import User
from samloft.programmes.actions import description_chapters, editions, focus_areas, goals, steps
from samloft.programmes.actions.focus_areas import FocusAreaValues
from samloft.programmes.actions.goals import GoalValues
from samloft.programmes.actions.steps import StepDecision
from samloft.programmes.models import (
    Answer,
    AnswerKind,
    ChapterKey,
    DescriptionChapter,
    DocumentState,
    GoalLevel,
    ProgrammeDescription,
)
from tests.cast import Cast
from tests.programmes import describing
from tests.programmes.describing import Described
from tests.programmes.filled import queries, queries_do_not_grow

SignIn = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def described(cast: Cast) -> Described:
    return describing.make(cast)


def address(name: str, *more: object, slug: str = "elvestad") -> str:
    return reverse(f"programmes:{name}", args=[slug, *more])


PAGE = address("programme_description")


def chapter(described: Described, key: ChapterKey = ChapterKey.STRATEGIES) -> str:
    return address("description_chapter", described.chapter(key).pk)


def own(described: Described) -> DescriptionChapter:
    return description_chapters.add(
        description=described.description,
        title="Medvirkning",
        text="Alle er med.",
        by=described.cast.programme_leader,
    )


# Who meets it


@pytest.mark.parametrize("who", ["programme_leader", "coordinator", "board_member", "secretary"])
def test_those_who_see_drafts_read_the_draft(described: Described, sign_in: SignIn, who: str) -> None:
    page = sign_in(getattr(described.cast, who)).get(PAGE)
    assert page.status_code == 200
    assert "Vi prøver ut sammen med innbyggerne." in page.text


@pytest.mark.parametrize("who", ["ministry_adviser", "county_governor", "evaluator"])
def test_those_outside_the_municipality_see_no_draft_and_are_led_to_what_was_sent(
    described: Described, sign_in: SignIn, who: str
) -> None:
    client = sign_in(getattr(described.cast, who))
    describing.adopt(described)
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "Vi prøver ut" not in page.text
    assert client.get(described.edition().get_absolute_url()).status_code == 404
    assert client.get(address("description_document", "pdf")).status_code == 403
    steps.revise(document=described.description, reason="Nytt", by=described.cast.programme_leader)
    describing.dispatch(described)
    assert client.get(PAGE)["Location"] == described.edition().get_absolute_url()
    assert client.get(described.edition().get_absolute_url()).status_code == 200
    assert client.get(address("edition_file", described.edition().pk, "pdf")).status_code == 200


def test_a_draft_that_revises_what_was_sent_stays_unseen_by_the_ministry(
    described: Described, sign_in: SignIn
) -> None:
    cast = described.cast
    describing.dispatch(described)
    sent = described.edition()
    steps.revise(document=described.description, reason="Nytt", by=cast.programme_leader)
    describing.adopt(described)
    client = sign_in(cast.ministry_adviser)
    assert client.get(PAGE)["Location"] == sent.get_absolute_url()
    assert client.get(described.edition().get_absolute_url()).status_code == 404
    compared = client.get(address("description_compare"))
    assert [choice.edition for choice in compared.context["choices"]] == [sent]


WRITING = ("description_chapter_new", "description_chapter", "description_chapter_remove")
STEPS = ("description_recommend", "description_adopt", "description_dispatch")


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("programme_leader", 200),
        ("coordinator", 200),
        ("board_member", 403),
        ("ministry_adviser", 403),
        ("evaluator", 403),
        ("resident", 404),
        ("outsider", 404),
    ],
)
@pytest.mark.parametrize("name", WRITING)
def test_only_those_who_write_the_documents_meet_the_forms(
    described: Described, sign_in: SignIn, name: str, who: str, status: int
) -> None:
    pk = [] if name == "description_chapter_new" else [own(described).pk]
    assert sign_in(getattr(described.cast, who)).get(address(name, *pk)).status_code == status


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("programme_leader", 200),
        ("secretary", 200),
        ("coordinator", 403),
        ("ministry_adviser", 403),
        ("county_governor", 403),
        ("resident", 404),
        ("outsider", 404),
    ],
)
@pytest.mark.parametrize("name", STEPS)
def test_who_meets_the_steps(described: Described, sign_in: SignIn, name: str, who: str, status: int) -> None:
    assert sign_in(getattr(described.cast, who)).get(address(name)).status_code == status


@pytest.mark.parametrize("name", ["description_answer", "description_send_back"])
def test_the_ministry_answers_only_what_was_sent_to_it(described: Described, sign_in: SignIn, name: str) -> None:
    client = sign_in(described.cast.ministry_adviser)
    describing.adopt(described)
    assert client.get(address(name)).status_code == 404
    steps.revise(document=described.description, reason="Nytt", by=described.cast.programme_leader)
    describing.dispatch(described)
    assert client.get(address(name)).status_code == 200
    assert sign_in(described.cast.evaluator).get(address(name)).status_code == 403


@pytest.mark.parametrize(
    ("who", "status"),
    [("programme_leader", 200), ("coordinator", 403), ("ministry_adviser", 403), ("outsider", 404)],
)
def test_only_the_programme_leader_revises(described: Described, sign_in: SignIn, who: str, status: int) -> None:
    describing.adopt(described)
    client = sign_in(getattr(described.cast, who))
    assert client.get(address("description_revise")).status_code == status
    client.post(address("description_revise"), {"reason": "Nytt område"})
    assert (described.fresh().state == DocumentState.DRAFT) == (status == 200)


@pytest.mark.parametrize(
    "name", ["programme_description", "description_compare", "description_start", "description_chapter_move"]
)
def test_for_outsiders_it_does_not_exist_and_strangers_meet_the_sign_in(
    described: Described, client: Client, sign_in: SignIn, name: str
) -> None:
    pk = [described.chapter(ChapterKey.GOALS).pk] if name.endswith("move") else []
    assert client.post(address(name, *pk)).status_code == 302
    for person in (described.cast.outsider, described.cast.resident, described.cast.operator):
        assert sign_in(person).post(address(name, *pk)).status_code == 404


def test_a_chapter_of_one_programme_is_not_found_under_another(described: Described, sign_in: SignIn) -> None:
    client = sign_in(described.cast.outsider)
    client.post(address("description_start", slug="asmark"))
    pk = described.chapter(ChapterKey.GOALS).pk
    assert client.get(address("description_chapter", pk, slug="asmark")).status_code == 404


# Beginning and writing


def test_it_is_begun_with_one_press_by_those_who_may_write(cast: Cast, sign_in: SignIn) -> None:
    assert address("description_start") not in sign_in(cast.board_member).get(PAGE).text
    assert sign_in(cast.board_member).post(address("description_start")).status_code == 403
    leader = sign_in(cast.programme_leader)
    assert address("description_start") in leader.get(PAGE).text
    assert leader.get(address("description_start")).status_code == 405
    assert leader.post(address("description_start"))["Location"] == PAGE
    assert ProgrammeDescription.objects.get().programme == cast.programme
    assert leader.post(address("description_start")).status_code == 302
    assert ProgrammeDescription.objects.count() == 1


def test_the_page_tells_what_is_missing_with_links_to_it(cast: Cast, sign_in: SignIn) -> None:
    described = describing.start(cast)
    page = sign_in(cast.programme_leader).get(PAGE)
    assert {found.key for found in page.context["missing"]} == {
        "goals",
        "strategies",
        "organisation",
        "implementation",
        "evaluation",
    }
    for key in (ChapterKey.GOALS, ChapterKey.EVALUATION):
        assert f'href="#chapter-{described.chapter(key).pk}"' in page.text
        assert f'id="chapter-{described.chapter(key).pk}"' in page.text


def test_what_is_recorded_stands_in_the_chapter_and_leads_to_where_it_is_changed(
    described: Described, sign_in: SignIn
) -> None:
    page = sign_in(described.cast.coordinator).get(PAGE).text
    assert "Skole og bibliotek samarbeider" in page
    assert f'href="{address("goals")}"' in page
    assert f'href="{address("bodies")}"' in page


def test_a_chapter_is_written_without_script(described: Described, sign_in: SignIn) -> None:
    client, where = sign_in(described.cast.programme_leader), described.chapter(ChapterKey.STRATEGIES)
    form = client.get(chapter(described)).context["form"]
    answer = client.post(chapter(described), {"text": "- Ett\n- To", "version": form.initial["version"]})
    assert answer["Location"] == f"{PAGE}#chapter-{where.pk}"
    assert "<li>Ett</li><li>To</li>" in client.get(PAGE).text


def test_htmx_gets_the_chapter_back_in_its_place(described: Described, sign_in: SignIn) -> None:
    client, where = sign_in(described.cast.programme_leader), described.chapter(ChapterKey.STRATEGIES)
    answer = client.post(chapter(described), {"text": "Nytt", "version": where.version}, headers=HTMX)
    assert answer.status_code == 200
    assert answer["HX-Retarget"] == f"#chapter-{where.pk}"
    assert "Nytt" in answer.text
    assert "autofocus" in answer.text


def test_two_who_write_the_same_chapter_both_see_both_texts(described: Described, sign_in: SignIn) -> None:
    client = sign_in(described.cast.programme_leader)
    opened = described.chapter(ChapterKey.STRATEGIES).version
    client.post(chapter(described), {"text": "Først", "version": opened})
    answer = client.post(chapter(described), {"text": "Sist", "version": opened})
    assert answer.status_code == 200
    assert "Først" in answer.text
    assert "Sist" in answer.text
    assert described.chapter(ChapterKey.STRATEGIES).text == "Først"
    version = answer.context["form"].data["version"]
    assert client.post(chapter(described), {"text": "Sist", "version": version}).status_code == 302
    assert described.chapter(ChapterKey.STRATEGIES).text == "Sist"


def test_own_chapters_are_added_renamed_moved_and_removed(described: Described, sign_in: SignIn) -> None:
    client = sign_in(described.cast.coordinator)
    assert client.post(address("description_chapter_new"), {"title": "", "text": "x"}).status_code == 200
    client.post(address("description_chapter_new"), {"title": "Medvirkning", "text": "Alle er med."})
    made = described.chapter(ChapterKey.OWN)
    client.post(
        address("description_chapter", made.pk), {"title": "Deltakelse", "text": "Alle.", "version": made.version}
    )
    assert str(described.chapter(ChapterKey.OWN)) == "Deltakelse"
    client.post(address("description_chapter_move", made.pk), {"direction": "up"})
    assert described.description.chapters.last().key == ChapterKey.EVALUATION  # type: ignore[union-attr]
    remove = address("description_chapter_remove", made.pk)
    assert client.get(remove).status_code == 200
    assert client.post(remove).status_code == 302
    assert not described.description.chapters.filter(key=ChapterKey.OWN).exists()


def test_a_closed_description_offers_no_forms_and_keeps_what_was_typed(
    described: Described, sign_in: SignIn
) -> None:
    describing.adopt(described)
    client = sign_in(described.cast.programme_leader)
    assert chapter(described) not in client.get(PAGE).text
    answer = client.post(chapter(described), {"text": "For sent", "version": 2})
    assert answer.status_code == 200
    assert "For sent" in answer.text


# The way


def test_the_whole_way_is_gone_through_the_pages(described: Described, sign_in: SignIn) -> None:
    cast = described.cast
    secretary = sign_in(cast.secretary)
    assert address("description_adopt") in secretary.get(PAGE).text
    secretary.post(
        address("description_adopt"),
        {
            "body": cast.council.pk,
            "decided_on": "2025-02-11",
            "case_number": "25/7",
            "follow_up_points": "- Vurder skolefrokost\n- Vurder hvem som kan hjelpe til",
        },
    )
    edition = described.edition()
    assert edition.decision.follow_up_points.count() == 2
    sign_in(cast.programme_leader).post(
        address("description_dispatch"),
        {
            "body": cast.management.pk,
            "recipient": cast.ministry.pk,
            "sent_on": "2025-02-20",
            "channel": "archive",
            "receipt": "25/99",
        },
    )
    ministry = sign_in(cast.ministry_adviser)
    page = ministry.get(edition.get_absolute_url()).text
    assert address("description_answer") in page
    answer = ministry.post(address("description_answer"), {"body": cast.ministry.pk, "kind": "taken_note"})
    assert answer["Location"] == edition.get_absolute_url()
    assert described.fresh().state == DocumentState.ANSWERED
    leader = sign_in(cast.programme_leader)
    leader.post(address("description_revise"), {"reason": "Nytt område"})
    page = leader.get(PAGE)
    assert "Nytt område" in page.text
    assert described.fresh().revision == 2


def test_nobody_is_offered_a_recommendation_where_no_body_gives_one(described: Described, sign_in: SignIn) -> None:
    page = sign_in(described.cast.secretary).get(PAGE)
    assert [move.move for move in page.context["way"].moves] == ["adopt"]
    assert len(page.context["way"].line) == 4
    describing.recommending(described.cast)
    page = sign_in(described.cast.board_member).get(PAGE)
    assert [move.move for move in page.context["way"].next_moves] == ["recommend"]
    assert len(page.context["way"].line) == 5


def test_the_adoption_page_stops_at_empty_chapters_and_names_them(cast: Cast, sign_in: SignIn) -> None:
    described = describing.start(cast)
    client = sign_in(cast.secretary)
    page = client.get(address("description_adopt"))
    assert f"{PAGE}#chapter-{described.chapter(ChapterKey.STRATEGIES).pk}" in page.text
    assert 'name="decided_on"' not in page.text
    answer = client.post(address("description_adopt"), {"body": cast.council.pk})
    assert answer.status_code == 200
    assert described.fresh().state == DocumentState.DRAFT


def test_the_municipality_attaches_the_letter_and_a_grant_letter_is_no_answer(
    described: Described, sign_in: SignIn
) -> None:
    cast = described.cast
    describing.dispatch(described)
    client, url = sign_in(cast.programme_leader), address("description_answer")
    kinds = [kind for kind, _label in client.get(url).context["form"].fields["kind"].choices]
    assert AnswerKind.GRANT_LETTER not in kinds
    assert AnswerKind.NO_ANSWER in kinds
    data = {"body": cast.ministry.pk, "kind": AnswerKind.TAKEN_NOTE}
    assert client.post(url, data).status_code == 200
    assert not Answer.objects.exists()
    letter = SimpleUploadedFile("brev.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n")
    assert client.post(url, {**data, "letter": letter}).status_code == 302
    assert Answer.objects.get().letter is not None


def test_the_ministry_returns_it_with_a_reason(described: Described, sign_in: SignIn) -> None:
    describing.dispatch(described)
    sign_in(described.cast.ministry_adviser).post(
        address("description_send_back"), {"body": described.cast.ministry.pk, "reason": "Si mer om evalueringen"}
    )
    assert described.fresh().state == DocumentState.RETURNED
    page = sign_in(described.cast.programme_leader).get(PAGE).text
    assert "Si mer om evalueringen" in page
    assert chapter(described) in page


def test_while_it_is_adopted_the_page_shows_what_was_adopted_and_tells_what_has_changed(
    described: Described, sign_in: SignIn
) -> None:
    cast = described.cast
    describing.adopt(described)
    client = sign_in(cast.coordinator)
    page = client.get(PAGE)
    assert "Et godt sted å bo" in page.text
    assert page.context["changed_since"] == ()
    main = cast.programme.goals.get(level=GoalLevel.MAIN)
    goals.change(
        goal=main,
        values=GoalValues("Et tryggere sted å bo", GoalLevel.MAIN),
        version=None,
        by=cast.programme_leader,
    )
    page = client.get(PAGE)
    assert "Et godt sted å bo" in page.text
    assert "Et tryggere sted" not in page.text
    assert page.context["changed_since"] == ("Mål",)


# Taking it along, comparing, publishing


@pytest.mark.parametrize(("ending", "begins"), [("pdf", b"%PDF"), ("docx", b"PK"), ("html", b"<!DOCTYPE html>")])
def test_the_draft_is_taken_along_in_three_formats(
    described: Described, sign_in: SignIn, ending: str, begins: bytes
) -> None:
    client = sign_in(described.cast.coordinator)
    file = client.get(address("description_document", ending))
    assert file.content.startswith(begins)
    assert file["Content-Disposition"].startswith("attachment")
    assert client.get(address("description_document", "odt")).status_code == 404


def test_a_closed_description_is_taken_along_as_its_edition(described: Described, sign_in: SignIn) -> None:
    client, draft = sign_in(described.cast.coordinator), address("description_document", "pdf")
    assert draft in client.get(PAGE).text
    describing.adopt(described)
    page = client.get(PAGE).text
    assert draft not in page
    assert address("edition_file", described.edition().pk, "pdf") in page


def test_the_draft_is_compared_with_the_edition_before_it(described: Described, sign_in: SignIn) -> None:
    cast = described.cast
    describing.adopt(described)
    steps.revise(document=described.description, reason="Nytt", by=cast.programme_leader)
    description_chapters.write(
        chapter=described.chapter(ChapterKey.STRATEGIES),
        text="Vi prøver ut sammen med naboene.",
        version=None,
        by=cast.programme_leader,
    )
    page = sign_in(cast.coordinator).get(address("description_compare"))
    assert "<del>innbyggerne.</del>" in page.text
    assert "<ins>naboene.</ins>" in page.text
    assert [text.title for text in page.context["texts"]] == ["Strategier"]


def test_there_is_nothing_to_compare_before_there_are_two_versions(described: Described, sign_in: SignIn) -> None:
    page = sign_in(described.cast.coordinator).get(address("description_compare"))
    assert page.context["pair"] is None


def test_a_published_edition_has_a_public_address_where_the_latest_is_read(
    described: Described, client: Client, sign_in: SignIn
) -> None:
    cast = described.cast
    describing.adopt(described)
    first = described.edition()
    public = first.get_public_url()
    assert public == "/published/elvestad/programme-description/2025/"
    assert client.get(public).status_code == 404
    editions.publish(edition=first, on=describing.ADOPTED_ON, by=cast.programme_leader)
    assert "Vi prøver ut" in client.get(public).text
    steps.revise(document=described.description, reason="Nytt", by=cast.programme_leader)
    describing.adopt(described, on=describing.ADOPTED_ON.replace(year=2026))
    second = described.edition()
    editions.publish(edition=second, on=describing.ADOPTED_ON, by=cast.programme_leader)
    assert second.get_public_url() == public
    assert client.get(public).context["edition"] == second
    assert client.get(public + "document.pdf").content.startswith(b"%PDF")


def test_an_edition_of_the_description_offers_its_own_steps_and_no_comparison_of_plans(
    described: Described, sign_in: SignIn
) -> None:
    describing.adopt(described)
    page = sign_in(described.cast.programme_leader).get(described.edition().get_absolute_url()).text
    assert address("description_dispatch") in page
    assert address("description_compare") in page
    assert reverse("plans:compare", args=["elvestad"]) not in page


# Work


def test_the_page_asks_as_much_with_many_rows_as_with_few(described: Described, sign_in: SignIn) -> None:
    cast, by = described.cast, described.cast.programme_leader
    main = cast.programme.goals.get(level=GoalLevel.MAIN)

    def add(number: int) -> None:
        focus_areas.add(programme=cast.programme, values=FocusAreaValues(f"Tema {number}"), by=by)
        values = GoalValues(f"Mål {number}", GoalLevel.OVERALL, "", main)
        goals.add(programme=cast.programme, values=values, by=by)
        description_chapters.add(description=described.description, title=f"Kapittel {number}", by=by)

    queries_do_not_grow(sign_in(cast.programme_leader), PAGE, add)


def test_the_page_asks_as_much_after_many_editions_as_after_one(described: Described, sign_in: SignIn) -> None:
    cast = described.cast
    client = sign_in(cast.programme_leader)

    def another() -> None:
        describing.dispatch(described)
        steps.answer(
            document=described.description,
            decision=StepDecision(body=cast.ministry),
            kind=AnswerKind.TAKEN_NOTE,
            by=cast.ministry_adviser,
        )

    another()
    few = queries(client, PAGE)
    for _round in range(3):
        steps.revise(document=described.description, reason="x", by=cast.programme_leader)
        another()
    assert queries(client, PAGE) == few
