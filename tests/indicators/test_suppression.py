"""F7: nobody can work out a hidden count, from one table or from a row of releases."""

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samloft.indicators.suppression.blanks import counts_behind
from samloft.indicators.suppression.counts import Counts, Dimension, Shown, Sum, shares, sums_over
from samloft.indicators.suppression.protect import CannotProtect, Protected, protect
from tests.indicators.reader import worked_out


def added_up(dimensions: Sequence[Dimension], cells: dict[tuple[str, ...], int]) -> Counts:
    """The cells with every total over them."""
    values = dict(cells)
    for place, dimension in enumerate(dimensions):
        for total, parts in dimension.totals.items():
            for key in [key for key in values if key[place] == parts[0]]:
                across = [(*key[:place], part, *key[place + 1 :]) for part in parts]
                values[(*key[:place], total, *key[place + 1 :])] = sum(values[part] for part in across)
    return Counts(values, sums_over(dimensions))


def flat(name: str, size: int) -> Dimension:
    parts = tuple(f"{name}{number}" for number in range(size))
    return Dimension((*parts, name), {name: parts})


def nested(name: str) -> Dimension:
    """A dimension with sub-totals: ages 0–17 are 0–5 and 6–17."""
    left, right = (f"{name}1", f"{name}2"), (f"{name}3", f"{name}4")
    totals = {f"{name}left": left, f"{name}right": right, name: (f"{name}left", f"{name}right")}
    return Dimension((*left, *right, *totals), totals)


def leaves(dimensions: Sequence[Dimension]) -> list[tuple[str, ...]]:
    return list(product(*([c for c in each.categories if c not in each.totals] for each in dimensions)))


small_counts = st.one_of(st.just(0), st.integers(0, 6), st.integers(0, 60))


@st.composite
def tables(draw: st.DrawFn) -> Counts:
    sizes = draw(st.sampled_from([(3,), (6,), (2, 3), (4, 3), (5, 4), (2, 2, 2), (3, 2, 3)]))
    dimensions = [flat(name, size) for name, size in zip("abc", sizes, strict=False)]
    if draw(st.booleans()):
        dimensions[-1] = nested("n")
    return added_up(dimensions, {key: draw(small_counts) for key in leaves(dimensions)})


def release(counts: Counts, protected: Protected, threshold: int, *, hides_zeros: bool = False) -> Shown:
    return Shown(counts, protected.hidden, threshold, hides_zeros)


@given(tables(), st.integers(3, 6), st.booleans())
@settings(max_examples=30)
def test_nothing_hidden_in_a_table_can_be_worked_out(counts: Counts, threshold: int, zeros: bool) -> None:
    protected = protect(counts, threshold=threshold, hide_zeros=zeros)
    smallest = 0 if zeros else 1
    small = {key for key, value in counts.values.items() if smallest <= value < threshold}
    assert small == protected.small <= protected.hidden <= counts.values.keys()
    assert not protected.already_public
    assert worked_out([release(counts, protected, threshold, hides_zeros=zeros)]) == {}


