"""The list of measures, the page of one, and making, changing, closing and deleting it."""

from dataclasses import dataclass
from operator import attrgetter

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samloft.core import downloads
from samloft.core.errors import RuleBroken
from samloft.core.forms import Form
from samloft.plans.actions import measures as actions
from samloft.plans.documents import measure_table
from samloft.plans.forms.measures import CloseForm, MeasureFilterForm, MeasureForm
from samloft.plans.models import Measure, Phase
from samloft.plans.queries import measure_page, story
from samloft.plans.queries import measures as queries
from samloft.plans.queries.measures import SORTS, MeasureRow
from samloft.plans.views.measure_statuses import GAP_STATUSES, STEP_STATUSES, phase_line
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.models import Programme

ROWS_ON_A_PAGE = 100


@dataclass(frozen=True)
class Column:
    """A heading of the list. `url` sorts by it; `order` is aria-sort's word when the list is sorted by it."""

    label: str
    url: str = ""
    order: str = ""
    is_number: bool = False


@require_safe
@access(Permission.PLAN_VIEW)
def measures(request: Request, programme: Programme) -> HttpResponse:
    """All measures with what they lack and what to do next."""
    form, rows, all_rows, year = _chosen_rows(request, programme)
    page = Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "form": form,
        "page": page,
        "count": len(rows),
        "all_count": len(all_rows),
        "with_gaps": sum(1 for row in all_rows if row.gaps),
        "columns": _columns(request, year),
        # Rows add only their number to it: reversing an address for each of a thousand rows takes its time.
        "base": reverse("plans:measures", args=[programme.slug]),
    }
    return render(request, "plans/measure_list.html", context)


@require_safe
@access(Permission.PLAN_VIEW)
def measures_file(request: Request, programme: Programme, ending: str) -> HttpResponseBase:
    """The list as it is filtered, for a spreadsheet."""
    _form, rows, _all, year = _chosen_rows(request, programme)
    return downloads.table(
        ending,
        name=f"{programme.slug}-{_('measures')}",
        title=_("Measures"),
        header=measure_table.header(year),
        rows=measure_table.cells(rows),
    )


@require_safe
@access(Permission.PLAN_VIEW)
def measure(request: Request, programme: Programme, pk: int) -> HttpResponse:
    """One measure: its story, what it lacks, its way out of the programme, its goals and its money."""
    page = measure_page.load(find(programme, pk))
    trail = story.trail(page.measure)
    context = {
        "programme": programme,
        "measure": page.measure,
        "page": page,
        "gate": [(item, GAP_STATUSES[item.state]) for item in page.gate],
        "gaps": [item for item in page.gate if item.state == "missing"],
        "has_ended": page.measure.phase in queries.ENDED,
        "phase_line": phase_line(page.measure.phase),
        "period": _period(page.measure),
        "first_year": str(page.measure.first_plan_year or ""),
        "ladder": [(row, STEP_STATUSES[row.status]) for row in page.ladder.rows],
        "story": story.story(page, trail),
        "trail": trail,
        "today": timezone.localdate(),
    }
    return render(request, "plans/measure.html", context)


