"""Makes a programme of any size through the same actions as people use. No sentence is from a real plan."""

import random
from datetime import date

from samloft.accounts.actions import demo_users, organisations
from samloft.accounts.actions.organisations import OrganisationValues
from samloft.accounts.models import OrganisationKind, User
from samloft.places.actions import municipalities
from samloft.places.actions.municipalities import MunicipalityValues
from samloft.plans.actions import (
    budget_lines,
    measure_goals,
    measures,
    partners,
    phase_in,
    plan_measures,
    plans,
    sections,
)
from samloft.plans.actions.budget_lines import LineValues
from samloft.plans.actions.measures import MeasureValues
from samloft.plans.actions.partners import PartnerValues
from samloft.plans.actions.phase_in import ExitPlanValues, StepValues
from samloft.plans.actions.plans import Frame
from samloft.plans.models import ActionPlan, ExitRoute, FrameKind, LinePurpose, Phase, Sector, Source
from samloft.programmes.actions import focus_areas, goals, programmes
from samloft.programmes.actions.focus_areas import FocusAreaValues
from samloft.programmes.actions.goals import GoalValues
from samloft.programmes.actions.programmes import ProgrammeValues
from samloft.programmes.models import Basis, GoalLevel, GoalTrack, Programme

YEAR = 2026
VOCABULARY = """
barn unge familier oppvekst skole møteplass nærmiljø aktivitet språk arbeid helse bolig trygghet frivillighet
samarbeid lavterskel kveldstid ferie leksehjelp idrett kultur bibliotek park verksted mat kafé kurs mentor
veiledning oppfølging oppsøkende innbyggere deltakelse medvirkning område tilbud utvikling utprøving
"""
WORDS = VOCABULARY.split()


class Building:
    """The operator and the leader who make the programmes, and a fixed run of words."""

    def __init__(self) -> None:
        self.dice = random.Random(2026)
        self.operator = demo_users.make(
            email="drift@example.org", name="Drift", organisation=None, is_operator=True
        )
        county = municipalities.add_county(code="90", name="Prøvefylket", by=self.operator)
        self.municipality = municipalities.add(
            values=MunicipalityValues(code="9001", name="Elvestad", county=county), by=self.operator
        )
        home = organisations.add(
            values=OrganisationValues("Elvestad kommune", OrganisationKind.MUNICIPALITY, self.municipality),
            by=self.operator,
        )
        self.leader: User = demo_users.make(
            email="leder@example.org", name="Programleder", organisation=home, is_operator=False
        )

    def words(self, count: int) -> str:
        return " ".join(self.dice.choices(WORDS, k=count)).capitalize() + "."

    def programme(self, size: int) -> Programme:
        """A programme whose plan for YEAR has `size` measures, most with one budget line."""
        made = programmes.start(
            slug=f"p{size}",
            owner=self.municipality,
            values=ProgrammeValues(
                name=f"Program med {size} tiltak", basis=Basis.AGREEMENT, purpose=self.words(40)
            ),
            leader=self.leader,
            by=self.operator,
        )
        areas = [
            focus_areas.add(
                programme=made, values=FocusAreaValues(f"Satsing {n}", description=self.words(30)), by=self.leader
            )
            for n in range(1, 6)
        ]
        main = goals.add(programme=made, values=GoalValues(self.words(10), GoalLevel.MAIN), by=self.leader)
        sub_goals = [
            goals.add(
                programme=made,
                values=GoalValues(self.words(12), GoalLevel.SUB, GoalTrack.RESIDENT, main, area),
                by=self.leader,
            )
            for area in areas
            for _ in range(2)
        ]
        plan = plans.start(programme=made, year=YEAR, by=self.leader)
        plans.set_frame(
            plan=plan,
            frame=Frame(FrameKind.AWARD, size * 600_000_00, source="Statsbudsjettet", letter="26/1"),
            version=None,
            by=self.leader,
        )
        for section in plan.sections.all():
            sections.write(section=section, text=self.words(80), version=None, by=self.leader)
        for number in range(1, size + 1):
            self._measure(plan, number, areas, sub_goals)
        return made

    def _measure(self, plan: ActionPlan, number: int, areas: list, sub_goals: list) -> None:
        by = self.leader
        place = number % len(areas)
        measure = measures.create(
            programme=plan.programme,
            values=MeasureValues(
                name=f"{self.dice.choice(WORDS).capitalize()} og {self.dice.choice(WORDS)} {number}",
                description=self.words(50),
                purpose=self.words(25),
                target_groups="Barn og unge",
                focus_area=areas[place],
                lead_unit="Oppvekst",
                responsible_role="Koordinator",
                phase=Phase.RUNNING,
                starts_on=date(2025, 1, 1),
            ),
            by=by,
        )
        measure_goals.set_goals(measure=measure, weights={sub_goals[2 * place]: None}, by=by)
        if number % 3 == 0:
            values = PartnerValues(f"Forening {number}", Sector.VOLUNTARY, self.words(6))
            partners.add(measure=measure, values=values, by=by)
        phase_in.set_ladder(
            measure=measure,
            steps=[StepValues(YEAR + n, 100 - 25 * n, 25 * n, 0) for n in range(4)],
            by=by,
        )
        phase_in.set_exit_plan(
            measure=measure,
            values=ExitPlanValues(ExitRoute.ORDINARY_BUDGET, self.words(15), "Oppvekst"),
            by=by,
        )
        in_plan = plan_measures.add(plan=plan, measure=measure, text=self.words(60), by=by)
        sources = [Source.PROGRAMME_GRANT, Source.MUNICIPALITY] if number % 4 == 0 else [Source.PROGRAMME_GRANT]
        for source in sources:
            values = LineValues(
                measure.name, self.dice.randrange(50, 900) * 1000_00, LinePurpose.MEASURE, in_plan, source
            )
            budget_lines.add(plan=plan, values=values, by=by)
