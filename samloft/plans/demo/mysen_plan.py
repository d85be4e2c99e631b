"""Mysen's measures and its plans for 2026 (issued) and 2027 (draft), entered as a programme leader would."""

from collections.abc import Mapping

from samloft.accounts.models import User
from samloft.plans.actions import (
    budget_lines,
    carry_forward,
    follow_up_answers,
    measure_goals,
    measures,
    origins,
    partners,
    phase_in,
    plan_measures,
    plans,
    sections,
    steps,
)
from samloft.plans.actions.budget_lines import LineValues
from samloft.plans.actions.measures import MeasureValues
from samloft.plans.actions.origins import OriginValues
from samloft.plans.actions.partners import PartnerValues
from samloft.plans.actions.phase_in import StepValues
from samloft.plans.demo import mysen_texts as texts
from samloft.plans.models import (
    ActionPlan,
    LinePurpose,
    Measure,
    OriginKind,
    Phase,
    PlanMeasure,
    SectionKey,
    Source,
)
from samloft.programmes.actions.steps import StepDecision
from samloft.programmes.models import Body, Decision, FocusArea, Goal, NationalGoal, Programme

YEAR = 2026
ASSUMED = "Antatt i demoen: dokumentene sier ikke hvem som behandlet planen for 2026, eller når."


def enter(
    *,
    programme: Programme,
    goals: Mapping[str, Goal],
    national_goals: list[NationalGoal],
    school_meal_decision: Decision,
    director: Body,
    council: Body,
    leader: User,
    director_user: User,
    secretary: User,
) -> ActionPlan:
    """Enter measures and the 2026 plan, take it to an edition, and carry it forward to 2027."""
    areas = {area.name: area for area in programme.focus_areas.all()}
    made = {item.name: _measure(programme, item, areas, goals, national_goals, leader) for item in texts.MEASURES}
    _answer_council(made["Matservering i skole"], school_meal_decision, leader)
    plan = plans.start(programme=programme, year=YEAR, by=leader)
    _write_sections(plan, areas, leader)
    _add_lines(plan, made, leader)
    steps.recommend(
        plan=plan, decision=StepDecision(body=director, wording=ASSUMED, is_assumed=True), by=director_user
    )
    steps.adopt(plan=plan, decision=StepDecision(body=council, wording=ASSUMED, is_assumed=True), by=secretary)
    carry_forward.carry_forward(programme=programme, from_year=YEAR, to_year=YEAR + 1, by=leader)
    plan.refresh_from_db()
    return plan


def _measure(
    programme: Programme,
    item: texts.DemoMeasure,
    areas: Mapping[str, FocusArea],
    goals: Mapping[str, Goal],
    national_goals: list[NationalGoal],
    by: User,
) -> Measure:
    measure = measures.create(
        programme=programme,
        values=MeasureValues(
            name=item.name,
            description=item.text,
            purpose=item.purpose,
            target_groups=item.target_groups,
            reach=item.reach,
            meeting_place=item.meeting_place,
            focus_area=areas[item.focus_area],
            lead_unit=item.lead_unit,
            external_funding=item.external_funding,
            phase=item.phase,
            first_plan_year=item.first_plan_year or 2025,
            mandate_status=item.mandate_status,
            exit_route=item.exit_route,
            exit_plan=item.exit_plan,
        ),
        by=by,
    )
    for name, sector in item.partners:
        partners.add(measure=measure, values=PartnerValues(name=name, sector=sector), by=by)
    for kind, year, text in item.origins:
        if kind != OriginKind.COUNCIL_DECISION:
            origins.add(measure=measure, values=OriginValues(kind=kind, year=year, text=text), by=by)
    if item.ladder:
        phase_in.set_ladder(measure=measure, steps=[StepValues(*row) for row in item.ladder], by=by)
    measure_goals.set_goals(measure=measure, weights={goals[key]: None for key in item.goals}, by=by)
    measure_goals.set_national_goals(
        measure=measure, goals=[national_goals[number - 1] for number in item.national], by=by
    )
    for name, text in item.children:
        measures.create(
            programme=programme,
            values=MeasureValues(
                name=name,
                description=text,
                focus_area=areas[item.focus_area],
                parent=measure,
                target_groups=item.target_groups,
                phase=Phase.RUNNING,
                first_plan_year=2025,
            ),
            by=by,
        )
    return measure


def _answer_council(measure: Measure, decision: Decision, by: User) -> None:
    """The council asked for school meals to be considered: origin and answer in one thread (B7, C4)."""
    item = next(item for item in texts.MEASURES if item.name == measure.name)
    text = next(text for kind, _year, text in item.origins if kind == OriginKind.COUNCIL_DECISION)
    origins.add(
        measure=measure,
        values=OriginValues(
            kind=OriginKind.COUNCIL_DECISION, text=text, happened_on=decision.decided_on, decision=decision
        ),
        by=by,
    )
    point = decision.follow_up_points.first()
    if point is not None:
        follow_up_answers.answer(point=point, measure=measure, text="Tatt inn som nytt tiltak i 2026.", by=by)


def _write_sections(plan: ActionPlan, areas: Mapping[str, FocusArea], by: User) -> None:
    for key, text in texts.SECTIONS.items():
        section = sections.find_or_make(plan=plan, key=SectionKey(key))
        sections.write(section=section, text=text, version=None, by=by)
    for name, text in texts.FOCUS_TEXTS.items():
        section = sections.find_or_make(plan=plan, key=SectionKey.FOCUS_AREA, focus_area=areas[name])
        sections.write(section=section, text=text, version=None, by=by)


def _add_lines(plan: ActionPlan, made: Mapping[str, Measure], by: User) -> None:
    """The 16 lines in the order of the municipality's own table; measures without a line stand in the text."""
    items = {item.name: item for item in texts.MEASURES}
    in_plan: dict[str, PlanMeasure] = {
        item.name: plan_measures.add(plan=plan, measure=made[item.name], text=item.text, by=by)
        for item in texts.MEASURES
    }
    for name in texts.TABLE_ORDER:
        values = LineValues(
            name=name,
            amount=(items[name].kroner or 0) * 100,
            plan_measure=in_plan[name],
            source=Source.PROGRAMME_GRANT,
        )
        budget_lines.add(plan=plan, values=values, by=by)
    for name, kroner, purpose, note in texts.COMMON_LINES:
        is_salary = purpose == LinePurpose.ADMINISTRATION
        values = LineValues(
            name=name,
            amount=kroner * 100,
            purpose=purpose,
            source=Source.PROGRAMME_GRANT,
            note=note,
            posts=2 if is_salary else None,
            salary_percent=25 if is_salary else None,
        )
        budget_lines.add(plan=plan, values=values, by=by)
