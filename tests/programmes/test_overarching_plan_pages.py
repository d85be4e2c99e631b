"""The pages of overarching plans, and the uptake across programmes (A7)."""

import csv
from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samloft.accounts.models import User
from samloft.places.models import County
from samloft.programmes.actions import goals, overarching_plans, uptakes
from samloft.programmes.actions.goals import GoalValues
from samloft.programmes.actions.overarching_plans import OverarchingPlanValues
from samloft.programmes.actions.uptakes import UptakeValues
from samloft.programmes.models import (
    Goal,
    GoalLevel,
    GoalState,
    OverarchingPlan,
    OverarchingPlanKind,
    Programme,
    Role,
    Seat,
    Uptake,
    UptakeState,
)
from samloft.programmes.queries.overarching_plans import across, plan_rows, plans_to_choose
from tests.cast import Cast
from tests.programmes.filled import queries_do_not_grow
from tests.programmes.plan_factory import make_goal_of, make_plan

SignIn = Callable[[User], Client]


def page(name: str, *args: object) -> str:
    return reverse(f"programmes:{name}", args=["elvestad", *args])


def take_up(cast: Cast, plan: OverarchingPlan, state: str, on: date | None = None, **more: object) -> Uptake:
    values = UptakeValues(state, on, **more)  # type: ignore[arg-type]
    return uptakes.record(plan=plan, programme=cast.programme, values=values, by=cast.programme_leader)


def regional(cast: Cast) -> OverarchingPlan:
    values = OverarchingPlanValues(OverarchingPlanKind.REGIONAL, "Regional plan", county=County.objects.get())
    return overarching_plans.add(programme=cast.programme, values=values, by=cast.programme_leader)


def test_the_latest_date_decides_and_a_row_without_date_counts_from_when_it_was_recorded(cast: Cast) -> None:
    plan = make_plan(cast)
    assert str(plan_rows(cast.programme)[0].standings[0].status.label) == "Unknown"
    take_up(cast, plan, UptakeState.ADOPTED, date(2025, 6, 19), place="kapittel 4")
    take_up(cast, plan, UptakeState.INPUT_GIVEN, date(2024, 9, 1))
    (row,) = plan_rows(cast.programme)
    (standing,) = row.standings
    assert standing.uptake and standing.uptake.place == "kapittel 4"
    assert [one.on for one in row.history] == [date(2025, 6, 19), date(2024, 9, 1)]
    take_up(cast, plan, UptakeState.ABSENT)
    assert str(plan_rows(cast.programme)[0].standings[0].status.label) == "Not in the plan"


def test_a_countys_plan_stands_for_the_county_and_for_each_municipality_by_itself(cast: Cast) -> None:
    plan, place = regional(cast), cast.programme.municipality
    take_up(cast, plan, UptakeState.ON_HEARING, municipality=place)
    own, municipal = plan_rows(cast.programme)[0].standings
    assert (own.place, own.uptake) == (plan.county, None)
    assert municipal.place == place and str(municipal.status.label) == "On hearing"


def test_the_page_of_a_plan_shows_goals_followed_uptake_and_history(cast: Cast, sign_in: SignIn) -> None:
    plan = make_plan(cast, first_year=2024, url="https://example.no/plan")
    above = make_goal_of(cast, plan)
    goals.add(
        programme=cast.programme,
        values=GoalValues("Et godt sted", GoalLevel.MAIN, overarching_goals=(above,)),
        by=cast.programme_leader,
    )
    take_up(cast, plan, UptakeState.INPUT_GIVEN, date(2024, 9, 1))
    for name, args in (("overarching_plan", [plan.pk]), ("overarching_plans", [])):
        text = sign_in(cast.county_governor).get(page(name, *args)).content.decode()
        assert "Gode levekår for alle" in text and "01.09.2024" in text and "Input given" in text
    text = sign_in(cast.county_governor).get(page("overarching_plan", plan.pk)).content.decode()
    assert "Et godt sted" in text and "https://example.no/plan" in text and "2024–unknown" in text
    assert page("overarching_plan_edit", plan.pk) not in text


