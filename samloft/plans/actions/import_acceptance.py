"""Turns accepted lines into measures, plan texts and budget lines, through the same actions as the pages use."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.plans.actions import budget_lines, measures, plan_measures, plans, sections, steps
from samloft.plans.actions.budget_lines import LineValues
from samloft.plans.actions.measures import MeasureValues
from samloft.plans.models import (
    ActionPlan,
    BudgetLine,
    ImportLine,
    LinePurpose,
    Mapping,
    Measure,
    PlanImport,
    PlanMeasure,
    PlanSection,
    SectionKey,
)
from samloft.plans.queries import name_matching

_SECTION_OF_KIND = {
    "introduction": SectionKey.INTRODUCTION,
    "priorities": SectionKey.PRIORITIES,
    "new_measures": SectionKey.NEW_MEASURES,
    "administration": SectionKey.ADMINISTRATION,
    "budget": SectionKey.BUDGET,
    "own_effort": SectionKey.OWN_EFFORT,
    "goal_fit": SectionKey.GOAL_FIT,
}


@dataclass(frozen=True)
class LineKey:
    """What makes a line of the file and a line of the plan the same one."""

    plan_measure_id: int | None
    purpose: str
    name: str
    source: str


def store(*, plan_import: PlanImport, lines: Sequence[ImportLine], remove_missing: bool, by: User) -> ActionPlan:
    """Store settled lines in the plan of the import's year. Belongs inside the transaction of `imports.accept`."""
    plan = _open_plan(plan_import, by=by)
    texts = _measure_texts(plan_import, lines)
    in_plan = {item.measure_id: item for item in plan.plan_measures.select_related("measure")}
    existing = {_key(line): line for line in plan.lines.all()}
    made: dict[str, Measure] = {}
    kept: set[int] = set()
    for line in lines:
        plan_measure = None
        if line.purpose == LinePurpose.MEASURE and line.mapping != Mapping.NO_MEASURE:
            measure = _measure(line, plan_import, made, by=by)
            plan_measure = in_plan.get(measure.pk)
            if plan_measure is None:
                text = texts.get(line.name, "")
                plan_measure = plan_measures.add(plan=plan, measure=measure, text=text, by=by)
                in_plan[measure.pk] = plan_measure
        kept.add(_store_line(plan, line, plan_measure, existing, by=by).pk)
    if remove_missing:
        for line_in_plan in existing.values():
            if line_in_plan.pk not in kept:
                budget_lines.remove(line=line_in_plan, by=by)
    _fill_empty_sections(plan, plan_import, by=by)
    plan.refresh_from_db()
    return plan


def _open_plan(plan_import: PlanImport, *, by: User) -> ActionPlan:
    plan = ActionPlan.objects.filter(programme=plan_import.programme, year=plan_import.year).first()
    if plan is None:
        return plans.start(programme=plan_import.programme, year=plan_import.year, by=by)
    if plan.is_open:
        return plan
    return steps.revise(plan=plan, reason=_("The plan was read again from a file."), by=by)


def _measure(line: ImportLine, plan_import: PlanImport, made: dict[str, Measure], *, by: User) -> Measure:
    """The measure of a line; two lines with one name, such as two sources, share the measure that is made."""
    if line.mapping == Mapping.SAME and line.measure is not None:
        measures.remember_name(measure=line.measure, name=line.name, by=by)
        return line.measure
    name = name_matching.plain(line.name)
    if name not in made:
        values = MeasureValues(name=line.name, focus_area=line.focus_area, first_plan_year=plan_import.year)
        made[name] = measures.create(programme=plan_import.programme, values=values, by=by)
    return made[name]


def _key(line: BudgetLine) -> LineKey:
    name = "" if line.plan_measure_id else name_matching.plain(line.name)
    return LineKey(line.plan_measure_id, line.purpose, name, line.source)


def _store_line(
    plan: ActionPlan,
    line: ImportLine,
    plan_measure: PlanMeasure | None,
    existing: dict[LineKey, BudgetLine],
    *,
    by: User,
) -> BudgetLine:
    """Change the plan's own line where there is one, so that its cost kinds and notes stay."""
    name = "" if plan_measure else name_matching.plain(line.name)
    key = LineKey(plan_measure.pk if plan_measure else None, line.purpose, name, line.source)
    known = existing.get(key)
    amount = line.amount or 0
    if known is None:
        values = LineValues(
            name=line.name, amount=amount, purpose=line.purpose, plan_measure=plan_measure, source=line.source
        )
        return budget_lines.add(plan=plan, values=values, by=by)
    values = LineValues(
        name=line.name,
        amount=amount,
        purpose=line.purpose,
        plan_measure=plan_measure,
        source=line.source,
        note=known.note,
        posts=known.posts,
        salary_percent=known.salary_percent,
    )
    return budget_lines.edit(line=known, values=values, version=None, by=by)


def _measure_texts(plan_import: PlanImport, lines: Sequence[ImportLine]) -> dict[str, str]:
    """The text in the file that describes each line's measure, where one heading clearly does."""
    texts = {
        str(section["heading"]): str(section["body"])
        for section in plan_import.sections
        if section["kind"] == "measure" and section["body"]
    }
    found: dict[str, str] = {}
    for line in lines:
        wanted = name_matching.plain(line.name)
        ranked = sorted(
            ((name_matching.likeness(wanted, name_matching.plain(heading)), heading) for heading in texts),
            reverse=True,
        )
        if ranked and ranked[0][0] >= name_matching.POSSIBLE and (len(ranked) < 2 or ranked[0][0] > ranked[1][0]):
            found[line.name] = texts[ranked[0][1]]
    return found


def _fill_empty_sections(plan: ActionPlan, plan_import: PlanImport, *, by: User) -> None:
    """Texts of the file go into sections that nobody has written; what is written is never touched."""
    focus_areas = list(plan.programme.focus_areas.all())
    bodies: dict[tuple[str, int | None], list[str]] = {}
    for section in plan_import.sections:
        if not section["body"]:
            continue
        if section["kind"] == "focus_area":
            area = name_matching.match_focus_area(str(section["heading"]), focus_areas)
            if area is not None:
                bodies.setdefault((SectionKey.FOCUS_AREA, area.pk), []).append(str(section["body"]))
        elif section["kind"] in _SECTION_OF_KIND:
            bodies.setdefault((_SECTION_OF_KIND[section["kind"]], None), []).append(str(section["body"]))
    for stored in PlanSection.objects.filter(plan=plan, text=""):
        if parts := bodies.get((stored.key, stored.focus_area_id)):
            sections.write(section=stored, text="\n\n".join(parts), version=None, by=by)
