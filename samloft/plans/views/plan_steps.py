"""One page for each step of a plan's way. It says exactly what will happen and who is told, and then does it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from samloft.core.errors import RuleBroken
from samloft.core.forms import Form
from samloft.plans.actions import steps
from samloft.plans.forms.steps import AnswerForm, DecisionForm, DispatchForm, ReturnForm, ReviseForm
from samloft.plans.models import ALLOWED, ActionPlan, PlanState
from samloft.plans.queries import plan_check
from samloft.plans.queries.steps import LEADS_TO, MOVE_LABELS, Move, in_force, is_of_municipality, step_of
from samloft.plans.views.plan_page import find
from samloft.programmes import access as rights
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.models import AnswerKind, Body, BodyKind, Edition, Programme, Step


@access(Permission.PLAN_STEP)
def plan_recommend(request: Request, programme: Programme, year: int) -> HttpResponse:
    plan = _draft(request, programme, year)
    form = DecisionForm(request.POST or None, bodies=_bodies(request, plan, Move.RECOMMEND))
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            steps.recommend(plan=plan, decision=form.decision(), by=request.user)
            messages.success(request, _("The plan is recommended. It waits to be adopted."))
            return redirect(plan)
    return _page(request, plan, Move.RECOMMEND, form, check=plan_check.overview(plan_check.check(plan)))


@access(Permission.PLAN_STEP)
def plan_adopt(request: Request, programme: Programme, year: int) -> HttpResponse:
    plan = _draft(request, programme, year)
    form = DecisionForm(request.POST or None, bodies=_bodies(request, plan, Move.ADOPT))
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            steps.adopt(plan=plan, decision=form.decision(), by=request.user)
            messages.success(request, _("The plan is adopted and kept unchanged as an edition."))
            return redirect(plan)
    return _page(request, plan, Move.ADOPT, form, check=plan_check.overview(plan_check.check(plan)))


@access(Permission.PLAN_STEP)
def plan_dispatch(request: Request, programme: Programme, year: int) -> HttpResponse:
    plan = _draft(request, programme, year)
    recipients = Body.objects.filter(programmes=programme, kind=BodyKind.MINISTRY)
    bodies = _bodies(request, plan, Move.DISPATCH)
    form = DispatchForm(
        request.POST or None, bodies=bodies, recipients=recipients, initial={"sent_on": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            steps.dispatch(plan=plan, decision=form.decision(), sending=form.sending(), by=request.user)
            messages.success(request, _("The dispatch is recorded. The recipient can read the edition now."))
            return redirect(plan)
    return _page(request, plan, Move.DISPATCH, form)


@access(Permission.PLAN_STEP)
def plan_answer(request: Request, programme: Programme, year: int) -> HttpResponse:
    """The ministry answers here too; it sees the edition that it was sent, never the draft."""
    plan = _sent_or_draft(request, programme, year)
    bodies = _bodies(request, plan, Move.ANSWER)
    form = AnswerForm(
        request.POST or None, request.FILES or None, bodies=bodies, needs_letter=_needs_letter(request, bodies)
    )
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            kind = AnswerKind(form.cleaned_data["kind"])
            letter = form.cleaned_data["letter"]
            steps.answer(plan=plan, decision=form.decision(), kind=kind, letter=letter, by=request.user)
            messages.success(request, _("The answer is recorded."))
            return _back(request, plan, with_award=kind == AnswerKind.GRANT_LETTER)
    return _page(request, plan, Move.ANSWER, form)


@access(Permission.PLAN_STEP)
def plan_send_back(request: Request, programme: Programme, year: int) -> HttpResponse:
    plan = _sent_or_draft(request, programme, year)
    bodies = _bodies(request, plan, Move.SEND_BACK)
    was_sent = plan.state == PlanState.DISPATCHED
    form = ReturnForm(
        request.POST or None,
        request.FILES or None,
        bodies=bodies,
        takes_letter=was_sent,
        needs_letter=_needs_letter(request, bodies),
    )
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            reason, letter = form.cleaned_data["reason"], form.cleaned_data.get("letter")
            steps.send_back(plan=plan, decision=form.decision(), reason=reason, letter=letter, by=request.user)
            messages.success(request, _("The plan is returned, and can be worked on again."))
            return _back(request, plan)
    return _page(request, plan, Move.SEND_BACK, form)


@access(Permission.PLAN_REVISE)
def plan_revise(request: Request, programme: Programme, year: int) -> HttpResponse:
    plan = find(programme, year)
    form = ReviseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            steps.revise(plan=plan, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("The plan is open as a draft. The last edition stays in force."))
            return redirect(plan)
    return _page(request, plan, Move.REVISE, form)


def _draft(request: Request, programme: Programme, year: int) -> ActionPlan:
    """The plan, for those who may see drafts; the steps before the dispatch are the municipality's own."""
    if Permission.PLAN_VIEW not in request.allowed:
        raise PermissionDenied
    return find(programme, year)


