"""The three programmes of the demo: agreements, bodies, seats, goals and decisions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from samloft.accounts.models import User
from samloft.plans.demo import agreement_files, mysen_description
from samloft.plans.demo import programme_texts as texts
from samloft.plans.demo.people import COUNTY_AUTHORITY, MINISTRY, People
from samloft.programmes.actions import (
    bodies,
    decision_rights,
    focus_areas,
    goals,
    national_goals,
    programmes,
    seats,
)
from samloft.programmes.actions.bodies import BodyValues
from samloft.programmes.actions.decision_rights import DecisionRightValues
from samloft.programmes.actions.focus_areas import FocusAreaValues
from samloft.programmes.actions.goals import GoalValues
from samloft.programmes.actions.national_goals import NationalGoalValues
from samloft.programmes.actions.programmes import ProgrammeValues
from samloft.programmes.actions.seats import SeatValues
from samloft.programmes.models import (
    Basis,
    Body,
    BodyKind,
    Decision,
    FocusAreaKind,
    Goal,
    GoalLevel,
    GoalTrack,
    NationalGoal,
    Programme,
    Role,
    Step,
)

BUDGET_YEAR = 2026


@dataclass(frozen=True)
class Started:
    """A programme as far as the demo needs it further on."""

    programme: Programme
    bodies: dict[str, Body]
    leader: User


def enter_national_goals(people: People) -> list[NationalGoal]:
    """The state's goals for the budget year, made when they are missing."""
    known = list(NationalGoal.objects.filter(year=BUDGET_YEAR).order_by("position"))
    return known or [
        national_goals.add(
            values=NationalGoalValues(BUDGET_YEAR, position, text, texts.NATIONAL_SOURCE), by=people["operator"]
        )
        for position, text in enumerate(texts.NATIONAL_GOALS, 1)
    ]


def enter_mysen(people: People) -> tuple[Started, dict[str, Goal], Decision]:
    """The programme, its sub-goals by key, and the decision that adopted its description."""
    started = _start(
        people,
        slug="mysen",
        organisation="Indre Østfold kommune",
        leader="leader",
        values=ProgrammeValues(
            name="Områdeløft Mysen",
            basis=Basis.AGREEMENT,
            basis_on=date(2024, 6, 10),
            purpose=texts.MYSEN_PURPOSE,
            starts_on=date(2024, 1, 1),
            ends_on=date(2028, 12, 31),
            areas=("Mysen",),
        ),
        bodies_of=texts.MYSEN_BODIES,
        rights=texts.MYSEN_RIGHTS,
    )
    council = started.bodies["Kommunestyret i Indre Østfold"]
    management = started.bodies["Programledelsen i Mysen"]
    _leader(started, body=management, function="Rådgiver, del av programledelsen")
    director = started.bodies["Kommunedirektøren i Indre Østfold"]
    for user, role, body in (
        ("leader", Role.SECRETARY, council),
        ("director", Role.MUNICIPAL_DIRECTOR, director),
        ("secretary", Role.SECRETARY, council),
    ):
        _seat(started, role, user=people[user], body=body, may_record=True)
    _seat(
        started,
        Role.PROGRAMME_LEADER,
        body=management,
        function="Rådgiver, del av programledelsen (to til sammen 100 %)",
    )
    _seat(started, Role.COORDINATOR, user=people["coordinator"], function="Koordinator, sysselsetting")
    _observers(started, people, evaluator=True)
    areas = _focus_areas(started, list(texts.MYSEN_OVERALL_GOALS), FocusAreaKind.FOCUS_AREA)
    main = _goal(started, texts.MYSEN_MAIN_GOAL, GoalLevel.MAIN)
    overall = {
        name: _goal(started, text, GoalLevel.OVERALL, parent=main, focus_area=areas[name])
        for name, text in texts.MYSEN_OVERALL_GOALS.items()
    }
    subs = {
        key: _goal(started, text, GoalLevel.SUB, parent=overall[area], focus_area=areas[area], track=track)
        for key, area, track, text in texts.MYSEN_SUB_GOALS
    }
    # The description was adopted under the agreement, and then proves what the agreement asks for.
    agreement_files.enter(started.programme, by=started.leader, with_proof=False)
    adopted = mysen_description.enter(
        programme=started.programme, council=council, leader=started.leader, secretary=people["secretary"]
    )
    agreement_files.enter(started.programme, by=started.leader)
    return started, subs, adopted


