"""Money split on goals by weights: an estimate, but exact to the øre (B5)."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from samloft.plans.queries.goal_split import Part, share_out, split

weights = st.lists(st.one_of(st.none(), st.integers(1, 100)), min_size=1, max_size=12)
amounts = st.integers(0, 10**13)


@st.composite
def programmes(draw: st.DrawFn) -> tuple[dict[int, int], list[tuple[int, int, int | None]]]:
    """Amounts of some measures, and links of some measures to some goals, each pair at most once."""
    money = draw(st.dictionaries(st.integers(1, 8), amounts, max_size=8))
    pairs = draw(st.lists(st.tuples(st.integers(1, 10), st.integers(1, 6)), unique=True, max_size=30))
    return money, [(*pair, draw(st.one_of(st.none(), st.integers(1, 100)))) for pair in pairs]


@given(amounts, weights)
def test_the_parts_of_an_amount_always_sum_to_it_and_none_is_negative(
    amount: int, shares: list[int | None]
) -> None:
    parts = share_out(amount, shares)
    assert sum(parts) == amount
    assert len(parts) == len(shares) and all(part >= 0 for part in parts)


@given(amounts, st.integers(1, 12))
def test_equal_parts_differ_by_at_most_one_ore(amount: int, count: int) -> None:
    parts = share_out(amount, [None] * count)
    assert max(parts) - min(parts) <= 1


@given(amounts, st.lists(st.integers(1, 100), min_size=1, max_size=6))
def test_no_part_is_a_whole_ore_from_its_exact_share(amount: int, shares: list[int]) -> None:
    whole = sum(shares)
    for part, share in zip(share_out(amount, shares), shares, strict=True):
        assert abs(part * whole - amount * share) < whole


@given(amounts, st.lists(st.integers(1, 100), min_size=2, max_size=6))
def test_a_heavier_weight_never_gets_less_than_a_lighter_one_but_for_the_odd_ore(
    amount: int, shares: list[int]
) -> None:
    parts = share_out(amount, shares)
    ordered = [part for _share, part in sorted(zip(shares, parts, strict=True))]
    assert all(later >= earlier - 1 for earlier, later in pairwise(ordered))


@given(programmes())
def test_the_money_on_goals_and_the_money_of_measures_without_goals_sum_to_all_money(
    drawn: tuple[dict[int, int], list[tuple[int, int, int | None]]],
) -> None:
    money, links = drawn
    parts = split(money, links)
    linked = {measure for measure, _goal, _weight in links}
    on_no_goal = sum(amount for measure, amount in money.items() if measure not in linked)
    assert sum(part.amount for part in parts) + on_no_goal == sum(money.values())
    assert [(part.measure, part.goal, part.weight) for part in parts] == links
    for measure in linked:
        assert sum(part.amount for part in parts if part.measure == measure) == money.get(measure, 0)


def test_goals_without_a_weight_share_what_the_others_leave() -> None:
    assert share_out(100_00, [60, None, None]) == [60_00, 20_00, 20_00]
    assert share_out(10, [None, None, None]) == [4, 3, 3]
    assert share_out(10, []) == []


def test_links_of_several_measures_keep_their_order() -> None:
    links = [(1, 7, None), (2, 7, 100), (1, 8, None)]
    assert split({1: 3, 2: 10}, links) == [Part(1, 7, None, 2), Part(2, 7, 100, 10), Part(1, 8, None, 1)]
