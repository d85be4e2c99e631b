"""Areas, indicators and deliveries for the tests of this app."""

from collections.abc import Iterable
from datetime import date

from samloft.accounts.models import User
from samloft.indicators.actions import deliveries, latest_figures, observations
from samloft.indicators.actions.observations import Row
from samloft.indicators.models import (
    Aggregation,
    Direction,
    ImportState,
    Indicator,
    IndicatorDefinition,
    Level,
    StatisticsImport,
)
from samloft.places.models import Area, AreaKind, AreaSuccession, County, Municipality, SuccessionKind

MERGED = ("0122", "0123", "0124", "0125", "0138")


def indicator(key: str, **values: object) -> Indicator:
    """A share of sums unless the values say otherwise, with its first definition."""
    given = {
        "unit": "%",
        "direction": Direction.HIGHER_IS_WORSE,
        "aggregation": Aggregation.RATIO_OF_SUMS,
        "levels": [Level.MUNICIPALITY, Level.ZONE],
        **values,
    }
    made = Indicator.objects.create(key=key, **given)
    IndicatorDefinition.objects.create(
        indicator=made, name_nb=f"{key} nb", name_nn=f"{key} nn", name_en=f"{key} en", source="SSB"
    )
    return made


def population() -> Indicator:
    return indicator(
        "population_total",
        unit="personer",
        counts_people=True,
        decimals=0,
        direction=Direction.NEUTRAL,
        aggregation=Aggregation.SUM,
        levels=[Level.MUNICIPALITY, Level.ZONE],
    )


class East:
    """The country, three counties, Indre Østfold through its two mergers, and two zones in it."""

    def __init__(self) -> None:
        self.country = Area.objects.create(kind=AreaKind.COUNTRY, code="0", name="Landet")
        self.county_01 = _area(AreaKind.COUNTY, "01", None, self.country, None, "2019-12-31")
        self.county_30 = _area(AreaKind.COUNTY, "30", None, self.country, "2020-01-01", "2023-12-31")
        self.county_31 = _area(AreaKind.COUNTY, "31", None, self.country, "2024-01-01", None)
        county = County.objects.create(code="31", name="Østfold")
        self.municipality_row = Municipality.objects.create(code="3118", name="Indre Østfold", county=county)
        own = self.municipality_row
        self.merged = [
            _area(AreaKind.MUNICIPALITY, code, None, self.county_01, None, "2019-12-31") for code in MERGED
        ]
        self.viken = _area(AreaKind.MUNICIPALITY, "3014", None, self.county_30, "2020-01-01", "2023-12-31")
        self.municipality = _area(AreaKind.MUNICIPALITY, "3118", own, self.county_31, "2024-01-01", None)
        for old in self.merged:
            follows(old, self.viken, "2020-01-01", SuccessionKind.MERGED)
        follows(self.viken, self.municipality, "2024-01-01", SuccessionKind.RENUMBERED)
        self.zones = [
            _area(AreaKind.ZONE, code, own, self.municipality, None, None) for code in ("31180101", "31180102")
        ]


def divide(area: Area) -> Area:
    """All its parts are recorded."""
    Area.objects.filter(pk=area.pk).update(is_divided=True)
    area.is_divided = True
    return area


def follows(old: Area, new: Area, on: str, kind: SuccessionKind) -> AreaSuccession:
    return AreaSuccession.objects.create(predecessor=old, successor=new, on=date.fromisoformat(on), kind=kind)


def _area(
    kind: AreaKind, code: str, municipality: Municipality | None, parent: Area, start: str | None, end: str | None
) -> Area:
    return Area.objects.create(
        kind=kind,
        code=code,
        name=f"{kind} {code}",
        municipality=municipality,
        parent=parent,
        valid_from=date.fromisoformat(start) if start else None,
        valid_to=date.fromisoformat(end) if end else None,
    )


def row(measured: Indicator, area: Area, year: int, value: float | None = None, **more: object) -> Row:
    """`row(indicator, area, 2024, missing=":")`, or a share from `numerator` and `denominator`."""
    numerator, denominator = more.get("numerator"), more.get("denominator")
    if value is None and isinstance(numerator, int) and isinstance(denominator, int):
        value = 100 * numerator / denominator
    return Row(measured.pk, area.pk, str(year), year, value=value, **more)  # type: ignore[arg-type]


def delivery(by: User, **values: object) -> StatisticsImport:
    return StatisticsImport.objects.create(made_by=by, title="Fil", **{"state": ImportState.READ, **values})


def deliver(by: User, rows: Iterable[Row], **values: object) -> StatisticsImport:
    """The whole way: stored, made visible, and the latest figures made anew."""
    batch = deliveries.begin(batch=delivery(by, **values), by=by)
    observations.store(batch=batch, rows=rows)
    batch = deliveries.make_visible(batch=batch, by=by)
    latest_figures.rebuild(observations.affected(batch))
    return batch
