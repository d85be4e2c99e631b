"""Every field says what it tells about a person, in the commit that adds it."""

import importlib

import pytest
from django.apps import apps
from django.db import models

from samloft.accounts.models import User
from samloft.config import personal_data
from samloft.core.personal_data import PersonalData, Register
from tests.house.sources import PACKAGE

OURS = {path.parent.parent.name for path in PACKAGE.glob("*/models/__init__.py")} - {"core"}
REGISTERS: dict[str, Register] = {
    **personal_data.PERSONAL_DATA,
    **{app: importlib.import_module(f"samloft.{app}.personal_data").PERSONAL_DATA for app in OURS},
}
MODELS = apps.get_models(include_auto_created=True)


def _where(label: str) -> str:
    return f"samloft/{label if label in OURS else 'config'}/personal_data.py"


def _fields(model: type[models.Model]) -> dict[str, models.Field]:
    return {f.name: f for f in model._meta.concrete_fields if not (f.primary_key and f.auto_created)}


def _classes(model: type[models.Model]) -> dict[str, PersonalData]:
    register = REGISTERS.get(model._meta.app_label, {}).get(model._meta.object_name or "", {})
    return {name: kind for kind, names in register.items() for name in names.split()}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_is_classified(model: type[models.Model]) -> None:
    unclassified = sorted(set(_fields(model)) - set(_classes(model)))
    assert not unclassified, (
        f"Say in {_where(model._meta.app_label)} what these fields of {model.__name__} tell about a person: "
        f"{unclassified}"
    )


def test_nothing_is_classified_that_is_not_there() -> None:
    there = {(m._meta.app_label, m._meta.object_name): set(_fields(m)) for m in MODELS}
    gone = [
        f"{label}.{name}.{field}"
        for label, register in REGISTERS.items()
        for name, classes in register.items()
        for fields in classes.values()
        for field in fields.split()
        if field not in there.get((label, name), set())
    ]
    assert not gone, f"Remove these from the registers of personal data: {gone}"


def test_no_field_is_classified_twice() -> None:
    twice = [
        f"{label}.{name}"
        for label, register in REGISTERS.items()
        for name, classes in register.items()
        if len(fields := " ".join(classes.values()).split()) != len(set(fields))
    ]
    assert not twice, f"Classify each field once: {twice}"


def test_a_field_that_points_at_a_user_is_an_identifier() -> None:
    wrong = [
        f"{model._meta.label}.{name}"
        for model in MODELS
        for name, field in _fields(model).items()
        if field.related_model is User and _classes(model).get(name) != PersonalData.IDENTIFIER
    ]
    assert not wrong, f"Classify these as IDENTIFIER: {wrong}"


def test_a_text_without_a_limit_is_never_taken_for_harmless() -> None:
    """What people write at length may name someone; texts of the state and of the machine are listed."""
    written_by_no_user = {
        "NationalGoal.text",
        "PlanImport.refusal",
        "DBTaskResult.task_path",
        "DBTaskResult.exception_class_path",
    }
    wrong = [
        f"{model.__name__}.{name}"
        for model in MODELS
        for name, field in _fields(model).items()
        if isinstance(field, models.TextField) and _classes(model).get(name) == PersonalData.NONE
    ]
    assert set(wrong) <= written_by_no_user, f"Classify these as FREE_TEXT: {set(wrong) - written_by_no_user}"
