"""Made-up figures for the demo: the same each time, plausible beside each other, and official nowhere.

Each zone has a burden between 0 and 1 that moves a little every year, and every share follows from it with some
noise. The municipality is the sum of its zones; larger areas have a size and a burden of their own.
"""

import random
from dataclasses import dataclass
from typing import NamedTuple

from samloft.indicators.demo import codes

YEARS = range(2016, 2026)
HIDDEN_BELOW = 5


class Count(NamedTuple):
    """How many of how many. `status` says why there is none, or marks a provisional figure with `*`."""

    above: int
    below: int
    status: str = ""

    @property
    def is_shown(self) -> bool:
        return self.status in ("", "*")


@dataclass(frozen=True)
class Share:
    """`of` is the part of the population that is asked; the rest are percentages and how the burden moves them."""

    key: str
    of: float
    at_ease: float
    burdened: float
    a_year: float = 0.0
    first_year: int = YEARS[0]


SHARES = (
    Share("share_children_0_17", 1.0, 20.0, 23.0, -0.15),
    Share("low_income_households", 0.45, 6.0, 17.0, 0.1),
    Share("children_low_income", 0.21, 5.5, 21.0, 0.15),
    Share("renters_households", 0.45, 11.0, 38.0, 0.2),
    Share("overcrowded", 0.45, 3.5, 11.5),
    Share("employment_rate", 0.58, 79.0, 66.0, 0.1),
    Share("unemployment_rate", 0.52, 1.4, 4.2, -0.05),
    Share("low_education_only", 0.72, 20.0, 36.0, -0.3),
    Share("children_moved_3y", 0.21, 17.0, 33.0, -0.1, first_year=2018),
)
# Exists for municipalities only: on a zone's page it is not available, and nothing stands in for it.
MUNICIPAL = (Share("upper_secondary_completion", 0.012, 84.0, 68.0, 0.4),)
POPULATION, INCOME, SATISFACTION = "population_total", "median_income_after_tax", "resident_satisfaction"
SURVEYS = (2021, 2024)
# People in 2016, burden in 2016 and what is added to the burden each year.
_ZONES = {
    "31180101": (2850, 0.12, 0.0),
    "31180102": (1480, 0.22, 0.005),
    "31180103": (3120, 0.3, 0.005),
    "31180104": (640, 0.18, 0.0),
    "31180105": (3340, 0.34, -0.01),
    "31180106": (5280, 0.28, 0.005),
    "31180107": (5910, 0.62, 0.02),
    "31180108": (4630, 0.4, 0.01),
    "31180109": (5460, 0.2, 0.0),
    "31180110": (1870, 0.24, 0.0),
    "31180111": (4150, 0.48, 0.015),
    "31180112": (4980, 0.82, 0.01),
}
_LARGER = {
    codes.COUNTRY: (5_210_000, 0.33, 0.0),
    codes.SPLIT_COUNTY: (289_000, 0.42, 0.0),
    codes.VIKEN: (1_241_000, 0.32, 0.0),
    codes.OSTFOLD: (300_000, 0.43, 0.0),
    codes.OSLO: (650_000, 0.45, 0.0),
    "3107": (79_000, 0.47, 0.005),
    "0301": (650_000, 0.45, 0.0),
}
# The years in which each code was in use.
_IN_USE = {
    codes.SPLIT_COUNTY: range(2016, 2020),
    codes.VIKEN: range(2020, 2024),
    codes.OSTFOLD: range(2024, 2026),
    codes.OLD: range(2020, 2024),
    codes.NEW: range(2024, 2026),
    **dict.fromkeys(codes.ZONES, range(2016, 2020)),
}
# Mysen sentrum turns after the programme has begun there, so that one gap closes while others widen.
_TURNS = {"31180112": (2022, -0.055)}

# Households counted in the wrong one of two zones.
_MOVED = {"31180111": -14, "31180112": 14}
CORRECTED, CORRECTED_YEAR = "low_income_households", 2023


def zones() -> tuple[str, ...]:
    return tuple(sorted(_ZONES))


def corrected_zones() -> tuple[str, ...]:
    return tuple(_MOVED)


def municipalities_and_larger() -> tuple[str, ...]:
    return (*_LARGER, *codes.ZONES, codes.OLD, codes.NEW)


def years_of(code: str) -> range:
    return _IN_USE.get(code, YEARS)


def people(code: str, year: int) -> int:
    """How many live there, at the beginning of the year."""
    if parts := _parts(code):
        return sum(people(part, year) for part in parts)
    at_first, _burden, _step = _size(code)
    growth = 1 + (year - YEARS[0]) * (0.011 + _dice(code, "growth").uniform(-0.007, 0.007))
    return round(at_first * growth)


def count(share: Share, code: str, year: int) -> Count:
    """Those counted and those asked, with the small ones hidden where the area is small."""
    if year < share.first_year:
        return Count(0, 0, "..")
    if share in MUNICIPAL and year == YEARS[-1]:
        return Count(0, 0, "...")
    found = _count(share, code, year)
    if code in _ZONES and 0 < found.above < HIDDEN_BELOW:
        return Count(0, 0, ":")
    return found._replace(status="*") if share.key == "unemployment_rate" and year == YEARS[-1] else found


def corrected(share: Share, code: str, year: int) -> Count:
    """As it is said to be later, when some households turn out to have been counted in the zone beside theirs."""
    found, moved = count(share, code, year), _MOVED[code]
    return Count(found.above + moved, found.below + moved)


def income(code: str, year: int) -> int:
    """Median income after tax; a median cannot be put together from those of the parts."""
    dice = _dice(code, INCOME, year)
    value = 512_000 * 1.031 ** (year - YEARS[0]) * (1.16 - 0.5 * _burden(code, year)) * dice.uniform(0.99, 1.01)
    return round(value / 1000) * 1000


def satisfaction(code: str, year: int) -> float:
    """0 to 10, from a survey of the residents."""
    return round(8.2 - 2.4 * _burden(code, year) + _dice(code, SATISFACTION, year).uniform(-0.3, 0.3), 1)


def _count(share: Share, code: str, year: int) -> Count:
    if parts := _parts(code):
        found = [_count(share, part, year) for part in parts]
        return Count(sum(one.above for one in found), sum(one.below for one in found))
    burden = _burden(code, year)
    per_cent = share.at_ease + (share.burdened - share.at_ease) * burden + share.a_year * (year - YEARS[0])
    below = round(people(code, year) * share.of)
    noise = _dice(code, share.key, year).gauss(0, 1) * (per_cent * (100 - per_cent) / below) ** 0.5 * 0.5
    return Count(min(max(round(below * (per_cent + noise) / 100), 0), below), below)


def _burden(code: str, year: int) -> float:
    if parts := _parts(code):
        whole = sum(people(part, year) for part in parts)
        return sum(_burden(part, year) * people(part, year) for part in parts) / whole
    _people, burden, step = _size(code)
    turn, after = _TURNS.get(code, (year, 0.0))
    return min(max(burden + step * (min(year, turn) - YEARS[0]) + after * max(year - turn, 0), 0.0), 1.0)


def _parts(code: str) -> tuple[str, ...]:
    if code in codes.ZONES:
        return tuple(zone for zone, _name in codes.ZONES[code])
    return zones() if code in (codes.OLD, codes.NEW) else ()


def _size(code: str) -> tuple[int, float, float]:
    return _ZONES[code] if code in _ZONES else _LARGER[code]


def _dice(*words: object) -> random.Random:
    return random.Random(" ".join(str(word) for word in words))  # noqa: S311 – the same each time is what we want
