"""F4, F5: an area's figures beside municipality, county and country, as a gap over time."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from samloft.indicators.models import Aggregation, Direction, LatestFigure, Level
from samloft.indicators.queries.area_profile import AreaProfile, area_profile
from samloft.indicators.queries.profile_rows import ProfileRow, Trend, age_in_months
from samloft.places.models import Area, AreaKind, ComparisonArea
from tests.cast import Cast
from tests.indicators.east import East, deliver, divide, indicator, population, row

pytestmark = pytest.mark.django_db


def _only(profile: AreaProfile) -> ProfileRow:
    (found,) = profile.rows
    return found


def test_before_the_merger_numerators_and_denominators_are_summed_and_a_break_is_marked(cast: Cast) -> None:
    east, poor = East(), indicator("poor")
    rows = [row(poor, old, 2019, numerator=10 + n, denominator=100) for n, old in enumerate(east.merged)]
    rows += [row(poor, east.viken, 2020, numerator=70, denominator=500)]
    rows += [row(poor, east.municipality, 2024, numerator=80, denominator=500)]
    deliver(cast.operator, rows)

    points = _only(area_profile(east.municipality)).series.points
    assert [(point.year, point.value, point.after_break) for point in points] == [
        (2019, pytest.approx(12.0), False),
        (2020, 14.0, True),
        (2024, 16.0, False),
    ]
    assert len(points[0].contributors) == 5


def test_one_hidden_municipality_leaves_the_sum_unknown_and_is_named(cast: Cast) -> None:
    east, poor = East(), indicator("poor")
    rows = [row(poor, old, 2019, numerator=10, denominator=100) for old in east.merged[1:]]
    deliver(cast.operator, [*rows, row(poor, east.merged[0], 2019, missing=":")])
    point = _only(area_profile(east.municipality)).series.points[0]
    assert (point.value, point.lacking) == (None, (east.merged[0].name,))


def test_a_series_that_the_source_carried_back_wins_and_has_no_break(cast: Cast) -> None:
    east, poor = East(), indicator("poor")
    rows = [row(poor, old, 2019, numerator=10, denominator=100) for old in east.merged]
    rows += [row(poor, east.municipality, year, float(year - 2000)) for year in (2019, 2024)]
    deliver(cast.operator, rows)
    points = _only(area_profile(east.municipality)).series.points
    assert [(point.value, point.after_break) for point in points] == [(19.0, False), (24.0, False)]


def test_a_source_that_says_nothing_for_years_before_the_code_leaves_them_to_the_predecessors(cast: Cast) -> None:
    east, poor = East(), indicator("poor")
    rows = [row(poor, east.municipality, 2022, missing="."), row(poor, east.viken, 2022, 12.0)]
    deliver(cast.operator, [*rows, row(poor, east.municipality, 2021, missing=".")])
    points = _only(area_profile(east.municipality)).series.points
    assert [(point.year, point.value, point.missing) for point in points] == [(2021, None, "."), (2022, 12.0, "")]


def test_the_county_is_the_one_of_the_time(cast: Cast) -> None:
    east, poor = East(), indicator("poor")
    deliver(
        cast.operator,
        [row(poor, county, year, float(number))
         for number, county in enumerate((east.county_01, east.county_30, east.county_31))
         for year in (2019, 2022, 2024)],
    )  # fmt: skip
    deliver(cast.operator, [row(poor, east.zones[0], year, 9.0) for year in (2019, 2022, 2024)])
    for area in (east.zones[0], east.municipality):
        county = _only(area_profile(area)).county_series
        assert county is not None
        assert [(point.year, point.value) for point in county.points] == [(2019, 0.0), (2022, 1.0), (2024, 2.0)]


def test_the_gap_of_a_municipality_is_to_the_county_of_the_year_and_is_not_compared_across_counties(
    cast: Cast,
) -> None:
    """F4: before 2020 and after 2023 Østfold, between them Viken; another county is no movement of the gap."""
    east, poor = East(), indicator("poor")
    rows = [row(poor, old, 2019, numerator=12, denominator=100) for old in east.merged]
    rows += [row(poor, east.county_01, 2019, 11.0)]
    for year, value in ((2022, 14.0), (2023, 14.5)):
        rows += [row(poor, east.viken, year, value), row(poor, east.county_30, year, 10.0)]
        rows += [row(poor, other, year, 99.0) for other in (east.county_01, east.county_31)]
    rows += [row(poor, east.municipality, 2024, 15.0), row(poor, east.county_31, 2024, 13.0)]
    deliver(cast.operator, rows)

    found = _only(area_profile(east.municipality))
    assert [(gap.period, gap.gap, gap.after_break) for gap in found.gaps] == [
        ("2019", 1.0, False),
        ("2022", 4.0, True),
        ("2023", 4.5, False),
        ("2024", 2.0, True),
    ]
    assert found.trend is None
    assert found.larger is not None
    assert [(span.area.code, span.first, span.last) for span in found.larger.spans] == [
        ("01", 2019, 2019),
        ("30", 2022, 2023),
        ("31", 2024, 2024),
    ]
    in_viken = _only(area_profile(east.municipality, period="2022"))
    assert (in_viken.county, in_viken.gap) == (10.0, 4.0)


def test_a_municipality_without_figures_is_put_together_to_be_held_up_against_its_zones(cast: Cast) -> None:
    """F1, F5: by the rule of the indicator, from all of its zones; never the other way round."""
    east, poor = East(), indicator("poor")
    divide(east.municipality)
    fixed = indicator("fixed", position=1, aggregation=Aggregation.NOT_AGGREGABLE)
    first, second = east.zones
    deliver(
        cast.operator,
        [
            row(poor, first, 2024, numerator=30, denominator=100),
            row(poor, second, 2024, numerator=10, denominator=300),
            row(fixed, first, 2024, 5.0),
            row(fixed, second, 2024, 6.0),
        ],
    )
    by_rule, not_by_any = area_profile(first).rows
    assert (by_rule.municipality, by_rule.gap) == (10.0, 20.0)
    assert by_rule.municipality_series is not None
    assert by_rule.municipality_series.points[0].contributors == (first.name, second.name)
    assert (not_by_any.municipality, not_by_any.gap) == (None, None)


def test_a_zone_that_hides_its_figure_leaves_the_municipality_unknown_and_is_named(cast: Cast) -> None:
    east, poor = East(), indicator("poor")
    first, second = east.zones
    deliver(
        cast.operator,
        [row(poor, first, 2024, numerator=30, denominator=100), row(poor, second, 2024, missing=":")],
    )
    found = _only(area_profile(first))
    assert (found.municipality, found.gap) == (None, None)
    assert found.municipality_series is not None
    assert found.municipality_series.points[0].lacking == (second.name,)


def test_the_reason_that_all_parts_give_is_the_reason_of_the_whole(cast: Cast) -> None:
    """A survey that was not made is no missing zone."""
    east, poor = East(), indicator("poor")
    divide(east.municipality)
    deliver(
        cast.operator,
        [row(poor, zone, 2023, missing=".") for zone in east.zones]
        + [row(poor, zone, 2024, numerator=10, denominator=100) for zone in east.zones],
    )
    points = _only(area_profile(east.municipality)).series.points
    assert [(point.value, point.missing, point.lacking) for point in points] == [(None, ".", ()), (10.0, "", ())]


def test_a_gap_that_chance_can_make_is_no_worse_and_does_not_widen(cast: Cast) -> None:
    """F5: of 100 people, two more say nothing."""
    east, poor = East(), indicator("poor")
    zone, own = east.zones[0], east.municipality
    deliver(
        cast.operator,
        [
            row(poor, zone, 2023, numerator=10, denominator=100),
            row(poor, own, 2023, 10.0),
            row(poor, zone, 2024, numerator=12, denominator=100),
            row(poor, own, 2024, 10.0),
        ],
    )
    found = _only(area_profile(zone))
    assert (found.gap, found.trend, found.shown_trend) == (2.0, Trend.WIDENING, Trend.STEADY)
    assert (found.is_within_chance, found.is_worse_off) == (True, False)


def test_the_table_of_the_definition_is_not_said_of_figures_from_another_source(cast: Cast) -> None:
    """F8: a synthetic figure must not seem to come from table 07459."""
    east, poor = East(), indicator("poor")
    poor.definitions.update(table_id="07459", licence="CC BY 4.0")
    deliver(cast.operator, [row(poor, east.zones[0], 2024, 10.0)], source="Oss selv")
    deliver(cast.operator, [row(poor, east.zones[1], 2024, 10.0)])
    ours, theirs = (_only(area_profile(zone)) for zone in east.zones)
    assert (ours.source, ours.table_id, ours.licence) == ("Oss selv", "", "")
    assert (theirs.source, theirs.table_id, theirs.licence) == ("SSB", "07459", "CC BY 4.0")


def test_zones_that_are_not_the_whole_municipality_do_not_stand_for_it(cast: Cast) -> None:
    """An installation may know only the zones where a programme works."""
    east, poor, people = East(), indicator("poor"), population()
    deliver(
        cast.operator,
        [row(poor, zone, 2024, numerator=10, denominator=100) for zone in east.zones]
        + [row(people, zone, 2024, 100.0) for zone in east.zones]
        + [row(people, east.municipality, 2024, 4000.0)],
    )
    with translation.override("nb"):
        profile = area_profile(east.zones[0], indicators=[poor])
        alone = area_profile(east.municipality, indicators=[poor])
    assert _only(profile).municipality is None
    point = _only(alone).point
    assert point is not None
    assert (point.value, point.lacking) == (None, (f"resten av {east.municipality.name}",))


def test_the_gap_of_a_zone_is_to_its_municipality_and_closes_or_widens(cast: Cast) -> None:
    east = East()
    poor, work = indicator("poor"), indicator("work", direction=Direction.HIGHER_IS_BETTER, position=1)
    zone, own = east.zones[0], east.municipality
    deliver(
        cast.operator,
        [
            row(poor, zone, 2024, 15.0),
            row(poor, own, 2024, 10.0),
            row(poor, zone, 2025, 13.0),
            row(poor, own, 2025, 10.0),
            row(work, zone, 2024, 60.0),
            row(work, own, 2024, 70.0),
            row(work, zone, 2025, 55.0),
            row(work, own, 2025, 70.0),
        ],
    )
    first, second = area_profile(zone).rows
    assert (first.gap, first.trend, [gap.gap for gap in first.gaps]) == (3.0, Trend.CLOSING, [5.0, 3.0])
    assert (second.gap, second.trend) == (-15.0, Trend.WIDENING)


def test_numbers_that_add_up_have_no_gap(cast: Cast) -> None:
    east, people = East(), population()
    deliver(cast.operator, [row(people, east.zones[0], 2024, 100.0), row(people, east.municipality, 2024, 900.0)])
    found = _only(area_profile(east.zones[0]))
    assert (found.municipality, found.gap, found.trend) == (900.0, None, None)


def test_an_earlier_period_can_be_asked_for(cast: Cast) -> None:
    east, poor = East(), indicator("poor")
    deliver(cast.operator, [row(poor, east.zones[0], year, float(year)) for year in (2023, 2024)])
    found = _only(area_profile(east.zones[0], period="2023"))
    assert found.point is not None
    assert found.point.value == 2023
    assert _only(area_profile(east.zones[0], period="1999")).point is None


def test_the_figure_of_the_municipality_never_stands_in_for_the_zone(cast: Cast) -> None:
    east = East()
    poor = indicator("poor", levels=[Level.MUNICIPALITY])
    deliver(cast.operator, [row(poor, east.municipality, 2024, 10.0)])
    found = _only(area_profile(east.zones[0]))
    assert (found.point, found.gap, found.at_level) == (None, None, False)
    assert _only(area_profile(east.municipality)).at_level


def test_a_larger_figure_of_another_period_is_no_comparison(cast: Cast) -> None:
    east, poor = East(), indicator("poor")
    deliver(cast.operator, [row(poor, east.zones[0], 2025, 12.0), row(poor, east.municipality, 2024, 10.0)])
    found = _only(area_profile(east.zones[0]))
    assert (found.municipality, found.gap, found.trend) == (None, None, None)


def test_an_area_without_figures_of_its_own_is_put_together_from_the_parts_of_the_time(cast: Cast) -> None:
    east, people = East(), population()
    divide(east.municipality)
    later = Area.objects.create(
        kind=AreaKind.ZONE,
        code="31180103",
        name="Ny",
        municipality=east.municipality_row,
        parent=east.municipality,
        valid_from=date(2025, 1, 1),
    )
    deliver(
        cast.operator,
        [row(people, zone, year, 100.0) for zone in east.zones for year in (2024, 2025)]
        + [row(people, later, 2025, 50.0)],
    )
    profile = area_profile(east.municipality)
    assert [(point.year, point.value) for point in profile.rows[0].series.points] == [(2024, 200.0), (2025, 250.0)]
    assert profile.population is not None
    assert profile.population.value == 250


def test_a_mean_is_weighted_by_population(cast: Cast) -> None:
    east, people = East(), population()
    divide(east.municipality)
    poor = indicator("poor", position=1, aggregation=Aggregation.POPULATION_WEIGHTED_MEAN)
    first, second = east.zones
    deliver(
        cast.operator,
        [
            row(people, first, 2024, 100.0),
            row(people, second, 2024, 300.0),
            row(poor, first, 2024, 10.0),
            row(poor, second, 2024, 20.0),
        ],
    )
    assert area_profile(east.municipality).rows[1].series.points[0].value == 17.5


def test_small_counts_call_for_caution_and_shares_have_an_interval(cast: Cast) -> None:
    east, poor = East(), indicator("poor")
    first, second = east.zones
    deliver(
        cast.operator,
        [
            row(poor, first, 2024, numerator=4, denominator=50),
            row(poor, second, 2024, numerator=400, denominator=5000),
        ],
    )
    small, large = _only(area_profile(first)), _only(area_profile(second))
    assert (small.few, large.few) == (True, False)
    assert small.low is not None
    assert small.high is not None
    assert small.low < 8 < small.high
    assert large.high is not None
    assert large.high < small.high


def test_what_the_source_hides_has_no_interval_that_tells_it(cast: Cast) -> None:
    """A numerator may come with a hidden figure; its interval would give the count away (F7)."""
    east, poor = East(), indicator("poor")
    deliver(cast.operator, [row(poor, east.zones[0], 2024, missing=":", numerator=3.0, denominator=60.0)])
    hidden = _only(area_profile(east.zones[0]))
    assert (hidden.low, hidden.high, hidden.few) == (None, None, False)


def test_comparison_areas_stand_beside(cast: Cast) -> None:
    east, poor = East(), indicator("poor")
    first, second = east.zones
    ComparisonArea.objects.create(area=first, compared_with=second)
    deliver(cast.operator, [row(poor, first, 2024, 10.0), row(poor, second, 2024, 8.0)])
    assert _only(area_profile(first)).comparisons == ((second, 8.0),)


def test_the_source_is_the_deliverys_and_a_synthetic_delivery_is_told(cast: Cast) -> None:
    east, poor = East(), indicator("poor")
    deliver(cast.operator, [row(poor, east.zones[0], 2024, 10.0)], source="Oss selv", is_synthetic=True)
    profile = area_profile(east.zones[0])
    assert (profile.is_synthetic, _only(profile).source) == (True, "Oss selv")
    assert _only(area_profile(east.country)).source == "SSB"


def test_a_profile_asks_as_often_with_two_indicators_as_with_twelve(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    east = East()
    counts = []
    for number in range(12):
        poor = indicator(f"poor-{number}", position=number)
        deliver(cast.operator, [row(poor, area, 2024, 10.0) for area in (east.zones[0], east.municipality)])
        if number in (1, 11):
            with django_assert_max_num_queries(12) as asked:
                area_profile(east.zones[0])
            counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_latest_figures_stand_beside_those_of_the_larger_areas(cast: Cast) -> None:
    east, poor = East(), indicator("poor")
    zone = east.zones[0]
    deliver(cast.operator, [row(poor, zone, 2024, 15.0), row(poor, zone, 2025, missing="..")])
    latest = LatestFigure.objects.get(area=zone)
    assert (latest.period, latest.value, latest.municipality_value) == ("2024", 15.0, None)

    deliver(
        cast.operator,
        [
            row(poor, east.municipality, 2024, 10.0),
            row(poor, east.county_31, 2024, 9.0),
            row(poor, east.country, 2024, 8.0),
        ],
    )
    latest = LatestFigure.objects.get(area=zone)
    assert (latest.municipality_value, latest.county_value, latest.country_value) == (10.0, 9.0, 8.0)


def test_figures_of_an_old_code_are_the_latest_of_its_successor(cast: Cast) -> None:
    east, poor = East(), indicator("poor")
    deliver(cast.operator, [row(poor, east.viken, 2022, 12.0)])
    assert LatestFigure.objects.get(area=east.municipality).value == 12


def test_age_is_counted_from_the_end_of_the_year(cast: Cast) -> None:
    east, poor = East(), indicator("poor")
    deliver(cast.operator, [row(poor, east.zones[0], 2024, 10.0)])
    point = _only(area_profile(east.zones[0])).point
    assert point is not None
    assert [age_in_months(point, on) for on in (date(2024, 6, 1), date(2025, 1, 31), date(2026, 3, 1))] == [
        0,
        0,
        14,
    ]
