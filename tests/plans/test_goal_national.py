"""The state's goals per budget year: what answers them, and the text of the plan that says so (B4)."""

import csv
from collections.abc import Callable
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from samloft.accounts.models import User
from samloft.core.errors import RuleBroken, StaleEdit
from samloft.core.models import AuditRow
from samloft.plans.actions import measure_goals, national_links
from samloft.plans.models import Measure, Phase
from samloft.plans.queries.goal_fit import draft
from samloft.plans.queries.national_links import national_rows, recurrences
from samloft.plans.queries.national_service import goal_services
from samloft.programmes.actions import goals as goal_actions
from samloft.programmes.actions.goals import GoalValues
from samloft.programmes.models import Goal, GoalLevel, NationalGoal
from tests.cast import Cast
from tests.plans.measure_factory import give_money, make_goal, make_measure, make_national_goal, make_plan

SignIn = Callable[[User], Client]


def national(text: str, year: int = 2026, position: int = 1) -> NationalGoal:
    return NationalGoal.objects.create(year=year, position=position, text=text, source="Prop. 1 S")


def serve(cast: Cast, measure: Measure, *goals: Goal) -> None:
    measure_goals.set_goals(measure=measure, weights=dict.fromkeys(goals), by=cast.coordinator)


def answer(cast: Cast, measure: Measure, *goals: NationalGoal) -> None:
    measure_goals.set_national_goals(measure=measure, goals=goals, by=cast.coordinator)


def address(name: str, *args: object) -> str:
    return reverse(f"plans:{name}", args=["elvestad", *args])


def main_goal(cast: Cast, text: str = "Hovedmål") -> Goal:
    values = GoalValues(text, GoalLevel.MAIN)
    return goal_actions.add(programme=cast.programme, values=values, by=cast.programme_leader)


def test_a_goal_of_the_state_is_answered_by_measures_directly_and_through_the_programmes_goals(cast: Cast) -> None:
    first, second, alone = national("Arbeid"), national("Skole", position=2), national("Trygghet", position=3)
    goal = make_goal(cast)
    goal.national_goals.add(second)
    direct, through, idea = make_measure(cast, "A"), make_measure(cast, "B"), make_measure(cast, "Idé")
    for measure in (direct, through):
        give_money(cast, measure, 10)
    answer(cast, direct, first)
    answer(cast, idea, first, alone)
    serve(cast, through, goal)
    rows = national_rows(cast.programme, 2026, make_plan(cast))
    assert [(row.goals, row.measures, row.by_goals, row.outside) for row in rows] == [
        ((), (direct,), (), (idea,)),
        ((goal,), (), (through,), ()),
        ((), (), (), (idea,)),
    ]
    assert [row.is_served for row in rows] == [True, True, False]
    assert [row.is_served for row in national_rows(cast.programme, 2026, None)] == [True, True, True]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "nb",
            "Tiltakene i planen støtter de nasjonale målene for 2026 slik:\n"
            "- Flere i arbeid: Ungdom i arbeid og Jobbhuset. "
            "I programmet er dette målet «Flere unge har jobb».\n\n"
            "Ingen tiltak i planen er knyttet til disse målene:\n- Trygge gater.",
        ),
        (
            "nn",
            "Tiltaka i planen støttar dei nasjonale måla for 2026 slik:\n"
            "- Flere i arbeid: Ungdom i arbeid og Jobbhuset. "
            "I programmet er dette målet «Flere unge har jobb».\n\n"
            "Ingen tiltak i planen er knytte til desse måla:\n- Trygge gater.",
        ),
    ],
)
def test_the_plans_text_is_drafted_from_the_links_of_goals_and_measures(
    cast: Cast, language: str, said: str
) -> None:
    work = national("Flere i arbeid.")
    national("Trygge gater.", position=2)
    goal = make_goal(cast, "Flere unge har jobb.")
    goal.national_goals.add(work)
    direct, through = make_measure(cast, "Ungdom i arbeid"), make_measure(cast, "Jobbhuset")
    answer(cast, direct, work)
    serve(cast, through, goal)
    with translation.override(language):
        assert draft(2026, goal_services(2026, [direct, through])) == said


def test_a_goal_that_recurs_offers_last_years_links_that_are_missing(cast: Cast) -> None:
    old, dropped = national("Flere skal være i arbeid."), national("Trygge gater", position=2)
    same = national("Flere skal være i arbeid", 2027, position=4)
    changed = national("Flere og bedre møteplasser", 2027, position=1)
    goal, measure, closed = make_goal(cast), make_measure(cast), make_measure(cast, "Ferdig", phase=Phase.CLOSED)
    goal.national_goals.add(old)
    for one in (measure, closed):
        answer(cast, one, old, dropped)
    (found,) = recurrences(cast.programme, 2027)
    assert (found.before, found.now, found.goals, found.measures) == (old, same, (goal,), (measure,))
    assert found.is_unchanged
    answer(cast, measure, old, dropped, same)
    assert recurrences(cast.programme, 2027)[0].measures == ()
    goal.national_goals.add(same)
    assert recurrences(cast.programme, 2027) == ()
    assert changed not in [one.now for one in recurrences(cast.programme, 2027)]


