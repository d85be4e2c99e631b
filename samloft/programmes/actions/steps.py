"""A document's way through decisions: recommended, adopted, dispatched, answered or returned, and revised again.

Each step but a revision is a decision by the body that the role–decision table names (H2), written down by
someone who may record for it. A step that the wrong body or person tries is refused, and the refusal logged.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.errors import RuleBroken
from samloft.programmes import access
from samloft.programmes.actions import decisions, editions, files
from samloft.programmes.actions.decisions import DecisionValues, FollowUpPointValues
from samloft.programmes.models import (
    AnswerKind,
    Body,
    Channel,
    Decision,
    DocumentState,
    Edition,
    GoverningDocument,
    Step,
    StoredFile,
)

S = DocumentState
Document = TypeVar("Document", bound=GoverningDocument)
Letter = StoredFile | UploadedFile[bytes] | None


@dataclass(frozen=True)
class StepDecision:
    """What is written down about the decision that carries a step. None and "" mean unknown."""

    body: Body
    decided_on: date | None = None
    case_number: str = ""
    wording: str = ""
    unanimous: bool | None = None
    is_assumed: bool = False
    follow_up_points: tuple[FollowUpPointValues, ...] = ()


@dataclass(frozen=True)
class DispatchValues:
    """To whom an edition was sent, when, how, and what shows that it arrived."""

    recipient: Body
    sent_on: date
    channel: Channel
    receipt: str = ""


def recommend(
    *,
    document: Document,
    decision: StepDecision,
    check: Callable[[Document], None] = lambda document: None,
    by: User,
) -> Document:
    """Put a draft forward to the body that adopts it. From here on its content is closed.

    `check` refuses, by RuleBroken, what the locked document still lacks.
    """
    step = document.STEPS[S.RECOMMENDED]
    _require_right(document, step, decision, by=by)
    with transaction.atomic():
        document = _locked(document, S.RECOMMENDED)
        check(document)
        made = _decide(document, step, decision, by=by)
        return _move(document, S.RECOMMENDED, "recommended", by=by, decision=made)


def adopt(
    *,
    document: Document,
    decision: StepDecision,
    freeze: Callable[[Document, Decision], Edition],
    about: Iterable[models.Model] = (),
    by: User,
) -> Document:
    """Adopt a document and keep it as an edition, which `freeze` makes of the locked document."""
    step = document.STEPS[S.ADOPTED]
    _require_right(document, step, decision, by=by)
    with transaction.atomic():
        document = _locked(document, S.ADOPTED)
        made = _decide(document, step, decision, by=by)
        edition = freeze(document, made)
        return _move(document, S.ADOPTED, "adopted", by=by, decision=made, edition=edition, about=about)


def dispatch(*, document: Document, decision: StepDecision, sending: DispatchValues, by: User) -> Document:
    """Note that the adopted edition has been sent. From here on the recipient may read it."""
    step = document.STEPS[S.DISPATCHED]
    _require_right(document, step, decision, by=by)
    with transaction.atomic():
        document = _locked(document, S.DISPATCHED)
        edition = _in_force(document)
        made = _decide(document, step, decision, by=by)
        editions.dispatch(
            edition=edition,
            recipient=sending.recipient,
            sent_on=sending.sent_on,
            channel=sending.channel,
            receipt=sending.receipt,
            decision=made,
            by=by,
        )
        return _move(document, S.DISPATCHED, "dispatched", by=by, decision=made, edition=edition)


def answer(
    *, document: Document, decision: StepDecision, kind: AnswerKind, letter: Letter = None, by: User
) -> Document:
    """Note what the ministry answered: by the ministry itself, or by the municipality with its letter.

    "No answer" is legal and needs no letter.
    """
    step = document.STEPS[S.ANSWERED]
    has_proof = letter is not None or kind == AnswerKind.NO_ANSWER
    _require_answer_right(document, step, decision, has_proof=has_proof, by=by)
    with transaction.atomic():
        document = _locked(document, S.ANSWERED)
        edition = _in_force(document)
        stored = _stored(document, letter, by=by)
        made = _decide(document, step, decision, letter=stored, by=by)
        editions.answer(edition=edition, kind=kind, letter=stored, decision=made, by=by)
        return _move(document, S.ANSWERED, "answered", by=by, decision=made, edition=edition)


def send_back(
    *, document: Document, decision: StepDecision, reason: str, letter: Letter = None, by: User
) -> Document:
    """Return a document with a reason: the body that adopts returns what is recommended, the one that answers
    what is dispatched. What was adopted stays in force until a new edition is.
    """
    # Who may return it depends on how far it has come; the lock below makes sure that it is still there.
    document = type(document)._default_manager.get(pk=document.pk)
    was_sent = document.state == S.DISPATCHED
    step = document.STEPS[S.ANSWERED if was_sent else S.ADOPTED]
    if was_sent:
        _require_answer_right(document, step, decision, has_proof=letter is not None, by=by)
    else:
        _require_right(document, step, decision, by=by)
    words = {"document": document.noun}
    reason = _given(
        reason, _("Say why %(document)s is returned, so that those who work on it know what to change.") % words
    )
    with transaction.atomic():
        before, document = document.state, _locked(document, S.RETURNED)
        if document.state != before:
            raise RuleBroken(
                capfirst(_("%(document)s has moved on in the meantime. Open the page again.") % words)
            )
        stored = _stored(document, letter, by=by)
        made = _decide(document, step, decision, letter=stored, by=by)
        edition = None
        if was_sent:
            edition = _in_force(document)
            editions.answer(edition=edition, kind=AnswerKind.REMARKS, letter=stored, decision=made, by=by)
            # What comes back after an edition is worked on as the next round.
            document.revision += 1
        return _move(document, S.RETURNED, "returned", by=by, decision=made, edition=edition, reason=reason)


@transaction.atomic
def revise(*, document: Document, reason: str, by: User) -> Document:
    """Open an adopted document as a new draft. The last edition stays in force until the next is adopted."""
    reason = _given(reason, _("Say why %(document)s is revised.") % {"document": document.noun})
    document = _locked(document, S.DRAFT)
    document.revision += 1
    document.revision_reason = reason
    return _move(document, S.DRAFT, "revised", by=by, reason=reason)


def _require_right(document: GoverningDocument, step: Step, decision: StepDecision, *, by: User) -> None:
    """Refuse, and log the refusal, unless the body takes the step and `by` records for the body.

    Stands before the step's own transaction, so that the log row is there although nothing else is.
    """
    reason = decisions.refusal(
        programme=document.programme, body=decision.body, step=step, on=decision.decided_on, by=by
    )
    if reason is not None:
        _refuse(document, step, decision, reason, by=by)


def _require_answer_right(
    document: GoverningDocument, step: Step, decision: StepDecision, *, has_proof: bool, by: User
) -> None:
    """The answer is written down by the ministry, or by the municipality with what shows it."""
    programme, body = document.programme, decision.body
    on = decision.decided_on or timezone.localdate()
    if access.may_take(by, step, body, programme, on=on):
        return
    if not access.bodies_that_decide(programme, step, on=on).filter(pk=body.pk).exists():
        reason = _("%(body)s is not the body that answers %(document)s. See the table of who decides what.")
        _refuse(document, step, decision, reason % {"body": body, "document": document.noun}, by=by)
    if not programme.is_run_by(by.organisation) or not access.can(by, access.Permission.PLAN_STEP, programme):
        reason = _("You do not record answers from %(body)s.") % {"body": body}
        _refuse(document, step, decision, reason, by=by)
    if not has_proof:
        reason = _("Attach the letter from %(body)s. Without it only they can record the answer.")
        _refuse(document, step, decision, reason % {"body": body}, by=by)


def _refuse(document: GoverningDocument, step: Step, decision: StepDecision, reason: str, *, by: User) -> None:
    with transaction.atomic():
        audit.record(
            f"{document.trail}.step_refused",
            document,
            by=by,
            about=[document.programme, decision.body],
            data={"step": str(step), "body": decision.body.pk},
        )
    raise RuleBroken(reason)


def _locked(document: Document, to: DocumentState) -> Document:
    """The document as stored now, locked; of two who take the same step at once the second meets the refusal."""
    stored = editing.locked(document)
    if to not in stored.ALLOWED[S(stored.state)]:
        raise RuleBroken(
            capfirst(
                _("%(document)s is %(state)s now, and cannot go from there to %(to)s.")
                % {
                    "document": stored.noun,
                    "state": str(S(stored.state).label).lower(),
                    "to": str(to.label).lower(),
                }
            )
        )
    return stored


def _in_force(document: GoverningDocument) -> Edition:
    edition = document.editions().order_by("-number").first()
    if edition is None:
        raise RuleBroken(
            capfirst(
                _("%(document)s has not been adopted yet, so there is nothing to send.")
                % {"document": document.noun}
            )
        )
    return edition


def _decide(
    document: GoverningDocument,
    step: Step,
    decision: StepDecision,
    *,
    letter: StoredFile | None = None,
    by: User,
) -> Decision:
    if decision.decided_on and decision.decided_on > timezone.localdate():
        raise RuleBroken(_("The date of the decision is in the future. Record it when it has been made."))
    # Stored words, so they follow the municipality's language form and not the one the user reads in.
    with translation.override(document.programme.owner.language_form):
        title = document.decision_title(step)
    values = DecisionValues(
        title=title,
        body=decision.body,
        step=step,
        decided_on=decision.decided_on,
        case_number=decision.case_number,
        wording=decision.wording,
        unanimous=decision.unanimous,
        is_assumed=decision.is_assumed,
        letter=letter,
    )
    return decisions.store(
        programme=document.programme, values=values, follow_up_points=decision.follow_up_points, by=by
    )


def _move(
    document: Document,
    to: DocumentState,
    action: str,
    *,
    by: User,
    decision: Decision | None = None,
    edition: Edition | None = None,
    reason: str = "",
    about: Iterable[models.Model] = (),
) -> Document:
    """Store the new state, the step and its audit row. The document is locked by the caller."""
    from_state = document.state
    document.state = to
    document.version += 1
    document.save(update_fields=["state", "revision", "revision_reason", "version"])
    step = document.steps.create(
        revision=document.revision,
        from_state=from_state,
        to_state=to,
        decision=decision,
        edition=edition,
        reason=reason,
        by=by,
    )
    concerned = [thing for thing in (step, document.programme, decision, edition) if thing is not None]
    audit.record(
        f"{document.trail}.{action}",
        document,
        by=by,
        about=[*concerned, *about],
        data={
            **document.trail_data,
            "revision": document.revision,
            "from": str(from_state),
            "to": str(to),
            "decision": decision.pk if decision else None,
            "edition": edition.pk if edition else None,
        },
    )
    return document


def _stored(document: GoverningDocument, letter: Letter, *, by: User) -> StoredFile | None:
    """The letter as a file of the programme; an upload is kept only if the step is taken."""
    if letter is None or isinstance(letter, StoredFile):
        return letter
    return files.store(programme=document.programme, upload=letter, by=by)


def _given(text: str, otherwise: str) -> str:
    if not text.strip():
        raise RuleBroken(otherwise)
    return text.strip()
