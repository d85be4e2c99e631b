"""A programme with one of everything, made through the actions, for tests of pages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samloft.accounts.models import User
from samloft.programmes.actions import (
    agreement_parties,
    agreements,
    conditions,
    decisions,
    files,
    goals,
    obligations,
    proofs,
    related_agreements,
    uptakes,
    written_answers,
)
from samloft.programmes.actions.agreement_parties import PartyValues
from samloft.programmes.actions.agreements import AgreementValues
from samloft.programmes.actions.conditions import ConditionValues
from samloft.programmes.actions.decisions import DecisionValues, FollowUpPointValues
from samloft.programmes.actions.goals import GoalValues
from samloft.programmes.actions.obligations import ObligationValues, OwedBy, ReservationValues
from samloft.programmes.actions.proofs import ProofValues
from samloft.programmes.actions.related_agreements import RelatedAgreementValues
from samloft.programmes.actions.uptakes import UptakeValues
from samloft.programmes.actions.written_answers import WrittenAnswerValues
from samloft.programmes.models import (
    Agreement,
    AgreementParty,
    Condition,
    ConditionKind,
    Decision,
    FollowUpPoint,
    FulfillingEvent,
    Goal,
    GoalLevel,
    GoalTrack,
    Obligation,
    ObligationKind,
    OverarchingGoal,
    Proof,
    RelatedAgreement,
    RelatedAgreementKind,
    Reservation,
    Rhythm,
    StoredFile,
    Uptake,
    UptakeState,
    WrittenAnswer,
)
from tests.cast import Cast
from tests.programmes.plan_factory import make_goal_of, make_plan

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


@dataclass(frozen=True)
class Filled:
    agreement: Agreement
    party: AgreementParty
    related: RelatedAgreement
    condition: Condition
    decision: Decision
    point: FollowUpPoint
    main_goal: Goal
    sub_goal: Goal
    file: StoredFile
    overarching_goal: OverarchingGoal
    uptake: Uptake
    answer: WrittenAnswer
    obligation: Obligation
    reservation: Reservation
    proof: Proof


def pdf(name: str = "brev.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, content_type="text/html")


def fill(cast: Cast) -> Filled:
    leader = cast.programme_leader
    file = files.store(programme=cast.programme, upload=pdf(), by=leader)
    decision = decisions.record(
        programme=cast.programme,
        values=DecisionValues(
            title="Avtalen", body=cast.council, decided_on=date(2024, 2, 1), letter=file, case_number="9/24"
        ),
        follow_up_points=[FollowUpPointValues("Legg fram en plan", date(2024, 12, 31))],
        by=cast.secretary,
    )
    agreement = agreements.add(
        programme=cast.programme,
        values=AgreementValues(title="Intensjonsavtale", first_year=2024, duration_years=5, decisions=(decision,)),
        by=leader,
    )
    organisation = leader.organisation
    assert organisation
    party = agreement_parties.add(agreement=agreement, values=PartyValues(organisation), by=leader)
    related = related_agreements.add(
        agreement=agreement,
        values=RelatedAgreementValues(RelatedAgreementKind.SISTER, "Naboavtalen"),
        by=leader,
    )
    condition = conditions.add(
        agreement=agreement,
        values=ConditionValues(ConditionKind.NOT_ORDINARY_OPERATIONS, "Ikke til drift"),
        by=leader,
    )
    main_goal = goals.add(programme=cast.programme, values=GoalValues("Et godt sted", GoalLevel.MAIN), by=leader)
    sub_goal = goals.add(
        programme=cast.programme,
        values=GoalValues("Flere leser godt", GoalLevel.SUB, GoalTrack.RESIDENT, main_goal),
        by=leader,
    )
    point = decision.follow_up_points.get()
    plan = make_plan(cast)
    above = make_goal_of(cast, plan)
    values = UptakeValues(UptakeState.INPUT_GIVEN, date(2024, 9, 1))
    uptake = uptakes.record(plan=plan, programme=cast.programme, values=values, by=leader)
    answer = written_answers.add(
        point=point, values=WrittenAnswerValues("Planen er lagt fram", date(2025, 2, 11)), by=leader
    )
    return Filled(
        agreement,
        party,
        related,
        condition,
        decision,
        point,
        main_goal,
        sub_goal,
        file,
        above,
        uptake,
        answer,
        *_owed(party, leader),
    )


def _owed(party: AgreementParty, leader: User) -> tuple[Obligation, Reservation, Proof]:
    """A duty that was met late, and what limits the agreement."""
    obligation = obligations.add(
        agreement=party.agreement,
        values=ObligationValues(
            "Lage en programbeskrivelse",
            ObligationKind.DOCUMENT,
            Rhythm.ONCE,
            [OwedBy(party)],
            due_on=date(2024, 12, 31),
            fulfilling_event=FulfillingEvent.ADOPTED,
        ),
        by=leader,
    )
    reservation = obligations.add_reservation(
        agreement=party.agreement, values=ReservationValues("Ansvaret ligger fast"), by=leader
    )
    adopted = ProofValues(FulfillingEvent.ADOPTED, date(2025, 2, 11), text="Protokollen")
    proof = proofs.record(occurrence=obligation.occurrences.get(), values=adopted, by=leader)
    return obligation, reservation, proof


def queries(client: Client, url: str) -> int:
    """How many queries the page asks, once the session and its user are warm."""
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def queries_do_not_grow(client: Client, url: str, add: Callable[[int], object]) -> None:
    """The page asks as many queries with 2 rows as with 12; `add(number)` makes a row."""
    for number in range(2):
        add(number)
    few = queries(client, url)
    for number in range(2, 12):
        add(number)
    assert queries(client, url) == few
