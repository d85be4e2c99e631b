"""Rhythms: the times that follow from a first due date and a period (A3)."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from samloft.programmes.models import Rhythm
from samloft.programmes.recurrence import Slot, slots

DAYS = st.dates(date(2016, 1, 1), date(2033, 12, 31))
RHYTHMS = st.sampled_from(list(Rhythm))


def dues(rhythm: Rhythm, first: date | None, start: date, end: date) -> list[date | None]:
    return [slot.due_on for slot in slots(rhythm, first_due=first, start=start, end=end)]


def test_a_leap_day_falls_on_the_28th_in_common_years_and_comes_back() -> None:
    found = dues(Rhythm.YEARLY, date(2024, 2, 29), date(2024, 1, 1), date(2028, 12, 31))
    assert found == [
        date(2024, 2, 29),
        date(2025, 2, 28),
        date(2026, 2, 28),
        date(2027, 2, 28),
        date(2028, 2, 29),
    ]


def test_the_last_of_a_month_stays_the_last_where_months_are_shorter() -> None:
    found = dues(Rhythm.MONTHLY, date(2024, 1, 31), date(2024, 1, 1), date(2024, 5, 31))
    assert found == [
        date(2024, 1, 31),
        date(2024, 2, 29),
        date(2024, 3, 31),
        date(2024, 4, 30),
        date(2024, 5, 31),
    ]


def test_every_second_month_goes_over_the_year() -> None:
    found = dues(Rhythm.EVERY_SECOND_MONTH, date(2024, 11, 15), date(2024, 1, 1), date(2025, 4, 1))
    assert found == [date(2024, 11, 15), date(2025, 1, 15), date(2025, 3, 15)]


def test_weeks_keep_their_day_and_number_over_the_year() -> None:
    found = slots(Rhythm.WEEKLY, first_due=date(2026, 12, 23), start=date(2026, 1, 1), end=date(2027, 1, 10))
    assert [slot.due_on for slot in found] == [date(2026, 12, 23), date(2026, 12, 30), date(2027, 1, 6)]
    assert [slot.key for slot in found] == ["2026-W52", "2026-W53", "2027-W01"]


def test_a_yearly_duty_with_no_known_day_is_owed_each_year_and_due_on_none() -> None:
    found = slots(Rhythm.YEARLY, first_due=None, start=date(2024, 6, 10), end=date(2026, 12, 31))
    assert [(slot.key, slot.due_on) for slot in found] == [("2024", None), ("2025", None), ("2026", None)]
    assert found[0].starts_on == date(2024, 6, 10)


def test_at_most_six_a_year_is_never_due_and_at_least_is_at_the_years_end() -> None:
    at_most = slots(Rhythm.TIMES_A_YEAR, first_due=None, start=date(2017, 1, 1), end=date(2018, 12, 31))
    assert [slot.due_on for slot in at_most] == [None, None]
    at_least = slots(
        Rhythm.TIMES_A_YEAR, first_due=None, start=date(2017, 1, 1), end=date(2018, 6, 30), has_minimum=True
    )
    assert [slot.due_on for slot in at_least] == [date(2017, 12, 31), date(2018, 6, 30)]


@given(RHYTHMS, st.none() | DAYS, DAYS, st.integers(0, 1500))
def test_times_are_in_order_inside_the_period_and_each_named_once(
    rhythm: Rhythm, first: date | None, start: date, length: int
) -> None:
    end = start + timedelta(days=length)
    found = slots(rhythm, first_due=first, start=start, end=end)
    keys = [slot.key for slot in found]
    assert len(keys) == len(set(keys))
    assert [slot.starts_on for slot in found] == sorted(slot.starts_on for slot in found)
    for slot in found:
        assert start <= slot.starts_on <= slot.ends_on
        if rhythm != Rhythm.ONCE:
            assert slot.ends_on <= end
            assert slot.due_on is None or slot.starts_on <= slot.due_on <= slot.ends_on
        if first and slot.due_on and rhythm != Rhythm.TIMES_A_YEAR:
            assert slot.due_on >= first


@given(
    rhythm=RHYTHMS,
    has_minimum=st.booleans(),
    first=st.none() | DAYS,
    start=DAYS,
    length=st.integers(0, 1500),
    more=st.integers(1, 1500),
)
def test_an_extension_adds_times_and_moves_no_due_date(
    *, rhythm: Rhythm, has_minimum: bool, first: date | None, start: date, length: int, more: int
) -> None:
    """A2, A5: also not in the year that the old end cut short."""

    def laid_out(end: date, *earlier_ends: date) -> dict[str, Slot]:
        found = slots(
            rhythm, first_due=first, start=start, end=end, has_minimum=has_minimum, earlier_ends=earlier_ends
        )
        return {slot.key: slot for slot in found}

    end = start + timedelta(days=length)
    before, after = laid_out(end), laid_out(end + timedelta(days=more), end)
    assert set(before) <= set(after)
    for key, slot in before.items():
        assert after[key].starts_on == slot.starts_on
        assert after[key].due_on == slot.due_on
        if slot.ends_on < end:
            assert after[key].ends_on == slot.ends_on
