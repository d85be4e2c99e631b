"""Pages for reading a plan from a file: upload, look, correct, accept."""

from datetime import timedelta

from django.contrib import messages
from django.forms import modelformset_factory
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samloft.core.errors import RuleBroken
from samloft.plans import jobs
from samloft.plans.actions import imports
from samloft.plans.forms.imports import AcceptForm, ImportLineForm, LineChoices, PlanFileForm
from samloft.plans.models import ImportLine, ImportState, PlanImport
from samloft.plans.queries.imports import overview
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.actions import files
from samloft.programmes.models import Programme

# After this a file that still waits probably has no worker to read it.
SLOW = timedelta(minutes=1)

LineFormSet = modelformset_factory(ImportLine, form=ImportLineForm, extra=0)


@access(Permission.PLAN_IMPORT)
def plan_import_list(request: Request, programme: Programme) -> HttpResponse:
    """The files that have been read, and the form that uploads another."""
    form = PlanFileForm(request.POST or None, request.FILES or None, initial={"year": timezone.localdate().year})
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            file = files.store(programme=programme, upload=form.cleaned_data["file"], by=request.user)
            plan_import = imports.start(
                programme=programme, year=form.cleaned_data["year"], file=file, by=request.user
            )
            jobs.read_plan_file.enqueue(plan_import.pk)
            return redirect("plans:plan_import", programme.slug, plan_import.pk)
    plan_imports = programme.plan_imports.select_related("file", "by", "plan__programme")[:50]
    context = {"programme": programme, "form": form, "plan_imports": plan_imports}
    return render(request, "plans/plan_import_list.html", context)


@access(Permission.PLAN_IMPORT)
def plan_import(request: Request, programme: Programme, pk: int) -> HttpResponse:
    """What was read, row by row, with what each row becomes. POST keeps corrections, and accepts when asked."""
    plan_import = _find(programme, pk)
    if plan_import.state != ImportState.READ:
        return _show(request, programme, plan_import, None, None)
    formset = _line_forms(request, programme, plan_import)
    accept = AcceptForm(request.POST or None, initial={"remove_missing": True})
    if request.method == "POST" and formset.is_valid() and accept.is_valid():
        with accept.refusing(RuleBroken):
            _keep(request, plan_import, formset)
            if "accept" not in request.POST:
                messages.success(request, _("Your corrections are kept."))
                return redirect("plans:plan_import", programme.slug, plan_import.pk)
            plan = imports.accept(plan_import=plan_import, by=request.user, **accept.cleaned_data)
            messages.success(request, _("The plan is stored: %(count)d lines.") % {"count": plan.lines.count()})
            return redirect(plan)
    return _show(request, programme, plan_import, formset, accept)


@require_POST
@access(Permission.PLAN_IMPORT)
def plan_import_discard(request: Request, programme: Programme, pk: int) -> HttpResponse:
    try:
        imports.discard(plan_import=_find(programme, pk), by=request.user)
        messages.success(request, _("The file is set aside. Nothing was stored in the plan."))
    except RuleBroken as refused:
        messages.error(request, str(refused))
    return redirect("plans:plan_imports", programme.slug)


def _find(programme: Programme, pk: int) -> PlanImport:
    return get_object_or_404(programme.plan_imports.select_related("file", "programme", "plan__programme"), pk=pk)


def _line_forms(request: Request, programme: Programme, plan_import: PlanImport):  # type: ignore[no-untyped-def]
    return LineFormSet(
        request.POST or None,
        queryset=plan_import.lines.select_related("focus_area", "measure"),
        form_kwargs={"choices": LineChoices(programme)},
    )


def _keep(request: Request, plan_import: PlanImport, formset) -> None:  # type: ignore[no-untyped-def]
    version = request.POST.get("version", "")
    imports.correct(
        plan_import=plan_import,
        lines=[(form.instance, form.values()) for form in formset.forms],
        version=int(version) if version.isdecimal() else None,
        by=request.user,
    )


def _show(request: Request, programme: Programme, plan_import: PlanImport, formset, accept) -> HttpResponse:  # type: ignore[no-untyped-def]
    plan_import.refresh_from_db(fields=["state", "version"])
    lines = list(plan_import.lines.all()) if plan_import.state == ImportState.READ else []
    context = {
        "programme": programme,
        "plan_import": plan_import,
        "formset": formset,
        "accept": accept,
        "overview": overview(plan_import, lines),
        "is_slow": plan_import.at < timezone.now() - SLOW,
    }
    return render(request, "plans/plan_import.html", context)
