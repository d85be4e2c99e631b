"""What the dimensions of a file mean: the mapping, as people write it and as it is kept for the next file.

The schema is described for people in docs/statistics-mapping.md.
"""

from typing import Annotated, Any, Literal

from django.utils.translation import gettext_noop as _
from pydantic import BaseModel, ConfigDict, StringConstraints, field_validator

from samloft.core.files.yaml_text import wrong
from samloft.indicators.reading.cube import MISSING_SYMBOLS
from samloft.indicators.reading.periods import read_period

Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Kind = Literal["area", "period", "indicator", "sex", "age"]
KINDS: tuple[Kind, ...] = ("area", "period", "indicator", "sex", "age")
KIND_NAMES: dict[Kind, str] = {
    "area": _("Area"),
    "period": _("Period"),
    "indicator": _("Indicator"),
    "sex": _("Sex"),
    "age": _("Age"),
}


class Part(BaseModel):
    """One thing that the figures are told by. `codes` is category to what it is with us; empty means undecided."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dimension: Name | None = None
    codes: dict[Name, Name | None] = {}
    leave_out: tuple[Name, ...] = ()

    @property
    def is_fixed(self) -> bool:
        """Whether it is the same for all figures, and no dimension tells it."""
        return False


class AreaPart(Part):
    """`code` is the area when the file holds only one and has no dimension for it."""

    code: Name | None = None
    unknown: Literal["stop", "leave_out"] = "stop"

    @property
    def is_fixed(self) -> bool:
        return self.code is not None


class PeriodPart(Part):
    """`value` is the period when the file holds only one and has no dimension for it."""

    value: Name | None = None

    @property
    def is_fixed(self) -> bool:
        return self.value is not None

    @field_validator("value")
    @classmethod
    def _is_period(cls, value: str | None) -> str | None:
        if value is None:
            return None
        period = read_period(value)
        if period is None:
            raise wrong(
                _("“%(text)s” is no period. Write 2024, 2019-2021, 2024K1, 2024M01 or a date."), text=value
            )
        return period


class IndicatorPart(Part):
    """`key` is the indicator when all figures in the file are of one and no dimension says which.

    A category may also be the `key/numerator` or `key/denominator` of a share.
    """

    key: Name | None = None

    @property
    def is_fixed(self) -> bool:
        return self.key is not None


class StatisticsMapping(BaseModel):
    """`choice`, `decimal` and `figures` say how the file is read, the rest what it means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    table: Name | None = None
    choice: Name | None = None
    decimal: Literal[",", "."] | None = None
    figures: tuple[Name, ...] = ()
    area: AreaPart = AreaPart()
    period: PeriodPart = PeriodPart()
    indicator: IndicatorPart = IndicatorPart()
    sex: Part = Part()
    age: Part = Part()
    ignore: dict[Name, Name] = {}
    missing: dict[Name, Name] = {}
    source: Name | None = None
    licence: Name | None = None
    owner: Name | None = None

    @field_validator("missing")
    @classmethod
    def _are_symbols(cls, missing: dict[str, str]) -> dict[str, str]:
        for symbol in missing.values():
            if symbol not in MISSING_SYMBOLS:
                raise wrong(_("“%(text)s” is not one of the symbols . .. ... : -"), text=symbol)
        return missing

    def part(self, kind: Kind) -> Part:
        parts: dict[Kind, Part] = {
            "area": self.area,
            "period": self.period,
            "indicator": self.indicator,
            "sex": self.sex,
            "age": self.age,
        }
        return parts[kind]

    def plain(self) -> dict[str, Any]:
        """The mapping as plain values, without what is not said; it can be read back as YAML."""
        return self.model_dump(mode="json", exclude_defaults=True)
