"""A small plan for the cast's programme, made through the same actions as the pages use."""

from dataclasses import dataclass
from datetime import date

from samloft.plans.actions import budget_lines, measures, plan_measures, plans, sections, steps
from samloft.plans.actions.budget_lines import LineValues
from samloft.plans.actions.measures import MeasureValues
from samloft.plans.actions.plans import Frame
from samloft.plans.actions.steps import DispatchValues, StepDecision
from samloft.plans.models import (
    ActionPlan,
    BudgetLine,
    FrameKind,
    LinePurpose,
    Measure,
    PlanMeasure,
    SectionKey,
    Source,
)
from samloft.programmes.models import Channel, Edition
from tests.cast import Cast

KR = 100
ADOPTED_ON = date(2025, 2, 11)


@dataclass
class Elvestad:
    """A plan with one measure paid by the grant and one administrative line: 1 950 000 kr, within its frame."""

    cast: Cast
    plan: ActionPlan
    measure: Measure
    plan_measure: PlanMeasure
    line: BudgetLine

    def fresh(self) -> ActionPlan:
        return ActionPlan.objects.get(pk=self.plan.pk)

    def edition(self) -> Edition:
        return Edition.objects.latest("number")


def make(cast: Cast, *, year: int = 2025) -> Elvestad:
    by = cast.programme_leader
    plan = plans.start(programme=cast.programme, year=year, by=by)
    measure = measures.create(
        programme=cast.programme,
        values=MeasureValues(name="Åpen barnehage", focus_area=cast.focus_areas[0]),
        by=by,
    )
    plan_measure = plan_measures.add(plan=plan, measure=measure, text="Barnehagen åpner til sommeren.", by=by)
    line = budget_lines.add(
        plan=plan,
        values=LineValues(
            name="Åpen barnehage",
            amount=1_300_000 * KR,
            plan_measure=plan_measure,
            source=Source.PROGRAMME_GRANT,
        ),
        by=by,
    )
    budget_lines.add(
        plan=plan,
        values=LineValues(
            name="Administrative kostnader",
            amount=650_000 * KR,
            purpose=LinePurpose.ADMINISTRATION,
            source=Source.PROGRAMME_GRANT,
        ),
        by=by,
    )
    introduction = plan.sections.get(key=SectionKey.INTRODUCTION)
    sections.write(section=introduction, text="Dette skal vi gjøre.", version=None, by=by)
    plans.set_frame(
        plan=plan,
        frame=Frame(kind=FrameKind.EXPECTED, amount=1_950_000 * KR, source="Departementet"),
        version=None,
        by=by,
    )
    plan.refresh_from_db()
    return Elvestad(cast, plan, measure, plan_measure, line)


def recommend(elvestad: Elvestad) -> ActionPlan:
    cast = elvestad.cast
    return steps.recommend(
        plan=elvestad.plan,
        decision=StepDecision(body=cast.board, decided_on=date(2025, 1, 20)),
        by=cast.board_member,
    )


def adopt(elvestad: Elvestad) -> ActionPlan:
    """Recommend and adopt."""
    cast = elvestad.cast
    recommend(elvestad)
    return steps.adopt(
        plan=elvestad.plan,
        decision=StepDecision(body=cast.council, decided_on=ADOPTED_ON, case_number="25/11"),
        by=cast.secretary,
    )


def dispatch(elvestad: Elvestad) -> ActionPlan:
    """Recommend, adopt and send to the ministry."""
    cast = elvestad.cast
    adopt(elvestad)
    return steps.dispatch(
        plan=elvestad.plan,
        decision=StepDecision(body=cast.management, decided_on=date(2025, 2, 14)),
        sending=DispatchValues(
            recipient=cast.ministry, sent_on=date(2025, 2, 14), channel=Channel.EFORMIDLING, receipt="2025/1"
        ),
        by=cast.programme_leader,
    )
