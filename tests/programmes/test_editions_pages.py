"""The pages of issued documents: who reads what, files, publishing, the public pages (L1, C6, C7, B2)."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samloft.accounts.models import User
from samloft.core.documents.blocks import Document, Heading, Paragraph
from samloft.core.documents.frozen import to_data
from samloft.core.models import AuditRow
from samloft.programmes.actions import editions
from samloft.programmes.actions.editions import FigureValues
from samloft.programmes.models import Channel, Decision, Edition, EditionKind
from tests.cast import Cast

SignIn = Callable[[User], Client]

EVERYONE = (
    "programme_leader",
    "coordinator",
    "board_member",
    "municipal_director",
    "secretary",
    "ministry_adviser",
    "county_governor",
    "evaluator",
    "resident",
    "outsider",
)
SEES_ALL = {"programme_leader", "coordinator", "board_member", "municipal_director", "secretary"}
READS_SENT = {"ministry_adviser", "county_governor", "evaluator"}


def frozen(language: str, words: str) -> dict[str, object]:
    made = Document(
        title="Handlingsplan 2025",
        language=language,  # type: ignore[arg-type]
        blocks=(Heading(1, "Innledning" if language == "nb" else "Innleiing"), Paragraph.of(words)),
    )
    return to_data(made)


def make(cast: Cast, *, period: int = 2025) -> Edition:
    decision = Decision.objects.create(
        programme=cast.programme,
        body=cast.council,
        title="Handlingsplan",
        decided_on=date(2025, 2, 11),
        recorded_by=cast.secretary,
    )
    return editions.make(
        programme=cast.programme,
        kind=EditionKind.ACTION_PLAN,
        period=period,
        language_form="nb",
        title=f"Handlingsplan {period}",
        decision=decision,
        blocks=frozen("nb", "Ord på bokmål."),
        blocks_other=frozen("nn", "Ord på nynorsk."),
        figures=[FigureValues("measure:1:", "Åpen barnehage", 100)],
        by=cast.secretary,
    )


def send(cast: Cast, edition: Edition) -> None:
    editions.dispatch(
        edition=edition,
        recipient=cast.ministry,
        sent_on=date(2025, 2, 14),
        channel=Channel.EMAIL,
        decision=edition.decision,
        by=cast.programme_leader,
    )


@pytest.fixture
def edition(cast: Cast) -> Edition:
    return make(cast)


@pytest.mark.parametrize("who", EVERYONE)
def test_an_edition_that_was_not_sent_is_the_municipalitys_own(
    cast: Cast, edition: Edition, sign_in: SignIn, who: str
) -> None:
    status = 200 if who in SEES_ALL else 404
    client = sign_in(getattr(cast, who))
    assert client.get(edition.get_absolute_url()).status_code == status
    assert client.get(f"{edition.get_absolute_url()}document.html").status_code == status


@pytest.mark.parametrize("who", EVERYONE)
def test_an_edition_that_was_sent_is_read_by_ministry_county_and_evaluator_too(
    cast: Cast, edition: Edition, sign_in: SignIn, who: str
) -> None:
    send(cast, edition)
    status = 200 if who in SEES_ALL | READS_SENT else 404
    client = sign_in(getattr(cast, who))
    assert client.get(edition.get_absolute_url()).status_code == status
    assert client.get(f"{edition.get_absolute_url()}document.html").status_code == status


@pytest.mark.parametrize("who", EVERYONE)
def test_the_list_has_what_each_may_read(cast: Cast, edition: Edition, sign_in: SignIn, who: str) -> None:
    unsent, sent = edition, make(cast, period=2024)
    send(cast, sent)
    answer = sign_in(getattr(cast, who)).get(reverse("programmes:editions", args=["elvestad"]))
    if who not in SEES_ALL | READS_SENT:
        assert answer.status_code == 404
        return
    assert (unsent.get_absolute_url() in answer.text) == (who in SEES_ALL)
    assert sent.get_absolute_url() in answer.text


def test_an_edition_is_found_under_its_own_programme_only(cast: Cast, edition: Edition, sign_in: SignIn) -> None:
    address = reverse("programmes:edition", args=[cast.other_programme.slug, edition.pk])
    assert sign_in(cast.outsider).get(address).status_code == 404


def test_the_page_shows_the_frozen_words_in_both_forms_and_the_proof(
    cast: Cast, edition: Edition, sign_in: SignIn
) -> None:
    client = sign_in(cast.programme_leader)
    page = client.get(edition.get_absolute_url()).text
    assert "Ord på bokmål." in page
    assert edition.sha256 in page
    assert edition.audit_head in page
    in_other = client.get(edition.get_absolute_url(), {"language": "nn"}).text
    assert "Ord på nynorsk." in in_other
    assert "Ord på bokmål." not in in_other


def test_the_page_warns_when_the_stored_document_no_longer_gives_its_checksum(
    cast: Cast, edition: Edition, sign_in: SignIn
) -> None:
    client = sign_in(cast.programme_leader)
    assert client.get(edition.get_absolute_url()).context["is_unchanged"]
    changed = json.loads(json.dumps(edition.blocks).replace("bokm", "riksm"))
    Edition.objects.filter(pk=edition.pk).update(blocks=changed)
    page = client.get(edition.get_absolute_url())
    assert not page.context["is_unchanged"]
    assert 'data-color="danger"' in page.text


@pytest.mark.parametrize(
    ("ending", "media_type", "start"),
    [
        ("pdf", "application/pdf", b"%PDF-"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
        ("html", "text/html; charset=utf-8", b"<!DOCTYPE html>"),
    ],
)
def test_the_document_is_taken_along_in_three_formats_and_never_shown_inline(
    cast: Cast, edition: Edition, sign_in: SignIn, ending: str, media_type: str, start: bytes
) -> None:
    client = sign_in(cast.programme_leader)
    answer = client.get(f"{edition.get_absolute_url()}document.{ending}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == media_type
    assert answer["Content-Disposition"] == f'attachment; filename="handlingsplan-2025-1.{ending}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content.lstrip().startswith(start)


def test_a_file_is_in_the_language_form_that_was_chosen(cast: Cast, edition: Edition, sign_in: SignIn) -> None:
    client = sign_in(cast.programme_leader)
    address = f"{edition.get_absolute_url()}document.html"
    assert "Ord på nynorsk." in client.get(address, {"language": "nn"}).text
    assert "Ord på bokmål." in client.get(address, {"language": "xx"}).text


def test_a_format_that_does_not_exist_is_not_found(cast: Cast, edition: Edition, sign_in: SignIn) -> None:
    client = sign_in(cast.programme_leader)
    assert client.get(f"{edition.get_absolute_url()}document.exe").status_code == 404


def test_publishing_is_confirmed_and_then_everyone_reads_it_without_signing_in(
    cast: Cast, edition: Edition, sign_in: SignIn, client: Client
) -> None:
    public = edition.get_public_url()
    assert client.get(public).status_code == 404
    leader = sign_in(cast.programme_leader)
    address = reverse("programmes:edition_publish", args=["elvestad", edition.pk])
    assert leader.get(address).status_code == 200
    assert client.get(public).status_code == 404
    assert leader.post(address).status_code == 302
    client.logout()
    assert "Ord på bokmål." in client.get(public).text
    assert public in client.get(reverse("programmes:published")).text
    assert client.get(f"{public}document.html").status_code == 200
    assert AuditRow.objects.filter(action="edition.published").exists()


def test_what_is_withdrawn_is_gone_from_the_public_pages(
    cast: Cast, edition: Edition, sign_in: SignIn, client: Client
) -> None:
    editions.publish(edition=edition, on=date(2025, 3, 1), by=cast.programme_leader)
    leader = sign_in(cast.programme_leader)
    assert leader.post(reverse("programmes:edition_withdraw", args=["elvestad", edition.pk])).status_code == 302
    client.logout()
    assert client.get(edition.get_public_url()).status_code == 404
    assert edition.title not in client.get(reverse("programmes:published")).text


def test_the_public_page_shows_the_last_published_edition(cast: Cast, edition: Edition, client: Client) -> None:
    second = make(cast)
    editions.publish(edition=edition, on=date(2025, 3, 1), by=cast.programme_leader)
    assert client.get(edition.get_public_url()).context["edition"] == edition
    editions.publish(edition=second, on=date(2025, 4, 1), by=cast.programme_leader)
    assert client.get(edition.get_public_url()).context["edition"] == second


def test_a_published_edition_can_be_read_by_everyone_with_a_seat(
    cast: Cast, edition: Edition, sign_in: SignIn
) -> None:
    editions.publish(edition=edition, on=date(2025, 3, 1), by=cast.programme_leader)
    assert sign_in(cast.ministry_adviser).get(edition.get_absolute_url()).status_code == 200


def test_publishing_twice_is_refused_in_words(cast: Cast, edition: Edition, sign_in: SignIn) -> None:
    editions.publish(edition=edition, on=date(2025, 3, 1), by=cast.programme_leader)
    client = sign_in(cast.programme_leader)
    answer = client.post(reverse("programmes:edition_publish", args=["elvestad", edition.pk]))
    assert answer.status_code == 200
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("programme_leader", 200),
        ("municipal_director", 200),
        ("coordinator", 403),
        ("board_member", 403),
        ("ministry_adviser", 403),
        ("resident", 404),
        ("outsider", 404),
    ],
)
@pytest.mark.parametrize("name", ["edition_publish", "edition_withdraw"])
def test_who_may_publish(cast: Cast, edition: Edition, sign_in: SignIn, name: str, who: str, status: int) -> None:
    address = reverse(f"programmes:{name}", args=["elvestad", edition.pk])
    assert sign_in(getattr(cast, who)).get(address).status_code == status


@pytest.mark.parametrize("address", ["/published/elvestad/tull/2025/", "/published/finnes-ikke/action-plan/2025/"])
def test_a_public_address_of_nothing_is_not_found(cast: Cast, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_lists_ask_as_many_questions_for_twelve_as_for_two(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.programme_leader)
    addresses = (reverse("programmes:editions", args=["elvestad"]), reverse("programmes:published"))

    def grow(years: range) -> None:
        for year in years:
            made = make(cast, period=year)
            send(cast, made)
            editions.publish(edition=made, on=date(2025, 3, 1), by=cast.programme_leader)

    def queries() -> list[int]:
        counts = []
        for address in addresses:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            counts.append(len(asked))
        return counts

    grow(range(2010, 2012))
    queries()
    few = queries()
    grow(range(2012, 2022))
    assert queries() == few
