"""The whole plan check on a page of its own, and setting its findings aside."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samloft.core.errors import RuleBroken
from samloft.plans.actions import overrides
from samloft.plans.forms.overrides import OverrideForm
from samloft.plans.models import ActionPlan
from samloft.plans.queries import plan_check as queries
from samloft.plans.views.plan_page import find
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.models import Programme


@access(Permission.PLAN_VIEW)
def plan_check(request: Request, programme: Programme, year: int) -> HttpResponse:
    """Every finding with what, why and what to do."""
    plan = find(programme, year)
    context = {"programme": programme, "plan": plan, "check": queries.overview(queries.check(plan))}
    return render(request, "plans/plan_check.html", context)


@access(Permission.FINDING_OVERRIDE)
def finding_override(request: Request, programme: Programme, year: int) -> HttpResponse:
    """Set a finding aside. The address names it by `code` and `subject`."""
    plan = find(programme, year)
    form = OverrideForm(
        request.POST or None,
        initial={"code": request.GET.get("code", ""), "subject": request.GET.get("subject", "")},
    )
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            overrides.set_aside(plan=plan, by=request.user, **form.cleaned_data)
            messages.success(request, _("The finding is set aside, with your reason."))
            return _back(plan)
    if request.method == "POST" and getattr(request, "htmx", False):
        # Shown among the page's messages; what was typed stays where it is.
        told = [str(error) for errors in form.errors.values() for error in errors]
        return HttpResponse(" ".join(told), status=422, content_type="text/plain; charset=utf-8")
    code, subject = form["code"].value(), form["subject"].value()
    findings = queries.check(plan)
    finding = next((found for found in findings if (found.code, found.subject) == (code, subject)), None)
    context = {"programme": programme, "plan": plan, "form": form, "finding": finding}
    return render(request, "plans/finding_override.html", context)


@require_POST
@access(Permission.FINDING_OVERRIDE)
def finding_restore(request: Request, programme: Programme, year: int, pk: int) -> HttpResponse:
    plan = find(programme, year)
    override = get_object_or_404(plan.overrides, pk=pk)
    overrides.take_back(override=override, by=request.user)
    messages.success(request, _("The finding counts again."))
    return _back(plan)


def _back(plan: ActionPlan) -> HttpResponse:
    return redirect(f"{plan.get_absolute_url()}#plan-check")
