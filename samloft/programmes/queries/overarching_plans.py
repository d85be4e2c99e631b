"""The plans that programmes build on, with their goals and what they have taken up; for one and across (A7)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samloft.core.statuses import Status
from samloft.places.models import County, Municipality
from samloft.programmes.models import (
    Goal,
    OverarchingGoal,
    OverarchingPlan,
    Programme,
    Uptake,
    UptakeState,
)

STATES: dict[str, Status] = {
    UptakeState.ABSENT: Status(
        UptakeState.ABSENT.label,
        "warning",
        "minus",
        _("The plan says nothing about what the programme works with."),
    ),
    UptakeState.INPUT_GIVEN: Status(
        UptakeState.INPUT_GIVEN.label, "info", "send", _("The programme has given input to the plan.")
    ),
    UptakeState.ON_HEARING: Status(
        UptakeState.ON_HEARING.label, "info", "clock", _("It stands in a draft that is out for comments.")
    ),
    UptakeState.ADOPTED: Status(UptakeState.ADOPTED.label, "success", meaning=_("It stands in the adopted plan.")),
}
UNKNOWN = Status(_("Unknown"), "neutral", "question", _("Nobody has recorded what the plan says about it."))


@dataclass(frozen=True)
class Standing:
    """How far a plan has come, seen from one programme; `uptake` None is unknown."""

    place: Municipality | County
    status: Status
    uptake: Uptake | None


@dataclass(frozen=True)
class PlanGoal:
    """A goal of the plan, and the programme's goals that point at it."""

    goal: OverarchingGoal
    served_by: tuple[Goal, ...]


@dataclass(frozen=True)
class PlanRow:
    """`standings` begin with the plan's owner; `history` is every row, the latest first."""

    plan: OverarchingPlan
    goals: tuple[PlanGoal, ...]
    standings: tuple[Standing, ...]
    history: tuple[Uptake, ...]


def plan_rows(programme: Programme) -> tuple[PlanRow, ...]:
    """The plans that the programme builds on. Four queries."""
    plans = programme.overarching_plans.select_related("municipality", "county", "programme")
    serving: dict[int, list[Goal]] = defaultdict(list)
    links = Goal.overarching_goals.through.objects.filter(goal__programme=programme)
    for link in links.select_related("goal").order_by("goal__position", "goal_id"):
        serving[link.overarchinggoal_id].append(link.goal)
    uptakes: dict[int, list[Uptake]] = defaultdict(list)
    for uptake in programme.uptakes.select_related("municipality", "recorded_by"):
        uptakes[uptake.plan_id].append(uptake)
    return tuple(
        PlanRow(
            plan,
            tuple(PlanGoal(goal, tuple(serving[goal.pk])) for goal in plan.goals.all()),
            standings(plan, uptakes[plan.pk]),
            tuple(sorted(uptakes[plan.pk], key=_when, reverse=True)),
        )
        for plan in plans.prefetch_related("goals")
    )


def standings(
    plan: OverarchingPlan, uptakes: Iterable[Uptake], municipalities: Iterable[Municipality] = ()
) -> tuple[Standing, ...]:
    """The latest state for the plan's owner, and for each municipality that is named or has a row of its own."""
    latest: dict[int | None, Uptake] = {}
    named = {one.pk: one for one in municipalities}
    for uptake in sorted(uptakes, key=_when):
        latest[uptake.municipality_id] = uptake
        if uptake.municipality:
            named.setdefault(uptake.municipality.pk, uptake.municipality)
    own = _standing(plan.owner, latest.get(None))
    return (own, *(_standing(one, latest.get(one.pk)) for one in sorted(named.values(), key=lambda one: one.name)))


def _standing(place: Municipality | County, uptake: Uptake | None) -> Standing:
    return Standing(place, STATES[uptake.state] if uptake else UNKNOWN, uptake)


def _when(uptake: Uptake) -> tuple[date, int]:
    """A row without a date counts from the day it was recorded, for then it was so."""
    return uptake.on or timezone.localdate(uptake.recorded_at), uptake.pk


def owners(programme: Programme) -> list[Municipality | County]:
    """Whose plans it may record: its municipality's and that one's county's, or all of the county that owns it."""
    if programme.municipality:
        return [programme.municipality, programme.municipality.county]
    return [programme.owner, *Municipality.objects.filter(county=programme.county_id)]


def plans_to_choose(programme: Programme) -> Any:
    """Plans of the same places that others have recorded and the programme does not build on; a queryset."""
    places = owners(programme)
    return (
        OverarchingPlan.objects.filter(
            Q(municipality__in=[one for one in places if isinstance(one, Municipality)])
            | Q(county__in=[one for one in places if isinstance(one, County)])
        )
        .exclude(built_on_by=programme)
        .select_related("municipality", "county")
    )


@dataclass(frozen=True)
class AcrossRow:
    """One plan in one place, seen from one programme. Without a plan nobody knows which plan it would be."""

    programme: Programme
    place: Municipality | County
    plan: OverarchingPlan | None
    standing: Standing


def across(programmes: Any) -> tuple[AcrossRow, ...]:
    """For all these programmes, sorted by their names. Five queries at most, however many there are.

    A municipality that takes part, and of which no plan is known, has a row without a plan.
    """
    mine = list(programmes.with_owner().order_by("name", "pk"))
    building = OverarchingPlan.built_on_by.through.objects.filter(programme__in=mine)
    plans: dict[int, list[OverarchingPlan]] = defaultdict(list)
    for link in building.select_related("overarchingplan__municipality", "overarchingplan__county").order_by(
        "overarchingplan__title", "overarchingplan_id"
    ):
        plans[link.programme_id].append(link.overarchingplan)
    uptakes: dict[tuple[int, int], list[Uptake]] = defaultdict(list)
    for uptake in Uptake.objects.filter(programme__in=mine).select_related("municipality"):
        uptakes[uptake.programme_id, uptake.plan_id].append(uptake)
    in_county: dict[int, list[Municipality]] = defaultdict(list)
    for municipality in Municipality.objects.filter(county__in=[one.county_id for one in mine if one.county_id]):
        in_county[municipality.county_id].append(municipality)
    rows = []
    for programme in mine:
        expected = [programme.municipality] if programme.municipality else in_county[programme.county_id]
        seen: set[Municipality | County] = set()
        for plan in plans[programme.pk]:
            for standing in standings(plan, uptakes[programme.pk, plan.pk]):
                seen.add(standing.place)
                rows.append(AcrossRow(programme, standing.place, plan, standing))
        missing = [place for place in expected if place not in seen]
        rows += [AcrossRow(programme, place, None, _standing(place, None)) for place in missing]
    return tuple(rows)
