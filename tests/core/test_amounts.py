"""Amounts as people write them: read exactly, or refused with a reason."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from samloft.core.amounts import (
    AmountUnclear,
    is_blank_amount,
    number_in_ore,
    proven_grouping,
    read_amount,
)

KRONER = {
    "Kr. 7. 795 000": 7_795_000,
    "Kr. 800.000": 800_000,
    "800 000,-": 800_000,
    "800 000,–": 800_000,
    "800 000:-": 800_000,
    "400.000.-": 400_000,
    "1,3 mill.": 1_300_000,
    "1.3 mill kr": 1_300_000,
    "1,25 millioner kroner": 1_250_000,
    "1,250 mill": 1_250_000,
    "0.800 mill": 800_000,
    "MNOK 1,3": 1_300_000,
    "kr 1.000.000,00": 1_000_000,
    "kr 1,000,000.00": 1_000_000,
    "1,300,000": 1_300_000,
    "NOK 400 000": 400_000,
    "400'": 400_000,
    "400’": 400_000,
    "500k": 500_000,
    "1 300 tkr": 1_300_000,
    "1’300’000": 1_300_000,
    "400 000 kr": 400_000,
    "kr400000": 400_000,
    "400000": 400_000,
    "800 000,- kr": 800_000,
    "1.250,-": 1_250,
    "1.250,00": 1_250,
    "kr 12.500": 12_500,
    "125.000": 125_000,
    "1. 300. 000": 1_300_000,
    "800 000*": 800_000,
    "800 000¹": 800_000,
    "800 000 [1]": 800_000,
    "800 000 1)": 800_000,
    "(50 000)": -50_000,
    "−50 000": -50_000,
    "-50 000,-": -50_000,
}
SPACES = {"no-break": "\u00a0", "narrow": "\u202f", "thin": "\u2009", "figure": "\u2007", "plain": " "}
UNCLEAR = [
    "1.250",
    "1,250",
    "12.500",
    "800,000",
    "kr 800,000",
    "1.250 mill",
    "1.250 tkr",
    "1,250 tkr",
    "1,3",
    "0,5",
    "ca. 300 000",
    "cirka 300 000 kr",
    "~300 000",
    "300-400 000",
    "300 000–400 000",
    "300 000 til 400 000",
    "300 000?",
    "inntil 200 000",
    "maks 200 000",
    "avklares",
    "ikke avklart",
    "200 000 + 100 000",
    "2 x 100 000",
    "100 000 og 200 000",
    "500 000/400 000",
    "80 0000",
    "1300 000",
    "2026 800 000",
    "12 345 67",
    "1.250.50",
    "1,234,56",
    "1 250,505",
    "0800",
    "50 %",
    "100 EUR",
    "$ 5 000",
    "8OO OOO",
    "800 000-",
    "--5",
    "en million",
    "800 000 kr per år",
    "01.02.2026",
    "kr",
    "1 000 000 000 000",
    "x" * 5_000,
    "9" * 5_000,
    "",
]
BLANK = ["", "-", "–", "—", "0", "0,-", "kr 0", "0 kr", "kr -", "kr. –", "0,00", "-,-", "0*", " \u00a0"]


@pytest.mark.parametrize(("text", "kroner"), KRONER.items())
def test_an_amount_is_read_as_it_is_written(text: str, kroner: int) -> None:
    assert read_amount(text) == kroner * 100


@pytest.mark.parametrize("space", SPACES.values(), ids=SPACES)
def test_every_kind_of_space_separates_thousands(space: str) -> None:
    assert read_amount(f"kr{space}1{space}250{space}000,50") == 125_000_050


def test_half_kroner_are_ore() -> None:
    assert read_amount("1 250,50") == 125_050
    assert read_amount("1250.5") == 125_050


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_cannot_be_known_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(AmountUnclear) as refused:
        read_amount(text)
    assert len(refused.value.message) > 20


@pytest.mark.parametrize("text", BLANK)
def test_a_dash_or_nothing_or_zero_says_no_amount(text: str) -> None:
    assert is_blank_amount(text)


@pytest.mark.parametrize("text", ["5", "-5", "10", "00", "100", "kr5", "a", "0,5", "1-", "- 5"])
def test_other_text_does_not_say_no_amount(text: str) -> None:
    assert not is_blank_amount(text)


def test_the_tables_unit_counts_only_when_the_amount_names_none() -> None:
    assert read_amount("1 300", unit=1_000) == 130_000_000
    assert read_amount("1,3", unit=1_000_000) == 130_000_000
    assert read_amount("1,3 mill.", unit=1_000) == 130_000_000


def test_kroner_under_a_heading_of_thousands_is_asked_about() -> None:
    with pytest.raises(AmountUnclear):
        read_amount("kr 800 000", unit=1_000)


@pytest.mark.parametrize("text", ["1.300", "1,300"])
def test_one_mark_before_three_digits_stays_unknown_under_a_heading_of_thousands(text: str) -> None:
    with pytest.raises(AmountUnclear):
        read_amount(text, unit=1_000)


def test_neighbours_prove_which_mark_separates_thousands() -> None:
    assert proven_grouping(["800.000", "1.300.000"]) == "."
    assert proven_grouping(["800,000", "1,300,000"]) == ","
    assert proven_grouping(["800.000"]) is None
    assert proven_grouping(["1.300.000", "1,300,000"]) is None
    assert read_amount("12.500", grouping=".") == 1_250_000
    assert read_amount("800,000", grouping=",") == 80_000_000


def test_one_and_a_quarter_stays_unknown_whatever_the_neighbours_prove() -> None:
    with pytest.raises(AmountUnclear):
        read_amount("1.250", grouping=".")


def test_a_spreadsheets_number_is_rounded_to_the_nearest_ore() -> None:
    assert number_in_ore(Decimal("1250.5")) == 125_050
    assert number_in_ore(Decimal("1.25"), unit=1_000_000) == 125_000_000
    assert number_in_ore(Decimal(repr(0.1 + 0.2)), unit=1_000) == 30_000
    with pytest.raises(AmountUnclear):
        number_in_ore(Decimal("NaN"))


def _grouped(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


WAYS = [
    lambda n: f"{n}",
    lambda n: f"kr {n}",
    lambda n: f"{_grouped(n, ' ')}",
    lambda n: f"{_grouped(n, ' ')},-",
    lambda n: f"{_grouped(n, chr(0xA0))} kr",
    lambda n: f"kr {_grouped(n, '.')},-",
    lambda n: f"Kr. {_grouped(n, '.')},00",
    lambda n: f"NOK {_grouped(n, chr(0x202F))}",
    lambda n: f"{_grouped(n, chr(0x2019))} kroner",
    lambda n: f"{_grouped(n, ',')}.00",
    lambda n: f"{_grouped(n, ' ')} kr¹",
]


@given(number=st.integers(1, 99_999_999_999), way=st.sampled_from(WAYS))
def test_every_whole_amount_comes_back_in_every_way_of_writing(number: int, way) -> None:  # type: ignore[no-untyped-def]
    assert read_amount(way(number)) == number * 100


@given(ore=st.integers(100_00, 10**11), space=st.sampled_from(list(SPACES.values())))
def test_ore_come_back(ore: int, space: str) -> None:
    kroner, rest = divmod(ore, 100)
    assert read_amount(f"{_grouped(kroner, space)},{rest:02d}") == ore


@given(hundredths=st.integers(1, 99_999))
def test_millions_with_two_decimals_come_back(hundredths: int) -> None:
    text = f"{hundredths // 100},{hundredths % 100:02d} mill. kr"
    assert read_amount(text) == hundredths * 10_000 * 100


@given(text=st.text(max_size=60) | st.text(alphabet="0123456789 .,-–kr'()+millt", max_size=25))
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    try:
        ore = read_amount(text)
    except AmountUnclear as unclear:
        assert unclear.message
        return
    assert isinstance(ore, int)
    # Never silently wrong: what was read has exactly the digits that were written.
    digits = "".join(letter for letter in text if letter in "0123456789")
    assume(digits)
    read = str(abs(ore)).rstrip("0")
    assert read in digits or digits.strip("0").startswith(read.strip("0"))


@given(whole=st.integers(1, 9), rest=st.integers(0, 999), mark=st.sampled_from(".,"))
def test_one_digit_a_mark_and_three_digits_is_never_guessed(whole: int, rest: int, mark: str) -> None:
    with pytest.raises(AmountUnclear):
        read_amount(f"{whole}{mark}{rest:03d}")
