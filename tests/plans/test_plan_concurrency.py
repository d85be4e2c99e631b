"""Two people write in the same plan at the same moment, on two real database connections."""

import pytest

from samloft.core import audit
from samloft.core.errors import RuleBroken
from samloft.plans.actions import budget_lines, plan_measures
from samloft.plans.actions.budget_lines import LineValues
from samloft.plans.actions.carry_forward import carry_forward
from samloft.plans.models import ActionPlan, BudgetLine, CostKind
from samloft.plans.queries.totals import totals
from tests.at_once import at_once
from tests.cast import assemble
from tests.plans import drafting
from tests.plans.drafting import KR

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def test_lines_added_at_the_same_moment_are_all_there_and_the_total_is_right() -> None:
    cast = assemble()
    plan = drafting.start(cast)

    def add(number: int) -> BudgetLine:
        values = LineValues(f"Linje {number}", number * KR)
        return budget_lines.add(plan=plan, values=values, by=cast.programme_leader)

    results = at_once(*(lambda number=number: add(number) for number in range(1, 7)))  # type: ignore[misc]
    assert all(isinstance(result, BudgetLine) for result in results)
    assert totals(plan).total == 21 * KR
    assert sorted(plan.lines.values_list("position", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert audit.verify().ok


def test_a_line_lowered_while_it_is_split_never_ends_below_its_parts() -> None:
    cast = assemble()
    line = drafting.line(cast, drafting.start(cast), "Bydelsmødre", 1_000)
    results = at_once(
        lambda: budget_lines.split(
            line=line, parts={CostKind.SALARY: 900 * KR}, version=None, by=cast.programme_leader
        ),
        lambda: budget_lines.edit(
            line=line, values=LineValues("Bydelsmødre", 100 * KR), version=None, by=cast.coordinator
        ),
    )
    assert sum(isinstance(result, RuleBroken) for result in results) == 1
    stored = BudgetLine.objects.get()
    assert sum(stored.splits.values_list("amount", flat=True)) <= stored.amount


def test_two_splits_at_the_same_moment_leave_one_of_them_whole() -> None:
    cast = assemble()
    line = drafting.line(cast, drafting.start(cast), "Bydelsmødre", 1_000)
    results = at_once(
        *(
            lambda kind=kind: budget_lines.split(  # type: ignore[misc]
                line=line, parts={kind: 800 * KR}, version=1, by=cast.programme_leader
            )
            for kind in (CostKind.SALARY, CostKind.TRAVEL)
        )
    )
    assert sum(isinstance(result, RuleBroken) for result in results) == 1
    assert [part.amount for part in BudgetLine.objects.get().splits.all()] == [800 * KR]


def test_a_measure_taken_out_while_it_gets_a_line_leaves_no_loose_end() -> None:
    cast = assemble()
    plan = drafting.start(cast)
    item = drafting.place(cast, plan, "Sosionom")
    results = at_once(
        lambda: plan_measures.remove(plan_measure=item, by=cast.programme_leader),
        lambda: budget_lines.add(
            plan=plan, values=LineValues("Sosionom", 100, plan_measure=item), by=cast.coordinator
        ),
    )
    assert sum(isinstance(result, RuleBroken) for result in results) == 1
    assert plan.plan_measures.count() == plan.lines.count()


def test_a_plan_carried_forward_twice_at_the_same_moment_is_there_once() -> None:
    cast = assemble()
    old = drafting.whole(cast)

    def carry() -> ActionPlan:
        return carry_forward(programme=cast.programme, from_year=2026, to_year=2027, by=cast.programme_leader)

    results = at_once(carry, carry)
    new = ActionPlan.objects.get(year=2027)
    assert results == [new, new]
    assert new.lines.count() == old.lines.count()
    assert new.plan_measures.count() == old.plan_measures.count()
