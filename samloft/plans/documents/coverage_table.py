"""How the plan's money falls on goals as a table for a spreadsheet: a line for each measure and goal."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from samloft.core.spreadsheets import Cell, Money
from samloft.plans.queries.coverage import Coverage


def header() -> list[str]:
    return [
        _("Plan"),
        _("Goal"),
        _("Track"),
        _("Focus area"),
        _("Measure no."),
        _("Measure"),
        _("Weight (%)"),
        _("Estimate (kr)"),
        _("Remark"),
    ]


def cells(coverage: Coverage) -> Iterator[Sequence[Cell]]:
    """The amounts sum to the plan's total. An empty weight is one that nobody has set."""
    year = coverage.plan.year if coverage.plan else None

    def money(ore: int) -> Money | None:
        return Money(ore) if coverage.plan else None

    for goal in coverage.goals:
        area = goal.sub.focus_area.name if goal.sub.focus_area else ""
        about = (goal.sub.goal.text, goal.sub.goal.get_track_display(), area)
        for one in goal.serving:
            yield year, *about, one.measure.number, one.measure.name, one.weight, money(one.amount), ""
        if not goal.serving:
            yield year, *about, None, "", None, money(0), _("No measure serves the goal")
    for one in coverage.without_goals:
        remark = _("Serves no goal")
        yield year, "", "", "", one.measure.number, one.measure.name, None, money(one.amount), remark
    if coverage.money.without_measure:
        remark = _("Lines for measures that name no measure")
        yield year, "", "", "", None, "", None, money(coverage.money.without_measure), remark
    for purpose, amount in coverage.money.other_purposes:
        yield year, "", "", "", None, "", None, money(amount), str(purpose.label)
