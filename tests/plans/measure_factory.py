"""Measures, plans and lines for the tests of everything around measures."""

from datetime import date

from samloft.plans.actions import measures
from samloft.plans.actions.measures import MeasureValues
from samloft.plans.models import ActionPlan, BudgetLine, Measure, PlanMeasure, Source
from samloft.programmes.models import Goal, GoalLevel, GoalTrack, NationalGoal
from tests.cast import Cast


def make_measure(cast: Cast, name: str = "Åpen barnehage", **values: object) -> Measure:
    return measures.create(
        programme=cast.programme,
        values=MeasureValues(name=name, **values),  # type: ignore[arg-type]
        by=cast.programme_leader,
    )


def make_plan(cast: Cast, year: int = 2026) -> ActionPlan:
    return ActionPlan.objects.get_or_create(programme=cast.programme, year=year)[0]


def give_money(
    cast: Cast, measure: Measure, kroner: int, year: int = 2026, source: str = Source.PROGRAMME_GRANT
) -> BudgetLine:
    plan = make_plan(cast, year)
    place, _made = PlanMeasure.objects.get_or_create(plan=plan, measure=measure)
    return BudgetLine.objects.create(
        plan=plan, plan_measure=place, name=measure.name, source=source, amount=kroner * 100
    )


def make_goal(cast: Cast, text: str = "Flere i arbeid", track: GoalTrack = GoalTrack.RESIDENT) -> Goal:
    return Goal.objects.create(programme=cast.programme, level=GoalLevel.SUB, track=track, text=text)


def make_national_goal(position: int = 1, year: int = 2026) -> NationalGoal:
    return NationalGoal.objects.create(
        year=year, position=position, text=f"Statens mål {position}", source="Prop. 1 S"
    )


def end_programme(cast: Cast, year: int) -> None:
    cast.programme.ends_on = date(year, 12, 31)
    cast.programme.save()
