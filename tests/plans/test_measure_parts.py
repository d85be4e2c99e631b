from datetime import date

import pytest

from samloft.core.errors import RuleBroken, StaleEdit
from samloft.core.models import AuditRow
from samloft.plans.actions import follow_up_answers, measure_goals, origins, partners
from samloft.plans.actions.origins import OriginValues
from samloft.plans.actions.partners import PartnerValues
from samloft.plans.models import Measure, OriginKind, Sector
from samloft.programmes.models import Decision, FollowUpPoint, Goal, GoalLevel, GoalTrack
from tests.cast import Cast
from tests.plans.measure_factory import make_goal, make_measure, make_national_goal

pytestmark = pytest.mark.usefixtures("in_english")


def last_action() -> str:
    return AuditRow.objects.latest("number").action


def make_point(cast: Cast, text: str = "Kommunestyret ber om en sak") -> FollowUpPoint:
    decision = Decision.objects.create(
        programme=cast.programme, title="Satsingsområder", recorded_by=cast.secretary
    )
    return FollowUpPoint.objects.create(decision=decision, text=text)


def test_a_partner_is_added_changed_and_removed_with_a_trace(cast: Cast) -> None:
    measure = make_measure(cast)
    partner = partners.add(
        measure=measure, values=PartnerValues("Frivilligsentralen", Sector.VOLUNTARY), by=cast.coordinator
    )
    assert last_action() == "measure.partner_added"
    changed = partners.change(
        partner=partner,
        values=PartnerValues("Frivilligsentralen", contribution="Lokaler"),
        version=1,
        by=cast.coordinator,
    )
    assert (changed.sector, changed.contribution) == ("", "Lokaler")
    assert last_action() == "measure.partner_changed"
    partners.remove(partner=changed, by=cast.coordinator)
    assert not measure.partners.exists()
    assert last_action() == "measure.partner_removed"


def test_a_partner_without_a_name_or_twice_is_refused(cast: Cast) -> None:
    measure = make_measure(cast)
    with pytest.raises(RuleBroken, match="who the partner is"):
        partners.add(measure=measure, values=PartnerValues(" "), by=cast.coordinator)
    partners.add(measure=measure, values=PartnerValues("Nav"), by=cast.coordinator)
    with pytest.raises(RuleBroken, match="already"):
        partners.add(measure=measure, values=PartnerValues("nav"), by=cast.coordinator)


def test_an_origin_is_added_changed_and_removed_with_a_trace(cast: Cast) -> None:
    measure = make_measure(cast)
    origin = origins.add(
        measure=measure, values=OriginValues(OriginKind.RESIDENTS, "Innspill", year=2024), by=cast.coordinator
    )
    assert last_action() == "measure.origin_added"
    changed = origins.change(
        origin=origin,
        values=OriginValues(OriginKind.RESIDENTS, "Folkemøte", happened_on=date(2024, 3, 1), year=2024),
        version=1,
        by=cast.coordinator,
    )
    assert (changed.happened_on, changed.year) == (date(2024, 3, 1), None)
    origins.remove(origin=changed, by=cast.coordinator)
    assert last_action() == "measure.origin_removed"


def test_an_origin_in_another_programme_or_in_the_measure_itself_is_refused(cast: Cast) -> None:
    measure = make_measure(cast)
    foreign_decision = Decision.objects.create(
        programme=cast.other_programme, title="Annet", recorded_by=cast.outsider
    )
    foreign = Measure.objects.create(programme=cast.other_programme, number=1, name="Annet")
    for values, reason in (
        (OriginValues(OriginKind.COUNCIL_DECISION, "Vedtak", decision=foreign_decision), "another programme"),
        (OriginValues(OriginKind.EARLIER_MEASURE, "Vokste ut av", earlier_measure=foreign), "another programme"),
        (OriginValues(OriginKind.EARLIER_MEASURE, "Vokste ut av", earlier_measure=measure), "from itself"),
        (OriginValues(OriginKind.OTHER, " "), "sentence"),
    ):
        with pytest.raises(RuleBroken, match=reason):
            origins.add(measure=measure, values=values, by=cast.coordinator)


