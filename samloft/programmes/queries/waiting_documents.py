"""Which governing documents wait for somebody, across the programmes of one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samloft.accounts.models import User
from samloft.programmes import access
from samloft.programmes.access import Permission
from samloft.programmes.models import (
    OPEN_STATES,
    DecisionRight,
    DocumentState,
    Edition,
    GoverningDocument,
    Programme,
    ProgrammeDescription,
    Seat,
    Step,
)
from samloft.programmes.queries.steps import Move

S = DocumentState

# What each state waits for. An answer is not among them: nothing waits for it (C6).
_WAITS_FOR: dict[str, tuple[DocumentState, Move, str | Promise]] = {
    S.RECOMMENDED: (S.ADOPTED, Move.ADOPT, _("Record that it is adopted")),
    S.ADOPTED: (S.DISPATCHED, Move.DISPATCH, _("Record the dispatch")),
}


@dataclass(frozen=True)
class WaitingDocument:
    """`holder` has the document now; `is_mine` when this person can take the next step, which `url` leads to."""

    document: GoverningDocument
    state: str
    holder: str
    is_mine: bool
    label: str
    url: str


@dataclass(frozen=True)
class _Reader:
    """What the person may do: programmes whose drafts are seen and written, and bodies recorded for."""

    seen: frozenset[int]
    writes: frozenset[int]
    records: frozenset[tuple[int, int]]


# By programme and step: the key and name of each body that takes it.
_Deciders = dict[tuple[int, str], list[tuple[int, str]]]


def waiting_descriptions(user: User, programmes: Sequence[Programme], today: date) -> tuple[WaitingDocument, ...]:
    """The programme descriptions on their way in these programmes. Six queries."""
    found = ProgrammeDescription.objects.filter(programme__in=programmes).exclude(state=S.ANSWERED)
    return waiting_documents(list(found.select_related("programme").order_by("programme__name")), user, today)


def waiting_documents(
    documents: Sequence[GoverningDocument], user: User, today: date
) -> tuple[WaitingDocument, ...]:
    """The documents on their way, those that wait for this person first. Five queries, none without documents."""
    if not documents:
        return ()
    reader = _Reader(
        seen=_ids(user, Permission.PLAN_VIEW, today),
        writes=_ids(user, Permission.PLAN_EDIT, today),
        records=frozenset(
            Seat.objects.current(today).filter(user=user, may_record=True).values_list("programme_id", "body_id")
        ),
    )
    deciders = _deciders(documents, today)
    sent = _sent(documents)
    found = []
    for document in documents:
        if document.state == S.DISPATCHED:
            row = _to_answer(document, deciders, reader, sent)
        elif document.programme_id not in reader.seen:
            row = None
        elif document.state in OPEN_STATES:
            row = _written(document, reader)
        else:
            row = _decided(document, deciders, reader)
        if row:
            found.append(row)
    return tuple(sorted(found, key=lambda row: not row.is_mine))


def _ids(user: User, permission: Permission, today: date) -> frozenset[int]:
    return frozenset(access.programmes(user, permission, today=today).values_list("pk", flat=True))


def _deciders(documents: Sequence[GoverningDocument], today: date) -> _Deciders:
    found: _Deciders = {}
    rights = DecisionRight.objects.in_force(today).filter(
        programme__in={document.programme_id for document in documents}
    )
    for programme, step, body, name in rights.values_list("programme_id", "step", "body_id", "body__name"):
        found.setdefault((programme, step), []).append((body, name))
    return found


def _sent(documents: Sequence[GoverningDocument]) -> list[Edition]:
    """The editions sent in the programmes of dispatched documents, the earliest first."""
    programmes = {document.programme_id for document in documents if document.state == S.DISPATCHED}
    issued = Edition.objects.filter(programme__in=programmes).dispatched()
    return list(issued.select_related("programme").defer("blocks", "blocks_other").order_by("number"))


def _written(document: GoverningDocument, reader: _Reader) -> WaitingDocument:
    is_mine = document.programme_id in reader.writes
    return WaitingDocument(
        document,
        state=str(S(document.state).label),
        holder=str(_("Those who write it")),
        is_mine=is_mine,
        label=str(_("Go on writing") if is_mine else _("Read the draft")),
        url=document.get_absolute_url(),
    )


def _decided(document: GoverningDocument, deciders: _Deciders, reader: _Reader) -> WaitingDocument:
    to, move, label = _WAITS_FOR[document.state]
    bodies = deciders.get((document.programme_id, document.STEPS[to]), [])
    is_mine = any((document.programme_id, body) in reader.records for body, _name in bodies)
    return WaitingDocument(
        document,
        state=str(S(document.state).label),
        holder=", ".join(name for _body, name in bodies),
        is_mine=is_mine,
        label=str(label if is_mine else _("Open it")),
        url=document.get_step_url(move) if is_mine else document.get_absolute_url(),
    )


def _to_answer(
    document: GoverningDocument, deciders: _Deciders, reader: _Reader, sent: Sequence[Edition]
) -> WaitingDocument | None:
    """Only those who can record the answer see it: for everyone else the document is done."""
    edition = next((one for one in reversed(sent) if document.is_source_of(one)), None)
    step: Step = document.STEPS[S.ANSWERED]
    bodies = deciders.get((document.programme_id, step), [])
    if edition is None or not any((document.programme_id, body) in reader.records for body, _name in bodies):
        return None
    return WaitingDocument(
        document,
        state=str(S(document.state).label),
        holder=", ".join(name for _body, name in bodies),
        is_mine=True,
        label=str(_("Read and answer")),
        url=edition.get_absolute_url(),
    )
