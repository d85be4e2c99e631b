"""Where deadlines stand on the picture of a year (A5)."""

from datetime import date, timedelta
from math import atan2, degrees, hypot

from hypothesis import given
from hypothesis import strategies as st

from samloft.overview import wheel

DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31))


def turned(x: str, y: str) -> float:
    """Degrees clockwise from the top."""
    return degrees(atan2(float(x) - wheel.CENTRE, wheel.CENTRE - float(y))) % 360


@given(st.lists(DAYS, max_size=60))
def test_each_deadline_stands_in_its_month_and_inside_the_ring_of_names(days: list[date]) -> None:
    for day, place in zip(days, wheel.places(days), strict=True):
        first = day.replace(day=1)
        last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        before = (first - date(2024, 1, 1)).days * 360 / 366
        after = ((last - date(2024, 1, 1)).days + 1) * 360 / 366
        assert before <= turned(place.x, place.y) <= after
        far = hypot(float(place.x) - wheel.CENTRE, float(place.y) - wheel.CENTRE)
        assert wheel.RINGS[-1] - 0.1 <= far <= wheel.INNER - wheel.DOT


@given(st.lists(DAYS, max_size=5))
def test_no_two_meet_while_there_is_room(days: list[date]) -> None:
    found = [(float(place.x), float(place.y)) for place in wheel.places(days)]
    for number, (x, y) in enumerate(found):
        assert all(hypot(x - a, y - b) >= wheel.APART - 0.2 for a, b in found[:number])


def test_the_year_begins_at_the_top_and_has_twelve_months() -> None:
    assert [row.first_day.month for row in wheel.months(2026)] == list(range(1, 13))
    hand = wheel.hand(date(2026, 1, 1))
    assert (hand.x1, hand.x2) == ("220.0", "220.0")
    july = wheel.hand(date(2026, 7, 2))
    assert 175 < turned(july.x2, july.y2) < 185