def test_a_goal_with_almost_the_same_words_recurs_but_is_marked_as_changed(cast: Cast) -> None:
    old = national("Flere deltar i lokalsamfunnet og påvirker det")
    national("Flere innbyggere deltar i lokalsamfunnet og påvirker det", 2028)
    answer(cast, make_measure(cast), old)
    (found,) = recurrences(cast.programme, 2028)
    assert not found.is_unchanged
    assert recurrences(cast.programme, 2026) == () and recurrences(cast.programme, 2027) == ()


def test_links_are_set_for_one_goal_of_the_state_and_those_to_others_stay(cast: Cast) -> None:
    first, other = national("Arbeid"), national("Skole", position=2)
    goal, measure, former = main_goal(cast), make_measure(cast), make_measure(cast, "Før")
    answer(cast, measure, other)
    answer(cast, former, first)
    by = cast.programme_leader
    national_links.set_links(
        programme=cast.programme, national_goal=first, goals=[goal], measures=[measure], by=by
    )
    assert set(measure.national_goals.all()) == {first, other}
    assert (list(goal.national_goals.all()), list(former.national_goals.all())) == ([first], [])
    assert AuditRow.objects.filter(action="measure.national_goals_set").count() == 4
    national_links.set_links(programme=cast.programme, national_goal=first, goals=None, measures=[], by=by)
    assert list(goal.national_goals.all()) == [first] and list(measure.national_goals.all()) == [other]


def test_records_of_another_programme_are_refused(cast: Cast) -> None:
    first, measure = national("Arbeid"), make_measure(cast)
    with pytest.raises(RuleBroken):
        national_links.set_links(
            programme=cast.other_programme, national_goal=first, goals=None, measures=[measure], by=cast.outsider
        )
    with pytest.raises(RuleBroken):
        national_links.carry_over(
            programme=cast.other_programme, goals=[(main_goal(cast), first)], by=cast.outsider
        )


def test_a_link_made_by_someone_else_in_between_is_not_lost_when_a_goal_is_saved(cast: Cast) -> None:
    goal, first = main_goal(cast), national("Arbeid")
    goal_actions.set_national_goals(goal=goal, national_goals=[first], by=cast.programme_leader)
    values = GoalValues("Hovedmål", GoalLevel.MAIN)
    with pytest.raises(StaleEdit):
        goal_actions.change(goal=goal, values=values, version=goal.version, by=cast.programme_leader)
    assert list(goal.national_goals.all()) == [first]


def test_the_page_of_a_year_lists_what_answers_and_what_nobody_answers(
    cast: Cast, sign_in: SignIn, english: None
) -> None:
    work = national("Flere i arbeid")
    national("Trygge gater", position=2)
    measure = make_measure(cast, "Jobbhuset")
    answer(cast, measure, work)
    give_money(cast, measure, 10)
    text = sign_in(cast.board_member).get(address("goal_national")).content.decode()
    assert "Jobbhuset" in text and text.count("No measure in scope") == 1
    assert address("goal_national_link", work.pk) not in text
    leader = sign_in(cast.programme_leader)
    assert address("goal_national_link", work.pk) in leader.get(address("goal_national")).content.decode()
    make_plan(cast, 2027)
    assert (
        "No national goals are recorded for 2027"
        in leader.get(address("goal_national"), {"year": "2027"}).content.decode()
    )


def test_the_leader_chooses_what_answers_and_a_coordinator_only_measures(cast: Cast, sign_in: SignIn) -> None:
    work, goal, measure = national("Flere i arbeid"), main_goal(cast), make_measure(cast)
    page = address("goal_national_link", work.pk)
    sign_in(cast.programme_leader).post(page, {"goals": [goal.pk], "measures": [measure.pk]})
    assert list(work.goals.all()) == [goal] and list(work.measures.all()) == [measure]
    sign_in(cast.coordinator).post(page, {"goals": [], "measures": []})
    assert list(work.goals.all()) == [goal] and not work.measures.exists()


