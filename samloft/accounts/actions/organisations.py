"""The organisations that people work for and that sign agreements. Operators keep the list."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.models import Organisation, OrganisationKind, User
from samloft.core import audit
from samloft.core.errors import RuleBroken
from samloft.places.models import County, Municipality


@dataclass(frozen=True)
class OrganisationValues:
    name: str
    kind: str
    municipality: Municipality | None = None
    county: County | None = None


@transaction.atomic
def add(*, values: OrganisationValues, by: User) -> Organisation:
    _check(values, 0, by)
    made = Organisation.objects.create(**vars(values))
    audit.record("organisation.added", made, by=by, data={"kind": made.kind})
    return made


@transaction.atomic
def change(*, organisation: Organisation, values: OrganisationValues, by: User) -> Organisation:
    _check(values, organisation.pk, by)
    stored = Organisation.objects.select_for_update().get(pk=organisation.pk)
    changed = sorted(name for name, value in vars(values).items() if getattr(stored, name) != value)
    if changed:
        for name in changed:
            setattr(stored, name, getattr(values, name))
        stored.save(update_fields=changed)
        audit.record("organisation.changed", stored, by=by, data={"fields": changed})
    return stored


def _check(values: OrganisationValues, pk: int, by: User) -> None:
    if not by.is_operator:
        raise RuleBroken(_("Only those who operate this installation keep the list of organisations."))
    if Organisation.objects.filter(name__iexact=values.name).exclude(pk=pk).exists():
        raise RuleBroken(_("There is already an organisation called “%(name)s”.") % {"name": values.name})
    if values.kind == OrganisationKind.MUNICIPALITY and values.municipality is None:
        raise RuleBroken(_("Choose which municipality this is."))