def _sent_or_draft(request: Request, programme: Programme, year: int) -> ActionPlan:
    """The plan; for those who see no drafts only when an edition of that year has been sent."""
    plan = find(programme, year)
    if Permission.PLAN_VIEW not in request.allowed and _last_sent(request, plan) is None:
        raise Http404
    return plan


def _last_sent(request: Request, plan: ActionPlan) -> Edition | None:
    """The last edition of the plan that this person may read."""
    readable: QuerySet[Edition] = rights.editions(request.allowed, plan.programme)
    return readable.filter(period=plan.year).order_by("-number").first()


def _bodies(request: Request, plan: ActionPlan, move: Move) -> QuerySet[Body]:
    """The bodies that take the step and that this person may write for.

    Someone of the municipality may write down what the ministry answered, with the letter.
    """
    step = step_of(move, plan)
    if step is None:
        return Body.objects.none()
    deciding: QuerySet[Body] = rights.bodies_that_decide(plan.programme, step, on=timezone.localdate())
    recorded = rights.bodies_recorded_by(request.user, plan.programme)
    own: QuerySet[Body] = deciding.filter(pk__in=recorded.values("pk"))
    if step == Step.ANSWER_PLAN and is_of_municipality(request.user, plan.programme) and not own.exists():
        return deciding
    return own


def _needs_letter(request: Request, bodies: QuerySet[Body]) -> bool:
    recorded = rights.bodies_recorded_by(request.user, request.programme)
    return not bodies.filter(pk__in=recorded.values("pk")).exists()


def _back(request: Request, plan: ActionPlan, *, with_award: bool = False) -> HttpResponse:
    """To the plan, or to the edition for those who see no drafts; after an award, on to setting the frame."""
    if Permission.PLAN_VIEW not in request.allowed:
        return redirect(_last_sent(request, plan) or plan.programme)
    if with_award and Permission.PLAN_REVISE in request.allowed:
        messages.info(
            request,
            _("The grant letter may set the plan's frame to the award. Revise the plan to enter it."),
        )
    return redirect(plan)


def _page(request: Request, plan: ActionPlan, move: Move, form: Form, **more: Any) -> HttpResponse:
    sees_drafts = Permission.PLAN_VIEW in request.allowed
    edition = in_force(plan) if sees_drafts else _last_sent(request, plan)
    context = {
        "programme": plan.programme,
        "plan": plan,
        "move": move,
        "title": MOVE_LABELS[move],
        "form": form,
        "edition": edition,
        "next_number": edition.number + 1 if edition else 1,
        "is_open": LEADS_TO[move] in ALLOWED[PlanState(plan.state)],
        "may": move == Move.REVISE or form.fields["body"].queryset.exists(),  # type: ignore[attr-defined]
        "back": plan if sees_drafts else edition,
        **more,
    }
    return render(request, "plans/plan_step.html", context)
