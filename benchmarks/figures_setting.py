"""The places, the programmes and the file that millions of figures are measured with."""

import json
import os
from pathlib import Path

from samloft.accounts.actions import demo_users, organisations
from samloft.accounts.actions.organisations import OrganisationValues
from samloft.accounts.models import OrganisationKind, User
from samloft.indicators.actions import catalogue
from samloft.indicators.models import Indicator
from samloft.places.models import Area, AreaKind, ComparisonArea, County, Municipality
from samloft.programmes.actions import programmes
from samloft.programmes.actions.programmes import ProgrammeValues
from samloft.programmes.models import Basis, Programme

# Municipalities have about so many zones each.
ZONES_EACH = 14


def people() -> User:
    return demo_users.make(email="drift@example.org", name="Drift", organisation=None, is_operator=True)


def areas(zones: int) -> None:
    """Straight into the tables: these are not what is measured."""
    municipalities = max(zones // ZONES_EACH, 2)
    country = Area.objects.create(kind=AreaKind.COUNTRY, code="0", name="Landet")
    county_row = County.objects.create(code="90", name="Prøvefylket")
    county = Area.objects.create(
        kind=AreaKind.COUNTY, code="90", name="Prøvefylket", county=county_row, parent=country
    )
    rows = Municipality.objects.bulk_create(
        Municipality(code=str(1000 + n), name=f"Kommune {n}", county=county_row) for n in range(municipalities)
    )
    owners = Area.objects.bulk_create(
        Area(kind=AreaKind.MUNICIPALITY, code=row.code, name=row.name, municipality=row, parent=county)
        for row in rows
    )
    Area.objects.bulk_create(
        Area(
            kind=AreaKind.ZONE,
            code=f"{owner.code}{number:04}",
            name=f"Sone {number}",
            municipality=owner.municipality,
            parent=owner,
        )
        for number, owner in ((n, owners[n % municipalities]) for n in range(zones))
    )


def programmes_of(by: User) -> tuple[Programme, Programme, User]:
    """One of a municipality, one of the county with all its zones, and the leader of both."""
    county = County.objects.get()
    municipality = Municipality.objects.order_by("code")[1]
    home = organisations.add(
        values=OrganisationValues("Kommunen", OrganisationKind.MUNICIPALITY, municipality), by=by
    )
    leader = demo_users.make(email="leder@example.org", name="Programleder", organisation=home, is_operator=False)

    def start(slug: str, owner: Municipality | County) -> Programme:
        values = ProgrammeValues(name=f"Program {slug}", basis=Basis.AGREEMENT, purpose="Måling")
        return programmes.start(slug=slug, owner=owner, values=values, leader=leader, by=by)

    return start("kommunen", municipality), start("fylket", county), leader


def indicators(count: int) -> list[str]:
    catalogue.enter_missing()
    return list(Indicator.objects.order_by("position").values_list("key", flat=True))[:count]


def compare(zone: Area) -> None:
    """The zone is compared with two others, as its page then shows."""
    others = Area.objects.filter(kind=AreaKind.ZONE).exclude(municipality=zone.municipality).order_by("pk")[:2]
    ComparisonArea.objects.bulk_create(ComparisonArea(area=zone, compared_with=other) for other in others)


def file_of(name: str, codes: list[str], keys: list[str], years: int) -> Path:
    """A JSON-stat file as programs write it for people, one figure a line."""
    dimensions = {"Region": codes, "ContentsCode": keys, "Tid": [str(2010 + n) for n in range(years)]}
    described = {
        "version": "2.0",
        "class": "dataset",
        "label": "Prøvetall",
        "id": list(dimensions),
        "size": [len(categories) for categories in dimensions.values()],
        "role": {"geo": ["Region"], "metric": ["ContentsCode"], "time": ["Tid"]},
        "dimension": {name: {"category": {"index": categories}} for name, categories in dimensions.items()},
    }
    path = Path(os.environ["SAMLOFT_DATA"]) / f"{name}.json"
    with path.open("w", encoding="ascii") as out:
        out.write(json.dumps(described, indent=2)[:-2] + ',\n  "value": [\n')
        pad, last = " " * 56, len(codes) * len(keys) * years - 1
        for at in range(last + 1):
            out.write(f"{pad}{(at * 7919 % 100_003) / 1000:.8f}{',' if at < last else ''}\n")
        out.write("  ]\n}\n")
    return path
