"""Indicators, areas and figures for tests."""

from datetime import UTC, datetime

from samloft.accounts.models import User
from samloft.indicators.actions import goal_targets
from samloft.indicators.actions.goal_targets import TargetValues
from samloft.indicators.figures import year_of
from samloft.indicators.models import (
    Aggregation,
    Direction,
    GoalTarget,
    ImportState,
    Indicator,
    IndicatorDefinition,
    Observation,
    StatisticsImport,
)
from samloft.places.models import Area, AreaKind, Municipality
from samloft.programmes.models import Goal

Place = tuple[Indicator, Area, str]
Value = float | str | tuple[float, float]


def make_indicator(key: str = "low_income", **fields: object) -> Indicator:
    """An indicator in percent of which more is worse, with a definition."""
    values = {
        "unit": "%",
        "direction": Direction.HIGHER_IS_WORSE,
        "aggregation": Aggregation.RATIO_OF_SUMS,
        "position": Indicator.objects.count(),
        "counts_people": fields.get("aggregation") in (Aggregation.SUM, Aggregation.LAST),
        **fields,
    }
    indicator, made = Indicator.objects.get_or_create(key=key, defaults=values)
    if made:
        name = f"Lavinntekt {key}"
        IndicatorDefinition.objects.create(
            indicator=indicator, name_nb=name, name_nn=name, name_en=f"Low income {key}", source="Prøvebyrået"
        )
    return indicator


def make_zone(municipality: Municipality, code: str, name: str = "", parent: Area | None = None) -> Area:
    return Area.objects.create(
        kind=AreaKind.ZONE, code=code, name=name or f"Sone {code}", municipality=municipality, parent=parent
    )


def make_municipality_area(municipality: Municipality) -> Area:
    return Area.objects.create(
        kind=AreaKind.MUNICIPALITY, code=municipality.code, name=municipality.name, municipality=municipality
    )


def deliver(by: User, figures: dict[Place, Value], **facts: object) -> StatisticsImport:
    """A delivery in use. A text is why the figure is missing; a pair is numerator and denominator."""
    batch = StatisticsImport.objects.create(
        state=ImportState.VISIBLE,
        title="Levering",
        made_by=by,
        **{
            "source": "Prøvebyrået",
            "table_id": "01234",
            "retrieved_at": datetime(2025, 3, 1, tzinfo=UTC),
            **facts,
        },
    )
    Observation.objects.bulk_create(
        Observation(
            indicator=indicator, area=area, period=period, year=year_of(period), batch=batch, **_value(what)
        )
        for (indicator, area, period), what in figures.items()
    )
    return batch


def _value(what: Value) -> dict[str, object]:
    if isinstance(what, str):
        return {"value": None, "missing": what}
    if isinstance(what, tuple):
        return {"value": 100 * what[0] / what[1], "numerator": what[0], "denominator": what[1]}
    return {"value": what}


def aim_at(goal: Goal, indicator: Indicator, area: Area, by: User | None = None, **values: object) -> GoalTarget:
    return goal_targets.add(
        goal=goal, indicator=indicator, area=area, values=TargetValues(**values), by=by or User.objects.all()[0]
    )
