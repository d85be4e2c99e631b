import pytest

from samloft.core.errors import RuleBroken, StaleEdit
from samloft.core.models import AuditRow
from samloft.plans.actions import budget_lines
from samloft.plans.actions.budget_lines import LineValues
from samloft.plans.models import ActionPlan, BudgetLine, CostKind, LinePurpose
from tests.cast import Cast
from tests.plans import drafting
from tests.plans.drafting import KR

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def plan(cast: Cast) -> ActionPlan:
    return drafting.start(cast)


def splits(line: BudgetLine) -> dict[str, int]:
    return dict(line.splits.values_list("kind", "amount"))


def test_lines_stand_in_the_order_they_came_and_their_amounts_are_in_the_trail(
    cast: Cast, plan: ActionPlan
) -> None:
    drafting.line(cast, plan, "Sosionom", 1_000_000)
    drafting.line(cast, plan, " Åpen   post ", 200_000, purpose=LinePurpose.OPEN_POT, source="county")
    assert [line.name for line in plan.lines.all()] == ["Sosionom", "Åpen post"]
    row = AuditRow.objects.latest("number")
    assert (row.action, row.programme_id) == ("line.added", cast.programme.pk)
    assert row.data == {"amount": 200_000 * KR, "source": "county", "purpose": "open_pot", "plan": plan.pk}


def test_a_share_of_two_salaries_is_part_of_the_line(cast: Cast, plan: ActionPlan) -> None:
    line = drafting.line(
        cast, plan, "Programledelse", 650_000, purpose=LinePurpose.ADMINISTRATION, posts=2, salary_percent=25
    )
    assert (line.posts, line.salary_percent) == (2, 25)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        (LineValues("  ", 100), "name"),
        (LineValues("Linje", -1), "less than zero"),
        (LineValues("Linje", 10**15), "too many"),
        (LineValues("Linje", 100, posts=2), "both"),
        (LineValues("Linje", 100, salary_percent=25), "both"),
        (LineValues("Linje", 100, posts=0, salary_percent=25), "at least one post"),
        (LineValues("Linje", 100, posts=1, salary_percent=101), "between 1 and 100"),
    ],
)
def test_a_line_that_makes_no_sense_is_refused(cast: Cast, plan: ActionPlan, values: LineValues, why: str) -> None:
    with pytest.raises(RuleBroken, match=why):
        budget_lines.add(plan=plan, values=values, by=cast.programme_leader)


def test_a_line_belongs_to_a_measure_of_its_own_plan(cast: Cast, plan: ActionPlan) -> None:
    other = drafting.place(cast, drafting.start(cast, 2027), "Sosionom")
    with pytest.raises(RuleBroken, match="not in this plan"):
        drafting.line(cast, plan, "Sosionom", 100, other)
    own = drafting.place(cast, plan, "Bydelsmødre")
    with pytest.raises(RuleBroken, match="Only lines for measures"):
        drafting.line(cast, plan, "Bydelsmødre", 100, own, purpose=LinePurpose.EVALUATION)


def test_a_changed_line_tells_what_it_was(cast: Cast, plan: ActionPlan) -> None:
    line = drafting.line(cast, plan, "Sosionom", 1_000)
    values = LineValues("Sosionom", 2_000 * KR)
    budget_lines.edit(line=line, values=values, version=1, by=cast.coordinator)
    data = AuditRow.objects.latest("number").data
    assert (data["before"], data["amount"], data["fields"]) == (1_000 * KR, 2_000 * KR, ["amount"])
    with pytest.raises(StaleEdit):
        budget_lines.edit(
            line=line, values=LineValues("Sosionom", 3_000 * KR), version=1, by=cast.programme_leader
        )


def test_a_removed_line_leaves_its_amount_in_the_trail(cast: Cast, plan: ActionPlan) -> None:
    line = drafting.line(cast, plan, "Sosionom", 1_000)
    pk = line.pk
    budget_lines.remove(line=line, by=cast.programme_leader)
    row = AuditRow.objects.latest("number")
    assert (row.action, row.data["line"], row.data["amount"]) == ("line.removed", pk, 1_000 * KR)
    with pytest.raises(RuleBroken, match="already"):
        budget_lines.remove(line=BudgetLine(pk=pk, plan=plan), by=cast.programme_leader)


def test_a_line_is_split_into_kinds_of_cost_and_the_rest_is_left(cast: Cast, plan: ActionPlan) -> None:
    line = drafting.line(cast, plan, "Bydelsmødre", 1_000)
    parts = {CostKind.SALARY: 600 * KR, CostKind.HOSPITALITY: 300 * KR, CostKind.TRAVEL: 0}
    line = budget_lines.split(line=line, parts=parts, version=1, by=cast.coordinator)
    assert splits(line) == {"salary": 600 * KR, "hospitality": 300 * KR}
    assert AuditRow.objects.latest("number").data == {"salary": 600 * KR, "hospitality": 300 * KR}
    line = budget_lines.split(line=line, parts={CostKind.TRAVEL: 1_000 * KR}, version=2, by=cast.coordinator)
    assert splits(line) == {"travel": 1_000 * KR}


def test_parts_are_never_more_than_the_line_nor_less_than_zero(cast: Cast, plan: ActionPlan) -> None:
    line = drafting.line(cast, plan, "Bydelsmødre", 1_000)
    for parts, why in (
        ({CostKind.SALARY: 600 * KR, CostKind.TRAVEL: 400 * KR + 1}, "add up"),
        ({CostKind.SALARY: -1}, "less than zero"),
    ):
        with pytest.raises(RuleBroken, match=why):
            budget_lines.split(line=line, parts=parts, version=None, by=cast.coordinator)
    assert splits(line) == {}


def test_a_line_is_never_lowered_under_its_parts(cast: Cast, plan: ActionPlan) -> None:
    line = drafting.line(cast, plan, "Bydelsmødre", 1_000)
    line = budget_lines.split(line=line, parts={CostKind.SALARY: 600 * KR}, version=None, by=cast.coordinator)
    values = LineValues("Bydelsmødre", 599 * KR)
    with pytest.raises(RuleBroken, match="Lower the split first"):
        budget_lines.edit(line=line, values=values, version=None, by=cast.coordinator)


def test_a_split_made_on_an_old_version_is_refused_with_what_is_stored(cast: Cast, plan: ActionPlan) -> None:
    line = drafting.line(cast, plan, "Bydelsmødre", 1_000)
    budget_lines.split(line=line, parts={CostKind.SALARY: 600 * KR}, version=1, by=cast.coordinator)
    with pytest.raises(StaleEdit) as refused:
        budget_lines.split(line=line, parts={CostKind.SALARY: 700 * KR}, version=1, by=cast.programme_leader)
    assert refused.value.current == {"salary": 600 * KR} and refused.value.version == 2


def test_no_line_is_touched_in_a_closed_plan(cast: Cast, plan: ActionPlan) -> None:
    line = drafting.line(cast, plan, "Sosionom", 1_000)
    drafting.close(plan)
    values = LineValues("Annet", 100)
    for write in (
        lambda: budget_lines.add(plan=plan, values=values, by=cast.programme_leader),
        lambda: budget_lines.edit(line=line, values=values, version=None, by=cast.programme_leader),
        lambda: budget_lines.remove(line=line, by=cast.programme_leader),
        lambda: budget_lines.split(line=line, parts={}, version=None, by=cast.programme_leader),
    ):
        with pytest.raises(RuleBroken, match="closed"):
            write()
