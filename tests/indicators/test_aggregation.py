"""F1: the figure of a larger area follows from its parts by the indicator's rule, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samloft.indicators.models import Aggregation, Missing
from samloft.indicators.queries.aggregation import Part, aggregate

amounts = st.floats(0, 1e6)
people = st.integers(1, 100_000)
RULES = [rule for rule in Aggregation if rule != Aggregation.NOT_AGGREGABLE]


@st.composite
def parts(draw: st.DrawFn) -> list[Part]:
    count = draw(st.integers(1, 8))
    made = []
    for number in range(count):
        below = draw(people)
        above = draw(st.integers(0, below))
        made.append(Part(f"A{number}", 100 * above / below, "", above, below, draw(people)))
    return made


@given(st.lists(amounts, min_size=1, max_size=8))
def test_a_sum_is_the_sum(values: list[float]) -> None:
    whole = aggregate([Part(str(n), value) for n, value in enumerate(values)], Aggregation.SUM, "personer")
    assert whole.value == pytest.approx(sum(values))
    assert len(whole.contributors) == len(values)


@given(parts())
def test_a_ratio_is_the_sum_of_those_counted_over_the_sum_of_those_asked(given_parts: list[Part]) -> None:
    whole = aggregate(given_parts, Aggregation.RATIO_OF_SUMS, "%")
    above = sum(part.numerator or 0 for part in given_parts)
    below = sum(part.denominator or 0 for part in given_parts)
    assert whole.value == pytest.approx(100 * above / below)
    assert (whole.numerator, whole.denominator) == (above, below)


@given(parts())
def test_a_weighted_mean_lies_between_the_parts(given_parts: list[Part]) -> None:
    whole = aggregate(given_parts, Aggregation.POPULATION_WEIGHTED_MEAN, "%")
    values = [part.value or 0 for part in given_parts]
    assert whole.value is not None
    assert min(values) - 1e-6 <= whole.value <= max(values) + 1e-6


@given(parts(), st.sampled_from(RULES), st.sampled_from([".", "..", "...", ":", "unknown"]), st.data())
def test_one_missing_part_leaves_the_whole_unknown_and_is_named(
    given_parts: list[Part], rule: Aggregation, symbol: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(given_parts)))
    whole = aggregate([*given_parts[:at], Part("Borte", None, symbol, weight=10), *given_parts[at:]], rule, "%")
    assert whole.value is None
    assert whole.lacking == ("Borte",)
    assert len(whole.contributors) == len(given_parts)


def test_none_counts_as_nothing() -> None:
    none = Part("Ingen", None, Missing.NONE, None, 50, 50)
    some = Part("Noen", 20.0, "", 10, 50, 50)
    assert aggregate([none, some], Aggregation.SUM, "antall").value == 20
    assert aggregate([none, some], Aggregation.RATIO_OF_SUMS, "%").value == 10
    assert aggregate([none, some], Aggregation.POPULATION_WEIGHTED_MEAN, "%").value == 10


def test_a_hidden_figure_is_never_counted_even_when_its_counts_are_known() -> None:
    hidden = Part("Skjult", None, Missing.HIDDEN, 2, 50)
    whole = aggregate([hidden, Part("Vist", 20.0, "", 10, 50)], Aggregation.RATIO_OF_SUMS, "%")
    assert (whole.value, whole.lacking) == (None, ("Skjult",))


def test_what_cannot_be_put_together_is_not() -> None:
    whole = aggregate([Part("A", 1.0), Part("B", 2.0)], Aggregation.NOT_AGGREGABLE, "%")
    assert (whole.value, whole.lacking) == (None, ("A", "B"))


def test_nothing_comes_of_no_parts() -> None:
    assert aggregate([], Aggregation.SUM, "personer").value is None