@st.composite
def rows_of_releases(draw: st.DrawFn) -> list[Counts]:
    """A table, and the same table later: with cells revised, with a category more or less, without some cells, or
    with cells that are not printed though they add up."""
    sizes = draw(st.sampled_from([(2,), (4,), (3, 3), (4, 2), (2, 2, 2)]))
    cells = {key: draw(small_counts) for key in product(*(range(size) for size in sizes))}
    found = []
    for _ in range(draw(st.integers(2, 4))):
        dimensions = [flat(name, size) for name, size in zip("abc", sizes, strict=False)]
        named = {tuple(f"{n}{at}" for n, at in zip("abc", key, strict=False)): v for key, v in cells.items()}
        whole = added_up(dimensions, named)
        left_out = draw(st.sets(st.sampled_from(sorted(whole.values)), max_size=3))
        stay = {key: value for key, value in whole.values.items() if key not in left_out}
        unprinted = draw(st.sets(st.sampled_from(sorted(stay)), max_size=len(stay) // 2)) if stay else set()
        found.append(Counts(stay, whole.sums, frozenset(unprinted)))
        for key in draw(st.sets(st.sampled_from(sorted(cells)), max_size=3)):
            cells[key] = max(0, cells[key] + draw(st.integers(-3, 3)))
        size = (max(2, sizes[0] + draw(st.integers(-1, 1))), *sizes[1:])
        cells = {
            key: cells[key] if key in cells else draw(small_counts) for key in product(*(range(n) for n in size))
        }
        sizes = size
    return found


@given(rows_of_releases(), st.integers(3, 5), st.integers(0, 2), st.booleans())
@settings(max_examples=60)
def test_a_later_release_gives_nothing_away_that_it_or_an_earlier_one_hides(
    tables: list[Counts], threshold: int, rise: int, zeros: bool
) -> None:
    published: list[Shown] = []
    for counts in tables:
        try:
            protected = protect(counts, threshold=threshold, hide_zeros=zeros, earlier=published)
        except CannotProtect:
            continue  # and is not published
        before = Shown(replace(counts, unprinted=frozenset(counts.values)), frozenset(), threshold)
        was_known = worked_out([*published, before])
        published.append(release(counts, protected, threshold, hides_zeros=zeros))
        known = worked_out(published)
        assert {key for key, _ in known} <= protected.already_public, "Found out only what was public before."
        assert {cell for cell in known if cell[1]} <= was_known.keys(), "It was known before this table came."
        threshold += rise


def test_a_zero_that_is_shown_later_gives_no_small_count_away() -> None:
    """23 and 22 were shown: one more lives in the first zone or in the last. That it is nobody in the last must
    not be told by a table that hides the first."""
    values = {("t",): 23, ("a",): 1, ("d",): 0, ("e",): 22}
    sums = (Sum(("t",), (("a",), ("d",), ("e",))),)
    first = Counts(values, sums, frozenset({("a",), ("d",)}))
    shown = release(first, protect(first, threshold=5), 5)
    assert worked_out([shown]) == {}
    with pytest.raises(CannotProtect) as refused:
        protect(Counts(values, sums), threshold=5, earlier=[shown])
    assert refused.value.keys == (("a",),)
    protected = protect(Counts(values, sums), threshold=5, hide_zeros=True, earlier=[shown])
    assert protected.hidden >= {("a",), ("d",)} and not protected.already_public
    assert worked_out([shown, release(Counts(values, sums), protected, 5, hides_zeros=True)]) == {}


def test_a_total_that_stands_elsewhere_cannot_be_hidden_and_others_are() -> None:
    """The statistics bank prints 63, so it protects nobody that the table leaves it out."""
    counts = added_up([flat("a", 3)], {("a0",): 3, ("a1",): 20, ("a2",): 40})
    assert protect(replace(counts, unprinted=frozenset({("a",)})), threshold=5).hidden == {("a0",)}
    protected = protect(replace(counts, elsewhere=frozenset({("a",)})), threshold=5)
    assert protected.hidden == {("a0",), ("a1",)}


def test_what_only_this_table_and_others_tell_together_is_refused() -> None:
    """All but one small count stands elsewhere: hiding it would be for show."""
    counts = added_up([flat("a", 2)], {("a0",): 3, ("a1",): 20})
    with pytest.raises(CannotProtect):
        protect(replace(counts, elsewhere=frozenset({("a",), ("a1",)})), threshold=5)


def test_a_small_count_takes_its_cheapest_neighbours_with_it_and_leaves_the_totals() -> None:
    dimensions = [flat("a", 3), flat("b", 3)]
    counts = added_up(dimensions, dict(zip(leaves(dimensions), [2, 30, 50, 40, 60, 70, 10, 90, 80], strict=True)))
    protected = protect(counts, threshold=5)
    assert protected.small == {("a0", "b0")}
    assert protected.hidden == {("a0", "b0"), ("a0", "b1"), ("a2", "b0"), ("a2", "b1")}


def test_two_small_counts_that_protect_each_other_take_nothing_with_them() -> None:
    counts = added_up([flat("a", 4)], {("a0",): 2, ("a1",): 1, ("a2",): 50, ("a3",): 60})
    assert protect(counts, threshold=3).hidden == {("a0",), ("a1",)}


def test_ones_that_fill_their_total_do_not_protect_each_other() -> None:
    """Zeros are shown, so three hidden cells that make 3 are 1 each."""
    counts = added_up([flat("a", 4)], {("a0",): 1, ("a1",): 1, ("a2",): 1, ("a3",): 0})
    assert protect(counts, threshold=3).hidden == {("a0",), ("a1",), ("a2",), ("a",)}


def test_hiding_only_the_small_ones_would_not_do() -> None:
    counts = added_up([flat("a", 3)], {("a0",): 2, ("a1",): 20, ("a2",): 30})
    assert worked_out([Shown(counts, frozenset({("a0",)}), 5)]) == {(("a0",), 2): 2}


def test_zeros_are_shown_unless_told_otherwise() -> None:
    counts = added_up([flat("a", 3)], {("a0",): 0, ("a1",): 20, ("a2",): 30})
    assert protect(counts, threshold=5).hidden == frozenset()
    assert ("a0",) in protect(counts, threshold=5, hide_zeros=True).hidden


def test_a_threshold_that_would_tell_what_is_hidden_is_refused() -> None:
    with pytest.raises(ValueError, match="below 3"):
        protect(Counts({("a",): 1}), threshold=2)


def test_a_share_with_a_printed_denominator_is_a_count_of_those_in_it_and_of_the_rest() -> None:
    """19 of 20 tells that one is not: the share is hidden though neither number is small."""
    counts, known = shares({("x",): 19, ("y",): 30}, {("x",): 20, ("y",): 60})
    protected = protect(counts, threshold=5, earlier=[known])
    assert protected.hidden == {("in", "x")}
    assert worked_out([known, release(counts, protected, 5)]) == {}


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=2, max_size=6), st.integers(3, 5))
@settings(max_examples=40)
def test_no_small_count_behind_a_share_can_be_worked_out(groups: list[tuple[int, int]], threshold: int) -> None:
    dimension = flat("a", len(groups))
    within, of = (
        added_up([dimension], {(f"a{at}",): group[0] + group[1] * more for at, group in enumerate(groups)}).values
        for more in (0, 1)
    )
    counts, known = shares(within, of, sums_over([dimension]))
    try:
        protected = protect(counts, threshold=threshold, earlier=[known])
    except CannotProtect:
        return  # the denominators alone leave too little room, and the table is not published
    hidden = release(counts, protected, threshold)
    assert {key for key, _ in worked_out([known, hidden])} <= protected.already_public


