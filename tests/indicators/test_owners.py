"""L1: what a municipality brings in is about its own areas, replaces nothing of others', and no others see it."""

import pytest

from samloft.accounts.models import User
from samloft.core.errors import RuleBroken
from samloft.indicators.actions import baselines, deliveries, import_storing, imports, observations
from samloft.indicators.actions.baselines import BaselineValues
from samloft.indicators.actions.imports import FileOrigin, Owner
from samloft.indicators.models import ImportState, LatestFigure, Observation, StatisticsImport
from samloft.indicators.queries import baselines as baseline_queries
from samloft.indicators.queries import goal_targets
from samloft.indicators.queries.area_profile import area_profile
from samloft.indicators.queries.figures import indicators_in, series
from samloft.indicators.queries.owners import NOBODY, owners_for
from samloft.indicators.queries.programme_areas import comparable_areas
from samloft.indicators.reading.mapping import StatisticsMapping
from samloft.places.actions import areas as area_actions
from samloft.places.models import Area, AreaKind, County, Municipality
from samloft.programmes.models import Basis, Goal, GoalLevel, Programme
from tests.cast import Cast
from tests.indicators.east import deliver, delivery, indicator, row
from tests.indicators.figures import aim_at
from tests.indicators.test_import_pages import upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


class Neighbours:
    """The country, the county, and two municipalities in it with a zone each."""

    def __init__(self, cast: Cast) -> None:
        assert cast.programme.municipality and cast.other_programme.municipality
        self.home, self.away = cast.programme.municipality, cast.other_programme.municipality
        self.country = Area.objects.create(kind=AreaKind.COUNTRY, code="0", name="Landet")
        self.county = Area.objects.create(
            kind=AreaKind.COUNTY, code="90", name="Prøvefylket", county=self.home.county, parent=self.country
        )
        self.home_area, self.away_area = (self._of(one) for one in (self.home, self.away))
        self.home_zone, self.away_zone = (self._in(area) for area in (self.home_area, self.away_area))

    def _of(self, one: Municipality) -> Area:
        return Area.objects.create(
            kind=AreaKind.MUNICIPALITY, code=one.code, name=one.name, municipality=one, parent=self.county
        )

    def _in(self, area: Area) -> Area:
        return Area.objects.create(
            kind=AreaKind.ZONE,
            code=f"{area.code}01",
            name=f"{area.name} sone",
            municipality=area.municipality,
            parent=area,
        )


@pytest.fixture
def places(cast: Cast) -> Neighbours:
    return Neighbours(cast)


def read(content: str, owner: Owner, by: User, **mapping: object) -> StatisticsImport:
    batch = imports.start(upload=upload(content.encode(), "t.csv"), owner=owner, origin=FileOrigin(), by=by)
    batch = imports.read_file(batch=batch)
    said = StatisticsMapping.model_validate(batch.mapping | {"indicator": {"key": "people"}} | mapping)
    waiting = imports.change_mapping(batch=batch, mapping=said, version=None, by=by)
    return imports.read_file(batch=waiting)


def words(batch: StatisticsImport) -> str:
    return " ".join(imports_problems(batch))


def imports_problems(batch: StatisticsImport) -> list[str]:
    from samloft.indicators.queries.imports import problems_of

    return [about.message.text for about in problems_of(batch)]


EVERYBODYS = "Sone;År;Antall\n0 Landet;2023;1\n9002 Åsmark;2023;2\n9001 Elvestad;2023;3\n900101;2023;4\n"


