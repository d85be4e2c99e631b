"""The texts of the plan: writing one, delivering a focus area's part, drafting the fit with national goals."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samloft.core.errors import RuleBroken
from samloft.plans.actions import sections
from samloft.plans.documents.action_plan_parts import section_name
from samloft.plans.forms.sections import DeliveryForm
from samloft.plans.models import ActionPlan, PlanSection, SectionKey
from samloft.plans.queries import goal_fit, plan_content
from samloft.plans.views.plan_page import editor, find, saved
from samloft.programmes.access import Permission, Request, access
from samloft.programmes.forms.texts import TextForm
from samloft.programmes.models import FocusArea, Programme


@access(Permission.PLAN_EDIT)
def plan_section(
    request: Request, programme: Programme, year: int, key: str, focus_area: int | None = None
) -> HttpResponse:
    """Write one text. A section that is not stored yet, of a younger focus area, is made when it is saved."""
    plan = find(programme, year)
    area = get_object_or_404(programme.focus_areas, pk=focus_area) if focus_area else None
    section = _section(plan, key, area)
    part = section_name(section)
    first = {"text": section.text, "version": section.version if section.pk else None}
    form = TextForm(request.POST or None, initial=first, auto_id=f"{part}-%s")
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            if not section.pk:
                section = sections.find_or_make(plan=plan, key=SectionKey(key), focus_area=area)
            sections.write(section=section, **form.cleaned_data, by=request.user)
            messages.success(request, _("“%(section)s” is saved.") % {"section": section})
            return saved(request, plan, part if first["version"] else section_name(section))
    return editor(request, plan, form, part=part, title=str(section))


@access(Permission.PLAN_EDIT)
def plan_part(request: Request, programme: Programme, year: int, pk: int) -> HttpResponse:
    """When a focus area's part is due, and when it was delivered."""
    plan = find(programme, year)
    section = get_object_or_404(plan.sections.filter(key=SectionKey.FOCUS_AREA), pk=pk)
    part = section_name(section)
    first = {"due_on": section.due_on, "delivered_on": section.delivered_on}
    form = DeliveryForm(request.POST or None, initial=first, auto_id=f"{part}-%s")
    if request.method == "POST" and form.is_valid():
        with form.refusing(RuleBroken):
            sections.set_delivery(section=section, **form.cleaned_data, by=request.user)
            messages.success(request, _("The delivery of “%(section)s” is saved.") % {"section": section})
            return saved(request, plan, part)
    title = _("Delivery of “%(section)s”") % {"section": section}
    return editor(request, plan, form, part=part, title=title)


@require_POST
@access(Permission.PLAN_EDIT)
def plan_goal_fit_draft(request: Request, programme: Programme, year: int) -> HttpResponse:
    """Fill the empty section about national goals with a text made from the links."""
    plan = find(programme, year)
    section = _section(plan, SectionKey.GOAL_FIT, None)
    try:
        section = sections.find_or_make(plan=plan, key=SectionKey.GOAL_FIT)
        if section.text.strip():
            raise RuleBroken(_("There is a text already. Empty it first if you want a new draft."))
        services = plan_content.load(plan).goal_services
        with translation.override(programme.owner.language_form):
            text = goal_fit.draft(plan.year, services)
        if not text:
            raise RuleBroken(_("No national goals are recorded for %(year)s.") % {"year": year})
        sections.write(section=section, text=text, version=section.version, by=request.user)
        messages.success(request, _("A draft is written from the goals. Read it through and make it yours."))
    except RuleBroken as refused:
        messages.error(request, str(refused))
    return saved(request, plan, section_name(section))


def _section(plan: ActionPlan, key: str, area: FocusArea | None) -> PlanSection:
    if key not in SectionKey.values or (key == SectionKey.FOCUS_AREA) != (area is not None):
        raise Http404
    found = plan.sections.filter(key=key, focus_area=area).first()
    section = found or PlanSection(key=key, focus_area=area)
    section.plan = plan
    section.focus_area = area
    return section
