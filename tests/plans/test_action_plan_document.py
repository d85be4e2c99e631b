"""The action plan as a document: its order, words and figures, in the municipality's language form."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import gettext

from samloft.core.documents.blocks import Document, Heading, Note, Paragraph, Table
from samloft.core.documents.formats import FORMATS
from samloft.core.money import format_kroner
from samloft.plans.actions import plans, sections
from samloft.plans.actions.plans import Frame
from samloft.plans.documents import action_plan
from samloft.plans.models import ActionPlan, FrameKind, Gap, LinePurpose, MandateStatus, SectionKey, Source
from samloft.plans.reading import read_plan
from samloft.programmes.models import Decision
from tests.cast import Cast
from tests.plans import drafting
from tests.plans.drafting import KR

# The lines of Mysen 2026, in kroner.
MYSEN = {
    "Åpen barnehage": (1_300_000, 0),
    "Sosionom": (1_000_000, 0),
    "Bydelsmødre": (120_000, 0),
    "Matservering i skole": (200_000, 0),
    "Ungdom i arbeid": (800_000, 1),
    "Klar for jobb – Kirkens Bymisjon": (500_000, 1),
    "Nærmiljøtilskudd": (400_000, 2),
    "Skolebibliotek": (200_000, 2),
    "Tidlig innsats folkebibliotek barn/unge": (400_000, 2),
    "Videreutvikling av nabolagstorg": (500_000, 2),
    "Boligsosial veiledning": (400_000, 2),
    "Trygghet og trivsel i Mysen – sosiale møteplasser i sentrum": (800_000, 2),
    "Administrative kostnader": (650_000, LinePurpose.ADMINISTRATION),
    "Kompetanseheving": (200_000, LinePurpose.COMPETENCE),
    "Åpen post": (200_000, LinePurpose.OPEN_POT),
    "Evaluering": (125_000, LinePurpose.EVALUATION),
}


def mysen(cast: Cast) -> ActionPlan:
    plan = drafting.start(cast)
    for name, (kroner, where) in MYSEN.items():
        if isinstance(where, LinePurpose):
            drafting.line(cast, plan, name, kroner, purpose=where, source=Source.PROGRAMME_GRANT)
        else:
            item = drafting.place(cast, plan, name, area=where, text=f"Om {name.lower()}.")
            drafting.line(cast, plan, name, kroner, item, source=Source.PROGRAMME_GRANT)
    return plan


def write(cast: Cast, plan: ActionPlan, key: SectionKey, text: str) -> None:
    section = plan.sections.get(key=key)
    sections.write(section=section, text=text, version=None, by=cast.programme_leader)


def headings(document: Document) -> list[tuple[int, str]]:
    return [(block.level, block.text) for block in document.blocks if isinstance(block, Heading)]


def table(document: Document) -> Table:
    [found] = [block for block in document.blocks if isinstance(block, Table)]
    return found


def text(document: Document) -> str:
    """The paragraphs and notes."""
    return " ".join(
        block.text if isinstance(block, Note) else "".join(run.text for run in block.runs)
        for block in document.blocks
        if isinstance(block, Note | Paragraph)
    )


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_our_own_word_file_of_the_mysen_plan_reads_back_as_the_same_16_lines(cast: Cast, language: str) -> None:
    document = action_plan.build(mysen(cast), language=language)
    read = read_plan(FORMATS["docx"].render(document), "plan.docx")
    assert {line.name: line.amount // KR for line in read.lines} == {name: kr for name, (kr, _) in MYSEN.items()}
    assert (read.sum, read.stated_total, read.problems) == (7_795_000 * KR, 7_795_000 * KR, ())
    areas = {line.name: line.focus_area for line in read.lines}
    assert areas["Ungdom i arbeid"] == "Arbeid"


def test_the_chapters_stand_in_the_order_of_the_plan(cast: Cast) -> None:
    plan = mysen(cast)
    for key in SectionKey:
        if key != SectionKey.FOCUS_AREA:
            write(cast, plan, key, f"Tekst om {key}.")
    drafting.place(cast, plan, "Lekselån", area=None, first_plan_year=2026)
    chapters = headings(action_plan.build(plan))
    assert [words for level, words in chapters if level == 1] == [
        "Innledning",
        "Prioriteringer i 2026",
        "Tiltak",
        "Budsjett og økonomi 2026",
        "Egeninnsats",
        "Samsvar med de nasjonale målene for 2026",
    ]
    within = [words for level, words in chapters if level == 2]
    assert within == [
        "Oppvekst og utdanning",
        "Arbeid",
        "Bo- og nærmiljø",
        "Nye tiltak i 2026",
        "Administrative kostnader",
    ]
    assert chapters[chapters.index((2, "Nye tiltak i 2026")) + 1] == (3, "Lekselån")


def test_the_frame_texts_follow_the_municipality_and_not_the_reader(cast: Cast) -> None:
    plan = mysen(cast)
    with translation.override("en"):
        assert action_plan.build(plan).title == "Handlingsplan og budsjett 2026"
        assert action_plan.build(plan).mark == "Utkast"
        nynorsk = action_plan.build(plan, language="nn")
    assert nynorsk.language == "nn"
    assert "Ramma for 2026 er ikkje registrert." in text(nynorsk)


def test_empty_sections_are_left_out_and_a_measure_keeps_its_focus_area_heading(cast: Cast) -> None:
    plan = drafting.start(cast)
    drafting.place(cast, plan, "Sosionom", area=0)
    assert headings(action_plan.build(plan)) == [
        (1, "Tiltak"),
        (2, "Oppvekst og utdanning"),
        (3, "Sosionom"),
        (1, "Budsjett og økonomi 2026"),
    ]


def test_a_first_plan_does_not_call_everything_new(cast: Cast) -> None:
    plan = drafting.start(cast)
    drafting.place(cast, plan, "Sosionom", first_plan_year=2026)
    assert (2, "Nye tiltak i 2026") not in headings(action_plan.build(plan))
    drafting.place(cast, plan, "Bydelsmødre", first_plan_year=2025)
    chapters = headings(action_plan.build(plan))
    assert chapters.index((3, "Sosionom")) > chapters.index((2, "Nye tiltak i 2026"))


def test_what_a_new_measure_lacks_is_said_in_the_plan_with_its_deadline(cast: Cast) -> None:
    plan = drafting.start(cast)
    drafting.place(cast, plan, "Sosionom", lead_unit="Helsestasjonen")
    drafting.place(
        cast,
        plan,
        "Matservering",
        first_plan_year=2026,
        mandate_status=MandateStatus.DRAFTED,
        gate_due_on=date(2026, 6, 1),
        lead_unit="Skolen",
        target_groups="Elever",
    )
    [note] = [block.text for block in action_plan.build(plan).blocks if isinstance(block, Note)]
    with translation.override("nb"):
        settled = [str(gap.label).lower() for gap in (Gap.OWNER, Gap.TARGET_GROUP)]
        lacking = [str(gap.label).lower() for gap in (Gap.MANDATE, Gap.RESIDENT_GOAL, Gap.EXIT_PLAN)]
    assert all(word in note for word in lacking) and not any(word in note for word in settled)
    assert "1. juni 2026" in note


def test_one_source_has_one_amount_column_and_names_the_source_under_the_table(cast: Cast) -> None:
    found = table(action_plan.build(mysen(cast)))
    assert [column.header for column in found.columns] == ["Tiltak", "Beløp"]
    assert found.note == "Alle beløp: programtilskudd."
    assert found.rows[-1].cells[1].text == "7\u00a0795\u00a0000\u00a0kr"
    assert [row.cells[0].text for row in found.rows if row.kind == "group"] == [
        "Oppvekst og utdanning",
        "Arbeid",
        "Bo- og nærmiljø",
        "Administrasjon, kompetanse og evaluering",
    ]


def test_several_sources_have_a_column_each_and_the_unknown_one_says_so(cast: Cast) -> None:
    plan = drafting.start(cast)
    item = drafting.place(cast, plan, "Sosionom")
    drafting.line(cast, plan, "Sosionom", 500, item, source=Source.PROGRAMME_GRANT)
    drafting.line(cast, plan, "Sosionom", 300, item, source=Source.MUNICIPALITY)
    drafting.line(cast, plan, "Sosionom", 20, item)
    found = table(action_plan.build(plan))
    assert [column.header for column in found.columns][:4] == [
        "Tiltak",
        "Programtilskudd",
        "Kommunens egne midler",
        "Ukjent kilde",
    ]
    amounts = [[cell.text.replace("\u00a0", " ") for cell in row.cells] for row in found.rows]
    assert [row[1:] for row in amounts] == [["500 kr", "300 kr", "20 kr", "820 kr"]] * 2


def test_every_amount_points_at_the_line_it_comes_from(cast: Cast) -> None:
    plan = mysen(cast)
    rows = [row for row in table(action_plan.build(plan)).rows if row.kind == "row"]
    lines = {f"plans.budgetline:{line.pk}": line for line in plan.lines.all()}
    assert len(rows) == 16
    for row in rows:
        assert lines[row.cells[1].source].name == row.cells[0].text
    assert table(action_plan.build(plan)).rows[-1].cells[1].source == f"plans.actionplan:{plan.pk}"


@pytest.mark.parametrize(
    ("frame", "told"),
    [
        (Frame(), ("The frame for %(year)s is not recorded.", "The lines of the plan add up to %(total)s.")),
        (
            Frame(FrameKind.EXPECTED, 8_000_000 * KR, source="KDD"),
            (
                "The expected frame for %(year)s is %(amount)s (%(basis)s).",
                "The lines of the plan add up to %(total)s; %(left)s of the frame is left.",
            ),
        ),
        (
            Frame(FrameKind.AWARD, 7_000_000 * KR, 500_000 * KR),
            (
                "The grant for %(year)s is %(amount)s.",
                "Approved carry-over of %(amount)s comes in addition.",
                "The lines of the plan add up to %(total)s, which is %(left)s more than the frame.",
            ),
        ),
        (
            Frame(FrameKind.EXPECTED, 7_795_000 * KR),
            (
                "The expected frame for %(year)s is %(amount)s.",
                "The lines of the plan add up to %(total)s, the whole frame.",
            ),
        ),
    ],
)
def test_the_frame_and_what_it_rests_on_is_printed(cast: Cast, frame: Frame, told: tuple[str, ...]) -> None:
    plan = plans.set_frame(plan=mysen(cast), frame=frame, version=None, by=cast.programme_leader)
    difference = abs((plan.frame_total or 0) - 7_795_000 * KR)
    amounts = [frame.amount, *([frame.carry_over] if frame.carry_over else [])]
    words = {
        "year": 2026,
        "basis": "KDD",
        "left": format_kroner(difference),
        "total": format_kroner(7_795_000 * KR),
    }
    with translation.override("nb"):
        wanted = [
            gettext(sentence) % {**words, "amount": format_kroner(amount)}
            for sentence, amount in zip(told, [*amounts, None, None], strict=False)
        ]
    assert " ".join(wanted) in text(action_plan.build(plan))


def test_an_assumed_frame_is_marked(cast: Cast) -> None:
    frame = Frame(FrameKind.EXPECTED, 100, is_assumed=True)
    plan = plans.set_frame(plan=mysen(cast), frame=frame, version=None, by=cast.programme_leader)
    assert [block.kind for block in action_plan.build(plan).blocks if isinstance(block, Note)] == ["assumed"]


def test_an_adopted_plan_names_its_decision_and_carries_no_draft_mark(cast: Cast) -> None:
    decision = Decision.objects.create(
        programme=cast.programme,
        body=cast.council,
        title="Handlingsplan",
        decided_on=date(2026, 2, 10),
        case_number="26/12",
        recorded_by=cast.secretary,
    )
    document = action_plan.build(mysen(cast), edition_number=2, adopted=decision)
    assert (document.mark, document.number, document.issued) == ("", "Utgave 2", "2026-02-10")
    facts = {fact.label: fact.value for fact in document.blocks[0].facts}
    assert facts["Vedtatt av"] == "Kommunestyret" and facts["Saksnummer"] == "26/12"


def test_an_adoption_that_no_document_shows_is_unknown_and_marked(cast: Cast) -> None:
    decision = Decision.objects.create(
        programme=cast.programme, title="Handlingsplan", is_assumed=True, recorded_by=cast.secretary
    )
    document = action_plan.build(mysen(cast), adopted=decision)
    facts = {fact.label: fact.value for fact in document.blocks[0].facts}
    assert (facts["Vedtatt av"], document.issued) == ("ukjent", "") and "ukjent" in list(facts.values())[2]
    assert [block.kind for block in document.blocks if isinstance(block, Note)] == ["assumed"]


def test_the_logo_is_shown_and_a_lost_or_strange_one_is_left_out(cast: Cast) -> None:
    plan = mysen(cast)
    municipality = plan.programme.municipality
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
    municipality.logo.save("vaapen.svg", ContentFile(svg))
    logo = action_plan.build(plan).logo
    assert (logo.image, logo.mime, logo.alt) == (svg, "image/svg+xml", "Logoen til Elvestad kommune")
    municipality.logo.storage.delete(municipality.logo.name)
    assert action_plan.build(plan).logo is None
    municipality.logo.save("vaapen.gif", ContentFile(b"GIF"))
    assert action_plan.build(plan).logo is None


def test_a_share_of_two_salaries_stands_among_the_administrative_costs(cast: Cast) -> None:
    plan = drafting.start(cast)
    drafting.line(cast, plan, "Ledelse", 650_000, purpose=LinePurpose.ADMINISTRATION, posts=2, salary_percent=25)
    page = FORMATS["html"].render(action_plan.build(plan, language="nb")).decode()
    assert "25 % av lønnen i 2 stillinger." in page.replace("\u00a0", " ")


def test_the_queries_do_not_grow_with_the_plan(cast: Cast) -> None:
    counts = []
    for year, size in ((2026, 2), (2027, 12)):
        plan = drafting.whole(cast, measures_count=size, year=year)
        with CaptureQueriesContext(connection) as queries:
            action_plan.build(plan)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_the_figures_name_the_same_measure_in_every_year(cast: Cast) -> None:
    plan = drafting.start(cast)
    item = drafting.place(cast, plan, "Sosionom", area=1)
    drafting.line(cast, plan, "Sosionom", 500, item, source=Source.PROGRAMME_GRANT)
    drafting.line(cast, plan, "Sosionom, mer", 100, item, source=Source.PROGRAMME_GRANT)
    pot = drafting.line(cast, plan, "Åpen post", 20, purpose=LinePurpose.OPEN_POT)
    found = action_plan.figures(plan)
    measure = f"measure:{item.measure_id}:programme_grant"
    assert [figure.key for figure in found] == [measure, f"{measure}:2", "open_pot:åpen post:"]
    assert [figure.group for figure in found[:2]] == ["Arbeid", "Arbeid"]
    assert (found[2].amount, found[2].reference) == (20 * KR, f"plans.budgetline:{pot.pk}")