def test_a_municipalitys_file_with_the_countrys_and_the_neighbours_figures_is_stopped(
    cast: Cast, places: Neighbours
) -> None:
    people = indicator("people", unit="personer")
    deliver(
        cast.operator, [row(people, places.country, 2023, 5_000_000.0), row(people, places.away_area, 2023, 9.0)]
    )
    batch = read(EVERYBODYS, Owner(places.home, cast.programme), cast.programme_leader)

    assert "not yours: 0 Landet, 9002 Åsmark" in words(batch)
    with pytest.raises(RuleBroken):
        import_storing.accept(batch=batch, by=cast.programme_leader)

    left_out = read(
        EVERYBODYS,
        Owner(places.home, cast.programme),
        cast.programme_leader,
        area={**batch.mapping["area"], "unknown": "leave_out"},
    )
    assert words(left_out) == ""
    begun = import_storing.accept(batch=left_out, by=cast.programme_leader)
    assert import_storing.store_file(batch=begun, by=cast.programme_leader).added == 2
    found = series([people], [places.country, places.away_area, places.home_zone], owners_for(cast.programme))
    assert [one.latest.value if one.latest else None for one in found.values()] == [5_000_000.0, 9.0, 4.0]


def test_storing_refuses_rows_outside_the_owners_areas_whatever_was_read(cast: Cast, places: Neighbours) -> None:
    people = indicator("people", unit="personer")
    batch = deliveries.begin(batch=delivery(cast.operator, municipality=places.home), by=cast.operator)
    with pytest.raises(RuleBroken, match="not the municipality's own"):
        observations.store(
            batch=batch, rows=[row(people, places.home_zone, 2023, 1.0), row(people, places.country, 2023, 1.0)]
        )
    assert not Observation.objects.exists()


def test_the_areas_of_a_county_are_nobodys_own(cast: Cast, places: Neighbours) -> None:
    """A county's programme brings in figures for one municipality at a time; those of the county are open."""
    effort = Programme.objects.create(
        slug="fylket", name="Fylket", county=County.objects.get(), basis=Basis.AGREEMENT
    )
    indicator("people", unit="personer")
    batch = read("Sone;År;Antall\n90;2023;1\n900101;2023;4\n", Owner(places.home, effort), cast.operator)

    assert "not yours: 90" in words(batch)


def test_an_own_figure_stands_beside_the_open_one_and_is_read_by_its_owner_alone(
    cast: Cast, places: Neighbours
) -> None:
    people = indicator("people", unit="personer")
    deliver(cast.operator, [row(people, places.home_zone, 2023, 10.0), row(people, places.home_zone, 2022, 9.0)])
    own = deliver(
        cast.programme_leader,
        [row(people, places.home_zone, 2023, 12.0), row(people, places.home_zone, 2022, missing="..")],
        municipality=places.home,
    )
    assert (own.added, own.revised) == (2, 0)

    def seen(programme: Programme | None) -> list[float | None]:
        owners = owners_for(programme) if programme else NOBODY
        return [
            point.value
            for point in series([people], [places.home_zone], owners)[people.pk, places.home_zone.pk].points
        ]

    county = Programme.objects.create(
        slug="fylket", name="Fylket", county=County.objects.get(), basis=Basis.AGREEMENT
    )
    assert seen(None) == seen(cast.other_programme) == [9.0, 10.0]
    assert seen(cast.programme) == seen(county) == [9.0, 12.0], "Without a figure of its own the open one is read."
    assert LatestFigure.objects.get(area=places.home_zone).value == 12.0

    # And the open figure goes on being revised by open deliveries.
    later = deliver(cast.operator, [row(people, places.home_zone, 2023, 11.0)])
    assert (later.added, later.revised) == (0, 1)
    assert (seen(None), seen(cast.programme)) == ([9.0, 11.0], [9.0, 12.0])
    deliveries.withdraw(batch=own, by=cast.operator)
    assert seen(cast.programme) == [9.0, 11.0]


