"""B8: a sub-goal takes indicators with baseline, target value and date, and who measures."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from samloft.accounts.models import User
from samloft.core.errors import RuleBroken, StaleEdit
from samloft.core.models import AuditRow
from samloft.indicators.actions import goal_targets as actions
from samloft.indicators.actions.goal_targets import TargetValues
from samloft.indicators.models import Direction, GoalTarget, IndicatorDefinition, Observation
from samloft.indicators.queries.goal_targets import of_goals
from samloft.places.models import Area
from samloft.plans.queries.coverage import coverage
from samloft.programmes.actions import goals
from samloft.programmes.models import Goal, GoalLevel, GoalTrack
from tests.cast import Cast
from tests.indicators.figures import aim_at, deliver, make_indicator, make_zone
from tests.plans.measure_factory import make_goal
from tests.programmes.filled import queries_do_not_grow

pytestmark = pytest.mark.usefixtures("in_english")

SignIn = Callable[[User], Client]


@pytest.fixture
def goal(cast: Cast) -> Goal:
    return make_goal(cast)


@pytest.fixture
def zone(cast: Cast) -> Area:
    assert cast.programme.municipality
    return make_zone(cast.programme.municipality, "90010101", "Nordbyen")


def status(goal: Goal) -> str:
    (view,) = of_goals([goal])[goal.pk]
    return str(view.status.label)


def test_a_target_is_added_with_what_is_known(cast: Cast, goal: Goal, zone: Area) -> None:
    values = TargetValues(14.3, "2023", 10.0, date(2028, 12, 31), "Folkehelsekoordinatoren")
    target = actions.add(goal=goal, indicator=make_indicator(), area=zone, values=values, by=cast.coordinator)
    assert (target.baseline_value, target.target_value) == (14.3, 10.0)
    row = AuditRow.objects.latest("number")
    assert row.action == "goal_target.added"
    assert row.data == {"indicator": target.indicator_id, "area": zone.pk}


def test_a_target_with_nothing_known_but_the_indicator_is_legal(cast: Cast, goal: Goal, zone: Area) -> None:
    target = aim_at(goal, make_indicator(), zone)
    assert target.baseline_value is None and target.target_value is None and target.target_on is None


def test_only_sub_goals_take_indicators(cast: Cast, goal: Goal, zone: Area) -> None:
    main = Goal.objects.create(programme=cast.programme, level=GoalLevel.MAIN, text="Hovedmål")
    with pytest.raises(RuleBroken, match="belong to sub-goals"):
        aim_at(main, make_indicator(), zone)


def test_the_same_indicator_in_the_same_area_is_refused(cast: Cast, goal: Goal, zone: Area) -> None:
    aim_at(goal, make_indicator(), zone)
    with pytest.raises(RuleBroken, match="already"):
        aim_at(goal, make_indicator(), zone)
    aim_at(goal, make_indicator(), cast.programme.areas.get())


def test_an_area_of_another_municipality_is_refused(cast: Cast, goal: Goal) -> None:
    assert cast.other_programme.municipality
    with pytest.raises(RuleBroken, match="outside the programme"):
        aim_at(goal, make_indicator(), make_zone(cast.other_programme.municipality, "90020101"))


def test_a_baseline_has_the_period_that_it_is_of(cast: Cast, goal: Goal, zone: Area) -> None:
    for values in ({"baseline_value": 14.3}, {"baseline_period": "2023"}):
        with pytest.raises(RuleBroken, match="both"):
            aim_at(goal, make_indicator(), zone, **values)


def test_a_change_is_recorded_and_a_stale_one_refused(cast: Cast, goal: Goal, zone: Area) -> None:
    target = aim_at(goal, make_indicator(), zone)
    values = TargetValues(target_value=8.0)
    changed = actions.change(target=target, values=values, version=target.version, by=cast.coordinator)
    assert changed.target_value == 8.0
    row = AuditRow.objects.latest("number")
    assert row.action == "goal_target.changed" and row.data["fields"] == ["target_value"]
    with pytest.raises(StaleEdit):
        actions.change(target=target, values=TargetValues(target_value=9.0), version=1, by=cast.coordinator)


def test_a_target_is_removed_and_leaves_a_row(cast: Cast, goal: Goal, zone: Area) -> None:
    actions.remove(target=aim_at(goal, make_indicator(), zone), by=cast.coordinator)
    assert not GoalTarget.objects.exists()
    assert AuditRow.objects.latest("number").action == "goal_target.removed"


def test_a_goal_with_indicators_is_not_deleted(cast: Cast, goal: Goal, zone: Area) -> None:
    aim_at(goal, make_indicator(), zone)
    with pytest.raises(RuleBroken, match="indicators"):
        goals.remove(goal=goal, by=cast.programme_leader)


@pytest.mark.parametrize(
    ("values", "last", "said"),
    [
        ({}, None, "No figure yet"),
        ({"baseline_value": 14.0, "baseline_period": "2024", "target_value": 10.0}, 14.0, "No figure yet"),
        ({"baseline_value": 14.0, "baseline_period": "2020"}, 12.0, "No target value"),
        ({"target_value": 10.0}, 12.0, "Baseline unknown"),
        ({"target_value": 10.0}, 9.5, "Reached"),
        ({"baseline_value": 14.0, "baseline_period": "2020", "target_value": 10.0}, 12.0, "On the way"),
        ({"baseline_value": 14.0, "baseline_period": "2020", "target_value": 10.0}, 14.0, "Unchanged"),
        ({"baseline_value": 14.0, "baseline_period": "2020", "target_value": 10.0}, 15.0, "Moving away"),
        ({"baseline_value": 14.0, "baseline_period": "2020", "target_value": 10.0}, 10.0, "Reached"),
        (
            {
                "baseline_value": 14.0,
                "baseline_period": "2020",
                "target_value": 10.0,
                "target_on": date(2024, 12, 31),
            },
            12.0,
            "Not reached in time",
        ),
    ],
)
def test_the_goal_shows_the_last_figure_against_baseline_and_target(
    cast: Cast, goal: Goal, zone: Area, values: dict[str, object], last: float | None, said: str
) -> None:
    indicator = make_indicator()
    if last is not None:
        deliver(cast.operator, {(indicator, zone, "2023"): 13.0, (indicator, zone, "2024"): last})
    aim_at(goal, indicator, zone, **values)
    assert status(goal) == said


def test_what_the_source_says_later_of_the_baseline_stands_beside_it(
    cast: Cast, goal: Goal, zone: Area, sign_in: SignIn
) -> None:
    """Revised, and then withdrawn: the baseline and the target stay as they were set."""
    indicator = make_indicator()
    first = deliver(cast.operator, {(indicator, zone, "2023"): 14.04, (indicator, zone, "2024"): 12.0})
    aim_at(goal, indicator, zone, baseline_value=14.0, baseline_period="2023", target_value=10.0)
    url = reverse("programmes:goal", args=["elvestad", goal.pk])
    client = sign_in(cast.coordinator)
    assert "kilden" not in client.get(url).content.decode().lower(), "14,0 is how 14,04 is written."
    later = deliver(cast.operator, {(indicator, zone, "2023"): 13.2})
    Observation.objects.filter(batch=first, period="2023").update(superseded_by=later)
    shown = client.get(url).content.decode()
    assert "Kilden sier nå 13,2\xa0% for 2023" in shown and "Fra 14,0\xa0% (2023)" in shown
    Observation.objects.filter(batch=later).update(value=None, missing="..")
    assert "Kilden har ikke lenger noe tall for 2023" in client.get(url).content.decode()
    assert status(goal) == "On the way"


def test_a_new_definition_and_a_break_are_said_until_the_target_is_set_anew(
    cast: Cast, goal: Goal, zone: Area
) -> None:
    indicator = make_indicator()
    deliver(cast.operator, {(indicator, zone, "2024"): 12.0})
    target = aim_at(goal, indicator, zone, baseline_value=14.0, baseline_period="2020", target_value=10.0)
    assert [view.new_definition for view in of_goals([goal])[goal.pk]] == [False]
    IndicatorDefinition.objects.create(indicator=indicator, number=2, name_nb="Ny", name_nn="Ny", name_en="New")
    assert [view.new_definition for view in of_goals([goal])[goal.pk]] == [True]
    actions.change(target=target, values=TargetValues(14.0, "2020", 9.0), version=None, by=cast.coordinator)
    assert [view.new_definition for view in of_goals([goal])[goal.pk]] == [False]


def test_half_the_way_is_said_in_words(cast: Cast, goal: Goal, zone: Area) -> None:
    indicator = make_indicator()
    deliver(cast.operator, {(indicator, zone, "2024"): 12.0})
    aim_at(goal, indicator, zone, baseline_value=14.0, baseline_period="2020", target_value=10.0)
    (view,) = of_goals([goal])[goal.pk]
    assert view.share == 0.5 and view.words == "50\xa0% of the way"


def test_a_missing_figure_is_not_a_figure(cast: Cast, goal: Goal, zone: Area) -> None:
    indicator = make_indicator(direction=Direction.HIGHER_IS_BETTER)
    deliver(cast.operator, {(indicator, zone, "2023"): 13.0, (indicator, zone, "2024"): ":"})
    aim_at(goal, indicator, zone, target_value=13.0)
    (view,) = of_goals([goal])[goal.pk]
    assert view.last and view.last.period == "2023" and str(view.status.label) == "Reached"


def test_goals_without_indicators_are_listed(cast: Cast, goal: Goal, zone: Area) -> None:
    """B5"""
    other = make_goal(cast, "Samarbeid", GoalTrack.ORGANISATIONAL)
    aim_at(goal, make_indicator(), zone)
    found = coverage(cast.programme, None)
    assert [one.sub.goal for one in found.goals_without_indicators] == [other]


def page(name: str, *args: object) -> str:
    return reverse(f"indicators:{name}", args=["elvestad", *args])


def test_an_indicator_is_chosen_first_and_its_figures_are_shown_beside_the_form(
    cast: Cast, goal: Goal, zone: Area, sign_in: SignIn
) -> None:
    indicator = make_indicator()
    deliver(cast.operator, {(indicator, zone, "2023"): 14.3})
    client, url = sign_in(cast.coordinator), page("goal_target_new", goal.pk)
    assert "Lavinntekt low_income" in client.get(url).content.decode()
    assert "Velg fra listen" in client.get(url + "?indicator=&area=").content.decode()
    answer = client.get(url + f"?indicator={indicator.key}&area={zone.pk}")
    url = answer.url
    assert url == page("goal_target_add", goal.pk, indicator.key, zone.pk)
    shown = client.get(url).content.decode()
    assert "14,3\xa0%" in shown and 'value="14,3"' in shown and "Prøvebyrået" in shown
    sent = {"baseline_value": "14,3", "baseline_period": "2023", "target_value": "10", "target_on": "2028-12-31"}
    answer = client.post(url, sent)
    assert answer.status_code == 302
    target = GoalTarget.objects.get()
    assert (target.baseline_value, target.target_value, target.measured_by) == (14.3, 10.0, "")
    shown = client.get(answer.url).content.decode()
    assert "Fra 14,3\xa0% (2023)" in shown and "mål 10,0\xa0%" in shown


def test_what_cannot_be_read_is_told_at_the_field(cast: Cast, goal: Goal, zone: Area, sign_in: SignIn) -> None:
    target = aim_at(goal, make_indicator(), zone)
    answer = sign_in(cast.coordinator).post(
        page("goal_target", target.pk), {"version": 1, "baseline_value": "mange", "baseline_period": "i fjor"}
    )
    shown = answer.content.decode()
    assert "mange" in shown and "Skriv et år" in shown
    assert GoalTarget.objects.get().version == 1


def test_a_target_is_changed_and_removed_on_its_pages(cast: Cast, goal: Goal, zone: Area, sign_in: SignIn) -> None:
    target = aim_at(goal, make_indicator(), zone)
    client = sign_in(cast.coordinator)
    client.post(page("goal_target", target.pk), {"version": 1, "target_value": "9,5", "measured_by": "NAV"})
    assert GoalTarget.objects.get().target_value == 9.5
    assert "Lavinntekt" in client.get(page("goal_target_remove", target.pk)).content.decode()
    client.post(page("goal_target_remove", target.pk))
    assert not GoalTarget.objects.exists()


def test_who_may_open_the_pages(cast: Cast, goal: Goal, zone: Area, sign_in: SignIn) -> None:
    target = aim_at(goal, make_indicator(), zone)
    pages = [
        page("goal_target_new", goal.pk),
        page("goal_target_add", goal.pk, "low_income", zone.pk),
        page("goal_target", target.pk),
        page("goal_target_remove", target.pk),
    ]
    for url in pages:
        assert sign_in(cast.programme_leader).get(url).status_code == 200
        assert sign_in(cast.board_member).get(url).status_code == 403
        assert sign_in(cast.outsider).get(url).status_code == 404


def test_the_ministry_sees_the_goal_but_not_its_figures(
    cast: Cast, goal: Goal, zone: Area, sign_in: SignIn
) -> None:
    """L1: figures of a municipality's zones are its own until it dispatches or publishes them."""
    aim_at(goal, make_indicator(), zone)
    url = reverse("programmes:goal", args=["elvestad", goal.pk])
    assert "Lavinntekt" in sign_in(cast.board_member).get(url).content.decode()
    assert "Lavinntekt" not in sign_in(cast.ministry_adviser).get(url).content.decode()


def test_the_pages_of_goals_ask_as_many_questions_with_many_targets(
    cast: Cast, goal: Goal, zone: Area, sign_in: SignIn
) -> None:
    client = sign_in(cast.coordinator)

    def add(number: int) -> None:
        aim_at(goal, make_indicator(f"number_{number}"), zone)

    queries_do_not_grow(client, reverse("programmes:goals", args=["elvestad"]), add)
    queries_do_not_grow(
        client, reverse("programmes:goal", args=["elvestad", goal.pk]), lambda number: add(100 + number)
    )
