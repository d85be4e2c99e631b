"""Extending an agreement, and answering what its end asks for (A2, A9)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.audit import AuditValue
from samloft.core.errors import RuleBroken
from samloft.programmes.actions.occurrences import lay_out_all
from samloft.programmes.models import END_REVIEWS, Agreement, Decision, EndReview, Extension, StoredFile
from samloft.programmes.queries import agreement_terms


@dataclass(frozen=True)
class ExtensionValues:
    signed_on: date
    valid_to: date
    decision: Decision | None = None
    document: StoredFile | None = None
    text: str = ""


@dataclass(frozen=True)
class EndReviewValues:
    months_before: int
    choice: str
    decided_on: date
    decision: Decision | None = None
    note: str = ""


@transaction.atomic
def extend(*, agreement: Agreement, values: ExtensionValues, by: User) -> Extension:
    """A new version of the period. What was due before stays; times in the new years are laid out."""
    editing.locked(agreement.programme)
    stored = editing.locked(agreement)
    end = agreement_terms.ends_on(stored)
    if end is None:
        raise RuleBroken(_("The agreement has no known end. Record its first year and duration first."))
    if values.valid_to <= end:
        raise RuleBroken(
            _("The agreement already runs to %(end)s. An extension must end later.")
            % {"end": end.strftime("%d.%m.%Y")}
        )
    if values.signed_on > timezone.localdate():
        raise RuleBroken(_("The date lies in the future. Record the extension when it has been signed."))
    latest = stored.extensions.order_by("-number").first()
    if latest and values.signed_on < latest.signed_on:
        raise RuleBroken(_("An extension signed later is recorded already. Check the date."))
    _check_programme(stored, values.decision, values.document)
    other = agreement_terms.overlapping(stored, agreement_terms.starts_on(stored), values.valid_to)
    if other:
        raise RuleBroken(
            _("“%(other)s” covers some of the same time, and a programme runs under one agreement at a time.")
            % {"other": other}
        )
    made = Extension.objects.create(
        agreement=stored,
        number=(latest.number if latest else 0) + 1,
        signed_on=values.signed_on,
        valid_to=values.valid_to,
        decision=values.decision,
        document=values.document,
        text=values.text,
        recorded_by=by,
    )
    lay_out_all(stored, today=timezone.localdate())
    audit.record(
        "agreement.extended",
        stored,
        by=by,
        about=[stored.programme],
        data={"number": made.number, "valid_to": made.valid_to.isoformat()},
    )
    return made


@transaction.atomic
def review_end(*, agreement: Agreement, values: EndReviewValues, by: User) -> EndReview:
    """Answer the question about the end in force. A later end asks anew."""
    stored = editing.locked(agreement)
    end = agreement_terms.ends_on(stored)
    if end is None:
        raise RuleBroken(_("The agreement has no known end. Record its first year and duration first."))
    if values.months_before not in END_REVIEWS:
        raise RuleBroken(_("The question is put 24 and 12 months before the end."))
    if values.decided_on > timezone.localdate():
        raise RuleBroken(_("The date lies in the future. Record the choice when it has been made."))
    _check_programme(stored, values.decision, None)
    same = stored.end_reviews.filter(valid_to=end, months_before=values.months_before)
    if same.exists():
        raise RuleBroken(_("The question is answered already."))
    made = EndReview.objects.create(
        agreement=stored,
        months_before=values.months_before,
        valid_to=end,
        choice=values.choice,
        decided_on=values.decided_on,
        decision=values.decision,
        note=values.note,
        recorded_by=by,
    )
    audit.record(
        "agreement.end_reviewed",
        stored,
        by=by,
        about=[stored.programme],
        data={"months_before": made.months_before, "choice": made.choice},
    )
    return made


@transaction.atomic
def withdraw_extension(*, extension: Extension, by: User) -> None:
    """Take back an extension that was recorded by mistake; only the last one. Its times go, unless history."""
    stored = editing.locked(extension.agreement)
    if stored.extensions.filter(number__gt=extension.number).exists():
        raise RuleBroken(_("A later extension builds on this one. Take that back first."))
    data: dict[str, AuditValue] = {"number": extension.number, "valid_to": extension.valid_to.isoformat()}
    extension.delete()
    lay_out_all(stored, today=timezone.localdate())
    audit.record("agreement.extension_withdrawn", stored, by=by, about=[stored.programme], data=data)


@transaction.atomic
def withdraw_end_review(*, review: EndReview, by: User) -> None:
    """Take back an answer that was recorded by mistake; the question stands open again."""
    stored = editing.locked(review.agreement)
    data: dict[str, AuditValue] = {"months_before": review.months_before, "choice": review.choice}
    review.delete()
    audit.record("agreement.end_review_withdrawn", stored, by=by, about=[stored.programme], data=data)


def _check_programme(agreement: Agreement, decision: Decision | None, document: StoredFile | None) -> None:
    if decision and decision.programme_id != agreement.programme_id:
        raise RuleBroken(_("The decision belongs to another programme."))
    if document and document.programme_id != agreement.programme_id:
        raise RuleBroken(_("The file belongs to another programme. Upload it again here."))
