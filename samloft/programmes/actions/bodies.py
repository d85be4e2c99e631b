"""Bodies that decide or work in a programme (H1)."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.models import Organisation, OrganisationKind, User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.programmes import access
from samloft.programmes.models import Body, Programme


@dataclass(frozen=True)
class BodyValues:
    name: str
    kind: str
    organisation: Organisation
    mandate: str = ""


@transaction.atomic
def add(*, programme: Programme, values: BodyValues, by: User) -> Body:
    """Give the programme a body. One of that name in the same organisation is the same body, and is shared."""
    organisation = values.organisation
    if (
        organisation.kind == OrganisationKind.MUNICIPALITY
        and organisation.municipality is not None
        and not programme.covers(organisation.municipality)
    ):
        raise RuleBroken(
            _("%(organisation)s is another municipality. Its bodies belong to its own programmes.")
            % {"organisation": organisation}
        )
    editing.locked(programme)
    body = Body.objects.filter(organisation=organisation, name__iexact=values.name).first()
    if body and body.programmes.filter(pk=programme.pk).exists():
        raise RuleBroken(_("The programme already has %(body)s. Change that one instead.") % {"body": body.name})
    if body is None:
        body = Body.objects.create(
            name=values.name, kind=values.kind, organisation=organisation, mandate=values.mandate
        )
    body.programmes.add(programme)
    audit.record("body.added", body, by=by, about=[programme], data={"kind": body.kind})
    return body


@transaction.atomic
def change(*, body: Body, values: BodyValues, version: int | None, by: User) -> Body:
    """A body that serves several programmes is changed by those who keep the bodies of all of them."""
    served = body.programmes.all()
    kept = access.programmes(by, access.Permission.PROGRAMME_STAFF)
    if not by.is_operator and served.exclude(pk__in=kept).exists():
        raise RuleBroken(_("This body serves other programmes too. Ask those who operate Samløft to change it."))
    same = Body.objects.filter(organisation=values.organisation, name__iexact=values.name)
    if same.exclude(pk=body.pk).exists():
        raise RuleBroken(_("The organisation already has a body of that name. Choose another name."))
    stored, changed = editing.change(
        body,
        {
            "name": values.name,
            "kind": values.kind,
            "organisation": values.organisation,
            "mandate": values.mandate,
        },
        version=version,
    )
    if changed:
        audit.record("body.changed", stored, by=by, about=served, data={"fields": sorted(changed)})
    return stored


@transaction.atomic
def remove(*, body: Body, programme: Programme, by: User) -> None:
    """Take the body out of the programme. Refused while it has seats, decisions or rights there."""
    if (
        body.seats.filter(programme=programme).exists()
        or body.decisions.filter(programme=programme).exists()
        or body.decision_rights.filter(programme=programme).exists()
        or body.delegated_rights.filter(programme=programme).exists()
        or body.received.filter(edition__programme=programme).exists()
    ):
        raise RuleBroken(
            _("%(body)s has seats, decisions or rights in the programme, so it stays. End its seats instead.")
            % {"body": body}
        )
    body.programmes.remove(programme)
    audit.record("body.removed", body, by=by, about=[programme])
