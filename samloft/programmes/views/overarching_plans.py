"""The plans that a programme builds on: the list, the page of one, and recording, sharing and leaving it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samloft.core.errors import RuleBroken
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.actions import overarching_plans as actions
from samloft.programmes.actions import uptakes
from samloft.programmes.forms.overarching_plans import (
    OverarchingGoalForm,
    OverarchingPlanForm,
    PlanChoiceForm,
    UptakeForm,
)
from samloft.programmes.models import OverarchingGoal, OverarchingPlan, Programme
from samloft.programmes.queries.overarching_plans import owners, plan_rows, plans_to_choose
from samloft.programmes.views.pages import Back, ConfirmForm, form_page, posted


@require_safe
@access(Permission.PROGRAMME_VIEW)
def overarching_plans(request: Request, programme: Programme) -> HttpResponse:
    may_edit = Permission.PROGRAMME_EDIT in request.allowed
    context = {
        "programme": programme,
        "plan_rows": plan_rows(programme),
        "may_choose": may_edit and plans_to_choose(programme).exists(),
    }
    return render(request, "programmes/overarching_plan_list.html", context)


@require_safe
@access(Permission.PROGRAMME_VIEW)
def overarching_plan(request: Request, programme: Programme, pk: int) -> HttpResponse:
    row = next((row for row in plan_rows(programme) if row.plan.pk == pk), None)
    if row is None:
        raise Http404
    context = {
        "programme": programme,
        "row": row,
        "may_edit_plan": Permission.PROGRAMME_EDIT in request.allowed and row.plan.programme_id == programme.pk,
    }
    return render(request, "programmes/overarching_plan.html", context)


@access(Permission.PROGRAMME_EDIT)
def overarching_plan_new(request: Request, programme: Programme) -> HttpResponse:
    form = OverarchingPlanForm(posted(request), owners=owners(programme))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            made = actions.add(programme=programme, values=form.values(), by=request.user)
            messages.success(request, _("The plan is recorded. Write its goals next."))
            return redirect(made.address_in(programme))
    return form_page(
        request,
        form,
        title=_("Record a plan that the programme builds on"),
        submit=_("Record"),
        back=_back(programme),
        programme=programme,
    )


@access(Permission.PROGRAMME_EDIT)
def overarching_plan_choose(request: Request, programme: Programme) -> HttpResponse:
    form = PlanChoiceForm(posted(request), programme=programme)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            plan = actions.build_on(plan=form.cleaned_data["plan"], programme=programme, by=request.user)
            messages.success(request, _("The programme builds on the plan."))
            return redirect(plan.address_in(programme))
    return form_page(
        request,
        form,
        title=_("Choose a plan that is recorded already"),
        lead=_("Plans of your municipality and county that other programmes have recorded. They keep the record."),
        submit=_("Build on it"),
        back=_back(programme),
        programme=programme,
    )


@access(Permission.PROGRAMME_EDIT)
def overarching_plan_edit(request: Request, programme: Programme, pk: int) -> HttpResponse:
    plan = _find(programme, pk)
    back = Back(plan.title, plan.address_in(programme))
    form = OverarchingPlanForm(posted(request), instance=plan, owners=owners(programme))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.change(
                plan=_find(programme, pk),
                programme=programme,
                values=form.values(),
                version=form.opened_version,
                by=request.user,
            )
            messages.success(request, _("The plan is saved."))
            return redirect(back.url)
    return form_page(request, form, title=_("Edit the plan"), submit=_("Save"), back=back, programme=programme)


@access(Permission.PROGRAMME_EDIT)
def overarching_plan_leave(request: Request, programme: Programme, pk: int) -> HttpResponse:
    plan = _find(programme, pk)
    form = ConfirmForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.leave(plan=plan, programme=programme, by=request.user)
            messages.success(request, _("The programme does not build on the plan any more."))
            return redirect(_back(programme).url)
    return form_page(
        request,
        form,
        title=_("Stop building on the plan?"),
        lead=_("“%(plan)s” leaves this programme. If no other programme builds on it, its goals disappear too.")
        % {"plan": plan},
        submit=_("Stop building on it"),
        back=_at(programme, plan),
        programme=programme,
        danger=True,
    )


@access(Permission.PROGRAMME_EDIT)
def overarching_goal_new(request: Request, programme: Programme, pk: int) -> HttpResponse:
    plan = _find(programme, pk)
    form = OverarchingGoalForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.add_goal(plan=plan, programme=programme, by=request.user, **form.cleaned_data)
            messages.success(request, _("The goal is added."))
            return redirect(plan.address_in(programme))
    return form_page(
        request,
        form,
        title=_("A goal of the plan"),
        submit=_("Add"),
        back=_at(programme, plan),
        programme=programme,
    )


@access(Permission.PROGRAMME_EDIT)
def overarching_goal_edit(request: Request, programme: Programme, pk: int) -> HttpResponse:
    goal = _find_goal(programme, pk)
    form = OverarchingGoalForm(posted(request), instance=goal)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.change_goal(
                goal=_find_goal(programme, pk),
                programme=programme,
                text=form.cleaned_data["text"],
                version=form.opened_version,
                by=request.user,
            )
            messages.success(request, _("The goal is saved."))
            return redirect(goal.plan.address_in(programme))
    return form_page(
        request,
        form,
        title=_("Edit the plan's goal"),
        submit=_("Save"),
        back=_at(programme, goal.plan),
        programme=programme,
    )


@access(Permission.PROGRAMME_EDIT)
def overarching_goal_remove(request: Request, programme: Programme, pk: int) -> HttpResponse:
    goal = _find_goal(programme, pk)
    form = ConfirmForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.remove_goal(goal=goal, programme=programme, by=request.user)
            messages.success(request, _("The goal is removed."))
            return redirect(goal.plan.address_in(programme))
    return form_page(
        request,
        form,
        title=_("Remove the plan's goal?"),
        lead=goal.text,
        submit=_("Remove"),
        back=_at(programme, goal.plan),
        programme=programme,
        danger=True,
    )


@access(Permission.PROGRAMME_EDIT)
def uptake_new(request: Request, programme: Programme, pk: int) -> HttpResponse:
    plan = _find(programme, pk)
    form = UptakeForm(posted(request), plan=plan)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            uptakes.record(plan=plan, programme=programme, values=form.values(), by=request.user)
            messages.success(request, _("It is recorded. What was recorded before stays in the history."))
            return redirect(plan.address_in(programme))
    return form_page(
        request,
        form,
        title=_("Record what the plan has taken up"),
        lead=_("How far “%(plan)s” has come in taking up what the programme works with.") % {"plan": plan},
        submit=_("Record"),
        back=_at(programme, plan),
        programme=programme,
    )


@access(Permission.PROGRAMME_EDIT)
def uptake_remove(request: Request, programme: Programme, pk: int) -> HttpResponse:
    uptake = get_object_or_404(programme.uptakes.select_related("plan"), pk=pk)
    form = ConfirmForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            uptakes.remove(uptake=uptake, by=request.user)
            messages.success(request, _("The row is removed."))
            return redirect(uptake.plan.address_in(programme))
    return form_page(
        request,
        form,
        title=_("Remove the row?"),
        lead=_("Only for what was recorded by mistake. When the plan has come further, record that instead."),
        submit=_("Remove"),
        back=_at(programme, uptake.plan),
        programme=programme,
        danger=True,
    )


def _find(programme: Programme, pk: int) -> OverarchingPlan:
    """A plan that the programme builds on, or 404."""
    plans = programme.overarching_plans.select_related("programme", "municipality", "county")
    found: OverarchingPlan = get_object_or_404(plans, pk=pk)
    return found


def _find_goal(programme: Programme, pk: int) -> OverarchingGoal:
    goals = OverarchingGoal.objects.filter(plan__built_on_by=programme).select_related("plan__programme")
    found: OverarchingGoal = get_object_or_404(goals, pk=pk)
    return found


def _at(programme: Programme, plan: OverarchingPlan) -> Back:
    return Back(plan.title, plan.address_in(programme))


def _back(programme: Programme) -> Back:
    return Back(_("Overarching plans"), reverse("programmes:overarching_plans", args=[programme.slug]))
