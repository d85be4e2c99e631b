"""F7: nobody works out a small number from areas or periods that add up, whatever of them was chosen (ADR 9)."""

import random
from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from samloft.core.errors import RuleBroken
from samloft.indicators.models import Indicator, Observation, Release
from samloft.indicators.queries.period_sums import divided, related
from samloft.indicators.queries.releases import earlier, prepare
from samloft.places.models import Area, AreaKind, AreaSuccession, SuccessionKind
from tests.cast import Cast
from tests.indicators.figures import deliver, make_indicator
from tests.indicators.reader import worked_out

pytestmark = pytest.mark.usefixtures("in_english")
TODAY = date(2025, 5, 2)
Cells = dict[tuple[str, str], object]


@pytest.fixture
def people(cast: Cast) -> Indicator:
    return make_indicator("people", unit="personer", aggregation="sum", decimals=0)


@pytest.fixture
def town(cast: Cast) -> Area:
    return make(cast, AreaKind.MUNICIPALITY, cast.programme.municipality.code)  # type: ignore[union-attr]


def make(cast: Cast, kind: AreaKind, code: str, parent: Area | None = None, **fields: object) -> Area:
    municipality = None if kind in (AreaKind.COUNTY, AreaKind.COUNTRY) else cast.programme.municipality
    return Area.objects.create(kind=kind, code=code, name=code, municipality=municipality, parent=parent, **fields)


def zones(cast: Cast, parent: Area, number: int, first: int = 1) -> list[Area]:
    return [make(cast, AreaKind.ZONE, f"{parent.code}z{first + at}", parent) for at in range(number)]


def count(
    cast: Cast, indicator: Indicator, areas: Sequence[Area], counts: Sequence[float | str], period: str = "2023"
) -> None:
    deliver(cast.operator, {(indicator, area, period): value for area, value in zip(areas, counts, strict=True)})


def publish(cast: Cast, indicator: Indicator, areas: Sequence[Area], **years: int) -> Cells:
    """What the table says, by the areas' codes and the periods."""
    prepared = prepare(indicator, areas, **years)  # type: ignore[arg-type]
    Release.objects.create(
        programme=cast.programme,
        indicator=indicator,
        definition=prepared.definition,
        number=indicator.releases.count() + 1,
        threshold=prepared.threshold,
        table=prepared.table,
        counts=prepared.counts,
        published_on=TODAY,
        published_by=cast.programme_leader,
    )
    # A zero that was shown may be hidden later; it is no secret.
    assert not [number for number in worked_out(earlier(indicator)).values() if number]
    table = prepared.table
    return {
        (area["code"], period): cell.get("state", cell.get("value"))
        for area, row in zip(table["areas"], table["cells"], strict=True)
        for period, cell in zip(table["periods"], row, strict=True)
    }


def hidden(cells: Cells) -> set[str]:
    return {code for (code, _period), what in cells.items() if what == "hidden"}


def test_a_level_that_is_skipped_binds_all_the_same(cast: Cast, people: Indicator, town: Area) -> None:
    """The municipality and its zones are chosen, and the districts between them are not."""
    districts = [make(cast, AreaKind.DISTRICT, f"d{number}", town) for number in (1, 2)]
    inside = [*zones(cast, districts[0], 2), *zones(cast, districts[1], 2)]
    count(cast, people, [town, *inside], (93, 3, 20, 30, 40))
    assert hidden(publish(cast, people, [town, *inside])) == {"d1z1", "d1z2"}


def test_a_level_with_figures_of_its_own_that_is_skipped_binds_too(
    cast: Cast, people: Indicator, town: Area
) -> None:
    districts = [make(cast, AreaKind.DISTRICT, f"d{number}", town) for number in (1, 2)]
    inside = [*zones(cast, districts[0], 2), *zones(cast, districts[1], 2)]
    count(cast, people, [town, *districts, *inside], (93, 23, 70, 3, 20, 30, 40))
    assert hidden(publish(cast, people, [town, *inside])) == {"d1z1", "d1z2"}


def test_parts_of_several_kinds_divide_the_same_municipality(cast: Cast, people: Indicator, town: Area) -> None:
    """A map file gives zones and basic units the same parent: each kind is a sum of its own."""
    both = zones(cast, town, 2)
    units = [make(cast, AreaKind.BASIC_UNIT, f"u{number}", town) for number in (1, 2, 3)]
    count(cast, people, [town, *both, *units], (43, 21, 22, 3, 20, 20))
    assert len(hidden(publish(cast, people, [town, *units]))) == 2


