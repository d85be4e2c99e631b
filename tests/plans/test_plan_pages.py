"""The pages of the plan: who meets them, what they show, and that they answer without script and with htmx."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samloft.accounts.models import User
from samloft.plans.actions import plans, sections
from samloft.plans.actions.plans import Frame
from samloft.plans.models import (
    ActionPlan,
    BudgetLine,
    CostKind,
    FrameKind,
    PlanMeasure,
    SectionKey,
)
from samloft.programmes.models import DocumentState, FocusArea, NationalGoal
from tests.cast import Cast
from tests.plans import drafting
from tests.plans.drafting import KR

pytestmark = pytest.mark.usefixtures("english")

SignIn = Callable[[User], Client]
HTMX = {"HTTP_HX_REQUEST": "true"}
BASE = "/programmes/elvestad/plans/"
YEAR = f"{BASE}2026/"


@pytest.fixture
def plan(cast: Cast) -> ActionPlan:
    return drafting.whole(cast)


@pytest.fixture
def leader(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.programme_leader)


def pages(plan: ActionPlan) -> dict[str, str]:
    """Every page that changes something, by name."""
    line, item = plan.lines.all()[0], plan.plan_measures.all()[0]
    part = plan.sections.filter(key=SectionKey.FOCUS_AREA)[0]
    return {
        "new": f"{BASE}new/",
        "carry": f"{YEAR}carry-forward/",
        "frame": f"{YEAR}frame/",
        "text": f"{YEAR}texts/introduction/",
        "part text": f"{YEAR}texts/focus_area/{part.focus_area_id}/",
        "delivery": f"{YEAR}parts/{part.pk}/",
        "add measure": f"{YEAR}measures/add/",
        "measure": f"{YEAR}measures/{item.pk}/",
        "remove measure": f"{YEAR}measures/{item.pk}/remove/",
        "new line": f"{YEAR}lines/new/",
        "line": f"{YEAR}lines/{line.pk}/",
        "split": f"{YEAR}lines/{line.pk}/split/",
        "remove line": f"{YEAR}lines/{line.pk}/remove/",
    }


READ = (BASE, YEAR, f"{YEAR}document.html")


@pytest.mark.parametrize("url", READ)
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("programme_leader", 200),
        ("coordinator", 200),
        ("board_member", 200),
        ("secretary", 200),
        ("ministry_adviser", 403),
        ("county_governor", 403),
        ("evaluator", 403),
        ("outsider", 404),
        ("resident", 404),
    ],
)
def test_drafts_are_for_those_who_may_see_drafts(
    cast: Cast, plan: ActionPlan, sign_in: SignIn, url: str, who: str, status: int
) -> None:
    assert sign_in(getattr(cast, who)).get(url).status_code == status


@pytest.mark.parametrize(("who", "status"), [("coordinator", 200), ("board_member", 403), ("outsider", 404)])
def test_only_those_who_write_the_plan_meet_its_forms(
    cast: Cast, plan: ActionPlan, sign_in: SignIn, who: str, status: int
) -> None:
    client = sign_in(getattr(cast, who))
    assert {name: client.get(url).status_code for name, url in pages(plan).items()} == dict.fromkeys(
        pages(plan), status
    )


def test_what_is_only_posted_answers_nobody_else(cast: Cast, plan: ActionPlan, sign_in: SignIn) -> None:
    client = sign_in(cast.board_member)
    item = plan.plan_measures.all()[0]
    for url in (f"{YEAR}goal-fit/", f"{YEAR}measures/{item.pk}/move/"):
        assert client.post(url).status_code == 403
        assert client.get(url).status_code == 405


def test_another_years_line_is_not_found_here(cast: Cast, plan: ActionPlan, leader: Client) -> None:
    other = drafting.whole(cast, year=2027)
    line, item = other.lines.all()[0], other.plan_measures.all()[0]
    for url in (
        f"lines/{line.pk}/",
        f"lines/{line.pk}/split/",
        f"lines/{line.pk}/remove/",
        f"measures/{item.pk}/",
    ):
        assert leader.get(YEAR + url).status_code == 404
    foreign = FocusArea.objects.create(programme=cast.other_programme, name="Kultur")
    for url in (f"texts/focus_area/{foreign.pk}/", "texts/focus_area/", "texts/strange/", "document.odt"):
        assert leader.get(YEAR + url).status_code == 404
    assert leader.get(f"{BASE}2031/").status_code == 404


@pytest.mark.parametrize("url", [BASE, YEAR])
def test_the_queries_do_not_grow(cast: Cast, leader: Client, url: str) -> None:
    counts = []
    for year, size in ((2026, 2), (2027, 12)):
        plan = drafting.whole(cast, measures_count=size, year=year)
        goal = NationalGoal.objects.create(year=year, position=1, text="Gode nærmiljø.", source="Prop. 1 S")
        goal.measures.set(item.measure for item in plan.plan_measures.all())
        with CaptureQueriesContext(connection) as queries:
            assert leader.get(url.replace("2026", str(year))).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 26


def test_the_plan_is_read_as_the_document_with_its_figures_beside_it(
    cast: Cast, plan: ActionPlan, leader: Client
) -> None:
    page = leader.get(YEAR).content.decode().replace("\u00a0", " ")
    assert "Dette skjer i tiltak 2." in page
    assert '<td class="number">1 250 000</td>' in page
    for wanted in ('id="introduction"', 'id="measures"', 'id="budget"', 'id="own_effort"', 'id="plan-check"'):
        assert page.count(wanted) == 1


def test_the_list_tells_state_total_frame_and_whose_move_it_is(
    cast: Cast, plan: ActionPlan, leader: Client
) -> None:
    page = leader.get(BASE).content.decode().replace("\u00a0", " ")
    assert "1 250 000" in page and "Unknown" in page and "Programledelsen" in page
    drafting.close(plan, DocumentState.RECOMMENDED)
    assert "Kommunestyret" in leader.get(BASE).content.decode()


def test_an_empty_list_offers_the_first_step(cast: Cast, leader: Client) -> None:
    page = leader.get(BASE).content.decode()
    assert "No plans yet" in page and f"{BASE}new/" in page


def test_a_closed_plan_has_no_buttons_and_says_why(cast: Cast, plan: ActionPlan, leader: Client) -> None:
    drafting.close(plan, DocumentState.DISPATCHED)
    page = leader.get(YEAR).content.decode()
    assert "closed for changes" in page and "start a revision" in page
    assert f"{YEAR}lines/" not in page and f"{YEAR}texts/" not in page and f"{YEAR}frame/" not in page


def test_a_closed_plan_refuses_what_was_typed_and_keeps_it(cast: Cast, plan: ActionPlan, leader: Client) -> None:
    drafting.close(plan)
    answer = leader.post(f"{YEAR}texts/introduction/", {"text": "Skrevet for sent.", "version": "1"})
    page = answer.content.decode()
    assert answer.status_code == 200 and "Start a revision" in page and "Skrevet for sent." in page


def test_a_new_year_is_started_with_last_years_content(cast: Cast, plan: ActionPlan, leader: Client) -> None:
    answer = leader.post(f"{BASE}new/", {"year": "2027", "carry_from": "2026"})
    assert answer.url == f"{BASE}2027/"
    assert ActionPlan.objects.get(year=2027).lines.count() == plan.lines.count()
    assert leader.post(f"{BASE}new/", {"year": "2028", "carry_from": ""}).url == f"{BASE}2028/"
    assert ActionPlan.objects.get(year=2028).lines.count() == 0
    assert "already" in leader.post(f"{BASE}new/", {"year": "2027", "carry_from": "2026"}).content.decode()


def test_what_is_missing_is_fetched_into_a_plan_that_has_begun(
    cast: Cast, plan: ActionPlan, leader: Client
) -> None:
    drafting.start(cast, 2027)
    answer = leader.post(f"{BASE}2027/carry-forward/", {"carry_from": "2026"})
    assert answer.url == f"{BASE}2027/"
    assert ActionPlan.objects.get(year=2027).plan_measures.count() == 3


def test_a_text_is_written_without_script(plan: ActionPlan, leader: Client) -> None:
    section = plan.sections.get(key=SectionKey.INTRODUCTION)
    answer = leader.post(f"{YEAR}texts/introduction/", {"text": "Et godt år.", "version": "1"})
    assert answer.url == f"{YEAR}#section-{section.pk}"
    assert "Et godt år." in leader.get(YEAR).content.decode()


def test_htmx_gets_the_part_back_in_its_place(plan: ActionPlan, leader: Client) -> None:
    section = plan.sections.get(key=SectionKey.INTRODUCTION)
    form = leader.get(f"{YEAR}texts/introduction/", **HTMX).content.decode()
    assert f'id="editor-section-{section.pk}"' in form and "data-hx-post" in form
    assert "data-hx-post" not in leader.get(f"{YEAR}texts/introduction/").content.decode().split("<main")[1]
    answer = leader.post(f"{YEAR}texts/introduction/", {"text": "Et godt år.", "version": "1"}, **HTMX)
    assert (answer["HX-Retarget"], answer["HX-Reselect"]) == (f"#section-{section.pk}", f"#section-{section.pk}")
    assert "Et godt år." in answer.content.decode()


def test_two_who_write_the_same_text_both_keep_it(cast: Cast, plan: ActionPlan, leader: Client) -> None:
    section = plan.sections.get(key=SectionKey.INTRODUCTION)
    sections.write(section=section, text="Hennes.", version=1, by=cast.coordinator)
    page = leader.post(f"{YEAR}texts/introduction/", {"text": "Min.", "version": "1"}).content.decode()
    assert "Hennes." in page and "Min." in page
    section.refresh_from_db()
    assert section.text == "Hennes."


def test_a_focus_area_younger_than_the_plan_is_written(cast: Cast, plan: ActionPlan, leader: Client) -> None:
    area = FocusArea.objects.create(programme=cast.programme, name="Kultur", position=9)
    url = f"{YEAR}texts/focus_area/{area.pk}/"
    assert url in leader.get(YEAR).content.decode()
    leader.post(url, {"text": "Om kultur.", "version": ""})
    assert plan.sections.get(focus_area=area).text == "Om kultur."


def test_a_part_is_delivered_and_shows_it(plan: ActionPlan, leader: Client) -> None:
    section = plan.sections.filter(key=SectionKey.FOCUS_AREA)[0]
    url = f"{YEAR}parts/{section.pk}/"
    empty = leader.post(url, {"due_on": "2025-11-01", "delivered_on": "2025-11-15"})
    assert "Write the text first" in empty.content.decode()
    leader.post(url, {"due_on": "2025-11-01", "delivered_on": ""})
    assert "was due 01.11.2025" in leader.get(YEAR).content.decode()
    leader.post(f"{YEAR}texts/focus_area/{section.focus_area_id}/", {"text": "Klart.", "version": "2"})
    leader.post(url, {"due_on": "2025-11-01", "delivered_on": "2025-11-15"})
    page = leader.get(YEAR).content.decode()
    assert "15.11.2025" in page and "(was due 01.11.2025)" in page


def test_the_frame_is_set_in_words_people_write(plan: ActionPlan, leader: Client) -> None:
    typed = {
        "kind": "award",
        "amount": "1,3 mill.",
        "carry_over": "",
        "source": "KDD",
        "letter": "26/1",
        "version": "1",
    }
    assert leader.post(f"{YEAR}frame/", typed).url == f"{YEAR}#frame"
    plan.refresh_from_db()
    assert (plan.frame_total, plan.frame_kind) == (1_300_000 * KR, FrameKind.AWARD)
    assert "50 000 kr" in leader.get(YEAR).content.decode().replace("\u00a0", " ")
    unclear = leader.post(f"{YEAR}frame/", {**typed, "amount": "ca. 2 mill."}).content.decode()
    assert "ca. 2 mill." in unclear and "error-summary" in unclear


def test_a_frame_that_someone_else_has_set_is_told_in_kroner(cast: Cast, plan: ActionPlan, leader: Client) -> None:
    frame = Frame(FrameKind.EXPECTED, 5_000_000 * KR)
    plans.set_frame(plan=plan, frame=frame, version=1, by=cast.coordinator)
    typed = {"kind": "expected", "amount": "4 000 000", "version": "1"}
    page = leader.post(f"{YEAR}frame/", typed).content.decode().replace("\u00a0", " ")
    assert "5 000 000 kr" in page and "4 000 000" in page


def test_a_line_is_added_changed_and_removed(plan: ActionPlan, leader: Client) -> None:
    item = plan.plan_measures.all()[0]
    typed = {"pays_for": f"measure-{item.pk}", "name": "", "amount": "50 000,-", "source": "county"}
    assert leader.post(f"{YEAR}lines/new/", typed).url == f"{YEAR}#budget-table"
    line = BudgetLine.objects.latest("pk")
    assert (line.name, line.amount, line.source, line.plan_measure) == ("Tiltak 1", 50_000 * KR, "county", item)
    url = f"{YEAR}lines/{line.pk}/"
    changed = {"pays_for": "open_pot", "name": "Potten", "amount": "60 000", "source": "", "version": "1"}
    leader.post(url, {**changed, "posts": "2", "salary_percent": "25"})
    line.refresh_from_db()
    assert (line.name, line.amount, line.source, line.plan_measure) == ("Potten", 60_000 * KR, "", None)
    assert (line.purpose, line.posts, line.salary_percent) == ("open_pot", 2, 25)
    stale = leader.post(url, {**changed, "amount": "70 000"}).content.decode().replace("\u00a0", " ")
    assert "60 000 kr" in stale and "70 000" in stale
    leader.post(f"{url}remove/")
    assert not BudgetLine.objects.filter(pk=line.pk).exists()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"amount": "tull"}, "error-summary"),
        ({"amount": "100", "posts": "2"}, "both the number of posts"),
        ({"amount": "-100"}, "less than zero"),
        ({"amount": "100", "pays_for": "measure-99999"}, "error-summary"),
        ({"amount": "100", "name": "", "pays_for": ""}, "Give the line a name"),
    ],
)
def test_a_line_that_cannot_stand_keeps_what_was_typed(
    plan: ActionPlan, leader: Client, typed: dict[str, str], says: str
) -> None:
    before = BudgetLine.objects.count()
    answer = leader.post(f"{YEAR}lines/new/", {"name": "Linje", "pays_for": "", "source": "", **typed})
    assert answer.status_code == 200 and says in answer.content.decode()
    assert typed["amount"] in answer.content.decode() and BudgetLine.objects.count() == before


def test_a_line_is_split_and_too_much_is_refused(plan: ActionPlan, leader: Client) -> None:
    line = plan.lines.get(name="Programledelse")
    url = f"{YEAR}lines/{line.pk}/split/"
    leader.post(url, {"salary": "600 000", "travel": "50 000", "version": "1"})
    assert dict(line.splits.values_list("kind", "amount")) == {
        CostKind.SALARY: 600_000 * KR,
        CostKind.TRAVEL: 50_000 * KR,
    }
    assert "Travel 50 000" in leader.get(YEAR).content.decode().replace("\u00a0", " ")
    assert "add up to" in leader.post(url, {"salary": "700 000", "version": "2"}).content.decode()


def test_a_measure_is_added_new_or_old_written_moved_and_taken_out(
    cast: Cast, plan: ActionPlan, leader: Client
) -> None:
    old = drafting.measure(cast, "Gammelt tiltak")
    area = cast.focus_areas[0]
    leader.post(f"{YEAR}measures/add/", {"measure": old.pk, "name": "", "text": "I år."})
    leader.post(f"{YEAR}measures/add/?in=area-{area.pk}", {"measure": "", "name": "Nytt", "focus_area": area.pk})
    names = [item.measure.name for item in plan.plan_measures.select_related("measure")]
    assert names == ["Tiltak 1", "Tiltak 2", "Tiltak 3", "Gammelt tiltak", "Nytt"]
    item = PlanMeasure.objects.get(measure=old)
    leader.post(f"{YEAR}measures/{item.pk}/", {"text": "Skrevet om.", "version": "1"})
    leader.post(f"{YEAR}measures/{item.pk}/move/", {"direction": "up"})
    item.refresh_from_db()
    assert (item.text, item.position) == ("Skrevet om.", 1)
    assert leader.post(f"{YEAR}measures/{item.pk}/move/", {"direction": "sideways"}).status_code == 404
    leader.post(f"{YEAR}measures/{item.pk}/remove/")
    assert not PlanMeasure.objects.filter(pk=item.pk).exists()


def test_a_choice_of_both_or_neither_measure_is_asked_about(cast: Cast, plan: ActionPlan, leader: Client) -> None:
    old = drafting.measure(cast, "Gammelt tiltak")
    for typed in ({"measure": "", "name": ""}, {"measure": old.pk, "name": "Nytt"}):
        assert "Choose a measure that exists" in leader.post(f"{YEAR}measures/add/", typed).content.decode()


def test_a_measure_with_a_line_is_not_taken_out(plan: ActionPlan, leader: Client) -> None:
    item = plan.plan_measures.all()[0]
    answer = leader.post(f"{YEAR}measures/{item.pk}/remove/")
    assert "Remove the line" in answer.content.decode() and PlanMeasure.objects.filter(pk=item.pk).exists()


def test_the_fit_with_national_goals_is_drafted_from_the_links(
    cast: Cast, plan: ActionPlan, leader: Client
) -> None:
    assert "No national goals" in leader.get(YEAR).content.decode()
    served = NationalGoal.objects.create(year=2026, position=1, text="Gode nærmiljø.", source="Prop. 1 S")
    NationalGoal.objects.create(year=2026, position=2, text="Samordnede tjenester.", source="Prop. 1 S")
    plan.plan_measures.all()[0].measure.national_goals.add(served)
    leader.post(f"{YEAR}goal-fit/")
    text = plan.sections.get(key=SectionKey.GOAL_FIT).text
    assert "- Gode nærmiljø: Tiltak 1." in text and text.rstrip().endswith("- Samordnede tjenester.")
    leader.post(f"{YEAR}goal-fit/")
    assert plan.sections.get(key=SectionKey.GOAL_FIT).text == text


def test_the_draft_is_taken_along_in_three_formats(plan: ActionPlan, leader: Client) -> None:
    for ending, kind in (("pdf", "application/pdf"), ("docx", "officedocument"), ("html", "text/html")):
        answer = leader.get(f"{YEAR}document.{ending}")
        assert kind in answer["Content-Type"]
        assert (
            answer["Content-Disposition"].startswith("attachment")
            and f".{ending}" in answer["Content-Disposition"]
        )
