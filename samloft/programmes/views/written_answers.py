"""Answering a point of a decision in words."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from samloft.core.errors import RuleBroken
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.actions import written_answers as actions
from samloft.programmes.forms.decisions import WrittenAnswerForm
from samloft.programmes.models import Decision, FollowUpPoint, Programme, WrittenAnswer
from samloft.programmes.views.pages import Back, ConfirmForm, form_page, posted


@access(Permission.PROGRAMME_EDIT)
def written_answer_new(request: Request, programme: Programme, pk: int) -> HttpResponse:
    point = get_object_or_404(
        FollowUpPoint.objects.select_related("decision"), pk=pk, decision__programme=programme
    )
    point.decision.programme = programme
    form = WrittenAnswerForm(posted(request), programme=programme, decision=point.decision)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.add(point=point, values=form.values(), by=request.user)
            messages.success(request, _("The point is answered."))
            return redirect(point.decision)
    return form_page(
        request,
        form,
        title=_("Write an answer"),
        lead=point.text,
        submit=_("Save"),
        back=_back(point.decision),
        programme=programme,
    )


@access(Permission.PROGRAMME_EDIT)
def written_answer_edit(request: Request, programme: Programme, pk: int) -> HttpResponse:
    answer = _find(programme, pk)
    form = WrittenAnswerForm(posted(request), instance=answer, programme=programme, decision=answer.point.decision)
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.change(
                answer=_find(programme, pk), values=form.values(), version=form.opened_version, by=request.user
            )
            messages.success(request, _("The answer is saved."))
            return redirect(answer.point.decision)
    return form_page(
        request,
        form,
        title=_("Edit the answer"),
        lead=answer.point.text,
        submit=_("Save"),
        back=_back(answer.point.decision),
        programme=programme,
    )


@access(Permission.PROGRAMME_EDIT)
def written_answer_remove(request: Request, programme: Programme, pk: int) -> HttpResponse:
    answer = _find(programme, pk)
    form = ConfirmForm(posted(request))
    if form.is_bound and form.is_valid():
        with form.refusing(RuleBroken):
            actions.remove(answer=answer, by=request.user)
            messages.success(request, _("The answer is removed."))
            return redirect(answer.point.decision)
    return form_page(
        request,
        form,
        title=_("Remove the answer?"),
        lead=answer.text,
        submit=_("Remove"),
        back=_back(answer.point.decision),
        programme=programme,
        danger=True,
    )


def _find(programme: Programme, pk: int) -> WrittenAnswer:
    answers = WrittenAnswer.objects.select_related("point__decision__programme")
    found: WrittenAnswer = get_object_or_404(answers, pk=pk, point__decision__programme=programme)
    return found


def _back(decision: Decision) -> Back:
    return Back(decision.title, decision.get_absolute_url())