@access(Permission.MEASURE_EDIT)
def measure_new(request: Request, programme: Programme) -> HttpResponse:
    parent = programme.measures.filter(pk=request.GET.get("parent") or 0).first() if request.GET else None
    initial = {"parent": parent, "focus_area": parent.focus_area_id if parent else None}
    form = MeasureForm(request.POST or None, programme=programme, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            made = actions.create(programme=programme, values=form.values(None), by=request.user)
            messages.success(request, _("The measure is made. Choose its goals and partners next."))
            return redirect(made)
    return render(request, "plans/measure_form.html", {"programme": programme, "form": form})


@access(Permission.MEASURE_EDIT)
def measure_edit(request: Request, programme: Programme, pk: int) -> HttpResponse:
    stored = find(programme, pk)
    form = MeasureForm(request.POST or None, instance=find(programme, pk), programme=programme)
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            actions.change(
                measure=stored,
                values=form.values(stored),
                version=form.cleaned_data["version"],
                by=request.user,
            )
            messages.success(request, _("The measure is saved."))
            return redirect(stored)
    return render(request, "plans/measure_form.html", {"programme": programme, "form": form, "measure": stored})


@access(Permission.MEASURE_EDIT)
def measure_close(request: Request, programme: Programme, pk: int) -> HttpResponse:
    stored = find(programme, pk)
    form = CloseForm(request.POST or None, initial={"version": stored.version, "on": stored.ends_on})
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            actions.close(measure=stored, by=request.user, **form.cleaned_data)
            messages.success(request, _("The measure is closed."))
            return redirect(stored)
    context = {"programme": programme, "measure": stored, "form": form, "is_closed": stored.phase == Phase.CLOSED}
    return render(request, "plans/measure_close.html", context)


@access(Permission.MEASURE_EDIT)
def measure_delete(request: Request, programme: Programme, pk: int) -> HttpResponse:
    stored = find(programme, pk)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusing(RuleBroken):
            actions.delete(measure=stored, by=request.user)
            messages.success(request, _("The measure is deleted."))
            return redirect("plans:measures", programme.slug)
    context = {
        "programme": programme,
        "measure": stored,
        "form": form,
        "held_by": actions.what_holds(stored),
    }
    return render(request, "plans/measure_delete.html", context)


def find(programme: Programme, pk: int) -> Measure:
    """The programme's measure with what its page reads first, or 404."""
    found = get_object_or_404(Measure.objects.select_related("focus_area", "parent"), pk=pk, programme=programme)
    # Spares the page a query, and gives the municipality along.
    found.programme = programme
    return found


def _chosen_rows(
    request: Request, programme: Programme
) -> tuple[MeasureFilterForm, list[MeasureRow], list[MeasureRow], int]:
    """The filter, the rows it leaves, all rows, and the year that the amounts begin with."""
    today = timezone.localdate()
    all_rows = queries.measure_rows(programme, year=today.year, today=today)
    by_position = sorted(all_rows, key=attrgetter("focus_area_position"))
    areas = list({row.focus_area_id: row.focus_area for row in by_position if row.focus_area_id}.items())
    years = sorted({year for row in all_rows for year in row.plan_years}, reverse=True)
    form = MeasureFilterForm(request.GET or None, focus_areas=areas, years=years)
    sort = request.GET.get("sort", "number")
    wanted = form.chosen(sort=sort if sort in SORTS else "number", falling=request.GET.get("order") == "falling")
    return form, queries.chosen(all_rows, wanted), all_rows, today.year


def _columns(request: Request, year: int) -> list[Column]:
    """Pressing the heading that the list is sorted by turns the order."""
    by, falling = request.GET.get("sort", "number"), request.GET.get("order") == "falling"

    def column(label: str, sort: str = "", *, is_number: bool = False) -> Column:
        if not sort:
            return Column(label, is_number=is_number)
        query = request.GET.copy()
        query.pop("page", None)
        query["sort"] = sort
        query["order"] = "falling" if sort == by and not falling else "rising"
        order = ("descending" if falling else "ascending") if sort == by else ""
        return Column(label, f"?{query.urlencode()}", order, is_number)

    return [
        column(_("No."), "number", is_number=True),
        column(_("Measure"), "name"),
        column(_("Focus area"), "focus_area"),
        column(_("Phase"), "phase"),
        column(_("In the plans for")),
        column(_("%(year)s (kr)") % {"year": year}, is_number=True),
        column(_("%(year)s (kr)") % {"year": year + 1}, "money", is_number=True),
        column(_("Gaps"), "gaps", is_number=True),
        column(_("Next action")),
    ]


def _period(measure: Measure) -> str:
    """`1. august 2026 – 31. juli 2028`; "" when neither day is known."""
    if not measure.starts_on and not measure.ends_on:
        return ""
    first, last = (date_format(day) if day else _("unknown") for day in (measure.starts_on, measure.ends_on))
    return f"{first} – {last}"
