"""The pages of the programme description's way. What a page says and does is the same for every document."""

from functools import partial
from typing import Any

from django.http import HttpResponse

from samloft.programmes.access import Permission, Request, access
from samloft.programmes.actions import programme_descriptions as actions
from samloft.programmes.models import Programme, ProgrammeDescription
from samloft.programmes.queries.programme_descriptions import load
from samloft.programmes.views import steps
from samloft.programmes.views.programme_descriptions import find


@access(Permission.PLAN_STEP)
def description_recommend(request: Request, programme: Programme) -> HttpResponse:
    description = find(programme)
    act = partial(actions.recommend, description=description, by=request.user)
    return steps.recommend(request, description, act, beside=partial(_lacks, description))


@access(Permission.PLAN_STEP)
def description_adopt(request: Request, programme: Programme) -> HttpResponse:
    description = find(programme)
    act = partial(actions.adopt, description=description, by=request.user)
    return steps.adopt(request, description, act, beside=partial(_lacks, description))


@access(Permission.PLAN_STEP)
def description_dispatch(request: Request, programme: Programme) -> HttpResponse:
    return steps.dispatch(request, find(programme))


@access(Permission.PLAN_STEP)
def description_answer(request: Request, programme: Programme) -> HttpResponse:
    return steps.answer(request, find(programme))


@access(Permission.PLAN_STEP)
def description_send_back(request: Request, programme: Programme) -> HttpResponse:
    return steps.send_back(request, find(programme))


@access(Permission.PLAN_REVISE)
def description_revise(request: Request, programme: Programme) -> HttpResponse:
    return steps.revise(request, find(programme))


def _lacks(description: ProgrammeDescription) -> dict[str, Any]:
    """The chapters that must be written before the step."""
    missing = load(description).missing
    return {"missing": missing, "is_stopped": bool(missing), "findings": "programmes/_step_missing.html"}
