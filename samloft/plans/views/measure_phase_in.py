"""The way of measures out of the programme: exit plan, ladder, accepted gaps; and a programme's overviews."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samloft.core.errors import RuleBroken
from samloft.core.forms import Form
from samloft.plans.actions import gate as gate_actions
from samloft.plans.actions import phase_in as actions
from samloft.plans.forms.phase_in import (
    AcceptGapsForm,
    ExitPlanForm,
    LadderForm,
    LadderFormSet,
    ladder_rows,
    ladder_steps,
)
from samloft.plans.models import GapAcceptance, Measure, Phase
from samloft.plans.queries import gate, phase_in
from samloft.plans.queries.losing_financing import Outlook, losing_financing, ordinary_years, outlook
from samloft.plans.queries.phase_in import Ladder, LadderRow
from samloft.plans.views.measures import ROWS_ON_A_PAGE, find
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.models import Programme


@access(Permission.MEASURE_EDIT)
def measure_exit_plan(request: Request, programme: Programme, pk: int) -> HttpResponse:
    measure = find(programme, pk)
    form = ExitPlanForm(request.POST or None, instance=find(programme, pk))
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            version = form.cleaned_data["version"]
            actions.set_exit_plan(measure=measure, values=form.values(), version=version, by=request.user)
            messages.success(request, _("The exit plan is saved."))
            return redirect(f"{measure.get_absolute_url()}#phase-in")
    context = {
        "programme": programme,
        "measure": measure,
        "form": form,
        "title": _("When the programme's money stops"),
        "back": f"{measure.get_absolute_url()}#phase-in",
    }
    return render(request, "plans/measure_part_form.html", context)


@access(Permission.MEASURE_EDIT)
def measure_ladder(request: Request, programme: Programme, pk: int) -> HttpResponse:
    """The whole ladder in one table of years."""
    measure = find(programme, pk)
    form = LadderForm(request.POST or None, initial={"version": measure.version})
    rows = LadderFormSet(request.POST or None, initial=ladder_rows(measure), prefix="step")
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        with form.refusing(RuleBroken):
            actions.set_ladder(
                measure=measure,
                steps=ladder_steps(rows, measure),
                version=form.cleaned_data["version"],
                by=request.user,
            )
            messages.success(request, _("The ladder is saved."))
            return redirect(f"{measure.get_absolute_url()}#phase-in")
    context: dict[str, Any] = {"programme": programme, "measure": measure, "form": form, "rows": rows}
    if form.errors:
        context["stored"] = phase_in.ladder(measure)
    return render(request, "plans/measure_ladder.html", context)


@access(Permission.DECISION_RECORD)
def measure_gap_accept(request: Request, programme: Programme, pk: int) -> HttpResponse:
    """Record that a body accepts what the measure lacks."""
    measure = find(programme, pk)
    missing = gate.missing(gate.gate(measure))
    form = AcceptGapsForm(request.POST or None, measure=measure, missing=missing, user=request.user)
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            gate_actions.accept(measure=measure, gaps=form.chosen_gaps(), values=form.values(), by=request.user)
            messages.success(request, _("The decision is recorded and the gaps are accepted."))
            return redirect(f"{measure.get_absolute_url()}#gate")
    context = {"programme": programme, "measure": measure, "form": form, "missing": missing}
    return render(request, "plans/measure_gap_accept.html", context)


@access(Permission.DECISION_RECORD)
def measure_gap_reopen(request: Request, programme: Programme, pk: int) -> HttpResponse:
    acceptance = get_object_or_404(
        GapAcceptance.objects.select_related("decision__body"), pk=pk, measure__programme=programme
    )
    measure = find(programme, acceptance.measure_id)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusing(RuleBroken):
            acceptance.measure = measure
            gate_actions.withdraw(acceptance=acceptance, by=request.user)
            messages.success(request, _("The gap counts again."))
            return redirect(f"{measure.get_absolute_url()}#gate")
    context = {
        "programme": programme,
        "measure": measure,
        "form": form,
        "title": _("Let the gap count again?"),
        "what": f"{acceptance.get_gap_display()}: {acceptance.reason}",
        "back": f"{measure.get_absolute_url()}#gate",
    }
    return render(request, "plans/measure_part_remove.html", context)


@require_safe
@access(Permission.PLAN_VIEW)
def measures_phase_in(request: Request, programme: Programme) -> HttpResponse:
    """Every ladder, what the ordinary budget is to carry, and what loses financing when the programme ends.

    Sums and years are of all measures, whichever page of the lists is shown.
    """
    plan = _latest_plan(programme)
    seen = outlook(programme, plan.year if plan else timezone.localdate().year)
    losing = losing_financing(seen)
    open_measures = [measure for measure in seen.measures if measure.phase != Phase.CLOSED]
    having = [measure for measure in open_measures if measure.pk in seen.ladders]
    years = sorted({row.year for measure in having for row in seen.ladders[measure.pk].rows})
    without = [measure for measure in open_measures if measure.pk not in seen.ladders]
    page = Paginator(having + without, ROWS_ON_A_PAGE).get_page(request.GET.get("ladders"))
    shown = [(measure, _ladder(seen, measure)) for measure in page]
    context = {
        "programme": programme,
        "years": years,
        "has_ladders": bool(having),
        "page": page,
        "ladders": [(measure, ladder, _by_year(ladder, years)) for measure, ladder in shown if ladder.rows],
        "without": [(measure, ladder) for measure, ladder in shown if not ladder.rows],
        "losing": losing,
        "losing_page": Paginator(losing.rows, ROWS_ON_A_PAGE).get_page(request.GET.get("losing")),
        "ordinary": ordinary_years(seen),
        "base": reverse("plans:measures", args=[programme.slug]),
    }
    return render(request, "plans/measures_phase_in.html", context)


def _ladder(seen: Outlook, measure: Measure) -> Ladder:
    stored = seen.ladders.get(measure.pk)
    return phase_in.with_warnings(measure, stored.rows if stored else ())


def _by_year(ladder: Ladder, years: list[int]) -> list[LadderRow | None]:
    rows = {row.year: row for row in ladder.rows}
    return [rows.get(year) for year in years]


def _latest_plan(programme: Programme) -> Any:
    return programme.plans.order_by("-year").first()