def test_goals_are_set_as_a_whole_and_the_goals_that_left_are_told_of(cast: Cast) -> None:
    measure = make_measure(cast)
    first, second = make_goal(cast), make_goal(cast, "Bedre samarbeid", GoalTrack.ORGANISATIONAL)
    measure_goals.set_goals(measure=measure, weights={first: None, second: None}, by=cast.coordinator)
    stored = measure_goals.set_goals(measure=measure, weights={second: 100}, version=2, by=cast.coordinator)
    assert [(link.goal, link.weight) for link in stored.goal_links.all()] == [(second, 100)]
    row = AuditRow.objects.latest("number")
    assert row.data == {"goals": [second.pk]}
    assert {about.subject for about in row.about.all()} == {
        f"programmes.goal:{first.pk}",
        f"programmes.goal:{second.pk}",
    }


def test_weights_that_do_not_sum_to_100_are_refused(cast: Cast) -> None:
    measure = make_measure(cast)
    first, second = make_goal(cast), make_goal(cast, "Færre flytter")
    for weights in ({first: 60, second: 30}, {first: 100, second: None}, {first: 0, second: None}):
        with pytest.raises(RuleBroken):
            measure_goals.set_goals(measure=measure, weights=weights, by=cast.coordinator)
    measure_goals.set_goals(measure=measure, weights={first: 60, second: None}, by=cast.coordinator)
    assert measure.goal_links.count() == 2


def test_only_sub_goals_of_the_programme_can_be_served(cast: Cast) -> None:
    measure = make_measure(cast)
    main = Goal.objects.create(programme=cast.programme, level=GoalLevel.MAIN, text="Like muligheter")
    foreign = Goal.objects.create(
        programme=cast.other_programme, level=GoalLevel.SUB, track=GoalTrack.RESIDENT, text="Annet"
    )
    for goal, reason in ((main, "sub-goal"), (foreign, "another programme")):
        with pytest.raises(RuleBroken, match=reason):
            measure_goals.set_goals(measure=measure, weights={goal: None}, by=cast.coordinator)


def test_goals_chosen_on_an_old_page_are_refused_when_they_differ(cast: Cast) -> None:
    measure, goal = make_measure(cast), make_goal(cast)
    measure_goals.set_national_goals(measure=measure, goals=[make_national_goal()], version=1, by=cast.coordinator)
    with pytest.raises(StaleEdit):
        measure_goals.set_goals(measure=measure, weights={goal: None}, version=1, by=cast.programme_leader)
    with pytest.raises(StaleEdit):
        measure_goals.set_national_goals(measure=measure, goals=[], version=1, by=cast.programme_leader)


def test_a_measure_answers_a_point_once(cast: Cast) -> None:
    measure, point = make_measure(cast), make_point(cast)
    answer = follow_up_answers.answer(point=point, measure=measure, text="Pilot", by=cast.coordinator)
    row = AuditRow.objects.latest("number")
    assert row.action == "measure.point_answered"
    assert f"programmes.decision:{point.decision_id}" in {about.subject for about in row.about.all()}
    with pytest.raises(RuleBroken, match="already answers"):
        follow_up_answers.answer(point=point, measure=measure, by=cast.coordinator)
    follow_up_answers.change(answer=answer, text="Pilot fra august", version=1, by=cast.coordinator)
    follow_up_answers.remove(answer=answer, by=cast.coordinator)
    assert not point.measure_answers.exists()
    assert last_action() == "measure.answer_removed"


def test_a_measure_of_another_programme_cannot_answer_a_point(cast: Cast) -> None:
    foreign = Measure.objects.create(programme=cast.other_programme, number=1, name="Annet")
    with pytest.raises(RuleBroken, match="another programme"):
        follow_up_answers.answer(point=make_point(cast), measure=foreign, by=cast.coordinator)
