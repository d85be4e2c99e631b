from samloft.indicators.models.baselines import Baseline, BaselineFigure
from samloft.indicators.models.goal_targets import GoalTarget
from samloft.indicators.models.imports import ALLOWED, PATIENCE, ImportState, StatisticsImport
from samloft.indicators.models.indicators import (
    SMALL_COUNT,
    Aggregation,
    Direction,
    Indicator,
    IndicatorDefinition,
    Level,
)
from samloft.indicators.models.observations import LatestFigure, Missing, Observation, Sex
from samloft.indicators.models.outlines import OutlineUpload
from samloft.indicators.models.releases import Release
from samloft.indicators.models.statistics_banks import FetchState, Interface, StatisticsBank, StatisticsFetch

__all__ = [
    "ALLOWED",
    "PATIENCE",
    "SMALL_COUNT",
    "Aggregation",
    "Baseline",
    "BaselineFigure",
    "Direction",
    "FetchState",
    "GoalTarget",
    "ImportState",
    "Indicator",
    "IndicatorDefinition",
    "Interface",
    "LatestFigure",
    "Level",
    "Missing",
    "Observation",
    "OutlineUpload",
    "Release",
    "Sex",
    "StatisticsBank",
    "StatisticsFetch",
    "StatisticsImport",
]
