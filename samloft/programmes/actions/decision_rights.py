"""The table of who decides what in a programme (H2)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.programmes.models import Body, Decision, DecisionRight, Programme


@dataclass(frozen=True)
class DecisionRightValues:
    """`delegated_from` is the body that hands the right on; `basis` is the decision that says so."""

    step: str
    body: Body
    delegated_from: Body | None = None
    basis: Decision | None = None
    starts_on: date | None = None
    ends_on: date | None = None


@transaction.atomic
def add(*, programme: Programme, values: DecisionRightValues, by: User) -> DecisionRight:
    editing.locked(programme)
    _check(programme, values, 0)
    made = DecisionRight.objects.create(programme=programme, **vars(values))
    audit.record(
        "decision_right.added",
        made,
        by=by,
        about=[programme, values.body],
        data={
            "step": values.step,
            "body": values.body.pk,
            "delegated_from": values.delegated_from.pk if values.delegated_from else None,
        },
    )
    return made


@transaction.atomic
def change(*, right: DecisionRight, values: DecisionRightValues, version: int | None, by: User) -> DecisionRight:
    programme = editing.locked(right.programme)
    _check(programme, values, right.pk)
    stored, changed = editing.change(right, vars(values), version=version)
    if changed:
        audit.record(
            "decision_right.changed",
            stored,
            by=by,
            about=[programme, values.body],
            data={"fields": sorted(changed), "step": stored.step, "body": stored.body_id},
        )
    return stored


@transaction.atomic
def remove(*, right: DecisionRight, by: User) -> None:
    """For a row that was wrong from the start; one that was right until now gets an end date instead."""
    programme, step, body = right.programme, right.step, right.body_id
    editing.remove(right, refusal=_("Something rests on this row. Give it an end date instead."))
    audit.record("decision_right.removed", programme, by=by, data={"step": step, "body": body})


def _check(programme: Programme, values: DecisionRightValues, pk: int) -> None:
    for body in (values.body, values.delegated_from):
        if body is not None and not body.programmes.filter(pk=programme.pk).exists():
            raise RuleBroken(_("%(body)s does not belong to this programme.") % {"body": body})
    if values.delegated_from == values.body:
        raise RuleBroken(_("A body cannot hand a right on to itself."))
    if values.basis and values.basis.programme_id != programme.pk:
        raise RuleBroken(_("The decision belongs to another programme."))
    if values.starts_on and values.ends_on and values.ends_on < values.starts_on:
        raise RuleBroken(_("The right ends before it begins. Check the two dates."))
    same = programme.decision_rights.filter(
        step=values.step,
        body=values.body,
        starts_on=values.starts_on,
        ends_on=values.ends_on,
        delegated_from=values.delegated_from,
    )
    if same.exclude(pk=pk).exists():
        raise RuleBroken(_("This row is in the table already."))
