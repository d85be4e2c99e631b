"""Who takes part in a measure, by sector (C1)."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.plans.models import Measure, Partner, Sector


@dataclass(frozen=True)
class PartnerValues:
    """An empty sector is unknown."""

    name: str
    sector: Sector | str = ""
    contribution: str = ""


@transaction.atomic
def add(*, measure: Measure, values: PartnerValues, by: User) -> Partner:
    stored = editing.locked(measure)
    _require_sound(stored, values)
    partner = Partner.objects.create(measure=stored, **asdict(values))
    audit.record(
        "measure.partner_added", stored, by=by, data={"partner": partner.pk, "sector": str(partner.sector)}
    )
    return partner


@transaction.atomic
def change(*, partner: Partner, values: PartnerValues, version: int | None, by: User) -> Partner:
    """Raises StaleEdit."""
    _require_sound(partner.measure, values, besides=partner)
    stored, changed = editing.change(partner, asdict(values), version=version)
    if changed:
        audit.record(
            "measure.partner_changed",
            partner.measure,
            by=by,
            data={"partner": stored.pk, "fields": sorted(changed)},
        )
    return stored


@transaction.atomic
def remove(*, partner: Partner, by: User) -> None:
    pk, measure = partner.pk, partner.measure
    partner.delete()
    audit.record("measure.partner_removed", measure, by=by, data={"partner": pk})


def _require_sound(measure: Measure, values: PartnerValues, besides: Partner | None = None) -> None:
    if not values.name.strip():
        raise RuleBroken(_("Write who the partner is."))
    others = measure.partners.filter(name__iexact=values.name.strip())
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    if others.exists():
        raise RuleBroken(_("This partner is already on the measure. Change the one that is there."))
