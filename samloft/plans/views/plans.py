"""The list of a programme's plans, a new year, and the frame."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samloft.core.errors import RuleBroken
from samloft.plans.actions import plans as actions
from samloft.plans.actions.carry_forward import carry_forward
from samloft.plans.forms.plans import CarryForm, FrameForm, StartForm
from samloft.plans.queries.plans import overview
from samloft.plans.views.plan_page import BESIDE, editor, find, saved
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.models import Programme


@access(Permission.PLAN_VIEW)
def plans(request: Request, programme: Programme) -> HttpResponse:
    return render(request, "plans/plan_list.html", {"programme": programme, "rows": overview(programme)})


@access(Permission.PLAN_EDIT)
def plan_new(request: Request, programme: Programme) -> HttpResponse:
    """A new year's plan, empty or with what another year had."""
    years = list(programme.plans.values_list("year", flat=True))
    first = {
        "year": max(years) + 1 if years else timezone.localdate().year,
        "carry_from": years[0] if years else "",
    }
    form = StartForm(request.POST or None, years=years, initial=first)
    if request.method == "POST" and form.is_valid():
        year, carry_from = form.cleaned_data["year"], form.cleaned_data.get("carry_from")
        with form.refusing(RuleBroken):
            if year in years:
                raise RuleBroken(
                    _("There is a plan for %(year)s already. Open it from the list.") % {"year": year}
                )
            if carry_from is None:
                plan = actions.start(programme=programme, year=year, by=request.user)
            else:
                plan = carry_forward(programme=programme, from_year=carry_from, to_year=year, by=request.user)
            messages.success(request, _("The plan for %(year)s is started.") % {"year": year})
            return redirect(plan)
    return render(request, "plans/plan_new.html", {"programme": programme, "form": form})


@access(Permission.PLAN_EDIT)
def plan_carry(request: Request, programme: Programme, year: int) -> HttpResponse:
    """Fetch what is missing from another year into a plan that has begun."""
    plan = find(programme, year)
    years = [other for other in programme.plans.values_list("year", flat=True) if other != year]
    earlier = [other for other in years if other < year]
    form = CarryForm(request.POST or None, years=years, initial={"carry_from": max(earlier, default=None)})
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            carry_forward(
                programme=programme, from_year=form.cleaned_data["carry_from"], to_year=year, by=request.user
            )
            messages.success(request, _("What was missing is carried forward."))
            return redirect(plan)
    context = {"programme": programme, "plan": plan, "form": form, "years": years}
    return render(request, "plans/plan_carry.html", context)


@access(Permission.PLAN_EDIT)
def plan_frame(request: Request, programme: Programme, year: int) -> HttpResponse:
    plan = find(programme, year)
    form = FrameForm(request.POST or None, initial=FrameForm.of(plan), auto_id="frame-%s")
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            version = form.cleaned_data["version"]
            actions.set_frame(plan=plan, frame=form.frame(), version=version, by=request.user)
            messages.success(request, _("The frame is saved."))
            return saved(request, plan, "frame")
    return editor(request, plan, form, part="frame", title=_("The frame"), beside=BESIDE)
