"""The pages of a plan's way. What a page says and does is the same for every governing document."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from samloft.plans.actions import steps as actions
from samloft.plans.models import ActionPlan
from samloft.plans.queries import plan_check
from samloft.plans.views.plan_page import find
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.models import Programme
from samloft.programmes.views import steps


@access(Permission.PLAN_STEP)
def plan_recommend(request: Request, programme: Programme, year: int) -> HttpResponse:
    plan = find(programme, year)
    act = partial(actions.recommend, plan=plan, by=request.user)
    return steps.recommend(request, plan, act, beside=partial(_findings, plan))


@access(Permission.PLAN_STEP)
def plan_adopt(request: Request, programme: Programme, year: int) -> HttpResponse:
    plan = find(programme, year)
    act = partial(actions.adopt, plan=plan, by=request.user)
    return steps.adopt(request, plan, act, beside=partial(_findings, plan))


@access(Permission.PLAN_STEP)
def plan_dispatch(request: Request, programme: Programme, year: int) -> HttpResponse:
    return steps.dispatch(request, find(programme, year))


@access(Permission.PLAN_STEP)
def plan_answer(request: Request, programme: Programme, year: int) -> HttpResponse:
    after_award = _("The grant letter may set the plan's frame to the award. Revise the plan to enter it.")
    return steps.answer(request, find(programme, year), after_award=after_award)


@access(Permission.PLAN_STEP)
def plan_send_back(request: Request, programme: Programme, year: int) -> HttpResponse:
    return steps.send_back(request, find(programme, year))


@access(Permission.PLAN_REVISE)
def plan_revise(request: Request, programme: Programme, year: int) -> HttpResponse:
    return steps.revise(request, find(programme, year))


def _findings(plan: ActionPlan) -> dict[str, Any]:
    """What the plan check still finds, shown before the step."""
    return {
        "check": plan_check.overview(plan_check.check(plan)),
        "findings": "plans/_step_check.html",
        "styles": ["plans/plan_check.css"],
    }
