"""Mysen's baseline, what its sub-goals aim at and a published table, entered as a user would.

No public document tells any of this. The figures are made up, and the targets are assumptions that say so.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from samloft.accounts.models import User
from samloft.indicators.actions import baselines, goal_targets, releases
from samloft.indicators.actions.baselines import BaselineValues
from samloft.indicators.actions.goal_targets import TargetValues
from samloft.indicators.demo import entry as figures
from samloft.indicators.models import Indicator
from samloft.indicators.queries import releases as tables
from samloft.indicators.queries.figures import series
from samloft.indicators.queries.owners import owners_for
from samloft.indicators.queries.programme_areas import comparable_areas
from samloft.places.models import Area, AreaKind
from samloft.plans.demo import programme_texts as texts
from samloft.plans.demo.people import People
from samloft.programmes.models import Programme

_INTRODUCTION = (
    "Nullpunktet viser hvordan det sto til i 2023, året før områdeløftet i Mysen begynte. Det er satt i "
    "etterkant, med de tallene som var kjent da det ble fryst.\n\n"
    "Vi har valgt tall om inntekt, arbeid, utdanning, bolig og oppvekst, fordi det er det innsatsområdene handler "
    "om. De to sonene i Mysen holdes opp mot kommunen og landet.\n\n"
    "Alle tall er laget for demoen."
)
_LAST_YEAR = 2023
_AREAS = ("31180111", "31180112", "3118", "0")
_INDICATORS = (
    "population_total",
    "children_low_income",
    "low_income_households",
    "median_income_after_tax",
    "employment_rate",
    "unemployment_rate",
    "low_education_only",
    "upper_secondary_completion",
    "renters_households",
    "overcrowded",
    "children_moved_3y",
    "kindergarten_coverage",
    "resident_satisfaction",
)


@dataclass(frozen=True)
class _Aim:
    """`since` is the period that the baseline is taken from; without one it is unknown."""

    goal: str
    indicator: str
    area: str
    since: str = ""
    target: float | None = None
    measured_by: str = ""


_CENTRE, _NORTH = "31180112", "31180111"
_AIMS = (
    _Aim("resident_youth", "children_moved_3y", _CENTRE, "2023", 22.0, "Oppvekst"),
    _Aim("resident_youth", "kindergarten_coverage", _CENTRE),
    _Aim("resident_work", "unemployment_rate", _CENTRE, "2023", 2.5, "NAV Indre Østfold"),
    _Aim("resident_neighbourhood", "resident_satisfaction", _CENTRE, "2021", 7.5, "Programledelsen"),
    _Aim("resident_neighbourhood", "resident_satisfaction", _NORTH, "2021", 7.5, "Programledelsen"),
)
_TARGETS_BY = date(2028, 12, 31)  # when the agreement ends
_ASSUMED = "måltallet er antatt for demoen"
_PUBLISHED, _PUBLISHED_SINCE = "unemployment_rate", 2021


def enter(people: People) -> None:
    """Only where the programme has no baseline: what somebody has made is left alone."""
    mysen = Programme.objects.get(slug="mysen")
    if mysen.baselines.exists():
        return
    with transaction.atomic():
        areas = {area.code: area for area in comparable_areas(mysen)}
        indicators = {indicator.key: indicator for indicator in Indicator.objects.all()}
        leader = people["leader"]
        _freeze(mysen, areas, indicators, leader)
        _aim(mysen, areas, indicators, leader)
    figures.enter_corrections(by=people["operator"])
    _publish(mysen, indicators[_PUBLISHED], leader)


def _freeze(mysen: Programme, areas: dict[str, Area], indicators: dict[str, Indicator], by: User) -> None:
    values = BaselineValues(
        "Nullpunkt 2023",
        [areas[code] for code in _AREAS],
        [indicators[key] for key in _INDICATORS],
        introduction=_INTRODUCTION,
        last_year=_LAST_YEAR,
    )
    made = baselines.draft(programme=mysen, values=values, by=by)
    baselines.freeze(baseline=made, on=timezone.localdate(), decision=None, version=made.version, by=by)


def _aim(mysen: Programme, areas: dict[str, Area], indicators: dict[str, Indicator], by: User) -> None:
    wording = {key: text for key, _focus_area, _track, text in texts.MYSEN_SUB_GOALS}
    for aim in _AIMS:
        indicator, area = indicators[aim.indicator], areas[aim.area]
        then = series([indicator], [area])[indicator.pk, area.pk].at(aim.since)
        known = then.value if then else None
        goal_targets.add(
            goal=mysen.goals.get(text=wording[aim.goal]),
            indicator=indicator,
            area=area,
            values=TargetValues(
                baseline_value=known,
                baseline_period=aim.since if known is not None else "",
                target_value=aim.target,
                target_on=_TARGETS_BY if aim.target is not None else None,
                measured_by=f"{aim.measured_by} ({_ASSUMED})" if aim.measured_by else "",
            ),
            by=by,
        )


def _publish(mysen: Programme, indicator: Indicator, by: User) -> None:
    """All zones and the municipality they make up: what is small is hidden, and what would give it away."""
    own = [area for area in comparable_areas(mysen) if area.kind in (AreaKind.ZONE, AreaKind.MUNICIPALITY)]
    years = (_PUBLISHED_SINCE, None)
    prepared = tables.prepare(indicator, own, owners_for(mysen), first_year=years[0], last_year=years[1])
    releases.publish(
        programme=mysen,
        indicator=indicator,
        areas=own,
        years=years,
        checksum=prepared.checksum,
        on=timezone.localdate(),
        by=by,
    )
