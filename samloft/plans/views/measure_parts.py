"""Partners, origins, goals, former names and answers to decisions: each with its own small page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samloft.core.errors import RuleBroken
from samloft.core.forms import Form, ModelForm
from samloft.plans.actions import follow_up_answers, measure_goals, measures, origins, partners
from samloft.plans.forms.measure_parts import (
    AnswerTextForm,
    GoalsForm,
    MeasureAnswerForm,
    OriginForm,
    PartnerForm,
    PointAnswerForm,
)
from samloft.plans.models import FollowUpAnswer, Measure, MeasureName, Origin, Partner
from samloft.plans.views.measures import find
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.models import FollowUpPoint, Programme


@access(Permission.MEASURE_EDIT)
def measure_partner_new(request: Request, programme: Programme, pk: int) -> HttpResponse:
    measure = find(programme, pk)
    form = PartnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            partners.add(measure=measure, values=form.values(), by=request.user)
            messages.success(request, _("The partner is added."))
            return redirect(_at(measure, "partners"))
    return _show(request, measure, form, _("Add a partner"), "partners")


@access(Permission.MEASURE_EDIT)
def measure_partner(request: Request, programme: Programme, pk: int) -> HttpResponse:
    partner = get_object_or_404(Partner.objects.select_related("measure"), pk=pk, measure__programme=programme)
    measure = find(programme, partner.measure_id)
    form = PartnerForm(request.POST or None, instance=partner)
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            partners.change(
                partner=partner, values=form.values(), version=form.cleaned_data["version"], by=request.user
            )
            messages.success(request, _("The partner is saved."))
            return redirect(_at(measure, "partners"))
    remove = reverse("plans:measure_partner_remove", args=[programme.slug, pk])
    return _show(request, measure, form, _("Change the partner"), "partners", remove)


@access(Permission.MEASURE_EDIT)
def measure_partner_remove(request: Request, programme: Programme, pk: int) -> HttpResponse:
    partner = get_object_or_404(Partner.objects.select_related("measure"), pk=pk, measure__programme=programme)
    measure = find(programme, partner.measure_id)
    if request.method == "POST":
        partners.remove(partner=partner, by=request.user)
        messages.success(request, _("The partner is removed."))
        return redirect(_at(measure, "partners"))
    return _confirm(request, measure, _("Remove the partner?"), str(partner), "partners")


@access(Permission.MEASURE_EDIT)
def measure_origin_new(request: Request, programme: Programme, pk: int) -> HttpResponse:
    measure = find(programme, pk)
    form = OriginForm(request.POST or None, measure=measure)
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            origins.add(measure=measure, values=form.values(), by=request.user)
            messages.success(request, _("The origin is added to the story."))
            return redirect(_at(measure, "story"))
    return _show(request, measure, form, _("Tell where the measure came from"), "story")


@access(Permission.MEASURE_EDIT)
def measure_origin(request: Request, programme: Programme, pk: int) -> HttpResponse:
    origin = get_object_or_404(Origin.objects.select_related("measure"), pk=pk, measure__programme=programme)
    measure = find(programme, origin.measure_id)
    form = OriginForm(request.POST or None, instance=origin, measure=measure)
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            origins.change(
                origin=origin, values=form.values(), version=form.cleaned_data["version"], by=request.user
            )
            messages.success(request, _("The origin is saved."))
            return redirect(_at(measure, "story"))
    remove = reverse("plans:measure_origin_remove", args=[programme.slug, pk])
    return _show(request, measure, form, _("Change where the measure came from"), "story", remove)


@access(Permission.MEASURE_EDIT)
def measure_origin_remove(request: Request, programme: Programme, pk: int) -> HttpResponse:
    origin = get_object_or_404(Origin.objects.select_related("measure"), pk=pk, measure__programme=programme)
    measure = find(programme, origin.measure_id)
    if request.method == "POST":
        origins.remove(origin=origin, by=request.user)
        messages.success(request, _("The origin is removed."))
        return redirect(_at(measure, "story"))
    return _confirm(request, measure, _("Remove the origin?"), str(origin), "story")


@access(Permission.MEASURE_EDIT)
def measure_goals_edit(request: Request, programme: Programme, pk: int) -> HttpResponse:
    """Sub-goals with weights, and the state's goals, in one form."""
    measure = find(programme, pk)
    form = GoalsForm(request.POST or None, measure=measure)
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            measure_goals.choose(
                measure=measure,
                weights=form.weights(),
                national_goals=form.cleaned_data["national_goals"],
                version=form.cleaned_data["version"],
                by=request.user,
            )
            messages.success(request, _("The goals are saved."))
            return redirect(_at(measure, "goals"))
    context = {"programme": programme, "measure": measure, "form": form}
    return render(request, "plans/measure_goals.html", context)


