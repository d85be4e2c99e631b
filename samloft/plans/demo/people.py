"""Places, organisations and roles of the demo."""

from dataclasses import dataclass

from samloft.accounts.actions import demo_users, organisations
from samloft.accounts.actions.organisations import OrganisationValues
from samloft.accounts.models import Organisation, OrganisationKind, User
from samloft.places.actions import municipalities
from samloft.places.actions.municipalities import MunicipalityValues
from samloft.places.models import County, Municipality

MINISTRY = "Kommunal- og distriktsdepartementet"
GOVERNOR = "Statsforvalteren i Østfold, Buskerud, Oslo og Akershus"
COUNTY_AUTHORITY = "Østfold fylkeskommune"
EVALUATOR = "Byantropologene"
INDRE_OSTFOLD, FREDRIKSTAD, OSLO = "Indre Østfold kommune", "Fredrikstad kommune", "Oslo kommune"


@dataclass(frozen=True)
class People:
    """Who the visitor may choose to be, by key, and the organisations by name."""

    users: dict[str, User]
    organisations: dict[str, Organisation]

    def __getitem__(self, key: str) -> User:
        return self.users[key]


_COUNTIES = (("31", "Østfold"), ("03", "Oslo"))
_MUNICIPALITIES = (
    ("3118", "Indre Østfold", "31", INDRE_OSTFOLD),
    ("3107", "Fredrikstad", "31", FREDRIKSTAD),
    ("0301", "Oslo", "03", OSLO),
)
_OTHERS = (
    (MINISTRY, OrganisationKind.MINISTRY, None),
    (GOVERNOR, OrganisationKind.COUNTY_GOVERNOR, "31"),
    (COUNTY_AUTHORITY, OrganisationKind.COUNTY_AUTHORITY, "31"),
    (EVALUATOR, OrganisationKind.EVALUATOR, None),
)
# Key, address, role as shown, organisation.
_ROLES = (
    ("leader", "programleder.mysen", "Programleder i Mysen", INDRE_OSTFOLD),
    ("coordinator", "koordinator.mysen", "Koordinator for sysselsetting i Mysen", INDRE_OSTFOLD),
    ("director", "kommunedirektor.indreostfold", "Kommunedirektør i Indre Østfold", INDRE_OSTFOLD),
    ("secretary", "sekretariat.indreostfold", "Politisk sekretariat i Indre Østfold", INDRE_OSTFOLD),
    ("resident", "innbygger.mysen", "Innbygger i Mysen", None),
    ("leader_f", "programleder.fredrikstad", "Programleder i Fredrikstad", FREDRIKSTAD),
    ("coordinator_f", "koordinator.fredrikstad", "Koordinator for oppvekst i Fredrikstad", FREDRIKSTAD),
    ("board_f", "programstyret.fredrikstad", "Styremedlem i Fredrikstad", FREDRIKSTAD),
    ("director_f", "kommunedirektor.fredrikstad", "Kommunedirektør i Fredrikstad", FREDRIKSTAD),
    ("leader_o", "programleder.oslosor", "Programleder i Oslo sør", OSLO),
    ("leader_ost", "programleder.ostfold", "Kontakt i Østfold fylkeskommune", COUNTY_AUTHORITY),
    ("adviser", "radgiver.departementet", "Rådgiver i departementet", MINISTRY),
    ("governor", "radgiver.statsforvalteren", "Rådgiver hos statsforvalteren", GOVERNOR),
    ("evaluator", "evaluator", "Evaluator", EVALUATOR),
)


def gather() -> People:
    """Make what is missing of places, organisations and accounts, and give back all of them."""
    operator = demo_users.make(
        email=_address("drift"), name="Driftsansvarlig", organisation=None, is_operator=True
    )
    counties = {
        code: County.objects.filter(code=code).first()
        or municipalities.add_county(code=code, name=name, by=operator)
        for code, name in _COUNTIES
    }
    found: dict[str, Organisation] = {}
    for code, name, county, organisation in _MUNICIPALITIES:
        municipality = Municipality.objects.filter(code=code).first() or municipalities.add(
            values=MunicipalityValues(code=code, name=name, county=counties[county]), by=operator
        )
        found[organisation] = _organisation(
            OrganisationValues(organisation, OrganisationKind.MUNICIPALITY, municipality), operator
        )
    for name, kind, county_code in _OTHERS:
        county_of = counties[county_code] if county_code else None
        found[name] = _organisation(OrganisationValues(name, kind, county=county_of), operator)
    users = {
        key: demo_users.make(
            email=_address(address),
            name=name,
            organisation=found[organisation] if organisation else None,
            is_operator=False,
        )
        for key, address, name, organisation in _ROLES
    }
    return People({**users, "operator": operator}, found)


def _address(name: str) -> str:
    return f"{name}@demo.samloft.invalid"


def _organisation(values: OrganisationValues, operator: User) -> Organisation:
    known = Organisation.objects.filter(name=values.name).first()
    return known or organisations.add(values=values, by=operator)
