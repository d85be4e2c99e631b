import pytest

from samloft.core.errors import RuleBroken, StaleEdit
from samloft.core.models import AuditAbout, AuditRow
from samloft.plans.actions import plan_measures
from samloft.plans.actions.measures import MeasureValues, create
from samloft.plans.models import ActionPlan, Measure
from tests.cast import Cast
from tests.plans import drafting

pytestmark = pytest.mark.usefixtures("english")


def names(plan: ActionPlan) -> list[str]:
    return [item.measure.name for item in plan.plan_measures.select_related("measure")]


def test_a_measure_is_taken_into_the_plan_last_and_its_story_tells_so(cast: Cast) -> None:
    plan = drafting.start(cast)
    drafting.place(cast, plan, "Sosionom")
    item = drafting.place(cast, plan, "Bydelsmødre", text="Oppstart i høst.")
    assert names(plan) == ["Sosionom", "Bydelsmødre"]
    row = AuditRow.objects.latest("number")
    assert row.action == "plan_measure.added" and row.programme_id == cast.programme.pk
    assert AuditAbout.objects.filter(row=row, subject=f"plans.measure:{item.measure_id}").exists()


def test_a_measure_of_unknown_age_gets_the_plans_year_as_its_first(cast: Cast) -> None:
    measure = drafting.measure(cast, "Matservering")
    for year in (2027, 2026, 2028):
        plan_measures.add(plan=drafting.start(cast, year), measure=measure, by=cast.programme_leader)
    assert Measure.objects.get().first_plan_year == 2026


def test_a_measure_that_began_before_its_first_plan_here_keeps_its_first_year(cast: Cast) -> None:
    drafting.place(cast, drafting.start(cast), "Sosionom", first_plan_year=2024)
    assert Measure.objects.get().first_plan_year == 2024


def test_a_measure_stands_once_in_a_plan(cast: Cast) -> None:
    plan = drafting.start(cast)
    item = drafting.place(cast, plan, "Sosionom")
    with pytest.raises(RuleBroken, match="already"):
        plan_measures.add(plan=plan, measure=item.measure, by=cast.programme_leader)


def test_a_measure_of_another_programme_is_refused(cast: Cast) -> None:
    foreign = create(programme=cast.other_programme, values=MeasureValues(name="Verksted"), by=cast.outsider)
    with pytest.raises(RuleBroken, match="another programme"):
        plan_measures.add(plan=drafting.start(cast), measure=foreign, by=cast.programme_leader)


def test_the_text_of_the_year_is_written_and_a_stale_one_refused(cast: Cast) -> None:
    item = drafting.place(cast, drafting.start(cast), "Sosionom")
    plan_measures.edit(plan_measure=item, text="Først.", version=1, by=cast.coordinator)
    with pytest.raises(StaleEdit) as refused:
        plan_measures.edit(plan_measure=item, text="Sist.", version=1, by=cast.programme_leader)
    assert refused.value.current == {"text": "Først."}
    assert AuditRow.objects.latest("number").data == {"fields": ["text"]}


def test_a_measure_with_a_line_stays_until_the_line_is_gone(cast: Cast) -> None:
    plan = drafting.start(cast)
    item = drafting.place(cast, plan, "Sosionom")
    line = drafting.line(cast, plan, "Sosionom", 1_000, item)
    with pytest.raises(RuleBroken, match="Remove the line"):
        plan_measures.remove(plan_measure=item, by=cast.programme_leader)
    line.delete()
    plan_measures.remove(plan_measure=item, by=cast.programme_leader)
    assert names(plan) == [] and Measure.objects.filter(name="Sosionom").exists()
    assert AuditRow.objects.latest("number").action == "plan_measure.removed"


def test_a_measure_moves_past_its_neighbour_in_the_focus_area(cast: Cast) -> None:
    plan = drafting.start(cast)
    drafting.place(cast, plan, "Først", area=0)
    drafting.place(cast, plan, "Annet område", area=1)
    last = drafting.place(cast, plan, "Sist", area=0)
    plan_measures.move(plan_measure=last, direction="up", by=cast.programme_leader)
    assert names(plan) == ["Sist", "Annet område", "Først"]
    plan_measures.move(plan_measure=last, direction="up", by=cast.programme_leader)
    assert names(plan)[0] == "Sist"
    plan_measures.move(plan_measure=last, direction="down", by=cast.programme_leader)
    assert names(plan) == ["Først", "Annet område", "Sist"]
    assert AuditRow.objects.latest("number").data["direction"] == "down"


def test_nothing_moves_in_a_closed_plan(cast: Cast) -> None:
    plan = drafting.start(cast)
    item = drafting.place(cast, plan, "Sosionom")
    drafting.close(plan)
    for write in (
        lambda: plan_measures.edit(plan_measure=item, text="Nytt", version=None, by=cast.programme_leader),
        lambda: plan_measures.remove(plan_measure=item, by=cast.programme_leader),
        lambda: plan_measures.move(plan_measure=item, direction="up", by=cast.programme_leader),
        lambda: plan_measures.add(plan=plan, measure=item.measure, by=cast.programme_leader),
    ):
        with pytest.raises(RuleBroken, match="closed"):
            write()
