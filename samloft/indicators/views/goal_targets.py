"""What a sub-goal aims at: choose an indicator, say how far it is to move, change it, take it away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samloft.core.errors import RuleBroken
from samloft.indicators.actions import goal_targets as actions
from samloft.indicators.forms.goal_targets import TargetForm, TargetSubjectForm
from samloft.indicators.models import GoalTarget, Indicator
from samloft.indicators.queries.figures import definitions, deliveries, last_known, offer_of, series
from samloft.indicators.queries.owners import owners_for
from samloft.indicators.queries.programme_areas import programme_areas
from samloft.places.models import Area
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.models import Goal, GoalLevel, Programme
from samloft.programmes.views.pages import Back, ConfirmForm, form_page, posted


@access(Permission.FIGURE_EDIT)
def goal_target_new(request: Request, programme: Programme, pk: int) -> HttpResponse:
    """First which indicator and where; the answer stands in the next address."""
    goal, asked = _sub_goal(programme, pk), request.GET if "indicator" in request.GET else None
    form = TargetSubjectForm(asked, offer=offer_of(programme_areas(programme), owners_for(programme)))
    if form.is_valid():
        key, area = form.cleaned_data["indicator"].key, form.cleaned_data["area"].pk
        return redirect("indicators:goal_target_add", programme.slug, goal.pk, key, area)
    context = {"programme": programme, "goal": goal, "form": form, "back": _back(programme, goal)}
    return render(request, "indicators/goal_target_choose.html", context)


@access(Permission.FIGURE_EDIT)
def goal_target_add(request: Request, programme: Programme, pk: int, key: str, area: int) -> HttpResponse:
    """Then how far it is to move, from the last figure unless another is written."""
    goal, indicator = _sub_goal(programme, pk), get_object_or_404(Indicator, key=key)
    place = get_object_or_404(programme_areas(programme), pk=area)
    last = last_known(series([indicator], [place], owners_for(programme))[indicator.pk, place.pk])
    initial = {"baseline_value": last.value, "baseline_period": last.period} if last else {}
    form = TargetForm(posted(request), initial=initial)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.add(goal=goal, indicator=indicator, area=place, values=form.values(), by=request.user)
            messages.success(request, _("The goal has an indicator."))
            return redirect(_back(programme, goal).url)
    return _fill_in(request, programme, goal, form, indicator, place)


@access(Permission.FIGURE_EDIT)
def goal_target(request: Request, programme: Programme, pk: int) -> HttpResponse:
    target = _find(programme, pk)
    form = TargetForm(posted(request), instance=target)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.change(target=target, values=form.values(), version=form.opened_version, by=request.user)
            messages.success(request, _("What the goal aims at is saved."))
            return redirect(_back(programme, target.goal).url)
    return _fill_in(request, programme, target.goal, form, target.indicator, target.area)


@access(Permission.FIGURE_EDIT)
def goal_target_remove(request: Request, programme: Programme, pk: int) -> HttpResponse:
    target = _find(programme, pk)
    form, back = ConfirmForm(posted(request)), _back(programme, target.goal)
    if form.is_bound and form.is_valid():
        actions.remove(target=target, by=request.user)
        messages.success(request, _("The indicator is removed from the goal."))
        return redirect(back.url)
    name = definitions([target.indicator_id])[target.indicator_id].name
    return form_page(
        request,
        form,
        title=_("Remove the indicator from the goal?"),
        lead=_("“%(goal)s” no longer aims at “%(indicator)s” in %(area)s. The figures themselves stay.")
        % {"goal": target.goal, "indicator": name, "area": target.area},
        submit=_("Remove"),
        back=back,
        programme=programme,
        danger=True,
    )


def _sub_goal(programme: Programme, pk: int) -> Goal:
    return get_object_or_404(programme.goals.filter(level=GoalLevel.SUB), pk=pk)


def _find(programme: Programme, pk: int) -> GoalTarget:
    found = GoalTarget.objects.select_related("goal__programme", "indicator", "area")
    return get_object_or_404(found, pk=pk, goal__programme=programme)


def _back(programme: Programme, goal: Goal) -> Back:
    return Back(goal.text, reverse("programmes:goal", args=[programme.slug, goal.pk]) + "#indicators")


def _fill_in(
    request: Request, programme: Programme, goal: Goal, form: TargetForm, indicator: Indicator, area: Area
) -> HttpResponse:
    """The form with what is known beside it: the figures that the baseline can be taken from."""
    points = series([indicator], [area], owners_for(programme))[indicator.pk, area.pk].points[::-1]
    sources = deliveries(points)
    context = {
        "programme": programme,
        "goal": goal,
        "form": form,
        "back": _back(programme, goal),
        "indicator": indicator,
        "definition": definitions([indicator.pk])[indicator.pk],
        "area": area,
        "figures": [(point, sources.get(point.batch_id or 0)) for point in points],
    }
    return render(request, "indicators/goal_target.html", context)
