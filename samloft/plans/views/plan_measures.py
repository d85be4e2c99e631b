"""The measures in the plan: taking one in, writing about it, ordering, taking it out."""

from typing import Literal, cast

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samloft.core.errors import RuleBroken
from samloft.core.forms import Form
from samloft.plans.actions import measures, plan_measures
from samloft.plans.actions.measures import MeasureValues
from samloft.plans.forms.plan_measures import AddMeasureForm
from samloft.plans.models import ActionPlan, PlanMeasure
from samloft.plans.views.plan_page import editor, find, saved
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.forms.texts import TextForm
from samloft.programmes.models import Programme


@access(Permission.PLAN_EDIT)
def plan_measure_add(request: Request, programme: Programme, year: int) -> HttpResponse:
    plan = find(programme, year)
    within = request.GET.get("in", "")
    area = within.removeprefix("area-")
    part = f"new-in-area-{area}" if area.isdecimal() else "measure-new"
    form = AddMeasureForm(request.POST or None, plan=plan, initial={"focus_area": area}, auto_id=f"{part}-%s")
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            item = _add(request, plan, form)
            messages.success(request, _("“%(measure)s” is in the plan.") % {"measure": item.measure})
            return saved(request, plan, "measures", focus=part)
    return editor(request, plan, form, part=part, title=_("Add a measure"), submit=_("Add"))


@access(Permission.PLAN_EDIT)
def plan_measure(request: Request, programme: Programme, year: int, pk: int) -> HttpResponse:
    """What happens in the measure this year."""
    plan = find(programme, year)
    item = _item(plan, pk)
    part = f"measure-{pk}"
    form = TextForm(
        request.POST or None, initial={"text": item.text, "version": item.version}, auto_id=f"{part}-%s"
    )
    form.fields["text"].label = _("What happens in %(year)s") % {"year": year}
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            plan_measures.edit(plan_measure=item, **form.cleaned_data, by=request.user)
            messages.success(request, _("“%(section)s” is saved.") % {"section": item.measure})
            return saved(request, plan, part)
    also = {"url": item.measure.get_absolute_url(), "label": _("Everything else about the measure")}
    return editor(request, plan, form, part=part, title=item.measure.name, also=also)


@access(Permission.PLAN_EDIT)
def plan_measure_remove(request: Request, programme: Programme, year: int, pk: int) -> HttpResponse:
    plan = find(programme, year)
    item = _item(plan, pk)
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            plan_measures.remove(plan_measure=item, by=request.user)
            messages.success(request, _("“%(measure)s” is taken out of the plan.") % {"measure": item.measure})
            return saved(request, plan, "measures", focus="measure-new")
    return editor(
        request,
        plan,
        form,
        part=f"measure-{pk}",
        title=_("Take “%(measure)s” out of the plan?") % {"measure": item.measure},
        lead=_("The text of this year is deleted. The measure itself stays, with its story and its other years."),
        submit=_("Take out"),
        danger=True,
    )


@require_POST
@access(Permission.PLAN_EDIT)
def plan_measure_move(request: Request, programme: Programme, year: int, pk: int) -> HttpResponse:
    plan = find(programme, year)
    direction = request.POST.get("direction")
    if direction not in ("up", "down"):
        raise Http404
    try:
        towards = cast(Literal["up", "down"], direction)
        plan_measures.move(plan_measure=_item(plan, pk), direction=towards, by=request.user)
    except RuleBroken as refused:
        messages.error(request, str(refused))
    return saved(request, plan, "measures", focus=f"measure-{pk}")


def _item(plan: ActionPlan, pk: int) -> PlanMeasure:
    item = get_object_or_404(plan.plan_measures.select_related("measure"), pk=pk)
    item.plan = plan
    item.measure.programme = plan.programme
    return item


def _add(request: Request, plan: ActionPlan, form: AddMeasureForm) -> PlanMeasure:
    """A new measure and its place in the plan come together or not at all."""
    data = form.cleaned_data
    with transaction.atomic():
        measure = data["measure"] or measures.create(
            programme=plan.programme,
            values=MeasureValues(name=data["name"], focus_area=data["focus_area"], first_plan_year=plan.year),
            by=request.user,
        )
        return plan_measures.add(plan=plan, measure=measure, text=data["text"], by=request.user)