def test_a_neighbours_own_zones_are_neither_shown_nor_put_together(cast: Cast, places: Neighbours) -> None:
    """Through comparisons, baselines, goals and what is offered: 12 of 60 in the neighbour's one zone."""
    poor = indicator("poor")
    private = row(poor, places.away_zone, 2023, numerator=12, denominator=60)
    deliver(cast.outsider, [private, row(poor, places.away_area, 2022, 7.0)], municipality=places.away)
    deliver(cast.operator, [row(poor, places.home_area, 2023, 8.0)])
    area_actions.set_comparisons(area=places.home_area, compared_with=[places.away_area], by=cast.operator)

    own = owners_for(cast.programme)
    assert series([poor], [places.away_area], own)[poor.pk, places.away_area.pk].points == ()
    (compared,) = area_profile(places.home_area, owners=own).rows[0].comparison_series
    assert compared.points == ()
    assert series([poor], [places.away_area], owners_for(cast.other_programme))[
        poor.pk, places.away_area.pk
    ].points

    baseline = baselines.draft(
        programme=cast.programme,
        values=BaselineValues(title="Start", areas=[places.away_area, places.home_area], indicators=[poor]),
        by=cast.programme_leader,
    )
    assert {one.area.name: len(one.points) for one in baseline_queries.readings(baseline)} == {
        places.home_area.name: 1,
        places.away_area.name: 0,
    }
    offered = indicators_in(comparable_areas(cast.programme).filter(pk=places.away_area.pk), own)
    assert offered.known == frozenset()


def test_each_goal_is_measured_by_the_figures_of_its_own_programme(cast: Cast, places: Neighbours) -> None:
    poor = indicator("poor")
    deliver(cast.operator, [row(poor, zone, 2023, 5.0) for zone in (places.home_zone, places.away_zone)])
    deliver(cast.outsider, [row(poor, places.away_zone, 2023, 6.0)], municipality=places.away)
    goals = [
        Goal.objects.create(programme=programme, level=GoalLevel.SUB, text=programme.name, position=1, track="x")
        for programme in (cast.programme, cast.other_programme)
    ]
    for goal, zone in zip(goals, (places.home_zone, places.away_zone), strict=True):
        aim_at(goal, poor, zone)

    found = goal_targets.of_goals(goals)
    assert [found[goal.pk][0].last.value for goal in goals if found[goal.pk][0].last] == [5.0, 6.0]


def test_two_digit_codes_of_ones_own_zones_are_not_read_as_counties(cast: Cast, places: Neighbours) -> None:
    poor = indicator("people", unit="personer")
    zones = [
        Area.objects.create(kind=AreaKind.ZONE, code=code, name=f"Sone {code}", municipality=places.home)
        for code in ("11", "12")
    ]
    rogaland = Area.objects.create(kind=AreaKind.COUNTY, code="11", name="Rogaland")
    batch = read("Sone;År;Andel\n11;2023;12,5\n12;2023;14\n", Owner(places.home, cast.programme), cast.operator)
    assert words(batch) == ""
    import_storing.store_file(batch=import_storing.accept(batch=batch, by=cast.operator), by=cast.operator)

    found = series([poor], [*zones, rogaland], owners_for(cast.programme))
    assert [one.latest.value if one.latest else None for one in found.values()] == [12.5, 14.0, None]


def test_a_file_that_waits_to_be_read_cannot_be_accepted(cast: Cast, places: Neighbours) -> None:
    batch = imports.start(
        upload=upload(b"Sone;2023\n900101;1\n"),
        owner=Owner(places.home, cast.programme),
        origin=FileOrigin(),
        by=cast.programme_leader,
    )
    with pytest.raises(RuleBroken):
        import_storing.accept(batch=batch, by=cast.programme_leader)

    # Nor one that was read again, with problems, after the page was opened.
    stale = StatisticsImport.objects.get(pk=batch.pk)
    StatisticsImport.objects.filter(pk=batch.pk).update(state=ImportState.READ, problems=[[["a", {}], ["b", {}]]])
    stale.state = ImportState.READ
    with pytest.raises(RuleBroken, match="left to decide"):
        import_storing.accept(batch=stale, by=cast.programme_leader)
