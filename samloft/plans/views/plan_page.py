"""The plan's page: the document itself, part by part, with the figures and the plan check beside it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samloft.core import downloads
from samloft.core.documents.html import render_pieces
from samloft.core.forms import Form
from samloft.plans.documents import action_plan
from samloft.plans.documents.action_plan_parts import PlanPart
from samloft.plans.documents.budget_table import groups
from samloft.plans.models import ActionPlan, SectionKey
from samloft.plans.queries import plan_check, plan_content, totals
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.models import Programme
from samloft.programmes.queries import steps
from samloft.programmes.views import parts


@dataclass(frozen=True)
class ShownPart:
    """A part of the document as HTML; `kind` chooses what stands around it."""

    part: PlanPart
    html: SafeString
    kind: str

    @property
    def name(self) -> str:
        return self.part.name


@dataclass(frozen=True)
class Chapter:
    name: str
    title: str
    parts: tuple[ShownPart, ...]


@access(Permission.PLAN_VIEW)
def plan(request: Request, programme: Programme, year: int) -> HttpResponse:
    return show(request, find(programme, year))


@access(Permission.PLAN_VIEW)
def plan_document(request: Request, programme: Programme, year: int, ending: str) -> HttpResponse:
    """The plan as it stands now, marked as a draft; adopted editions have files of their own."""
    plan = find(programme, year)
    name = _("draft-plan-%(year)s-%(programme)s") % {"year": year, "programme": programme.slug}
    return downloads.document(ending, name=name, build=lambda: action_plan.build(plan))


def find(programme: Programme, year: int) -> ActionPlan:
    found = get_object_or_404(ActionPlan, programme=programme, year=year)
    found.programme = programme
    return found


def show(request: Request, plan: ActionPlan, *, focus: str = "") -> HttpResponse:
    """The page; `focus` names the part whose edit button gets the focus."""
    content = plan_content.load(plan)
    may_edit = plan.is_open and Permission.PLAN_EDIT in request.allowed
    figures = totals.of_lines(content.lines)
    left = (plan.frame_total or 0) - figures.total
    context = {
        "programme": plan.programme,
        "plan": plan,
        "today": timezone.localdate(),
        "status": steps.status_of(plan),
        "chapters": _chapters(content),
        "content": content,
        "line_groups": groups(content),
        "totals": figures,
        "frame_left": left,
        "frame_over": -left,
        "check": plan_check.overview(plan_check.check(plan, content=content)),
        "steps": steps.way(plan, user=request.user, allowed=request.allowed),
        "may_edit": may_edit,
        "focus": focus,
    }
    return render(request, "plans/plan.html", context)


def editor(request: Request, plan: ActionPlan, form: Form, *, part: str, title: str, **more: Any) -> HttpResponse:
    """The form of one part of the plan; see `programmes/views/parts.py`."""
    around = {"beside": BESIDE, "styles": ["plans/plan.css"], **more}
    return parts.editor(request, plan, form, part=part, title=title, **around)


# What changes elsewhere on the page when a part is saved.
BESIDE = "#plan-totals,#plan-check,#messages"


def saved(request: Request, plan: ActionPlan, part: str, *, focus: str = "") -> HttpResponse:
    """Back to the part in the plan's page."""
    return parts.saved(
        request, plan, part, lambda: show(request, find(plan.programme, plan.year), focus=focus or part)
    )


def _chapters(content: plan_content.PlanContent) -> list[Chapter]:
    page = action_plan.page_plan(content.plan, content)
    pieces = render_pieces(page.document, [len(part.all_blocks) for part in page.parts])
    chapters: list[Chapter] = []
    for part, html in zip(page.parts, pieces, strict=True):
        shown = ShownPart(part, html, _kind(part))
        if part.heading and part.heading.level == 1:
            name = part.section.key if part.section else "measures"
            chapters.append(Chapter(name, part.heading.text, (shown,)))
        else:
            last = chapters[-1]
            chapters[-1] = Chapter(last.name, last.title, (*last.parts, shown))
    return chapters


def _kind(part: PlanPart) -> str:
    if part.plan_measure:
        return "measure"
    if part.name.startswith("area-"):
        return "area"
    if part.section:
        return "goal_fit" if part.section.key == SectionKey.GOAL_FIT else "section"
    return part.name if part.name in ("frame", "budget-table") else "heading"
