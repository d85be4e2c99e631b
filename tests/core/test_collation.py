"""Names stand in the order that Norwegian readers expect, and the two databases agree on it."""

import random

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from samloft.accounts.models import Organisation, OrganisationKind, User
from samloft.core.collation import compare, norwegian_key
from samloft.places.models import Area, County, Municipality

IN_ORDER = [
    "Alta",
    "Bø",
    "Eidsvoll",
    "Éidsvåg",
    "Oslo sør",
    "Oslofjord",
    "Vik",
    "Zoo",
    "Ærfugl",
    "Ørsta",
    "Ås",
    "Aasen",
]


def _shuffled() -> list[str]:
    names = list(IN_ORDER)
    random.Random(1).shuffle(names)
    return names


def test_ae_oe_and_aa_come_last_in_that_order_whatever_their_case() -> None:
    assert sorted(["å", "Z", "ø", "Æ", "a", "Å", "æ", "Ø"], key=norwegian_key)[:2] == ["a", "Z"]
    assert [name.lower() for name in sorted(["Å", "ø", "Æ", "z"], key=norwegian_key)] == ["z", "æ", "ø", "å"]


def test_a_letter_written_with_a_combining_accent_sorts_as_the_whole_letter() -> None:
    assert norwegian_key("A\u030as") == norwegian_key("Ås")


def test_only_identical_texts_are_equal() -> None:
    assert compare("Vik", "Vik") == 0
    for other in ("vik", "Vík", "Vik "):
        assert compare("Vik", other) == -compare(other, "Vik") != 0


def _make_counties(names: list[str]) -> None:
    County.objects.bulk_create(County(code=f"{n:02}", name=name) for n, name in enumerate(names))


def _make_municipalities(names: list[str]) -> None:
    county = County.objects.create(code="99", name="Prøvefylket")
    Municipality.objects.bulk_create(
        Municipality(code=f"{n:04}", name=name, county=county) for n, name in enumerate(names)
    )


def _make_areas(names: list[str]) -> None:
    county = County.objects.create(code="99", name="Prøvefylket")
    town = Municipality.objects.create(code="9901", name="Elvestad", county=county)
    Area.objects.bulk_create(Area(municipality=town, name=name) for name in names)


def _make_organisations(names: list[str]) -> None:
    Organisation.objects.bulk_create(Organisation(name=name, kind=OrganisationKind.OTHER) for name in names)


def _make_users(names: list[str]) -> None:
    User.objects.bulk_create(User(name=name, email=f"{n}@example.org") for n, name in enumerate(names))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "make"),
    [
        (County, _make_counties),
        (Municipality, _make_municipalities),
        (Area, _make_areas),
        (Organisation, _make_organisations),
        (User, _make_users),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_database_sorts_names_as_norwegian(model: type[models.Model], make) -> None:
    make(_shuffled())
    names = model._default_manager.order_by("name").values_list("name", flat=True)
    assert [name for name in names if name != "Prøvefylket"] == IN_ORDER


@pytest.mark.django_db
def test_names_that_differ_in_case_or_accent_are_different_names() -> None:
    _make_organisations(["Vik", "vik", "Vík", "VIK"])
    assert Organisation.objects.get(name="vik").name == "vik"
    with pytest.raises(IntegrityError), transaction.atomic():
        _make_organisations(["Vik"])


def test_every_list_that_stands_in_the_order_of_names_is_sorted_as_norwegian() -> None:
    """A text field that a model is ordered by gets `db_collation="norwegian"`; codes and slugs are no text."""
    without = [
        f"{model._meta.label}.{name}"
        for model in apps.get_models()
        if model.__module__.startswith("samloft.")
        for name in ("name", "title")
        if {name, f"-{name}"} & set(model._meta.ordering)
        and getattr(model._meta.get_field(name), "db_collation", None) != "norwegian"
    ]
    assert not without, f'Give these fields db_collation="norwegian": {without}'
