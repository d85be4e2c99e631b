"""Two versions of a plan side by side (C7)."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samloft.accounts.models import User
from samloft.core.documents.blocks import Document, Heading, Paragraph
from samloft.core.documents.text_comparison import compare_texts
from samloft.plans.actions import budget_lines, measures, plan_measures, steps
from samloft.plans.actions.budget_lines import LineValues
from samloft.plans.actions.carry_forward import carry_forward
from samloft.plans.actions.measures import MeasureValues
from samloft.plans.models import ActionPlan, Measure, Source
from samloft.plans.queries.comparison import Change, compare
from tests.cast import Cast
from tests.plans import elvestad as making
from tests.plans.elvestad import KR, Elvestad

SignIn = Callable[[User], Client]


@dataclass(frozen=True)
class Row:
    key: str
    label: str
    amount: int
    group: str = ""


def changes(left: list[Row], right: list[Row]) -> dict[str, tuple[Change, ...]]:
    return {row.label: row.changes for row in compare(left, right).rows}


def test_rows_are_new_ended_or_continued_by_their_measure() -> None:
    left = [Row("measure:1:programme_grant", "Åpen barnehage", 5), Row("measure:2:", "Matservering", 3)]
    right = [Row("measure:1:programme_grant", "Åpen barnehage", 5), Row("measure:3:", "Sosionom", 4)]
    assert changes(left, right) == {
        "Åpen barnehage": (Change.CONTINUED,),
        "Sosionom": (Change.NEW,),
        "Matservering": (Change.ENDED,),
    }


def test_a_renamed_measure_is_the_same_one_and_tells_its_earlier_name() -> None:
    result = compare([Row("measure:1:", "Klar for jobb", 5)], [Row("measure:1:", "Rett i jobb", 7)])
    (row,) = result.rows
    assert row.changes == (Change.RENAMED, Change.CHANGED_SUM)
    assert (row.label, row.earlier_label) == ("Rett i jobb", "Klar for jobb")
    assert (row.left, row.right, row.difference) == (5, 7, 2)


def test_a_new_measure_that_takes_the_name_of_an_ended_one_is_another() -> None:
    assert {
        row.changes for row in compare([Row("measure:1:", "Klar", 5)], [Row("measure:2:", "Klar", 5)]).rows
    } == {
        (Change.NEW,),
        (Change.ENDED,),
    }


def test_several_sources_and_lines_of_a_measure_are_one_row() -> None:
    left = [Row("measure:1:programme_grant", "A", 5)]
    right = [
        Row("measure:1:programme_grant", "A", 2),
        Row("measure:1:programme_grant:2", "A", 1),
        Row("measure:1:municipality", "A", 2),
    ]
    assert changes(left, right) == {"A": (Change.CONTINUED,)}


def test_a_measure_that_changed_its_source_only_is_continued() -> None:
    assert changes([Row("measure:1:", "A", 5)], [Row("measure:1:county", "A", 5)]) == {"A": (Change.CONTINUED,)}


def test_totals_and_difference_are_those_of_all_rows() -> None:
    result = compare([Row("open_pot:åpen post:", "Åpen post", 5)], [Row("measure:1:", "A", 7)])
    assert (result.left_total, result.right_total, result.difference) == (5, 7, 2)


def test_a_measure_that_no_line_pays_for_is_compared_by_its_heading() -> None:
    result = compare([], [], left_names={"measure:1": "Jobbsjansen"}, right_names={"measure:1": "Jobbsjansen 2"})
    (row,) = result.rows
    assert row.changes == (Change.RENAMED,)
    assert (row.left, row.right) == (None, None)


def document(*blocks: Heading | Paragraph) -> Document:
    return Document(title="Plan", language="nb", blocks=blocks)


def test_only_sections_whose_words_differ_are_shown_with_what_was_taken_out_and_put_in() -> None:
    left = document(
        Heading(1, "Mål 2025", anchor="a"),
        Paragraph.of("Vi skal møtes ofte."),
        Heading(1, "Likt", anchor="b"),
        Paragraph.of("Det samme."),
    )
    right = document(
        Heading(1, "Mål 2026", anchor="a"),
        Paragraph.of("Vi skal møtes sjelden."),
        Heading(1, "Likt", anchor="b"),
        Paragraph.of("Det samme."),
    )
    (text,) = compare_texts(left, right)
    assert (text.title, text.earlier_title) == ("Mål 2026", "Mål 2025")
    assert [piece.text for piece in text.left if piece.changed] == ["ofte."]
    assert [piece.text for piece in text.right if piece.changed] == ["sjelden."]


def test_a_section_that_one_side_lacks_has_no_words_there() -> None:
    (text,) = compare_texts(document(), document(Heading(1, "Nytt"), Paragraph.of("Ord.")))
    assert text.left == ()
    assert "".join(piece.text for piece in text.right) == "Ord."


@pytest.fixture
def elvestad(cast: Cast) -> Elvestad:
    return making.make(cast)


def address(elvestad: Elvestad) -> str:
    return reverse("plans:compare", args=[elvestad.cast.programme.slug])


def edit(elvestad: Elvestad) -> None:
    """Rename the measure, change its sum and text, and add another measure."""
    by = elvestad.cast.programme_leader
    measure = Measure.objects.get(pk=elvestad.measure.pk)
    measures.change(
        measure=measure,
        values=MeasureValues(name="Familiehuset", focus_area=measure.focus_area),
        version=measure.version,
        by=by,
    )
    plan_measures.edit(
        plan_measure=elvestad.plan_measure, text="Barnehagen åpner til høsten.", version=None, by=by
    )
    budget_lines.edit(
        line=elvestad.line,
        values=LineValues(
            name="Familiehuset",
            amount=1_000_000 * KR,
            plan_measure=elvestad.plan_measure,
            source=Source.PROGRAMME_GRANT,
        ),
        version=None,
        by=by,
    )


def test_by_itself_the_page_compares_the_draft_with_the_last_edition(elvestad: Elvestad, sign_in: SignIn) -> None:
    making.adopt(elvestad)
    steps.revise(plan=elvestad.plan, reason="Ny ramme", by=elvestad.cast.programme_leader)
    edit(elvestad)
    page = sign_in(elvestad.cast.programme_leader).get(address(elvestad))
    assert page.status_code == 200
    assert page.context["left"].edition == elvestad.edition()
    assert page.context["right"].draft == elvestad.plan
    rows = {row.label: row for row in page.context["comparison"].rows}
    assert rows["Familiehuset"].changes == (Change.RENAMED, Change.CHANGED_SUM)
    assert rows["Familiehuset"].earlier_label == "Åpen barnehage"
    assert "<del>sommeren.</del>" in page.text
    assert "<ins>høsten.</ins>" in page.text


def test_two_years_are_compared_measure_by_measure(elvestad: Elvestad, sign_in: SignIn) -> None:
    cast = elvestad.cast
    making.adopt(elvestad)
    later = carry_forward(programme=cast.programme, from_year=2025, to_year=2026, by=cast.programme_leader)
    added = measures.create(
        programme=cast.programme, values=MeasureValues(name="Matservering"), by=cast.programme_leader
    )
    plan_measures.add(plan=later, measure=added, text="Nytt.", by=cast.programme_leader)
    page = sign_in(cast.coordinator).get(address(elvestad))
    rows = {row.label: row.changes for row in page.context["comparison"].rows}
    assert rows["Åpen barnehage"] == (Change.CONTINUED,)
    assert rows["Matservering"] == (Change.NEW,)


def test_the_address_chooses_the_two_versions(elvestad: Elvestad, sign_in: SignIn) -> None:
    making.adopt(elvestad)
    steps.revise(plan=elvestad.plan, reason="Ny ramme", by=elvestad.cast.programme_leader)
    edition = f"edition-{elvestad.edition().pk}"
    page = sign_in(elvestad.cast.programme_leader).get(address(elvestad), {"left": "plan-2025", "right": edition})
    assert (page.context["left"].key, page.context["right"].key) == ("plan-2025", edition)


def test_the_ministry_compares_only_editions_that_were_sent(elvestad: Elvestad, sign_in: SignIn) -> None:
    making.dispatch(elvestad)
    first = elvestad.edition()
    steps.revise(plan=elvestad.plan, reason="Ny ramme", by=elvestad.cast.programme_leader)
    edit(elvestad)
    client = sign_in(elvestad.cast.ministry_adviser)
    page = client.get(address(elvestad), {"left": f"edition-{first.pk}", "right": "plan-2025"})
    assert page.status_code == 200
    assert page.context["pair"] is None
    assert "Familiehuset" not in page.text
    making.adopt(elvestad)
    assert client.get(address(elvestad)).context["pair"] is None
    steps.revise(plan=elvestad.plan, reason="Igjen", by=elvestad.cast.programme_leader)
    making.dispatch(elvestad)
    page = client.get(address(elvestad))
    assert {page.context["left"].edition.number, page.context["right"].edition.number} == {1, 3}


@pytest.mark.parametrize(
    ("who", "status"), [("evaluator", 200), ("board_member", 200), ("resident", 404), ("outsider", 404)]
)
def test_who_may_open_the_page(elvestad: Elvestad, sign_in: SignIn, who: str, status: int) -> None:
    assert sign_in(getattr(elvestad.cast, who)).get(address(elvestad)).status_code == status


def test_the_page_asks_as_many_questions_for_twelve_measures_as_for_two(
    elvestad: Elvestad, sign_in: SignIn
) -> None:
    cast = elvestad.cast
    making.adopt(elvestad)
    later: ActionPlan = carry_forward(
        programme=cast.programme, from_year=2025, to_year=2026, by=cast.programme_leader
    )
    client = sign_in(cast.programme_leader)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address(elvestad)).status_code == 200
        return len(asked)

    def grow(start: int, stop: int) -> None:
        for number in range(start, stop):
            made = measures.create(
                programme=cast.programme, values=MeasureValues(name=f"Tiltak {number}"), by=cast.programme_leader
            )
            item = plan_measures.add(plan=later, measure=made, text="Tekst.", by=cast.programme_leader)
            budget_lines.add(
                plan=later,
                values=LineValues(name=made.name, amount=1, plan_measure=item),
                by=cast.programme_leader,
            )

    grow(0, 2)
    queries()
    few = queries()
    grow(2, 12)
    assert queries() == few
