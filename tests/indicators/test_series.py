"""F1, F2, F4: what a series says when areas, periods and sources change, and when parts are the whole."""

from datetime import date

import pytest

from samloft.indicators.actions import catalogue
from samloft.indicators.actions.catalogue import DefinitionValues, IndicatorValues
from samloft.indicators.figures import place_in_time, why_missing
from samloft.indicators.models import Aggregation, Direction, Indicator, LatestFigure, Missing
from samloft.indicators.queries.area_profile import area_profile
from samloft.indicators.queries.profile_rows import ProfileRow
from samloft.indicators.queries.rankings import ranking
from samloft.indicators.queries.series import Point, Series
from samloft.places.actions import areas
from samloft.places.models import Area, AreaKind, SuccessionKind
from tests.cast import Cast
from tests.indicators.east import East, deliver, divide, follows, indicator, population, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

MERGED, SPLIT, RENUMBERED = SuccessionKind.MERGED, SuccessionKind.SPLIT, SuccessionKind.RENUMBERED


def _area(code: str, start: str | None = None, end: str | None = None, **more: object) -> Area:
    return Area.objects.create(
        kind=more.pop("kind", AreaKind.MUNICIPALITY),
        code=code,
        name=code,
        valid_from=date.fromisoformat(start) if start else None,
        valid_to=date.fromisoformat(end) if end else None,
        **more,
    )


def _count(key: str = "children") -> Indicator:
    return indicator(key, unit="personer", aggregation=Aggregation.SUM)


def _row(area: Area, measured: Indicator) -> ProfileRow:
    (found,) = area_profile(Area.objects.get(pk=area.pk), indicators=[measured]).rows
    return found


def _seen(area: Area, measured: Indicator) -> list[tuple[str, float | None, bool]]:
    return [(one.period, one.value, one.after_break) for one in _row(area, measured).series.points]


def test_a_part_split_off_beside_a_merger_is_missed_and_named(cast: Cast) -> None:
    """C is all of A and a part of B: A alone is not what C was."""
    a, b, c = _area("0001", end="2019-12-31"), _area("0002"), _area("0003", "2020-01-01")
    follows(a, c, "2020-01-01", MERGED)
    follows(b, c, "2020-01-01", SPLIT)
    children = _count()
    deliver(
        cast.operator, [row(children, a, 2019, 30.0), row(children, b, 2019, 8.0), row(children, c, 2020, 33.0)]
    )
    before, after = _row(c, children).series.points
    assert (before.value, before.contributors, before.lacking) == (None, ("0001",), ("0002",))
    assert (after.value, after.after_break) == (33.0, True)


def test_an_area_that_took_in_another_without_a_new_code_is_summed_before_that(cast: Cast) -> None:
    """Stavanger kept 1103 in 2020; its figure of 2019 is of a smaller Stavanger."""
    large, small = _area("1103", "1965-01-01"), _area("1141", end="2019-12-31")
    follows(small, large, "2020-01-01", MERGED)
    children, others = _count(), _count("others")
    deliver(
        cast.operator,
        [row(children, large, year, 100.0) for year in (2019, 2020)]
        + [row(children, small, 2019, 10.0)]
        + [row(others, large, year, 50.0) for year in (2019, 2020)],
    )
    assert _seen(large, children) == [("2019", 110.0, False), ("2020", 100.0, True)]
    # The source has nothing of the other: the figure stands, and is not compared without care.
    assert _seen(large, others) == [("2019", 50.0, False), ("2020", 50.0, True)]


@pytest.mark.parametrize("end", [None, "2021-01-01", "2020-12-31"])
def test_a_part_ends_when_another_takes_over_however_the_end_is_written(cast: Cast, end: str | None) -> None:
    east, children = East(), _count()
    whole, (first, second) = divide(east.municipality), east.zones
    Area.objects.filter(pk=first.pk).update(valid_to=end)
    first.refresh_from_db()
    new = _area("31180109", kind=AreaKind.ZONE, municipality=east.municipality_row, parent=whole)
    areas.add_succession(predecessor=first, successor=new, kind=RENUMBERED, on=date(2021, 1, 1), by=cast.operator)
    rows = [row(children, second, year, 5.0) for year in (2020, 2021)]
    deliver(cast.operator, [*rows, row(children, first, 2020, 10.0), row(children, new, 2021, 11.0)])
    assert _seen(whole, children) == [("2020", 15.0, False), ("2021", 16.0, False)]