def enter_fredrikstad(people: People) -> Started:
    """Three areas, three sub-programmes, goals in two tracks, a board of 12 and the roles around it."""
    started = _start(
        people,
        slug="fredrikstad",
        organisation="Fredrikstad kommune",
        leader="leader_f",
        values=ProgrammeValues(
            name="Områdesatsing Fredrikstad",
            basis=Basis.COUNCIL_STRATEGY,
            purpose=texts.FREDRIKSTAD_PURPOSE,
            target_groups=texts.FREDRIKSTAD_TARGETS,
            starts_on=date(2023, 1, 1),
            ends_on=date(2033, 12, 31),
            areas=texts.FREDRIKSTAD_AREAS,
        ),
        bodies_of=texts.FREDRIKSTAD_BODIES,
        rights=texts.FREDRIKSTAD_RIGHTS,
    )
    board = started.bodies["Programstyret i Fredrikstad"]
    team = started.bodies["Endringsteamet i Fredrikstad"]
    commissioner = started.bodies["Kommunedirektøren i Fredrikstad"]
    _leader(started, body=team, function="Programleder")
    _seat(
        started,
        Role.MUNICIPAL_DIRECTOR,
        user=people["director_f"],
        body=commissioner,
        may_record=True,
        function="Oppdragsgiver",
    )
    for position, function in enumerate(texts.BOARD_SEATS):
        holder = people["board_f"] if position == 0 else None
        _seat(started, Role.BOARD_MEMBER, user=holder, body=board, function=function, may_record=position == 0)
    for function, percent in texts.CHANGE_TEAM_SEATS:
        holder = people["coordinator_f"] if function.startswith("Koordinator, oppvekst") else None
        role = Role.COORDINATOR if function.startswith("Koordinator") else Role.MEMBER
        _seat(started, role, user=holder, body=team, function=function, percent=percent)
    _observers(started, people, evaluator=True)
    areas = _focus_areas(
        started, [name for name, *_rest in texts.FREDRIKSTAD_SUB_PROGRAMMES], FocusAreaKind.SUB_PROGRAMME
    )
    main = _goal(started, texts.FREDRIKSTAD_MAIN_GOAL, GoalLevel.MAIN)
    for name, overall_text, resident, organisational in texts.FREDRIKSTAD_SUB_PROGRAMMES:
        overall = _goal(started, overall_text, GoalLevel.OVERALL, parent=main, focus_area=areas[name])
        for track, text in ((GoalTrack.RESIDENT, resident), (GoalTrack.ORGANISATIONAL, organisational)):
            _goal(started, text, GoalLevel.SUB, parent=overall, focus_area=areas[name], track=track)
    agreement_files.enter(started.programme, by=started.leader)
    return started


def enter_oslo_sor(people: People) -> Started:
    """The agreement of 2018 with its three themes, the programme before it and the one beside it."""
    started = _start(
        people,
        slug="oslo-sor",
        organisation="Oslo kommune",
        leader="leader_o",
        values=ProgrammeValues(
            name="Oslo sør-satsingen",
            basis=Basis.AGREEMENT,
            basis_on=date(2018, 3, 20),
            purpose=texts.OSLO_PURPOSE,
            starts_on=date(2018, 1, 1),
            ends_on=date(2026, 12, 31),
            areas=("Søndre Nordstrand",),
        ),
        bodies_of=texts.OSLO_BODIES,
        rights=texts.OSLO_RIGHTS,
    )
    _leader(started, body=started.bodies["Byrådsavdeling for byutvikling"], function="Samordner for kommunen")
    _observers(started, people, evaluator=False)
    agreement_files.enter(started.programme, by=started.leader)
    return started


