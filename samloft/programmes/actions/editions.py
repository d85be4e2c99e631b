"""Issuing documents: freezing them as editions, sending them, noting the answer, publishing."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from samloft.accounts.models import User
from samloft.core import audit, editing
from samloft.core.documents.blocks import Document
from samloft.core.documents.frozen import to_data
from samloft.core.errors import RuleBroken
from samloft.places.models import LanguageForm
from samloft.programmes.models import (
    Answer,
    AnswerKind,
    Body,
    Channel,
    Decision,
    Dispatch,
    Edition,
    EditionFigure,
    EditionKind,
    Programme,
    StoredFile,
)


@dataclass(frozen=True)
class FigureValues:
    """One amount of the document, in øre; `key` is unique in it and `reference` names the source record."""

    key: str
    label: str
    amount: int
    group: str = ""
    funding_source: str = ""
    reference: str = ""


def freeze(
    *,
    programme: Programme,
    kind: EditionKind,
    period: int,
    decision: Decision,
    build: Callable[[LanguageForm, int], Document],
    figures: Sequence[FigureValues] = (),
    by: User,
) -> Edition:
    """Keep the document as it stands now as the next edition, in both language forms.

    `build` gets the language form and the edition's number. Belongs inside the transaction that holds the lock of
    what the document is made of: edits wait for it, so nothing slips in.
    """
    own = LanguageForm(programme.owner.language_form)
    other = LanguageForm.NYNORSK if own == LanguageForm.BOKMAL else LanguageForm.BOKMAL
    number = Edition.objects.filter(programme=programme, kind=kind, period=period).count() + 1
    document, in_other = build(own, number), build(other, number)
    return make(
        programme=programme,
        kind=kind,
        period=period,
        language_form=own,
        title=f"{document.title}, {programme.name}",
        decision=decision,
        blocks=to_data(document),
        blocks_other=to_data(in_other),
        figures=figures,
        by=by,
    )


@transaction.atomic
def make(
    *,
    programme: Programme,
    kind: EditionKind,
    period: int,
    language_form: str,
    title: str,
    decision: Decision,
    blocks: Mapping[str, Any],
    blocks_other: Mapping[str, Any] | None,
    figures: Sequence[FigureValues],
    by: User,
) -> Edition:
    """Freeze a document as the next edition of its kind and year: 1, 2, … without gaps.

    `blocks` is the document as `core.documents.frozen.to_data` gives it; `blocks_other` the same with frame
    texts in the other language form. The checksum covers both and the figures, and stands in the audit chain.
    """
    if decision.programme_id != programme.pk:
        raise RuleBroken(_("The decision belongs to another programme."))
    editing.locked(programme)
    earlier = Edition.objects.filter(programme=programme, kind=kind, period=period)
    number = (earlier.aggregate(last=Max("number"))["last"] or 0) + 1
    edition = Edition.objects.create(
        programme=programme,
        kind=kind,
        period=period,
        number=number,
        language_form=language_form,
        title=title,
        decision=decision,
        blocks=dict(blocks),
        blocks_other=dict(blocks_other) if blocks_other is not None else None,
        sha256=checksum(blocks, blocks_other, figures),
        made_by=by,
    )
    EditionFigure.objects.bulk_create(
        EditionFigure(edition=edition, position=position, **asdict(figure))
        for position, figure in enumerate(figures, 1)
    )
    row = audit.record(
        "edition.made",
        edition,
        by=by,
        about=[programme, decision],
        data={
            "kind": str(kind),
            "period": period,
            "number": number,
            "sha256": edition.sha256,
            "figures": len(figures),
        },
    )
    edition.audit_head = row.hash
    edition.save(update_fields=["audit_head"])
    return edition


def checksum(
    blocks: Mapping[str, Any], blocks_other: Mapping[str, Any] | None, figures: Sequence[FigureValues]
) -> str:
    """SHA-256 in hex over the document and its figures as canonical JSON (sorted keys, no spaces, UTF-8)."""
    content = {
        "blocks": blocks,
        "blocks_other": blocks_other,
        "figures": [asdict(figure) for figure in figures],
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def is_unchanged(edition: Edition) -> bool:
    """True when the stored document and figures still give the checksum that was recorded."""
    fields = list(FigureValues.__dataclass_fields__)
    figures = [FigureValues(**row) for row in edition.figures.order_by("position").values(*fields)]
    return checksum(edition.blocks, edition.blocks_other, figures) == edition.sha256


@transaction.atomic
def dispatch(
    *,
    edition: Edition,
    recipient: Body,
    sent_on: date,
    channel: Channel,
    receipt: str = "",
    decision: Decision,
    by: User,
) -> Dispatch:
    """Note that an edition was sent. From then on those it is addressed to may read it."""
    decided = edition.decision.decided_on
    if decided and sent_on < decided:
        raise RuleBroken(
            _("The document was adopted %(adopted)s and cannot have been sent before that. Check the date.")
            % {"adopted": decided.strftime("%d.%m.%Y")}
        )
    made = Dispatch.objects.create(
        edition=edition,
        recipient=recipient,
        sent_on=sent_on,
        channel=channel,
        receipt=receipt,
        decision=decision,
    )
    audit.record(
        "edition.dispatched",
        edition,
        by=by,
        about=[made, recipient, decision, edition.programme],
        data={
            "recipient": recipient.pk,
            "sent_on": sent_on.isoformat(),
            "channel": str(channel),
            "sha256": edition.sha256,
        },
    )
    return made


@transaction.atomic
def answer(
    *, edition: Edition, kind: AnswerKind, letter: StoredFile | None = None, decision: Decision, by: User
) -> Answer:
    """Note what the recipient answered. Only what has been sent can be answered."""
    if not edition.dispatches.exists():
        raise RuleBroken(_("The document has not been sent yet. Record the dispatch first."))
    made = Answer.objects.create(edition=edition, kind=kind, letter=letter, decision=decision)
    audit.record(
        "edition.answered",
        edition,
        by=by,
        about=[made, decision, edition.programme],
        data={"kind": str(kind), "letter": letter.pk if letter else None},
    )
    return made


@transaction.atomic
def publish(*, edition: Edition, on: date, by: User) -> Edition:
    """Let everyone read the edition. Publishing is an act of its own, apart from adopting."""
    stored = Edition.objects.select_for_update().get(pk=edition.pk)
    if stored.published_on:
        raise RuleBroken(_("This edition is already published."))
    stored.published_on = on
    stored.save(update_fields=["published_on"])
    audit.record(
        "edition.published",
        stored,
        by=by,
        about=[stored.programme],
        data={"on": on.isoformat(), "sha256": stored.sha256},
    )
    return stored


@transaction.atomic
def withdraw(*, edition: Edition, by: User) -> Edition:
    """Take a published edition off the public pages. It stays an edition."""
    stored = Edition.objects.select_for_update().get(pk=edition.pk)
    if not stored.published_on:
        raise RuleBroken(_("This edition is not published."))
    stored.published_on = None
    stored.save(update_fields=["published_on"])
    audit.record("edition.withdrawn", stored, by=by, about=[stored.programme], data={"sha256": stored.sha256})
    return stored