def test_the_end_that_the_register_writes_is_not_of_the_year_it_falls_in(cast: Cast) -> None:
    east, children = East(), _count()
    whole, (first, second) = divide(east.municipality), east.zones
    Area.objects.filter(pk=first.pk).update(valid_to=date(2021, 1, 1))
    deliver(
        cast.operator, [row(children, first, 2020, 10.0)] + [row(children, second, y, 5.0) for y in (2020, 2021)]
    )
    assert _seen(whole, children) == [("2020", 15.0, False), ("2021", 5.0, False)]


def test_what_the_source_carries_back_to_a_new_code_is_used_and_marked(cast: Cast) -> None:
    east, children = East(), _count()
    whole, (first, second) = divide(east.municipality), east.zones
    new = [
        _area(f"3118020{n}", "2021-01-01", kind=AreaKind.ZONE, municipality=east.municipality_row, parent=whole)
        for n in (1, 2)
    ]
    Area.objects.filter(pk=first.pk).update(valid_to=date(2020, 12, 31))
    for one in new:
        follows(first, one, "2021-01-01", SPLIT)
    deliver(cast.operator, [row(children, one, 2019, 4.0) for one in (second, *new)])
    (point,) = _row(whole, children).series.points
    assert point.value == 12.0
    assert sum("carried back" in name for name in point.contributors) == 2


def test_several_years_together_belong_to_the_areas_that_they_began_with(cast: Cast) -> None:
    old = [_area(code, end="2019-12-31") for code in ("0001", "0002")]
    new = _area("0003", "2020-01-01")
    for one in old:
        follows(one, new, "2020-01-01", MERGED)
    children = _count()

    def span(area: Area, period: str, value: float) -> object:
        return row(children, area, int(period[-4:]), value)._replace(period=period)

    rows = [span(one, "2018-2020", 10.0) for one in old]
    deliver(cast.operator, [*rows, span(new, "2021-2023", 25.0)])  # type: ignore[list-item]
    assert _seen(new, children) == [("2018-2020", 20.0, False), ("2021-2023", 25.0, True)]


def test_a_few_zones_are_not_the_municipality_unless_it_is_proven(cast: Cast) -> None:
    """Two zones of twelve are entered, and nobody knows how many live where."""
    east, children = East(), _count()
    deliver(cast.operator, [row(children, zone, 2024, 25.0) for zone in east.zones])
    (point,) = _row(east.municipality, children).series.points
    assert (point.value, len(point.contributors), point.lacking) == (
        None,
        2,
        (f"the rest of {east.municipality.name}",),
    )
    assert _row(east.zones[0], children).municipality is None
    divide(east.municipality)
    assert _seen(east.municipality, children) == [("2024", 50.0, False)]


def test_one_zone_never_stands_in_for_the_municipality_without_being_named(cast: Cast) -> None:
    east, children = East(), _count()
    zone = east.zones[0]
    east.zones[1].delete()
    deliver(cast.operator, [row(children, zone, 2024, 25.0)])
    assert _seen(east.municipality, children) == [("2024", None, False)]
    divide(east.municipality)
    (point,) = _row(east.municipality, children).series.points
    assert (point.value, point.contributors) == (25.0, (zone.name,))


def test_a_count_wants_all_of_the_people_and_a_share_tells_how_many_it_has(cast: Cast) -> None:
    east, people, children, poor = East(), population(), _count(), indicator("poor")
    deliver(
        cast.operator,
        [row(people, zone, 2024, 480.0) for zone in east.zones]
        + [row(people, east.municipality, 2024, 1000.0)]
        + [row(children, zone, 2024, 100.0) for zone in east.zones]
        + [row(poor, zone, 2024, numerator=10, denominator=100) for zone in east.zones],
    )
    assert _row(east.municipality, children).series.points[0].value is None
    (share,) = _row(east.municipality, poor).series.points
    assert (share.value, share.covers) == (10.0, 0.96)


def test_none_is_a_figure_and_the_newest(cast: Cast) -> None:
    east, poor = East(), indicator("poor")
    first, second = east.zones
    rows = [row(poor, first, 2023, 4.0), row(poor, first, 2024, missing="-"), row(poor, second, 2024, 6.0)]
    deliver(cast.operator, [*rows, row(poor, east.municipality, 2024, 5.0)])
    found = _row(first, poor)
    assert found.point is not None
    assert (found.point.period, found.point.missing, found.gap) == ("2024", Missing.NONE, -5.0)
    ranked = ranking(poor, Area.objects.filter(kind=AreaKind.ZONE))
    assert [(one.area, one.place) for one in ranked.areas] == [(second, 1), (first, 2)]
    assert why_missing(Missing.NONE) == "– (none)"


