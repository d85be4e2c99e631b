import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samloft.core.errors import RuleBroken
from samloft.core.models import AuditRow
from samloft.plans.actions import budget_lines, plan_measures, sections
from samloft.plans.actions.budget_lines import LineValues
from samloft.plans.actions.carry_forward import carry_forward
from samloft.plans.models import (
    ActionPlan,
    BudgetLine,
    CostKind,
    LinePurpose,
    Measure,
    Phase,
    PlanMeasure,
    PlanSection,
    SectionKey,
    Source,
)
from tests.cast import Cast
from tests.plans import drafting
from tests.plans.drafting import KR

pytestmark = pytest.mark.usefixtures("english")


def carry(cast: Cast, from_year: int = 2026, to_year: int = 2027) -> ActionPlan:
    return carry_forward(programme=cast.programme, from_year=from_year, to_year=to_year, by=cast.programme_leader)


def contents(plan: ActionPlan) -> tuple[list[object], ...]:
    return (
        list(plan.plan_measures.values_list("measure__name", "text", "position")),
        list(plan.lines.values_list("name", "amount", "source", "purpose", "plan_measure__measure__name")),
        list(plan.sections.values_list("key", "focus_area__name", "text")),
    )


def test_last_years_measures_texts_and_lines_become_this_years(cast: Cast) -> None:
    old = drafting.whole(cast)
    line = old.lines.get(name="Tiltak 2")
    budget_lines.split(line=line, parts={CostKind.SALARY: 150_000 * KR}, version=None, by=cast.programme_leader)
    introduction = old.sections.get(key=SectionKey.INTRODUCTION)
    sections.write(section=introduction, text="Et godt år.", version=None, by=cast.programme_leader)
    new = carry(cast)
    assert (new.year, new.state, new.frame_amount) == (2027, "draft", None)
    assert contents(new)[:2] == contents(old)[:2]
    assert new.sections.get(key=SectionKey.INTRODUCTION).text == "Et godt år."
    carried = new.lines.get(name="Tiltak 2")
    assert (carried.first_line, list(carried.splits.values_list("kind", "amount"))) == (
        line,
        [("salary", 150_000 * KR)],
    )
    row = AuditRow.objects.latest("number")
    assert (row.action, row.data["lines"]) == ("plan.carried_forward", 4)
    assert row.data["amount"] == sum(old.lines.values_list("amount", flat=True))


def test_what_is_closed_and_what_was_carried_over_stays_behind(cast: Cast) -> None:
    old = drafting.start(cast)
    ended = drafting.place(cast, old, "Avsluttet", phase=Phase.CLOSED)
    going = drafting.place(cast, old, "Sosionom", phase=Phase.RUNNING)
    drafting.line(cast, old, "Avsluttet", 100, ended)
    drafting.line(cast, old, "Sosionom", 200, going, source=Source.PROGRAMME_GRANT)
    drafting.line(cast, old, "Sosionom, ubrukt", 300, going, source=Source.CARRY_OVER)
    new = carry(cast)
    assert [item.measure.name for item in new.plan_measures.all()] == ["Sosionom"]
    assert [line.name for line in new.lines.all()] == ["Sosionom"]


def test_last_years_words_about_new_measures_stay_behind(cast: Cast) -> None:
    old = drafting.start(cast)
    section = old.sections.get(key=SectionKey.NEW_MEASURES)
    sections.write(section=section, text="Tre nye tiltak.", version=None, by=cast.programme_leader)
    assert carry(cast).sections.get(key=SectionKey.NEW_MEASURES).text == ""


def test_measures_of_unknown_age_are_known_to_be_as_old_as_last_years_plan(cast: Cast) -> None:
    old = drafting.whole(cast)
    Measure.objects.update(first_plan_year=None)
    carry(cast)
    assert set(Measure.objects.values_list("first_plan_year", flat=True)) == {old.year}


