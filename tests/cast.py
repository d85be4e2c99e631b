"""The fixed cast of the tests: one programme, its bodies and everyone who meets it."""

from dataclasses import dataclass
from datetime import date

from samloft.accounts.models import Organisation, OrganisationKind, User
from samloft.places.models import Area, County, Municipality
from samloft.programmes.models import (
    Basis,
    Body,
    BodyKind,
    DecisionRight,
    FocusArea,
    Programme,
    Role,
    Seat,
    Step,
)

PASSWORD = "riktig-hest-batteri-stift"


@dataclass(frozen=True)
class Cast:
    """A programme with a rule for every step, and one person of each kind."""

    programme: Programme
    other_programme: Programme
    focus_areas: tuple[FocusArea, FocusArea, FocusArea]
    council: Body
    board: Body
    commissioner: Body
    management: Body
    ministry: Body
    programme_leader: User
    coordinator: User
    board_member: User
    municipal_director: User
    secretary: User
    ministry_adviser: User
    county_governor: User
    evaluator: User
    resident: User
    outsider: User
    operator: User


def assemble() -> Cast:
    """Make the cast in the test's database. The outsider leads a programme in another municipality."""
    county = County.objects.create(code="90", name="Prøvefylket")
    home = Municipality.objects.create(code="9001", name="Elvestad", county=county)
    away = Municipality.objects.create(code="9002", name="Åsmark", county=county, language_form="nn")
    organisations = {
        "home": Organisation.objects.create(
            name="Elvestad kommune", kind=OrganisationKind.MUNICIPALITY, municipality=home
        ),
        "away": Organisation.objects.create(
            name="Åsmark kommune", kind=OrganisationKind.MUNICIPALITY, municipality=away
        ),
        "ministry": Organisation.objects.create(name="Prøvedepartementet", kind=OrganisationKind.MINISTRY),
        "governor": Organisation.objects.create(
            name="Statsforvalteren", kind=OrganisationKind.COUNTY_GOVERNOR, county=county
        ),
        "evaluator": Organisation.objects.create(name="Evaluator", kind=OrganisationKind.EVALUATOR),
    }
    programme = Programme.objects.create(
        slug="elvestad", name="Områdeløft Elvestad", municipality=home, basis=Basis.AGREEMENT
    )
    programme.areas.add(Area.objects.create(municipality=home, name="Elvestad sentrum"))
    other = Programme.objects.create(
        slug="asmark", name="Områdeløft Åsmark", municipality=away, basis=Basis.AGREEMENT
    )
    focus_areas = tuple(
        FocusArea.objects.create(programme=programme, name=name, position=position)
        for position, name in enumerate(("Oppvekst og utdanning", "Arbeid", "Bo- og nærmiljø"), 1)
    )

    def body(name: str, kind: BodyKind, organisation: str = "home") -> Body:
        return Body(name=name, kind=kind, organisation=organisations[organisation])

    bodies = (
        body("Kommunestyret", BodyKind.COUNCIL),
        body("Programstyret", BodyKind.BOARD),
        body("Kommunedirektøren", BodyKind.COMMISSIONER),
        body("Programledelsen", BodyKind.MANAGEMENT),
        body("Departementet", BodyKind.MINISTRY, "ministry"),
    )
    # Nearly every test makes the cast, so what can be stored at once is.
    Body.objects.bulk_create(bodies)
    programme.bodies.add(*bodies)
    council, board, commissioner, management, ministry = bodies
    rights = (
        (Step.RECOMMEND_PLAN, board),
        (Step.ADOPT_PLAN, council),
        (Step.DISPATCH_PLAN, management),
        (Step.ANSWER_PLAN, ministry),
        (Step.ADOPT_GOALS, board),
        (Step.ACCEPT_GAP, board),
    )
    DecisionRight.objects.bulk_create(
        DecisionRight(programme=programme, step=step, body=decider) for step, decider in rights
    )
    seats: list[Seat] = []

    def person(email: str, name: str, organisation: str | None = "home", **fields: bool) -> User:
        return User.objects.create_user(
            f"{email}@example.no",
            PASSWORD,
            name=name,
            organisation=organisations[organisation] if organisation else None,
            **fields,
        )

    def seat(user: User, role: Role, at: Body | None = None, *, records: bool = False) -> None:
        seats.append(
            Seat(
                programme=programme,
                user=user,
                role=role,
                body=at,
                may_record=records,
                organisation=user.organisation,
                starts_on=date(2024, 1, 1),
            )
        )

    leader = person("leder", "Programleder")
    seat(leader, Role.PROGRAMME_LEADER, management, records=True)
    coordinator = person("koordinator", "Koordinator")
    seat(coordinator, Role.COORDINATOR)
    board_member = person("styremedlem", "Styremedlem")
    seat(board_member, Role.BOARD_MEMBER, board, records=True)
    director = person("direktor", "Kommunedirektør")
    seat(director, Role.MUNICIPAL_DIRECTOR, commissioner, records=True)
    secretary = person("sekretar", "Politisk sekretær")
    seat(secretary, Role.SECRETARY, council, records=True)
    adviser = person("departement", "Rådgiver i departementet", "ministry")
    seat(adviser, Role.MINISTRY_ADVISER, ministry, records=True)
    governor = person("statsforvalter", "Rådgiver hos statsforvalteren", "governor")
    seat(governor, Role.COUNTY_GOVERNOR)
    evaluator = person("evaluator", "Evaluator", "evaluator")
    seat(evaluator, Role.EVALUATOR)
    outsider = person("utenfor", "Programleder i Åsmark", "away")
    seats.append(Seat(programme=other, user=outsider, role=Role.PROGRAMME_LEADER))
    Seat.objects.bulk_create(seats)
    return Cast(
        programme=programme,
        other_programme=other,
        focus_areas=(focus_areas[0], focus_areas[1], focus_areas[2]),
        council=council,
        board=board,
        commissioner=commissioner,
        management=management,
        ministry=ministry,
        programme_leader=leader,
        coordinator=coordinator,
        board_member=board_member,
        municipal_director=director,
        secretary=secretary,
        ministry_adviser=adviser,
        county_governor=governor,
        evaluator=evaluator,
        resident=person("innbygger", "Innbygger", None),
        outsider=outsider,
        operator=person("drift", "Drift", "home", is_operator=True),
    )