@given(
    st.lists(st.integers(0, 20), min_size=3, max_size=7), st.sets(st.integers(0, 6), min_size=1), st.integers(3, 5)
)
@settings(max_examples=40)
def test_no_cell_that_the_source_hides_can_be_worked_out(
    groups: list[int], left_out: set[int], threshold: int
) -> None:
    """Whatever fits the sums is taken for the counts behind; the reader knows no more than that."""
    dimension = flat("a", len(groups))
    truth = added_up([dimension], {(f"a{at}",): count for at, count in enumerate(groups)})
    blank = {(f"a{at}",) for at in left_out if at < len(groups)}
    shown = {key: value for key, value in truth.values.items() if key not in blank}
    behind = counts_behind(shown, blank, truth.sums)
    assert behind.keys() == blank
    assert sum(behind.values()) == sum(truth.values[key] for key in blank)
    counts = Counts({**shown, **behind}, truth.sums, frozenset(blank), frozenset(blank))
    protected = protect(counts, threshold=threshold)
    assert not protected.hidden & blank and not protected.already_public
    assert worked_out([release(counts, protected, threshold)]) == {}


def test_what_is_left_for_two_blanks_is_no_certain_number() -> None:
    both = (Sum(("a",), (("a0",), ("a1",), ("a2",))),)
    known, blank = {("a",): 9, ("a2",): 4}, {("a0",), ("a1",)}
    assert counts_behind(known, blank, both) == {("a0",): 3, ("a1",): 2}
    assert counts_behind(known, blank, both, only_certain=True) == {}
    assert counts_behind({("a",): 3, ("a2",): 4}, blank, both) == {}, "Less than nothing is no count."


