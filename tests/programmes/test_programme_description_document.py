"""The programme description as a document: chapters, what comes from records, and three formats (B2, C9)."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pypdf import PdfReader

from samloft.accounts.models import User
from samloft.core.documents.blocks import BulletList, Contents, Document, Heading, Paragraph, Table
from samloft.core.documents.formats import FORMATS
from samloft.core.documents.frozen import from_data
from samloft.programmes.actions import (
    agreement_parties,
    agreements,
    description_chapters,
    focus_areas,
    goals,
    obligations,
    overarching_plans,
)
from samloft.programmes.actions.agreement_parties import PartyValues
from samloft.programmes.actions.agreements import AgreementValues
from samloft.programmes.actions.focus_areas import FocusAreaValues
from samloft.programmes.actions.goals import GoalValues
from samloft.programmes.actions.obligations import ObligationValues, OwedBy
from samloft.programmes.actions.overarching_plans import OverarchingPlanValues
from samloft.programmes.documents import programme_description as documents
from samloft.programmes.models import (
    ChapterKey,
    DecisionRight,
    GoalLevel,
    GoalState,
    ObligationKind,
    Rhythm,
    Seat,
    Step,
)
from tests.cast import Cast
from tests.core.documents.reading import docx_text, html_text, pdf_text, words
from tests.programmes import describing
from tests.programmes.describing import Described


@pytest.fixture
def described(cast: Cast) -> Described:
    return describing.make(cast)


def chapters(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading) and block.level == 1]


def words_of(document: Document) -> str:
    said = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            said.append("".join(run.text for run in block.runs))
        elif isinstance(block, BulletList):
            said += ["".join(run.text for run in item) for item in block.items]
    return "\n".join(said)


def test_the_chapters_stand_in_order_and_empty_ones_are_left_out(described: Described) -> None:
    assert chapters(documents.build(described.description)) == [
        "Innledning",
        "Mål",
        "Innsatsområder",
        "Strategier",
        "Organisering",
        "Gjennomføring",
        "Evaluering",
    ]


def test_a_moved_and_an_own_chapter_stand_where_they_were_put(described: Described) -> None:
    by = described.cast.programme_leader
    own = description_chapters.add(
        description=described.description, title="Medvirkning", text="Alle er med.", by=by
    )
    description_chapters.move(chapter=own, direction="up", by=by)
    assert chapters(documents.build(described.description))[-2:] == ["Medvirkning", "Evaluering"]


def test_goals_stand_in_two_tracks_and_tell_when_nobody_has_adopted_them(described: Described) -> None:
    described.cast.programme.goals.filter(text="Flere leser godt").update(state=GoalState.ADOPTED)
    said = words_of(documents.build(described.description))
    assert "Hovedmål: Et godt sted å bo (foreslått)" in said
    assert "Hva som blir bedre for innbyggerne:\nFlere leser godt\n" in said
    assert "Hva som blir bedre i tjenestene:\nSkole og bibliotek samarbeider (foreslått)" in said


def test_the_organisation_tells_bodies_and_who_decides_and_no_persons(described: Described) -> None:
    cast = described.cast
    DecisionRight.objects.filter(step=Step.DISPATCH_PLAN).update(delegated_from=cast.council)
    Seat.objects.filter(user=cast.programme_leader).update(function="Rådgiver", percent=50)
    User.objects.update(name="Et navn")
    document = documents.build(described.description)
    bodies, decided = (block for block in document.blocks if isinstance(block, Table))
    rows = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in bodies.rows}
    assert rows["Programledelsen"] == ["ukjent", "Rådgiver (50 %)"]
    who = {row.cells[0].text: row.cells[1].text for row in decided.rows}
    assert who["Vedtar programbeskrivelsen"] == "Kommunestyret"
    assert who["Oversender handlingsplanen"] == "Programledelsen, på vegne av Kommunestyret"
    assert "Et navn" not in str(document)


def test_each_chapter_tells_what_the_agreement_asks_for_of_its_kind(described: Described) -> None:
    cast, by = described.cast, described.cast.programme_leader
    agreement = agreements.add(
        programme=cast.programme,
        values=AgreementValues(title="Intensjonsavtalen", first_year=2024, duration_years=5),
        by=by,
    )
    assert by.organisation
    party = agreement_parties.add(agreement=agreement, values=PartyValues(by.organisation), by=by)

    def owe(text: str, kind: ObligationKind, rhythm: Rhythm, **more: Any) -> None:
        values = ObligationValues(text, kind, rhythm, (OwedBy(party),), **more)
        obligations.add(agreement=agreement, values=values, by=by)

    owe("Prøve ut nye tiltak", ObligationKind.WORKING_METHOD, Rhythm.CONTINUOUS)
    owe("Samordne kommunens arbeid", ObligationKind.COORDINATION, Rhythm.CONTINUOUS)
    owe("Årlig handlingsplan", ObligationKind.DOCUMENT, Rhythm.YEARLY)
    owe("Møter i arbeidsgruppen", ObligationKind.MEETING, Rhythm.TIMES_A_YEAR, max_times=6)
    owe("Møter med staten", ObligationKind.MEETING, Rhythm.TIMES_A_YEAR, min_times=2, max_times=4)
    owe("Sluttevaluering", ObligationKind.EVALUATION, Rhythm.ONCE, due_on=date(2028, 12, 31))
    owe("Dele erfaringer", ObligationKind.SHARING, Rhythm.ONCE)
    found: dict[str, list[list[str]]] = {}
    chapter = ""
    for block in documents.build(described.description, today=date(2025, 3, 1)).blocks:
        if isinstance(block, Heading) and block.level == 1:
            chapter = block.text
        elif isinstance(block, Table) and "ber avtalen om" in block.caption:
            found[chapter] = [[cell.text for cell in row.cells] for row in block.rows]
    owner = "Elvestad kommune"
    assert found == {
        "Strategier": [["Prøve ut nye tiltak", owner, "Hele tiden, med gjennomgang én gang i året"]],
        "Organisering": [["Samordne kommunens arbeid", owner, "Hele tiden, med gjennomgang én gang i året"]],
        "Gjennomføring": [
            ["Årlig handlingsplan", owner, "Hvert år"],
            ["Møter i arbeidsgruppen", owner, "Høyst seks ganger i året"],
            ["Møter med staten", owner, "To til fire ganger i året"],
        ],
        "Evaluering": [
            ["Sluttevaluering", owner, "Én gang, innen 31. desember 2028"],
            ["Dele erfaringer", owner, "Én gang, men ingen har registrert når"],
        ],
    }


def test_goals_tell_which_plans_of_the_municipality_they_build_on(described: Described) -> None:
    cast, by = described.cast, described.cast.programme_leader
    plan = overarching_plans.add(
        programme=cast.programme,
        values=OverarchingPlanValues("societal", "Samfunnsdelen", municipality=cast.programme.municipality),
        by=by,
    )
    overarching_plans.add_goal(plan=plan, programme=cast.programme, text="Gode levekår for alle.", by=by)
    said = words_of(documents.build(described.description))
    assert "Samfunnsdelen (Elvestad kommune): Gode levekår for alle" in said


def test_what_nobody_has_recorded_is_said_to_be_unknown(described: Described) -> None:
    text = html_text(FORMATS["html"].render(documents.build(described.description)).decode())
    assert "Programperiode fra ukjent til ukjent" in " ".join(text.split())


def test_the_frame_follows_the_owner_and_not_the_reader(described: Described) -> None:
    with translation.override("en"):
        document = documents.build(described.description)
        nynorsk = documents.build(described.description, language="nn")
    assert (document.title, document.mark, document.issuer) == ("Programbeskrivelse", "Utkast", "Elvestad kommune")
    assert (nynorsk.title, nynorsk.language) == ("Programbeskriving", "nn")


def test_an_edition_names_what_adopted_it_and_carries_no_mark(described: Described) -> None:
    describing.adopt(described)
    text = " ".join(html_text(FORMATS["html"].render(_frozen(described)).decode()).split())
    assert "Utgave 1" in text
    assert "Vedtatt av Kommunestyret" in text
    assert "11. februar 2025" in text
    assert "25/7" in text
    assert "Utkast" not in text


def _frozen(described: Described) -> Document:
    return from_data(described.edition().blocks)


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_page_pdf_and_word_have_the_same_words(described: Described, language: str) -> None:
    built = documents.build(described.description, language=language)
    document = replace(built, blocks=tuple(block for block in built.blocks if not isinstance(block, Contents)))
    page = words(html_text(FORMATS["html"].render(document).decode()))
    assert len(page) > 120
    assert words(docx_text(FORMATS["docx"].render(document))) == page
    assert words(pdf_text(FORMATS["pdf"].render(document))) == page


def test_the_pdf_is_built_as_pdf_ua_with_the_logo_described(described: Described) -> None:
    municipality = described.cast.programme.municipality
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    municipality.logo.save("vaapen.svg", ContentFile(svg))
    document = documents.build(described.description)
    assert document.logo is not None and "Elvestad kommune" in document.logo.alt
    root = PdfReader(io.BytesIO(FORMATS["pdf"].render(document))).trailer["/Root"]
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert root["/Lang"] == "nb-NO" or str(root["/Lang"]).startswith("nb")


def test_the_queries_do_not_grow_with_the_programme(described: Described) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            documents.build(described.fresh(), today=date(2025, 3, 1))
        return len(queries)

    few = asked()
    cast, by = described.cast, described.cast.programme_leader
    main = cast.programme.goals.get(level=GoalLevel.MAIN)
    for number in range(10):
        focus_areas.add(programme=cast.programme, values=FocusAreaValues(f"Tema {number}"), by=by)
        goals.add(programme=cast.programme, values=GoalValues(f"Mål {number}", GoalLevel.OVERALL, "", main), by=by)
        description_chapters.add(description=described.description, title=f"Kapittel {number}", text="x", by=by)
        DecisionRight.objects.create(programme=cast.programme, step=Step.PRIORITISE, body=cast.board)
    assert asked() == few
    assert chapters(documents.build(described.description))[-1] == "Kapittel 9"


def test_every_chapter_is_on_the_page_also_the_empty_ones(described: Described) -> None:
    page = documents.page_description(described.description)
    assert [part.chapter.key for part in page.parts if part.chapter] == [
        key for key in ChapterKey if key != ChapterKey.OWN
    ]
    assert [part.chapter.key for part in page.parts if part.is_blank and part.chapter] == ["state_roles"]