def enter_ostfold(people: People) -> Started:
    """The county's programme: the assignment of autumn 2014, then six parties' agreement for 2017 and 2018."""
    started = _start(
        people,
        slug="ostfold",
        organisation=COUNTY_AUTHORITY,
        leader="leader_ost",
        values=ProgrammeValues(
            name="Velferd og utvikling i Østfold",
            basis=Basis.ASSIGNMENT_LETTER,
            purpose=texts.OSTFOLD_PURPOSE,
            starts_on=date(2015, 1, 1),
            ends_on=date(2018, 12, 31),
        ),
        bodies_of=texts.OSTFOLD_BODIES,
        rights=(),
    )
    _leader(
        started, body=started.bodies["Arbeidsgruppen for velferd og utvikling"], function="Fylkeskommunens kontakt"
    )
    _observers(started, people, evaluator=False)
    # Three of the six parties are new to Samløft, and only an operator adds organisations.
    agreement_files.enter(started.programme, by=people["operator"])
    return started


def _start(
    people: People,
    *,
    slug: str,
    organisation: str,
    leader: str,
    values: ProgrammeValues,
    bodies_of: Iterable[tuple[str, BodyKind, str]],
    rights: Iterable[tuple[Step, str]],
) -> Started:
    owning = people.organisations[organisation]
    owner = owning.municipality or owning.county
    assert owner is not None  # noqa: S101  (the demo's own organisations)
    user = people[leader]
    programme = programmes.start(slug=slug, owner=owner, values=values, leader=user, by=people["operator"])
    made = {
        name: bodies.add(
            programme=programme,
            values=BodyValues(name, kind, people.organisations[organisation], mandate),
            by=user,
        )
        for name, kind, mandate in bodies_of
    }
    made[MINISTRY] = bodies.add(
        programme=programme,
        values=BodyValues(MINISTRY, BodyKind.MINISTRY, people.organisations[MINISTRY]),
        by=user,
    )
    for step, body in rights:
        decision_rights.add(programme=programme, values=DecisionRightValues(step, made[body]), by=user)
    return Started(programme, made, user)


def _observers(started: Started, people: People, *, evaluator: bool) -> None:
    _seat(started, Role.MINISTRY_ADVISER, user=people["adviser"], body=started.bodies[MINISTRY], may_record=True)
    _seat(started, Role.COUNTY_GOVERNOR, user=people["governor"])
    if evaluator:
        _seat(started, Role.EVALUATOR, user=people["evaluator"])


def _leader(started: Started, *, body: Body, function: str) -> None:
    """Place the seat that came with the programme in a body, and let its holder record for that body."""
    seat = started.programme.seats.get(role=Role.PROGRAMME_LEADER, user=started.leader)
    seats.change(
        seat=seat,
        values=SeatValues(
            role=Role.PROGRAMME_LEADER,
            body=body,
            function=function,
            organisation=started.leader.organisation,
            user=started.leader,
            may_record=True,
        ),
        version=None,
        today=timezone.localdate(),
        by=started.leader,
    )


def _seat(
    started: Started,
    role: Role,
    *,
    user: User | None = None,
    body: Body | None = None,
    function: str = "",
    percent: int | None = None,
    may_record: bool = False,
) -> None:
    seats.add(
        programme=started.programme,
        values=SeatValues(
            role=role,
            body=body,
            function=function,
            organisation=user.organisation if user else None,
            user=user,
            percent=percent,
            may_record=may_record,
        ),
        by=started.leader,
    )


def _focus_areas(started: Started, names: Sequence[str], kind: FocusAreaKind) -> Mapping[str, object]:
    return {
        name: focus_areas.add(programme=started.programme, values=FocusAreaValues(name, kind), by=started.leader)
        for name in names
    }


def _goal(started: Started, text: str, level: GoalLevel, **more: object) -> Goal:
    return goals.add(
        programme=started.programme,
        values=GoalValues(text=text, level=level, **more),  # type: ignore[arg-type]
        by=started.leader,
    )
