"""The lines of the plan's budget table."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from samloft.core.errors import RuleBroken
from samloft.core.forms import Form
from samloft.core.money import format_kroner
from samloft.plans.actions import budget_lines
from samloft.plans.documents.action_plan_parts import section_name
from samloft.plans.documents.budget_table import group_name
from samloft.plans.forms.budget_lines import LineForm, SplitForm
from samloft.plans.models import ActionPlan, BudgetLine, SectionKey
from samloft.plans.queries.plan_content import measures_by_area
from samloft.plans.views.plan_page import BESIDE, editor, find, saved
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.models import Programme

_FIELDS = "plans/_plan_line_fields.html"


@access(Permission.PLAN_EDIT)
def plan_line_new(request: Request, programme: Programme, year: int) -> HttpResponse:
    plan = find(programme, year)
    form = LineForm(
        request.POST or None,
        plan_measures=measures_by_area(plan),
        initial={"pays_for": request.GET.get("pays_for", ""), "source": _usual_source(plan)},
        auto_id="line-new-%s",
    )
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            line = budget_lines.add(plan=plan, values=form.values(), by=request.user)
            _tell(request, line)
            return saved(request, plan, "budget-table", focus="line-new")
    return editor(
        request,
        plan,
        form,
        part="line-new",
        title=_("A new budget line"),
        submit=_("Add the line"),
        fields=_FIELDS,
        **_around(plan),
    )


@access(Permission.PLAN_EDIT)
def plan_line(request: Request, programme: Programme, year: int, pk: int) -> HttpResponse:
    plan = find(programme, year)
    line = _line(plan, pk)
    form = LineForm(
        request.POST or None,
        plan_measures=measures_by_area(plan),
        initial=LineForm.of(line),
        auto_id=f"line-{pk}-%s",
    )
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            values, version = form.values(), form.cleaned_data["version"]
            changed = budget_lines.edit(line=line, values=values, version=version, by=request.user)
            _tell(request, changed)
            stays = group_name(changed) == group_name(line)
            return saved(request, plan, f"line-{pk}" if stays else "budget-table", focus=f"line-{pk}")
    around = _around(plan, f"#sum-{group_name(line)},#budget-total")
    return editor(request, plan, form, part=f"line-{pk}", title=line.name, fields=_FIELDS, **around)


@access(Permission.PLAN_EDIT)
def plan_line_split(request: Request, programme: Programme, year: int, pk: int) -> HttpResponse:
    plan = find(programme, year)
    line = _line(plan, pk)
    form = SplitForm(request.POST or None, initial=SplitForm.of(line), auto_id=f"line-{pk}-%s")
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            version = form.cleaned_data["version"]
            budget_lines.split(line=line, parts=form.parts(), version=version, by=request.user)
            messages.success(request, _("The split of “%(line)s” is saved.") % {"line": line})
            return saved(request, plan, f"line-{pk}")
    words = {"line": line, "amount": format_kroner(line.amount)}
    title = _("Kinds of cost in “%(line)s”, %(amount)s") % words
    lead = _("What you leave empty is not split.")
    fields = "plans/_plan_split_fields.html"
    return editor(request, plan, form, part=f"line-{pk}", title=title, lead=lead, fields=fields)


@access(Permission.PLAN_EDIT)
def plan_line_remove(request: Request, programme: Programme, year: int, pk: int) -> HttpResponse:
    plan = find(programme, year)
    line = _line(plan, pk)
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            budget_lines.remove(line=line, by=request.user)
            messages.success(request, _("The line “%(line)s” is removed.") % {"line": line})
            return saved(request, plan, "budget-table", focus="line-new")
    words = {"line": line, "amount": format_kroner(line.amount)}
    return editor(
        request,
        plan,
        form,
        part=f"line-{pk}",
        title=_("Remove the line “%(line)s”, %(amount)s?") % words,
        lead=_("The measure stays in the plan. What was removed can be read in the audit trail."),
        submit=_("Remove"),
        danger=True,
        **_around(plan),
    )


def _line(plan: ActionPlan, pk: int) -> BudgetLine:
    line = get_object_or_404(plan.lines.select_related("plan_measure__measure__focus_area"), pk=pk)
    line.plan = plan
    return line


def _usual_source(plan: ActionPlan) -> str:
    """The source of the plan's last line: most plans have one."""
    return plan.lines.order_by("-position").values_list("source", flat=True).first() or ""


def _tell(request: Request, line: BudgetLine) -> None:
    words = {"line": line, "amount": format_kroner(line.amount)}
    messages.success(request, _("“%(line)s” is saved with %(amount)s.") % words)


def _around(plan: ActionPlan, *sums: str) -> dict[str, str]:
    """What else on the page shows the lines: the sums, the frame, and the list of shared costs."""
    administration = plan.sections.filter(key=SectionKey.ADMINISTRATION).first()
    listed = [f"#{section_name(administration)}"] if administration else []
    return {"beside": ",".join([BESIDE, "#frame", *sums, *listed])}