def test_a_second_time_adds_only_what_is_missing_and_touches_nothing_written(cast: Cast) -> None:
    old = drafting.whole(cast)
    new = carry(cast)
    line = new.lines.get(name="Tiltak 1")
    values = LineValues("Nytt navn", 1 * KR, plan_measure=line.plan_measure, source="county")
    budget_lines.edit(line=line, values=values, version=None, by=cast.programme_leader)
    item = new.plan_measures.get(measure__name="Tiltak 2")
    plan_measures.edit(plan_measure=item, text="Skrevet om.", version=None, by=cast.programme_leader)
    later = drafting.place(cast, old, "Kom til")
    drafting.line(cast, old, "Kom til", 50_000, later)
    before, rows = contents(new), AuditRow.objects.count()
    carry(cast)
    after = contents(new)
    assert after[0] == [*before[0], ("Kom til", "", 4)]
    assert [row for row in after[1] if row not in before[1]] == [
        ("Kom til", 50_000 * KR, "", "measure", "Kom til")
    ]
    assert len(after[1]) == len(before[1]) + 1 and AuditRow.objects.count() == rows + 1
    carry(cast)
    assert contents(new) == after and AuditRow.objects.count() == rows + 1


def test_a_line_renamed_through_the_years_is_known_by_its_first(cast: Cast) -> None:
    old = drafting.start(cast)
    drafting.line(cast, old, "Evaluering", 100, purpose=LinePurpose.EVALUATION)
    middle = carry(cast)
    BudgetLine.objects.filter(plan=middle).update(name="Følgeevaluering")
    newest = carry(cast, 2027, 2028)
    BudgetLine.objects.filter(plan=newest).update(name="Sluttevaluering")
    carry(cast, 2026, 2028)
    carry(cast, 2027, 2028)
    assert [line.name for line in newest.lines.all()] == ["Sluttevaluering"]


def test_it_can_be_done_into_a_plan_that_has_begun(cast: Cast) -> None:
    drafting.whole(cast)
    new = drafting.start(cast, 2027)
    drafting.line(
        cast, new, "Programledelse", 700_000, purpose=LinePurpose.ADMINISTRATION, source="programme_grant"
    )
    carry(cast)
    assert new.lines.filter(purpose=LinePurpose.ADMINISTRATION).count() == 1
    assert new.lines.count() == 4


def test_what_cannot_be_carried_is_refused(cast: Cast) -> None:
    with pytest.raises(RuleBroken, match="no plan for 2026"):
        carry(cast)
    drafting.whole(cast)
    with pytest.raises(RuleBroken, match="two different years"):
        carry(cast, 2026, 2026)
    drafting.close(carry(cast))
    with pytest.raises(RuleBroken, match="closed"):
        carry(cast)
    assert PlanMeasure.objects.count() == 6


lines = st.lists(
    st.tuples(
        st.sampled_from(["Sosionom", "Åpen post", "Evaluering"]),
        st.integers(0, 10**9),
        st.sampled_from(["", *Source]),
        st.sampled_from([None, 0, 1]),
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=lines)
def test_carrying_forward_twice_is_the_same_as_once(
    cast: Cast, lines: list[tuple[str, int, str, int | None]]
) -> None:
    BudgetLine.objects.all().delete()
    PlanMeasure.objects.all().delete()
    PlanSection.objects.all().delete()
    ActionPlan.objects.all().delete()
    old = drafting.start(cast)
    items = [drafting.place(cast, old, "Ett"), drafting.place(cast, old, "To")]
    for name, amount, source, at in lines:
        BudgetLine.objects.create(
            plan=old, name=name, amount=amount, source=source, plan_measure=None if at is None else items[at]
        )
    new = carry(cast)
    once = contents(new)
    carry(cast)
    assert contents(new) == once
    stayed = sum(amount for _name, amount, source, _at in lines if source == Source.CARRY_OVER)
    assert sum(new.lines.values_list("amount", flat=True)) == sum(amount for _n, amount, _s, _a in lines) - stayed
