"""Money is whole øre inside, and kroner as Norwegians write them outside."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from samloft.core.amounts import read_amount
from samloft.core.money import MoneyField, MoneyFormField, format_kroner, kroner_text

ORE = st.integers(min_value=-(10**14), max_value=10**14)


@pytest.mark.parametrize(
    ("ore", "shown"),
    [
        (779_500_000, "7\u00a0795\u00a0000\u00a0kr"),
        (100, "1\u00a0kr"),
        (0, "0\u00a0kr"),
        (150, "1,50\u00a0kr"),
        (5, "0,05\u00a0kr"),
        (-123_456, "\u22121\u00a0234,56\u00a0kr"),
        (None, ""),
    ],
)
def test_kroner_are_shown_with_groups_that_do_not_break_and_ore_only_when_there_are_any(
    ore: int | None, shown: str
) -> None:
    assert format_kroner(ore) == shown
    assert format_kroner(ore, unit=False) == shown.removesuffix("\u00a0kr")


@pytest.mark.parametrize(("ore", "text"), [(779_500_000, "7795000.00"), (5, "0.05"), (-150, "-1.50"), (0, "0.00")])
def test_scripts_get_kroner_with_two_decimals(ore: int, text: str) -> None:
    assert kroner_text(ore) == text


@given(ORE)
def test_no_ore_is_lost_on_the_way_to_scripts(ore: int) -> None:
    kroner, decimals = kroner_text(abs(ore)).split(".")
    assert int(kroner) * 100 + int(decimals) == abs(ore)


@given(st.integers(min_value=100, max_value=10**13 - 1))
def test_what_is_shown_in_a_form_is_read_back_as_the_same_amount(ore: int) -> None:
    field = MoneyFormField()
    assert field.clean(field.prepare_value(ore)) == ore
    assert not field.has_changed(ore, field.prepare_value(ore))


@given(st.integers(min_value=100, max_value=10**13 - 1))
def test_what_is_shown_on_a_page_is_read_back_as_the_same_amount(ore: int) -> None:
    assert read_amount(format_kroner(ore)) == ore


def test_an_empty_field_is_unknown_and_never_zero() -> None:
    field = MoneyFormField(required=False)
    assert field.clean("") is None
    assert field.clean("   ") is None
    assert field.clean("0") == 0


def test_an_amount_that_can_mean_two_things_is_asked_about() -> None:
    for unclear in ("1.250", "ca. 300 000", "300-400 000", "mye"):
        with pytest.raises(ValidationError):
            MoneyFormField().clean(unclear)


def test_an_amount_that_is_required_must_be_given() -> None:
    with pytest.raises(ValidationError):
        MoneyFormField().clean("")


def test_a_changed_amount_is_seen_as_changed() -> None:
    assert MoneyFormField().has_changed(100_00, "200")


def test_the_database_knows_money_as_an_integer() -> None:
    """A migration must mean the same when this class is gone."""
    assert MoneyField("amount").deconstruct()[1] == "django.db.models.BigIntegerField"
