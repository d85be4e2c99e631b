"""The state's goals per budget year: everyone with a seat reads them, operators keep them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samloft.core.errors import RuleBroken
from samloft.programmes.access import Permission, Request, access_across, operator_only
from samloft.programmes.actions import national_goals as actions
from samloft.programmes.forms.goals import NationalGoalForm
from samloft.programmes.models import NationalGoal
from samloft.programmes.queries.goals import national_goals_by_year
from samloft.programmes.views.pages import Back, ConfirmForm, form_page, posted


@access_across(Permission.PROGRAMME_VIEW)
def national_goals(request: Request, programmes: Any) -> HttpResponse:
    if not (request.user.is_operator or programmes.exists()):
        raise Http404
    return render(request, "programmes/national_goal_list.html", {"years": national_goals_by_year()})


@operator_only
def national_goal_new(request: Request) -> HttpResponse:
    form = NationalGoalForm(posted(request), initial={"year": request.GET.get("year", timezone.localdate().year)})
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.add(values=form.values(), by=request.user)
            messages.success(request, _("The national goal is added."))
            return redirect(_back().url)
    return form_page(request, form, title=_("New national goal"), submit=_("Add"), back=_back())


@operator_only
def national_goal_edit(request: Request, pk: int) -> HttpResponse:
    goal = get_object_or_404(NationalGoal, pk=pk)
    form = NationalGoalForm(posted(request), instance=goal)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.change(goal=goal, values=form.values(), version=form.opened_version, by=request.user)
            messages.success(request, _("The national goal is saved."))
            return redirect(_back().url)
    return form_page(request, form, title=_("Edit the national goal"), submit=_("Save"), back=_back())


@operator_only
def national_goal_remove(request: Request, pk: int) -> HttpResponse:
    goal = get_object_or_404(NationalGoal, pk=pk)
    form = ConfirmForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.remove(goal=goal, by=request.user)
            messages.success(request, _("The national goal is removed."))
            return redirect(_back().url)
    return form_page(
        request,
        form,
        title=_("Remove the national goal?"),
        lead=str(goal),
        submit=_("Remove"),
        back=_back(),
        danger=True,
    )


def _back() -> Back:
    return Back(_("National goals"), reverse("programmes:national_goals"))
