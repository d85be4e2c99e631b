import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from samloft.core.errors import RuleBroken, StaleEdit
from samloft.core.models import AuditRow
from samloft.plans.actions import phase_in as actions
from samloft.plans.actions.phase_in import ExitPlanValues, StepValues
from samloft.plans.models import ExitRoute, LinePurpose, Measure, Source
from samloft.plans.queries.losing_financing import losing_financing, ordinary_years, outlook
from samloft.plans.queries.phase_in import complete, ladder, ladders
from tests.cast import Cast
from tests.plans.measure_factory import end_programme, give_money, make_measure, make_plan

Shares = tuple[int, int | None, int | None, int | None]

pytestmark = pytest.mark.usefixtures("in_english")


def climb(cast: Cast, measure: Measure, *steps: Shares) -> Measure:
    return actions.set_ladder(measure=measure, steps=[StepValues(*step) for step in steps], by=cast.coordinator)


def codes(measure: Measure) -> set[str]:
    return {warning.code for warning in ladder(measure).warnings}


def test_a_ladder_is_set_as_a_whole_and_the_trail_keeps_its_shares(cast: Cast) -> None:
    measure = climb(cast, make_measure(cast), (2026, 100, None, None), (2027, 50, 50, None))
    climb(cast, measure, (2027, 50, 50, None), (2028, None, None, None))
    assert [step.year for step in measure.phase_in_steps.all()] == [2027, 2028]
    assert AuditRow.objects.latest("number").data == {"steps": ["2027:50/50/?:intended", "2028:?/?/?:intended"]}


def test_an_unknown_share_is_stored_as_unknown(cast: Cast) -> None:
    measure = climb(cast, make_measure(cast), (2028, None, None, None))
    step = measure.phase_in_steps.get()
    assert (step.grant_share, step.ordinary_share, step.other_share) == (None, None, None)
    assert not ladder(measure).rows[0].is_known


@pytest.mark.parametrize(
    "steps",
    [
        [(2026, 60, 60, None)],
        [(2026, None, 60, 60)],
        [(2026, 50, 30, 10)],
        [(2026, 101, None, None)],
        [(2026, 50, None, None), (2026, 40, None, None)],
    ],
)
def test_shares_that_cannot_be_and_years_that_stand_twice_are_refused(cast: Cast, steps: list[Shares]) -> None:
    measure = make_measure(cast)
    with pytest.raises(RuleBroken):
        climb(cast, measure, *steps)
    assert not measure.phase_in_steps.exists()


def test_a_one_off_purchase_has_no_ladder(cast: Cast) -> None:
    measure = make_measure(cast, exit_route=ExitRoute.ONE_OFF)
    with pytest.raises(RuleBroken, match="one-off"):
        climb(cast, measure, (2026, 100, None, None))


def test_a_ladder_written_on_an_old_page_is_refused_when_it_differs(cast: Cast) -> None:
    measure = climb(cast, make_measure(cast), (2026, 100, None, None))
    with pytest.raises(StaleEdit):
        actions.set_ladder(measure=measure, steps=[StepValues(2026, 50)], version=1, by=cast.coordinator)


def test_the_exit_plan_is_set_with_a_trace(cast: Cast) -> None:
    measure = actions.set_exit_plan(
        measure=make_measure(cast),
        values=ExitPlanValues(ExitRoute.VOLUNTARY, "Laget tar over", "Frivilligsentralen"),
        version=1,
        by=cast.coordinator,
    )
    assert (measure.exit_route, measure.exit_owner) == ("voluntary", "Frivilligsentralen")
    assert AuditRow.objects.latest("number").data["route"] == "voluntary"


share = st.one_of(st.none(), st.integers(0, 100))


@given(st.tuples(share, share, share))
def test_what_follows_by_arithmetic_is_filled_in_and_nothing_else(shares: Shares) -> None:
    known = [one for one in shares if one is not None]
    if sum(known) > 100 or (len(known) == 3 and sum(known) != 100):
        return
    found = complete(shares)
    for before, after in zip(shares, found, strict=True):
        assert before is None or before == after
    if None not in found:
        assert sum(one for one in found if one is not None) == 100
    else:
        assert len(known) < 2 and sum(known) < 100


