"""Keeps the catalogue of indicators (F1). Operators change it; a new meaning is a new version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken, StaleEdit
from samloft.indicators.models import Aggregation, Direction, Indicator, IndicatorDefinition, Level, Observation
from samloft.indicators.queries.aggregation import FACTORS
from samloft.indicators.remaking import remake_for_indicator

# What every installation begins with.
FILE = Path(__file__).resolve().parent.parent / "catalogue.yaml"


@dataclass(frozen=True)
class IndicatorValues:
    unit: str
    decimals: int
    direction: str
    levels: list[str]
    aggregation: str
    counts_people: bool = False
    small_count: int | None = None
    may_be_public: bool = True


@dataclass(frozen=True)
class DefinitionValues:
    """What the indicator means and where it comes from; `change_note` says what is new about that."""

    name_nb: str
    name_nn: str
    name_en: str
    description: str = ""
    numerator: str = ""
    denominator: str = ""
    source: str = ""
    table_id: str = ""
    lag_months: int | None = None
    update_rhythm: str = ""
    licence: str = ""
    valid_from: date | None = None
    change_note: str = ""


@transaction.atomic
def enter_missing() -> int:
    """Enter the indicators of the file that are not there, and return how many. Those that are there are kept."""
    known = set(Indicator.objects.values_list("key", flat=True))
    entries = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    missing = [(place, entry) for place, entry in enumerate(entries, start=1) if entry["key"] not in known]
    for place, entry in missing:
        _enter(place, entry)
    return len(missing)


@transaction.atomic
def add(*, key: str, values: IndicatorValues, definition: DefinitionValues, by: User) -> Indicator:
    _check(values, by)
    if Indicator.objects.filter(key=key).exists():
        raise RuleBroken(_("There is already an indicator with this key. Choose another."))
    last = Indicator.objects.order_by("-position").values_list("position", flat=True).first() or 0
    return _create(key, last + 1, values, definition, by)


@transaction.atomic
def change(
    *, indicator: Indicator, values: IndicatorValues, definition: DefinitionValues, version: int | None, by: User
) -> Indicator:
    """What it is counted in and how is changed in place; another meaning is a new version of the definition."""
    _check(values, by)
    stored, changed = editing.change(indicator, vars(values), version=version)
    if "unit" in changed and Observation.objects.filter(indicator=stored).exists():
        raise RuleBroken(_("There are figures in the old unit. Make a new indicator for the new unit."))
    latest = stored.definitions.order_by("-number").first()
    meant = _meaning(vars(definition))
    renewed = [name for name, value in meant.items() if latest is None or getattr(latest, name) != value]
    if renewed:
        _renew(stored, latest, definition, version if not changed else None)
    if changed or renewed:
        number = (latest.number if latest else 0) + bool(renewed)
        data: Mapping[str, audit.AuditValue] = {"fields": sorted([*changed, *renewed]), "definition": number}
        audit.record("indicator.changed", stored, by=by, data=data)
    if "aggregation" in changed:
        remake_for_indicator.enqueue(stored.pk)
    return stored


def _renew(
    stored: Indicator, latest: IndicatorDefinition | None, definition: DefinitionValues, version: int | None
) -> None:
    if version is not None and stored.version != version:
        raise StaleEdit(
            _("Someone else saved this while you were writing. Your text is kept below; compare and save again."),
            current=_meaning({name: getattr(latest, name) for name in vars(definition)}),
            version=stored.version,
        )
    if not definition.change_note:
        raise RuleBroken(_("Say what is new in this version, so that those who read the figures know."))
    if version is not None:
        stored.version += 1
        stored.save(update_fields=["version"])
    number = (latest.number if latest else 0) + 1
    IndicatorDefinition.objects.create(indicator=stored, number=number, **vars(definition))


def _meaning(values: Mapping[str, Any]) -> dict[str, Any]:
    """All but what tells about the change itself."""
    return {name: value for name, value in values.items() if name not in ("change_note", "valid_from")}


def _enter(place: int, entry: Mapping[str, Any]) -> None:
    values = {name: entry[name] for name in ("unit", "decimals", "direction", "levels", "aggregation")}
    values["counts_people"] = entry.get(
        "counts_people", entry["aggregation"] in (Aggregation.SUM, Aggregation.LAST)
    )
    meaning = {name: value for name, value in entry.items() if name not in values and name != "key"}
    _create(entry["key"], place, IndicatorValues(**values), DefinitionValues(**meaning), None)


def _create(
    key: str, position: int, values: IndicatorValues, definition: DefinitionValues, by: User | None
) -> Indicator:
    made = Indicator.objects.create(key=key, position=position, **vars(values))
    IndicatorDefinition.objects.create(indicator=made, number=1, **vars(definition))
    audit.record("indicator.added", made, by=by, data={"key": key})
    return made


def _check(values: IndicatorValues, by: User) -> None:
    if not by.is_operator:
        raise RuleBroken(_("Only those who operate this installation keep the catalogue of indicators."))
    if not values.levels:
        raise RuleBroken(_("Choose at least one level that the indicator exists for."))
    if values.counts_people and values.unit in FACTORS:
        raise RuleBroken(
            _("%(unit)s is the unit of a share, not of a number of people. Take another unit or something else.")
            % {"unit": values.unit}
        )
    Direction(values.direction)
    Aggregation(values.aggregation)
    for level in values.levels:
        Level(level)
