import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samloft.plans.actions import budget_lines
from samloft.plans.models import ActionPlan, BudgetLine, CostKind, CostSplit, LinePurpose, PlanMeasure, Source
from samloft.plans.queries.totals import Share, totals
from tests.cast import Cast
from tests.plans import drafting
from tests.plans.drafting import KR

pytestmark = pytest.mark.usefixtures("english")


def told(shares: tuple[Share, ...]) -> dict[str, int]:
    return {share.label: share.amount // KR for share in shares}


def test_the_lines_add_up_from_every_side(cast: Cast) -> None:
    plan = drafting.start(cast)
    nursery = drafting.place(cast, plan, "Åpen barnehage", area=0)
    jobs = drafting.place(cast, plan, "Ungdom i arbeid", area=1)
    stray = drafting.place(cast, plan, "Uten område", area=None)
    drafting.line(cast, plan, "Åpen barnehage", 1_000, nursery, source=Source.PROGRAMME_GRANT)
    drafting.line(cast, plan, "Åpen barnehage, mer", 200, nursery, source=Source.MUNICIPALITY)
    drafting.line(cast, plan, "Ungdom", 300, jobs)
    drafting.line(cast, plan, "Annet", 40, stray, source=Source.CARRY_OVER)
    drafting.line(cast, plan, "Ingen har valgt", 5, source=Source.PROGRAMME_GRANT)
    admin = drafting.line(cast, plan, "Ledelse", 600, purpose=LinePurpose.ADMINISTRATION, source=Source.COUNTY)
    parts = {CostKind.SALARY: 500 * KR, CostKind.TRAVEL: 20 * KR}
    budget_lines.split(line=admin, parts=parts, version=None, by=cast.coordinator)
    found = totals(plan)
    assert found.total == 2_145 * KR
    assert told(found.per_source) == {
        "Programme grant": 1_005,
        "Carried over from earlier years": 40,
        "County authority": 600,
        "The municipality's own funds": 200,
        "Source unknown": 300,
    }
    assert told(found.per_measure) == {
        "Åpen barnehage": 1_200,
        "Ungdom i arbeid": 300,
        "Uten område": 40,
        "Lines without a measure": 5,
        "Administrative costs": 600,
    }
    assert told(found.per_focus_area) == {
        "Oppvekst og utdanning": 1_200,
        "Arbeid": 300,
        "Without focus area": 45,
        "Shared costs of the programme": 600,
    }
    assert told(found.per_purpose) == {"Measures": 1_545, "Administrative costs": 600}
    assert told(found.per_cost_kind) == {"Salary": 500, "Travel": 20, "Not split": 1_625}


def test_two_measures_of_one_name_are_told_apart(cast: Cast) -> None:
    plan = drafting.start(cast)
    for amount in (1, 2):
        drafting.line(cast, plan, "Sommerjobb", amount, drafting.place(cast, plan, "Sommerjobb"))
    assert [share.amount for share in totals(plan).per_measure] == [1 * KR, 2 * KR]


def test_a_plan_without_lines_has_no_rows(cast: Cast) -> None:
    found = totals(drafting.start(cast))
    assert (found.total, found.per_source, found.per_measure, found.per_cost_kind) == (0, (), (), ())


def test_the_queries_do_not_grow_with_the_lines(cast: Cast) -> None:
    counts = []
    for year, size in ((2026, 2), (2027, 12)):
        plan = drafting.whole(cast, measures_count=size, year=year)
        with CaptureQueriesContext(connection) as queries:
            totals(plan)
        counts.append(len(queries))
    assert counts == [2, 2]


lines = st.lists(
    st.tuples(
        st.integers(0, 10**12),
        st.sampled_from(["", *Source]),
        st.sampled_from(list(LinePurpose)),
        st.sampled_from([None, 0, 1, 2]),
        st.lists(st.integers(1, 10**9), max_size=len(CostKind)),
    ),
    max_size=10,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=lines)
def test_every_side_sums_to_the_total_to_the_last_ore(
    cast: Cast, lines: list[tuple[int, str, LinePurpose, int | None, list[int]]]
) -> None:
    BudgetLine.objects.all().delete()
    PlanMeasure.objects.all().delete()
    plan = ActionPlan.objects.filter(year=2026).first() or drafting.start(cast)
    items = [drafting.place(cast, plan, f"T{number}", area=area) for number, area in enumerate((0, 1, None))]
    for amount, source, purpose, at, parts in lines:
        item = items[at] if at is not None and purpose == LinePurpose.MEASURE else None
        line = BudgetLine.objects.create(
            plan=plan, name="Linje", amount=amount, source=source, purpose=purpose, plan_measure=item
        )
        rest = amount
        for kind, part in zip(CostKind, parts, strict=False):
            if part <= rest:
                CostSplit.objects.create(line=line, kind=kind, amount=part)
                rest -= part
    found = totals(plan)
    assert found.total == sum(amount for amount, *_rest in lines)
    for side in (
        found.per_source,
        found.per_measure,
        found.per_focus_area,
        found.per_purpose,
        found.per_cost_kind,
    ):
        assert sum(share.amount for share in side) == found.total
        assert len({share.key for share in side}) == len(side)
