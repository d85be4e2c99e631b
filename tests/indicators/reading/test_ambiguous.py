"""F3: what can be read in two ways is told by what stands beside it, or asked about."""

from types import SimpleNamespace

import pytest

from samloft.indicators.reading.periods import read_periods
from samloft.indicators.reading.xlsx_rows import _cell


@pytest.mark.parametrize(
    ("texts", "periods"),
    [
        (["2010-10", "2010-11", "2010-12", "2011-01"], ["2010M10", "2010M11", "2010M12", "2011M01"]),
        (["2010-11", "2011-12", "2012-13"], ["2010-2011", "2011-2012", "2012-2013"]),
        (["2010-11", "2010-12"], [None, None]),
        (["2010-11"], [None]),
        (["2010-2011", "2012"], ["2010-2011", "2012"]),
    ],
)
def test_a_year_with_two_digits_is_a_month_or_a_school_year_by_its_company(
    texts: list[str], periods: list[str | None]
) -> None:
    assert read_periods([(text, text) for text in texts]) == periods


@pytest.mark.parametrize(
    ("value", "number_format", "read"),
    [(0.125, "0.0%", 12.5), (12.5, '0.0" %"', 12.5), (30, "0.0\\%", 30), (0.3, '0 "av" %', 30)],
)
def test_a_sign_of_per_cent_that_is_only_shown_multiplies_nothing(
    value: float, number_format: str, read: float
) -> None:
    assert _cell(SimpleNamespace(value=value, number_format=number_format)) == read
