"""Storing the outlines of areas, all of them or none (F4)."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import models, transaction
from django.utils.translation import gettext as _

from samloft.core import audit
from samloft.core.errors import RuleBroken
from samloft.places.geojson import Outline
from samloft.places.models import Area, AreaKind, Municipality

# What a municipality may make of codes that it did not have.
NEW_KINDS = (AreaKind.ZONE, AreaKind.BASIC_UNIT, AreaKind.DISTRICT)


@dataclass(frozen=True)
class Stored:
    changed: int
    added: int


@dataclass(frozen=True)
class OutlineValues:
    """`new_kind` is what areas with unknown codes become; "" leaves them out."""

    outlines: Collection[Outline]
    new_kind: str = ""
    is_synthetic: bool = False


@transaction.atomic
def store(*, municipality: Municipality, values: OutlineValues, by: models.Model | None) -> Stored:
    """Give the municipality's areas their outlines by code, and make those that are new when that is wanted."""
    known = {area.code: area for area in of_municipality(municipality).select_for_update().order_by("pk")}
    matched = [outline for outline in values.outlines if outline.code in known]
    new = [outline for outline in values.outlines if outline.code not in known] if values.new_kind else []
    if not matched and not new:
        raise RuleBroken(
            _("No code in the file is that of an area of %(municipality)s. Was the right property chosen?")
            % {"municipality": municipality.name}
        )
    if values.new_kind and values.new_kind not in NEW_KINDS:
        raise RuleBroken(_("Choose what kind of area the new codes are."))
    if unnamed := [outline.code for outline in new if not outline.name]:
        raise RuleBroken(
            _("These new areas have no name: %(codes)s. Choose the property that holds it.")
            % {"codes": ", ".join(unnamed[:10])}
        )
    for outline in matched:
        known[outline.code].geometry = outline.geometry
    Area.objects.bulk_update([known[outline.code] for outline in matched], ["geometry"], batch_size=200)
    parent = Area.objects.filter(kind=AreaKind.MUNICIPALITY, code=municipality.code).order_by("-pk").first()
    made = Area.objects.bulk_create(
        Area(
            kind=values.new_kind,
            code=outline.code,
            name=outline.name,
            municipality=municipality,
            parent=parent,
            geometry=outline.geometry,
            is_synthetic=values.is_synthetic,
        )
        for outline in new
    )
    audit.record(
        "municipality.outlines_stored",
        municipality,
        by=by,
        data={
            "code": municipality.code,
            "changed": sorted(outline.code for outline in matched)[:500],
            "added": sorted(area.code for area in made)[:500],
        },
    )
    return Stored(len(matched), len(made))


def of_municipality(municipality: Municipality) -> models.QuerySet[Area]:
    """The areas that an outline can be meant for: those of the municipality that have a code, and itself."""
    inside = Area.objects.filter(municipality=municipality).exclude(code="")
    return inside.filter(valid_to__isnull=True)