def test_a_measure_that_is_to_live_on_without_a_ladder_is_warned_of(cast: Cast) -> None:
    assert codes(make_measure(cast, exit_route=ExitRoute.ORDINARY_BUDGET)) == {"no_ladder"}
    assert codes(make_measure(cast, "Uten rute")) == set()
    assert codes(make_measure(cast, "Slutter", exit_route=ExitRoute.PLANNED_END)) == set()


def test_full_grant_in_the_third_year_is_warned_of_and_in_the_second_is_not(cast: Cast) -> None:
    measure = make_measure(cast, first_plan_year=2025)
    assert codes(climb(cast, measure, (2026, 100, None, None), (2027, 90, 10, None))) == set()
    assert codes(climb(cast, measure, (2026, 100, None, None), (2027, 100, None, None))) == {
        "full_grant_third_year"
    }


def test_a_ladder_that_counts_on_grants_after_the_programme_is_warned_of(cast: Cast) -> None:
    end_programme(cast, 2028)
    measure = make_measure(cast, exit_route=ExitRoute.ORDINARY_BUDGET)
    assert codes(climb(cast, measure, (2028, 50, 50, None), (2029, 25, 75, None))) == {"ends_before_ladder"}


def test_a_ladder_that_does_not_reach_the_end_of_the_programme_is_warned_of(cast: Cast) -> None:
    end_programme(cast, 2028)
    measure = make_measure(cast, exit_route=ExitRoute.ORDINARY_BUDGET)
    assert codes(climb(cast, measure, (2026, 90, 10, None))) == {"unknown_after_programme"}
    assert codes(climb(cast, measure, (2028, 50, 50, None))) == {"open_at_programme_end"}
    assert codes(climb(cast, measure, (2026, 50, 50, None), (2027, 0, 100, None))) == set()


def test_the_ladders_of_many_measures_are_one_query(cast: Cast) -> None:
    for number in range(5):
        climb(cast, make_measure(cast, f"Tiltak {number}"), (2026, 100, None, None))
    measures = list(Measure.objects.select_related("programme"))
    with CaptureQueriesContext(connection) as queries:
        ladders(measures)
    assert len(queries) == 1


def test_kroner_that_lose_financing_are_the_whole_cost_times_the_share_left_at_the_end(cast: Cast) -> None:
    end_programme(cast, 2028)
    measure = make_measure(cast, exit_route=ExitRoute.ORDINARY_BUDGET)
    give_money(cast, measure, 300_000)
    give_money(cast, measure, 100_000, source=Source.CARRY_OVER)
    give_money(cast, measure, 100_000, source=Source.MUNICIPALITY)
    climb(cast, measure, (2026, 80, 20, None), (2028, 30, 70, None))
    found = losing_financing(outlook(cast.programme, 2026))
    (row,) = found.rows
    assert (row.now, row.state, row.loses) == (400_000_00, "known", 150_000_00)
    assert (found.loses, found.now, found.unknown) == (150_000_00, 400_000_00, ())


def test_the_year_after_the_programme_tells_before_its_last_year(cast: Cast) -> None:
    end_programme(cast, 2028)
    measure = make_measure(cast)
    give_money(cast, measure, 100_000)
    climb(cast, measure, (2026, 100, None, None), (2028, 50, 50, None), (2029, 0, 100, None))
    assert losing_financing(outlook(cast.programme, 2026)).rows[0].loses == 0


def test_a_ladder_that_came_down_early_loses_nothing(cast: Cast) -> None:
    end_programme(cast, 2028)
    measure = make_measure(cast)
    give_money(cast, measure, 100_000)
    climb(cast, measure, (2026, 50, 50, None), (2027, 0, 100, None))
    assert losing_financing(outlook(cast.programme, 2026)).rows[0].loses == 0


@pytest.mark.parametrize(
    "steps",
    [
        (),
        ((2026, 100, None, None),),
        ((2026, 100, None, None), (2028, None, None, None)),
        ((2028, 50, 50, None),),
        ((2026, 0, 100, None), (2028, 50, 50, None)),
    ],
)
def test_kroner_whose_ladder_does_not_tell_are_unknown_and_counted_and_not_zero(
    cast: Cast, steps: tuple[Shares, ...]
) -> None:
    end_programme(cast, 2028)
    measure = make_measure(cast, exit_route=ExitRoute.ORDINARY_BUDGET)
    give_money(cast, measure, 100_000)
    climb(cast, measure, *steps)
    found = losing_financing(outlook(cast.programme, 2026))
    assert found.rows[0].loses is None and found.rows[0].why
    assert (found.loses, len(found.unknown), found.unknown_now) == (None, 1, 100_000_00)


