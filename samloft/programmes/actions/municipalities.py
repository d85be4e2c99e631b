"""Municipalities with the language form and logo that their documents carry. Operators keep them."""

import re
import uuid
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit
from samloft.core.errors import RuleBroken
from samloft.places.actions import in_step
from samloft.places.models import Area, AreaKind, County, LanguageForm, Municipality
from samloft.programmes.actions import files

# A logo goes into every document, so it is kept small.
LOGO_LIMIT = 1024 * 1024


@dataclass(frozen=True)
class MunicipalityValues:
    """`county_name` is needed for the first municipality of a county that is not among the areas."""

    code: str
    name: str
    language_form: str = LanguageForm.BOKMAL
    county_name: str = ""


@transaction.atomic
def add(*, values: MunicipalityValues, by: User) -> Municipality:
    """The county follows from the first two digits of the municipality's code."""
    _require_operator(by)
    if not re.fullmatch(r"[0-9]{4}", values.code):
        raise RuleBroken(_("A municipality code has four digits, such as 3118."))
    if Municipality.objects.filter(code=values.code).exists():
        raise RuleBroken(_("There is already a municipality with the code %(code)s.") % {"code": values.code})
    county = County.objects.filter(code=values.code[:2]).first()
    if county is None:
        name = values.county_name or _known_name(values.code[:2])
        if not name:
            raise RuleBroken(
                _("This is the first municipality of county %(code)s. Write the county's name as well.")
                % {"code": values.code[:2]}
            )
        county = County.objects.create(code=values.code[:2], name=name)
    made = Municipality.objects.create(
        code=values.code, name=values.name, county=county, language_form=values.language_form
    )
    in_step.keep(today=timezone.localdate(), by=by)
    audit.record("municipality.added", made, by=by, data={"code": made.code})
    return made


def _known_name(county_code: str) -> str:
    """The name of the county among the areas with figures; "" when it is not there."""
    area = Area.objects.filter(kind=AreaKind.COUNTY, code=county_code).order_by("valid_from").last()
    return area.name if area else ""


@transaction.atomic
def change(*, municipality: Municipality, name: str, language_form: str, by: User) -> Municipality:
    """A new language form holds for documents made from now on."""
    _require_operator(by)
    stored = Municipality.objects.select_for_update().get(pk=municipality.pk)
    values = {"name": name, "language_form": language_form}
    changed = sorted(key for key, value in values.items() if getattr(stored, key) != value)
    if changed:
        stored.name, stored.language_form = name, language_form
        stored.save(update_fields=changed)
        audit.record(
            "municipality.changed", stored, by=by, data={"fields": changed, "language_form": language_form}
        )
    return stored


@transaction.atomic
def change_county(*, county: County, language_form: str, logo: "UploadedFile[Any] | None", by: User) -> County:
    """What a county's own programmes issue follows from here. Without an upload the logo stays."""
    _require_operator(by)
    stored = County.objects.select_for_update().get(pk=county.pk)
    changed = []
    if stored.language_form != language_form:
        stored.language_form = language_form
        changed.append("language_form")
    if logo is not None:
        _keep_logo(stored, logo)
        changed.append("logo")
    if changed:
        stored.save(update_fields=changed)
        audit.record("county.changed", stored, by=by, data={"fields": changed})
    return stored


@transaction.atomic
def set_logo(*, municipality: Municipality, upload: "UploadedFile[Any]", by: User) -> Municipality:
    """Keep a PNG or JPEG as the logo. Documents already issued keep the one they were issued with."""
    _require_operator(by)
    stored = Municipality.objects.select_for_update().get(pk=municipality.pk)
    size = _keep_logo(stored, upload)
    stored.save(update_fields=["logo"])
    audit.record("municipality.logo_set", stored, by=by, data={"size": size})
    return stored


def _keep_logo(place: Municipality | County, upload: "UploadedFile[Any]") -> int:
    """Store the picture and return its size in bytes; the row is saved by the caller."""
    name = files.clean_name(upload.name or "")
    content = files.read_limited(upload)
    if len(content) > LOGO_LIMIT:
        raise RuleBroken(_("The logo is larger than 1 MB. Save it in a smaller size."))
    if files.media_type_of(name, content) not in (files.PNG, files.JPEG):
        raise RuleBroken(_("The logo must be a PNG or JPEG picture."))
    ending = PurePosixPath(name).suffix.lower()
    place.logo.save(f"{uuid.uuid4().hex}{ending}", ContentFile(content), save=False)
    return len(content)


@transaction.atomic
def remove_logo(*, municipality: Municipality, by: User) -> Municipality:
    _require_operator(by)
    stored = Municipality.objects.select_for_update().get(pk=municipality.pk)
    stored.logo = ""
    stored.save(update_fields=["logo"])
    audit.record("municipality.logo_removed", stored, by=by)
    return stored


def _require_operator(by: User) -> None:
    if not by.is_operator:
        raise RuleBroken(_("Only those who operate this installation keep the municipalities."))