def test_years_come_before_parts_of_years_and_each_is_a_series_of_its_own(cast: Cast) -> None:
    east, poor = East(), indicator("poor")
    zone, own = east.zones[0], east.municipality
    quarter = row(poor, zone, 2024, 40.0)._replace(period="2024K1")
    spans = [
        row(poor, one, 2024, value)._replace(period="2022-2024") for one, value in ((zone, 30.0), (own, 20.0))
    ]
    years = [row(poor, zone, 2023, 17.0), row(poor, zone, 2024, 18.0)]
    years += [row(poor, own, year, 15.0) for year in (2023, 2024)]
    deliver(cast.operator, [quarter, *spans, *years])
    found = _row(zone, poor)
    assert found.point is not None
    assert (found.point.period, found.gap) == ("2024", 3.0)
    assert [gap.gap for gap in found.gaps] == [2.0, 3.0]
    assert LatestFigure.objects.get(area=zone).period == "2024"
    asked = area_profile(zone, period="2022-2024", indicators=[poor]).rows[0]
    assert (asked.point and asked.point.value, asked.municipality) == (30.0, 20.0)


def test_without_years_the_longest_periods_make_the_series() -> None:
    points = [Point(period, 2024, 1.0) for period in ("2024K1", "2024K2", "2024M01")]
    assert [point.period for point in Series(Area(), tuple(points)).line] == ["2024K1", "2024K2"]


def test_a_period_stands_where_it_ends() -> None:
    assert place_in_time("2024K4") == place_in_time("2024") == place_in_time("2020-2024") == 2024
    assert place_in_time("2024K1") == 2023.25


def _latest(area: Area, measured: Indicator) -> tuple[float | None, float | None]:
    found = LatestFigure.objects.get(area=area, indicator=measured)
    return found.value, found.municipality_value


def test_the_newest_figure_is_put_together_as_on_the_page_of_the_area(cast: Cast) -> None:
    """A district has its zones' figure in rankings too, and is held up against all zones of the municipality."""
    east, children = East(), _count()
    district = divide(
        _area(
            "311801", kind=AreaKind.DISTRICT, municipality=east.municipality_row, parent=divide(east.municipality)
        )
    )
    Area.objects.filter(pk__in=[zone.pk for zone in east.zones]).update(parent=district)
    deliver(cast.operator, [row(children, zone, 2024, 5.0) for zone in east.zones])
    assert _row(district, children).point == area_profile(district).rows[0].point
    assert LatestFigure.objects.get(area=district).value == 10.0


def test_the_newest_figure_beside_a_zone_is_the_municipalitys_put_together(cast: Cast) -> None:
    east, poor = East(), indicator("poor")
    divide(east.municipality)
    deliver(
        cast.operator,
        [
            row(poor, zone, 2024, numerator=n, denominator=100)
            for zone, n in zip(east.zones, (10, 20), strict=True)
        ],
    )
    assert [_latest(zone, poor) for zone in east.zones] == [(10.0, 15.0), (20.0, 15.0)]
    assert _latest(east.municipality, poor)[0] == 15.0


def test_a_mean_through_a_merger_is_made_anew_when_the_number_of_people_comes(cast: Cast) -> None:
    east, people = East(), population()
    mean = indicator("mean", aggregation=Aggregation.POPULATION_WEIGHTED_MEAN, direction=Direction.NEUTRAL)
    deliver(cast.operator, [row(mean, old, 2019, 10.0) for old in east.merged])
    assert _latest(east.municipality, mean)[0] is None
    deliver(cast.operator, [row(people, old, 2019, 100.0) for old in east.merged])
    assert _latest(east.municipality, mean)[0] == 10.0


def test_another_rule_makes_the_newest_figures_anew(cast: Cast) -> None:
    east, children = East(), _count()
    divide(east.municipality)
    deliver(cast.operator, [row(children, zone, 2024, 5.0) for zone in east.zones])
    assert _latest(east.municipality, children)[0] == 10.0
    values = {name: getattr(children, name) for name in IndicatorValues.__dataclass_fields__}
    meaning = {name: getattr(children.definitions.get(), name) for name in DefinitionValues.__dataclass_fields__}
    catalogue.change(
        indicator=children,
        values=IndicatorValues(**{**values, "aggregation": Aggregation.NOT_AGGREGABLE}),
        definition=DefinitionValues(**meaning),
        version=None,
        by=cast.operator,
    )
    assert not LatestFigure.objects.filter(
        area=east.municipality, indicator=children, value__isnull=False
    ).exists()
