"""What answers the state's goals of a budget year: the list, the links of one, and last year's links again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from samloft.core.errors import RuleBroken
from samloft.core.navigation import Link
from samloft.plans.actions import national_links as actions
from samloft.plans.forms.national_links import CarryLinksForm, NationalLinksForm
from samloft.plans.queries.national_links import national_rows, recurrences
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.models import NationalGoal, Programme


@require_safe
@access(Permission.PLAN_VIEW)
def goal_national(request: Request, programme: Programme) -> HttpResponse:
    """The state's goals for a year with the goals and measures that answer them, and those that nobody answers."""
    plans = {plan.year: plan for plan in programme.plans.all()}
    years = sorted(
        {*plans, *NationalGoal.objects.order_by().values_list("year", flat=True).distinct()}, reverse=True
    )
    year = _chosen(request.GET.get("year", ""), years, max(plans, default=None))
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


def _chosen(wanted: str, years: list[int], latest_plan: int | None) -> int | None:
    """The year in the address, else that of the latest plan, else the latest that has goals."""
    named = next((year for year in years if str(year) == wanted), None)
    return named or latest_plan or next(iter(years), None)


def _back(programme: Programme, year: int) -> str:
    return f"{reverse('plans:goal_national', args=[programme.slug])}?year={year}"
