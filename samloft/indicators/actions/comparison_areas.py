"""Choosing the areas that an area is held up against (F5)."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core.errors import RuleBroken
from samloft.places.actions import areas
from samloft.places.models import Area, AreaKind

# More than these nobody can tell apart in a chart.
MOST = 4
# Figures of these are open to all; those of smaller areas belong to their municipality (L1).
OPEN = (AreaKind.MUNICIPALITY, AreaKind.COUNTY, AreaKind.COUNTRY)


@transaction.atomic
def choose(*, area: Area, compared_with: Collection[Area], by: User) -> None:
    """These, and no others. What lies inside another municipality cannot be chosen: its figures are its own."""
    if len(compared_with) > MOST:
        raise RuleBroken(_("Choose at most %(most)d areas, so that they can be told apart.") % {"most": MOST})
    for other in compared_with:
        if other.kind not in OPEN and other.municipality_id != area.municipality_id:
            raise RuleBroken(
                _("“%(area)s” lies in another municipality, whose figures are its own.") % {"area": other.name}
            )
    areas.set_comparisons(area=area, compared_with=compared_with, by=by)
