"""The home municipality of the cast with zones, outlines and figures."""

from collections.abc import Sequence

from samloft.accounts.models import User
from samloft.indicators.models import Aggregation, Direction, Indicator, Level
from samloft.places.models import Area, AreaKind, Municipality
from tests.indicators.east import deliver, indicator, population, row

YEARS = (2020, 2021, 2022, 2023, 2024)


class Elvestad:
    """Country, county, municipality and so many zones, the first of them worst off, and the gap of it widening."""

    def __init__(self, by: User, zones: int = 6, *, filled: bool = True) -> None:
        self.row = Municipality.objects.get(code="9001")
        self.country = Area.objects.create(kind=AreaKind.COUNTRY, code="0", name="Hele landet")
        self.county = Area.objects.create(
            kind=AreaKind.COUNTY, code="90", name="Prøvefylket", parent=self.country, county=self.row.county
        )
        self.municipality = Area.objects.create(
            kind=AreaKind.MUNICIPALITY,
            code="9001",
            name="Elvestad",
            municipality=self.row,
            parent=self.county,
            is_divided=True,
        )
        self.zones = [self.zone(number) for number in range(1, zones + 1)]
        self.poor = indicator("poor")
        self.work = indicator("work", direction=Direction.HIGHER_IS_BETTER)
        self.young = indicator("young", direction=Direction.NEUTRAL)
        self.grades = indicator(
            "grades", unit="poeng", levels=[Level.MUNICIPALITY], aggregation=Aggregation.NOT_AGGREGABLE
        )
        self.people = population()
        if filled:
            self.fill(by)

    def zone(self, number: int) -> Area:
        return Area.objects.create(
            kind=AreaKind.ZONE,
            code=f"900101{number:02d}",
            name=f"Sone {number:02d} (syntetisk)",
            municipality=self.row,
            parent=self.municipality,
            geometry=outline(number),
            is_synthetic=True,
        )

    def fill(self, by: User) -> None:
        rows = []
        for at, year in enumerate(YEARS):
            for area, poor in ((self.municipality, 9), (self.county, 8), (self.country, 7)):
                rows += [
                    row(self.poor, area, year, numerator=poor * 10, denominator=1000),
                    row(self.work, area, year, 75.0),
                    row(self.young, area, year, 20.0),
                ]
            for number, area in enumerate(self.zones):
                poor = 15 + at if number == 0 else 10 - number
                rows += [
                    row(self.poor, area, year, numerator=max(poor, 1), denominator=100),
                    row(self.work, area, year, 60.0 + number),
                    row(self.young, area, year, 30.0 - number),
                    row(self.people, area, year, 100.0 + number),
                ]
        rows.append(row(self.grades, self.municipality, 2024, 41.5))
        deliver(
            by,
            rows,
            source="Prøvebyrået",
            table_id="01234",
            licence="CC BY 4.0",
            is_synthetic=True,
        )


def outline(number: int) -> dict[str, object]:
    west = 11 + number / 10
    corners: Sequence[Sequence[float]] = [
        [west, 59.5],
        [west + 0.1, 59.5],
        [west + 0.1, 59.6],
        [west, 59.6],
        [west, 59.5],
    ]
    return {"type": "Polygon", "coordinates": [corners]}


def more_indicators(place: Elvestad, by: User, number: int) -> list[Indicator]:
    """So many more, with a figure in each zone and in the municipality."""
    made = [indicator(f"more_{n}", position=100 + n) for n in range(number)]
    rows = [
        row(one, area, year, float(number + year - 2020))
        for one in made
        for number, area in enumerate((place.municipality, *place.zones))
        for year in YEARS
    ]
    deliver(by, rows, source="Prøvebyrået")
    return made