def test_the_leader_records_a_plan_a_goal_and_what_it_has_taken_up(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.programme_leader)
    place = cast.programme.municipality
    form = {"kind": "housing", "title": "Boligplan", "owner": f"municipality-{place.pk}", "adopted_on": ""}
    client.post(page("overarching_plan_new"), form)
    plan = OverarchingPlan.objects.get()
    client.post(page("overarching_goal_new", plan.pk), {"text": "Flere eier boligen sin"})
    client.post(page("uptake_new", plan.pk), {"state": "adopted", "on": "2025-01-15", "place": "kapittel 2"})
    assert plan.goals.get().text == "Flere eier boligen sin"
    assert Uptake.objects.get().on == date(2025, 1, 15)
    client.post(page("overarching_goal_edit", plan.goals.get().pk), {"text": "Flere eier bolig", "version": 1})
    form |= {"title": "Boligplanen", "version": "1"}
    client.post(page("overarching_plan_edit", plan.pk), form)
    plan.refresh_from_db()
    assert (plan.title, plan.goals.get().text) == ("Boligplanen", "Flere eier bolig")


def test_the_leader_links_a_goal_of_the_programme_also_when_it_is_adopted(cast: Cast, sign_in: SignIn) -> None:
    above = make_goal_of(cast, make_plan(cast))
    goal = goals.add(
        programme=cast.programme, values=GoalValues("Hovedmål", GoalLevel.MAIN), by=cast.programme_leader
    )
    Goal.objects.filter(pk=goal.pk).update(state=GoalState.ADOPTED)
    client = sign_in(cast.programme_leader)
    assert above.plan.title in client.get(page("goal_edit", goal.pk)).content.decode()
    form = {"text": "Hovedmål", "level": "main", "overarching_goals": [above.pk], "version": goal.version}
    client.post(page("goal_edit", goal.pk), form)
    assert list(goal.overarching_goals.all()) == [above]
    assert above.text in client.get(page("goal", goal.pk)).content.decode()


def test_a_plan_of_the_county_is_shared_and_only_its_keeper_changes_it(cast: Cast, sign_in: SignIn) -> None:
    plan = regional(cast)
    own = make_plan(cast)
    assert list(plans_to_choose(cast.other_programme)) == [plan] and own not in plans_to_choose(cast.programme)
    client = sign_in(cast.outsider)
    address = reverse("programmes:overarching_plan", args=["asmark", plan.pk])
    assert client.get(address).status_code == 404
    choose = reverse("programmes:overarching_plan_choose", args=["asmark"])
    assert "Regional plan" in client.get(choose).content.decode()
    client.post(choose, {"plan": plan.pk})
    take_up(cast, plan, UptakeState.ABSENT, date(2024, 1, 2))
    text = client.get(address).content.decode()
    assert "The record is kept by" in text and "02.01.2024" not in text
    edit = reverse("programmes:overarching_plan_edit", args=["asmark", plan.pk])
    form = {"kind": "regional", "title": "Vår plan", "owner": f"county-{plan.county_id}"}
    assert "keeps the record" in client.post(edit, form).content.decode()


def test_what_one_programme_says_of_a_plan_is_not_removed_under_another(cast: Cast, sign_in: SignIn) -> None:
    plan = regional(cast)
    overarching_plans.build_on(plan=plan, programme=cast.other_programme, by=cast.outsider)
    uptake = take_up(cast, plan, UptakeState.ABSENT)
    address = reverse("programmes:uptake_remove", args=["asmark", uptake.pk])
    assert sign_in(cast.outsider).post(address).status_code == 404