def test_kroner_are_unknown_when_nobody_knows_when_the_programme_ends(cast: Cast) -> None:
    measure = make_measure(cast)
    give_money(cast, measure, 100_000)
    climb(cast, measure, (2026, 100, None, None), (2028, 50, 50, None))
    found = losing_financing(outlook(cast.programme, 2026))
    assert found.last_year is None and found.rows[0].state == "unknown"


def test_measures_that_end_lose_nothing_and_are_counted_apart(cast: Cast) -> None:
    end_programme(cast, 2028)
    give_money(cast, make_measure(cast, exit_route=ExitRoute.PLANNED_END), 40_000)
    found = losing_financing(outlook(cast.programme, 2026))
    assert (found.loses, found.ending_now, found.unknown) == (0, 40_000_00, ())


def test_the_parts_sum_to_all_programme_money_for_measures_also_lines_without_a_measure(cast: Cast) -> None:
    end_programme(cast, 2028)
    give_money(cast, make_measure(cast, "Slutter", exit_route=ExitRoute.ONE_OFF), 10_000)
    give_money(cast, make_measure(cast, "Ukjent"), 20_000)
    known = make_measure(cast, "Kjent")
    give_money(cast, known, 40_000)
    climb(cast, known, (2026, 100, None, None), (2028, 0, 100, None))
    plan = make_plan(cast)
    plan.lines.create(name="Løs linje", amount=5_000_00, source=Source.PROGRAMME_GRANT)
    plan.lines.create(
        name="Ledelse", amount=9_000_00, source=Source.PROGRAMME_GRANT, purpose=LinePurpose.ADMINISTRATION
    )
    found = losing_financing(outlook(cast.programme, 2026))
    assert found.now == 75_000_00
    known_now = sum(row.now for row in found.rows if row.state == "known")
    assert known_now + found.unknown_now + found.ending_now == found.now
    assert found.unknown[-1].measure is None


def test_the_latest_plan_up_to_the_year_is_read(cast: Cast) -> None:
    measure = make_measure(cast)
    give_money(cast, measure, 10_000, year=2025)
    give_money(cast, measure, 20_000, year=2026)
    assert losing_financing(outlook(cast.programme, 2025)).now == 10_000_00
    assert losing_financing(outlook(cast.programme, 2030)).plan_year == 2026
    assert losing_financing(outlook(cast.programme, 2020)).plan_year is None


def test_the_ordinary_budget_carries_known_kroner_and_the_unknown_are_named(cast: Cast) -> None:
    known, unknown = make_measure(cast, "Kjent"), make_measure(cast, "Ukjent")
    give_money(cast, known, 90_000)
    give_money(cast, unknown, 50_000)
    actions.set_ladder(
        measure=known,
        steps=[StepValues(2026, 90, 10), StepValues(2027, 50, 50, status="adopted")],
        by=cast.coordinator,
    )
    climb(cast, unknown, (2027, 80, None, None))
    years = {year.year: year for year in ordinary_years(outlook(cast.programme, 2026))}
    assert (years[2026].amount, years[2026].adopted, years[2026].unknown) == (10_000_00, 0, ())
    assert (years[2027].amount, years[2027].adopted) == (50_000_00, 50_000_00)
    assert years[2027].unknown == (unknown,)


def test_a_year_in_which_no_ladder_tells_the_ordinary_share_is_unknown_and_not_zero(cast: Cast) -> None:
    measure = make_measure(cast)
    give_money(cast, measure, 90_000)
    climb(cast, measure, (2027, None, None, None))
    (year,) = ordinary_years(outlook(cast.programme, 2026))
    assert (year.amount, year.adopted, year.unknown) == (None, None, (measure,))


def test_the_queries_of_the_view_do_not_grow_with_the_measures(cast: Cast) -> None:
    end_programme(cast, 2028)
    counts = []
    for number in (2, 12):
        for name in range(number):
            measure = make_measure(cast, f"Tiltak {number} {name}")
            give_money(cast, measure, 1_000)
            climb(cast, measure, (2026, 100, None, None))
        with CaptureQueriesContext(connection) as queries:
            seen = outlook(cast.programme, 2026)
            losing_financing(seen)
            ordinary_years(seen)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 4