def test_a_merged_category_does_not_give_away_what_was_hidden_before_it_was_merged() -> None:
    """b is hidden; later only a and “b or c” are printed, with the same total: then c must have been hidden too,
    or the merged one must be."""
    first = added_up([flat("a", 4)], {("a0",): 40, ("a1",): 2, ("a2",): 20, ("a3",): 30})
    shown = release(first, protect(first, threshold=5), 5)
    open_cell = next(key for key in [("a2",), ("a3",), ("a0",)] if key not in shown.hidden)
    merged = ("merged",)
    parts = (("a1",), open_cell)
    later = Counts({merged: 2 + first.values[open_cell], **first.values}, (*first.sums, Sum(merged, parts)))
    assert merged in protect(later, threshold=5, earlier=[shown]).hidden


def test_a_revised_total_does_not_give_away_what_was_hidden_before() -> None:
    """Only one cell was revised, from 2 to 9: nobody may take the difference of the totals from it."""
    before = added_up([flat("a", 3)], {("a0",): 2, ("a1",): 20, ("a2",): 30})
    after = added_up([flat("a", 3)], {("a0",): 9, ("a1",): 20, ("a2",): 30})
    first = release(before, protect(before, threshold=5), 5)
    assert protect(after, threshold=5).hidden == frozenset()
    second = release(after, protect(after, threshold=5, earlier=[first]), 5)
    assert second.hidden
    assert worked_out([first, second]) == {}


def test_a_table_that_cannot_be_released_without_giving_an_earlier_one_away_is_refused() -> None:
    """The total 3 is out. Three hidden cells below it, none of them zero, can only be 1 each."""
    dimension = flat("a", 3)
    total = Counts({("a",): 3})
    first = Shown(total, frozenset(), 3)
    parts = added_up([dimension], {("a0",): 1, ("a1",): 1, ("a2",): 1})
    with pytest.raises(CannotProtect) as refused:
        protect(parts, threshold=3, earlier=[first])
    assert refused.value.keys


def test_what_an_earlier_release_has_shown_is_hidden_but_said_to_be_public() -> None:
    """The threshold was raised: the number can be left out from now on, not called back."""
    counts = added_up([flat("a", 3)], {("a0",): 4, ("a1",): 20, ("a2",): 30})
    first = release(counts, protect(counts, threshold=3), 3)
    protected = protect(counts, threshold=5, earlier=[first])
    assert protected.hidden == protected.already_public == {("a0",)}


def test_the_same_table_always_gets_the_same_answer() -> None:
    dice = random.Random(7)
    dimensions = [flat("a", 12), flat("b", 8)]
    counts = added_up(dimensions, {key: dice.randrange(40) for key in leaves(dimensions)})
    assert protect(counts, threshold=5) == protect(counts, threshold=5)


def test_a_table_of_thousands_of_cells_is_protected_in_one_go() -> None:
    """Zones by age and sex: 30 × 3 × 20 and their totals."""
    dice = random.Random(3)
    dimensions = [flat("a", 30), flat("b", 2), flat("c", 20)]
    counts = added_up(dimensions, {key: int(dice.expovariate(1 / 15)) for key in leaves(dimensions)})
    assert len(counts.values) == 31 * 3 * 21
    protected = protect(counts, threshold=5)
    assert protected.small < protected.hidden
    assert len(protected.hidden) < 2 * len(protected.small)