def test_across_programmes_unknown_is_shown_as_unknown(cast: Cast, sign_in: SignIn) -> None:
    take_up(cast, make_plan(cast), UptakeState.ADOPTED, date(2025, 6, 19))
    Seat.objects.create(
        programme=cast.other_programme, user=cast.county_governor, role=Role.COUNTY_GOVERNOR, starts_on=None
    )
    client = sign_in(cast.county_governor)
    text = client.get(reverse("programmes:uptakes")).content.decode()
    assert "Områdeløft Åsmark" in text and "No plan recorded" in text and "19.06.2025" in text
    answer = client.get(reverse("programmes:uptakes_file", args=["csv"]))
    rows = list(csv.DictReader(StringIO(b"".join(answer).decode("utf-8-sig")), delimiter=";"))  # type: ignore[arg-type]
    assert [(row["Municipality or county"], row["State"], row["Date"]) for row in rows] == [
        ("Elvestad", "Adopted", "2025-06-19"),
        ("Åsmark", "Unknown", ""),
    ]
    assert client.get(reverse("programmes:uptakes_file", args=["xlsx"])).status_code == 200
    assert client.get(reverse("programmes:uptakes_file", args=["exe"])).status_code == 404


@pytest.mark.parametrize("name", ["uptakes", "uptakes_file"])
def test_across_programmes_everyone_sees_their_own_and_strangers_nothing(
    cast: Cast, client: Client, sign_in: SignIn, name: str
) -> None:
    take_up(cast, make_plan(cast), UptakeState.ADOPTED)
    address = reverse(f"programmes:{name}", args=["csv"] if name.endswith("file") else [])
    assert client.get(address).status_code == 302
    for person in (cast.programme_leader, cast.coordinator, cast.ministry_adviser, cast.evaluator, cast.outsider):
        answer = sign_in(person).get(address)
        content = b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type]
        assert answer.status_code == 200
        assert (b"Kommuneplanens samfunnsdel" in content) == (person != cast.outsider)
    for person in (cast.resident, cast.operator):
        assert sign_in(person).get(address).status_code == 404


@pytest.mark.parametrize("name", ["overarching_plans", "overarching_plan", "uptakes", "goal_new"])
def test_queries_do_not_grow(cast: Cast, sign_in: SignIn, name: str) -> None:
    first = make_plan(cast)

    def one_more(number: int) -> None:
        plan = make_plan(cast, title=f"Plan {number}")
        for one in (plan, first):
            above = make_goal_of(cast, one, f"Mål {number}")
            goals.add(
                programme=cast.programme,
                values=GoalValues(f"Mål {number}", GoalLevel.MAIN, overarching_goals=(above,)),
                by=cast.programme_leader,
            )
            take_up(cast, one, UptakeState.ON_HEARING)

    address = {"overarching_plan": page("overarching_plan", first.pk), "uptakes": reverse("programmes:uptakes")}
    queries_do_not_grow(sign_in(cast.programme_leader), address.get(name) or page(name), one_more)


def test_across_asks_as_often_for_many_programmes_as_for_one(cast: Cast) -> None:
    make_plan(cast)
    counts = []
    for programmes in (Programme.objects.filter(pk=cast.programme.pk), Programme.objects.all()):
        with CaptureQueriesContext(connection) as asked:
            assert [str(row.place) for row in across(programmes)]
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 5


def test_a_countys_programme_looks_at_the_plans_of_all_its_municipalities(cast: Cast, sign_in: SignIn) -> None:
    home = cast.programme.municipality
    Programme.objects.filter(pk=cast.programme.pk).update(municipality=None, county=County.objects.get())
    cast.programme.refresh_from_db()
    client = sign_in(cast.programme_leader)
    form = client.get(page("overarching_plan_new")).content.decode()
    assert all(name in form for name in ("Prøvefylket", "Elvestad", "Åsmark"))
    plan = overarching_plans.add(
        programme=cast.programme,
        values=OverarchingPlanValues(OverarchingPlanKind.SOCIETAL, "Samfunnsdelen", municipality=home),
        by=cast.programme_leader,
    )
    take_up(cast, plan, UptakeState.ADOPTED)
    take_up(cast, regional(cast), UptakeState.ABSENT)
    rows = across(Programme.objects.filter(pk=cast.programme.pk))
    assert [(str(row.place), str(row.plan), str(row.standing.status.label)) for row in rows] == [
        ("Prøvefylket", "Regional plan", "Not in the plan"),
        ("Elvestad", "Samfunnsdelen", "Adopted"),
        ("Åsmark", "None", "Unknown"),
    ]