def test_a_county_is_the_sum_of_its_municipalities(cast: Cast, people: Indicator) -> None:
    county = make(cast, AreaKind.COUNTY, "31")
    inside = [make(cast, AreaKind.MUNICIPALITY, f"31{number:02}", county) for number in (1, 2, 3)]
    count(cast, people, [county, *inside], (63, 3, 20, 40))
    assert hidden(publish(cast, people, [county, *inside])) == {"3101", "3102"}


def test_municipalities_of_a_county_that_are_not_in_the_table_are_known(cast: Cast, people: Indicator) -> None:
    county = make(cast, AreaKind.COUNTY, "31")
    inside = [make(cast, AreaKind.MUNICIPALITY, f"31{number:02}", county) for number in (1, 2, 3)]
    count(cast, people, [county, *inside], (63, 3, 20, 40))
    assert hidden(publish(cast, people, [county, inside[0]])) == {"31", "3101"}


def test_a_county_that_was_shown_binds_its_municipalities_later(cast: Cast, people: Indicator) -> None:
    county = make(cast, AreaKind.COUNTY, "31")
    inside = [make(cast, AreaKind.MUNICIPALITY, f"31{number:02}", county) for number in (1, 2, 3)]
    count(cast, people, [county, *inside], (63, 3, 20, 40))
    assert hidden(publish(cast, people, [county, inside[2]])) == set()
    assert hidden(publish(cast, people, inside[:2])) == {"3101", "3102"}


def test_the_country_is_the_sum_of_municipalities_too(cast: Cast, people: Indicator) -> None:
    country = make(cast, AreaKind.COUNTRY, "0")
    county = make(cast, AreaKind.COUNTY, "31", country)
    inside = [make(cast, AreaKind.MUNICIPALITY, f"31{number:02}", county) for number in (1, 2, 3)]
    count(cast, people, [country, *inside], (63, 3, 20, 40))
    assert hidden(publish(cast, people, [country, *inside])) == {"3101", "3102"}


def test_a_new_code_is_the_same_area(cast: Cast, people: Indicator, town: Area) -> None:
    """In 2019 the zone had another code; the table shows it under its new one."""
    old = make(cast, AreaKind.ZONE, "old", town, valid_to=date(2019, 12, 31))
    new = make(cast, AreaKind.ZONE, "new", town, valid_from=date(2020, 1, 1))
    other = make(cast, AreaKind.ZONE, "other", town)
    became(old, new, SuccessionKind.RENUMBERED)
    count(cast, people, [town, old, other], (23, 3, 20), "2019")
    assert hidden(publish(cast, people, [town, new, other])) == {"new", "other"}


def test_a_new_code_without_dates_is_the_same_area(cast: Cast, people: Indicator, town: Area) -> None:
    old, new, other = (make(cast, AreaKind.ZONE, code, town) for code in ("old", "new", "other"))
    became(old, new, SuccessionKind.RENUMBERED)
    count(cast, people, [town, old, other], (23, 3, 20), "2019")
    assert hidden(publish(cast, people, [town, new, other])) == {"new", "other"}


def test_a_figure_under_two_codes_is_one_figure_in_two_tables(cast: Cast, people: Indicator, town: Area) -> None:
    old = make(cast, AreaKind.ZONE, "old", town, valid_to=date(2019, 12, 31))
    new = make(cast, AreaKind.ZONE, "new", town, valid_from=date(2020, 1, 1))
    other, third = zones(cast, town, 2)
    became(old, new, SuccessionKind.RENUMBERED)
    count(cast, people, [town, old, other, third], (63, 20, 3, 40), "2019")
    first = publish(cast, people, [old, other, third])
    assert len(hidden(first)) == 2
    again = publish(cast, people, [town, new, other, third])
    assert ("old" in hidden(first)) == ("new" in hidden(again))


def test_what_was_merged_adds_up_to_what_it_became(cast: Cast, people: Indicator, town: Area) -> None:
    first, second = (make(cast, AreaKind.ZONE, code, town, valid_to=date(2019, 12, 31)) for code in "ab")
    whole = make(cast, AreaKind.ZONE, "c", town, valid_from=date(2020, 1, 1))
    for part in (first, second):
        became(part, whole, SuccessionKind.MERGED)
    count(cast, people, [first, second], (3, 20), "2019")
    assert hidden(publish(cast, people, [first, second, whole])) in ({"a", "b"}, {"a", "c"})


