"""The demo's areas and figures: made up, marked so, and the same each time."""

import json

import pytest

from samloft.indicators.demo import entry, files
from samloft.indicators.models import Indicator, Observation, StatisticsImport
from samloft.indicators.queries.area_profile import AreaProfile, area_profile
from samloft.indicators.queries.baselines import is_unchanged, movements
from samloft.indicators.queries.goal_targets import NO_FIGURE, of_goals
from samloft.indicators.queries.owners import owner_of
from samloft.indicators.queries.profile_rows import ProfileRow, Trend
from samloft.indicators.queries.releases import earlier
from samloft.places.models import Area, AreaKind
from samloft.plans.demo import entry as plans
from samloft.plans.demo import mysen_figures
from samloft.plans.demo.people import gather
from samloft.programmes.models import Programme
from tests.indicators.reader import worked_out

pytestmark = pytest.mark.django_db


def _profile(code: str) -> AreaProfile:
    area = Area.objects.select_related("municipality", "parent").get(code=code, kind__in=("zone", "municipality"))
    return area_profile(area, owners=owner_of(area))


def _row(profile: AreaProfile, key: str) -> ProfileRow:
    return next(row for row in profile.rows if row.indicator.key == key)


@pytest.mark.parametrize("name", [files.ZONES, files.LARGER, files.CORRECTED])
def test_the_files_are_what_the_program_writes(name: str) -> None:
    """Run `python -m samloft.indicators.demo.files` after a change."""
    kept = (files.FOLDER / name).read_text(encoding="utf-8")
    assert json.loads(kept) == files.contents()[name]
    assert kept == files.as_text(files.contents()[name])


def test_everything_is_entered_once_and_marked_as_synthetic() -> None:
    operator = gather()["operator"]
    assert entry.enter_all(by=operator) == [files.LARGER, files.ZONES]
    count = Observation.objects.count()
    assert count > 2000
    assert entry.enter_all(by=operator) == []
    assert Observation.objects.count() == count
    assert not StatisticsImport.objects.filter(is_synthetic=False).exists()
    zones = Area.objects.filter(kind=AreaKind.ZONE)
    assert zones.count() == 12
    assert all(zone.is_synthetic and "(syntetisk)" in zone.name for zone in zones)


def test_the_demo_shows_what_the_area_page_is_for() -> None:
    """F4, F5: a gap that closes and one that widens, a break, hidden figures, and what no zone has."""
    entry.enter_all(by=gather()["operator"])
    mysen, own, small = _profile("31180112"), _profile("3118"), _profile("31180104")
    poor = _row(mysen, "children_low_income")
    assert poor.gap is not None
    assert poor.gap > 2
    trends = {row.trend for code in ("31180107", "31180112") for row in _profile(code).rows}
    assert {Trend.CLOSING, Trend.WIDENING} <= trends
    points = _row(own, "low_income_households").series.points
    assert [point.year for point in points if point.after_break] == [2020]
    assert len(points[0].contributors) == 5
    assert all(point.value is not None for point in points)
    hidden = _row(small, "unemployment_rate").series.points
    assert ":" in {point.missing for point in hidden}
    only_larger = _row(mysen, "upper_secondary_completion")
    assert (only_larger.point, only_larger.at_level) == (None, False)
    assert mysen.is_synthetic
    county = _row(own, "employment_rate").county_series
    assert county is not None
    assert len(county.points) == 10


def test_mysen_has_a_frozen_baseline_with_a_revision_beside_it() -> None:
    """F5: what the source says later stands beside the baseline and never in it."""
    baseline = _mysen().baselines.get()
    assert baseline.is_frozen and is_unchanged(baseline)
    groups = {group.indicator.key: group for group in movements(baseline)}
    revised = [one for one in groups["low_income_households"].movements if one.revised]
    assert sorted(one.reading.area.code for one in revised) == ["31180111", "31180112"]
    assert all(one.now and one.now.period == "2025" for one in revised)
    assert not groups["kindergarten_coverage"].is_known


def test_mysens_sub_goals_aim_at_figures_and_what_is_unknown_stays_so() -> None:
    """B8"""
    views = [view for of_goal in of_goals(_mysen().goals.all()).values() for view in of_goal]
    assert len(views) == 5
    unknown = [view for view in views if view.target.target_value is None]
    assert [(view.status, view.last, view.target.baseline_value) for view in unknown] == [(NO_FIGURE, None, None)]
    assert all("antatt" in view.target.measured_by for view in views if view not in unknown)


def test_mysen_has_published_a_table_in_which_small_numbers_are_hidden() -> None:
    """F7: the source hides a zone, and the municipality and the other zones must not tell how many it is."""
    table = _mysen().releases.get().table
    assert table["is_synthetic"]
    hidden = [cell["state"] for row in table["cells"] for cell in row if "state" in cell]
    assert set(hidden) == {":", "hidden"}
    assert worked_out(earlier(Indicator.objects.get(key="unemployment_rate"))) == {}


def _mysen() -> Programme:
    plans.enter_all()
    people = gather()
    entry.enter_all(by=people["operator"])
    mysen_figures.enter(people)
    mysen_figures.enter(people)  # what is there is left alone
    return Programme.objects.get(slug="mysen")


def test_the_municipality_is_the_sum_of_its_zones() -> None:
    entry.enter_all(by=gather()["operator"])
    whole = _row(_profile("3118"), "population_total").point
    parts = Observation.objects.filter(
        area__kind=AreaKind.ZONE, indicator__key="population_total", period="2025"
    ).values_list("value", flat=True)
    assert whole is not None
    assert whole.value == sum(value or 0 for value in parts)
