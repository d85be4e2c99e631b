"""Storing the outlines of areas, all of them or none (F4)."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from samloft.core import audit
from samloft.core.errors import RuleBroken
from samloft.places.geojson import Outline
from samloft.places.models import Area, AreaKind, County, Municipality

# Whose areas the outlines are: a municipality's own; a county and its municipalities; else all larger areas.
Territory = Municipality | County | None

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
def store(*, territory: Territory, values: OutlineValues, by: models.Model | None) -> Stored:
    """Give the areas their outlines by code, and make a municipality's that are new when that is wanted."""
    known: defaultdict[str, list[Area]] = defaultdict(list)  # a zone and a district may share a code
    for area in within(territory).select_for_update(of=("self",)).order_by("pk"):
        known[area.code].append(area)
    matched = [outline for outline in values.outlines if outline.code in known]
    may_add = values.new_kind and isinstance(territory, Municipality)
    new = [outline for outline in values.outlines if outline.code not in known] if may_add else []
    if not matched and not new:
        raise RuleBroken(_("No code in the file is that of an area here. Was the right property chosen?"))
    if values.new_kind and values.new_kind not in NEW_KINDS:
        raise RuleBroken(_("Choose what kind of area the new codes are."))
    if unnamed := [outline.code for outline in new if not outline.name]:
        raise RuleBroken(
            _("These new areas have no name: %(codes)s. Choose the property that holds it.")
            % {"codes": ", ".join(unnamed[:10])}
        )
    drawn = [(area, outline.geometry) for outline in matched for area in known[outline.code]]
    for area, geometry in drawn:
        area.geometry = geometry
    Area.objects.bulk_update([area for area, _geometry in drawn], ["geometry"], batch_size=200)
    made = _made(new, territory, values) if isinstance(territory, Municipality) else []
    audit.record(
        "outlines.stored",
        territory or drawn[0][0],
        by=by,
        data={
            "changed": sorted(outline.code for outline in matched)[:500],
            "added": sorted(area.code for area in made)[:500],
        },
    )
    return Stored(len(matched), len(made))


def _made(new: Collection[Outline], municipality: Municipality, values: OutlineValues) -> list[Area]:
    taken = Area.objects.filter(kind=values.new_kind, code__in=[outline.code for outline in new])
    if codes := sorted(set(taken.values_list("code", flat=True))):
        message = _(
            "Other areas have these codes already: %(codes)s. Put the number of the municipality in front of them "
            "in the file, such as %(example)s."
        )
        example = f"{municipality.code}-{codes[0]}"
        raise RuleBroken(message % {"codes": ", ".join(codes[:10]), "example": example})
    parent = Area.objects.filter(kind=AreaKind.MUNICIPALITY, code=municipality.code).order_by("-pk").first()
    return Area.objects.bulk_create(
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


def within(territory: Territory) -> models.QuerySet[Area]:
    """The areas with codes in use that an outline can be meant for."""
    in_use = Area.objects.filter(valid_to__isnull=True).exclude(code="")
    if isinstance(territory, Municipality):
        return in_use.filter(municipality=territory)
    if isinstance(territory, County):
        # What lies inside a municipality is the municipality's to draw.
        inside = Q(kind=AreaKind.MUNICIPALITY, municipality__county=territory)
        return in_use.filter(inside | Q(kind=AreaKind.COUNTY, county=territory))
    return in_use.filter(kind__in=(AreaKind.COUNTRY, AreaKind.COUNTY, AreaKind.MUNICIPALITY))