def test_the_suggestion_is_followed_by_ticking_it(cast: Cast, sign_in: SignIn, english: None) -> None:
    old, new = national("Flere i arbeid"), national("Flere i arbeid", 2027)
    goal, measure = main_goal(cast), make_measure(cast, "Jobbhuset")
    goal.national_goals.add(old)
    answer(cast, measure, old)
    client, page = sign_in(cast.programme_leader), address("goal_national_carry", 2027)
    assert "2 links from the year before" in client.get(address("goal_national"), {"year": 2027}).content.decode()
    form = client.get(page).content.decode()
    assert form.count(" checked") == 2 and "Measure: Jobbhuset" in form
    client.post(page, {f"national_{new.pk}": [f"measure-{measure.pk}"]})
    assert list(measure.national_goals.order_by("year")) == [old, new] and list(goal.national_goals.all()) == [old]
    coordinators = sign_in(cast.coordinator).get(page).content.decode()
    assert "Goal:" not in coordinators and "Nothing to carry over" in coordinators


def test_the_forms_offer_the_latest_years_and_keep_earlier_links(cast: Cast, sign_in: SignIn) -> None:
    for year in (2025, 2026, 2027, 2028):
        national(f"Mål for {year}", year)
    goal, measure = main_goal(cast), make_measure(cast)
    earlier = NationalGoal.objects.get(year=2025)
    goal.national_goals.add(earlier)
    answer(cast, measure, earlier)
    client = sign_in(cast.programme_leader)
    for page in (
        reverse("programmes:goal_edit", args=["elvestad", goal.pk]),
        address("measure_goals_edit", measure.pk),
    ):
        text = client.get(page).content.decode()
        assert all(f"Mål for {year}" in text for year in (2025, 2027, 2028)) and "Mål for 2026" not in text


@pytest.mark.parametrize("name", ["goal_national", "goal_national_link", "goal_national_carry"])
def test_who_opens_the_pages(cast: Cast, sign_in: SignIn, name: str) -> None:
    goal = make_national_goal()
    page = address(
        name, *{"goal_national": [], "goal_national_link": [goal.pk], "goal_national_carry": [2026]}[name]
    )
    for person in (cast.programme_leader, cast.coordinator):
        assert sign_in(person).get(page).status_code == 200
    for person in (cast.board_member, cast.municipal_director, cast.secretary):
        assert sign_in(person).get(page).status_code == (200 if name == "goal_national" else 403)
    for person in (cast.ministry_adviser, cast.county_governor, cast.evaluator):
        assert sign_in(person).get(page).status_code == 403
    for person in (cast.outsider, cast.resident, cast.operator):
        assert sign_in(person).get(page).status_code == 404


@pytest.mark.parametrize("name", ["goal_national", "goal_national_link", "goal_national_carry"])
def test_the_queries_do_not_grow(cast: Cast, sign_in: SignIn, name: str) -> None:
    client, counts = sign_in(cast.programme_leader), []
    first = national("Første mål")
    page = address(
        name, *{"goal_national": [], "goal_national_link": [first.pk], "goal_national_carry": [2027]}[name]
    )
    for number in (2, 12):
        for one in range(number):
            place = number * 100 + one
            old, _new = (national(f"Mål nummer {place}", year, place) for year in (2026, 2027))
            goal, measure = make_goal(cast, f"Mål {place}"), make_measure(cast, f"Tiltak {place}")
            goal.national_goals.add(old)
            answer(cast, measure, old)
            serve(cast, measure, goal)
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        counts.append(len(queries))
    assert counts[0] == counts[1], [query["sql"] for query in queries.captured_queries]


def test_the_list_goes_to_a_spreadsheet(cast: Cast, sign_in: SignIn, english: None) -> None:
    work, goal, measure = (
        national("Flere i arbeid"),
        make_goal(cast, "Flere unge har jobb"),
        make_measure(cast, "Hus"),
    )
    national("Trygge gater", position=2)
    goal.national_goals.add(work)
    serve(cast, measure, goal)
    page = address("goal_national_file", "csv")
    answered = sign_in(cast.board_member).get(page)
    rows = list(csv.DictReader(StringIO(b"".join(answered).decode("utf-8-sig")), delimiter=";"))  # type: ignore[arg-type]
    assert [(row["Served"], row["The programme's goals"]) for row in rows] == [
        ("Yes", "Flere unge har jobb"),
        ("No", ""),
    ]
    assert sign_in(cast.board_member).get(address("goal_national_file", "xlsx")).status_code == 200
    for person, status in ((cast.ministry_adviser, 403), (cast.outsider, 404), (cast.operator, 404)):
        assert sign_in(person).get(page).status_code == status


def test_the_page_opens_at_the_latest_plan_whose_year_has_goals(cast: Cast, sign_in: SignIn) -> None:
    national("Arbeid")
    for year in (2026, 2027):
        make_plan(cast, year)
    assert sign_in(cast.programme_leader).get(address("goal_national")).context["year"] == 2026