@access(Permission.MEASURE_EDIT)
def measure_name_remove(request: Request, programme: Programme, pk: int) -> HttpResponse:
    name = get_object_or_404(MeasureName, pk=pk, measure__programme=programme)
    measure = find(programme, name.measure_id)
    if request.method == "POST":
        measures.forget_name(measure=measure, name=name, by=request.user)
        messages.success(request, _("The former name is removed."))
        return redirect(measure)
    return _confirm(request, measure, _("Remove the former name?"), name.name, "names")


@access(Permission.MEASURE_EDIT)
def measure_answer_new(request: Request, programme: Programme, pk: int) -> HttpResponse:
    """From the measure's side: which point of a decision it answers."""
    measure = find(programme, pk)
    form = MeasureAnswerForm(request.POST or None, measure=measure)
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            follow_up_answers.answer(measure=measure, by=request.user, **form.cleaned_data)
            messages.success(request, _("The measure now answers the point."))
            return redirect(_at(measure, "answers"))
    return _show(request, measure, form, _("Link the measure to a decision"), "answers")


@access(Permission.MEASURE_EDIT)
def measure_point_answer(request: Request, programme: Programme, pk: int) -> HttpResponse:
    """From the decision's side: which measure answers the point."""
    point = get_object_or_404(
        FollowUpPoint.objects.select_related("decision"), pk=pk, decision__programme=programme
    )
    point.decision.programme = programme
    form = PointAnswerForm(request.POST or None, point=point)
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            follow_up_answers.answer(point=point, by=request.user, **form.cleaned_data)
            messages.success(request, _("The point is answered."))
            return redirect(point.decision)
    context = {"programme": programme, "point": point, "form": form}
    return render(request, "plans/measure_point_answer.html", context)


@access(Permission.MEASURE_EDIT)
def measure_answer(request: Request, programme: Programme, pk: int) -> HttpResponse:
    answer = get_object_or_404(
        FollowUpAnswer.objects.select_related("point__decision", "measure"), pk=pk, measure__programme=programme
    )
    measure = find(programme, answer.measure_id)
    form = AnswerTextForm(request.POST or None, initial={"text": answer.text, "version": answer.version})
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            follow_up_answers.change(answer=answer, by=request.user, **form.cleaned_data)
            messages.success(request, _("The answer is saved."))
            return redirect(_at(measure, "answers"))
    remove = reverse("plans:measure_answer_remove", args=[programme.slug, pk])
    return _show(request, measure, form, _("Change the answer"), "answers", remove, lead=answer.point.text)


@access(Permission.MEASURE_EDIT)
def measure_answer_remove(request: Request, programme: Programme, pk: int) -> HttpResponse:
    answer = get_object_or_404(
        FollowUpAnswer.objects.select_related("point__decision"), pk=pk, measure__programme=programme
    )
    measure = find(programme, answer.measure_id)
    if request.method == "POST":
        follow_up_answers.remove(answer=answer, by=request.user)
        messages.success(
            request, _("The answer is removed. The point counts as unanswered unless others answer it.")
        )
        return redirect(_at(measure, "answers"))
    return _confirm(request, measure, _("Remove the answer?"), answer.point.text, "answers")


def _at(measure: Measure, part: str) -> str:
    return f"{measure.get_absolute_url()}#{part}"


def _show(
    request: Request,
    measure: Measure,
    form: Form | ModelForm,
    title: str,
    part: str,
    remove: str = "",
    *,
    lead: str = "",
) -> HttpResponse:
    """The page of one small form that belongs to the measure."""
    context = {
        "programme": measure.programme,
        "measure": measure,
        "form": form,
        "title": title,
        "lead": lead,
        "back": _at(measure, part),
        "remove": remove,
    }
    return render(request, "plans/measure_part_form.html", context)


def _confirm(request: Request, measure: Measure, title: str, what: str, part: str) -> HttpResponse:
    context = {
        "programme": measure.programme,
        "measure": measure,
        "form": Form(),
        "title": title,
        "what": what,
        "back": _at(measure, part),
    }
    return render(request, "plans/measure_part_remove.html", context)