def test_a_merged_area_with_a_figure_of_its_own_binds_as_well(cast: Cast, people: Indicator, town: Area) -> None:
    first, second = (make(cast, AreaKind.ZONE, code, town, valid_to=date(2019, 12, 31)) for code in "ab")
    whole = make(cast, AreaKind.ZONE, "c", town, valid_from=date(2020, 1, 1))
    for part in (first, second):
        became(part, whole, SuccessionKind.MERGED)
    count(cast, people, [first, second, whole], (3, 20, 23), "2019")
    assert len(hidden(publish(cast, people, [first, second, whole]))) == 2


@pytest.mark.parametrize("parts", [("2022H1", "2022H2"), ("2022K1", "2022K4"), ("2022M03", "2022M12")])
def test_a_year_is_the_sum_of_its_parts(cast: Cast, people: Indicator, town: Area, parts: tuple[str, str]) -> None:
    (zone,) = zones(cast, town, 1)
    deliver(
        cast.operator,
        {
            (people, zone, period): 0.0
            for way in divided("2022")
            for period in way
            if period[4] == parts[0][4] and period not in parts
        },
    )
    count(cast, people, [zone], (23,), "2022")
    for period, value in zip(parts, (3, 20), strict=True):
        count(cast, people, [zone], (value,), period)
    cells = publish(cast, people, [zone])
    assert cells[zone.code, parts[0]] == "hidden"
    assert "hidden" in (cells[zone.code, "2022"], cells[zone.code, parts[1]])


def test_years_together_are_the_sum_of_the_years(cast: Cast, people: Indicator, town: Area) -> None:
    (zone,) = zones(cast, town, 1)
    for period, value in {"2021": 3, "2022": 20, "2021-2022": 23}.items():
        count(cast, people, [zone], (value,), period)
    first = publish(cast, people, [zone], last_year=2021)
    assert first == {(zone.code, "2021"): "hidden"}
    assert "hidden" in publish(cast, people, [zone], first_year=2022).values()


def test_the_last_figure_of_a_year_is_that_of_the_year(cast: Cast, town: Area) -> None:
    stock = make_indicator("stock", unit="personer", aggregation="last", decimals=0)
    inside = zones(cast, town, 3)
    count(cast, stock, [town, *inside], (63, 3, 20, 40), "2022")
    count(cast, stock, [town, *inside], (63, 3, 20, 40), "2022K4")
    cells = publish(cast, stock, [town, *inside])
    assert {cells[zone.code, "2022"] for zone in inside} == {cells[zone.code, "2022K4"] for zone in inside}


def test_a_total_in_the_statistics_bank_is_known_though_it_was_not_chosen(
    cast: Cast, people: Indicator, town: Area
) -> None:
    inside = zones(cast, town, 3)
    count(cast, people, [town, *inside], (63, 3, 20, 40))
    assert hidden(publish(cast, people, inside)) == {inside[0].code, inside[1].code}


def test_a_zone_alone_is_not_given_away_by_zones_that_nobody_sees(
    cast: Cast, people: Indicator, town: Area
) -> None:
    inside = zones(cast, town, 3)
    count(cast, people, [town, *inside], (63, 3, 20, 40))
    assert publish(cast, people, inside[1:]).keys() == {(zone.code, "2023") for zone in inside[1:]}
    assert len(hidden(publish(cast, people, [town, inside[0]]))) == 1


def test_zones_are_not_all_there_is_when_others_were_never_entered(
    cast: Cast, people: Indicator, town: Area
) -> None:
    """A programme may know of its own two zones only; the rest of the municipality is nobody's secret."""
    inside = zones(cast, town, 2)
    count(cast, people, [town, *inside], (500, 3, 20))
    assert hidden(publish(cast, people, [town, *inside])) == {inside[0].code}


def test_the_few_who_live_outside_the_zones_that_are_known_are_protected(
    cast: Cast, people: Indicator, town: Area
) -> None:
    inside = zones(cast, town, 2)
    count(cast, people, [town, *inside], (43, 20, 20))
    assert hidden(publish(cast, people, [town, *inside]))


def test_larger_areas_that_tell_all_by_themselves_do_not_stop_a_table(
    cast: Cast, people: Indicator, town: Area
) -> None:
    """Whoever knows the municipality and the one district knows the other: no table of ours can help that."""
    districts = [make(cast, AreaKind.DISTRICT, f"d{number}", town) for number in (1, 2)]
    inside = zones(cast, districts[0], 2)
    count(cast, people, [town, *districts, *inside], (23, 20, 3, 11, 9))
    publish(cast, people, inside)


