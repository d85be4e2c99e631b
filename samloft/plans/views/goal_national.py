"""What answers the state's goals of a budget year: the list, the links of one, and last year's links again."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from samloft.core import downloads
from samloft.core.errors import RuleBroken
from samloft.core.navigation import Link
from samloft.plans.actions import national_links as actions
from samloft.plans.documents import national_table
from samloft.plans.forms.national_links import CarryLinksForm, NationalLinksForm
from samloft.plans.models import ActionPlan
from samloft.plans.queries.national_links import national_rows, recurrences
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.models import NationalGoal, Programme


@require_safe
@access(Permission.PLAN_VIEW)
def goal_national(request: Request, programme: Programme) -> HttpResponse:
    """The state's goals for a year with the goals and measures that answer them, and those that nobody answers."""
    plans, years, year = _years(request, programme)
    rows = national_rows(programme, year, plans.get(year)) if year else ()
    recurring = recurrences(programme, year) if year and Permission.MEASURE_EDIT in request.allowed else ()
    address = reverse("plans:goal_national", args=[programme.slug])
    context = {
        "programme": programme,
        "year": year,
        "years": [Link(str(one), f"{address}?year={one}", "", one == year) for one in years],
        "plan": plans.get(year) if year else None,
        "rows": rows,
        "served": sum(1 for row in rows if row.is_served),
        "recurring": sum(len(one.goals) + len(one.measures) for one in recurring),
    }
    return render(request, "plans/goal_national.html", context)


@require_safe
@access(Permission.PLAN_VIEW)
def goal_national_file(request: Request, programme: Programme, ending: str) -> HttpResponseBase:
    plans, _all_years, year = _years(request, programme)
    rows = national_rows(programme, year, plans.get(year)) if year else ()
    return downloads.table(
        ending,
        name=f"{programme.slug}-{_('national-goals')}{f'-{year}' if year else ''}",
        title=_("National goals"),
        header=national_table.header(),
        rows=national_table.cells(rows),
    )


@access(Permission.MEASURE_EDIT)
def goal_national_link(request: Request, programme: Programme, pk: int) -> HttpResponse:
    """Choose the goals and measures that answer one of the state's goals."""
    national = get_object_or_404(NationalGoal, pk=pk)
    with_goals = Permission.PROGRAMME_EDIT in request.allowed
    form = NationalLinksForm(
        request.POST if request.method == "POST" else None,
        programme=programme,
        national_goal=national,
        with_goals=with_goals,
    )
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            actions.set_links(
                programme=programme,
                national_goal=national,
                goals=form.cleaned_data["goals"] if with_goals else None,
                measures=form.cleaned_data["measures"],
                by=request.user,
            )
            messages.success(request, _("The links are saved."))
            return redirect(f"{_back(programme, national.year)}#national-{national.pk}")
    context = {"programme": programme, "national": national, "form": form, "back": _back(programme, national.year)}
    return render(request, "plans/goal_national_link.html", context)


@access(Permission.MEASURE_EDIT)
def goal_national_carry(request: Request, programme: Programme, year: int) -> HttpResponse:
    """Last year's links again, for the goals that the state repeats."""
    found = recurrences(programme, year)
    form = CarryLinksForm(
        request.POST if request.method == "POST" else None,
        recurrences=found,
        with_goals=Permission.PROGRAMME_EDIT in request.allowed,
    )
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            count = actions.carry_over(
                programme=programme, goals=form.goals(), measures=form.measures(), by=request.user
            )
            words = ngettext("%(count)d link is carried over.", "%(count)d links are carried over.", count)
            messages.success(request, words % {"count": count})
            return redirect(_back(programme, year))
    context = {"programme": programme, "year": year, "form": form, "back": _back(programme, year)}
    return render(request, "plans/goal_national_carry.html", context)


def _years(request: Request, programme: Programme) -> tuple[dict[int, ActionPlan], list[int], int | None]:
    """The plans by year, all years, and the one to show: asked for, else the latest with a plan and goals."""
    plans = {plan.year: plan for plan in programme.plans.all()}
    with_goals = NationalGoal.objects.order_by().values_list("year", flat=True).distinct()
    years = sorted({*plans, *with_goals}, reverse=True)
    named = next((year for year in years if str(year) == request.GET.get("year")), None)
    with_both = max(plans.keys() & set(with_goals), default=None)
    return plans, years, named or with_both or next(iter(years), None)


def _back(programme: Programme, year: int) -> str:
    return f"{reverse('plans:goal_national', args=[programme.slug])}?year={year}"
