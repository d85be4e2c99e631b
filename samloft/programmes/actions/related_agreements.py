"""Agreements that came before or run beside this one."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.programmes.models import Agreement, RelatedAgreement


@dataclass(frozen=True)
class RelatedAgreementValues:
    kind: str
    title: str
    first_year: int | None = None
    last_year: int | None = None


@transaction.atomic
def add(*, agreement: Agreement, values: RelatedAgreementValues, by: User) -> RelatedAgreement:
    _check(values)
    made = RelatedAgreement.objects.create(
        agreement=agreement,
        kind=values.kind,
        title=values.title,
        first_year=values.first_year,
        last_year=values.last_year,
    )
    audit.record("agreement.related_added", agreement, by=by, about=[made], data={"kind": values.kind})
    return made


@transaction.atomic
def change(
    *, related: RelatedAgreement, values: RelatedAgreementValues, version: int | None, by: User
) -> RelatedAgreement:
    _check(values)
    stored, changed = editing.change(
        related,
        {
            "kind": values.kind,
            "title": values.title,
            "first_year": values.first_year,
            "last_year": values.last_year,
        },
        version=version,
    )
    if changed:
        audit.record(
            "agreement.related_changed",
            related.agreement,
            by=by,
            about=[stored],
            data={"fields": sorted(changed)},
        )
    return stored


@transaction.atomic
def remove(*, related: RelatedAgreement, by: User) -> None:
    agreement, pk = related.agreement, related.pk
    editing.remove(related, refusal=_("Something rests on this agreement and it stays."))
    audit.record("agreement.related_removed", agreement, by=by, data={"related": pk})


def _check(values: RelatedAgreementValues) -> None:
    if values.first_year and values.last_year and values.last_year < values.first_year:
        raise RuleBroken(_("The last year is before the first. Check the two years."))
