"""Goals: the tree in two tracks, and the way of a goal to adoption."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from samloft.core import downloads
from samloft.core.errors import RuleBroken
from samloft.programmes.access import (
    Permission,
    Request,
    access,
    bodies_recorded_by,
    bodies_that_decide,
)
from samloft.programmes.actions import goals as actions
from samloft.programmes.documents import goal_table
from samloft.programmes.forms.decisions import AdoptGoalsForm
from samloft.programmes.forms.goals import GoalForm
from samloft.programmes.models import Goal, GoalState, Programme, Step
from samloft.programmes.queries.goals import goal_tree, walk
from samloft.programmes.views.pages import Back, ConfirmForm, direction_of, form_page, posted


@access(Permission.PROGRAMME_VIEW)
def goals(request: Request, programme: Programme) -> HttpResponse:
    tree = goal_tree(programme)
    context = {"programme": programme, "tree": tree, "goals": [node.goal for node in walk(tree)]}
    return render(request, "programmes/goal_list.html", context)


@require_safe
@access(Permission.PROGRAMME_VIEW)
def goals_file(request: Request, programme: Programme, ending: str) -> HttpResponseBase:
    return downloads.table(
        ending,
        name=f"{programme.slug}-{_('goals')}",
        title=_("Goals"),
        header=goal_table.header(),
        rows=goal_table.cells(goal_tree(programme)),
    )


@access(Permission.PROGRAMME_VIEW)
def goal(request: Request, programme: Programme, pk: int) -> HttpResponse:
    """One goal: where it stands, what it answers, and what serves it."""
    nodes = {node.goal.pk: node for node in walk(goal_tree(programme))}
    if pk not in nodes:
        raise Http404
    node = nodes[pk]
    node.goal.programme = programme
    context = {
        "programme": programme,
        "node": node,
        "above": nodes.get(node.goal.parent_id or 0),
        "overarching": node.goal.overarching_goals.select_related("plan"),
    }
    return render(request, "programmes/goal.html", context)


@access(Permission.PROGRAMME_EDIT)
def goal_new(request: Request, programme: Programme) -> HttpResponse:
    # The buttons in the tree say where the new goal is to stand.
    initial: dict[str, Any] = {
        name: request.GET[name] for name in ("level", "track", "parent", "focus_area") if name in request.GET
    }
    form = GoalForm(posted(request), programme=programme, initial=initial)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            made = actions.add(programme=programme, values=form.values(), by=request.user)
            messages.success(request, _("The goal is proposed."))
            return redirect(_in_tree(made))
    return form_page(
        request, form, title=_("New goal"), submit=_("Propose"), back=_back(programme), programme=programme
    )


@access(Permission.PROGRAMME_EDIT)
def goal_edit(request: Request, programme: Programme, pk: int) -> HttpResponse:
    goal = get_object_or_404(programme.goals, pk=pk)
    form = GoalForm(posted(request), programme=programme, instance=goal)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.change(goal=goal, values=form.values(), version=form.opened_version, by=request.user)
            messages.success(request, _("The goal is saved."))
            return redirect(_in_tree(goal))
    return form_page(
        request, form, title=_("Edit the goal"), submit=_("Save"), back=_back(programme), programme=programme
    )


@require_POST
@access(Permission.PROGRAMME_EDIT)
def goal_move(request: Request, programme: Programme, pk: int) -> HttpResponse:
    goal = get_object_or_404(programme.goals, pk=pk)
    actions.move(goal=goal, direction=direction_of(request), by=request.user)
    return redirect(_in_tree(goal))


@require_POST
@access(Permission.PROGRAMME_EDIT)
def goal_agree(request: Request, programme: Programme, pk: int) -> HttpResponse:
    goal = get_object_or_404(programme.goals, pk=pk)
    try:
        actions.agree(goal=goal, by=request.user)
        messages.success(request, _("The goal is agreed on."))
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    return redirect(_in_tree(goal))


@access(Permission.PROGRAMME_EDIT)
def goal_reopen(request: Request, programme: Programme, pk: int) -> HttpResponse:
    goal = get_object_or_404(programme.goals, pk=pk)
    form = ConfirmForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.reopen(goal=goal, by=request.user)
            messages.success(request, _("The goal is proposed again."))
            return redirect(_in_tree(goal))
    return form_page(
        request,
        form,
        title=_("Reopen the goal?"),
        lead=_("“%(goal)s” becomes a proposal again, and must be adopted anew by a body that adopts goals.")
        % {"goal": goal},
        submit=_("Reopen"),
        back=_back(programme),
        programme=programme,
    )


@access(Permission.PROGRAMME_EDIT)
def goal_remove(request: Request, programme: Programme, pk: int) -> HttpResponse:
    goal = get_object_or_404(programme.goals, pk=pk)
    form = ConfirmForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.remove(goal=goal, by=request.user)
            messages.success(request, _("The goal is removed."))
            return redirect(_back(programme).url)
    return form_page(
        request,
        form,
        title=_("Remove the goal?"),
        lead=_("“%(goal)s” disappears. That is possible while no other goal or measure belongs to it.")
        % {"goal": goal},
        submit=_("Remove"),
        back=_back(programme),
        programme=programme,
        danger=True,
    )


@access(Permission.DECISION_RECORD)
def goals_adopt(request: Request, programme: Programme) -> HttpResponse:
    deciding = bodies_that_decide(programme, Step.ADOPT_GOALS, on=timezone.localdate())
    recorded = deciding & bodies_recorded_by(request.user, programme)
    form = AdoptGoalsForm(
        posted(request),
        programme=programme,
        goals=programme.goals.exclude(state=GoalState.ADOPTED),
        bodies=recorded,
    )
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            goals = list(form.cleaned_data["goals"])
            title = ngettext("%(count)d goal", "%(count)d goals", len(goals)) % {"count": len(goals)}
            decision = actions.adopt(
                programme=programme, goals=goals, values=form.values(title=title), by=request.user
            )
            messages.success(request, _("The decision is recorded, and the goals are adopted."))
            return redirect(decision)
    context = {
        "programme": programme,
        "form": form,
        "back": _back(programme),
        "deciding": list(deciding),
        "recorded": list(recorded),
    }
    return render(request, "programmes/goals_adopt.html", context)


def _back(programme: Programme) -> Back:
    return Back(_("Goals"), reverse("programmes:goals", args=[programme.slug]))


def _in_tree(goal: Goal) -> str:
    """Where the goal stands on the page of all goals; a long tree is no place to begin again from the top."""
    return f"{reverse('programmes:goals', args=[goal.programme.slug])}#goal-{goal.pk}"
