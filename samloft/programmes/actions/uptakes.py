"""How far overarching plans have taken up what a programme is about. A new state is a new row (A7)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit
from samloft.core.errors import RuleBroken
from samloft.places.models import Municipality
from samloft.programmes.models import OverarchingPlan, Programme, Uptake


@dataclass(frozen=True)
class UptakeValues:
    """`on` None is a date that nobody knows. `municipality` is for a county's plan; None is the plan's owner."""

    state: str
    on: date | None = None
    place: str = ""
    municipality: Municipality | None = None


@transaction.atomic
def record(*, plan: OverarchingPlan, programme: Programme, values: UptakeValues, by: User) -> Uptake:
    """Earlier rows stay as they are."""
    if not plan.built_on_by.filter(pk=programme.pk).exists():
        raise RuleBroken(_("The programme does not build on this plan. Say first that it does."))
    if values.on and values.on > timezone.localdate():
        raise RuleBroken(_("The date is in the future. Record it when it has happened."))
    municipality = values.municipality
    if municipality and (plan.county_id is None or municipality.county_id != plan.county_id):
        raise RuleBroken(_("Choose a municipality only for a county's plan, and one in that county."))
    made = Uptake.objects.create(
        programme=programme,
        plan=plan,
        municipality=municipality,
        state=values.state,
        on=values.on,
        place=values.place,
        recorded_by=by,
    )
    audit.record(
        "uptake.recorded",
        made,
        by=by,
        about=[plan],
        data={
            "state": values.state,
            "on": values.on.isoformat() if values.on else None,
            "municipality": municipality.pk if municipality else None,
        },
    )
    return made


@transaction.atomic
def remove(*, uptake: Uptake, by: User) -> None:
    """For a row that was a mistake; what has changed since is a new row."""
    pk, plan, programme, state = uptake.pk, uptake.plan, uptake.programme, uptake.state
    uptake.delete()
    audit.record("uptake.removed", programme, by=by, about=[plan], data={"uptake": pk, "state": state})