def test_a_share_without_its_count_tells_it_by_its_denominator(cast: Cast, town: Area) -> None:
    """2 % of 150 are three people."""
    share = make_indicator("share")
    inside = zones(cast, town, 2)
    count(cast, share, inside, (2.0, 20.0))
    Observation.objects.filter(indicator=share).update(denominator=150)
    assert hidden(publish(cast, share, inside)) == {inside[0].code}


def test_an_estimate_of_few_is_hidden_too(cast: Cast, town: Area) -> None:
    share = make_indicator("share")
    inside = zones(cast, town, 2)
    deliver(cast.operator, {(share, inside[0], "2023"): (2.6, 200.0), (share, inside[1], "2023"): (40.4, 200.0)})
    assert hidden(publish(cast, share, inside)) == {inside[0].code}


def became(old: Area, new: Area, kind: SuccessionKind) -> None:
    AreaSuccession.objects.create(predecessor=old, successor=new, kind=kind, on=date(2020, 1, 1))


def test_how_periods_are_divided() -> None:
    assert list(divided("2022K2")) == [("2022M04", "2022M05", "2022M06")]
    assert list(divided("2019-2021")) == [("2019", "2020", "2021")]
    assert [len(way) for way in divided("2022")] == [2, 4, 12]
    assert [way[0] for way in divided("2022H2")] == ["2022K3", "2022M07"]
    assert list(divided("2022M01")) == list(divided("2022U05")) == list(divided("2022-01-01")) == []
    known = {"2019-2021", "2019", "2020", "2021", "2021H1", "2022", "2022H1"}
    assert related(["2021"], known) == {"2019-2021", "2019", "2020", "2021", "2021H1"}


@pytest.mark.parametrize("seed", range(12))
def test_a_reader_with_a_map_works_out_no_small_count(
    cast: Cast, people: Indicator, town: Area, seed: int
) -> None:
    """Three tables of areas drawn by lot, read by somebody who knows which zone lies where, and nothing of how
    the tables were made. Every area is so many in its zones."""
    dice = random.Random(seed)
    districts = [make(cast, AreaKind.DISTRICT, f"d{number}", town) for number in range(dice.randint(1, 3))]
    Area.objects.update(is_divided=True)
    leaves = [zone for one in (town, *districts) for zone in zones(cast, one, dice.randint(1, 3))]
    inside = {zone.code: [zone] for zone in leaves} | {town.code: leaves}
    inside |= {one.code: [zone for zone in leaves if zone.parent == one] for one in districts}
    live = {zone.code: dice.choice((0, dice.randint(1, 6), dice.randint(5, 40))) for zone in leaves}
    true = {code: sum(live[zone.code] for zone in parts) for code, parts in inside.items()}
    given = [town, *leaves, *(one for one in districts if dice.random() < 0.5)]
    count(cast, people, given, [true[area.code] for area in given])
    tables: list[Cells] = []
    for _number in range(3):
        chosen = [area for area in (town, *districts, *leaves) if dice.random() < 0.6] or [town]
        try:
            tables.append(publish(cast, people, chosen))
        except RuleBroken:
            continue
        known = Map(inside, leaves, tables, hides_zeros=any(one.hides_zeros for one in earlier(people)))
        found = [code for code, number in true.items() if 0 < number < 5 and known.tells(code)]
        assert not found, (found, true, tables)
    assert tables


class Map:
    """What a reader knows of the zones from what tables show of any areas."""

    def __init__(
        self, inside: dict[str, list[Area]], leaves: list[Area], tables: list[Cells], *, hides_zeros: bool
    ) -> None:
        self._lives_in = {
            code: np.array([float(zone in parts) for zone in leaves]) for code, parts in inside.items()
        }
        self._rules = [
            LinearConstraint(self._lives_in[code], least, most)
            for table in tables
            for (code, _period), what in table.items()
            if what != "unknown"
            for least, most in [((0 if hides_zeros else 1), np.inf) if what == "hidden" else (what, what)]
        ]

    def tells(self, code: str) -> bool:
        """Whether only one number of people can live in the area."""
        goal = self._lives_in[code]
        bounds = Bounds(np.zeros(len(goal)), np.full(len(goal), 1000.0))
        ends = [
            milp(sign * goal, constraints=self._rules, bounds=bounds, integrality=np.ones(len(goal)))
            for sign in (1, -1)
        ]
        assert all(end.success for end in ends)
        return round(ends[0].fun) == round(-ends[1].fun)
