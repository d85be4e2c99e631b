"""Linking a programme's goals and measures to the state's goals, several at a time (B4)."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core.errors import RuleBroken
from samloft.plans.actions import measure_goals
from samloft.plans.models import Measure
from samloft.programmes.actions import goals as goal_actions
from samloft.programmes.models import Goal, NationalGoal, Programme


@transaction.atomic
def set_links(
    *,
    programme: Programme,
    national_goal: NationalGoal,
    goals: Collection[Goal] | None,
    measures: Collection[Measure] | None,
    by: User,
) -> None:
    """Let exactly these goals and measures of the programme answer the state's goal; None leaves a kind alone."""
    if goals is not None:
        _require_own(programme, goals)
        for goal in _changed(programme.goals.filter(national_goals=national_goal), goals):
            _set_on_goal(goal, national_goal, is_linked=goal in goals, by=by)
    if measures is not None:
        _require_own(programme, measures)
        for measure in _changed(programme.measures.filter(national_goals=national_goal), measures):
            _set_on_measure(measure, national_goal, is_linked=measure in measures, by=by)


@transaction.atomic
def carry_over(
    *,
    programme: Programme,
    goals: Iterable[tuple[Goal, NationalGoal]] = (),
    measures: Iterable[tuple[Measure, NationalGoal]] = (),
    by: User,
) -> int:
    """Add these links to a later year's goals; those that are there already stay. How many were given."""
    goals, measures = list(goals), list(measures)
    _require_own(programme, [goal for goal, _national in goals])
    _require_own(programme, [measure for measure, _national in measures])
    for goal, national in goals:
        _set_on_goal(goal, national, is_linked=True, by=by)
    for measure, national in measures:
        _set_on_measure(measure, national, is_linked=True, by=by)
    return len(goals) + len(measures)


def _set_on_goal(goal: Goal, national: NationalGoal, *, is_linked: bool, by: User) -> None:
    goal_actions.set_national_goals(goal=goal, national_goals=_with(goal, national, is_linked), by=by)


def _set_on_measure(measure: Measure, national: NationalGoal, *, is_linked: bool, by: User) -> None:
    measure_goals.set_national_goals(measure=measure, goals=_with(measure, national, is_linked), by=by)


def _with(record: Goal | Measure, national: NationalGoal, is_linked: bool) -> list[NationalGoal]:
    others = list(record.national_goals.exclude(pk=national.pk))
    return [*others, national] if is_linked else others


def _changed(
    stored: Iterable[Goal] | Iterable[Measure], wanted: Collection[Goal] | Collection[Measure]
) -> list[Any]:
    now = list(stored)
    return [*(one for one in wanted if one not in now), *(one for one in now if one not in wanted)]


def _require_own(programme: Programme, records: Iterable[Goal] | Iterable[Measure]) -> None:
    if any(record.programme_id != programme.pk for record in records):
        raise RuleBroken(_("The goal or measure belongs to another programme. Choose among this programme's own."))
