"""F3: numbers, symbols and periods as Norwegian tables write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samloft.indicators.reading.figures import (
    FigureUnclear,
    decimal_proof,
    missing_reason,
    read_figure,
    read_json_figure,
)
from samloft.indicators.reading.periods import read_period

NBSP, THIN, NARROW = "\u00a0", "\u2009", "\u202f"


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("0", 0),
        ("12", 12),
        ("007", 7),
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("0,125", 0.125),
        ("0.125", 0.125),
        ("1 250", 1250),
        (f"1{NBSP}250", 1250),
        (f"1{THIN}250{NARROW}000", 1_250_000),
        ("1 250,75", 1250.75),
        ("1.234.567", 1_234_567),
        ("1.250,5", 1250.5),
        ("1,250.5", 1250.5),
        ("1,234,567", 1_234_567),
        ("1234.567", 1234.567),
        ("-5", -5),
        ("−5,5", -5.5),
        ("–7", -7),
        ("12,5 %", 12.5),
        ("12¹", 12),
        ("  12 ", 12),
    ],
)
def test_what_norwegian_tables_write_is_read(text: str, figure: float) -> None:
    assert read_figure(text, decimal=None) == (figure, "")


@pytest.mark.parametrize(
    "text",
    [
        *("1.250", "1,250", "12.500", "-1.250", "1 25", "12 34", "1 2500", "1..5", "1.25.000", "1,5,5", "--5"),
        *("ca. 5", "5-10", "<4", "abc", "#REF!", "1e5", "5 kr", "9" * 20, "9" * 100, "", "٣", "1_000"),
    ],
)
def test_what_can_be_read_in_two_ways_or_none_is_refused(text: str) -> None:
    with pytest.raises(FigureUnclear) as unclear:
        read_figure(text, decimal=None)

    assert unclear.value.reason.text


@pytest.mark.parametrize(
    ("text", "decimal", "figure"),
    [
        ("1.250", ".", 1.25),
        ("1.250", ",", 1250),
        ("1,250", ",", 1.25),
        ("1,250", ".", 1250),
        ("12 500", ",", 12500),
    ],
)
def test_a_known_decimal_mark_settles_it(text: str, decimal: str, figure: float) -> None:
    assert read_figure(text, decimal=decimal) == (figure, "")  # type: ignore[arg-type]


def test_a_figure_that_contradicts_the_known_mark_is_refused() -> None:
    with pytest.raises(FigureUnclear):
        read_figure("12.5", decimal=",")


def test_a_star_marks_a_provisional_figure() -> None:
    assert read_figure("12,5*", decimal=None) == (12.5, "*")


@pytest.mark.parametrize(
    ("text", "proof"),
    [
        ("12,5", ","),
        ("12.5", "."),
        ("1.234.567", ","),
        ("1,234.5", "."),
        ("1.250", None),
        ("1250", None),
        ("x", None),
    ],
)
def test_a_figure_proves_the_decimal_mark_or_leaves_it_open(text: str, proof: str | None) -> None:
    assert decimal_proof(text) == proof


@pytest.mark.parametrize("symbol", [".", "..", "...", ":", "-"])
def test_the_symbols_for_missing_figures_are_reasons_and_never_zero(symbol: str) -> None:
    assert missing_reason(symbol) == symbol
    with pytest.raises(FigureUnclear):
        read_figure(symbol, decimal=None)


@pytest.mark.parametrize(("text", "reason"), [("…", "..."), ("–", "-"), ("", "unknown"), ("0", None), ("x", None)])
def test_other_ways_to_write_a_symbol(text: str, reason: str | None) -> None:
    assert missing_reason(text) == reason


def test_json_texts_follow_json_first() -> None:
    assert read_json_figure("1.250") == 1.25
    assert read_json_figure("1e3") == 1000
    assert read_json_figure("12,5") == 12.5


@given(st.integers(-(10**14), 10**14), st.integers(0, 99), st.sampled_from([" ", NBSP, NARROW]))
def test_a_figure_written_the_norwegian_way_is_read_back(whole: int, hundredths: int, space: str) -> None:
    grouped = f"{whole:,}".replace(",", space)

    assert read_figure(grouped, decimal=None)[0] == whole
    assert read_figure(f"{grouped},{hundredths:02}", decimal=None)[0] == float(f"{whole}.{hundredths:02}")


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_figure(text, decimal=None)
    except FigureUnclear as unclear:
        assert unclear.reason.text


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2024", "2024"),
        (" 2024* ", "2024"),
        ("Året 2024", "2024"),
        ("2019-2021", "2019-2021"),
        ("2019–2021", "2019-2021"),
        ("2019_2021", "2019-2021"),
        ("2023/24", "2023-2024"),
        ("Skoleåret 2023/2024", "2023-2024"),
        ("1999/00", "1999-2000"),
        ("2024K1", "2024K1"),
        ("2024Q4", "2024K4"),
        ("2024K5", None),
        ("1. kvartal 2024", "2024K1"),
        ("2024 1. kvartal", "2024K1"),
        ("2024M1", "2024M01"),
        ("2024M13", None),
        ("januar 2024", "2024M01"),
        ("des. 2024", "2024M12"),
        ("2024U05", "2024U05"),
        ("1. halvår 2024", "2024H1"),
        ("2024-01-01", "2024-01-01"),
        ("1.1.2024", "2024-01-01"),
        ("31.02.2024", None),
        ("3118", None),
        ("24", None),
        ("Mysen", None),
        ("", None),
        ("2" * 100, None),
    ],
)
def test_periods_are_brought_to_one_form(text: str, period: str | None) -> None:
    assert read_period(text) == period
