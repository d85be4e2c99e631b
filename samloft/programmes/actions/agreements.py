"""Agreements: recording and changing them; the end follows from the duration (A2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.places.models import Area
from samloft.programmes.actions.occurrences import lay_out_all
from samloft.programmes.models import Agreement, Decision, FocusArea, Programme, StoredFile
from samloft.programmes.queries import agreement_terms


@dataclass(frozen=True)
class AgreementValues:
    """`valid_to` is for agreements that state an end and no duration; None is unknown."""

    title: str
    purpose: str = ""
    signed_on: date | None = None
    first_year: int | None = None
    duration_years: int | None = None
    valid_to: date | None = None
    may_be_extended: bool | None = None
    extension_text: str = ""
    document: StoredFile | None = None
    areas: Sequence[Area] = ()
    focus_areas: Sequence[FocusArea] = ()
    decisions: Sequence[Decision] = ()


def end_of_period(first_year: int | None, duration_years: int | None) -> date | None:
    """The last day of a period of whole years "from and including" the first; None when either is unknown."""
    if first_year is None or duration_years is None:
        return None
    return date(first_year + duration_years - 1, 12, 31)


@transaction.atomic
def add(*, programme: Programme, values: AgreementValues, by: User) -> Agreement:
    editing.locked(programme)
    _check(programme, values)
    _check_one_at_a_time(Agreement(programme=programme, **_fields(values)))
    agreement = Agreement.objects.create(programme=programme, **_fields(values))
    _set_links(agreement, values)
    audit.record("agreement.added", agreement, by=by, about=[programme], data=_period(agreement))
    return agreement


@transaction.atomic
def change(*, agreement: Agreement, values: AgreementValues, version: int | None, by: User) -> Agreement:
    _check(agreement.programme, values)
    editing.locked(agreement.programme)
    stored, changed = editing.change(agreement, _fields(values), version=version)
    if {"first_year", "duration_years", "valid_to", "signed_on"} & set(changed):
        _check_one_at_a_time(stored)
        lay_out_all(stored, today=timezone.localdate())
    changed += _set_links(stored, values)
    if changed:
        audit.record(
            "agreement.changed",
            stored,
            by=by,
            about=[stored.programme],
            data={"fields": sorted(changed), **_period(stored)},
        )
    return stored


def _fields(values: AgreementValues) -> dict[str, object]:
    return {
        "title": values.title,
        "purpose": values.purpose,
        "signed_on": values.signed_on,
        "first_year": values.first_year,
        "duration_years": values.duration_years,
        "valid_to": end_of_period(values.first_year, values.duration_years) or values.valid_to,
        "may_be_extended": values.may_be_extended,
        "extension_text": values.extension_text,
        "document": values.document,
    }


def _period(agreement: Agreement) -> dict[str, int | str | None]:
    return {
        "first_year": agreement.first_year,
        "valid_to": agreement.valid_to.isoformat() if agreement.valid_to else None,
    }


def _check_one_at_a_time(agreement: Agreement) -> None:
    """A programme runs under one agreement at a time (A1). Raised after the change, so it is taken back."""
    start, end = agreement_terms.starts_on(agreement), agreement_terms.ends_on(agreement)
    other = agreement_terms.overlapping(agreement, start, end)
    if other:
        raise RuleBroken(
            _("“%(other)s” covers some of the same time, and a programme runs under one agreement at a time.")
            % {"other": other}
        )


def _check(programme: Programme, values: AgreementValues) -> None:
    if values.duration_years is not None and values.duration_years < 1:
        raise RuleBroken(_("The duration is at least one year."))
    end = end_of_period(values.first_year, values.duration_years)
    if end and values.valid_to and values.valid_to != end:
        raise RuleBroken(
            _(
                "%(years)d years from and including %(first)d end on %(end)s, not %(stated)s. Correct one of "
                "them, or leave the end date empty."
            )
            % {
                "years": values.duration_years or 0,
                "first": values.first_year or 0,
                "end": end.strftime("%d.%m.%Y"),
                "stated": values.valid_to.strftime("%d.%m.%Y"),
            }
        )
    if values.first_year and values.valid_to and values.valid_to.year < values.first_year:
        raise RuleBroken(_("The agreement ends before its first year. Check the end date."))
    if values.document and values.document.programme_id != programme.pk:
        raise RuleBroken(_("The file belongs to another programme. Upload it again here."))
    if not all(programme.has_area(area) for area in values.areas):
        raise RuleBroken(_("The areas must lie in the programme's municipality."))
    programmes = {row.programme_id for row in values.focus_areas}
    programmes |= {row.programme_id for row in values.decisions}
    if programmes - {programme.pk}:
        raise RuleBroken(_("Focus areas and decisions must belong to this programme."))


def _set_links(agreement: Agreement, values: AgreementValues) -> list[str]:
    """Give the agreement its areas, focus areas and decisions; the names of those that changed."""
    changed = []
    for name in ("areas", "focus_areas", "decisions"):
        relation = getattr(agreement, name)
        before = set(relation.values_list("pk", flat=True))
        wanted = getattr(values, name)
        if before != {row.pk for row in wanted}:
            relation.set(wanted)
            changed.append(name)
    return changed
