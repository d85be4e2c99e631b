"""How measures and money meet the goals in the plan of a year, as a page and as a table for a spreadsheet."""

from collections.abc import Iterable, Sequence

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samloft.core import downloads
from samloft.core.navigation import Link
from samloft.plans.documents import coverage_table
from samloft.plans.models import ActionPlan, Measure
from samloft.plans.queries.coverage import ServingMeasure, coverage
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.models import Programme
from samloft.programmes.queries.steps import status_of


@require_safe
@access(Permission.PLAN_VIEW)
def goal_coverage(request: Request, programme: Programme) -> HttpResponse:
    """Which goals the measures serve, which nobody serves, and where the plan's money falls."""
    plans = list(programme.plans.all())
    plan = _chosen(plans, request.GET.get("year", ""))
    found = coverage(programme, plan)
    base = reverse("plans:measures", args=[programme.slug])
    context = {
        "programme": programme,
        "plan": plan,
        "years": _years(reverse("plans:goal_coverage", args=[programme.slug]), plans, plan),
        "status": status_of(plan) if plan else None,
        "coverage": found,
        # The names of all measures are on the page, so their links are not left to the template.
        "goals": [(goal, _serving(base, goal.serving), _outside(base, goal.outside)) for goal in found.goals],
        "base": base,
    }
    return render(request, "plans/goal_coverage.html", context)


@require_safe
@access(Permission.PLAN_VIEW)
def goal_coverage_file(request: Request, programme: Programme, ending: str) -> HttpResponseBase:
    """One line for each measure and goal, with the lines that fall on no goal; they sum to the plan's total."""
    plan = _chosen(list(programme.plans.all()), request.GET.get("year", ""))
    return downloads.table(
        ending,
        name=f"{programme.slug}-{_('coverage')}{f'-{plan.year}' if plan else ''}",
        title=_("Coverage of goals"),
        header=coverage_table.header(),
        rows=coverage_table.cells(coverage(programme, plan)),
    )


def _chosen(plans: Sequence[ActionPlan], year: str) -> ActionPlan | None:
    """The plan of the year in the address, else the latest; None in a programme without plans."""
    return next((plan for plan in plans if str(plan.year) == year), plans[0] if plans else None)


def _years(address: str, plans: Sequence[ActionPlan], chosen: ActionPlan | None) -> list[Link]:
    return [Link(str(plan.year), f"{address}?year={plan.year}", "", plan == chosen) for plan in plans]


def _serving(base: str, serving: Iterable[ServingMeasure]) -> SafeString:
    """The measures with links, and their weights where they are set."""
    return format_html_join(
        ", ",
        '<a href="{}{}/">{}</a>{}',
        (
            (base, one.measure.pk, one.measure.name, format_html(" ({}\xa0%)", one.weight) if one.weight else "")
            for one in serving
        ),
    )


def _outside(base: str, measures: Iterable[Measure]) -> SafeString:
    return format_html_join(", ", '<a href="{}{}/">{}</a>', ((base, one.pk, one.name) for one in measures))
