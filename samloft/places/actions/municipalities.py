"""Adds and changes counties and municipalities. Done by those who operate the installation."""

from dataclasses import dataclass

from django.db import models, transaction
from django.utils.translation import gettext as _

from samloft.core import audit
from samloft.core.errors import RuleBroken
from samloft.places.models import County, LanguageForm, Municipality


@dataclass(frozen=True)
class MunicipalityValues:
    """`code` is the four-digit number, as text because it may begin with 0."""

    code: str
    name: str
    county: County
    language_form: str = LanguageForm.BOKMAL


@transaction.atomic
def add_county(*, code: str, name: str, by: models.Model | None) -> County:
    if not (len(code) == 2 and code.isdecimal()):
        raise RuleBroken(_("A county code has two digits."))
    if County.objects.filter(code=code).exists():
        raise RuleBroken(_("There is already a county with this code."))
    county = County.objects.create(code=code, name=name)
    audit.record("county.added", county, by=by, data={"code": code})
    return county


@transaction.atomic
def add(*, values: MunicipalityValues, by: models.Model | None) -> Municipality:
    _check(values, None)
    municipality = Municipality.objects.create(
        code=values.code, name=values.name, county=values.county, language_form=values.language_form
    )
    audit.record("municipality.added", municipality, by=by, data={"code": values.code})
    return municipality


@transaction.atomic
def change(*, municipality: Municipality, values: MunicipalityValues, by: models.Model | None) -> Municipality:
    stored = Municipality.objects.select_for_update().get(pk=municipality.pk)
    _check(values, stored)
    changed = [name for name, value in vars(values).items() if getattr(stored, name) != value]
    if changed:
        for name in changed:
            setattr(stored, name, getattr(values, name))
        stored.save(update_fields=changed)
        audit.record("municipality.changed", stored, by=by, data={"fields": sorted(changed)})
    return stored


def _check(values: MunicipalityValues, municipality: Municipality | None) -> None:
    if not (len(values.code) == 4 and values.code.isdecimal()):
        raise RuleBroken(_("A municipality code has four digits."))
    same = Municipality.objects.filter(code=values.code)
    if municipality is not None:
        same = same.exclude(pk=municipality.pk)
    if same.exists():
        raise RuleBroken(_("There is already a municipality with this code."))
